"""Files in and out: regular files only, and never half a file."""

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.interchange.importing import Upload

LARGEST_FILE = 256 * 1024 * 1024


def take(path: Path) -> Upload:
    """Read a regular file whole; refuse folders, pipes, links to nowhere and giants."""
    name = path.name or str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_BINARY", 0))
    except OSError as trouble:
        raise ImportRefusedError(name, _reason(trouble)) from None
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise ImportRefusedError(name, "this is not a regular file.")
    with os.fdopen(descriptor, "rb") as file:
        if facts.st_size > LARGEST_FILE:
            raise ImportRefusedError(name, "the file is larger than 256 MB.")
        data = file.read()
    if not data:
        raise ImportRefusedError(name, "the file is empty.")
    return Upload(name, data)


def put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file whole: beside its place, flushed to disk, then moved there.

    Readable by its owner alone. Whatever goes wrong, the file that stood there still does.
    """
    try:
        descriptor, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part"
        )
    except OSError as trouble:
        raise _not_written(path, trouble) from None
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as trouble:
        raise _not_written(path, trouble) from None
    finally:
        part.unlink(missing_ok=True)


def _not_written(path: Path, trouble: OSError) -> ExportRefusedError:
    return ExportRefusedError(
        f"{path} could not be written: {_reason(trouble)}",
        hint="Nothing was changed; name another file or free the place and try again.",
    )


def _reason(trouble: OSError) -> str:
    words = trouble.strerror or "it cannot be opened"
    return f"{words[0].lower()}{words[1:]}."
