"""Two codes with many codings merged, reading after it, and a codebook of a thousand codes."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from benchmarks.generator import SIZES, code_label
from benchmarks.studies import ROUND, Studies, begin, coder_name, raw
from benchmarks.timing import Job, Row, Side, Targets, ready, side_by_side
from qualcode.domain.code_search import matching
from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.codings import Coding, Via
from qualcode.domain.ids import new_ids
from qualcode.domain.sources import Revision
from qualcode.domain.text import Range, words_hash
from qualcode.services import codebook_changes, coding, people, projects, rounds
from qualcode.services.quotations import quotations
from qualcode.store.project import Project

_CODINGS = 100_000
_CODERS = 4
_TWINS = 10
"""One passage in so many stands under both codes."""
_LENGTH = 5
_PARTS, _UNDER, _LEVELS = 5, 3, 5
_CODES = 1_000
_PAGE = 50
_FRAME = 0.1
_BARE = "UPDATE OR IGNORE coding SET code_id = ? WHERE code_id = ?"


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure merge, reading, tree and search."""
    path = _crowded(studies)
    yield from _merging(path)
    yield from _reading(path)
    yield from _walking(studies.folder / "thousand.qualcode")


def _crowded(studies: Studies) -> Path:
    """Give a study in which four coders left 100,000 codings under two codes."""
    path = studies.folder / "two-codes.qualcode"
    if path.exists():
        return path
    begin(path, studies.texts(SIZES["S"]), coders=_CODERS)
    project = projects.open_at(str(path))
    for place in range(_CODERS):
        _code(project, coder_name(place))
    project.close()
    return path


def _code(project: Project, name: str) -> None:
    """Let a coder leave a quarter of the codings, source by source, in step."""
    coder = people.named(project, name)
    seat = coding.take_seat(project, coder, ROUND)
    with project.work("code", by=coder) as work:
        layer = work.rounds.own_layer(seat.round, coder)
        work.in_layer(layer)
        sources = work.sources.all()
        revisions = work.sources.revisions(sources)
        texts = [revisions[source.id] for source in sources]
        ids = new_ids(_CODINGS // _CODERS)
        codes = seat.codebook.codes[:2]
        work.changes.add_codings(
            [
                _coding(number, identity, layer.id, texts, codes[number % 2].id)
                for number, identity in enumerate(ids)
            ]
        )


def _coding(
    number: int, identity: UUID, layer: UUID, texts: Sequence[Revision], code: UUID
) -> Coding:
    """Draft a coding; the second of every ten stands on the words of the first."""
    place = number - 1 if number % _TWINS == 1 else number
    text = texts[place % len(texts)]
    start = place // len(texts) * _LENGTH
    stretch = Range(start, start + _LENGTH)
    seal = words_hash(stretch.of(text.text))
    return Coding(identity, layer, text.source, text.id, code, 1, (stretch,), seal, Via.FILE)


def _merging(path: Path) -> Iterator[Row]:
    ours, bare = side_by_side([_merged(path), _updated(path)], repeats=5)
    job = f"two codes with {_CODINGS:,} codings merged"
    yield Row(job, "4 coders", ours, bare, "UPDATE, one transaction", Targets(must=3, ambitious=1))


def _merged(path: Path) -> Side:
    """Merge in a fresh copy each time."""
    opened: list[Project] = []

    def side() -> Job:
        for one in opened:
            one.close()
        project = projects.open_at(str(_copied(path, "merging")))
        opened[:] = [project]
        return lambda: merge(project)

    return side


def merge(project: Project) -> None:
    """Merge the first code into the second."""
    lead = people.lead(project)
    with project.reading() as view:
        first, second, *_ = view.codebooks.current().codes
    codebook_changes.merge(project, [first], into=second, by=lead, reason="The same.")


def _updated(path: Path) -> Side:
    """Update the codings' code in a fresh copy each time."""
    opened: list[sqlite3.Connection] = []

    def side() -> Job:
        for one in opened:
            one.close()
        connection = raw(_copied(path, "updating"))
        opened[:] = [connection]
        codes = connection.execute("SELECT DISTINCT code_id FROM coding").fetchall()
        pair = (codes[1][0], codes[0][0])

        def job() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_BARE, pair)
            connection.execute("COMMIT")

        return job

    return side


