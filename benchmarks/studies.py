"""The studies that are measured: made once a run, through the services, then copied."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import Generator, Mark, Size, code_label, codebook_yaml, coding_table
from qualcode.domain.codings import Coding, ReadMark, Via
from qualcode.domain.ids import new_id, new_ids
from qualcode.domain.rounds import Layer, Unit
from qualcode.domain.sources import Source
from qualcode.domain.text import words_hash
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, coding, people, projects, rounds, sources
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.engine import _PRAGMAS
from qualcode.store.project import Project

ROUND = "r1"
PAIRED = "pair"
FREQUENT = code_label(0)
_ELSEWHERE = 10


def coder_name(place: int) -> str:
    """Name a coder by their place from 0."""
    return f"coder{place + 1}"


def raw(path: Path) -> sqlite3.Connection:
    """Open a project file with nothing between, set up the way the program sets it up."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


class Studies:
    """Makes each study once, in a folder, and hands out its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.generator = Generator()
        self._texts: dict[str, dict[str, str]] = {}
        self._marks: dict[str, list[list[tuple[str, list[Mark]]]]] = {}

    def texts(self, size: Size) -> dict[str, str]:
        """Give the transcripts by name."""
        if size.name not in self._texts:
            self._draw(size)
        return self._texts[size.name]

    def marks(self, size: Size) -> list[list[tuple[str, list[Mark]]]]:
        """Give what each coder left on each transcript."""
        if size.name not in self._marks:
            self._draw(size)
        return self._marks[size.name]

    def _draw(self, size: Size) -> None:
        texts: dict[str, str] = {}
        marks: list[list[tuple[str, list[Mark]]]] = [[] for _ in range(size.coders)]
        for number in range(size.transcripts):
            interview = self.generator.interview(number)
            texts[interview.name] = interview.text
            made = self.generator.marks(interview, number, size.coders)
            for place, each in enumerate(made):
                marks[place].append((interview.name, each))
        self._texts[size.name], self._marks[size.name] = texts, marks

    def table(self, size: Size, coder: int) -> Upload:
        """Give what one coder left as a coding table."""
        words = coding_table(self.marks(size)[coder])
        return Upload(f"{coder_name(coder)}.csv", words.encode())

    def uncoded(self, size: Size) -> Path:
        """Give a study with sources, codebook, coders and an open round, nothing coded."""
        path = self.folder / f"{size.name}-uncoded.qualcode"
        if not path.exists():
            begin(path, self.texts(size), coders=size.coders)
        return path

    def coded(self, size: Size) -> Path:
        """Give a study whose coders have finished all sources."""
        path = self.folder / f"{size.name}-coded.qualcode"
        if not path.exists():
            self._coded(self.uncoded(size), path, size, [ROUND], size.coders)
        return path

    def paired(self, size: Size) -> Path:
        """Give a study whose first two coders have finished all sources in a round of two."""
        path = self.folder / f"{size.name}-paired.qualcode"
        if not path.exists():
            self._coded(self.uncoded(size), path, size, [PAIRED], 2)
        return path

    def crowded(self, size: Size) -> Path:
        """Give the coded study with ten times the codings in other rounds and under other codes."""
        path = self.folder / f"{size.name}-crowded.qualcode"
        if not path.exists():
            names = [f"elsewhere{number}" for number in range(_ELSEWHERE)]
            self._coded(self.coded(size), path, size, names, size.coders)
        return path

    def _coded(self, start: Path, path: Path, size: Size, names: list[str], coders: int) -> None:
        part = path.with_suffix(".part")
        shutil.copy(start, part)
        project = projects.open_at(str(part))
        lead = people.lead(project)
        known = {one.name for one in rounds.rounds(project)}
        for number, name in enumerate(names):
            if name not in known:
                who = [coder_name(place) for place in range(coders)]
                rounds.new(project, name, coders=who, by=lead, unit=Unit.TURN)
            for place in range(coders):
                hand_in(project, self.hand(project, size, place, name, shift=number))
        project.close()
        part.rename(path)

    def hand(
        self, project: Project, size: Size, coder: int, round_name: str, *, shift: int = 0
    ) -> "Hand":
        """Make what a coder hands in to a round; a shift moves it away from the first code."""
        seat = coding.take_seat(project, people.named(project, coder_name(coder)), round_name)
        with project.reading() as view:
            layer = view.rounds.layer(seat.round, seat.coder)
            known = {one.name: one for one in view.sources.all()}
        if layer is None:
            raise LookupError(round_name)
        hand = Hand(seat, layer)
        elsewhere = round_name.startswith("elsewhere")
        for name, marks in self.marks(size)[coder]:
            text = self.texts(size)[name]
            moved = [_moved(mark, shift) for mark in marks] if elsewhere else marks
            hand.add(known[name], text, moved)
        return hand


def _moved(mark: Mark, shift: int) -> Mark:
    return mark if mark.code is None else Mark(mark.range, 1 + (mark.code + shift) % 39)


class Hand:
    """What one coder hands in: codings and read marks of one layer."""

    def __init__(self, seat: Seat, layer: Layer) -> None:
        self.seat = seat
        self.layer = layer
        self.codings: list[Coding] = []
        self.marks: list[ReadMark] = []
        self.sources: list[Source] = []

    def add(self, source: Source, text: str, marks: Sequence[Mark]) -> None:
        """Take over what was left on one source."""
        self.sources.append(source)
        codes = self.seat.codebook.codes
        version = self.seat.codebook.version
        layer, revision = self.layer.id, source.revision
        distinct = list(dict.fromkeys(mark for mark in marks if mark.code is not None))
        self.codings += [
            Coding(
                identity,
                layer,
                source.id,
                revision,
                codes[mark.code or 0].id,
                version,
                (mark.range,),
                words_hash(mark.range.of(text)),
                Via.FILE,
            )
            for identity, mark in zip(new_ids(len(distinct)), distinct, strict=True)
        ]
        self.marks += [
            ReadMark(new_id(), layer, source.id, revision, mark.range)
            for mark in marks
            if mark.code is None
        ]


def hand_in(project: Project, *hands: Hand) -> None:
    """Keep what coders hand in by the store's path for many codings, one entry a coder."""
    for hand in hands:
        with project.work("code", by=hand.seat.coder) as work:
            work.in_layer(hand.layer)
            work.changes.add_codings(hand.codings)
            work.changes.add_marks(hand.marks)


def begin(path: Path, texts: dict[str, str], *, coders: int) -> None:
    """Begin a study with sources, codebook, so many coders and an open round, nothing coded."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    project = projects.begin(str(part), name="Benchmark", lead="lead")
    lead = people.lead(project)
    scheme = path.with_name("bench.yaml")
    scheme.write_text(codebook_yaml(), encoding="utf-8")
    codebooks.load(project, str(scheme), by=lead)
    for name, text in texts.items():
        sources.take_in(project, Upload(f"{name}.txt", text.encode()), wishes=Wishes(), by=lead)
    names = [coder_name(place) for place in range(coders)]
    for name in names:
        people.add(project, name, by=lead)
    rounds.new(project, ROUND, coders=names, by=lead, unit=Unit.TURN)
    project.close()
    part.rename(path)


def spot_of(source: Source, project: Project, mark: Mark) -> Spot:
    """Give the place of a mark as a coder would name it."""
    with project.reading() as view:
        return Spot(source, view.sources.revision(source), mark.range)
