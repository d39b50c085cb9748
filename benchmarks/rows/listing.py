"""Opening a project and listing its sources with progress, against bare SQL."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.generator import Size, codebook_yaml
from benchmarks.studies import ROUND, Studies, coder_name, raw
from benchmarks.timing import Row, Targets, ready, side_by_side
from qualcode.domain.codings import ReadMark
from qualcode.domain.ids import new_id
from qualcode.domain.sources import Progress
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, coding, people, projects, rounds, sources

_LIST = (
    "SELECT source.name, source.kind, turns, codable, done, codings FROM source"
    " LEFT JOIN progress ON source_id = source.id AND layer_id ="
    " (SELECT layer.id FROM layer JOIN coder ON coder.id = coder_id"
    " JOIN round ON round.id = round_id WHERE coder.name = ? AND round.name = ?)"
    " ORDER BY source.position"
)
_OPEN = Targets(promise=10)
_ALONE = Targets(must=2, ambitious=1.3)
_FLAT = Targets(must=1.5, ambitious=1.1)
_MANY = 2_000


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure the list of one coder, and the same with ten times the codings elsewhere."""
    yield from _listed(studies.coded(size), size.name, size.transcripts)
    here, there = studies.coded(size), studies.crowded(size)
    usual, crowded = side_by_side(
        [ready(lambda: _ours(here)), ready(lambda: _ours(there))], repeats=15
    )
    job = "the same with 10 times the codings elsewhere"
    yield Row(job, size.name, crowded, usual, "ours without them", _FLAT)


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure the list of 2,000 short sources."""
    yield from _listed(_many(studies), f"{_MANY:,} sources", _MANY)


def _listed(path: Path, size: str, count: int) -> Iterator[Row]:
    ours, bare = side_by_side([ready(lambda: _ours(path)), ready(lambda: _bare(path))], repeats=15)
    yield Row(f"open, list {count:,} sources", size, ours, bare, "connect, SELECT", _OPEN)
    project = projects.open_at(str(path))
    seat = coding.take_seat(project, people.named(project, coder_name(0)), ROUND)
    connection = raw(path)
    wanted = (coder_name(0), ROUND)
    ours, bare = side_by_side(
        [
            ready(lambda: coding.progress(project, seat=seat)),
            ready(lambda: connection.execute(_LIST, wanted).fetchall()),
        ],
        repeats=31,
    )
    yield Row(f"list {count:,} sources, project open", size, ours, bare, "SELECT", _ALONE)
    connection.close()
    project.close()


def _ours(path: Path) -> list[Progress]:
    project = projects.open_at(str(path))
    seat = coding.take_seat(project, people.named(project, coder_name(0)), ROUND)
    listed = coding.progress(project, seat=seat)
    project.close()
    return listed


def _bare(path: Path) -> list[tuple[object, ...]]:
    connection = raw(path)
    listed = connection.execute(_LIST, (coder_name(0), ROUND)).fetchall()
    connection.close()
    return listed


def _many(studies: Studies) -> Path:
    """Make a study of 2,000 short survey answers that one coder has read."""
    path = studies.folder / "many.qualcode"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    project = projects.begin(str(part), name="Many", lead="lead")
    lead = people.lead(project)
    scheme = path.with_name("many.yaml")
    scheme.write_text(codebook_yaml(), encoding="utf-8")
    codebooks.load(project, str(scheme), by=lead)
    answers = "".join(f"p{number:04},said {number}\n" for number in range(_MANY))
    upload = Upload("many.csv", f"person,open_why\n{answers}".encode())
    wishes = Wishes(id_column="person", text_columns=("open_*",))
    sources.take_in(project, upload, wishes=wishes, by=lead)
    coder = people.add(project, coder_name(0), by=lead)
    rounds.new(project, ROUND, coders=[coder.name], by=lead)
    seat = coding.take_seat(project, coder, ROUND)
    with project.work("read", by=coder) as work:
        layer = work.rounds.own_layer(seat.round, coder)
        work.in_layer(layer)
        texts = work.sources.revisions(work.sources.all())
        work.changes.add_marks(
            [
                ReadMark(new_id(), layer.id, text.source, text.id, turn.range)
                for text in texts.values()
                for turn in text.turns
                if turn.codable
            ]
        )
    project.close()
    part.rename(path)
    return path
