"""What the themes' screen lists: themes, their passages by code, or a source turn by turn."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualcode.domain.sources import Turn
from qualcode.services.passages import Passage
from qualcode.services.theme_review import Marked, Review, SourceReview
from qualcode.tui.geometry.wrapping import wrapped
from qualcode.tui.widgets.row_list import ListRow

AGAINST = "≠"
MARK = "▸"
NO_CLAIM = "no claim recorded"
_INDENT = "  "
_NARROWEST = 20


class Row(NamedTuple):
    """A row of the list, and the theme or passage it is about, if any."""

    shown: ListRow
    review: Review | None = None
    marked: Marked | None = None


def theme_rows(reviews: Sequence[Review]) -> list[Row]:
    """List themes with their claims, and in how many passages and sources they show."""
    return [Row(_theme(each), each) for each in reviews]


def _theme(review: Review) -> ListRow:
    theme, who = review.shown.theme, review.shown.who
    whose = f" · {who}" if who else ""
    number = f"{len(review.passages)} in {len(review.sources)}"
    against = len(review.counter_examples)
    return ListRow(
        f"{theme.position} {theme.name}{whose} · {theme.claim or NO_CLAIM}",
        f"{AGAINST}{against} {number}" if against else number,
    )


def review_rows(review: Review) -> list[Row]:
    """List the passages of a theme by code."""
    rows: list[Row] = []
    for section in review.sections:
        title = section.code.title if section.code else "Against it, under none of its codes"
        rows.append(Row(ListRow(title, str(len(section.passages)), heading=True)))
        rows += [Row(_passage(one), marked=one) for one in section.passages]
    return rows


def _passage(one: Marked) -> ListRow:
    passage = one.passage
    speaker = f" {passage.speaker}" if passage.speaker else ""
    return ListRow(f"{_sign(one)} {passage.place}{speaker} “{passage.words}”", passage.id)


def _sign(one: Marked) -> str:
    return AGAINST if one.counter else MARK


def source_rows(found: SourceReview, width: int) -> list[Row]:
    """Write a whole source in rows of so many cells, each turn with its passages below."""
    rows: list[Row] = []
    for each in found.turns:
        if each.turn.number:
            rows.append(Row(ListRow(f"{each.turn.number} {each.turn.speaker}", heading=True)))
        rows += [Row(ListRow(_INDENT + words)) for words in _lines(found, each.turn, width)]
        rows += [Row(_mark(one), marked=one) for one in each.passages]
    return rows


def _lines(found: SourceReview, turn: Turn, width: int) -> Iterator[str]:
    text = found.text.text
    room = max(_NARROWEST, width - len(_INDENT))
    return (row.of(text).rstrip() for row in wrapped(text, turn.range, room))


def _mark(one: Marked) -> ListRow:
    titles = ", ".join(code.title for code in one.passage.codes)
    return ListRow(f"{_sign(one)} {titles}: “{one.passage.words}”", one.passage.id)


def passage_after(rows: Sequence[Row], at: int, by: int) -> int | None:
    """Find the next row with a passage, or the one before, from a row on; None beyond the last."""
    places = range(at + 1, len(rows)) if by > 0 else range(at - 1, -1, -1)
    return next((place for place in places if rows[place].marked), None)


def place_of(rows: Sequence[Row], passage: Passage | None) -> int | None:
    """Find the first row with a passage."""
    marked = (at for at, row in enumerate(rows) if row.marked and row.marked.passage == passage)
    return next(marked, None)


def told(row: Row | None) -> str:
    """Say in full what the row is about, for the pane below the list."""
    if row is not None and row.review is not None:
        return _theme_told(row.review)
    return _passage_told(row.marked) if row is not None and row.marked is not None else ""


def _theme_told(review: Review) -> str:
    codes = ", ".join(code.title for code in review.codes.codes) or "none yet"
    lines = [review.shown.theme.claim or NO_CLAIM, f"Codes: {codes}"]
    lines += review.codes.notes
    if review.counter_examples:
        lines.append(f"Against it: {', '.join(review.counter_examples)}")
    lines += [f"{one} speaks against it, but no longer stands." for one in review.missing]
    return "\n".join([*lines, f"Read from {review.layers}."])


def _passage_told(one: Marked) -> str:
    passage = one.passage
    codes = ", ".join(code.title for code in passage.codes)
    pieces = [passage.id, passage.place, passage.speaker, codes, ", ".join(passage.who)]
    against = " · counter-example" if one.counter else ""
    head = " · ".join(piece for piece in pieces if piece)
    return f"{head}{against}\n{passage.words}"
