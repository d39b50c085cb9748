"""The list at the left and what stands beside it: shown, moved in, kept in place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Code
from qualcode.services import codebook_desk, linting
from qualcode.services.codebook_desk import Made
from qualcode.tui.codebook import entries, findings, known, staying, versions, waiting
from qualcode.tui.codebook.known import About, Beside
from qualcode.tui.codebook.rows import (
    Anchor,
    Found,
    found_rows,
    place_of,
    tree_rows,
    written,
)
from qualcode.tui.codebook.standing import View
from qualcode.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from qualcode.domain.findings import Finding
    from qualcode.tui.screens.codebook import CodebookScreen


def show(screen: "CodebookScreen", *, at: int | None = None, on_best: bool = False) -> None:
    """Show the list one is in as things stand; one stays where one was."""
    in_tree = screen.view is View.TREE
    if in_tree:
        show_tree(screen, on_best=on_best)
    else:
        _show_beside(screen, at)
    screen.head_columns(away=not in_tree)
    show_entry(screen)
    screen.tell()


def _show_beside(screen: "CodebookScreen", at: int | None) -> None:
    """Show another list than the tree, on a row or on what one stood on before."""
    names = staying.names(screen)
    if at is None:
        at = staying.place_of(names, screen.known.on, screen.list.at)
    screen.list.show(_rows(screen), at)
    screen.known.on = names[screen.list.at] if names else ()


def show_tree(screen: "CodebookScreen", *, on_best: bool = False) -> None:
    """Show the tree; where what one stood on is gone, one stands where it was, or above.

    While words are typed that filter it, one stands on the code that fits best.
    """
    before = place_of(screen.rows, screen.stood_on, screen.list.at)
    found = _found(screen)
    screen.rows = found.rows
    if on_best and found.best is not None:
        screen.stood_on = found.best
    if screen.stood_on is None:
        before = next((at for at, row in enumerate(screen.rows) if row.code), 0)
    at = place_of(screen.rows, standing_for(screen, screen.stood_on), before)
    screen.list.show(_rows(screen), at)
    at = screen.list.at
    screen.stood_on = screen.rows[at].anchor if screen.rows else screen.stood_on


def _found(screen: "CodebookScreen") -> Found:
    if screen.typed.strip():
        return found_rows(screen.code_tree, screen.typed)
    return Found(tree_rows(screen.code_tree, screen.folded), None)


def standing_for(screen: "CodebookScreen", anchor: Anchor | None) -> Anchor | None:
    """Say what stands for a code now that was merged, or put under a folded one."""
    shown = {row.anchor for row in screen.rows}
    if anchor is None or anchor in shown:
        return anchor
    by_id = screen.desk.codebook.by_id()
    code = next((code for one, code in by_id.items() if one == anchor), None)
    if code is None:
        return None
    above = [code, *screen.code_tree.above(code)]
    return next((one.id for one in above if one.id in shown), code.part)


def _rows(screen: "CodebookScreen") -> Sequence[ListRow]:
    if screen.view is View.VERSIONS:
        return versions.rows(screen)
    if screen.view is View.PROPOSALS:
        return waiting.rows(screen)
    if screen.view is View.FINDINGS:
        return findings.rows(screen)
    return written(screen.rows, screen.known.marks, screen.desk.codebook)


def go(screen: "CodebookScreen", at: int) -> None:
    """Go to a row."""
    screen.list.go(at)
    at = screen.list.at
    if screen.view is View.TREE and at < len(screen.rows):
        screen.stood_on = screen.rows[at].anchor
    elif screen.view is not View.TREE:
        screen.known.on = next(iter(staying.names(screen)[at : at + 1]), ())
    show_entry(screen)
    screen.tell()


def show_entry(screen: "CodebookScreen") -> None:
    """Show beside the list what one stands on."""
    if screen.is_wide:
        screen.entry_pane.show(entry(screen, screen.entry_pane.room))
    look_up_about(screen)


def entry(screen: "CodebookScreen", width: int) -> str:
    """Write what one stands on."""
    at = screen.list.at
    if screen.view is View.VERSIONS:
        return versions.entry(screen, at)
    if screen.view is View.PROPOSALS:
        return waiting.entry(screen, at, width)
    if screen.view is View.FINDINGS:
        return findings.entry(screen, at)
    return entries.rows_entry(screen, screen.standing.row)


def look_up(screen: "CodebookScreen") -> None:
    """Look up counts and proposals; what is listed beside the tree as well."""
    question = partial(known.look_up, screen.project, screen.desk.codebook, screen.coder)
    screen.ask(question, partial(_know, screen))
    if screen.view is View.VERSIONS:
        list_versions(screen, screen.known.only)
    elif screen.view is View.FINDINGS:
        list_findings(screen)


def list_versions(screen: "CodebookScreen", only: Code | None, *, come: bool = False) -> None:
    """List the versions, or those of `only` one code; anew, or because one comes there."""

    def answered(found: list[Made]) -> None:
        if come:
            screen.known.only = only
            _come_to(screen, View.VERSIONS)
        elif screen.view is not View.VERSIONS or screen.known.only != only:
            return
        screen.known.versions = found
        show(screen, at=0 if come else None)

    if only is None:
        question = partial(codebook_desk.versions, screen.project)
    else:
        question = partial(codebook_desk.versions_of, screen.project, only)
    screen.ask(question, answered, keys_wait=come)


def list_findings(screen: "CodebookScreen", *, come: bool = False) -> None:
    """List what the codebook lacks or says askew; anew, or because one comes there."""

    def answered(found: "list[Finding]") -> None:
        if come:
            _come_to(screen, View.FINDINGS)
        elif screen.view is not View.FINDINGS:
            return
        screen.known.findings = found
        show(screen, at=0 if come else None)

    question = partial(linting.lint_codebook, screen.project, by=screen.coder)
    screen.ask(question, answered, keys_wait=come)


def list_proposals(screen: "CodebookScreen") -> None:
    """List the proposals that wait, side by side with the text in force."""

    def answered(beside: Beside) -> None:
        screen.known.marks, screen.known.groups = beside.marks, beside.groups
        _come_to(screen, View.PROPOSALS)
        show(screen, at=0)

    question = partial(known.look_up, screen.project, screen.desk.codebook, screen.coder)
    screen.ask(question, answered, keys_wait=True)


def _come_to(screen: "CodebookScreen", view: View) -> None:
    """Come to another list; what was said in the one before is said no longer."""
    screen.view = view
    screen.say("")


def _know(screen: "CodebookScreen", beside: Beside) -> None:
    before = screen.known
    names = {one.name for group in beside.groups for one in group.proposals}
    before.marked &= names
    if (beside.marks, beside.groups) == (before.marks, before.groups):
        return
    before.marks, before.groups = beside.marks, beside.groups
    if screen.view in {View.TREE, View.PROPOSALS}:
        show(screen)


def look_up_about(screen: "CodebookScreen") -> None:
    """Look up what the entry one stands on tells beside its words, once it was read anew."""
    code = screen.standing.entry
    if code is not None and code.id not in screen.known.asked:
        ask_about(screen, code, partial(show_entry, screen))


def ask_about(
    screen: "CodebookScreen",
    code: Code,
    then: Callable[[], None],
    *,
    keys_wait: bool = False,
) -> None:
    """Look up what an entry tells beside its words; what it told before stays until then."""
    screen.known.asked.add(code.id)

    def know(about: About) -> None:
        screen.known.about[code.id] = about
        then()

    question = partial(known.look_up_about, screen.project, code, screen.coder)
    screen.ask(question, know, keys_wait=keys_wait)
