"""Many people code the same five sources at the same moment, each in a process of their own."""

from collections import Counter
from itertools import pairwise

import pytest

from qualcode.services import coding, people, sources
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.services.together.crowd import SOURCES, Part, Told, begin, together

Coded = tuple[str, int, int, str]
"""A coding as its coder was told of it: source, first and last code point, code."""


def acknowledged(told: Told) -> list[Coded]:
    """List the codings a process was told are kept."""
    return [(one["source"], *one["range"], label) for one in told for label in one["codes"]]


def stored(project: Project, name: str) -> list[Coded]:
    """List the codings that stand in a coder's layer."""
    seat = coding.take_seat(project, people.named(project, name), "r1")
    known = seat.codebook.by_id()
    return [
        (source.name, each.extent.start, each.extent.end, known[each.code].label)
        for source in sources.sources(project)
        for each in coding.desk_of(project, source, seat=seat).codings
    ]


def counted(project: Project, name: str) -> dict[str, int]:
    """Give how many codings of a coder's are counted in each source."""
    seat = coding.take_seat(project, people.named(project, name), "r1")
    return {row.source.name: row.codings for row in coding.progress(project, seat=seat)}


def must_be_whole(project: Project, *, entries_before: int, steps: int) -> None:
    """Look at the journal: each step once, in a chain without a gap; and all agrees."""
    with project.reading() as view:
        entries = list(view.journal.entries())
    assert [entry.number for entry in entries] == list(range(1, entries_before + steps + 1))
    assert all(after.previous == first.hash for first, after in pairwise(entries))
    assert check(project) == []


def read_marks(each: int) -> int:
    """Say how many turns a process marks as read beside so many codings."""
    return -(-each // 10)


@pytest.mark.parametrize(
    ("coders", "each"), [(4, 25), pytest.param(8, 500, marks=pytest.mark.long)]
)
def test_of_all_codings_of_all_coders_none_is_lost(place: str, coders: int, each: int) -> None:
    names = [f"coder{number}" for number in range(coders)]
    project = begin(place, names)
    before = project.changes_seen()
    told = together(place, [Part(name, each) for name in names])
    for name, one in zip(names, told, strict=True):
        assert len(acknowledged(one)) == each
        kept = stored(project, name)
        assert sorted(kept) == sorted(acknowledged(one))
        assert counted(project, name) == Counter(source for source, *_ in kept)
        assert len(counted(project, name)) == SOURCES
    steps = coders * (each + read_marks(each))
    must_be_whole(project, entries_before=before, steps=steps)
    project.close()


@pytest.mark.parametrize(("pairs", "each"), [(2, 25), pytest.param(4, 500, marks=pytest.mark.long)])
def test_nobody_loses_anything_who_codes_in_two_windows(place: str, pairs: int, each: int) -> None:
    names = [f"coder{number}" for number in range(pairs)]
    project = begin(place, names)
    before = project.changes_seen()
    parts = [Part(name, each, first, 2) for name in names for first in (0, 1)]
    told = together(place, parts)
    for place_of, name in enumerate(names):
        both = [*told[2 * place_of], *told[2 * place_of + 1]]
        assert len(acknowledged(both)) == 2 * each
        assert sorted(stored(project, name)) == sorted(acknowledged(both))
        assert sum(counted(project, name).values()) == 2 * each
    must_be_whole(project, entries_before=before, steps=pairs * (2 * each + read_marks(each)))
    project.close()


@pytest.mark.parametrize(
    ("coders", "readers", "each"), [(2, 2, 20), pytest.param(8, 4, 250, marks=pytest.mark.long)]
)
def test_who_looks_on_sees_the_work_grow_and_hinders_nobody(
    place: str, coders: int, readers: int, each: int
) -> None:
    names = [f"coder{number}" for number in range(coders)]
    project = begin(place, names)
    looking = [Part(name) for name in names[:readers]]
    told = together(place, [*(Part(name, each) for name in names), *looking])
    for name, one in zip(names, told[:coders], strict=True):
        assert sorted(stored(project, name)) == sorted(acknowledged(one))
    for one in told[coders:]:
        assert len(one) > 1
        for what in ("entries", "codings"):
            seen = [moment[what] for moment in one]
            assert seen == sorted(seen)
    assert check(project) == []
    project.close()
