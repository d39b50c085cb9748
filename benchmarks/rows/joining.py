"""A coder's bundle with 100,000 codings joined with the study, against bare inserts."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from benchmarks.generator import SIZES
from benchmarks.studies import ROUND, Studies, begin, coder_name, raw
from benchmarks.timing import Job, Row, Side, Targets, side_by_side
from qualcode.domain.codings import Coding, Via
from qualcode.domain.ids import new_ids
from qualcode.domain.sources import Revision
from qualcode.domain.text import Range, words_hash
from qualcode.interchange.bundle import read_bundle
from qualcode.services import bundles, coding, people, projects
from qualcode.store.anchors import IN
from qualcode.store.coming import coming
from qualcode.store.images import opened
from qualcode.store.joining import join
from qualcode.store.project import Project

_CODINGS = 100_000
_STEPS = (200, 2_000)
"""In how many steps the codings were made: from tables, or a few dozen a step."""
_LENGTH = 5
_CODES = 10
_REPEATS = 5


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure joining what is opened and checked, and taking the whole bundle in."""
    for steps in _STEPS:
        study, bundle = _sent(studies, steps)
        size = f"{steps:,} steps"
        bare = _inserted(study, bundle)
        ours, other = side_by_side([_joined(study, bundle), bare], repeats=_REPEATS)
        against = "executemany, same rows and indexes"
        job = f"a checked bundle of {_CODINGS:,} codings joined"
        yield Row(job, size, ours, other, against, Targets(must=3, ambitious=1.5))
        whole, other = side_by_side([_taken(study, bundle), bare], repeats=_REPEATS)
        job = f"bundle in, {_CODINGS:,} codings: checks, copy and joining"
        yield Row(job, size, whole, other, against)


def _sent(studies: Studies, steps: int) -> tuple[Path, Path]:
    """Give a study, and the bundle with which a coder sends the codings back."""
    study, back = (studies.folder / f"joining-{steps}.{kind}" for kind in ("qualcode", "bundle"))
    if back.exists():
        return study, back
    begin(study, studies.texts(SIZES["S"]), coders=3)
    out, share = study.with_suffix(".out"), study.with_suffix(".share.qualcode")
    project = projects.open_at(str(study))
    bundles.give(project, coder_name(0), out, by=people.lead(project))
    project.close()
    bundles.begin(out, str(share))
    desk = projects.open_at(str(share))
    _code(desk, steps)
    bundles.send(desk, back)
    desk.close()
    return study, back


def _code(desk: Project, steps: int) -> None:
    """Let the coder leave the codings in so many steps."""
    coder = people.named(desk, coder_name(0))
    seat = coding.take_seat(desk, coder, ROUND)
    with desk.reading() as view:
        layer = view.rounds.layer(seat.round, coder)
        sources = view.sources.all()
        revisions = view.sources.revisions(sources)
    if layer is None:
        raise LookupError(ROUND)
    texts = [revisions[source.id] for source in sources]
    codes = [code.id for code in seat.codebook.codes[:_CODES]]
    each = _CODINGS // steps
    for step in range(steps):
        numbers = range(step * each, (step + 1) * each)
        with desk.work("code", by=coder) as work:
            work.in_layer(layer)
            work.changes.add_codings(
                [
                    _coding(number, identity, layer.id, texts, codes)
                    for number, identity in zip(numbers, new_ids(each), strict=True)
                ]
            )


def _coding(
    number: int, identity: UUID, layer: UUID, texts: Sequence[Revision], codes: Sequence[UUID]
) -> Coding:
    place, code = number // len(codes), codes[number % len(codes)]
    text = texts[place % len(texts)]
    start = place // len(texts) * _LENGTH
    stretch = Range(start, start + _LENGTH)
    seal = words_hash(stretch.of(text.text))
    return Coding(identity, layer, text.source, text.id, code, 1, (stretch,), seal, Via.FILE)


def _fresh(study: Path, name: str) -> Path:
    return Path(shutil.copy(study, study.with_name(f"{name}.qualcode")))


def _joined(study: Path, bundle: Path) -> Side:
    """Join with a fresh copy each time, from what is opened and checked to the disk."""
    held: list[Project] = []

    def side() -> Job:
        for one in held:
            one.close()
        project = projects.open_at(str(_fresh(study, "join")))
        share = opened(read_bundle(bundle), bundle.name)
        held[:] = [project, share]
        lead = people.lead(project)

        def job() -> None:
            with project.work(IN, by=lead) as work, share.reading() as view:
                join(work, view, coming(work, view, bundle.name))

        return job

    return side


def _taken(study: Path, bundle: Path) -> Side:
    """Take the bundle in with a fresh copy each time, as the command does."""
    held: list[Project] = []

    def side() -> Job:
        for one in held:
            one.close()
        for old in study.parent.glob("take.before-bundle-*"):
            old.unlink()
        project = projects.open_at(str(_fresh(study, "take")))
        held[:] = [project]
        lead = people.lead(project)
        return lambda: bundles.take(project, bundle, by=lead)

    return side


def _inserted(study: Path, bundle: Path) -> Side:
    """Insert the same rows into a fresh copy each time."""
    with opened(read_bundle(bundle), bundle.name).reading() as view:
        connection = view.session.connection()
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM coding")]
    places = ",".join("?" * len(rows[0]))

    def side() -> Job:
        bare = raw(_fresh(study, "bare"))
        entry = bare.execute("SELECT id FROM entry LIMIT 1").fetchone()[0]
        columns = [name for _, name, *_ in bare.execute("PRAGMA table_info(coding)")]
        at = columns.index("added_in")
        known = [(*row[:at], entry, *row[at + 1 :]) for row in rows]

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.executemany(f"INSERT INTO coding VALUES ({places})", known)
            bare.execute("COMMIT")
            bare.close()

        return insert

    return side
