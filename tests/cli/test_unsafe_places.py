"""A project on a network drive: read, and changed only by whoever takes the risk."""

from types import SimpleNamespace

import psutil
import pytest

from tests.conftest import Qualcode


@pytest.fixture
def far(study: Qualcode, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    """A study whose folder turns out to lie on a network drive."""
    drive = SimpleNamespace(mountpoint=str(study.folder), fstype="nfs4", opts="rw")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: [drive])
    return study


def test_a_project_on_a_network_drive_is_read_but_not_changed(far: Qualcode) -> None:
    assert far("source", "list").status == 0
    refused = far("code", "FG1:2", "1a", "--as", "a")
    assert refused.status == 15
    assert "lies on a network drive (nfs4)" in refused.sentence
    assert "bundles" in refused.err
    assert far.asked("source", "list", "--as", "a")[2]["codings"] == 0


def test_whoever_takes_the_risk_can_change_it(far: Qualcode) -> None:
    taken = far.run("-p", far.place, "--anyway", "code", "FG1:2", "1a", "--as", "a")
    assert taken.status == 0, taken.err
    assert far.asked("source", "list", "--as", "a")[2]["codings"] == 1


def test_no_project_is_begun_on_a_network_drive(far: Qualcode) -> None:
    place = far.folder / "new.qualcode"
    assert far.run("-p", place, "init", "--lead", "ada").status == 15
    assert not place.exists()
    assert far.run("-p", place, "--anyway", "init", "--lead", "ada").status == 0
