"""A coder's own settings: how the screens suit one person, whatever the project."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from qualcode.domain.display import shortened
from qualcode.domain.errors import NotFoundError, RefusedError

DEFAULT = "default"
"""What is said in place of a value to put a setting back as it was."""

KEYS = "keys"
LONGEST_PAUSE = 24 * 60
_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_THEMES = ("dark", "light")
_ACTION = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SHOWN = 40
_LONGEST_KEYS = 80


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has set.

    `instant`: a key that can mean one code only applies at once. `theme`: dark or light.
    `pause`: minutes after which the screen suggests a pause, 0 for never. `pace`: the quiet
    pace line. `keys`: own keys, an action's name and the keys for it, parted by commas.
    """

    instant: bool = True
    theme: str = "dark"
    pause: int = 0
    pace: bool = True
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, KEYS, MappingProxyType(dict(self.keys)))


def changed(settings: Settings, name: str, value: object) -> Settings:
    """Give the settings with one of them set as typed: `off`, `45`, `light`, or `default`.

    An action's keys are named `keys.ACTION`; which actions there are, the screens know.
    """
    group, _, action = name.partition(".")
    if group == KEYS and action:
        return _with_keys(settings, action, value)
    kind = _KINDS.get(name)
    if kind is None:
        raise NotFoundError(
            f"There is no setting “{shortened(name, to=_SHOWN)}”.", hint="See: qualcode settings"
        )
    now = getattr(Settings(), name) if value == DEFAULT else kind.read(value)
    if now is None:
        raise _refusal(name, value, kind.what, example=f"{name} {kind.example}")
    return _set(settings, name, now)


def from_values(values: Mapping[str, object]) -> Settings:
    """Read settings as they were kept; names that are not known are left out."""
    settings = Settings()
    for name in _KINDS:
        if name in values:
            settings = changed(settings, name, values[name])
    keys = values.get(KEYS, {})
    if not isinstance(keys, Mapping):
        raise _refusal(KEYS, keys, "a table of actions and their keys", example=_KEY_EXAMPLE)
    for action, these in keys.items():
        settings = changed(settings, f"{KEYS}.{action}", these)
    return settings


def unknown_names(values: Mapping[str, object]) -> list[str]:
    """List the names that are no settings of this version."""
    return [name for name in values if name != KEYS and name not in _KINDS]


def _with_keys(settings: Settings, action: str, value: object) -> Settings:
    if not _ACTION.fullmatch(action):
        raise NotFoundError(
            f"There is no action “{shortened(action, to=_SHOWN)}” to give a key.",
            hint=f"Example: qualcode settings {_KEY_EXAMPLE}",
        )
    others = {one: keys for one, keys in settings.keys.items() if one != action}
    if value == DEFAULT:
        return _set(settings, KEYS, others)
    if not (isinstance(value, str) and _are_keys(value)):
        what = "keys such as n, ctrl+n or f5, parted by commas"
        raise _refusal(f"The key of {action}", value, what, example=_KEY_EXAMPLE)
    return _set(settings, KEYS, others | {action: value})


def _are_keys(value: str) -> bool:
    keys = value.split(",")
    return len(value) <= _LONGEST_KEYS and all(
        key and key.isprintable() and not any(sign.isspace() for sign in key) for key in keys
    )


def _refusal(name: str, value: object, what: str, *, example: str) -> RefusedError:
    given = shortened(str(value), to=_SHOWN)
    return RefusedError(
        f"{name} cannot be “{given}”: it is {what}.", hint=f"Example: qualcode settings {example}"
    )


def _set(settings: Settings, name: str, value: Any) -> Settings:  # noqa: ANN401 - of its kind
    return replace(settings, **{name: value})


def _switch(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return _SWITCH.get(value.casefold()) if isinstance(value, str) else None


def _theme(value: object) -> str | None:
    folded = value.casefold() if isinstance(value, str) else ""
    return folded if folded in _THEMES else None


def _minutes(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= LONGEST_PAUSE else None


class _Kind(NamedTuple):
    """What a setting may be, in words, and how it is read; None where it is not that."""

    what: str
    read: Callable[[object], bool | int | str | None]
    example: str


_KEY_EXAMPLE = "key next ctrl+n"
_KINDS = {
    "instant": _Kind("on or off", _switch, "off"),
    "theme": _Kind("dark or light", _theme, "light"),
    "pause": _Kind(f"a number of minutes from 0 (never) to {LONGEST_PAUSE}", _minutes, "45"),
    "pace": _Kind("on or off", _switch, "off"),
}
