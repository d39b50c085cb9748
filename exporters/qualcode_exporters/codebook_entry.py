"""One code in the codebook document: what it means, when to use it, who said such a thing."""

from collections.abc import Iterator

from qualcode.domain.code_card import NO_EXAMPLE, card
from qualcode.domain.codebook import Code
from qualcode.domain.quotations import is_quotation_id
from qualcode.interchange.codebook_exporting import CodebookReport, Tally
from qualcode_exporters.codebook_styles import COUNTS, EXAMPLE, FACTS, FIELD, SAID_BY
from qualcode_exporters.word_findings import attribution
from qualcode_exporters.word_matter import counted
from qualcode_exporters.word_styles import DEFINITION
from qualcode_exporters.word_text import Block, led, line

_IN_FACTS = ("Stands under", "Origin")
_APART = ("Code", "Part", "Brief definition", "Example", "State", "Colour", *_IN_FACTS)
_UNSEEN = "its words cannot be shown: the coding is gone, or not open to whoever exported this"


def entry(report: CodebookReport, code: Code, *, has_below: bool) -> Iterator[Block]:
    """Set all that the codebook says of a code, gaps named, and the words of its examples."""
    lines = card(report.codebook, code, proposers=report.proposers.get(code.id, ()))
    said = {one.heading: one.text for one in lines}
    facts = [f"Key {code.key}", *(_fact(name, said[name]) for name in _IN_FACTS if name in said)]
    yield line(FACTS, " · ".join(facts))
    tally = report.counts.get(code.id)
    if tally is not None:
        yield line(COUNTS, tally_line(tally, has_below=has_below))
    definition = said["Brief definition"]
    yield line(DEFINITION, _sentence(definition) if not code.description else definition)
    before = ""
    for one in lines:
        if one.heading not in _APART:
            lead = "" if one.heading == before else one.heading
            yield led(FIELD, lead, one.text)
            before = one.heading
    yield from _examples(report, code)


def tally_line(tally: Tally, *, has_below: bool) -> str:
    """Count what stands under a code: `7 passages, 12 with the codes below, in 3 sources`."""
    below = f", {tally.with_below} with the codes below" if has_below else ""
    if not tally.with_below:
        return "No passages"
    return f"{counted(tally.own, 'passage')}{below}, in {counted(tally.sources, 'source')}"


def _fact(name: str, words: str) -> str:
    return words if name == "Origin" else f"under {words}"


def _examples(report: CodebookReport, code: Code) -> Iterator[Block]:
    if not code.examples:
        yield led(FIELD, "Example", NO_EXAMPLE)
        return
    yield led(FIELD, "Examples" if len(code.examples) > 1 else "Example", "")
    for one in code.examples:
        found = report.examples.get(one)
        if found is not None:
            yield line(EXAMPLE, found.words)._replace(keeps_next=True)
            yield line(SAID_BY, f"{attribution(found.label)} · {one}")
        elif is_quotation_id(one):
            yield line(EXAMPLE, f"{one} ({_UNSEEN})")
        else:
            yield line(EXAMPLE, one)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
