"""The proposals as they are listed: those that want one answer together, side by side."""

from typing import TYPE_CHECKING, NamedTuple

from qualcode.domain.display import shortened
from qualcode.services.proposals import ProposalShown
from qualcode.services.verdicts import ProposalGroup
from qualcode.tui.codebook.columns import Column, side_by_side
from qualcode.tui.codebook.fields import FIELDS, entries
from qualcode.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_MARKED, _NOT_MARKED = "[+]", "   "
_SHORT = 60
_NONE = "No proposals. While coding, i proposes a new code; here a coder's e and a do."


class Listed(NamedTuple):
    """A row: a proposal of a group, or the group's heading."""

    group: ProposalGroup
    shown: ProposalShown | None


def listed(groups: "CodebookScreen") -> list[Listed]:
    """List the rows: each group's heading where it holds several, then its proposals."""
    return [
        row
        for group in groups.known.groups
        for row in (
            *([Listed(group, None)] if len(group.proposals) > 1 else []),
            *(Listed(group, one) for one in group.proposals),
        )
    ]


def rows(screen: "CodebookScreen") -> list[ListRow]:
    """Write the rows."""
    return [_row(screen, one) for one in listed(screen)]


def _row(screen: "CodebookScreen", row: Listed) -> ListRow:
    shown = row.shown
    if shown is None:
        return ListRow(f"{len(row.group.proposals)} {_together(row.group)}", heading=True)
    sign = _MARKED if shown.name in screen.known.marked else _NOT_MARKED
    answer = f" · {shown.verdict.answer.words}" if shown.verdict else ""
    return ListRow(
        f"{sign} {_called(shown)}{answer}", f"{who(shown)}  {shown.name}", dim=bool(shown.verdict)
    )


def _together(group: ProposalGroup) -> str:
    if group.code is not None:
        return f"wordings of {group.code.title}"
    return f"new codes: {' '.join(group.hints)}"


def _called(shown: ProposalShown) -> str:
    """Call a proposal by what is new, or by the code and the fields it words anew."""
    if shown.code is None:
        return f"new: {shown.proposal.label}"
    fields = ", ".join(FIELDS.get(name, name) for name, _words in shown.proposal.wording)
    return f"{shown.code.key} {fields}: {shown.code.name}"


def who(shown: ProposalShown) -> str:
    """Say whose a proposal is."""
    return shown.who or "you"


def entry(screen: "CodebookScreen", at: int, width: int) -> str:
    """Write a proposal beside the text in force and the other proposals of its group."""
    rows_now = listed(screen)
    if not rows_now:
        return _NONE
    group, shown = rows_now[at]
    chosen = group.proposals if shown is None or group.code is not None else (shown,)
    lines = [shown.title if shown is not None else f"{len(chosen)} {_together(group)}", ""]
    for one in chosen:
        lines += _about(one)
    lines += [f"! {hint}" for hint in group.hints]
    for field in group.fields:
        proposed = [Column(_whose(group, name), entries(words)) for name, words in field.proposed]
        now = Column("in force", entries(field.now))
        lines += ["", _title(field.field), *side_by_side([now, *proposed], width)]
    return "\n".join(lines)


def _title(field: str) -> str:
    words = FIELDS.get(field, field)
    return f"{words[:1].upper()}{words[1:]}"


def _whose(group: ProposalGroup, name: str) -> str:
    shown = next(one for one in group.proposals if one.name == name)
    return f"{who(shown)} {name}"


def _about(shown: ProposalShown) -> list[str]:
    """Say who proposed what and why, on which passage, and all that was answered."""
    lines = [f"{shown.name}, {who(shown)}, {shown.proposal.written.astimezone():%Y-%m-%d %H:%M}"]
    if shown.proposal.reason:
        lines.append(f"  because: {shown.proposal.reason}")
    if shown.place:
        lines.append(f"  {shown.place}: “{shown.words}”")
    if shown.code is None:
        lines += [
            f"  {FIELDS.get(name, name)}: {shortened(entries(words), to=_SHORT)}"
            for name, words in shown.proposal.wording
        ]
    return [*lines, *(f"  {one.sentence}" for one in shown.answers)]
