"""Coding from a table: many teams begin in a spreadsheet.

Columns, found by their names: `source`; `turn`, or `start` and `end` in code points (of
the source's text, or of the turn where one is given; with words, whichever holds them);
`words` (a stretch that occurs once in the turn, or a check on the place); `codes` or
`code`, parted by semicolons or commas, or `-` for read and nothing applies; `memo`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from qualcode.domain.codebook import Code, codes_named, folded
from qualcode.domain.codings import Coding, Desk, Memo, ReadMark, Via
from qualcode.domain.errors import (
    ImportRefusedError,
    PlaceError,
    QualcodeError,
    UnknownCodeError,
)
from qualcode.domain.ids import new_id
from qualcode.domain.places import Place, located
from qualcode.domain.rounds import Layer
from qualcode.domain.sources import Revision, Source, Turn
from qualcode.domain.text import Range, trimmed, words_hash
from qualcode.interchange.doors import csv_words
from qualcode.interchange.importing import Upload
from qualcode.interchange.tables import read_table
from qualcode.services.coding import Seat, may_code, own_layer
from qualcode.services.sources import Spot
from qualcode.store.project import Project, View, Work

NOTHING_APPLIES = "-"
_SHOWN = 5
_COLUMNS = ("source", "turn", "start", "end", "words", "codes", "code", "memo")


@dataclass(frozen=True, slots=True)
class FromTable:
    """What a table brought: new codings, read marks and memos; what was there already."""

    codings: int
    marks: int
    memos: int
    already: int


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    spot: Spot
    codes: tuple[Code, ...]
    memo: str


def code_from_table(
    project: Project, upload: Upload, *, seat: Seat, encoding: str | None = None
) -> FromTable:
    """Code what a table says, all of it or, where a row is wrong, nothing."""
    table = _table(upload, encoding)
    with project.reading() as view:
        rows = _located(upload, table, view, seat)
    with project.work("code", by=seat.coder) as work:
        layer = own_layer(work, seat, [row.spot for row in rows])
        desks = _desks(work, layer, rows, seat)
        codings = [coding for row in rows for coding in _codings(row, layer, seat)]
        new = work.changes.add_codings(codings)
        _let_marks_give_way(work, desks, codings)
        marks = list(_marks(rows, layer, desks, codings))
        work.changes.add_marks(marks)
        memos = list(_memos(rows, layer, desks, seat))
        work.changes.add_memos(memos)
    asked = sum(len(row.codes) or 1 for row in rows) + sum(bool(row.memo) for row in rows)
    return FromTable(new, len(marks), len(memos), asked - new - len(marks) - len(memos))


def _table(upload: Upload, encoding: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the table's rows by the names of its columns, each with its number."""
    table = read_table(upload, encoding, expected=_COLUMNS)
    names = [folded(name) for name in table.columns]
    if "source" not in names or not {"codes", "code"} & set(names):
        raise ImportRefusedError(
            upload.name,
            f"a coding table needs the columns source and codes; found: {table.listed()}.",
            hint="Columns: source, turn (or start and end), words, codes, memo.",
        )
    if not table.rows:
        raise ImportRefusedError(upload.name, "the table has column names and no row.")
    return (
        (row.number, dict(zip(names, map(csv_words, row.cells), strict=True))) for row in table.rows
    )


def _located(
    upload: Upload, table: Iterable[tuple[int, Mapping[str, str]]], view: View, seat: Seat
) -> list[_Row]:
    """Find the place and the codes of every row; refuse the table if any cannot be found."""
    sources: dict[str, tuple[Source, Revision]] = {}
    rows: list[_Row] = []
    troubles: list[str] = []
    for number, cells in table:
        try:
            rows.append(_row(number, cells, view, seat, sources))
        except QualcodeError as mishap:
            near = f" {mishap.hint}" if isinstance(mishap, UnknownCodeError) else ""
            troubles.append(f"row {number}: {mishap.sentence}{near}")
    if troubles:
        more = f" (and {len(troubles) - _SHOWN} more)" if len(troubles) > _SHOWN else ""
        raise ImportRefusedError(upload.name, "; ".join(troubles[:_SHOWN]) + more)
    return rows


def _row(
    number: int,
    cells: Mapping[str, str],
    view: View,
    seat: Seat,
    sources: dict[str, tuple[Source, Revision]],
) -> _Row:
    name = cells.get("source", "").strip()
    if name not in sources:
        source = view.sources.named(name)
        sources[name] = source, view.sources.revision(source)
    source, revision = sources[name]
    segment = _segment(cells, source, revision)
    spot = Spot(source, revision, may_code(Spot(source, revision, segment)))
    named = (cells.get("codes") or cells.get("code") or "").strip()
    if not named:
        raise PlaceError("it names no code; write - for read and nothing applies.")
    codes = () if named == NOTHING_APPLIES else tuple(codes_named(seat.codebook, named))
    return _Row(number, spot, codes, cells.get("memo", "").strip())


