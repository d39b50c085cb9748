"""Those who wait to write to a file: the first come is the first served."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.store.queueing import Waiting, waiting_for


@pytest.fixture
def signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of this user in which those who wait leave their signs."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / f"qualcode-{os.getuid()}"


@pytest.fixture
def study(tmp_path: Path) -> str:
    """Give a file to wait for."""
    file = tmp_path / "study.qualcode"
    file.write_bytes(b"")
    return str(file)


@pytest.fixture
def two(signs: Path, study: str) -> Iterator[tuple[Waiting, Waiting]]:
    """Let two wait, one after the other."""
    assert not signs.exists()
    with waiting_for(study) as first, waiting_for(study) as second:
        for one in (first, second):
            one.pause()
            one.is_next()
        yield first, second


def of(signs: Path) -> list[Path]:
    """List the signs, in order of coming."""
    return sorted(signs.glob("*/*"))


def test_the_first_come_is_the_first_served(two: tuple[Waiting, Waiting], study: str) -> None:
    first, second = two
    with waiting_for(study) as newcomer:
        assert [each.is_next() for each in (newcomer, second, first)] == [False, False, True]
        first.leave()
        assert [each.is_next() for each in (newcomer, second)] == [False, True]
        second.leave()
        assert newcomer.is_next()


def test_one_who_gives_no_sign_of_life_is_overtaken(
    two: tuple[Waiting, Waiting], signs: Path
) -> None:
    _first, second = two
    oldest, newer = of(signs)
    os.utime(oldest, (0, 0))
    assert second.is_next()
    assert of(signs) == [newer]


def test_one_who_wakes_up_again_has_their_old_place(
    two: tuple[Waiting, Waiting], signs: Path
) -> None:
    first, second = two
    before = of(signs)
    os.utime(before[0], (0, 0))
    assert second.is_next()
    assert first.is_next()
    assert not second.is_next()
    assert of(signs) == before


def test_who_need_not_wait_and_who_has_waited_leaves_no_trace(signs: Path, study: str) -> None:
    with waiting_for(study) as one:
        assert one.is_next()
        assert of(signs) == []
        one.pause()
        assert one.is_next()
        (sign,) = of(signs)
        assert (sign.stat().st_size, sign.stat().st_mode & 0o777) == (0, 0o600)
        assert signs.stat().st_mode & 0o777 == 0o700
    assert list(signs.iterdir()) == []


def test_people_at_different_studies_do_not_wait_for_each_other(
    two: tuple[Waiting, Waiting], tmp_path: Path
) -> None:
    assert not two[1].is_next()
    other = tmp_path / "other.qualcode"
    other.write_bytes(b"")
    with waiting_for(str(other)) as one:
        assert one.is_next()


def test_where_no_sign_can_be_left_everybody_just_asks(
    tmp_path: Path, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (study, str(tmp_path / "nowhere" / "at all")):
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
        with waiting_for(study) as first, waiting_for(study) as second:
            for one in (first, second):
                one.pause()
            assert first.is_next()
            assert second.is_next()
