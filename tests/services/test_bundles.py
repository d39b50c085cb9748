"""Bundles: a share goes out, is worked on, and comes back."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from qualcode.domain.errors import (
    AlreadyThereError,
    ImportRefusedError,
    RefusedError,
    RoundNotOpenError,
)
from qualcode.services import (
    bundles,
    codebook_changes,
    coding,
    memos,
    moving,
    people,
    projects,
    redeciding,
    rounds,
    sources,
    themes,
)
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.conftest import Qualcode

from .conftest import Choir

_CLEARER = {"description": "Why people stay."}


@pytest.fixture
def desk(at_desk: Choir, tmp_path: Path) -> Iterator[Project]:
    """A's share of the choir study, begun from a bundle."""
    lead = people.lead(at_desk.project)
    bundles.give(at_desk.project, "a", tmp_path / "a.bundle", by=lead)
    bundles.begin(tmp_path / "a.bundle", str(tmp_path / "a.qualcode"))
    project = projects.open_at(str(tmp_path / "a.qualcode"))
    yield project
    project.close()


def _code(project: Project, place: str, label: str, within: str = "r1") -> None:
    seat = coding.take_seat(project, people.named(project, "a"), within)
    spot = sources.find(project, place)
    coding.apply(project, spot, [seat.codebook.code(label)], seat=seat)


def _sent(desk: Project, name: str) -> Path:
    path = Path(desk.place).with_name(name)
    bundles.send(desk, path)
    return path


def _labels(study: Choir, source: str = "FG1") -> list[str]:
    book = study.seat("a").codebook.by_id()
    return [book[each.code].label for each in study.desk(study.seat("a"), source).codings]


def test_what_is_coded_on_a_bundle_comes_back_once(at_desk: Choir, desk: Project) -> None:
    lead = people.lead(at_desk.project)
    _code(desk, "FG1:2", "CH1A")
    bundle = _sent(desk, "back.bundle")
    planned = bundles.plan(at_desk.project, bundle, by=lead)
    assert (planned.new, _labels(at_desk)) == (True, [])
    assert bundles.take(at_desk.project, bundle, by=lead) == planned
    assert _labels(at_desk) == ["CH1A"]
    assert not bundles.take(at_desk.project, bundle, by=lead).new
    assert at_desk.is_sound()


def test_of_a_blind_round_a_plan_tells_no_numbers(at_desk: Choir, desk: Project) -> None:
    lead = people.lead(at_desk.project)
    _code(desk, "FG1:2", "CH1A")
    _code(desk, "FG1:2", "CH1B", within="free")
    planned = bundles.plan(at_desk.project, _sent(desk, "back.bundle"), by=lead)
    assert [each.name for each in planned.rounds] == ["free", "r1"]
    assert [each.name for each in planned.sealed] == ["r1"]
    assert (planned.steps, dict(planned.added), planned.versions) == (1, {"coding": 1}, (1,))


def test_themes_begun_and_changed_in_a_share_come_back(at_desk: Choir, desk: Project) -> None:
    lead, ada = people.lead(at_desk.project), people.named(desk, "a")
    themes.new(desk, "Tea", claim="They come for tea.", by=ada)
    bundles.take(at_desk.project, _sent(desk, "first.bundle"), by=lead)
    themes.new(desk, "Halls", claim="They stay away from cold halls.", by=ada)
    bundles.take(at_desk.project, _sent(desk, "second.bundle"), by=lead)
    found = themes.themes(at_desk.project, by=at_desk.coder("a"))
    assert sorted(each.theme.name for each in found) == ["Halls", "Tea"]
    assert at_desk.is_sound()


def test_a_later_bundle_brings_what_came_since(at_desk: Choir, desk: Project) -> None:
    lead = people.lead(at_desk.project)
    _code(desk, "FG1:2", "CH1A")
    first = _sent(desk, "first.bundle")
    _code(desk, "FG1:2", "CH1B")
    second = _sent(desk, "second.bundle")
    assert bundles.take(at_desk.project, second, by=lead).new
    assert not bundles.take(at_desk.project, first, by=lead).new
    assert sorted(_labels(at_desk)) == ["CH1A", "CH1B"]


