"""Where the words are that a coder named: parts of a turn as stretches of the text."""

from collections.abc import Sequence

from qualcode.cli.answer import counted
from qualcode.cli.plain.meanings import Extent, Numbered, Quoted, Unit
from qualcode.domain.display import visible_line
from qualcode.domain.errors import PlaceError
from qualcode.domain.searching import hits
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.words import words

_AROUND = 32
_CALLED = {Unit.SENTENCE: "sentence", Unit.WORD: "word"}


def sentences_in(turn: Turn, text: str, sentences: Sequence[Range]) -> list[Range]:
    """List the sentences of a turn; their numbers count from 1. It has one at the least."""
    whole = trimmed(text, turn.range)
    inside = (trimmed(text, each.common(whole)) for each in sentences if each.overlaps(whole))
    return [each for each in inside if each.length] or [whole]


def words_in(turn: Turn, text: str) -> list[Range]:
    """List the words of a turn; their numbers count from 1. It has one at the least."""
    whole = trimmed(text, turn.range)
    return words(text, whole) or [whole]


def stretch_of(extent: Extent | None, turn: Turn, text: str, parts: Sequence[Range]) -> Range:
    """Find the words an extent names in a turn; all of the turn where there is none.

    `parts` are the sentences or the words of the turn, whichever the extent counts. Raises
    PlaceError where the words are not in the turn, or are in it more than once.
    """
    if extent is None:
        return trimmed(text, turn.range)
    if isinstance(extent, Quoted):
        return _quoted(extent, turn, text)
    return _numbered(extent, turn, parts)


def _quoted(extent: Quoted, turn: Turn, text: str) -> Range:
    inside = hits(turn.range.of(text), extent.words)
    found = [Range(turn.start + each.start, turn.start + each.end) for each in inside]
    if not found:
        raise PlaceError(
            f"“{extent.words}” does not occur in turn {turn.number}.",
            hint="Type words that stand in it next to each other; s lists its sentences.",
        )
    if len(found) > 1:
        places = "; ".join(f"“{around(text, turn, each)}”" for each in found)
        raise PlaceError(
            f"“{extent.words}” occurs {len(found)} times in turn {turn.number}: {places}.",
            hint="Type more of the words around the one you mean.",
        )
    return found[0]


def around(text: str, turn: Turn, stretch: Range) -> str:
    """Show a stretch on one line with a few words of its turn before and after it."""
    start = max(turn.start, stretch.start - _AROUND)
    end = min(turn.end, stretch.end + _AROUND)
    before, after = text[start : stretch.start], text[stretch.end : end]
    if start > turn.start:
        before = before.partition(" ")[2]
    if end < turn.end:
        after = after.rpartition(" ")[0]
    return visible_line(f"{before}{stretch.of(text)}{after}").strip()


def _numbered(extent: Numbered, turn: Turn, parts: Sequence[Range]) -> Range:
    if not 1 <= extent.first <= extent.last <= len(parts):
        raise PlaceError(
            f"Turn {turn.number} has {counted(len(parts), _CALLED[extent.unit])}.",
            hint=f"They are numbered from 1, the first before the last; {extent.unit} lists them.",
        )
    return Range(parts[extent.first - 1].start, parts[extent.last - 1].end)