def _copied(path: Path, name: str) -> Path:
    copy = path.with_name(f"{name}.qualcode")
    shutil.copy(path, copy)
    return copy


def _reading(path: Path) -> Iterator[Row]:
    """Measure reads of one coder in the round, before and after it goes by the merge."""
    before, after = (projects.open_at(str(_copied(path, name))) for name in ("before", "after"))
    merge(after)
    rounds.take_up(after, ROUND, by=people.lead(after))
    flat = Targets(must=3, ambitious=1.5)
    counted, then = side_by_side([ready(_counts(after)), ready(_counts(before))], repeats=7)
    yield Row("counts by code after the merge", "4 coders", counted, then, "ours before it", flat)
    quoted, then = side_by_side([ready(_quoted(after)), ready(_quoted(before))], repeats=15)
    job = f"first {_PAGE} quotations of the merged code"
    yield Row(job, "4 coders", quoted, then, "ours before the merge", flat)
    before.close()
    after.close()


def _counts(project: Project) -> Job:
    seat = coding.take_seat(project, people.named(project, coder_name(0)), ROUND)
    return lambda: coding.counts(project, seat=seat)


def _quoted(project: Project) -> Job:
    name = coder_name(0)
    mine = people.named(project, name)
    return lambda: quotations(
        project, code_label(1), layer_name=name, round_name=ROUND, by=mine, first=_PAGE
    )


def _thousand() -> Codebook:
    """Make up a codebook of 1,000 codes in five levels."""
    parts = tuple(Part(number, f"Part {number}") for number in range(1, _PARTS + 1))
    codes: list[Code] = []
    waiting = [(part.number, "", 1) for part in parts for _ in range(_UNDER)]
    ids = iter(new_ids(_CODES))
    while len(codes) < _CODES:
        part, parent, level = waiting.pop(0) if waiting else (1, "", 1)
        number = len(codes) + 1
        label = f"C{number}"
        words = f"What is said of matter {number}, and of what goes with it in the end."
        codes.append(
            Code(
                next(ids),
                label,
                f"k{number}",
                f"Matter {number}",
                part,
                number,
                words,
                parent=parent,
            )
        )
        if level < _LEVELS:
            waiting += [(part, label, level + 1)] * _UNDER
    return Codebook(0, "Thousand", "en", parts, tuple(codes))


def _walking(path: Path) -> Iterator[Row]:
    path.unlink(missing_ok=True)
    project = projects.begin(str(path), name="Thousand", lead="lead")
    lead = people.lead(project)
    with project.work("codebook load", by=lead) as work:
        work.codebooks.add(_thousand(), reason="made up")
    connection = raw(path)

    def walk() -> int:
        book = coding.take_seat(project, lead).codebook
        tree = CodeTree(book)
        return sum(1 for part in book.parts for _ in tree.walk(part))

    def bare() -> int:
        return len(connection.execute("SELECT * FROM code_entry").fetchall())

    assert walk() == bare() == _CODES
    walked, read = side_by_side([ready(walk), ready(bare)], repeats=15)
    size = f"{_CODES:,} codes"
    yield Row("codebook read and walked as a tree", size, walked, read, "SELECT")
    yield Row("codebook read and walked as a tree", size, walked, _FRAME, "100 ms", Targets(must=1))
    book = coding.take_seat(project, lead).codebook
    (found,) = side_by_side([ready(lambda: matching(book, "matter end"))], repeats=15)
    yield Row("a word looked for in the codebook", size, found, _FRAME, "100 ms", Targets(must=1))
    connection.close()
    project.close()
