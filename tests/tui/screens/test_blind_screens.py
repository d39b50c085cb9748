"""On no screen does a coder notice what another does in a blind round."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.domain.people import Coder
from qualcode.services import people, projects
from qualcode.tui.app import QualcodeApp
from qualcode.tui.codebook import commands as of_codebook
from qualcode.tui.desk import commands as of_desk
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.screens.themes import ThemesScreen
from qualcode.tui.screens.who import WhoScreen
from qualcode.tui.themes import commands as of_themes
from tests.conftest import Qualcode
from tests.worlds import MARKER, ONLY_B

from .conftest import Sitting

LEAVING = {"q", "S", "escape", "ctrl+c", "ctrl+q"}
TYPED = {"colon": "history", "slash": MARKER, "P": MARKER, "p": MARKER, "c": ONLY_B}
_CLOCK = re.compile(r"\d\d:\d\d")


def keys_of(bindings: Iterator[str]) -> list[str]:
    """Give each key once, but those that leave the screen."""
    every = [key.strip() for keys in bindings for key in keys.split(",")]
    return [key for key in dict.fromkeys(every) if key not in LEAVING]


SCREENS: dict[str, tuple[type[Screen[Any]], tuple[str, ...], list[str]]] = {
    "who": (WhoScreen, (), ["j", "k"]),
    "sources": (
        SourcesScreen,
        (),
        keys_of(b.key for b in SourcesScreen.BINDINGS if isinstance(b, Binding)),
    ),
    "coding": (CodingScreen, ("enter",), keys_of(one.keys for one in of_desk.COMMANDS)),
    "codebook": (CodebookScreen, ("B",), keys_of(one.keys for one in of_codebook.COMMANDS)),
    "themes": (ThemesScreen, ("T",), keys_of(one.keys for one in of_themes.COMMANDS)),
}


@asynccontextmanager
async def seated(place: Path, who: str) -> AsyncIterator[Sitting]:
    """Sit down before the screens of a world; without a name they ask."""
    with closing(projects.open_at(str(place))) as project:
        coder: Coder | None = people.named(project, who) if who else None
        commands = partial(partial, carried_out, run, project)
        app = QualcodeApp(project, projects.summary(project), coder, commands)
        async with app.run_test(size=(180, 60)) as pilot:
            sitting = Sitting(app, pilot)
            await sitting.settle()
            yield sitting


def rows(sitting: Sitting) -> list[str]:
    """Give what is painted now, without the time of day."""
    strips = sitting.app.screen._compositor.render_strips()
    painted = ("".join(part.text for part in strip if not part.control) for strip in strips)
    return [_CLOCK.sub("", row).rstrip() for row in painted]


async def walked(place: Path, name: str) -> dict[str, list[str]]:
    """Press every key of a screen, type where words are asked for, and keep what is seen."""
    kind, way, keys = SCREENS[name]
    seen: dict[str, list[str]] = {}
    async with seated(place, "" if kind is WhoScreen else "a") as sitting:
        await sitting.press(*way)
        seen["at first"] = rows(sitting)
        for key in keys:
            assert isinstance(sitting.app.screen, kind), f"left before {key}"
            await sitting.press(key)
            seen[key] = rows(sitting)
            if key in TYPED:
                await sitting.press(*TYPED[key])
                seen[f"{key} typed"] = rows(sitting)
                await sitting.press("enter")
                seen[f"{key} entered"] = rows(sitting)
            await come_back(sitting, kind, way)
    return seen


async def come_back(sitting: Sitting, kind: type[Screen[Any]], way: Sequence[str]) -> None:
    """Close what a key has opened, and go to the screen again where it led away."""
    if kind is WhoScreen:
        return
    if not isinstance(sitting.app.screen, SourcesScreen):
        await sitting.press("escape")
    for _ in range(9):
        on = sitting.app.screen
        if isinstance(on, kind):
            return
        if isinstance(on, SourcesScreen):
            await sitting.press(*way)
        elif isinstance(on, CodingScreen):
            await sitting.press("S")
        elif isinstance(on, CodebookScreen | ThemesScreen):
            await sitting.press("q")
        else:
            await sitting.press("escape")
    pytest.fail(f"There is no way back to {kind.__name__}.")


@pytest.fixture
def places(
    blind_worlds: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Path]:
    """Give both worlds in copies of the test's own, called alike."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    given = []
    for folder in blind_worlds:
        mine = tmp_path / folder.name
        mine.mkdir()
        given.append(Path(shutil.copy(folder / "study.qualcode", mine / "study.qualcode")))
    return given


@pytest.mark.parametrize("name", SCREENS)
async def test_no_key_of_a_screen_shows_that_the_other_has_coded(
    places: list[Path], name: str
) -> None:
    alone, together = [await walked(place, name) for place in places]
    assert list(alone) == list(together)
    for key, seen in together.items():
        assert seen == alone[key], key
        if not {"typed", "entered"} & set(key.split()):
            assert MARKER not in "\n".join(seen), key


@pytest.mark.parametrize("name", [name for name in SCREENS if name != "who"])
async def test_an_open_screen_stays_as_it_is_while_the_other_codes(
    places: list[Path], name: str
) -> None:
    kind, way, _keys = SCREENS[name]
    place = places[0]
    async with seated(place, "a") as sitting:
        await sitting.press(*way)
        assert isinstance(sitting.app.screen, kind)
        before = rows(sitting)
        study = Qualcode(place, place.parent)
        study.done("code", "ANNA:2", ONLY_B, "--as", "b")
        study.done("memo", "ANNA:2", MARKER, "--as", "b")
        study.done("codebook", "propose", "ANNA:2", "--label", MARKER, "--as", "b")
        study.done("theme", "new", MARKER, "--as", "b")
        await sitting.pilot.pause(1.3)
        await sitting.settle()
        assert rows(sitting) == before
