"""A codebook as a table: a row a code, `code` or `label` its name, the rest if there.

A cell with several lines is a list in the columns that hold lists. A row whose `state` is
retired keeps its label and key for good; `successors` are the labels of what came after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qualcode.domain.codebook import CodeState, Origin, Part, folded
from qualcode.domain.display import shortened
from qualcode.domain.findings import Finding
from qualcode.interchange.codebook_drafts import LISTS, CodebookDraft, DraftPart, made_key
from qualcode.interchange.codebook_fields import SHOWN, Fields
from qualcode.interchange.codebook_left_out import left_out
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.codebook_yaml import Plain
from qualcode.interchange.doors import csv_words
from qualcode.interchange.importing import Upload
from qualcode.interchange.tables import Row, Table, read_table

CODES_SHEET = "Codes"
PARTS_SHEET = "Parts"
ABOUT_SHEET = "Codebook"

_EXPECTED = ("code", "label", "parent", "definition", "description")
_NAMES = {
    "code": ("code", "label", "tag"),
    "label": ("name", "label", "code", "tag"),
    "description": ("description", "definition", "brief definition", "memo"),
    "full_definition": ("full_definition", "full definition"),
    "key": ("key",),
    "parent": ("parent",),
    "origin": ("origin",),
    "colour": ("colour", "color"),
    "sub_questions": ("sub_questions", "sub-questions"),
    "include": ("include", "when to use"),
    "exclude": ("exclude", "when not to use"),
    "examples": ("examples", "example"),
    "not_to_confuse_with": ("not_to_confuse_with", "not to confuse with"),
    "earlier_names": ("earlier_names", "earlier names"),
    "proposed_by": ("proposed_by", "proposed by"),
    "proposed_on": ("proposed_on", "proposed on"),
}
_TEXTS = ("description", "full_definition", "proposed_by", "proposed_on")
_STATE = ("state",)
_SUCCESSORS = ("successors",)
_PART = ("part",)
_THEME = ("theme",)
_ONE_PART = "Codes"


def csv_draft(upload: Upload, troubles: Troubles) -> CodebookDraft:
    """Read a table of text, in which a leading quote keeps formulas from running."""
    table = read_table(upload, None, expected=_EXPECTED)
    rows = [Row(row.number, tuple(map(csv_words, row.cells))) for row in table.rows]
    safe = Table(table.columns, tuple(rows), table.encoding)
    draft = table_draft(safe, troubles, title=upload.stem)
    return replace(draft, findings=(*table.findings, *draft.findings))


def table_draft(
    table: Table, troubles: Troubles, *, title: str = "", parts: Sequence[DraftPart] = ()
) -> CodebookDraft:
    """Read a table into parts with the fields of their codes; a key that is missing is made.

    `parts` are those known from elsewhere; rows name them by number.
    """
    if not _places(table.columns, _NAMES["code"]):
        troubles.refuse(
            At(),
            f"no column is called “code” or “label”. Its columns are: {table.listed()}.",
            hint="Expected: code, parent, definition; also key, name, include, exclude, theme.",
        )
    gathered = _Gathering(table, troubles, parts)
    for row in table.rows:
        gathered.take(row)
    found = sorted(gathered.parts.values(), key=lambda one: one.part.number)
    return CodebookDraft(
        tuple(found), tuple(gathered.retired), title, findings=tuple(_unread(table))
    )


class _Gathering:
    """The parts and codes found so far."""

    def __init__(self, table: Table, troubles: Troubles, parts: Sequence[DraftPart]) -> None:
        self.table = table
        self.troubles = troubles
        self.parts = {(str(one.part.number), one.part.title): one for one in parts}
        self.retired: list[Fields] = []
        self._numbers = {str(one.part.number): one for one in parts}
        self._taken = {folded(_cell(table, row, _NAMES["key"])) for row in table.rows}
        self._labels = {folded(_cell(table, row, _NAMES["code"])) for row in table.rows}

    def take(self, row: Row) -> None:
        """Put one row where it belongs."""
        values = _values(self.table, row)
        label = str(values["code"])
        values["key"] = values["key"] or made_key(label, row.number, self._taken, self._labels)
        self._taken.add(folded(str(values["key"])))
        what = f"code “{shortened(label, to=SHOWN)}”" if label else "the row"
        fields = Fields(self.troubles, what, values, At(row.number, "row"))
        told = {"state": _cell(self.table, row, _STATE)}
        state = Fields(self.troubles, what, told, fields.at).one_of(
            "state", list(CodeState), otherwise=CodeState.IN_USE
        )
        successors = _items(_cell(self.table, row, _SUCCESSORS))
        if state == CodeState.RETIRED:
            values |= {"part": self._number(row), "successors": list[Plain](successors)}
            self.retired.append(fields)
            return
        if successors:
            fields.trouble("has successors and is yet in use")
        self._part(row).codes.append(fields)

    def _number(self, row: Row) -> str:
        """Give the number of a retired code's part, which may be there no more."""
        number = _cell(self.table, row, _PART)
        gone = number and not _cell(self.table, row, _THEME) and number not in self._numbers
        return number if gone else str(self._part(row).part.number)

    def _part(self, row: Row) -> DraftPart:
        number, theme = _cell(self.table, row, _PART), _cell(self.table, row, _THEME)
        known = self._numbers.get(number)
        if known is not None and theme in ("", known.part.title.strip()):
            return known
        if (number, theme) not in self.parts:
            count = len(self.parts) + 1
            fields = Fields(self.troubles, "the row", {"part": number}, At(row.number, "row"))
            counted = fields.number("part", otherwise=count)
            title = theme or (f"Part {counted}" if number else _ONE_PART)
            part = Part(counted, title, origin=Origin.NOT_STATED)
            self.parts[number, theme] = DraftPart(part, at=At(row.number, "row"))
        return self.parts[number, theme]


def _unread(table: Table) -> Iterator[Finding]:
    """Name the columns of which a cell that is filled was not read."""
    asked = (*_NAMES.values(), _STATE, _SUCCESSORS, _PART, _THEME)
    unread: dict[int, None] = {}
    for row in table.rows:
        read = {_filled(table, row, names) for names in asked}
        filled = (place for place, cell in enumerate(row.cells) if cell.strip())
        unread |= dict.fromkeys(place for place in filled if place not in read)
    yield from left_out("column", "columns", [table.columns[place] for place in sorted(unread)])


def _values(table: Table, row: Row) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for field, names in _NAMES.items():
        if field in LISTS:
            values[field] = list[Plain](_items(_whole_cell(table, row, names)))
        else:
            whole = field in _TEXTS
            values[field] = (_whole_cell if whole else _cell)(table, row, names)
    return values


def _items(cell: str) -> list[str]:
    return [item for item in cell.split("\n") if item.strip()]


def _cell(table: Table, row: Row, names: Sequence[str]) -> str:
    """Give the words of the first of these columns that is there and filled."""
    return _whole_cell(table, row, names).strip()


def _whole_cell(table: Table, row: Row, names: Sequence[str]) -> str:
    place = _filled(table, row, names)
    return "" if place is None else row.cells[place]


def _filled(table: Table, row: Row, names: Sequence[str]) -> int | None:
    """Find the first of these columns that is there and filled in a row."""
    places = _places(table.columns, tuple(names))
    return next((place for place in places if row.cells[place].strip()), None)


@lru_cache(maxsize=128)
def _places(columns: tuple[str, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    """Find those of these columns that are there; a table asks for the same in every row."""
    table = Table(columns, (), "")
    return tuple(place for name in names if (place := table.place(name)) is not None)
