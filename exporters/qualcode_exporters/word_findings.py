"""The findings: a chapter a part, a section a code, and the words that were said."""

from collections.abc import Iterator

from qualcode.domain.codebook import Code, Part
from qualcode.interchange.exporting import Chapter, Quotation, Section, count_line
from qualcode_exporters.word_remarks import Margin
from qualcode_exporters.word_styles import (
    ALSO,
    AUTHOR_TEXT,
    COUNT_LINE,
    DEFINITION,
    LABEL,
    LOCATOR,
    NORMAL,
    QUOTE,
    RULE,
)
from qualcode_exporters.word_text import Block, led, line, paragraph, runs


def part_title(part: Part) -> str:
    """Head a chapter: `Part 1: What happens now`."""
    return f"Part {part.number}: {part.title}" if part.title else f"Part {part.number}"


def chapter_opening(chapter: Chapter) -> Iterator[Block]:
    """Set what stands between a chapter's heading and its first section."""
    if chapter.part.note:
        yield line(NORMAL, chapter.part.note)


def section_body(section: Section, margin: Margin) -> Iterator[Block]:
    """Set a section: what the code means, how much was said, and all that was said."""
    yield from _definition(section.code)
    yield from _rules(section.code)
    if section.undecided:
        yield line(NORMAL, section.undecided)
    yield line(COUNT_LINE, count_line(section.quotations))
    yield line(AUTHOR_TEXT, "")
    for quotation in section.quotations:
        yield from _quotation(quotation, margin)


def label_of(quotation: Quotation) -> str:
    """Write the attribution in brackets; a quotation without one bears its source's name."""
    return attribution(quotation.label or quotation.source)


def attribution(label: str) -> str:
    """Put a label in brackets, where it does not stand in some."""
    return label if label.startswith("(") else f"({label})"


def place_of(quotation: Quotation) -> str:
    """Say where the words stand: `FG4, turn 18`."""
    if quotation.locator.startswith(quotation.source):
        return quotation.locator
    return f"{quotation.source}, {quotation.locator}"


def _definition(code: Code) -> Iterator[Block]:
    texts = [text for text in (code.description, code.full_definition) if text]
    for text in texts or ["No definition recorded."]:
        yield line(DEFINITION, text)


def _rules(code: Code) -> Iterator[Block]:
    rules = [("Include", rule) for rule in code.include]
    rules += [("Exclude", rule) for rule in code.exclude]
    if code.not_to_confuse_with:
        rules.append(("Not the same as", ", ".join(code.not_to_confuse_with)))
    for lead, rule in rules or [("Rules", "No rule recorded.")]:
        yield led(RULE, lead, rule)


def _quotation(quotation: Quotation, margin: Margin) -> Iterator[Block]:
    inner = margin.anchored(runs(quotation.words), quotation.remarks)
    yield paragraph(QUOTE, quotation.words, inner)
    yield line(LABEL, label_of(quotation))
    if quotation.also_under:
        yield line(ALSO, f"Also quoted under {_listed(quotation.also_under)}")
    yield line(LOCATOR, f"{place_of(quotation)} · {quotation.id}")


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
