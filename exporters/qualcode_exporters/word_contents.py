"""The contents: filled in when the file is made, and a field that Word can refresh."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from qualcode_exporters.word_styles import (
    CONTENTS_1,
    CONTENTS_2,
    CONTENTS_3,
    CONTENTS_HEADING,
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
    depth = max((_level(entry) for entry in entries), default=0) + 1
    opening = rf'TOC \o "1-{max(depth, 2)}" \h \z'
    listed = [
        _entry(entry, pages.get(entry.anchor, 1), opening="" if place else opening)
        for place, entry in enumerate(entries)
    ]
    note = paragraph(SMALL_PRINT, _NOTE, runs(_NOTE) + _END)
    return [line(CONTENTS_HEADING, "Contents"), *listed, note]


def _level(entry: Entry) -> int:
    return entry.look.outline or 0


def _entry(entry: Entry, page: int, *, opening: str) -> Block:
    look = (CONTENTS_1, CONTENTS_2, CONTENTS_3)[min(_level(entry), 2)]
    number = field(rf"PAGEREF {entry.anchor} \h", str(page))
    start = field_start(opening) if opening else ""
    inner = (
        f'{start}<w:hyperlink w:anchor="{entry.anchor}" w:history="1">'
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
