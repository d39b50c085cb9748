"""A person's settings: kept in their own configuration folder, never in a project."""

import json
import os
from functools import partial
from pathlib import Path
from typing import BinaryIO

from qualcode.domain import settings as meaning
from qualcode.domain.errors import ExportRefusedError, ImportRefusedError, QualcodeError
from qualcode.domain.findings import Finding
from qualcode.domain.settings import Settings
from qualcode.interchange.files import put, take

_LARGEST = 64 * 1024
_WAY_OUT = "Mend that file, or delete it to begin anew; it was not changed."
_HEAD = "# Yours, whatever the project. See: qualcode help settings"


def place() -> Path:
    """Say where this person's settings are kept."""
    from platformdirs import user_config_path

    return user_config_path("qualcode") / "settings.toml"


def read_settings() -> Settings:
    """Read this person's settings; where nothing was ever set, all is as it comes.

    A file that cannot be read as settings is told in a sentence and left as it is.
    """
    values = _values()
    try:
        return meaning.from_values(values)
    except QualcodeError as mishap:
        raise _unreadable(mishap.sentence) from None


def unknown_settings() -> list[Finding]:
    """List what stands among this person's settings and is no setting of this version."""
    return [
        Finding(
            "unknown setting",
            f"{place()} holds “{name}”, which this version of qualcode does not know.",
            name,
        )
        for name in meaning.unknown_names(_values())
    ]


def changed(settings: Settings, name: str, value: object) -> Settings:
    """Give the settings with one set as typed; `keys.ACTION` names the keys of an action."""
    return meaning.changed(settings, name, value)


def keep(settings: Settings) -> None:
    """Keep a person's settings, readable by them alone.

    A file that is broken, or holds what this version does not know, is not written over.
    """
    read_settings()
    for finding in unknown_settings():
        raise ExportRefusedError(
            finding.sentence,
            hint="Nothing was changed. Take it out of that file, or set it with a newer version.",
        )
    _make_folder(place().parent)
    put(place().resolve(), partial(_write, settings))


def _write(settings: Settings, stream: BinaryIO) -> None:
    stream.write(_written(settings).encode())


def _written(settings: Settings) -> str:
    """Write settings as TOML; what is text here has no sign that JSON writes otherwise."""
    names = ("instant", "theme", "pause", "pace")
    lines = [f"{name} = {json.dumps(getattr(settings, name))}" for name in names]
    keys = [f"{action} = {_quoted(these)}" for action, these in sorted(settings.keys.items())]
    return "\n".join([_HEAD, *lines, *(["", "[keys]", *keys] if keys else []), ""])


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _values() -> dict[str, object]:
    """Read what stands in the file, whatever it means."""
    if not os.path.lexists(place()):
        return {}
    if place().is_file() and place().stat().st_size == 0:
        return {}
    try:
        upload = take(place())
    except ImportRefusedError as mishap:
        raise _unreadable(mishap.trouble) from None
    if len(upload.data) > _LARGEST:
        raise _unreadable("it is larger than 64 KB.")
    return _parsed(upload.data)


def _parsed(data: bytes) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable("it is not UTF-8 text.") from None
    except (ValueError, RecursionError) as trouble:
        raise _unreadable(f"it cannot be read as TOML: {trouble}.") from None


def _unreadable(trouble: str) -> ImportRefusedError:
    return ImportRefusedError(str(place()), trouble, hint=_WAY_OUT)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise ExportRefusedError(
            f"{folder} could not be made: {trouble.strerror}.",
            hint="Nothing was changed; free the place and try again.",
        ) from None