def test_a_bundle_on_an_old_codebook_is_taken_with_its_version(
    at_desk: Choir, desk: Project
) -> None:
    lead = people.lead(at_desk.project)
    _code(desk, "FG1:2", "CH1A")
    bundle = _sent(desk, "back.bundle")
    codebook_changes.retire(at_desk.project, at_desk.code("CH1A"), by=lead, reason="Unused.")
    codebook_changes.reword(
        at_desk.project, at_desk.code("CH1B"), _CLEARER, by=lead, reason="Clearer."
    )
    planned = bundles.plan(at_desk.project, bundle, by=lead)
    assert (planned.versions, planned.newest, planned.older) == ((1,), 3, (1,))
    bundles.take(at_desk.project, bundle, by=lead)
    rounds.take_up(at_desk.project, "r1", by=lead)
    seat = at_desk.seat("a")
    (found,) = at_desk.desk(seat, "FG1").codings
    assert found.codebook_version == 1
    (waiting,) = redeciding.queue(at_desk.project, seat=seat)
    assert waiting.coding.id == found.id
    assert at_desk.is_sound()


def test_a_frozen_round_takes_no_bundle(at_desk: Choir, desk: Project) -> None:
    lead = people.lead(at_desk.project)
    _code(desk, "FG1:2", "CH1A")
    bundle = _sent(desk, "back.bundle")
    rounds.freeze(at_desk.project, "r1", by=lead)
    with pytest.raises(RoundNotOpenError):
        bundles.take(at_desk.project, bundle, by=lead)
    rounds.reopen(at_desk.project, "r1", reason="A was late.", by=lead)
    assert bundles.take(at_desk.project, bundle, by=lead).new


def test_a_bundle_half_copied_is_refused_whole(at_desk: Choir, desk: Project) -> None:
    bundle = _sent(desk, "back.bundle")
    whole = bundle.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        bundle.write_bytes(whole[:size])
        with pytest.raises(ImportRefusedError):
            bundles.plan(at_desk.project, bundle, by=people.lead(at_desk.project))


