"""What stands around the codes in the codebook document: its title, its history, its end."""

from collections.abc import Iterator

from qualcode.domain.codebook import Code
from qualcode.interchange.codebook_exporting import CodebookReport, Step
from qualcode_exporters.codebook_styles import CHANGE, STEP
from qualcode_exporters.word_matter import SHORT_HASH, counted, moment
from qualcode_exporters.word_styles import (
    FACT,
    FRONT_HEADING,
    NORMAL,
    PROOF,
    SUBTITLE,
    TITLE,
)
from qualcode_exporters.word_text import BOLD, Block, led, line, paragraph, runs, table

SUBJECT = "Codebook"
_READING = (
    (
        "Each code",
        """has a key, which coders type, a brief and a full definition, rules for when to use it \
and when not to, and examples. Where nothing is recorded, this says so; nothing was made up.""",
    ),
    (
        "Counts",
        """say on how many passages a code stands, and in how many sources. A passage that has \
several of the codes below one code counts once for it.""",
    ),
    (
        "Examples",
        """are quotations, letter by letter from the transcripts, with the id by which they are \
found there.""",
    ),
)
_WIDTHS = (2300, 1000, 2872, 2900)


def title_block(report: CodebookReport) -> Iterator[Block]:
    """Say what the document is, of which version, and what made it."""
    book = report.codebook
    yield line(TITLE, report.project)
    yield line(SUBTITLE, SUBJECT)
    if book.title:
        yield led(FACT, "Codebook", book.title)
    made = [step for step in report.history if step.version == book.version]
    of = f" of {moment(made[0].at)}" if made else ""
    yield led(FACT, "Version", f"{book.version}{of}")
    yield led(FACT, "Codes", _amounts(report))
    if report.counted:
        yield led(FACT, "Counts", report.counted)
    yield led(FACT, "State of", moment(report.as_of))
    yield led(FACT, "Made with", report.program)
    yield led(FACT, "Journal head", report.head[:SHORT_HASH])


def how_to_read(report: CodebookReport) -> Iterator[Block]:
    """Explain entries, counts and examples."""
    yield line(FRONT_HEADING, "How to read this")
    for lead, words in _READING:
        if lead == "Counts" and not report.counts:
            continue
        yield paragraph(NORMAL, f"{lead} {words}", runs(lead, BOLD) + runs(f" {words}"))


def history(report: CodebookReport) -> Iterator[Block]:
    """Tell version by version what changed, when, by whom and why; the newest first."""
    for step in reversed(report.history):
        yield line(STEP, f"Version {step.version}, {moment(step.at)}, by {step.who}")
        if why := _why(step):
            yield line(CHANGE, why)
        for sentence in step.changes or ("Nothing in the entries changed.",):
            yield line(CHANGE, sentence)


def _why(step: Step) -> str:
    """Say why a version was made, or which other it takes back or brings back."""
    if step.undoes is not None:
        return f"Takes back version {step.undoes}."
    if step.redoes is not None:
        return f"Brings back version {step.redoes}."
    return f"Reason: {step.reason}" if step.reason else ""


def retired(report: CodebookReport) -> Iterator[Block]:
    """List the codes that can no longer be applied, and what took their place."""
    yield line(NORMAL, "Their labels and keys are never given out again.")
    rows = [
        (code.title, code.key, _successors(report, code), code.description)
        for code in report.codebook.retired
    ]
    yield from table(("Code", "Key", "In its place", "It meant"), rows, _WIDTHS)


def closing(report: CodebookReport) -> Block:
    """Close with the reckoning: every code of this version stands in the document."""
    book = report.codebook
    whole = len(book.codes) + len(book.retired)
    words = (
        f"Stored {counted(whole, 'code')} = printed {len(book.codes)} in use"
        f" + {len(book.retired)} retired. Journal head: {report.head}."
    )
    return line(PROOF, words)


def _amounts(report: CodebookReport) -> str:
    book = report.codebook
    amounts = f"{len(book.codes)} in use, in {counted(len(book.parts), 'part')}"
    return f"{amounts}; {len(book.retired)} retired" if book.retired else amounts


def _successors(report: CodebookReport, code: Code) -> str:
    titles = [one.title for one in report.codebook.successors(code)]
    return ", ".join(titles) or "nothing"
