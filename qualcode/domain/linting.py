"""Gaps and oddities of a codebook: listed with a way out, never filled in.

What is looked at is the codebook alone, and of the codings only how many there are.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.findings import Finding
from qualcode.domain.quotations import is_quotation_id

_FEWEST_LETTERS = 5

Ways = Mapping[str, str]
"""How to mend what is found, by its kind; in braces stands what is named on the command line."""

LEADS_WAYS: Ways = MappingProxyType(
    {
        "gap": "Write it: qualcode codebook edit {code}",
        "key": "Give it another: qualcode codebook rename {code} --key KEY",
        "example": "Take it out: qualcode codebook edit {code} --drop examples={example}",
        "one-sided": (
            "Say it there: qualcode codebook edit {code} --add not-to-confuse-with={other}"
        ),
        "names": (
            "Rename one, or join them: qualcode codebook merge {other} --into {code} --because …"
        ),
        "part": "Put it right: qualcode codebook move {code} --under {above}",
        "unused": "Where it is not needed: qualcode codebook retire {code} --because …",
        "empty part": "Add one: qualcode codebook add NAME --part {part}",
    }
)
CODERS_WAYS: Ways = MappingProxyType(
    {
        "gap": 'Propose it: qualcode codebook propose --reword {code} --set {field}="…"',
        "key": "The lead can give it another.",
        "example": (
            "Propose to take it out: "
            "qualcode codebook propose --reword {code} --drop examples={example}"
        ),
        "one-sided": (
            "Propose it there: "
            "qualcode codebook propose --reword {code} --add not-to-confuse-with={other}"
        ),
        "names": "The lead can rename one, or join them.",
        "part": "The lead can put it right.",
        "unused": "Where it is not needed, the lead can retire it.",
        "empty part": "Propose one: qualcode codebook propose --new NAME",
    }
)
"""Only the lead changes the codebook; a coder proposes other words for an entry, or a new code."""


class Lack(NamedTuple):
    """What an entry does not say, in words, and the field it is written in, as it is typed."""

    words: str
    field: str


@dataclass(frozen=True, slots=True)
class Use:
    """What is known of the codings: empty fields say nothing.

    `unused` are codes that nobody applied, themselves or any below them; `undecided` says, by
    retired code, how many of its codings wait to be decided anew. `quoted` are the ids of
    the quotations that stand; None where the person may not see them all.
    """

    unused: Collection[UUID] = ()
    undecided: Mapping[UUID, int] = field(default_factory=dict)
    quoted: Collection[str] | None = None


def codebook_findings(codebook: Codebook, use: Use, *, ways: Ways = LEADS_WAYS) -> list[Finding]:
    """List what a codebook lacks or says askew, code by code, then parts, then codes retired.

    `ways` are those out that whoever reads it can go.
    """
    twins = _nearly_the_same(codebook)
    begun = _begun_by(codebook)
    return [
        *(
            finding
            for code in codebook.codes
            for finding in (
                *_gaps(code, ways),
                *_key(code, begun, ways),
                *_examples(code, use, ways),
                *_one_sided(codebook, code, ways),
                *_twins(code, twins.get(code.id, []), ways),
                *_elsewhere(codebook, code, ways),
                *_unused(code, use, ways),
            )
        ),
        *_empty_parts(codebook, ways),
        *_undecided(codebook, use),
    ]


def lacks(code: Code) -> list[Lack]:
    """List what the entry of a code lacks of what every entry should have."""
    wanted = (
        (code.description, Lack("brief definition", "definition")),
        (code.include, Lack("rule when to use it", "when")),
        (code.exclude, Lack("rule when not to use it", "when-not")),
        (code.examples, Lack("example", "examples")),
    )
    return [lack for there, lack in wanted if not there]


def _gaps(code: Code, ways: Ways) -> Iterator[Finding]:
    """Say in one sentence what an entry does not say; without a rule it is no mere gap."""
    found = lacks(code)
    if found:
        kind = "gap" if code.include or code.exclude else "no rule"
        way = ways["gap"].format(code=_name(code), field=found[0].field)
        sentence = f"{code.title} has no {_listed([each.words for each in found])}. {way}"
        yield Finding(kind, sentence, code.label)


def _key(code: Code, begun: Mapping[str, list[Code]], ways: Ways) -> Iterator[Finding]:
    way = ways["key"].format(code=_name(code))
    key = folded(code.key)
    if not key:
        yield Finding("no key", f"{code.title} has no key. {way}", code.label)
    elif begun.get(key):
        longer = ", ".join(f"{one.key} ({one.title})" for one in begun[key])
        sentence = f"The key {code.key} of {code.title} begins {longer}, so it waits for Enter."
        yield Finding("key", f"{sentence} {way}", code.label)


def _begun_by(codebook: Codebook) -> dict[str, list[Code]]:
    """Give, by key, the codes whose longer keys begin with it."""
    keys = {folded(code.key) for code in codebook.codes} - {""}
    begun: dict[str, list[Code]] = {}
    for code in codebook.codes:
        key = folded(code.key)
        for end in range(1, len(key)):
            if key[:end] in keys:
                begun.setdefault(key[:end], []).append(code)
    return begun


def _examples(code: Code, use: Use, ways: Ways) -> Iterator[Finding]:
    if use.quoted is None:
        return
    for example in code.examples:
        if is_quotation_id(example) and example not in use.quoted:
            sentence = f"The example {example} of {code.title} is no quotation that stands."
            way = ways["example"].format(code=_name(code), example=example)
            yield Finding("example", f"{sentence} {way}", code.label)


def _one_sided(codebook: Codebook, code: Code, ways: Ways) -> Iterator[Finding]:
    for name in code.not_to_confuse_with:
        if not codebook.holds(name):
            continue
        other = codebook.code(name)
        if folded(code.label) not in map(folded, other.not_to_confuse_with):
            sentence = (
                f"{code.title} is not to be confused with {other.title}, which does not say so."
            )
            way = ways["one-sided"].format(code=_name(other), other=_name(code))
            yield Finding("one-sided", f"{sentence} {way}", other.label)


def _twins(code: Code, others: Collection[Code], ways: Ways) -> Iterator[Finding]:
    for other in others:
        sentence = f"{code.title} and {other.title} have nearly the same name."
        way = ways["names"].format(code=_name(code), other=_name(other))
        yield Finding("names", f"{sentence} {way}", code.label)


def _nearly_the_same(codebook: Codebook) -> dict[UUID, list[Code]]:
    """Give, by code, the later ones whose names are the same words, or differ by one letter."""
    seen: dict[str, list[Code]] = {}
    twins: dict[UUID, list[Code]] = {}
    for code in codebook.codes:
        before: dict[UUID, Code] = {}
        for sign in _signs(code.name):
            before |= {one.id: one for one in seen.get(sign, [])}
            seen.setdefault(sign, []).append(code)
        for one in before:
            twins.setdefault(one, []).append(code)
    return twins


def _signs(name: str) -> set[str]:
    """Give what two names share where they are nearly the same.

    These are the words whatever their order, and the letters but any one of them. Numbers
    tell names apart.
    """
    words = re.findall(r"\w+", folded(name))
    letters = "".join(words)
    numbers = " ".join(re.findall(r"\d+", letters))
    if sum(sign.isalpha() for sign in letters) < _FEWEST_LETTERS:
        return {f"{numbers}|{letters}"}
    less = {letters[:place] + letters[place + 1 :] for place in range(len(letters))}
    return {f"{numbers}|{one}" for one in (letters, *less)} | {" ".join(["=", *sorted(words)])}


def _elsewhere(codebook: Codebook, code: Code, ways: Ways) -> Iterator[Finding]:
    if not code.parent or not codebook.holds(code.parent):
        return
    above = codebook.code(code.parent)
    if above.part != code.part:
        sentence = f"{code.title} is of part {code.part}, but stands under {above.title} of part"
        way = ways["part"].format(code=_name(code), above=_name(above))
        yield Finding("part", f"{sentence} {above.part}. {way}", code.label)


def _unused(code: Code, use: Use, ways: Ways) -> Iterator[Finding]:
    if code.id in use.unused:
        way = ways["unused"].format(code=_name(code))
        yield Finding("unused", f"Nothing is coded with {code.title}. {way}", code.label)


def _empty_parts(codebook: Codebook, ways: Ways) -> Iterator[Finding]:
    tree = CodeTree(codebook)
    for part in codebook.parts:
        if not tree.roots(part):
            sentence = f"Part {part.number}, {part.title}, holds no code."
            way = ways["empty part"].format(part=part.number)
            yield Finding("empty part", f"{sentence} {way}", f"part {part.number}")


def _undecided(codebook: Codebook, use: Use) -> Iterator[Finding]:
    for code in codebook.retired:
        number = use.undecided.get(code.id, 0)
        if number:
            sentence = f"{code.title} is retired, its codings not yet re-decided ({number})."
            way = "Each coder decides their own: qualcode redecide"
            yield Finding("not yet re-decided", f"{sentence} {way}", code.label)


def _listed(words: list[str]) -> str:
    """Join what is lacking: `brief definition, no example and no key`."""
    *most, last = words
    return f"{', no '.join(most)} and no {last}" if most else last


def _name(code: Code) -> str:
    """Write a label the way it is typed on a command line."""
    return f'"{code.label}"' if " " in code.label else code.label
