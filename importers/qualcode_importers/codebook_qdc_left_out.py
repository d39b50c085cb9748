"""What a REFI-QDA codebook tells that has no place in a codebook of qualcode."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.domain.findings import Finding
from qualcode.interchange.codebook_left_out import left_out, told
from qualcode.interchange.decoding import replaced
from qualcode_importers.codebook_qdc_tree import Entry, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_READ = {"CodeBook": ("Codes",), "Codes": ("Code",), "Code": ("Description", "Code")}
_AROUND = ("Sets", "Notes")
_NOUNS = {
    "Set": ("set of codes", "sets of codes"),
    "Note": ("note", "notes"),
    "NoteRef": ("reference to a note", "references to notes"),
}
_OTHERS = ("other element", "other elements")
_ATTRIBUTES = ("guid", "name", "isCodable", "color")


def left_out_of(root: "_Element", top: Sequence[Entry]) -> Iterator[Finding]:
    """Say, once a kind, what was left out or changed of a file whose codes have their places."""
    kinds: dict[tuple[str, str], list[str]] = {}
    attributes: list[str] = []
    for element in _walked(root):
        name = local_name(element)
        if element.getparent() is not None and not _is_read(element):
            known = name in _NOUNS
            named = str(element.get("name", "")) if known else name
            kinds.setdefault(_NOUNS.get(name, _OTHERS), []).append(named)
        elif name == "Code":
            own = [str(each).rpartition("}")[2] for each in element.attrib]
            attributes += [each for each in own if each not in _ATTRIBUTES]
    for nouns, names in kinds.items():
        yield from left_out(*nouns, names)
    yield from left_out("other attribute of codes", "other attributes of codes", attributes)
    entries = [each for one in top for each in one.walked()]
    yield from _of_codes([one for one in entries if not (one.is_part or one.holds_retired)])
    yield from left_out(
        "colour of a part", "colours of parts", [one.name for one in top if _is_painted_part(one)]
    )
    yield from replaced(sum(one.replaced for one in entries))


def _of_codes(codes: Sequence[Entry]) -> Iterator[Finding]:
    yield from left_out(
        "colour, for it is not written like #3366cc",
        "colours, for they are not written like #3366cc",
        [one.name for one in codes if one.painted and not one.colour],
    )
    yield from told(
        "",
        "code can be applied here, though not in the file",
        "codes can be applied here, though not in the file",
        [one.name for one in codes if not one.codable and not _is_retired(one)],
    )
    yield from told(
        "",
        "name that stands there twice was told apart",
        "names that stand there twice were told apart",
        [one.label for one in codes if one.own is None and one.label != one.name],
    )
    yield from told(
        "",
        "code has no id of its own and is known by its name alone",
        "codes have no ids of their own and are known by their names alone",
        [one.name for one in codes if not one.has_id],
    )


def _walked(root: "_Element") -> Iterator["_Element"]:
    """Go through what is read, and through what stands beside it but not into it."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        name = local_name(one)
        if name not in _AROUND:
            yield one
        if name in _AROUND or one is root or _is_read(one):
            waiting.extend(reversed(one))


def _is_read(element: "_Element") -> bool:
    above = element.getparent()
    return above is None or local_name(element) in _READ.get(local_name(above), ())


def _is_painted_part(one: Entry) -> bool:
    return one.is_part and bool(one.painted)


def _is_retired(one: Entry) -> bool:
    while one.above is not None:
        one = one.above
    return one.holds_retired
