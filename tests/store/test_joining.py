"""Shares that come back: in any order, twice, from several coders and several machines."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.codings import Desk
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.people import Coder
from qualcode.store.anchors import IN, OUT
from qualcode.store.checks import check
from qualcode.store.coming import coming
from qualcode.store.engine import connect, for_writing
from qualcode.store.joining import join
from qualcode.store.models import Table
from qualcode.store.opening import begin_copy, open_project
from qualcode.store.project import Project
from qualcode.store.schema import upgrade
from qualcode.store.shares import share_of, write_share

from .conftest import Study, tampered


@pytest.fixture
def give(study: Study, tmp_path: Path) -> Iterator[Callable[[Coder, str], Study]]:
    """Give out shares, each a study at its coder's desk."""
    given: list[Project] = []

    def make(coder: Coder, name: str) -> Study:
        for within in (study.blind, study.free):
            study.layer(coder, within)
        path = tmp_path / f"{name}.qualcode"
        engine = connect(str(path))
        upgrade(engine)
        with study.project.work(OUT, by=study.lead) as work:
            with Session(for_writing(engine)) as into, into.begin():
                anchor = write_share(work, share_of(work, coder), into)
            work.note_all(anchor.facts)
        engine.dispose()
        given.append(open_project(str(path)))
        return study.elsewhere(given[-1])

    yield make
    for each in given:
        each.close()


def _take(study: Study, *files: Path) -> None:
    for file in files:
        share = open_project(str(file))
        with study.project.work(IN, by=study.lead) as work, share.reading() as view:
            join(work, view, coming(work, view, file.name))
        share.close()


def _content(project: Project) -> dict[str, list[str]]:
    """Give all rows but the journal of the study's own joining."""
    with project.reading() as view:
        home = view.journal.workspace()
        rows: dict[str, list[Any]] = {
            table.name: list(view.session.execute(select(table)).mappings())
            for table in Table.metadata.sorted_tables
        }
    own = {row["id"] for row in rows["entry"] if row["workspace_id"] == home and row["kind"] == IN}
    return {
        name: sorted(repr(dict(row)) for row in each if row.get("id") not in own)
        for name, each in rows.items()
        if name != "place"
    }


def _keep(share: Study, name: str) -> Path:
    return Path(shutil.copy(share.project.place, Path(share.project.place).with_name(name)))


def test_what_a_coder_did_elsewhere_comes_back(
    study: Study, give: Callable[[Coder, str], Study]
) -> None:
    share = give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.add(share.ada, share.memo(share.ada, share.turn(2), "Said elsewhere."))
    _take(study, Path(share.project.place))
    assert study.codes(study.ada) == ["TC1A"]
    assert check(study.project) == []


def _random_work(share: Study, coder: Coder, chance: Random) -> None:
    """Do something that coders do."""
    turn = share.turn(chance.choice([2, 3, 5, 6]))
    standing: Desk = share.desk(coder)
    match chance.randrange(5):
        case 0 | 1:
            share.add(coder, share.coding(coder, chance.choice(["TC1A", "TC1B"]), turn))
        case 2 if standing.codings:
            share.retire(coder, chance.choice(standing.codings))
        case 3:
            share.undo(coder)
        case _:
            share.redo(coder)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_joining_does_not_matter(
    study: Study, give: Callable[[Coder, str], Study], tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    for _ in range(4):
        _random_work(study, study.ada, chance)
    shares = [
        (give(study.ada, "ada-1"), study.ada),
        (give(study.ada, "ada-2"), study.ada),
        (give(study.ben, "ben"), study.ben),
    ]
    files = []
    for sent in (1, 2):
        for number, (share, coder) in enumerate(shares):
            for _ in range(chance.randint(1, 6)):
                _random_work(share, coder, chance)
            files.append(_keep(share, f"sent-{number}-{sent}.qualcode"))
    orders = chance.sample(list(permutations(files)), 4)
    contents = [
        _joined(study, [*order, order[0]], tmp_path / f"{n}") for n, order in enumerate(orders)
    ]
    assert all(each == contents[0] for each in contents[1:])


def _joined(study: Study, order: Sequence[Path], folder: Path) -> dict[str, list[str]]:
    """Join in one order into a copy of the study, and give what it holds then."""
    folder.mkdir()
    with study.project.reading() as view:
        copy = begin_copy(str(folder / "study.qualcode"), view)
    try:
        _take(study.elsewhere(copy), *order)
        assert check(copy) == []
        return _content(copy)
    finally:
        copy.close()


def test_an_altered_share_is_refused_whole(
    study: Study, give: Callable[[Coder, str], Study]
) -> None:
    share = give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.project.close()
    place = Path(share.project.place)
    tampered(place, "UPDATE entry SET at = '2001-01-01'")
    before = _content(study.project)
    with pytest.raises(ImportRefusedError):
        _take(study, place)
    assert _content(study.project) == before


def test_a_share_that_writes_in_a_colleagues_layer_is_refused(
    study: Study, give: Callable[[Coder, str], Study]
) -> None:
    share = give(study.ada, "ada")
    share.add(share.ada, share.coding(share.ada, "TC1A", share.turn(2)))
    share.project.close()
    place, layer = Path(share.project.place), study.layer(study.ben).id.hex
    tampered(place, f"UPDATE coding SET layer_id = x'{layer}'")  # noqa: S608 - an id of the test's
    with pytest.raises(ImportRefusedError):
        _take(study, place)
