"""Several people at one project at the same moment."""

import subprocess
import sys
from itertools import pairwise

from qualcode.domain.rounds import Viewpoint
from tests.store.conftest import Study

EACH = 50

CODER = """
import sys

from qualcode.domain.codings import Coding
from qualcode.domain.ids import new_id
from qualcode.domain.text import Range, words_hash
from qualcode.store.opening import open_project

place, name, chosen, each = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
project = open_project(place)
with project.reading() as view:
    coder = view.people.named(name)
    within = view.rounds.named("free")
    source = view.sources.named("FG1")
    revision = view.sources.revision(source)
    code = view.codebooks.current().codes[chosen]
for number in range(each):
    stretch = Range(number, number + 1)
    with project.work("code", by=coder) as work:
        layer = work.rounds.own_layer(within, coder)
        work.in_layer(layer)
        seal = words_hash(stretch.of(revision.text))
        row = Coding(
            new_id(), layer.id, source.id, revision.id, code.id, 1, (stretch,), seal
        )
        work.changes.add_codings([row])
project.close()
"""


def together(place: str, coders: list[tuple[str, int]]) -> list[str]:
    """Let coders apply a code each at the same time; give what they complain of."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CODER, place, name, str(code), str(EACH)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for name, code in coders
    ]
    return [said for process in running if (said := process.communicate(timeout=200)[1])]


def counts(study: Study) -> list[list[int]]:
    """Count by coder the codings of each code."""
    layers = [study.layer(who, study.free) for who in (study.ada, study.ben, study.lead)]
    with study.project.reading() as view:
        found = [view.codings.count_by_code(Viewpoint(study.lead), layer) for layer in layers]
    return [sorted(by_code.values()) for by_code in found]


def test_coders_at_the_same_moment_lose_nothing(study: Study) -> None:
    before = len(study.entries())
    assert together(study.place, [("Ada", 0), ("Ada", 1), ("Ben", 0), ("Lead", 0)]) == []
    assert counts(study) == [[EACH, EACH], [EACH], [EACH]]
    entries = study.entries()
    assert len(entries) == before + 4 * EACH
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(after.previous == first.hash for first, after in pairwise(entries))
    assert study.findings() == []


def test_the_same_codings_at_the_same_moment_are_made_once(study: Study) -> None:
    before = len(study.entries())
    assert together(study.place, [("Ada", 0), ("Ada", 0)]) == []
    assert counts(study) == [[EACH], [], []]
    assert len(study.entries()) == before + EACH
    assert study.findings() == []
