"""Keys by which the lead changes the codebook; each change can be taken back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Code, Part
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_undo, rounds
from qualcode.services.codebook_changes import Draft
from qualcode.tui.codebook.rows import siblings
from qualcode.tui.widgets.choice_box import Choice

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

Put = Callable[[Place], None]

_LEAST = 2
_NAMES = (("n", "name"), ("l", "label"), ("k", "key"))


def add(screen: "CodebookScreen") -> None:
    """Add a code by, under or before the one stood on; without any part, a part first."""
    if not screen.desk.codebook.parts:
        add_part(screen)
        return
    screen.ask_line("new code:", partial(_add_named, screen))


def _add_named(screen: "CodebookScreen", name: str) -> None:
    def put(at: Place) -> None:
        def reasoned(reason: str) -> None:
            screen.change(
                partial(
                    codebook_changes.add,
                    screen.project,
                    Draft(name),
                    at,
                    by=screen.coder,
                    reason=reason,
                ),
                new=True,
            )

        screen.ask_reason(f"new {name}", reasoned)

    if name.strip():
        ask_place(screen, f"Where does “{name}” go?", put)
    else:
        screen.say("A code needs a name. Nothing was added.")


def ask_place(screen: "CodebookScreen", title: str, put: Put) -> None:
    """Ask where a new code goes: around the one stood on, or to the end of a part."""
    standing, parts = screen.standing, screen.desk.codebook.parts
    code = standing.code
    if standing.part is not None:
        put(Place(part=standing.part.number))
        return
    here = [] if code is None else _around(code, put)
    ends = [
        (f"at the end of part {part.number} {part.title}", partial(put, Place(part.number)))
        for part in parts
    ]
    if len(here) + len(ends) == 1:
        put(Place(parts[0].number))
    else:
        screen.choose_one(title, ends, beside=here)


def _around(code: Code, put: Put) -> list[Choice]:
    return [
        Choice("a", f"after {code.title}", partial(put, Place(after=code.label))),
        Choice("u", f"under {code.title}", partial(put, Place(under=code.label))),
        Choice("b", f"before {code.title}", partial(put, Place(before=code.label))),
    ]


def add_part(screen: "CodebookScreen") -> None:
    """Add a part at the end."""

    def named(title: str) -> None:
        screen.change(partial(codebook_changes.add_part, screen.project, title, by=screen.coder))

    screen.ask_line("new part:", named)


def rename(screen: "CodebookScreen") -> None:
    """Give a code another name, label or key, or a part another title."""
    code, part = screen.standing.code, screen.standing.part
    if code is not None:
        choices = [
            Choice(sign, f"{what}: {getattr(code, what)}", partial(_rename, screen, code, what))
            for sign, what in _NAMES
        ]
        screen.choose(f"Rename {code.title}", choices)
    elif part is not None:
        screen.ask_line("title:", partial(_rename_part, screen, part), typed=part.title)


def _rename_part(screen: "CodebookScreen", part: Part, title: str) -> None:
    step = partial(codebook_changes.rename_part, screen.project, part.number, to=title, seen=part)
    screen.change(partial(step, by=screen.coder))


def _rename(screen: "CodebookScreen", code: Code, what: str) -> None:
    def named(words: str) -> None:
        if words.strip() in {"", getattr(code, what)}:
            screen.say("It is called so already." if words.strip() else f"A {what} is needed.")
            return

        def reasoned(reason: str) -> None:
            names = {what: words}
            screen.change(
                partial(
                    codebook_changes.rename,
                    screen.project,
                    code,
                    by=screen.coder,
                    reason=reason,
                    **names,
                )
            )

        screen.ask_reason(f"another {what}", reasoned)

    screen.ask_line(f"{what}:", named, typed=getattr(code, what))


def move(screen: "CodebookScreen") -> None:
    """Put a code, with all under it, in another place."""
    code = screen.standing.code
    if code is None:
        return
    beside = [
        Choice("u", "under another code", partial(_move_by, screen, code, "under")),
        Choice("b", "before another code", partial(_move_by, screen, code, "before")),
        Choice("a", "after another code", partial(_move_by, screen, code, "after")),
    ]
    parts = [
        (
            f"to the end of part {part.number} {part.title}",
            partial(_move, screen, code, Place(part.number)),
        )
        for part in screen.desk.codebook.parts
    ]
    screen.choose_one(f"Move {code.title}", parts, beside=beside)


def _move_by(screen: "CodebookScreen", code: Code, how: str) -> None:
    def chosen(other: Code) -> None:
        place = {"under": Place(under=other.label), "before": Place(before=other.label)}
        _move(screen, code, place.get(how, Place(after=other.label)))

    screen.ask_code(code, chosen)


def _move(screen: "CodebookScreen", code: Code, to: Place) -> None:
    screen.ask_reason(f"{code.key} moved", partial(_moved, screen, code, to))


def _moved(screen: "CodebookScreen", code: Code, to: Place, reason: str = "") -> None:
    step = partial(codebook_changes.move, screen.project, code, to, by=screen.coder, reason=reason)
    screen.change(step)


def move_down(screen: "CodebookScreen") -> None:
    """Put a code after the next one beside it."""
    _move_among(screen, 1)


def move_up(screen: "CodebookScreen") -> None:
    """Put a code before the one before it."""
    _move_among(screen, -1)


def _move_among(screen: "CodebookScreen", by: int) -> None:
    code = screen.standing.code
    if code is None:
        return
    beside = siblings(screen.code_tree, code)
    at = beside.index(code) + by
    if not 0 <= at < len(beside):
        screen.say(f"{code.title} is the {'last' if by > 0 else 'first'} here already.")
        return
    label = beside[at].label
    _moved(screen, code, Place(after=label) if by > 0 else Place(before=label))


def merge(screen: "CodebookScreen") -> None:
    """Fold a code into another: its codings read as that one's from now on."""
    code = screen.standing.code
    if code is None:
        return

    def chosen(into: Code) -> None:
        def reasoned(reason: str) -> None:
            step = partial(
                codebook_changes.merge,
                screen.project,
                [code],
                into=into,
                by=screen.coder,
                reason=reason,
            )
            screen.change(step, on=into.id)

        screen.ask_reason(f"{code.key} into {into.key}", reasoned, needed=True)

    screen.ask_code(code, chosen)


