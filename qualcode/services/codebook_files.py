"""The codebook written to files: to edit, to exchange, to print, and for the wall."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from qualcode import __version__
from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import (
    AlreadyThereError,
    ExportRefusedError,
    ImportRefusedError,
    RefusedError,
)
from qualcode.domain.people import Coder
from qualcode.domain.quotations import is_quotation_id
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_exporting import (
    CodebookExporter,
    CodebookReport,
    Example,
    Step,
    Tally,
)
from qualcode.interchange.codebook_file import YAML, read_codebook
from qualcode.interchange.codebook_losses import losses
from qualcode.interchange.codebook_rewriting import rewritten
from qualcode.interchange.files import put, take
from qualcode.interchange.importing import Upload
from qualcode.interchange.plugins import card_exporters, codebook_exporters
from qualcode.services.code_counts import counts
from qualcode.services.codebook_history import by_version
from qualcode.services.examples import example_words
from qualcode.services.exports import spare_the_project
from qualcode.services.passages import passages
from qualcode.services.proposers import proposers
from qualcode.services.rounds import in_which
from qualcode.store.journal import OUTGOING
from qualcode.store.project import Project

_Writer = TypeVar("_Writer", bound=CodebookExporter)


@dataclass(frozen=True, slots=True)
class Written:
    """A file with the codebook, and what of the codebook it does not hold, in sentences.

    `changed` names what was written anew in a file that was there; None where the whole file
    was written. `pages` is how many a card comes to, else 0.
    """

    path: Path
    version: int
    head: str
    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] | None = None
    pages: int = 0


def export_codebook(
    project: Project, path: Path, *, by: Coder, update: bool = False, round_name: str | None = None
) -> Written:
    """Write the codebook to a file, in the format of its ending, and note that it left.

    A file that is there is refused, unless it is to be brought up to date; of one in YAML
    only what reads otherwise is then written anew. A round says what is counted.
    """
    writer = _fitting(codebook_exporters(), path)
    _refuse_to_replace(project, path, update=update)
    whole = writer.for_people
    report = codebook_report(project, by=by, with_uses=whole, round_name=round_name)
    if path.suffix.casefold() in YAML and path.exists():
        anew = rewritten(take(path), report.codebook)
        if anew.changed:
            _let_go(project, path, report, anew.data, by)
        return Written(
            path, report.codebook.version, report.head, lost=anew.lost, changed=anew.changed
        )
    data = _made(writer, report)
    lost = () if whole else _lost(path, report.codebook, data)
    _let_go(project, path, report, data, by)
    return Written(path, report.codebook.version, report.head, lost)


def export_card(project: Project, path: Path, *, by: Coder, update: bool = False) -> Written:
    """Write the card for the wall, and note that it left."""
    writer = _fitting(card_exporters(), path)
    _refuse_to_replace(project, path, update=update)
    report = codebook_report(project, by=by, with_uses=False)
    _let_go(project, path, report, _made(writer, report), by)
    pages = writer.pages(report)
    return Written(path, report.codebook.version, report.head, pages=pages)


def codebook_report(
    project: Project, *, by: Coder, with_uses: bool, round_name: str | None = None
) -> CodebookReport:
    """Gather the codebook in force; with counts, examples and history as far as one may see."""
    with project.reading() as view:
        book, about = view.codebooks.current(), view.about()
        head = view.journal.head(view.layers_known_to(by))
    if not book.version or head is None:
        raise RefusedError(
            "There is no codebook yet.", hint="Load one: qualcode codebook load FILE"
        )
    report = CodebookReport(
        about.name, book, head.at, head.hash, f"qualcode {__version__}", about.language
    )
    return _with_uses(project, report, by, round_name) if with_uses else report


def _with_uses(
    project: Project, report: CodebookReport, by: Coder, round_name: str | None
) -> CodebookReport:
    found = counts(project, by=by, round_name=round_name)
    within = f" in round {round_name}" if round_name else ""
    some = any(one.with_below for one in found.values())
    said = "passages" if some else "no passage"
    return replace(
        report,
        counts={
            code: Tally(one.own, one.with_below, one.sources)
            for code, one in (found.items() if some else ())
        },
        counted=f"{said} coded{within}, as far as {by.name} may see",
        examples=_examples(project, report.codebook, by),
        proposers={code.id: proposers(project, code, by=by) for code in report.codebook.codes},
        history=tuple(
            Step(
                one.version.number,
                one.version.at,
                one.who,
                one.version.reason,
                tuple(change.sentence for change in one.changes),
                one.version.undoes,
                one.version.redoes,
            )
            for one in reversed(by_version(project))
        ),
    )


def _examples(project: Project, codebook: Codebook, by: Coder) -> dict[str, Example]:
    """Find the words of examples that are quotation ids, as far as one may see them."""
    codes = [code for code in codebook.codes if any(map(is_quotation_id, code.examples))]
    if not codes:
        return {}
    wanted = {one for code in codes for one in code.examples}
    with project.reading() as view:
        layers = [each.layer for each in view.rounds.layers_seen(Viewpoint(by))]
        under = {code.id for code in codes}
        found = {
            one.id: Example(one.words, _label(one.source.name, one.speaker))
            for one in passages(view, codebook, layers, by=by, under=under)
            if one.id in wanted
        }
    for code in codes:
        if not all(one in found for one in code.examples):
            words = example_words(project, code, by=by)
            found |= {one: Example(said, "") for one, said in words.items() if one not in found}
    return found


def _label(source: str, speaker: str) -> str:
    alone = not speaker or speaker.casefold() == source.casefold()
    return source if alone else f"{source}, {speaker}"


def _fitting(writers: Sequence[_Writer], path: Path) -> _Writer:
    """Find the writer for a file by its ending."""
    suffix = ".yaml" if path.suffix.casefold() in YAML else path.suffix.casefold()
    found = next((one for one in writers if one.suffix == suffix), None)
    if found is None:
        known = ", ".join(sorted({one.suffix for one in writers}))
        raise ExportRefusedError(
            f"“{path.name}” does not say by its ending in which format it is to be written.",
            hint=f"Name a file that ends in one of: {known}.",
        )
    return found


def _refuse_to_replace(project: Project, path: Path, *, update: bool) -> None:
    spare_the_project(project, path)
    if path.exists() and not update:
        raise AlreadyThereError(
            f"{path} is there already; it was not touched.",
            hint="Name a new file, or bring this one up to date: --update",
        )


def _made(writer: CodebookExporter, report: CodebookReport) -> bytes:
    stream = BytesIO()
    writer.write(report, stream)
    return stream.getvalue()


def _lost(path: Path, codebook: Codebook, data: bytes) -> tuple[str, ...]:
    """Find out what does not come back by reading the file as anybody would."""
    try:
        return losses(codebook, read_codebook(Upload(path.name, data)))
    except ImportRefusedError as mishap:
        return (f"This file does not read back: {mishap.trouble}",)


def _let_go(project: Project, path: Path, report: CodebookReport, data: bytes, by: Coder) -> None:
    """Put the file in its place and enter that it left: both or neither."""
    ids = " ".join(sorted(report.examples))
    with project.work(OUTGOING, by=by) as work:
        if not by.leads:  # a colleague in a blind round is not to see when somebody was at work
            work.about_layer(work.rounds.own_layer(in_which(work, by, None), by).id)
        work.note("format", f"codebook {path.suffix.casefold().removeprefix('.')}")
        work.note("version", report.codebook.version)
        work.note("quotations", len(report.examples))
        work.note("digest", sha256(data).hexdigest())
        work.ledger.say("file", as_stored(str(path)).text)
        work.ledger.say("quotations", ids)
        put(path, lambda file: file.write(data))
