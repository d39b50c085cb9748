"""The page of keys is the page of the keys that are bound."""

import re

from textual.binding import Binding
from textual.dom import DOMNode

from qualcode.help import page
from qualcode.tui.app import QualcodeApp
from qualcode.tui.background import AskingScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.widgets.memo_box import MemoLines
from qualcode.tui.widgets.transcript import Transcript

ON_THE_SCREEN = (QualcodeApp, AskingScreen, CodingScreen, SourcesScreen, MemoLines, Transcript)
WRITTEN = {
    "↓": "down",
    "↑": "up",
    "→": "right",
    "←": "left",
    "Shift+→": "shift+right",
    "Shift+←": "shift+left",
    "PgDn": "pagedown",
    "PgUp": "pageup",
    "Home": "home",
    "End": "end",
    "Esc": "escape",
    "Enter": "enter",
    "Ctrl+C": "ctrl+c",
    "Ctrl+Q": "ctrl+q",
    "Ctrl+S": "ctrl+s",
    "F1": "f1",
    "-": "minus",
    "?": "question_mark",
    ":": "colon",
    "!": "exclamation_mark",
    "*": "asterisk",
    "=": "equals_sign",
    "/": "slash",
    "Tab": "tab",
}
DIGITS = set("1234567890")
NO_KEYS = {"mouse"}
COLUMN = slice(2, 18)


def bound(*places: type[DOMNode]) -> set[str]:
    """List the keys that are bound, digits as one."""
    keys: set[str] = set()
    for place in places:
        for binding in place.BINDINGS:
            assert isinstance(binding, Binding)
            keys |= set(binding.key.split(","))
    assert keys >= DIGITS or not DIGITS & keys
    return (keys - DIGITS) | ({"digit"} if DIGITS & keys else set())


def explained() -> set[str]:
    """List the keys that the page explains, in the program's own names."""
    text = page("keys")
    rows = [line[COLUMN].split() for line in text.splitlines() if line.startswith("  ")]
    words = {word for row in rows for word in row} - NO_KEYS
    words |= set(re.findall(r"(?:Shift|Ctrl)\+.", text))
    return {"digit" if word[0] in DIGITS else WRITTEN.get(word, word) for word in words}


def test_every_key_that_is_bound_is_explained() -> None:
    assert bound(*ON_THE_SCREEN) - explained() == set()


def test_every_key_that_is_explained_is_bound() -> None:
    assert explained() - bound(*ON_THE_SCREEN, PageScreen) == set()


def test_the_ten_keys_of_the_first_day_are_among_them() -> None:
    found = re.search(r"ten keys of the first day: (.+)", page("keys"))
    assert found is not None
    ten = found[1].split()
    keys = {"digit" if word[0] in DIGITS else WRITTEN.get(word, word) for word in ten}
    assert len(ten) == 10
    assert keys <= bound(*ON_THE_SCREEN)
