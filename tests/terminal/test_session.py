"""A coder's session in a real terminal, from the shell and back."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.services import coding, people, projects, safekeeping, sources
from qualcode.tui.terminal import HUNG_UP

from .conftest import Terminal


def _labels(place: Path) -> list[str]:
    project = projects.open_at(str(place))
    seat = coding.take_seat(project, people.named(project, "ada"))
    source, _revision = sources.read(project, "Long")
    known = seat.codebook.by_id()
    desk = coding.desk_of(project, source, seat=seat)
    project.close()
    return [known[each.code].label for each in desk.codings]


def test_a_session_from_the_shell_and_back(place: Path, terminal: Callable[..., Terminal]) -> None:
    screen = terminal("-p", str(place), "--as", "ada")
    screen.wait_for("60 turns left in 1 of 1 sources")
    screen.press("\r")
    screen.wait_for("turn 2 of 120")
    screen.press("1b")
    screen.wait_for("+ TC1B Negatives")
    screen.press("n2c")
    screen.wait_for("+ TC2C Controversies")
    screen.press("S")
    screen.wait_for("58 turns left")
    screen.press("q")
    assert screen.wait() == 0
    assert _labels(place) == ["TC1B", "TC2C"]


def test_after_a_kill_what_was_said_is_there_and_the_turn_is_the_same(
    place: Path, terminal: Callable[..., Terminal]
) -> None:
    for coded in range(1, 4):
        screen = terminal("-p", str(place), "--as", "ada")
        if coded == 1:
            screen.wait_for("turns left in 1 of 1 sources")
            screen.press("\r")
            screen.wait_for("turn 2 of 120")
        else:
            screen.wait_for(f"turn {2 * coded - 2} of 120")
            screen.press("n")
            screen.wait_for(f"turn {2 * coded} of 120")
        screen.press("1d")
        screen.wait_for("+ TC1D Needs")
        screen.kill()
        assert _labels(place) == ["TC1D"] * coded


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.long)])
def test_killed_at_any_moment_it_opens_again_without_repair(
    place: Path, terminal: Callable[..., Terminal], kills: int
) -> None:
    fate = random.Random(11)
    screen = terminal("-p", str(place), "--as", "ada")
    screen.wait_for("turns left in 1 of 1 sources")
    screen.press("\r1d")
    screen.wait_for("+ TC1D Needs")
    screen.kill()
    for _ in range(kills):
        screen = terminal("-p", str(place), "--as", "ada")
        screen.wait_for("Welcome back")
        screen.press("n1b")
        screen.wait_for("+ TC1B Negatives")
        screen.press("".join(fate.sample(["2c", "j", "n1f", "m", "1", "g"], k=fate.randint(0, 3))))
        screen.kill()
        project = projects.open_at(str(place))
        assert safekeeping.check(project) == []
        project.close()
    assert _labels(place).count("TC1B") == kills


def test_a_terminal_that_has_gone_leaves_no_program_behind(
    place: Path, terminal: Callable[..., Terminal]
) -> None:
    screen = terminal("-p", str(place), "--as", "ada")
    screen.wait_for("turns left in 1 of 1 sources")
    screen.press("\r1b")
    screen.wait_for("+ TC1B Negatives")
    assert screen.hang_up() == HUNG_UP
    assert _labels(place) == ["TC1B"]


def test_a_terminal_that_goes_while_the_program_starts_leaves_none_behind(
    place: Path, terminal: Callable[..., Terminal]
) -> None:
    screen = terminal("-p", str(place), "--as", "ada")
    screen.wait_for_anything()
    assert screen.hang_up() == HUNG_UP


def test_screens_are_refused_where_keys_come_from_elsewhere(place: Path) -> None:
    command = [sys.executable, "-m", "qualcode", "-p", str(place), "--as", "ada"]
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 12
    assert done.stderr.splitlines() == [
        "The screens need a terminal, and keys come from elsewhere here.",
        "Line by line it goes without one: qualcode --plain",
    ]


def test_an_unknown_coder_is_told_in_a_sentence(
    place: Path, terminal: Callable[..., Terminal]
) -> None:
    screen = terminal("-p", str(place), "--as", "nobody")
    screen.wait_for("There is no coder “nobody”.")
    assert screen.wait() == 10
