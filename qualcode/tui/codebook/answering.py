"""Keys by which the lead answers proposals: picks one, joins several, rejects."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Origin
from qualcode.domain.display import shortened
from qualcode.domain.restructuring import Place, Wording
from qualcode.services import verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import ProposalShown
from qualcode.services.verdicts import ProposalGroup, SideBySide
from qualcode.tui.codebook import changing, lists
from qualcode.tui.codebook.fields import FIELDS, entries
from qualcode.tui.codebook.known import is_list
from qualcode.tui.codebook.waiting import listed

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_SHORT = 60
_PROMPT = 24
_IN_WORDS = 2
Worded = Callable[[Wording], None]


def mark(screen: "CodebookScreen") -> None:
    """Mark a proposal to be joined with others, or no longer, and go to the next.

    On a heading all below it are marked; one stays there, so that pressed again all are not.
    """
    row = listed(screen)[screen.list.at]
    by = 0 if row.shown is None else 1
    names = [row.shown.name] if row.shown else [one.name for one in row.group.proposals]
    marked = screen.known.marked
    if set(names) <= marked:
        marked.difference_update(names)
    else:
        group = {one.name for one in row.group.proposals}
        marked.intersection_update(group)
        marked.update(names)
    lists.show(screen)
    lists.go(screen, screen.list.at + by)


def _chosen(screen: "CodebookScreen") -> tuple[ProposalGroup, list[ProposalShown]]:
    """Give the proposals that are marked, else the one stood on, else its whole group."""
    group, shown = listed(screen)[screen.list.at]
    marked = [
        (each, one)
        for each in screen.known.groups
        for one in each.proposals
        if one.name in screen.known.marked
    ]
    if marked:
        return marked[0][0], [one for _group, one in marked]
    return group, [shown] if shown is not None else list(group.proposals)


def accept(screen: "CodebookScreen") -> None:
    """Take what is marked, or stood on, into the codebook: one as it is, several joined."""
    group, chosen = _chosen(screen)
    fields = _that_differ(group, chosen)
    if group.code is not None:
        _settle(screen, fields, {}, partial(_reworded, screen, chosen))
    else:
        screen.ask_line("its name:", partial(_named, screen, chosen), typed=_label(chosen))


def _called(chosen: Sequence[ProposalShown]) -> str:
    """Name proposals for a prompt: `“Sent away” (pd986)`; three and more by their names alone."""
    if len(chosen) > _IN_WORDS:
        return ", ".join(one.name for one in chosen)
    room = _PROMPT // len(chosen)
    return ", ".join(f"{_words(one, room)} ({one.name})" for one in chosen)


def _words(one: ProposalShown, room: int) -> str:
    if one.code is not None:
        return f"{one.code.key} {shortened(one.code.name, to=room)}"
    return f"“{shortened(one.proposal.label, to=room)}”"


def _label(chosen: Sequence[ProposalShown]) -> str:
    return chosen[0].proposal.label


def _that_differ(group: ProposalGroup, chosen: Sequence[ProposalShown]) -> list[SideBySide]:
    """List the fields on which the proposals chosen differ, with what each would have."""
    wanted: dict[str, list[tuple[str, str | tuple[str, ...]]]] = {}
    for one in chosen:
        for name, words in one.proposal.wording:
            if group.code is not None or name not in {"label", "key"}:
                wanted.setdefault(name, []).append((one.name, words))
    return [
        SideBySide(name, "", tuple(texts))
        for name, texts in wanted.items()
        if len({words for _name, words in texts}) > 1
    ]


def _settle(
    screen: "CodebookScreen", fields: Sequence[SideBySide], settled: Wording, then: Worded
) -> None:
    """Ask, field by field, how it shall read where proposals that are joined differ."""
    if not fields:
        then(settled)
        return
    field, rest = fields[0], fields[1:]

    def chosen(words: object) -> None:
        value = Origin(str(words)) if field.field == "origin" else words
        _settle(screen, rest, {**settled, field.field: value}, then)

    choices: list[tuple[str, Callable[[], None]]] = [
        (f"{name}: {shortened(entries(words), to=_SHORT)}", partial(chosen, words))
        for name, words in field.proposed
    ]
    texts = [words for _name, words in field.proposed]
    if is_list(field.field):
        both = tuple(dict.fromkeys(entry for words in texts for entry in words))
        choices.append(("all of these", partial(chosen, both)))
    else:
        together = " ".join(map(str, texts))
        own = partial(screen.ask_line, f"{FIELDS[field.field]}:", chosen, typed=together)
        choices.append(("in other words", own))
    screen.choose_one(f"They differ on “{FIELDS[field.field]}”. How shall it read?", choices)


def _reworded(screen: "CodebookScreen", chosen: Sequence[ProposalShown], wording: Wording) -> None:
    def reasoned(reason: str) -> None:
        names = [one.name for one in chosen]
        step = partial(
            verdicts.accept,
            screen.project,
            names,
            by=screen.coder,
            wording=wording,
            reason=reason,
        )
        screen.change(step)

    screen.ask_reason(f"{_called(chosen)} accepted", reasoned)


def _named(screen: "CodebookScreen", chosen: Sequence[ProposalShown], name: str) -> None:
    def worded(wording: Wording) -> None:
        changing.ask_place(screen, f"Where does “{name}” go?", partial(put, wording))

    def put(wording: Wording, at: Place) -> None:
        screen.ask_reason(f"{_called(chosen)} accepted", partial(reasoned, wording, at))

    def reasoned(wording: Wording, at: Place, reason: str) -> None:
        step = partial(
            verdicts.accept,
            screen.project,
            [one.name for one in chosen],
            by=screen.coder,
            draft=Draft(name, wording=wording),
            at=at,
            reason=reason,
        )
        screen.change(step)

    fields = _that_differ(ProposalGroup(tuple(chosen)), chosen)
    _settle(screen, fields, {}, worded)


def reject(screen: "CodebookScreen") -> None:
    """Turn down what is marked, or stood on, for a reason that its coder reads."""
    _group, chosen = _chosen(screen)
    names = [one.name for one in chosen]

    def reasoned(reason: str) -> None:
        def step() -> str:
            verdicts.reject(screen.project, names, by=screen.coder, reason=reason)
            return f"Rejected: {', '.join(one.title for one in chosen)}."

        screen.do(step)

    screen.ask_reason(f"{_called(chosen)} rejected", reasoned, needed=True)
