"""How proposals are told: each on its line, rewordings side by side with the text in force."""

from collections.abc import Iterable, Iterator, Sequence

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.codebook import Code
from qualcode.domain.display import shortened
from qualcode.services.proposals import ProposalShown
from qualcode.services.verdicts import ProposalGroup

_WORDS = 60
_NOW = "now"
_NOTHING = "nothing recorded"
_ENTRY = "– "


def told(each: ProposalShown) -> list[str]:
    """Tell of a proposal: its name, what it is, whose; its fields, its reason, its answers."""
    words = f"“{shortened(each.words, to=_WORDS)}”" if each.words else ""
    head = (each.name, each.title, each.place, each.who, words)
    lines = [" · ".join(one for one in head if one)]
    lines += [line for name, value in each.proposal.wording for line in _field(name, value)]
    if each.proposal.reason:
        lines.append(f"  because: {_flat(each.proposal.reason)}")
    return [*lines, *(f"  {one.sentence}" for one in each.answers)]


def _field(name: str, value: str | Sequence[str]) -> Iterator[str]:
    """Write a field after its heading, or below it, where it holds several entries."""
    first, *more = _texts(value)
    if not more:
        yield f"  {_heading(name)}: {first}"
        return
    yield f"  {_heading(name)}:"
    yield from (f"    {one}" for one in (first, *more))


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
        lines += [f"    {one.sentence}" for one in each.answers]
    wide = max(len(each.name) for each in group.proposals)
    for field in group.fields:
        lines.append(f"  {_heading(field.field)}")
        for name, value in ((_NOW, field.now), *field.proposed):
            texts = _texts(value)
            names = (name, *[""] * (len(texts) - 1))
            lines += [
                f"    {one.ljust(wide)}  {text}" for one, text in zip(names, texts, strict=True)
            ]
    return lines


def _heading(field: str) -> str:
    words = FIELD_WORDS.get(field, field)
    return words[0].upper() + words[1:]


def _texts(value: str | Sequence[str]) -> list[str]:
    """Give the text of a field, or each entry of it on a line of its own."""
    entries = [value] if isinstance(value, str) else value
    texts = [_flat(one) for one in entries if one]
    return [f"{_ENTRY}{one}" for one in texts] if len(texts) > 1 else texts or [_NOTHING]


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
            "written": each.written.isoformat() if each.written else None,
            "against": each.proposal.against or None,
            "verdict": _verdict(each),
            "answers": [
                {
                    "what": one.what.value,
                    "reason": one.reason,
                    "version": one.version,
                    "by": one.by,
                    "at": one.at.isoformat(),
                }
                for one in each.answers
            ],
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
