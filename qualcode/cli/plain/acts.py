"""What is done for each thing that can be meant."""

from collections.abc import Callable
from typing import Any

from qualcode.cli.plain import hunting, looking, moving, redeciding, steps
from qualcode.cli.plain.meanings import (
    Adjust,
    Apply,
    Bare,
    CodeHits,
    Command,
    Create,
    Define,
    Explain,
    Filter,
    Find,
    Go,
    Mark,
    Meaning,
    Open,
    Others,
    Propose,
    Redecide,
    Remember,
    Repeat,
    Say,
    Search,
    TakeOff,
)
from qualcode.cli.plain.sitting import Sitting
from qualcode.services import strokes

Act = Callable[[Sitting, Any], None]

_MOVES = frozenset({Bare.NEXT, Bare.PREVIOUS, Bare.DOWN, Bare.UP, Bare.ENTER})


def act(at: Sitting, meaning: Meaning) -> None:
    """Do what is meant. Raises a mishap where it cannot be done; nothing is changed then.

    Enter takes an offer only on the line right after it.
    """
    if meaning is not Bare.ENTER:
        at.goes_on_to = None
    if isinstance(meaning, Bare):
        _BARE[meaning](at)
    else:
        _ACTS[type(meaning)](at, meaning)


def is_move(meaning: Meaning) -> bool:
    """Is the coder somewhere else after this?"""
    return isinstance(meaning, Open | Go | Search) or meaning in _MOVES


def _undo(at: Sitting) -> None:
    at.do(lambda: strokes.undo(at.project, at.seat))


def _redo(at: Sitting) -> None:
    at.do(lambda: strokes.redo(at.project, at.seat))


def _leave(at: Sitting) -> None:
    at.leaves = True


def _carry_out(at: Sitting, meant: Command) -> None:
    for line in at.command(meant.typed).splitlines():
        at.say(line)
    at.look()


_BARE: dict[Bare, Callable[[Sitting], None]] = {
    Bare.ENTER: moving.enter,
    Bare.NEXT: moving.next_one,
    Bare.PREVIOUS: moving.previous_one,
    Bare.DOWN: moving.next_turn,
    Bare.UP: moving.previous_turn,
    Bare.TURN: Sitting.tell,
    Bare.SENTENCES: looking.list_sentences,
    Bare.WORDS: looking.list_words,
    Bare.READ: steps.mark_read,
    Bare.RECENT: steps.list_recent,
    Bare.UNFILTER: looking.show_all,
    Bare.PROMPTS: looking.change_prompts,
    Bare.END_OF_HUNT: hunting.end_hunt,
    Bare.UNDO: _undo,
    Bare.REDO: _redo,
    Bare.CODEBOOK: looking.list_codebook,
    Bare.SOURCES: moving.list_sources,
    Bare.LEAVE: _leave,
}
_ACTS: dict[type, Act] = {
    Open: moving.open_place,
    Go: moving.go,
    Apply: steps.apply,
    Repeat: steps.repeat,
    TakeOff: steps.take_off,
    Redecide: redeciding.redecide,
    Adjust: steps.adjust,
    Remember: steps.remember,
    Mark: steps.flag,
    Propose: steps.propose,
    Create: steps.create,
    Say: looking.say_part,
    Others: looking.others,
    Define: looking.define,
    Find: looking.find_codes,
    Filter: looking.show_only,
    Search: hunting.search,
    CodeHits: hunting.code_hits,
    Explain: looking.explain,
    Command: _carry_out,
}
