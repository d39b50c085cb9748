"""The fields of a code as they are typed: `--set when=TEXT`, `--add`, `--drop`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualcode.cli.answer import counted
from qualcode.domain.codebook import Code, Codebook, Origin
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.restructuring import LISTS

FIELDS = {
    "definition": "description",
    "full-definition": "full_definition",
    "when": "include",
    "when-not": "exclude",
    "examples": "examples",
    "sub-questions": "sub_questions",
    "not-to-confuse-with": "not_to_confuse_with",
    "origin": "origin",
    "colour": "colour",
}
"""What is typed for each field of a code that can be worded."""

_ALSO = {
    "description": "description",
    "brief-definition": "description",
    "full": "full_definition",
    "include": "include",
    "exclude": "exclude",
    "example": "examples",
    "sub-question": "sub_questions",
    "ask": "sub_questions",
    "color": "colour",
}
_ALL = FIELDS | _ALSO
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class _Named(NamedTuple):
    """A field of a code as it was named, and the text that was given for it, if any."""

    field: str
    text: str | None
    typed: str


def wording_of(
    code: Code | None,
    sets: Sequence[str] = (),
    adds: Sequence[str] = (),
    drops: Sequence[str] = (),
    *,
    codebook: Codebook | None = None,
) -> dict[str, object]:
    """Give the fields of a code as they shall read, by name; those not named are left out.

    `sets`, `adds` and `drops` hold FIELD=TEXT as typed. A list that is set holds just what it
    is set to, entry by entry; what is dropped is named by its words or its number from 1,
    or, without any, is all there is. Without a code the fields begin empty. With a codebook
    other codes may be named by their keys. Raises RefusedError, NotFoundError.
    """
    wording: dict[str, object] = {}
    for one in (_named(typed, "set") for typed in sets):
        wording[one.field] = _set(one, wording.get(one.field, ()), codebook)
    wording |= _without(code, wording, [_named(typed, "drop") for typed in drops], codebook)
    for one in (_named(typed, "add") for typed in adds):
        wording[one.field] = _added(one, _reads(code, wording, one.field), codebook)
    return wording


def _named(typed: str, what: str) -> _Named:
    name, parted, text = typed.partition("=")
    field = _ALL.get(re.sub(r"[\s_]+", "-", name.strip().casefold()))
    if field is None:
        raise RefusedError(
            f"A code has no field “{name.strip()}”.", hint=f"Fields: {', '.join(FIELDS)}."
        )
    if not parted and what != "drop":
        raise RefusedError(
            f"It is not said what “{name.strip()}” shall be.",
            hint=f'Say it so: --{what} {name.strip()}="…"',
        )
    return _Named(field, text.strip() if parted else None, name.strip())


def _reads(code: Code | None, wording: dict[str, object], field: str) -> object:
    """Give what a field holds so far."""
    if field in wording:
        return wording[field]
    if code is not None:
        return getattr(code, field)
    return () if field in LISTS else ""


def _set(one: _Named, before: object, codebook: Codebook | None) -> object:
    return _added(one, before, codebook) if one.field in LISTS else _text(one)


def _text(one: _Named) -> object:
    """Give a text as it is kept; an origin and a colour must be ones there are."""
    text = one.text or ""
    if one.field == "origin":
        return _origin(text)
    if one.field == "colour" and text and not _COLOUR.fullmatch(text):
        raise RefusedError(
            f"“{text}” is no colour.",
            hint="A colour is a # and six signs of 0-9 and a-f, such as #1f78b4.",
        )
    return text


def _origin(text: str) -> Origin:
    found = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if found not in list(Origin):
        known = ", ".join(origin.value for origin in Origin)
        raise RefusedError(f"There is no origin “{text}”.", hint=f"Origins: {known}.")
    return Origin(found)


def _entries(one: _Named, codebook: Codebook | None) -> tuple[str, ...]:
    """Give the entry of a list; another code goes by its label."""
    if not one.text:
        return ()
    if one.field == "not_to_confuse_with" and codebook is not None:
        return (codebook.code(one.text).label,)
    return (one.text,)


def _added(one: _Named, before: object, codebook: Codebook | None) -> tuple[str, ...]:
    """Put an entry at the end of a list, once."""
    if not isinstance(before, tuple):
        raise RefusedError(
            f"“{one.typed}” holds one text only.",
            hint=f'To give it another: --set {one.typed}="…"',
        )
    return tuple(dict.fromkeys((*before, *_entries(one, codebook))))


def _without(
    code: Code | None, wording: dict[str, object], drops: Sequence[_Named], book: Codebook | None
) -> dict[str, object]:
    """Take entries out of lists, or empty whole fields; numbers count as the card shows them."""
    left: dict[str, object] = {}
    for field in dict.fromkeys(one.field for one in drops):
        mine = [one for one in drops if one.field == field]
        before = _reads(code, wording, field)
        if isinstance(before, tuple) and all(one.text for one in mine):
            gone = {place for one in mine for place in _places(one, before, book)}
            left[field] = tuple(one for place, one in enumerate(before) if place not in gone)
        elif any(one.text for one in mine) and not isinstance(before, tuple):
            raise RefusedError(
                f"“{mine[0].typed}” holds one text only.",
                hint=f"To empty it: --drop {mine[0].typed}",
            )
        else:
            left[field] = _nothing(field)
    return left


def _nothing(field: str) -> object:
    return () if field in LISTS else Origin.NOT_STATED if field == "origin" else ""


def _places(one: _Named, before: Sequence[str], codebook: Codebook | None) -> Iterator[int]:
    """Find an entry by its words, else by its number."""
    text = one.text or ""
    names = [text]
    if one.field == "not_to_confuse_with" and codebook is not None and codebook.holds(text):
        names.append(codebook.code(text).label)
    held = [name for name in names if name in before]
    if held:
        yield before.index(held[0])
    elif text.isdecimal() and 1 <= int(text) <= len(before):
        yield int(text) - 1
    else:
        raise NotFoundError(
            f"“{one.typed}” has no entry “{text}”.",
            hint=f"It holds {counted(len(before), 'text')}; name one by its words or its number.",
        )
