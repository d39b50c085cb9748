"""How proposals are told: each on its line, rewordings side by side with the text in force."""

from collections.abc import Iterable, Iterator, Sequence

from qualcode.domain.codebook import Code
from qualcode.domain.display import shortened
from qualcode.domain.proposals import FIELD_WORDS, Answer
from qualcode.services.proposals import ProposalShown
from qualcode.services.verdicts import ProposalGroup

_WORDS = 60
_NOW = "now"
_NOTHING = "nothing recorded"
_ANSWERS = {
    Answer.ACCEPTED: "accepted",
    Answer.JOINED: "joined with another",
    Answer.REJECTED: "rejected",
}


def told(each: ProposalShown) -> list[str]:
    """Tell of a proposal: its name, what it is, whose; its fields, its reason, its answer."""
    words = f"“{shortened(each.words, to=_WORDS)}”" if each.words else ""
    head = (each.name, each.title, each.place, each.who, words)
    lines = [" · ".join(one for one in head if one)]
    lines += [f"  {_heading(name)}: {_text(value)}" for name, value in each.proposal.wording]
    if each.proposal.reason:
        lines.append(f"  because: {_flat(each.proposal.reason)}")
    return [*lines, *(f"  {line}" for line in _answered(each))]


def _answered(each: ProposalShown) -> Iterator[str]:
    verdict = each.verdict
    if verdict is None:
        return
    version = f", codebook version {verdict.version}" if verdict.version else ""
    why = f": {_flat(verdict.reason)}" if verdict.reason else ""
    yield f"{_ANSWERS[verdict.answer]} by {each.answered_by}{version}{why}"


def group_told(group: ProposalGroup) -> list[str]:
    """Tell of proposals that want one answer, what they share, and how to give it."""
    names = " ".join(each.name for each in group.proposals)
    several = len(group.proposals) > 1
    lines = _side_by_side(group, group.code) if group.code else _new_codes(group)
    lines += [f"  {_flat(hint)}" for hint in group.hints]
    lines.append(f"  To accept: qualcode codebook decide {group.proposals[0].name} --accept")
    if several:
        name = "" if group.code else ' --name "…"'
        lines.append(f"  To join: qualcode codebook decide {names} --join{name}")
    return lines


def _new_codes(group: ProposalGroup) -> list[str]:
    return [line for each in group.proposals for line in told(each)]


def _side_by_side(group: ProposalGroup, code: Code) -> list[str]:
    lines = [f"{code.title}: as it reads now, and as proposed"]
    for each in group.proposals:
        why = f"because: {_flat(each.proposal.reason)}" if each.proposal.reason else ""
        lines.append(f"  {' · '.join(one for one in (each.name, each.who, why) if one)}")
    wide = max(len(each.name) for each in group.proposals)
    for field in group.fields:
        lines.append(f"  {_heading(field.field)}")
        for name, value in ((_NOW, field.now), *field.proposed):
            lines.append(f"    {name.ljust(wide)}  {_text(value)}")
    return lines


def _heading(field: str) -> str:
    words = FIELD_WORDS.get(field, field)
    return words[0].upper() + words[1:]


def _text(value: str | Sequence[str]) -> str:
    entries = [value] if isinstance(value, str) else value
    return "; ".join(_flat(one) for one in entries if one) or _NOTHING


def _flat(words: str) -> str:
    """Set words on one line."""
    return " ".join(words.split())


def data_of(shown: Iterable[ProposalShown]) -> list[dict[str, object]]:
    """Give proposals as JSON has them."""
    return [
        {
            "name": each.name,
            "label": each.proposal.label,
            "code": each.code.label if each.code else None,
            "wording": dict(each.proposal.wording),
            "now": {
                name: getattr(each.code, name) for name, _ in each.proposal.wording if each.code
            },
            "reason": each.proposal.reason,
            "place": each.place,
            "words": each.words,
            "who": each.who,
            "written": each.proposal.written.isoformat(),
            "against": each.proposal.against or None,
            "verdict": _verdict(each),
        }
        for each in shown
    ]


def _verdict(each: ProposalShown) -> dict[str, object] | None:
    verdict = each.verdict
    if verdict is None:
        return None
    return {
        "answer": verdict.answer.value,
        "reason": verdict.reason,
        "version": verdict.version,
        "by": each.answered_by,
        "at": verdict.at.isoformat(),
    }


def grouped_data(groups: Iterable[ProposalGroup]) -> list[dict[str, object]]:
    """Give open proposals as JSON has them: each with the number of its group and its hints."""
    return [
        {
            **entry,
            "group": number,
            "shared_words": list(group.shared_words),
            "shared_places": list(group.shared_places),
            "hints": list(group.hints),
        }
        for number, group in enumerate(groups, start=1)
        for entry in data_of(group.proposals)
    ]
