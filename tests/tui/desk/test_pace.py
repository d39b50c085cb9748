"""The pace line and the reminder, by a clock of the test's own."""

from qualcode.tui.desk.pace import Pace


class Clock:
    """Minutes that pass when the test says so."""

    def __init__(self) -> None:
        self.minutes = 0.0

    def __call__(self) -> float:
        return self.minutes * 60


def test_the_first_minutes_are_quiet() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    pace.dealt_with(4)
    clock.minutes = 2.9
    assert pace.line == ""
    clock.minutes = 12.5
    assert pace.line == "4 turns in 12 min"


def test_what_is_undone_counts_back_and_never_below_nothing() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    pace.dealt_with(2)
    pace.dealt_with(-1)
    clock.minutes = 5
    assert pace.line == "1 turn in 5 min"
    pace.dealt_with(-3)
    assert pace.line == ""


def test_a_pause_is_suggested_once_each_time_it_is_due() -> None:
    clock = Clock()
    pace = Pace(pause=45, clock=clock)
    clock.minutes = 44
    assert pace.pause_due() == ""
    clock.minutes = 46
    assert pace.pause_due().startswith("46 minutes at this. A pause?")
    assert pace.pause_due() == ""
    clock.minutes = 91
    assert pace.pause_due() != ""


def test_nobody_is_reminded_who_did_not_ask() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    clock.minutes = 600
    assert pace.pause_due() == ""
