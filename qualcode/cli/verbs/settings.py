"""The verb settings: how the screens suit the person who sits there."""

import click

from qualcode.cli.answer import answer, json_option, table
from qualcode.domain.errors import RefusedError
from qualcode.domain.settings import DEFAULT, Settings
from qualcode.services import settings as own

_ABOUT = {
    "instant": "a key that can mean one code only applies at once",
    "theme": "dark or light",
    "pause": "minutes after which the screen suggests a pause; 0 never",
    "pace": "the quiet line that says how you get on",
}
_KEY = "key"


@click.command(epilog="Example: qualcode settings pause 45")
@click.argument("words", nargs=-1, metavar="[NAME [VALUE]] | [key ACTION KEYS]")
@json_option
def settings(words: tuple[str, ...], *, as_json: bool) -> int:
    """List your settings, or set one; `default` puts it back."""
    findings = own.unknown_settings()
    found = own.read_settings()
    name, value = _named(words)
    if value is not None:
        found = own.changed(found, name, value)
        own.keep(found)
    elif name:
        own.changed(found, name, DEFAULT)  # refuses a name that there is not
    data = {"file": str(own.place()), "settings": _data(found)}
    return answer("settings", data, _lines(found, name), as_json=as_json, findings=findings)


def _named(words: tuple[str, ...]) -> tuple[str, str | None]:
    """Read which setting is meant, and what it is to be, if that was said."""
    first, *rest = words or ("",)
    if first == _KEY and rest:
        first, rest = f"keys.{rest[0]}", rest[1:]
    if len(rest) > 1:
        raise RefusedError(
            f"One thing is set at a time; “{' '.join(rest)}” is more.",
            hint="Example: qualcode settings pause 45",
        )
    return first, rest[0] if rest else None


def _lines(found: Settings, name: str) -> list[str]:
    """Write the settings in lines: one of them where it was named, else all and where they are."""
    rows = {each: [each, _said(getattr(found, each)), about] for each, about in _ABOUT.items()} | {
        f"keys.{action}": [f"{_KEY} {action}", keys, ""]
        for action, keys in sorted(found.keys.items())
    }
    if name in rows:
        return [" ".join(rows[name][:2])]
    if name:
        return [f"{name.replace('keys.', f'{_KEY} ')} default"]
    listed = table(["setting", "is", ""], list(rows.values()))
    return [*listed, "", f"Kept in {own.place()}"]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _data(found: Settings) -> dict[str, object]:
    return {each: getattr(found, each) for each in _ABOUT} | {"keys": dict(found.keys)}
