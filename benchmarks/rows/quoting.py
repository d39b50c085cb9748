"""The quotations of a frequent code, all and the first 50, against a query and slicing."""

import sqlite3
from collections.abc import Iterator

from benchmarks.generator import Size
from benchmarks.studies import FREQUENT, ROUND, Studies, coder_name, raw
from benchmarks.timing import Job, Row, Targets, ready, side_by_side
from qualcode.services import people, projects
from qualcode.services.quotations import quotations
from qualcode.store.project import Project

_PAGE = 50
_OF_CODE = (
    "SELECT source_id, begins, ends FROM coding"
    " WHERE code_id = (SELECT code_id FROM code_entry WHERE label = ?) AND retired_in IS NULL"
    " AND layer_id = (SELECT layer.id FROM layer JOIN coder ON coder.id = coder_id"
    " JOIN round ON round.id = round_id WHERE coder.name = ? AND round.name = ?)"
    " ORDER BY source_id, begins"
)
_TEXT = (
    "SELECT body FROM source JOIN revision ON revision.id = source.revision_id WHERE source.id = ?"
)


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure both lists, and the same with ten times the codings under other codes."""
    project, other = (
        projects.open_at(str(path)) for path in (studies.coded(size), studies.crowded(size))
    )
    connection = raw(studies.coded(size))
    repeats = 7 if size.name == "S" else 5
    for first, words, targets in (
        (None, "all quotations", Targets(promise=5, must=2, ambitious=1.3)),
        (_PAGE, "first 50 quotations", Targets(must=3, ambitious=1.5)),
    ):
        ours, bare, crowded = side_by_side(
            [
                ready(_ours(project, first)),
                ready(_bare(connection, first)),
                ready(_ours(other, first)),
            ],
            repeats=repeats if first is None else 31,
        )
        yield Row(f"{words} of a frequent code", size.name, ours, bare, "SELECT, slices", targets)
        job = f"{words}, 10 times the codings under other codes"
        flat = Targets(must=1.5, ambitious=1.1)
        yield Row(job, size.name, crowded, ours, "ours without them", flat)
    connection.close()
    project.close()
    other.close()


def _ours(project: Project, first: int | None) -> Job:
    lead = people.lead(project)
    name = coder_name(0)
    return lambda: quotations(
        project, FREQUENT, layer_name=name, round_name=ROUND, by=lead, first=first
    )


def _bare(connection: sqlite3.Connection, first: int | None) -> Job:
    query = _OF_CODE if first is None else f"{_OF_CODE} LIMIT {first}"
    return lambda: _sliced(connection, query)


def _sliced(connection: sqlite3.Connection, query: str) -> list[str]:
    """Do the least that gives the words: one query, each text read once, slices."""
    texts: dict[bytes, str] = {}
    words = []
    for source, start, end in connection.execute(query, (FREQUENT, coder_name(0), ROUND)):
        if source not in texts:
            texts[source] = connection.execute(_TEXT, (source,)).fetchone()[0]
        words.append(texts[source][start:end])
    return words
