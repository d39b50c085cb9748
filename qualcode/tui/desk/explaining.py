"""The page of `?`: what one stands on, in words, and what can be done here."""

from typing import TYPE_CHECKING

from qualcode.domain.codings import Coding
from qualcode.tui.desk.naming import named
from qualcode.tui.desk.thinking import memos_here

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


def explained(screen: "CodingScreen") -> str:
    """Say where one stands: turn, speaker, what is selected, codings, memos, flags."""
    standing, opened = screen.standing, screen.opened
    turn = standing.turn
    place = f"{opened.source.name}, turn {turn.number} of {opened.revision.last_turn}"
    lines = [
        "Here",
        f"  {place}: {turn.speaker or 'nobody named'}, {turn.role.value}",
        f"  selected: {_selected(screen)}",
    ]
    lines += [f"  {_coded(screen, one)}" for one in standing.codings]
    if standing.marked_read:
        lines.append("  read: nothing applies")
    lines += [
        f"  flagged {one.kind.value}"
        for one in opened.desk.flags
        if one.range.overlaps(standing.stretch)
    ]
    lines += [
        f"  proposed as a code: “{one.label}”"
        for one in opened.desk.proposals
        if one.range.overlaps(standing.stretch)
    ]
    lines += [f"  memo: {body}" for body in memos_here(screen)]
    if standing.waiting.undo:
        lines.append(f"  u would undo: {standing.waiting.undo}")
    if standing.waiting.redo:
        lines.append(f"  U would bring back: {standing.waiting.redo}")
    return "\n".join([*lines, "", "Possible now", *_possible(screen)])


def _selected(screen: "CodingScreen") -> str:
    if screen.standing.whole:
        return "the whole turn"
    words = screen.standing.stretch.of(screen.revision.text).split()
    return f"{len(words)} word{'' if len(words) == 1 else 's'} of it"


def _coded(screen: "CodingScreen", coding: Coding) -> str:
    """Say what a coding is: code, words, the codebook it was made under, how it came about."""
    sign = "▸ " if coding == screen.standing.picked else ""
    made = f"codebook {coding.codebook_version}, {coding.via.value}"
    doubt = screen.opened.doubts.said(coding)
    anew = f"; to be decided anew: {doubt}" if doubt else ""
    return f"{sign}{named(screen, coding)} ({made}){anew}"


def _possible(screen: "CodingScreen") -> list[str]:
    return [f"  {one.key:<7} {one.about}" for one in screen.commands_possible() if one.words]
