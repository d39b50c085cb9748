"""What each key does in the themes' screen, declared once for keys and foot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.tui.keyed import Keyed, always
from qualcode.tui.themes import acting, standing
from qualcode.tui.themes.standing import Standing

if TYPE_CHECKING:
    from qualcode.tui.screens.themes import ThemesScreen


@dataclass(frozen=True, slots=True)
class Command(Keyed["ThemesScreen", Standing]):
    """What a key does there; one key may mean one thing in one list, and another in another."""


def _command(
    keys: str,
    words: str,
    about: str,
    act: Callable[["ThemesScreen"], None],
    possible: Callable[[Standing], bool] = always,
    rank: int = 0,
) -> Command:
    return Command(act.__name__, keys, words, about, act, possible, rank)


COMMANDS: tuple[Command, ...] = (
    _command("j,down", "", "One row down.", acting.down),
    _command("k,up", "", "One row up.", acting.up),
    _command("pagedown,space", "", "A page down.", acting.page_down),
    _command("pageup", "", "A page up.", acting.page_up),
    _command("home", "", "To the first row.", acting.first),
    _command("end", "", "To the last row.", acting.last),
    _command(
        "enter",
        "review",
        "All passages of the theme by code.",
        acting.review,
        standing.on_listed,
        1,
    ),
    _command(
        "enter",
        "in source",
        "The whole source around the passage.",
        acting.in_source,
        standing.on_passage_by_code,
        2,
    ),
    _command(
        "n",
        "next",
        "The next passage of the theme.",
        acting.next_passage,
        standing.among_passages,
        3,
    ),
    _command("N", "", "The passage before.", acting.passage_before, standing.among_passages),
    _command(
        "c",
        "counter-example",
        "Mark the passage as speaking against the theme, or no longer.",
        acting.counter,
        standing.on_own_passage,
        4,
    ),
    _command(
        "s",
        "source",
        "A whole source with the passages of the theme marked.",
        acting.pick_source,
        standing.on_theme,
        5,
    ),
    _command("plus,+", "new", "Set up a theme of your own.", acting.ask_new, standing.in_list, 6),
    _command("e", "claim", "Write what the theme claims.", acting.ask_claim, standing.on_own, 8),
    _command(
        "a", "codes", "Say on which codes the theme rests.", acting.pick_codes, standing.on_own, 9
    ),
    _command(
        "r", "rename", "Give the theme another name.", acting.ask_name, standing.on_own_listed, 12
    ),
    _command("J", "", "Put the theme one place down.", acting.move_down, standing.on_own_listed),
    _command("K", "", "Put the theme one place up.", acting.move_up, standing.on_own_listed),
    _command(
        "x", "retire", "Let the theme stand no more.", acting.retire, standing.on_own_listed, 13
    ),
    _command(
        "u", "undo", "Take your last change of a theme back.", acting.undo, standing.can_undo, 10
    ),
    _command(
        "U", "redo", "Bring back what was taken back last.", acting.redo, standing.can_redo, 10
    ),
    _command("question_mark,f1", "help", "How themes work.", acting.explain, always, 11),
    _command("q,escape", "back", "Back to where you came from.", acting.back, always, 7),
)
