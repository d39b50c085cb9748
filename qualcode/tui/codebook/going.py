"""Keys that move: in the list, in the tree, to what was found, from list to list."""

from functools import partial
from typing import TYPE_CHECKING

from textual import events

from qualcode.domain.codebook import Code
from qualcode.tui.codebook import findings, lists, versions
from qualcode.tui.codebook.rows import Kind, all_folds, opened_to
from qualcode.tui.codebook.standing import View
from qualcode.tui.screens.pages import PageScreen

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_PASS_BY_FILTER = {"down", "up", "pagedown", "pageup"}
_PAGE = 70
_CLOSED = "All codes are shown again."


def step(screen: "CodebookScreen", by: int) -> None:
    """Go some rows on or back."""
    lists.go(screen, screen.list.at + by)


def turn_page(screen: "CodebookScreen", pages: int) -> None:
    """Go a page on or back."""
    step(screen, pages * max(1, screen.list.seen - 1))


def first(screen: "CodebookScreen") -> None:
    """Go to the first row."""
    lists.go(screen, 0)


def last(screen: "CodebookScreen") -> None:
    """Go to the last row."""
    lists.go(screen, len(screen.list.rows) - 1)


def shut(screen: "CodebookScreen") -> None:
    """Fold what stands under a row; where nothing does, go to what it stands under."""
    row = screen.standing.row
    if row is None:
        return
    if row.holds and not row.folded and not screen.typed:
        screen.folded.add(row.anchor)
        lists.show(screen)
        return
    depth = row.depth if row.part is None and row.kind is not Kind.RETIRED else -1
    above = (at for at in range(screen.list.at - 1, -1, -1) if _stands_above(screen, at, depth))
    lists.go(screen, next(above, screen.list.at))


def _stands_above(screen: "CodebookScreen", at: int, depth: int) -> bool:
    row = screen.rows[at]
    heads = row.kind in {Kind.PART, Kind.RETIRED}
    return heads or row.depth < depth


def unfold(screen: "CodebookScreen") -> None:
    """Unfold what stands under a row; where it is unfolded, go to the first of it."""
    row = screen.standing.row
    if row is None or not row.holds:
        return
    if row.folded:
        screen.folded.discard(row.anchor)
        lists.show(screen)
    else:
        step(screen, 1)


def fold_all(screen: "CodebookScreen") -> None:
    """Fold all codes that hold others, or unfold everything."""
    if screen.folded:
        screen.folded.clear()
    else:
        screen.folded |= all_folds(screen.code_tree)
    lists.show(screen)


def find(screen: "CodebookScreen") -> None:
    """Show only the codes that fit the words typed, while they are typed."""
    screen.is_filtering = True
    screen.line_box.open(
        "show only:", then=partial(_found, screen), typed=screen.typed, heard=partial(_type, screen)
    )
    screen.hand_keys_to(screen.line_box)


def _type(screen: "CodebookScreen", typed: str) -> None:
    """Show what fits by now, and stand on the best."""
    if typed == screen.typed:
        return
    screen.typed = typed
    lists.show(screen, on_best=True)


def _found(screen: "CodebookScreen", typed: str) -> None:
    codes = sum(row.code is not None and row.found for row in screen.rows)
    if typed.strip():
        screen.say(f"{codes} code{' fits' if codes == 1 else 's fit'} “{typed}”. Esc shows all.")
    screen.tell()


def moves_while_filtering(screen: "CodebookScreen", event: events.Key) -> bool:
    """Say whether a key moves in the list while words are typed that filter it."""
    return screen.is_filtering and event.key in _PASS_BY_FILTER


def show_all(screen: "CodebookScreen") -> None:
    """Show all codes again; what one stands on is unfolded."""
    screen.typed = ""
    code = screen.standing.entry
    if code is not None:
        screen.folded = opened_to(screen.code_tree, screen.folded, code)
    lists.show(screen)
    screen.say(_CLOSED)


def go_to(screen: "CodebookScreen", code: Code) -> None:
    """Go to a code in the tree."""
    screen.view, screen.typed = View.TREE, ""
    screen.folded = opened_to(screen.code_tree, screen.folded, code)
    screen.stood_on = code.id
    screen.say("")
    lists.show(screen)


def to_tree(screen: "CodebookScreen") -> None:
    """Go to the tree."""
    screen.view = View.TREE
    screen.say("")
    lists.show(screen)


def to_versions(screen: "CodebookScreen") -> None:
    """List the versions."""
    lists.list_versions(screen, None, come=True)


def to_versions_of_code(screen: "CodebookScreen") -> None:
    """List the versions in which the code one stands on reads otherwise than before."""
    lists.list_versions(screen, screen.standing.entry, come=True)


def to_proposals(screen: "CodebookScreen") -> None:
    """List the proposals that wait, side by side with the text in force."""
    lists.list_proposals(screen)


def to_findings(screen: "CodebookScreen") -> None:
    """List what the codebook lacks or says askew."""
    lists.list_findings(screen, come=True)


def enter(screen: "CodebookScreen") -> None:
    """Open what one stands on: an entry in full, a heading's codes, the code of a finding."""
    row = screen.standing.row
    if screen.view is View.FINDINGS:
        code = findings.code_of(screen, screen.list.at)
        if code is not None:
            go_to(screen, code)
        else:
            screen.say("That is about no one code.")
    elif row is not None and row.code is None:
        (unfold if row.folded else shut)(screen)
    else:
        card(screen)


def card(screen: "CodebookScreen") -> None:
    """Show what one stands on as a page of its own; of a version also the words it changed."""
    at, code = screen.list.at, screen.standing.entry
    if screen.view is View.VERSIONS:
        versions.look_up(screen, at, partial(_open_version, screen, at), keys_wait=True)
    elif code is not None:
        lists.ask_about(screen, code, partial(_open_entry, screen), keys_wait=True)
    else:
        _open_entry(screen)


def _open_entry(screen: "CodebookScreen") -> None:
    screen.app.push_screen(PageScreen(lists.entry(screen, _PAGE)))


def _open_version(screen: "CodebookScreen", at: int) -> None:
    screen.app.push_screen(PageScreen(versions.page(screen, at, _PAGE)))


def ease(screen: "CodebookScreen") -> None:
    """Let go of marks, then of the other list, then of the filter."""
    if screen.known.marked:
        screen.known.marked.clear()
        lists.show(screen)
    elif screen.view is not View.TREE:
        to_tree(screen)
    elif screen.typed:
        show_all(screen)


def leave(screen: "CodebookScreen") -> None:
    """Go back to where one came from."""
    screen.dismiss(None)
