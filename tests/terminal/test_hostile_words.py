"""Words that look like commands to a terminal never reach it as commands."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.terminal.hostile import CONTROLS, GROUPS, HARMLESS, LONG_LINE, Named, begin, tampered
from tests.terminal.hostile_bytes import strange
from tests.terminal.hostile_walk import WALK, Step, as_bytes

from .conftest import Terminal

PATIENCE = 30.0
QUIET = 0.25
LARGEST = 50_000_000


class Watched(Terminal):
    """The program in a large terminal, which remembers every byte."""

    rows, columns = 50, 220

    def __init__(self, *words: str, folder: Path) -> None:
        self.sent = b""
        super().__init__(*words, folder=folder)

    def _read(self, seconds: float) -> None:
        before = len(self._painted)
        super()._read(seconds)
        self.sent += self._painted[before:]

    def take(self, step: Step, named: Named) -> None:
        """Press the keys of a step, and wait for what is to be seen.

        Around an Escape, wait until no more is painted: if it arrived together with another
        key, the two would be one.
        """
        if "escape" in step.keys:
            self.rest()
        self.press(as_bytes(step.pressed(named)))
        deadline = monotonic() + PATIENCE
        while missing := [words for words in step.seen(named) if words not in self.page]:
            if monotonic() > deadline:
                raise AssertionError(f"{step.about}: {missing} not in {self.page[-3000:]}")
            self._read(QUIET)
        if "escape" in step.keys:
            self.rest()
        self._painted = b""

    def rest(self) -> None:
        """Wait until no more is painted, and forget what was."""
        before = -1
        while before < len(self.sent) < LARGEST:
            before = len(self.sent)
            self._read(QUIET)
        self._painted = b""

    @property
    def page(self) -> str:
        """The words painted since the last step, white space in one blank."""
        return " ".join(self.seen.split())


@pytest.fixture
def watch() -> Iterator[list[Watched]]:
    """Collect what is started; what still runs at the end is killed."""
    started: list[Watched] = []
    yield started
    for each in started:
        if each.process.poll() is None:
            each.kill()


def started(named: Named, watch: list[Watched]) -> Watched:
    """Start the program on a study; it asks who sits there."""
    watch.append(Watched("-p", str(named.place), folder=named.place.parent))
    return watch[-1]


def walked(named: Named, watch: list[Watched]) -> bytes:
    """Walk through every screen, leave, and give all that was sent."""
    screen = started(named, watch)
    for step in WALK:
        screen.take(step, named)
    screen.press("q")
    assert screen.wait() == 0
    return screen.sent


@pytest.mark.parametrize(
    "name",
    [
        "markup",
        "controls",
        pytest.param("signs", marks=pytest.mark.long),
        pytest.param("scripts", marks=pytest.mark.long),
    ],
)
def test_no_hostile_word_reaches_the_terminal_as_a_command(
    tmp_path: Path, watch: list[Watched], name: str
) -> None:
    named = tampered(tmp_path / "study.qualcode", GROUPS[name])
    sent = walked(named, watch)
    assert strange(sent) == []
    assert sent.count(b"\x1b[") > 1000


@pytest.mark.parametrize("name", CONTROLS)
def test_a_command_among_the_words_would_be_found(name: str) -> None:
    plain = "\x1b[1;1H\x1b[38;2;1;2;3mwords\x1b[0m\r\n"
    assert strange(plain.encode()) == []
    assert strange((plain + CONTROLS[name] + plain).encode()) != []


def test_pasted_words_never_reach_the_terminal_as_commands(
    tmp_path: Path, watch: list[Watched]
) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", HARMLESS)
    screen = started(named, watch)
    paste = "paste:\x9b2J \u202egip \u2067 end"
    for step in (
        *WALK[:3],
        Step("pasted into a memo", ("m", paste), ("end",)),
        Step("no more", ("escape",), ("Memo kept on turn ",)),
        Step("pasted into the command line", ("colon", paste), ("end",)),
        Step("no more", ("escape",), ()),
    ):
        screen.take(step, named)
    screen.press("q")
    assert screen.wait() == 0
    assert strange(screen.sent) == []


def test_a_line_of_a_million_signs_is_sent_as_far_as_it_is_in_view(
    tmp_path: Path, watch: list[Watched]
) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", HARMLESS, text=LONG_LINE)
    screen = started(named, watch)
    for step in (
        WALK[0],
        Step("the list", ("down", "enter"), ("All done",)),
        Step("the line", ("enter",), ("turn 2 of 2", "word word word")),
        Step("more of it", ("pagedown",), ("word word word",)),
    ):
        screen.take(step, named)
    screen.press("q")
    assert screen.wait() == 0
    assert strange(screen.sent) == []
    assert len(screen.sent) < len(LONG_LINE)
