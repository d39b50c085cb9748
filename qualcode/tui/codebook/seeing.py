"""Keys that help one see: what is possible here, the palette, light and dark."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.code_search import matching
from qualcode.domain.codebook import folded
from qualcode.tui.codebook import going, lists, saying
from qualcode.tui.codebook.command import Command
from qualcode.tui.keyed import written
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.widgets.code_box import in_brief
from qualcode.tui.widgets.pick_box import Pick

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_CODES = 8
_KEYS = 12


def explain(screen: "CodebookScreen") -> None:
    """Say what one stands on, what is possible, and all keys of this screen."""
    standing, desk = screen.standing, screen.desk
    lines = ["Here", f"  codebook version {desk.codebook.version}, {screen.view.value}"]
    if standing.entry is not None:
        lines.append(f"  {standing.entry.title}")
    if desk.undo is not None:
        lines.append(f"  u would take back version {desk.undo.number}: {saying.step(desk.undo)}")
    if desk.redo is not None:
        lines.append(f"  U would bring back version {desk.redo.number}: {saying.step(desk.redo)}")
    possible = [_line(one) for one in screen.commands_possible() if one.about]
    every = [_line(one) for one in screen.commands if one.about]
    signs = ["Signs", *_SIGNS]
    lines += ["", "Possible now", *possible, "", *signs, "", "All keys of this screen", *every]
    screen.app.push_screen(PageScreen("\n".join([*lines, "", _COMMAND_LINE])))


_SIGNS = (
    "  ▸ ▾         codes stand under it: folded, unfolded",
    "  ?           the entry has a gap; d names it",
    "  +2          two other wordings are proposed",
    "  own below   passages under the code, and with all codes below it",
)
_COMMAND_LINE = "  :           a command, as typed after `qualcode`"


def _line(command: Command) -> str:
    keys = " ".join(written(key) for key in command.keys.split(","))
    return f"  {keys:<{_KEYS - 1}} {command.about}"


def palette(screen: "CodebookScreen") -> None:
    """Find a code or a command by its words."""
    screen.palette.offer(partial(_picks, screen), hint="a code, a command")
    screen.hand_keys_to(screen.palette)


def _picks(screen: "CodebookScreen", typed: str) -> list[Pick]:
    words = folded(typed).split()

    def fits(text: str) -> bool:
        return all(word in folded(text) for word in words)

    found = matching(screen.desk.codebook, typed)[:_CODES] if words else []
    codes = [
        Pick(f"code    {one.title}", "\n".join(in_brief(one)), partial(going.go_to, screen, one))
        for one in found
    ]
    return [*codes, *_commands(screen, fits)]


def _commands(screen: "CodebookScreen", fits: Callable[[str], bool]) -> list[Pick]:
    return [
        Pick(f"{one.key:<7} {one.about}", one.about, partial(one.act, screen))
        for one in screen.commands_possible()
        if one.words and fits(f"{one.words} {one.about}")
    ]


def change_theme(screen: "CodebookScreen") -> None:
    """Change between the light and the dark theme."""
    app = screen.app
    app.theme = "textual-light" if app.current_theme.dark else "textual-dark"
    lists.show(screen)
    screen.say("This once; for always: qualcode settings theme light (or dark).")
