"""Sentences about the codebook at the head and the foot of its screen."""

from uuid import UUID

from qualcode.domain.codebook_diff import ChangeKind
from qualcode.domain.codebook_versions import Version
from qualcode.domain.display import shortened
from qualcode.services.code_counts import Count
from qualcode.services.codebook_changes import Changed
from qualcode.services.codebook_desk import CodebookDesk
from qualcode.tui.codebook.standing import Standing, View

_SENTENCES = 2
_REASON = 24
_FIRST = frozenset(
    {
        ChangeKind.MERGED,
        ChangeKind.SPLIT,
        ChangeKind.RETIRED,
        ChangeKind.IN_USE_AGAIN,
        ChangeKind.WITHDRAWN,
    }
)
"""What is said first: other entries change only because of it."""


def head(desk: CodebookDesk, view: View, who: str, *, filter_words: str) -> str:
    """Say what is listed, of which version, then of which codebook, and who one is."""
    book = desk.codebook
    pieces = (
        "" if view is View.TREE else view.value,
        f"only “{filter_words}”" if filter_words else "",
        f"version {book.version}",
        f"{len(book.codes)} codes",
        book.title,
        who,
    )
    return f"codebook  {' · '.join(piece for piece in pieces if piece)}"


def said(changed: Changed) -> str:
    """Say what a change made of the codebook."""
    if not changed.changes:
        return "The codebook reads so already."
    first = sorted(changed.changes, key=lambda one: one.kind not in _FIRST)
    sentences = [one.sentence for one in first[:_SENTENCES]]
    more = len(first) - len(sentences)
    rest = f" And {more} more change{'' if more == 1 else 's'}." if more else ""
    late = " Rounds go by earlier versions: R." if changed.behind else ""
    odd = f" {changed.warnings[0]}" if changed.warnings else ""
    return f"Version {changed.codebook.version}: {' '.join(sentences)}{rest}{odd}{late}"


def first_added(changed: Changed) -> UUID | None:
    """Say which code is the first that a change brought."""
    added = (one.code for one in changed.changes if one.kind is ChangeKind.ADDED)
    return next(added, None)


def step(version: Version) -> str:
    """Name the step a version was: `merge “they mean the same”`."""
    reason = shortened(version.reason, to=_REASON)
    return f"{kind(version)} “{reason}”" if reason else kind(version)


def kind(version: Version) -> str:
    """Say in a word what a version was made by."""
    return version.kind.removeprefix("codebook ")


def counted(count: Count) -> str:
    """Say how often a code stands."""
    words = f"{count.own} passage{'' if count.own == 1 else 's'}"
    if count.with_below != count.own:
        words += f", {count.with_below} with the codes below"
    return f"{words}, in {count.sources} source{'' if count.sources == 1 else 's'}"


def why_not(name: str, on: Standing) -> str:
    """Say why a key did nothing."""
    if name in LEADS_ONLY and not on.leads:
        return "Only the lead changes the codebook; a and e propose it."
    if name == "undo":
        return "There is nothing in the codebook to take back."
    if name == "redo":
        return "There is nothing in the codebook to bring back."
    if name == "take_up":
        return "Every open round goes by the newest version."
    if not on.in_tree:
        return "That is done among the codes: t goes there."
    return "Go to a code first."


LEADS_ONLY = frozenset(
    {"rename", "move", "move_down", "move_up", "merge", "split", "retire", "add_part", "take_up"}
)
"""What only the lead can do."""