def _segment(cells: Mapping[str, str], source: Source, revision: Revision) -> Range:
    """Find the segment a row means."""
    words = cells.get("words", "").strip()
    whole = Range(0, len(revision.text))
    turn = _turn(cells, source, revision)
    if turn is not None:
        whole = trimmed(revision.text, turn.range)
    if cells.get("start", "").strip():
        stretch = Range(_number(cells, "start"), _number(cells, "end"))
        return _checked(stretch, words, whole, source, revision)
    return _stretch_with(words, whole, revision) if words else whole


def _checked(stretch: Range, words: str, whole: Range, source: Source, revision: Revision) -> Range:
    """Find a stretch counted from the turn or, where the words stand there, from the source."""
    from_turn = Range(stretch.start + whole.start, stretch.end + whole.start)
    if words and trimmed(revision.text, stretch).of(revision.text) == words:
        from_turn = stretch
    place = located(Place(source.name, range=from_turn), revision)
    if words and place.of(revision.text) != words:
        raise PlaceError("the words do not stand at that place.")
    return place


def _turn(cells: Mapping[str, str], source: Source, revision: Revision) -> Turn | None:
    if not cells.get("turn", "").strip():
        if not cells.get("start", "").strip():
            raise PlaceError(f"it names neither a turn nor a start in {source.name}.")
        return None
    number = _number(cells, "turn")
    turn = revision.turn(number)
    if turn is None:
        raise PlaceError(f"{source.name} has no turn {number}.")
    return turn


def _stretch_with(words: str, whole: Range, revision: Revision) -> Range:
    """Find the words in the turn, where they occur once."""
    inside = whole.of(revision.text)
    if inside.count(words) != 1:
        times = "not" if words not in inside else "more than once"
        raise PlaceError(f"the words “{words[:40]}” occur {times} in that turn.")
    start = whole.start + inside.index(words)
    return trimmed(revision.text, Range(start, start + len(words)))


def _number(cells: Mapping[str, str], name: str) -> int:
    try:
        return int(cells.get(name, ""))
    except ValueError:
        raise PlaceError(f"its {name} is no whole number: “{cells.get(name, '')}”.") from None


def _codings(row: _Row, layer: Layer, seat: Seat) -> Iterable[Coding]:
    seal = words_hash(row.spot.range.of(row.spot.revision.text))
    for code in row.codes:
        yield Coding(
            new_id(),
            layer.id,
            row.spot.source.id,
            row.spot.revision.id,
            code.id,
            seat.codebook.version,
            (row.spot.range,),
            seal,
            Via.FILE,
        )


def _desks(work: Work, layer: Layer, rows: Iterable[_Row], seat: Seat) -> dict[UUID, Desk]:
    """Give what the layer held on each source before the table."""
    sources = {row.spot.source.id: row.spot.source for row in rows}
    return {
        one: work.codings.desk(seat.viewpoint, layer, source) for one, source in sources.items()
    }


def _let_marks_give_way(work: Work, desks: Mapping[UUID, Desk], codings: list[Coding]) -> None:
    """Retire the read marks on what is coded now."""
    coded = _by_source(codings)
    for source, desk in desks.items():
        marks = [
            mark
            for mark in desk.marks
            if any(mark.range.overlaps(each) for each in coded.get(source, ()))
        ]
        if marks:
            work.changes.retire("read_mark", marks)


def _by_source(codings: Iterable[Coding]) -> dict[UUID, list[Range]]:
    coded: dict[UUID, list[Range]] = {}
    for coding in codings:
        coded.setdefault(coding.source, []).append(coding.extent)
    return coded


def _marks(
    rows: Iterable[_Row], layer: Layer, desks: Mapping[UUID, Desk], codings: list[Coding]
) -> Iterator[ReadMark]:
    """Mark as read what is neither coded nor marked, before the table or by it."""
    coded = _by_source(codings)
    for row in rows:
        spot = row.spot
        dealt = coded.setdefault(spot.source.id, [])
        if row.codes or desks[spot.source.id].deals_with(spot.range):
            continue
        if not any(spot.range.overlaps(each) for each in dealt):
            dealt.append(spot.range)
            yield ReadMark(new_id(), layer.id, spot.source.id, spot.revision.id, spot.range)


def _memos(
    rows: Iterable[_Row], layer: Layer, desks: Mapping[UUID, Desk], seat: Seat
) -> Iterator[Memo]:
    """Write the memos that do not stand there in the same words."""
    now = datetime.now(UTC)
    known = {
        (source, memo.range, memo.body) for source, desk in desks.items() for memo in desk.memos
    }
    for row in rows:
        spot = row.spot
        place = (spot.source.id, spot.range, row.memo)
        if row.memo and place not in known:
            known.add(place)
            yield Memo(
                new_id(),
                seat.coder.id,
                layer.id,
                spot.source.id,
                spot.revision.id,
                spot.range,
                None,
                row.memo,
                now,
            )
