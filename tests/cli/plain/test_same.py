"""Screen and line mode leave the same study for the same decisions."""

import io
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.services import people, projects
from qualcode.tui.app import QualcodeApp
from tests.conftest import Qualcode

from .conftest import Content, Talk, content

DECISIONS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "whole turns, several codes, a turn read": (
        ["1 b", "2 a", "n", "2 a", "n", "minus"],
        ["1b 2a n", "2a n", "-"],
    ),
    "sentences and words": (
        ["n", "s", "1 a", "l", "2 b", "t", "w", "L", "1 b"],
        ["n", "1a s1", "2b s2", "1b w1-2"],
    ),
    "codes off again, undone and brought back": (
        ["1 b", "2 a", "x", "1", "n", "1 a", "u", "n", "2 b", "u", "U"],
        ["1b 2a", "x 1b", "n", "1a", "u", "n", "2b", "u U"],
    ),
    "the last codes again, and a recent one": (
        ["1 b", "n", "2 a", "n", "r", "n", "R", "2"],
        ["1b n 2a n", "r n", "R 2"],
    ),
    "flags, quotable and in vivo": (
        [
            "exclamation_mark",
            "n",
            "asterisk",
            "s",
            "i",
            "n",
            "exclamation_mark",
            "exclamation_mark",
        ],
        ["! n", "* i s1", "n ! !"],
    ),
    "words that no code fits, proposed": (
        ["1 b", "n", "enter e c h o enter", "s", "enter t e a enter"],
        ["1b", "n", "i as echo", "i s1 as tea"],
    ),
    "memos on a coding and on a turn": (
        ["1 b", "m", "w h y full_stop enter", "n", "m", "d r y full_stop enter"],
        ["1b", "m 1b why.", "n", "m dry."],
    ),
    "another extent, the memo moves along": (
        ["n", "s", "1 a", "m", "w h y full_stop enter", "e", "s", "L", "enter"],
        ["n", "1a s1", "m 1a why.", "e 1a s1-2"],
    ),
    "codes through a search": (
        ["slash", "h u m enter", "y", "1 b enter", "y", "n"],
        ["/ hum", "y 1b", "y"],
    ),
}


@pytest.mark.parametrize(("keys", "lines"), DECISIONS.values(), ids=DECISIONS)
async def test_the_same_decisions_leave_the_same_study(
    study: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    keys: Sequence[str],
    lines: Sequence[str],
) -> None:
    other = Qualcode(tmp_path / "other.qualcode", tmp_path)
    shutil.copy(study.place, other.place)

    by_keys = await _on_screen(study.place, keys)
    Talk(other, monkeypatch).said("open FG1:2", *lines)

    assert by_keys == content(other.place, "a")
    assert by_keys


async def test_codes_made_while_coding_are_the_same_codes(
    study: Qualcode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Qualcode(tmp_path / "other.qualcode", tmp_path)
    shutil.copy(study.place, other.place)

    keys = ["enter e c h o enter", "n", "s", "enter t e a enter", "2 a"]
    by_keys = await _on_screen(study.place, keys, who="lead")
    lines = ["create echo", "n", "create s1 as tea", "2a s1"]
    Talk(other, monkeypatch).said("open FG1:2", *lines, who="lead")

    assert by_keys == content(other.place, "lead")
    assert [row[2] for row in by_keys] == ["CH1C", "CH1D", "CH2A"]
    books = [each.asked("codebook", "show") for each in (study, other)]
    made = [[code | {"id": ""} for code in book["codes"]] for book in books]
    assert made[0] == made[1]


async def _on_screen(place: Path, keys: Sequence[str], who: str = "a") -> Content:
    """Open FG1 on the screen, press keys one after another, and say what is left then."""
    project = projects.open_at(str(place))
    coder = people.named(project, who)
    commands = partial(partial, carried_out, run, project)
    app = QualcodeApp(project, projects.summary(project), coder, commands)
    async with app.run_test(size=(110, 34)) as pilot:

        async def settle() -> None:
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()

        await settle()
        await pilot.press("j", "j", "enter")
        await settle()
        await pilot.press(*" ".join(keys).split())
        await settle()
    project.close()
    return content(place, who)


def test_nothing_is_left_where_nothing_was_decided(
    study: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\nk\ns\nd 1b\n"))
    study("--as", "a", "--plain")
    assert content(study.place, "a") == []
