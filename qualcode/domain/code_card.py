"""The card of a code: its whole entry in the field's words and a fixed order, gaps named."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, Origin
from qualcode.domain.errors import NotFoundError

NO_DEFINITION = "no definition recorded"
NO_RULE = "no rule recorded"
NO_EXAMPLE = "no example recorded"

_NONE: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """One line of a card: what it is about, and what the codebook says of it.

    A heading comes again for each rule, example or question of a list.
    """

    heading: str
    text: str

    @property
    def whole(self) -> str:
        """Give the line as it is read: `When to use: talk of a refusal`."""
        return f"{self.heading}: {self.text}"


def card(
    codebook: Codebook,
    code: Code,
    *,
    examples: Mapping[str, str] = _NONE,
    proposers: Sequence[str] = (),
) -> list[Line]:
    """Write the whole entry of a code as a version of the codebook has it.

    `examples` gives the words of examples that are quotation ids, `proposers` names who is
    known to have proposed it, whether its entry says so or not. What every entry should have
    and this one lacks says so; other empty fields are left out.
    """
    return [
        line
        for line in (
            Line("Code", f"{code.title}, key {code.key}" if code.key else code.title),
            Line("State", _state(codebook, code)),
            Line("Brief definition", code.description or NO_DEFINITION),
            Line("Full definition", _full(code)),
            *_each("When to use", code.include or (NO_RULE,)),
            *_each("When not to use", code.exclude or (NO_RULE,)),
            *_each("Example", _examples(code, examples) or (NO_EXAMPLE,)),
            *_each("Not to confuse with", _titles(codebook, code)),
            Line("Stands under", _path(codebook, code)),
            Line("Part", _part(codebook, code)),
            Line("Origin", _origin(code)),
            Line("Proposed by", _not_said(code, proposers)),
            Line("Came from", ", ".join(_before(codebook, code, parted=True))),
            Line("Took in", ", ".join(_before(codebook, code, parted=False))),
            Line("Colour", code.colour),
            *_each("Sub-question", code.sub_questions),
            Line("Earlier names", ", ".join(code.earlier_names)),
        )
        if line.text
    ]


def _each(heading: str, entries: Sequence[str]) -> Iterator[Line]:
    return (Line(heading, entry) for entry in entries)


def _before(codebook: Codebook, code: Code, *, parted: bool) -> list[str]:
    """Name the retired codes that led to a code: those split into several, or merged in it."""
    return [
        one.title
        for one in codebook.retired
        if code.id in one.successors and (len(one.successors) > 1) is parted
    ]


def _state(codebook: Codebook, code: Code) -> str:
    """Say nothing of a code in use; of a retired one, what took its place."""
    if code.in_use:
        return ""
    titles = [one.title for one in codebook.successors(code)]
    if not titles:
        return "retired; nothing took its place"
    *most, last = titles
    named = f"{', '.join(most)} and {last}" if most else last
    return f"retired; {named} took its place"


def _full(code: Code) -> str:
    """Give the full definition, where it says more than the brief one."""
    return code.full_definition if code.full_definition != code.description else ""


def _examples(code: Code, words: Mapping[str, str]) -> list[str]:
    return [f"{one} “{words[one]}”" if one in words else one for one in code.examples]


def _titles(codebook: Codebook, code: Code) -> list[str]:
    return [_title(codebook, name) for name in code.not_to_confuse_with]


def _title(codebook: Codebook, name: str) -> str:
    """Name another code in full, and say where it is retired."""
    try:
        other = codebook.any_code(name)
    except NotFoundError:
        return name
    return other.title if other.in_use else f"{other.title} (retired)"


def _path(codebook: Codebook, code: Code) -> str:
    """Name the codes it stands under from the top of its part down to its parent."""
    above = CodeTree(codebook).above(code)
    return " › ".join(one.title for one in reversed(above))


def _part(codebook: Codebook, code: Code) -> str:
    titles = {part.number: part.title for part in codebook.parts}
    return f"{code.part} {titles.get(code.part, '')}".strip()


def _not_said(code: Code, proposers: Sequence[str]) -> str:
    """Name who proposed a code, but for those its entry names."""
    said = code.proposed_by.split(", ")
    return ", ".join(one for one in proposers if one not in said)


def _origin(code: Code) -> str:
    """Say whether it was there before or came from the data, and who asked for it when."""
    stated = "" if code.origin is Origin.NOT_STATED else code.origin.value
    who = f"proposed by {code.proposed_by}" if code.proposed_by else ""
    when = f"{'' if who else 'proposed '}on {code.proposed_on}" if code.proposed_on else ""
    proposed = " ".join(piece for piece in (who, when) if piece)
    return "; ".join(piece for piece in (stated, proposed) if piece)
