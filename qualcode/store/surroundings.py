"""Where a project file lies. On network drives and in synced folders writing is not safe:

locks do not hold there, and a copy made while somebody writes is half of one state and half
of another.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualcode.domain.errors import ProjectError

_NETWORK = re.compile(
    r"(fuse\.)?(nfs4?|cifs|smb3|smbfs|afpfs|ncpfs|webdav|davfs2?|sshfs|rclone|s3fs|gvfsd-fuse"
    r"|glusterfs|ceph|lustre|beegfs|afs|coda)"
)
_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "box sync": "Box",
    "pcloud drive": "pCloud",
}
_MARKERS = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".sync": "Resilio Sync"}


def must_be_safe(path: Path) -> None:
    """Refuse to write where writing is not safe, and name the ways out."""
    why = unsafe_place(path)
    if why:
        raise ProjectError(
            f"{path} lies {why}; what several people write there at once is lost.",
            hint="Keep it on a disk of your own and pass bundles on (qualcode help bundles), "
            "or take the risk: qualcode --anyway …",
        )


def unsafe_place(path: Path) -> str:
    """Say what makes it unsafe to write at a place, or nothing."""
    folder = path.absolute().parent.resolve()
    network = _network_drive(folder)
    if network:
        return f"on a network drive ({network})"
    synced = _synced_by(folder)
    return f"in a folder that {synced} keeps in step" if synced else ""


def conflicted_copies(path: Path) -> list[Path]:
    """List copies beside a project file that a synced folder made of two that differed."""
    beside = path.absolute().parent.glob(f"*{path.suffix}") if path.suffix else ()
    copies = (each for each in beside if each.name.startswith(path.stem) and each != path)
    return sorted(each for each in copies if "conflict" in each.name[len(path.stem) :].lower())


def _network_drive(folder: Path) -> str:
    """Name the kind of network drive a folder lies on, or nothing."""
    if str(folder).startswith("\\\\"):
        return "UNC path"
    holding = max(
        (mount for mount in _mounts() if folder.is_relative_to(mount[0])),
        key=lambda mount: len(mount[0].parts),
        default=None,
    )
    if holding is None:
        return ""
    _point, kind, options = holding
    remote = "remote" in options or _NETWORK.fullmatch(kind.lower())
    return (kind or "remote") if remote else ""


def _mounts() -> Iterator[tuple[Path, str, Sequence[str]]]:
    """List where drives are mounted, of which kind and how."""
    import psutil

    try:
        drives = psutil.disk_partitions(all=True)
    except OSError:
        return
    for drive in drives:
        yield Path(drive.mountpoint), drive.fstype, drive.opts.split(",")


def _synced_by(folder: Path) -> str:
    """Name what keeps a folder in step with others, by its names and its marker files."""
    for each in (folder, *folder.parents):
        for name, service in _SYNCED.items():
            if each.name.lower() == name or each.name.lower().startswith(f"{name} "):
                return service
        for marker, service in _MARKERS.items():
            if (each / marker).exists():
                return service
    return ""
