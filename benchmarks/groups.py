"""Focus groups that are measured on the screen: one of 27,000 words, one of 150,000.

Four coders code them in a blind round and are half through: the first half is dealt with
turn by turn, of the other half only what was coded already.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import SIZES, Generator, Interview, Mark
from benchmarks.studies import ROUND, Hand, Studies, begin, coder_name, hand_in
from qualcode.services import coding, people, projects
from qualcode.store.project import Project

_CODERS = 4
_READ = 0.5
_ELSEWHERE = SIZES["M"]


@dataclass(frozen=True, slots=True)
class Group:
    """How large a focus group is, and how many codings all four coders leave on it."""

    number: int
    words: int
    turns: int
    codings: int

    def transcript(self, generator: Generator) -> Interview:
        """Write down what was said."""
        return generator.focus_group(self.number, self.words, self.turns)

    def marks(self, generator: Generator) -> list[list[Mark]]:
        """Give what each coder left."""
        said, each = self.transcript(generator), self.codings // _CODERS
        return generator.marks(said, self.number, _CODERS, each=each, read=_READ)

    def __str__(self) -> str:
        return f"{self.words:,} words"


SMALL = Group(1, 27_000, 1_800, 900)
LARGE = Group(2, 150_000, 10_000, 5_000)
GROUPS = (SMALL, LARGE)


def both(studies: Studies) -> Path:
    """Give a study of both focus groups, the small one first, half coded."""
    path = studies.folder / "groups.qualcode"
    if not path.exists():
        texts = _texts(studies.generator, *GROUPS)
        part = _begun(studies, "groups", texts)
        project = projects.open_at(str(part))
        _code(project, studies.generator, *GROUPS)
        project.close()
        part.rename(path)
    return path


def alone(studies: Studies) -> Path:
    """Give the small group among the 200 sources of M, of which it alone is coded."""
    path = studies.folder / "group-alone.qualcode"
    if not path.exists():
        texts = _texts(studies.generator, SMALL)
        part = _begun(studies, "group-alone", {**texts, **studies.texts(_ELSEWHERE)})
        project = projects.open_at(str(part))
        _code(project, studies.generator, SMALL)
        project.close()
        part.rename(path)
    return path


def among(studies: Studies) -> Path:
    """Give the same study with 90,000 codings on the other sources, in the same layers."""
    path = studies.folder / "group-among.qualcode"
    if not path.exists():
        part = Path(shutil.copy(alone(studies), path.with_suffix(".part")))
        project = projects.open_at(str(part))
        for place in range(_ELSEWHERE.coders):
            hand_in(project, studies.hand(project, _ELSEWHERE, place, ROUND))
        project.close()
        part.rename(path)
    return path


def _texts(generator: Generator, *groups: Group) -> dict[str, str]:
    said = [group.transcript(generator) for group in groups]
    return {each.name: each.text for each in said}


def _begun(studies: Studies, name: str, texts: dict[str, str]) -> Path:
    """Begin a study, nothing coded."""
    path = studies.folder / f"{name}.begun"
    begin(path, texts, coders=_CODERS)
    return path


def _code(project: Project, generator: Generator, *groups: Group) -> None:
    """Have all coders code the groups."""
    said = [group.transcript(generator) for group in groups]
    left = [group.marks(generator) for group in groups]
    for place in range(_CODERS):
        coder = people.named(project, coder_name(place))
        seat = coding.take_seat(project, coder, ROUND)
        with project.reading() as view:
            layer = view.rounds.layer(seat.round, seat.coder)
            known = {one.name: one for one in view.sources.all()}
        if layer is None:
            raise LookupError(ROUND)
        hand = Hand(seat, layer)
        for interview, marks in zip(said, left, strict=True):
            hand.add(known[interview.name], interview.text, marks[place])
        hand_in(project, hand)
