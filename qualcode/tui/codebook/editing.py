"""Wording an entry field by field: the lead changes it, a coder proposes how it could read."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from qualcode.domain.codebook import Code, Origin
from qualcode.domain.display import shortened
from qualcode.domain.lineage import RULE_FIELDS
from qualcode.domain.restructuring import LISTS, TEXTS, Wording
from qualcode.services import codebook_changes, coding, proposals
from qualcode.services.codebook_changes import Draft
from qualcode.tui.codebook.fields import FIELDS
from qualcode.tui.codebook.known import as_lines, is_list
from qualcode.tui.widgets.choice_box import Choice

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

Keep: TypeAlias = Callable[[Code, Wording, str], None]
"""What is done with a wording and its reason."""

_SHORT = 50
_SEVERAL_LINES = ("full_definition",)


def edit(screen: "CodebookScreen") -> None:
    """Word a field of the entry anew."""
    _choose_field(screen, partial(_reword, screen))


def _reword(screen: "CodebookScreen", code: Code, wording: Wording, reason: str) -> None:
    step = partial(
        codebook_changes.reword, screen.project, code, wording, by=screen.coder, reason=reason
    )
    screen.change(step)


def propose_wording(screen: "CodebookScreen") -> None:
    """Propose how a field of the entry could read."""
    _choose_field(screen, partial(_propose, screen))


def _propose(screen: "CodebookScreen", code: Code, wording: Wording, reason: str) -> None:
    def step() -> str:
        seat = coding.take_seat(screen.project, screen.coder)
        made = proposals.propose_wording(screen.project, code, wording, seat=seat, reason=reason)
        fields = ", ".join(FIELDS[name] for name, _words in made.wording)
        return f"Proposed for {code.title}: {fields}. Nothing changes until the lead decides."

    screen.do(step)


def propose_code(screen: "CodebookScreen") -> None:
    """Propose a new code."""

    def named(name: str) -> None:
        screen.ask_line("its definition:", partial(_defined, screen, name))

    screen.ask_line("new code:", named)


def _defined(screen: "CodebookScreen", name: str, definition: str) -> None:
    wording = {"description": definition} if definition.strip() else {}

    def reasoned(reason: str) -> None:
        def step() -> str:
            seat = coding.take_seat(screen.project, screen.coder)
            draft = Draft(name, wording=wording)
            made = proposals.propose_code(screen.project, draft, seat=seat, reason=reason)
            return f"Proposed: “{made.label}”. Nothing changes until the lead decides."

        screen.do(step)

    screen.ask_reason(f"new {name}", reasoned)


def _choose_field(screen: "CodebookScreen", keep: Keep) -> None:
    code = screen.standing.code
    if code is None:
        return
    choices = [
        (_named(code, name), partial(_edit_field, screen, code, name, keep))
        for name in FIELDS
        if name in {*LISTS, *TEXTS}
    ]
    screen.choose_one(f"Word {code.title}", choices)


def _named(code: Code, name: str) -> str:
    value = getattr(code, name)
    if is_list(name):
        words = f"{len(value)} entr{'y' if len(value) == 1 else 'ies'}" if value else "none"
    else:
        words = shortened(str(value), to=_SHORT) or "none"
    return f"{FIELDS[name]}: {words}"


def _edit_field(screen: "CodebookScreen", code: Code, name: str, keep: Keep) -> None:
    def worded(value: object) -> None:
        _ask_why(screen, code, name, value, keep)

    value = getattr(code, name)
    if name == "origin":
        origins = [(origin.value, partial(worded, origin)) for origin in Origin]
        screen.choose_one(f"Origin of {code.title}", origins)
    elif is_list(name):
        _choose_entry(screen, code, name, worded)
    elif name in _SEVERAL_LINES or "\n" in str(value):
        screen.ask_text(f"{FIELDS[name]} of {code.title}", str(value), worded)
    else:
        screen.ask_line(f"{FIELDS[name]}:", worded, typed=str(value))


def _ask_why(screen: "CodebookScreen", code: Code, name: str, value: object, keep: Keep) -> None:
    if value == getattr(code, name):
        screen.say("It reads so already.")
        return
    screen.ask_reason(
        FIELDS[name],
        lambda reason: keep(code, {name: value}, reason),
        needed=screen.coder.leads and name in RULE_FIELDS,
    )


def _choose_entry(
    screen: "CodebookScreen", code: Code, name: str, worded: Callable[[object], None]
) -> None:
    """Choose an entry of a list to word anew or drop, or add one."""
    there: tuple[str, ...] = getattr(code, name)
    others = name == "not_to_confuse_with"

    def added(words: str) -> None:
        worded(tuple(dict.fromkeys((*there, words.strip()))) if words.strip() else there)

    def another(other: Code) -> None:
        added(other.label)

    def add() -> None:
        if others:
            screen.ask_code(code, another)
        else:
            screen.ask_line("one more:", added)

    choices = [
        (shortened(entry, to=_SHORT), partial(_edit_entry, screen, there, at, worded, drops=others))
        for at, entry in enumerate(there)
    ]
    title = f"{FIELDS[name]} of {code.title}: which?"
    screen.choose_one(title, choices, beside=[Choice("+", "one more", add)])


def _edit_entry(
    screen: "CodebookScreen",
    there: tuple[str, ...],
    at: int,
    worded: Callable[[object], None],
    *,
    drops: bool,
) -> None:
    """Word one entry anew; an empty one is dropped, and a name of another code always is."""

    def typed(words: str) -> None:
        kept = [words.strip()] if words.strip() else []
        worded((*there[:at], *kept, *there[at + 1 :]))

    if drops:
        typed("")
    else:
        screen.ask_line("empty drops it:", typed, typed=as_lines(there[at]))
