"""Many codings at once: through the store and through a coding table, against bare inserts."""

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import UUID

from benchmarks.generator import Size
from benchmarks.studies import ROUND, Hand, Studies, coder_name, hand_in, raw
from benchmarks.timing import Job, Row, Targets, side_by_side
from qualcode.domain.ids import new_ids
from qualcode.domain.text import words_hash
from qualcode.services import coding, people, projects
from qualcode.services.bulk_coding import code_from_table

_CODING = (
    "INSERT INTO coding (id, layer_id, source_id, revision_id, code_id, codebook_version,"
    " begins, ends, pieces, words_hash, via, added_in, retired_in)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_MARK = "INSERT INTO read_mark VALUES (?,?,?,?,?,?,?,?)"
_numbers = count()


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure all coders' codings through the store, then one coder's table."""
    repeats = {"S": 7, "M": 5}.get(size.name, 3)
    target = Targets(promise=4, must=1.5, ambitious=0.7)
    ours, bare = side_by_side(
        [lambda: _by_the_store(size, studies), lambda: _bare(size, studies)], repeats=repeats
    )
    job = f"{size.codings:,} codings in bulk, journal and progress included"
    yield Row(job, size.name, ours, bare, "executemany, same rows and indexes", target)
    ours, bare = side_by_side(
        [lambda: _by_the_table(size, studies), lambda: _bare_table(size, studies)], repeats=repeats
    )
    job = f"{size.codings // size.coders:,} codings from a table"
    yield Row(job, size.name, ours, bare, "csv, hash, executemany", Targets(promise=4))


def _copy(size: Size, studies: Studies) -> Path:
    path = studies.folder / f"bulk-{next(_numbers) % 4}.qualcode"
    path.unlink(missing_ok=True)
    return Path(shutil.copy(studies.uncoded(size), path))


def _by_the_store(size: Size, studies: Studies) -> Job:
    project = projects.open_at(str(_copy(size, studies)))
    hands = [studies.hand(project, size, place, ROUND) for place in range(size.coders)]
    return lambda: hand_in(project, *hands)


def _bare(size: Size, studies: Studies) -> Job:
    path = _copy(size, studies)
    project = projects.open_at(str(path))
    hands = [studies.hand(project, size, place, ROUND) for place in range(size.coders)]
    project.close()
    connection = raw(path)
    entry = connection.execute("SELECT id FROM entry LIMIT 1").fetchone()[0]
    codings = [row for hand in hands for row in _coding_rows(hand, entry)]
    marks = [row for hand in hands for row in _mark_rows(hand, entry)]

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_CODING, codings)
        connection.executemany(_MARK, marks)
        connection.execute("COMMIT")
        connection.close()

    return insert


def _coding_rows(hand: Hand, entry: bytes) -> Iterator[tuple[object, ...]]:
    for each in hand.codings:
        ids = (each.id, each.layer, each.source, each.revision, each.code)
        start, end = each.extent
        rest = (each.codebook_version, start, end, "", each.words_hash, each.via.value, entry, None)
        yield (*(one.bytes for one in ids), *rest)


def _mark_rows(hand: Hand, entry: bytes) -> Iterator[tuple[object, ...]]:
    for each in hand.marks:
        ids = (each.id, each.layer, each.source, each.revision)
        yield (*(one.bytes for one in ids), *each.range, entry, None)


def _by_the_table(size: Size, studies: Studies) -> Job:
    project = projects.open_at(str(_copy(size, studies)))
    upload = studies.table(size, 0)
    seat = coding.take_seat(project, people.named(project, coder_name(0)), ROUND)
    return lambda: code_from_table(project, upload, seat=seat)


def _bare_table(size: Size, studies: Studies) -> Job:
    data = studies.table(size, 0).data
    connection = raw(_copy(size, studies))
    return lambda: _read_and_insert(data, connection)


def _read_and_insert(data: bytes, connection: sqlite3.Connection) -> None:
    """Do the least that keeps a coding table: read it, hash the words, insert the rows."""
    one = connection.execute
    entry, layer = one("SELECT entry.id, layer.id FROM entry, layer LIMIT 1").fetchone()
    codes = dict(one("SELECT label, code_id FROM code_entry"))
    known = {
        name: rest
        for name, *rest in one(
            "SELECT name, source.id, revision.id, body FROM source"
            " JOIN revision ON revision.id = source.revision_id"
        )
    }
    table = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    codings, marks = [], []
    for identity, cells in zip(map(_packed, new_ids(len(table))), table, strict=True):
        source, revision, text = known[cells["source"]]
        start, end = int(cells["start"]), int(cells["end"])
        place = (identity, layer, source, revision)
        if cells["codes"] == "-":
            marks.append((*place, start, end, entry, None))
            continue
        seal = words_hash(text[start:end])
        code = codes[cells["codes"]]
        codings.append((*place, code, 1, start, end, "", seal, "from a file", entry, None))
    one("BEGIN IMMEDIATE")
    connection.executemany(_CODING, codings)
    connection.executemany(_MARK, marks)
    one("COMMIT")
    connection.close()


def _packed(identity: UUID) -> bytes:
    return identity.bytes
