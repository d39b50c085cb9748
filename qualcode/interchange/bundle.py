"""A bundle: one zip file with a project in it and a page that says what it is."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import BinaryIO

from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.files import put, take
from qualcode.interchange.unpacking import Archive

SUFFIX = ".bundle"
_PROJECT, _PAGE = "project.qualcode", "bundle.json"
_LARGEST = 256 * 1024**2


def write_bundle(path: Path, image: bytes) -> None:
    """Write a project's bytes as a bundle, whole or not at all."""
    page = {"schema": "qualcode-bundle/1", "sha256": hashlib.sha256(image).hexdigest()}

    def write(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_PAGE, json.dumps(page))
            packed.writestr(_PROJECT, image)

    put(path, write)


def read_bundle(path: Path) -> bytes:
    """Read a bundle and give the project's bytes; refuse one that is half there or altered."""
    upload = take(path)
    archive = Archive(upload, largest=_LARGEST)
    if _PAGE not in archive or _PROJECT not in archive:
        raise ImportRefusedError(upload.name, "this is not a bundle.")
    try:
        page = json.loads(archive.read(_PAGE))
        sealed = page["sha256"]
    except (ValueError, TypeError, KeyError):
        raise ImportRefusedError(upload.name, "this is not a bundle.") from None
    image = archive.read(_PROJECT)
    if hashlib.sha256(image).hexdigest() != sealed:
        raise ImportRefusedError(
            upload.name,
            "it was altered or damaged on the way.",
            hint="Have it sent again; nothing was taken in.",
        )
    return image
