"""A share renewed: newer codebook, texts and rounds, with the coder's own work on top."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.errors import ImportRefusedError, RefusedError
from qualcode.services import (
    bundles,
    codebook_changes,
    coding,
    history,
    people,
    projects,
    renewing,
    rounds,
    sources,
)
from qualcode.services.safekeeping import check
from qualcode.store.project import Project

from .conftest import Choir

_CLEARER = {"description": "Why people stay."}


@pytest.fixture
def share(at_desk: Choir, tmp_path: Path) -> Iterator[Choir]:
    """A's share of the choir study, begun from a bundle."""
    bundles.begin(_given(at_desk, tmp_path / "a.bundle"), str(tmp_path / "a.qualcode"))
    project = projects.open_at(str(tmp_path / "a.qualcode"))
    yield Choir(project)
    project.close()


def _given(study: Choir, path: Path, name: str = "a") -> Path:
    bundles.give(study.project, name, path, by=people.lead(study.project))
    return path


def _code(share: Choir, place: str, label: str) -> None:
    seat = share.seat("a")
    spot = sources.find(share.project, place)
    coding.apply(share.project, spot, [seat.codebook.code(label)], seat=seat)


def _labels(study: Choir, source: str = "FG1") -> list[str]:
    seat = study.seat("a")
    book = seat.codebook.by_id()
    return sorted(book[each.code].label for each in study.desk(seat, source).codings)


def _back(share: Choir, study: Choir, name: str) -> None:
    path = Path(share.project.place).with_name(name)
    bundles.send(share.project, path)
    bundles.take(study.project, path, by=people.lead(study.project))


def test_what_was_done_before_stays_on_top_and_goes_on(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    lead = people.lead(at_desk.project)
    _code(share, "FG1:2", "CH1A")
    codebook_changes.reword(
        at_desk.project, at_desk.code("CH1B"), _CLEARER, by=lead, reason="Clearer."
    )
    rounds.take_up(at_desk.project, "r1", by=lead)
    rounds.new(at_desk.project, "r2", coders=["a"], by=lead)
    newer = _given(at_desk, tmp_path / "newer.bundle")
    renewed = renewing.renew(share.project, newer, by=share.coder("a"))
    assert (renewed.steps, renewed.codebook_version) == (1, 2)
    assert [each.name for each in rounds.rounds(share.project)] == ["free", "r1", "r2"]
    assert share.seat("a").codebook.code("CH1B").description == "Why people stay."
    assert _labels(share) == ["CH1A"]
    _code(share, "FG1:2", "CH1B")
    assert share.is_sound()
    _back(share, at_desk, "back.bundle")
    assert _labels(at_desk) == ["CH1A", "CH1B"]
    assert at_desk.is_sound()


def test_what_was_brought_along_can_be_undone(at_desk: Choir, share: Choir, tmp_path: Path) -> None:
    _code(share, "FG1:2", "CH1A")
    _code(share, "FG1:2", "CH1B")
    renewing.renew(share.project, _given(at_desk, tmp_path / "newer.bundle"), by=share.coder("a"))
    history.undo(share.project, by=share.coder("a"))
    assert _labels(share) == ["CH1A"]
    history.redo(share.project, by=share.coder("a"))
    history.undo(share.project, by=share.coder("a"))
    history.undo(share.project, by=share.coder("a"))
    assert share.is_sound()
    _back(share, at_desk, "back.bundle")
    assert _labels(at_desk) == []
    assert at_desk.is_sound()


def test_undo_begins_with_what_was_brought_along(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("BEA:2"), "CH1A")
    for label in ("CH1A", "CH1B", "CH2A"):
        _code(share, "FG1:2", label)
    renewing.renew(share.project, _given(at_desk, tmp_path / "newer.bundle"), by=share.coder("a"))
    for left in (["CH1A", "CH1B"], ["CH1A"], []):
        history.undo(share.project, by=share.coder("a"))
        assert _labels(share) == left
    assert _labels(share, "BEA") == ["CH1A"]
    history.undo(share.project, by=share.coder("a"))
    assert _labels(share, "BEA") == []


def test_the_bundle_one_works_on_changes_nothing(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    _code(share, "FG1:2", "CH1A")
    newer = _given(at_desk, tmp_path / "newer.bundle")
    for expected in (True, False):
        assert renewing.renew(share.project, newer, by=share.coder("a")).newer is expected
    assert _labels(share) == ["CH1A"]


def test_an_older_bundle_is_refused(at_desk: Choir, share: Choir, tmp_path: Path) -> None:
    older = _given(at_desk, tmp_path / "older.bundle")
    newer = _given(at_desk, tmp_path / "newer.bundle")
    renewing.renew(share.project, newer, by=share.coder("a"))
    with pytest.raises(ImportRefusedError, match="before what you work on"):
        renewing.renew(share.project, older, by=share.coder("a"))


def test_a_colleagues_bundle_is_refused_in_a_share(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    theirs = _given(at_desk, tmp_path / "b.bundle", "b")
    with pytest.raises(ImportRefusedError, match="it is the share of b, not of a"):
        renewing.renew(share.project, theirs, by=share.coder("a"))
    newer = _given(at_desk, tmp_path / "newer.bundle")
    with pytest.raises(RefusedError):
        renewing.renew(share.project, newer, by=share.coder("b"))


def test_an_open_screen_sees_the_renewed_share_and_loses_nothing(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    other: Project = projects.open_at(share.project.place)
    _code(Choir(other), "FG1:2", "CH1A")
    renewing.renew(share.project, _given(at_desk, tmp_path / "newer.bundle"), by=share.coder("a"))
    _code(Choir(other), "FG1:2", "CH1B")
    assert _labels(share) == ["CH1A", "CH1B"]
    assert check(other) == []
    other.close()


def test_a_copy_is_kept_before_a_share_is_renewed(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    _code(share, "FG1:2", "CH1A")
    renewing.renew(share.project, _given(at_desk, tmp_path / "newer.bundle"), by=share.coder("a"))
    (kept,) = tmp_path.glob("a.before-bundle-*")
    before = projects.open_at(str(kept))
    assert _labels(Choir(before)) == ["CH1A"]
    before.close()


def test_work_on_a_source_that_is_hers_no_more_is_sent_back_first(
    at_desk: Choir, share: Choir, tmp_path: Path
) -> None:
    _code(share, "FG1:2", "CH1A")
    with at_desk.project.upkeep() as view:
        connection = view.session.connection()
        connection.exec_driver_sql(
            "DELETE FROM assignment WHERE source_id = (SELECT id FROM source WHERE name = 'FG1')"
        )
    newer = _given(at_desk, tmp_path / "newer.bundle")
    with pytest.raises(ImportRefusedError, match="the source FG1, which this bundle does not"):
        renewing.renew(share.project, newer, by=share.coder("a"))
    assert _labels(share) == ["CH1A"]
    _back(share, at_desk, "back.bundle")
    again = _given(at_desk, tmp_path / "again.bundle")
    assert renewing.renew(share.project, again, by=share.coder("a")).newer
