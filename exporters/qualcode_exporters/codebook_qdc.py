"""The codebook as a REFI-QDA codebook (`.qdc`), which other programs for coding read.

Parts are written as codes that cannot be applied, with their codes under them, and not as
sets: NVivo, MAXQDA and ATLAS.ti all read the tree of codes, and not all read sets. Retired
codes stand under such a code at the end, so that nobody applies them. The ids are qualcode's
own, so that a codebook that comes back is known again. A code's name is its label and name;
its description is the brief definition, and what the format has no place for stands under it.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.errors import ExportRefusedError
from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode.interchange.codebook_fence import fenced
from qualcode.interchange.codebook_writing import part_fields, written_code, written_retired
from qualcode.interchange.doors import xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_AS_DEFAULT: Any = {None: NAMESPACE}  # the stubs know prefixes only
_RETIRED = "Retired codes"
_ELSEWHERE = ("description", "parent", "colour", "theme", "note")


class QdcExporter:
    """Writes the tree of parts and codes, with all fields, as REFI-QDA 1.0."""

    title: ClassVar[str] = "REFI-QDA codebook"
    suffix: ClassVar[str] = ".qdc"
    for_people: ClassVar[bool] = False

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook to the stream; refuse one without a part, which none may read."""
        from lxml import etree

        if not (report.codebook.parts or report.codebook.retired):
            raise ExportRefusedError(
                "A .qdc holds at least one code or part; this codebook is empty.",
                hint="Nothing was written. Add a part: qualcode codebook part TITLE",
            )
        root = etree.Element(
            f"{{{NAMESPACE}}}CodeBook", nsmap=_AS_DEFAULT, origin=xml_text(report.program)
        )
        codes = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
        _fill(codes, report.codebook)
        whole = etree.ElementTree(root)
        whole.write(stream, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _fill(codes: "_Element", codebook: Codebook) -> None:
    under: dict[str, _Element] = {}
    parts: dict[int, _Element] = {}
    for part in codebook.parts:
        words = fenced(part.note, _only_ours(part_fields(part)))
        parts[part.number] = _put(codes, _own_id(str(part.number)), part.title, words)
    at_top: dict[str, int] = {}
    for code in codebook.codes:
        parent = folded(code.parent)
        top = at_top.setdefault(folded(code.label), at_top.get(parent, code.part))
        fields = _only_ours(written_code(code, codebook.part_of(code)))
        moved = {"part": code.part} if top != code.part else {}
        words = fenced(code.description, {**fields, **moved})
        above = under[parent] if code.parent else parts[code.part]
        under[folded(code.label)] = _put(above, code.id, code.title, words, of=code)
    if codebook.retired:
        mark = fenced("", {"holds": "retired"})
        gone = _put(codes, _own_id("retired"), _RETIRED, mark)
        for code in codebook.retired:
            fields = _only_ours(written_retired(codebook, code))
            _put(gone, code.id, code.title, fenced(code.description, fields), of=code)


def _only_ours(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name not in _ELSEWHERE}


def _own_id(name: str) -> UUID:
    """Give what has no id of its own one that is the same in every export."""
    return uuid5(NAMESPACE_URL, f"qualcode:codebook:{name}")


def _put(
    above: "_Element", guid: UUID, name: str, words: str, *, of: Code | None = None
) -> "_Element":
    from lxml import etree

    element = etree.SubElement(
        above,
        f"{{{NAMESPACE}}}Code",
        dict(_attributes(guid, name, of)),
    )
    if words:
        etree.SubElement(element, f"{{{NAMESPACE}}}Description").text = xml_text(words)
    return element


def _attributes(guid: UUID, name: str, code: Code | None) -> Iterator[tuple[str, str]]:
    yield "guid", str(guid)
    yield "name", xml_text(name)
    yield "isCodable", "true" if code is not None and code.in_use else "false"
    if code is not None and code.colour:
        yield "color", code.colour
