"""A coder before the screen: keys are pressed, and a clock says when all is painted.

The screen is painted in full, down to the signs a terminal would be sent; only the sending
is left out. Time runs from the key to the last of these signs, whatever paints them.
"""

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from benchmarks.studies import coder_name
from qualcode.services import people, projects
from qualcode.tui.app import QualcodeApp
from qualcode.tui.screens.coding import CodingScreen

SCREEN = (120, 40)
_QUIET = 2
_LONGEST_WAIT = 120

T = TypeVar("T")


class Clock:
    """Knows when something was painted last, and how many signs were sent in all.

    It knows as well when the words it looks out for were painted first.
    """

    def __init__(self) -> None:
        self.painted_at = 0.0
        self.signs = 0
        self.looks_for = ""
        self.seen_at = 0.0

    def driver(self) -> type[Driver]:
        """Give a terminal that takes what is painted and looks at this clock."""
        clock = self

        class Terminal(HeadlessDriver):
            @property
            def is_headless(self) -> bool:
                return False

            def write(self, data: str) -> None:
                clock.painted_at = time.perf_counter()
                clock.signs += len(data)
                if clock.looks_for and clock.looks_for in data:
                    clock.seen_at, clock.looks_for = clock.painted_at, ""

        return Terminal


class Sitting:
    """An application with somebody before it."""

    def __init__(self, app: App[T], pilot: Pilot[T], clock: Clock) -> None:
        self._app = app
        self._pilot = pilot
        self._clock = clock

    @property
    def codes(self) -> bool:
        """Does the coder sit before a transcript?"""
        return isinstance(self._app.screen, CodingScreen)

    async def press(self, *keys: str) -> float:
        """Press keys, each when all is painted that came before; give the seconds they took."""
        return sum([await self._press(key) for key in keys])

    async def _press(self, key: str) -> float:
        before = self._clock.signs
        start = time.perf_counter()
        await self._pilot.press(key)
        await self.settle()
        return self._clock.painted_at - start if self._clock.signs > before else 0.0

    async def press_until(self, key: str, words: str) -> float:
        """Press a key; give the seconds until some words were painted, which have to be."""
        self._clock.looks_for = words
        start = time.perf_counter()
        await self._press(key)
        if self._clock.looks_for:
            raise RuntimeError(f"{key} was pressed, and “{words}” was not painted.")
        return self._clock.seen_at - start

    async def burst(self, keys: list[str]) -> None:
        """Press keys as fast as they go, and wait until all is done."""
        for key in keys:
            self._app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is asked and nothing painted any more."""
        quiet = 0
        end = time.perf_counter() + _LONGEST_WAIT
        while quiet < _QUIET and time.perf_counter() < end:
            before = self._clock.signs
            await self._app.workers.wait_for_complete()
            await self._pilot.pause()
            quiet = quiet + 1 if self._clock.signs == before else 0


@asynccontextmanager
async def before_screen(app: App[T]) -> AsyncIterator[Sitting]:
    """Sit down before an application."""
    clock = Clock()
    app.driver_class = clock.driver()
    async with app.run_test(headless=False, size=SCREEN) as pilot:
        sitting = Sitting(app, pilot, clock)
        await sitting.settle()
        yield sitting


@asynccontextmanager
async def coder_before(path: Path, *, down: int = 0) -> AsyncIterator[Sitting]:
    """Sit down as the first coder before a source of a study, so many down the list.

    What is done there is kept in the study: take a copy, for a coder who comes back is
    led to where they left.
    """
    project = projects.open_at(str(path))
    coder = people.named(project, coder_name(0))
    app = QualcodeApp(project, projects.summary(project), coder, lambda _coder: _say_nothing)
    async with before_screen(app) as sitting:
        await sitting.press(*("j" for _ in range(down)), "enter")
        if not sitting.codes:
            raise RuntimeError("Enter was pressed on a source, and it did not open.")
        yield sitting
    project.close()


def desk_copy(path: Path, name: str) -> Path:
    """Copy a study for one row, so that what is done there is nobody else's."""
    return Path(shutil.copy(path, path.with_name(f"desk-{name}.qualcode"))).resolve()


def _say_nothing(_line: str) -> str:
    return ""
