"""Coding from a table: many teams begin in a spreadsheet.

Columns, found by their names: `source`; `turn`, or `start` and `end` in code points (of
the source's text, or of the turn where one is given); `words` (a stretch that occurs once
in the turn, or a check on the place); `codes` or `code`, parted by semicolons, or `-` for
read and nothing applies; `memo`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Memo, ReadMark, Via
from qualcode.domain.errors import ImportRefusedError, PlaceError, QualcodeError
from qualcode.domain.ids import new_id
from qualcode.domain.places import Place, located
from qualcode.domain.rounds import Layer
from qualcode.domain.sources import Revision, Source, Turn
from qualcode.domain.text import Range, trimmed, words_hash
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload
from qualcode.services.coding import Seat, may_code, own_layer
from qualcode.services.sources import Spot
from qualcode.store.project import Project, View

NOTHING_APPLIES = "-"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FromTable:
    """What a table brought: new codings, read marks and memos; rows that were there already."""

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
        if not rows:
            return FromTable(0, 0, 0, 0)
        layer = own_layer(work, seat, [row.spot for row in rows])
        codings = [coding for row in rows for coding in _codings(row, layer, seat)]
        new = work.changes.add_codings(codings)
        marks = work.changes.add_marks([_mark(row, layer) for row in rows if not row.codes])
        memos = [_memo(row, layer, seat) for row in rows if row.memo]
        work.changes.add_memos(memos)
    return FromTable(new, marks, len(memos), len(codings) - new)


def _table(upload: Upload, encoding: str | None) -> list[dict[str, str]]:
    """Read the table's rows by the names of its columns."""
    text = decoded(upload, encoding).text
    lines = csv.reader(io.StringIO(text, newline=""))
    names = [name.strip().casefold() for name in next(lines, [])]
    if "source" not in names or not {"codes", "code"} & set(names):
        raise ImportRefusedError(
            upload.name,
            f"a coding table needs the columns source and codes; found: {', '.join(names)}.",
            hint="Columns: source, turn (or start and end), words, codes, memo.",
        )
    return [dict(zip(names, line, strict=False)) for line in lines if any(line)]


def _located(
    upload: Upload, table: Iterable[Mapping[str, str]], view: View, seat: Seat
) -> list[_Row]:
    """Find the place and the codes of every row; refuse the table if any cannot be found."""
    sources: dict[str, tuple[Source, Revision]] = {}
    rows: list[_Row] = []
    troubles: list[str] = []
    for number, cells in enumerate(table, start=2):
        try:
            rows.append(_row(number, cells, view, seat, sources))
        except QualcodeError as mishap:
            troubles.append(f"row {number}: {mishap.sentence}")
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
    wanted = [] if named == NOTHING_APPLIES else named.split(";")
    codes = tuple(seat.codebook.code(each) for each in wanted if each.strip())
    return _Row(number, spot, codes, cells.get("memo", "").strip())


def _segment(cells: Mapping[str, str], source: Source, revision: Revision) -> Range:
    """Find the segment a row means."""
    words = cells.get("words", "")
    whole = Range(0, len(revision.text))
    turn = _turn(cells, source, revision)
    if turn is not None:
        whole = trimmed(revision.text, turn.range)
    if cells.get("start", "").strip():
        stretch = Range(_number(cells, "start"), _number(cells, "end"))
        if turn is not None:
            stretch = Range(stretch.start + whole.start, stretch.end + whole.start)
        place = located(Place(source.name, range=stretch), revision)
        if words and place.of(revision.text) != words.strip():
            raise PlaceError("the words do not stand at that place.")
        return place
    return _stretch_with(words, whole, revision) if words else whole


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


def _mark(row: _Row, layer: Layer) -> ReadMark:
    spot = row.spot
    return ReadMark(new_id(), layer.id, spot.source.id, spot.revision.id, spot.range)


def _memo(row: _Row, layer: Layer, seat: Seat) -> Memo:
    spot = row.spot
    return Memo(
        new_id(),
        seat.coder.id,
        layer.id,
        spot.source.id,
        spot.revision.id,
        spot.range,
        None,
        row.memo,
        datetime.now(UTC),
    )