def split(screen: "CodebookScreen") -> None:
    """Put new codes in the place of one; coders decide anew on their own passages."""
    code = screen.standing.code
    if code is not None:
        _ask_part_of(screen, code, ())


def _ask_part_of(screen: "CodebookScreen", code: Code, names: tuple[str, ...]) -> None:
    def named(name: str) -> None:
        if name.strip():
            _ask_part_of(screen, code, (*names, name.strip()))
        elif len(names) < _LEAST:
            screen.say("A split makes two codes or more. Nothing was changed.")
        else:
            screen.ask_reason(
                f"{code.key} split", partial(_split, screen, code, names), needed=True
            )

    ends = " (Enter: that is all)" if len(names) >= _LEAST else ""
    screen.ask_line(f"{code.key} split, name {len(names) + 1}{ends}:", named)


def _split(screen: "CodebookScreen", code: Code, names: tuple[str, ...], reason: str) -> None:
    drafts = [Draft(name) for name in names]
    step = partial(
        codebook_changes.split, screen.project, code, drafts, by=screen.coder, reason=reason
    )
    screen.change(step, new=True)


def retire(screen: "CodebookScreen") -> None:
    """Take a code out of use; its label and key are never given out again."""
    code = screen.standing.code
    if code is None:
        return

    def reasoned(reason: str) -> None:
        screen.change(
            partial(codebook_changes.retire, screen.project, code, by=screen.coder, reason=reason)
        )

    screen.ask_reason(f"{code.key} retired", reasoned, needed=True)


def undo(screen: "CodebookScreen") -> None:
    """Take back the last change."""
    named = screen.desk.undo
    seen = named.number if named else None
    screen.change(partial(codebook_undo.undo, screen.project, by=screen.coder, seen=seen))


def redo(screen: "CodebookScreen") -> None:
    """Bring back what was taken back last."""
    named = screen.desk.redo
    seen = named.number if named else None
    screen.change(partial(codebook_undo.redo, screen.project, by=screen.coder, seen=seen))


def take_up(screen: "CodebookScreen") -> None:
    """Let a round go on with the newest version."""
    choices = [
        (
            f"{one.name}, by version {one.codebook_version} until now",
            partial(_take_up, screen, one.name),
        )
        for one in screen.desk.behind
    ]
    screen.choose_one("Which round goes on with the newest version?", choices)


def _take_up(screen: "CodebookScreen", name: str) -> None:
    def step() -> str:
        now = rounds.take_up(screen.project, name, by=screen.coder)
        return f"Round {now.name} goes by version {now.codebook_version} now."

    screen.do(step)
