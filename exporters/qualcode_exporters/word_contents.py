"""The contents: filled in when the file is made, and a field that Word can refresh."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from qualcode_exporters.word_styles import (
    CONTENTS_1,
    CONTENTS_2,
    CONTENTS_HEADING,
    PART,
    SMALL_PRINT,
    TEXT_HEIGHT,
    Look,
)
from qualcode_exporters.word_text import (
    TAB,
    Block,
    field,
    field_start,
    line,
    paragraph,
    runs,
)

_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_NOTE = (
    "The page numbers were reckoned when this file was made. "
    "To refresh them, click in the contents and press F9."
)


class Entry(NamedTuple):
    """A heading as the contents list it: its words, its rank and its anchor."""

    words: str
    look: Look
    anchor: str


def contents(entries: list[Entry], pages: Mapping[str, int]) -> list[Block]:
    """List the headings, each leading to its place, with the page it should stand on."""
    listed = [
        _entry(entry, pages.get(entry.anchor, 1), first=place == 0)
        for place, entry in enumerate(entries)
    ]
    note = paragraph(SMALL_PRINT, _NOTE, runs(_NOTE) + _END)
    return [line(CONTENTS_HEADING, "Contents"), *listed, note]


def _entry(entry: Entry, page: int, *, first: bool) -> Block:
    look = CONTENTS_1 if entry.look is PART else CONTENTS_2
    opening = field_start(r'TOC \o "1-2" \h \z') if first else ""
    number = field(rf"PAGEREF {entry.anchor} \h", str(page))
    inner = (
        f'{opening}<w:hyperlink w:anchor="{entry.anchor}" w:history="1">'
        f"{runs(entry.words)}{TAB}{number}</w:hyperlink>"
    )
    return paragraph(look, entry.words, inner)


def pages_of(blocks: Iterable[Block]) -> dict[str, int]:
    """Reckon the page of every anchor, from the heights and from what must stay together."""
    page, used, below = 1, 0.0, 0.0
    found: dict[str, int] = {}
    for group in _groups(blocks):
        height = _height(group, below)
        if used and (group[0].new_page or used + height - group[-1].below > TEXT_HEIGHT):
            page, used = page + 1, 0.0
            height -= max(group[0].above - below, 0.0)
        found |= {block.anchor: page for block in group if block.anchor}
        used, below = used + height, group[-1].below
        while used > TEXT_HEIGHT + below:
            page, used = page + 1, used - TEXT_HEIGHT
    return found


def _height(group: list[Block], below: float) -> float:
    """Add up a group; of two spaces that meet, Word keeps the larger."""
    height = 0.0
    for block in group:
        height += max(block.above - below, 0.0) + block.height + block.below
        below = block.below
    return height


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Gather the blocks that Word keeps on one page."""
    group: list[Block] = []
    for block in blocks:
        if group and (block.new_page or not group[-1].keeps_next):
            yield group
            group = []
        group.append(block)
    if group:
        yield group