def test_a_bundle_whose_inside_was_exchanged_is_refused(at_desk: Choir, desk: Project) -> None:
    _code(desk, "FG1:2", "CH1A")
    bundle = _sent(desk, "back.bundle")
    with ZipFile(bundle) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members["project.qualcode"] = members["project.qualcode"].replace(b"CH1A", b"CH1B")
    with ZipFile(bundle, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    with pytest.raises(ImportRefusedError, match="altered or damaged on the way"):
        bundles.plan(at_desk.project, bundle, by=people.lead(at_desk.project))


def test_a_bundle_of_another_study_is_refused(
    at_desk: Choir, desk: Project, coded: Qualcode
) -> None:
    bundle = _sent(desk, "back.bundle")
    other = coded.folder / "other.qualcode"
    project = projects.begin(str(other), name="Other", lead="lead")
    with pytest.raises(ImportRefusedError, match="another study"):
        bundles.plan(project, bundle, by=people.lead(project))
    project.close()


def test_a_share_holds_nothing_of_a_colleague(at_desk: Choir, tmp_path: Path) -> None:
    (theirs,) = at_desk.apply(at_desk.seat("b"), at_desk.spot("FG1:2"), "CH1A")
    bundles.give(at_desk.project, "a", tmp_path / "a.bundle", by=people.lead(at_desk.project))
    with ZipFile(tmp_path / "a.bundle") as packed:
        inside = packed.read("project.qualcode")
    assert theirs.layer.bytes not in inside
    assert theirs.id.bytes not in inside
    bundles.begin(tmp_path / "a.bundle", str(tmp_path / "a.qualcode"))
    share = projects.open_at(str(tmp_path / "a.qualcode"))
    there = Choir(share)
    assert there.desk(there.seat("b"), "FG1").codings == ()
    assert check(share) == []
    share.close()


def test_a_study_in_a_database_gives_out_bundles_and_takes_them(
    at_desk: Choir, tmp_path: Path, database: str
) -> None:
    lead = people.lead(at_desk.project)
    moving.move(at_desk.project, database, by=lead)
    there = Choir(projects.open_at(database))
    bundles.give(there.project, "a", tmp_path / "a.bundle", by=lead)
    bundles.begin(tmp_path / "a.bundle", str(tmp_path / "a.qualcode"))
    share = projects.open_at(str(tmp_path / "a.qualcode"))
    _code(share, "FG1:2", "CH1A")
    bundles.take(there.project, _sent(share, "back.bundle"), by=lead)
    assert _labels(there) == ["CH1A"]
    assert there.is_sound()
    share.close()
    there.project.close()


def test_bundles_are_the_leads_to_give_and_take(at_desk: Choir, desk: Project) -> None:
    bundle = _sent(desk, "back.bundle")
    with pytest.raises(RefusedError):
        bundles.take(at_desk.project, bundle, by=at_desk.coder("a"))
    with pytest.raises(RefusedError):
        bundles.give(at_desk.project, "b", bundle.with_name("b.bundle"), by=at_desk.coder("a"))


def test_in_a_share_nobody_works_but_its_coder(desk: Project, tmp_path: Path) -> None:
    lead, ben = people.lead(desk), people.named(desk, "b")
    with pytest.raises(RefusedError, match="This is the share of a, and only a works in it"):
        codebook_changes.rename_part(desk, 1, to="Other", by=lead)
    seat = coding.take_seat(desk, ben, "r1")
    with pytest.raises(RefusedError, match="only a works in it"):
        coding.apply(desk, sources.find(desk, "FG1:2"), [seat.codebook.code("CH1A")], seat=seat)
    with pytest.raises(RefusedError):
        bundles.give(desk, "b", tmp_path / "b.bundle", by=lead)
    assert people.usual(desk).name == "a"


def test_nothing_is_written_over(at_desk: Choir, desk: Project, tmp_path: Path) -> None:
    with pytest.raises(AlreadyThereError):
        bundles.send(desk, tmp_path / "a.bundle")
    with pytest.raises(AlreadyThereError):
        bundles.begin(tmp_path / "a.bundle", desk.place)


@pytest.mark.in_a_file("a database is copied by its own tools: qualcode help server")
def test_a_copy_is_kept_before_a_bundle_is_taken_in(at_desk: Choir, desk: Project) -> None:
    _code(desk, "FG1:2", "CH1A")
    bundles.take(at_desk.project, _sent(desk, "b.bundle"), by=people.lead(at_desk.project))
    kept = list(Path(at_desk.project.place).parent.glob("*.before-bundle-*"))
    assert len(kept) == 1


def test_a_note_for_the_next_round_comes_home_from_a_round_that_is_stopped(
    at_desk: Choir, desk: Project
) -> None:
    lead = people.lead(at_desk.project)
    seat = coding.take_seat(desk, people.named(desk, "a"), "r1")
    memos.note(desk, "Is it about breath?", seat=seat, on=sources.find(desk, "FG1:3"))
    rounds.freeze(at_desk.project, "r1", by=lead)
    bundle = _sent(desk, "back.bundle")
    assert bundles.take(at_desk.project, bundle, by=lead).new
    assert [each.body for each in at_desk.desk(at_desk.seat("a"), "FG1").memos] == [
        "Is it about breath?"
    ]
    _code(desk, "FG1:2", "CH1A")
    with pytest.raises(RoundNotOpenError, match="is frozen") as refused:
        bundles.take(at_desk.project, _sent(desk, "late.bundle"), by=lead)
    assert "round reopen r1" in refused.value.hint
