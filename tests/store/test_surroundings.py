"""Where writing a project file is not safe."""

from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from qualcode.store.surroundings import conflicted_copies, unsafe_place


class Drive(NamedTuple):
    """A drive as the system lists it."""

    mountpoint: str
    fstype: str
    opts: str


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Drive]:
    """Drives as the system would list them; the root is a local one."""
    drives = [Drive("/", "ext4", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: drives)
    return drives


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smbfs", "fuse.sshfs", "fuse.rclone"])
def test_a_network_drive_is_not_safe(mounts: list[Drive], tmp_path: Path, kind: str) -> None:
    mounts.append(Drive(str(tmp_path), kind, "rw"))
    assert unsafe_place(tmp_path / "study.qualcode") == f"on a network drive ({kind})"


def test_a_drive_of_windows_elsewhere_is_not_safe(mounts: list[Drive], tmp_path: Path) -> None:
    mounts.append(Drive(str(tmp_path), "NTFS", "rw,remote"))
    assert unsafe_place(tmp_path / "study.qualcode") == "on a network drive (NTFS)"


def test_the_drive_nearest_to_the_file_counts(mounts: list[Drive], tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    mounts += [Drive(str(tmp_path), "nfs", "rw"), Drive(str(own), "ext4", "rw")]
    assert unsafe_place(own / "study.qualcode") == ""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive - University of Somewhere", "OneDrive"),
        ("Nextcloud/study", "Nextcloud"),
    ],
)
@pytest.mark.usefixtures("mounts")
def test_a_synced_folder_is_not_safe(tmp_path: Path, folder: str, service: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    place = tmp_path / folder / "study.qualcode"
    assert unsafe_place(place) == f"in a folder that {service} keeps in step"


@pytest.mark.usefixtures("mounts")
def test_a_link_into_a_synced_folder_is_not_safe(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / ".stfolder").touch()
    (tmp_path / "here").symlink_to(tmp_path / "kept")
    assert "Syncthing" in unsafe_place(tmp_path / "here" / "study.qualcode")


@pytest.mark.usefixtures("mounts")
def test_a_folder_of_ones_own_is_safe(tmp_path: Path) -> None:
    assert unsafe_place(tmp_path / "study.qualcode") == ""


def test_copies_of_a_quarrel_are_found(tmp_path: Path) -> None:
    names = ["s (conflicted copy 2030-01-02).qualcode", "s.sync-conflict-2030.qualcode"]
    for name in (*names, "s.qualcode", "s.before-upgrade-2030.qualcode", "other conflict.qualcode"):
        (tmp_path / name).touch()
    found = conflicted_copies(tmp_path / "s.qualcode")
    assert [each.name for each in found] == sorted(names)
