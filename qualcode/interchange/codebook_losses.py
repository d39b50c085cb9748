"""What a file does not hold of a codebook: found by reading it back, said in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.interchange.codebook_writing import successor_labels

_APART = ("id", "position", "successors")
_MOST = 12


def losses(codebook: Codebook, back: Codebook) -> tuple[str, ...]:
    """Say what of a codebook reads otherwise, or not at all, in the one that came back."""
    found = list(_whole(codebook, back))
    read = {folded(code.label): code for code in (*back.codes, *back.retired)}
    kept = [code for code in (*codebook.codes, *codebook.retired) if folded(code.label) in read]
    gone = [
        code.label
        for code in (*codebook.codes, *codebook.retired)
        if folded(code.label) not in read
    ]
    if gone:
        found.append(f"Not held: {_listed(gone)}.")
    for name in (one.name for one in fields(Code) if one.name not in _APART):
        pairs = [(code, read[folded(code.label)]) for code in kept]
        found += _field(
            FIELD_WORDS[name], [(a, getattr(a, name), getattr(b, name)) for a, b in pairs]
        )
    successors = [
        (code, successor_labels(codebook, code), successor_labels(back, read[folded(code.label)]))
        for code in kept
    ]
    found += _field("successors", successors)
    orders = [
        [folded(code.label) for code in codes if folded(code.label) in read]
        for codes in (codebook.codes, codebook.retired, back.codes, back.retired)
    ]
    if orders[:2] != orders[2:]:
        found.append("The order of the codes is not held.")
    return tuple(found)


def _whole(codebook: Codebook, back: Codebook) -> Iterator[str]:
    for name in ("title", "version", "language"):
        if getattr(codebook, name) != getattr(back, name):
            yield f"The {name} of the codebook is not held."
    read = {part.number: part for part in back.parts}
    gone = [str(part.number) for part in codebook.parts if part.number not in read]
    if gone:
        yield f"Parts without codes are not held: {_listed(gone)}."
    for name, word in (("title", "title"), ("note", "note"), ("origin", "origin")):
        numbers = [
            str(part.number)
            for part in codebook.parts
            if part.number in read and getattr(part, name) != getattr(read[part.number], name)
        ]
        if numbers:
            yield f"The {word} of a part is not held: {_listed(numbers)}."


def _field(word: str, triples: Sequence[tuple[Code, object, object]]) -> Iterator[str]:
    """Say of one field for which codes it is lost, and for which it comes back otherwise."""
    lost = [code.label for code, was, now in triples if was != now and not now]
    other = [code.label for code, was, now in triples if was != now and now]
    if lost:
        yield f"“{word}” is not held: {_listed(lost)}."
    if other:
        yield f"“{word}” reads back otherwise: {_listed(other)}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
