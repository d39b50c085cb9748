"""The versions of the codebook: who made each, when and why, and what it changed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.codebook_diff import Change
from qualcode.services import codebook_history
from qualcode.services.codebook_desk import Made
from qualcode.tui.codebook.columns import Column, side_by_side
from qualcode.tui.codebook.saying import kind
from qualcode.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen


def rows(screen: "CodebookScreen") -> list[ListRow]:
    """List the versions, the newest first."""
    return [_row(made) for made in screen.known.versions]


def _row(made: Made) -> ListRow:
    version = made.version
    when = f"{version.at.astimezone():%Y-%m-%d %H:%M}"
    back = version.undoes is not None
    why = f": {version.reason}" if version.reason else ""
    return ListRow(f"{version.number:>4}  {_did(made)}{why}", f"{made.who}  {when}", dim=back)


def _did(made: Made) -> str:
    version = made.version
    if version.undoes is not None:
        return f"took back version {version.undoes}"
    if version.redoes is not None:
        return f"brought back version {version.redoes}"
    return kind(version)


def entry(screen: "CodebookScreen", at: int) -> str:
    """Say what a version changed; it is looked up when one comes to it."""
    versions = screen.known.versions
    if not versions:
        return "No codebook yet."
    made = versions[at]
    number = made.version.number
    changes = screen.known.changes.get(number)
    if changes is None:
        look_up(screen, at, screen.show_entry)
    return "\n".join([*_about(made), *([] if changes is None else _sentences(changes))])


def page(screen: "CodebookScreen", at: int, width: int) -> str:
    """Say what a version changed, with the words before and after."""
    made = screen.known.versions[at]
    changes = screen.known.changes.get(made.version.number, [])
    return "\n".join([*_about(made), *_in_full(changes, width)])


def _about(made: Made) -> list[str]:
    version = made.version
    lines = [
        f"Version {version.number}",
        f"{made.who}, {version.at.astimezone():%Y-%m-%d %H:%M}: {_did(made)}",
    ]
    return [*lines, *([f"Because: {version.reason}"] if version.reason else []), ""]


def _sentences(changes: Sequence[Change]) -> list[str]:
    return [f"– {change.sentence}" for change in changes] or ["It reads as the one before."]


def _in_full(changes: Sequence[Change], width: int) -> list[str]:
    lines: list[str] = []
    for change in changes:
        lines.append(f"– {change.sentence}")
        if change.field:
            both = (Column("before", change.before), Column("after", change.after))
            lines += ["", *side_by_side(both, width), ""]
    return lines or ["It reads as the one before."]


def look_up(
    screen: "CodebookScreen", at: int, then: Callable[[], None], *, keys_wait: bool = False
) -> None:
    """Look up what a version changed; versions never change, so once is enough."""
    number = screen.known.versions[at].version.number

    def answered(found: tuple[object, object, list[Change]]) -> None:
        screen.known.changes[number] = found[2]
        then()

    question = partial(codebook_history.compared, screen.project, number - 1, number)
    screen.ask(question, answered, keys_wait=keys_wait)
