"""Words that look like commands to a terminal or to a screen are shown as words, everywhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.domain.display import visible_line
from qualcode.domain.people import Coder
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import people, projects, safekeeping, sources
from qualcode.tui.app import QualcodeApp
from qualcode.tui.background import Commands
from tests.terminal.hostile import (
    ACTING,
    CONTROLS,
    GROUPS,
    HARMLESS,
    LONG_LINE,
    MARKUP,
    WORDS,
    Named,
    begin,
    tampered,
)
from tests.terminal.hostile_walk import WALK, Pasted, Step, Typed

SIZE = (220, 50)


class Sitting:
    """Somebody before the screens, and all that was ever painted."""

    def __init__(self, app: QualcodeApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def take(self, step: Step, named: Named) -> None:
        """Press the keys of a step, and look after each."""
        for each in step.pressed(named):
            if isinstance(each, Pasted):
                self.app.post_message(events.Paste(each))
            elif isinstance(each, Typed):
                for sign in each:
                    self.app.post_message(events.Key(_character_to_key(sign), sign))
            else:
                self.app.post_message(events.Key(each, key_to_character(each)))
            await self.settle()
            assert ACTING.findall("\n".join(self.rows)) == [], (step.about, each)

    async def settle(self) -> None:
        """Wait until all that was asked is answered and painted."""
        for _ in range(2):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def rows(self) -> list[str]:
        """What is painted now, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip if not part.control) for strip in strips]

    @property
    def page(self) -> str:
        """What is painted now, white space in one blank."""
        return " ".join(" ".join(self.rows).split())

    def places_of(self, words: str) -> list[tuple[int, int]]:
        """Say where words are painted: column and row."""
        found = ((row.find(words), number) for number, row in enumerate(self.rows))
        return [place for place in found if place[0] >= 0]

    @property
    def runs(self) -> bool:
        """Is the program still there, and well?"""
        return self.app.is_running and not self.app._exit and self.app.crash is None


@asynccontextmanager
async def seated(named: Named) -> AsyncIterator[Sitting]:
    """Open the screens of a study; they ask who sits there."""
    with closing(projects.open_at(str(named.place))) as project:

        def commands(coder: Coder) -> Commands:
            return partial(carried_out, run, project, coder)

        app = QualcodeApp(project, projects.summary(project), None, commands)
        async with app.run_test(size=SIZE) as pilot:
            sitting = Sitting(app, pilot)
            await sitting.settle()
            yield sitting


async def walk(named: Named) -> None:
    """Walk through every screen, and look at each."""
    async with seated(named) as sitting:
        for step in WALK:
            await sitting.take(step, named)
            assert sitting.runs, step.about
            assert ACTING.findall("\n".join(sitting.rows)) == [], step.about
            for words in step.seen(named):
                assert words in sitting.page, (step.about, sitting.rows)


async def test_words_that_the_services_kept_are_shown_as_words(tmp_path: Path) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", GROUPS["controls"])
    await walk(named)


@pytest.mark.parametrize("name", GROUPS)
async def test_words_written_into_the_file_past_all_doors_are_shown_as_words(
    tmp_path: Path, name: str
) -> None:
    await walk(tampered(tmp_path / "study.qualcode", GROUPS[name]))


@pytest.mark.parametrize("name", WORDS)
def test_the_services_take_hostile_words_or_say_why_not(tmp_path: Path, name: str) -> None:
    named, refused = begin(tmp_path / "study.qualcode", WORDS[name])
    assert all(mishap.sentence.endswith(".") for mishap in refused)
    with closing(projects.open_at(str(named.place))) as project:
        assert safekeeping.check(project) == []


async def test_a_click_on_words_that_look_like_a_link_does_nothing(tmp_path: Path) -> None:
    named = tampered(tmp_path / "study.qualcode", MARKUP["click"])
    clicked = 0
    async with seated(named) as sitting:
        for step in WALK:
            await sitting.take(step, named)
            for place in sitting.places_of("x[/]")[:1]:
                await sitting.pilot.click(offset=place)
                await sitting.settle()
                clicked += 1
            assert sitting.runs, step.about
            if step.about == "the definition closed":
                break
    assert clicked == len(WALK[: WALK.index(step) + 1])


@pytest.mark.parametrize("key", ["m", "colon", "c", "p", "slash"])
@pytest.mark.parametrize("name", ["controls", "markup"])
async def test_pasted_words_do_nothing(tmp_path: Path, key: str, name: str) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", HARMLESS)
    async with seated(named) as sitting:
        for step in WALK[:3]:
            await sitting.take(step, named)
        await sitting.take(Step("pasted", (key, f"paste:{GROUPS[name]}"), ()), named)
        assert sitting.runs
        assert ACTING.findall("\n".join(sitting.rows)) == []


async def test_a_line_of_a_million_signs_opens_scrolls_and_is_coded(tmp_path: Path) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", HARMLESS, text=LONG_LINE)
    steps = (
        Step("the list", ("down", "enter"), ("All done",)),
        Step("the line", ("enter",), ("word word word",)),
        Step("more of it", ("space", "pagedown"), ("word word word",)),
        Step("coded", ("c", "type:2o", "enter"), ("+ OTHER Other",)),
        Step("its definition", ("d",), ("OTHER Other",)),
    )
    async with seated(named) as sitting:
        for step in steps:
            await sitting.take(step, named)
            assert sitting.runs
            for words in step.seen(named):
                assert words in sitting.page, (step.about, sitting.rows)


async def test_what_happened_meanwhile_is_told_in_words(tmp_path: Path) -> None:
    named, _refused = begin(tmp_path / "study.qualcode", CONTROLS["backwards"])
    async with seated(named) as sitting:
        for step in WALK[:3]:
            await sitting.take(step, named)
        await sitting.take(Step("left", ("q",), ()), named)
    with closing(projects.open_at(str(named.place))) as project:
        name = f"new {MARKUP['laughter']} {CONTROLS['backwards']}"
        upload = Upload(f"{name}.txt", b"R1: New.")
        sources.take_in(project, upload, wishes=Wishes(), by=people.lead(project))
    async with seated(named) as sitting:
        await sitting.take(Step("returned", ("down", "enter"), ()), named)
        assert ACTING.findall("\n".join(sitting.rows)) == []
        assert visible_line(name) in sitting.page, sitting.rows
