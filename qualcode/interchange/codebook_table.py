"""A codebook as a table: a row a code, `code` or `label` its name, the rest if there."""

from collections.abc import Sequence

from qualcode.domain.codebook import Part, folded
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.codebook_fields import Fields
from qualcode.interchange.codebook_yaml import Plain
from qualcode.interchange.importing import Upload
from qualcode.interchange.tables import Row, Table, read_table

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
    "not_to_confuse_with": ("not_to_confuse_with",),
}
_LISTS = frozenset(("sub_questions", "include", "exclude", "examples", "not_to_confuse_with"))
_PART = ("part",)
_THEME = ("theme",)
_ONE_PART = "Codes"
_SHOWN = 60


def table_parts(upload: Upload) -> list[tuple[Part, list[Fields]]]:
    """Read a table into parts with the fields of their codes; a key that is missing is made.

    A cell with several lines is a list in the columns that hold lists.
    """
    table = read_table(upload, None, expected=_EXPECTED)
    if _place(table, _NAMES["code"]) is None:
        raise ImportRefusedError(
            upload.name,
            f"no column is called “code” or “label”. Its columns are: {table.listed()}.",
            hint="Expected: code, parent, definition; also key, name, include, exclude, theme.",
        )
    taken = {folded(_cell(table, row, _NAMES["key"])) for row in table.rows}
    labels = {folded(_cell(table, row, _NAMES["code"])) for row in table.rows}
    parts: dict[tuple[str, str], tuple[Part, list[Fields]]] = {}
    for row in table.rows:
        number, theme = _cell(table, row, _PART), _cell(table, row, _THEME)
        if (number, theme) not in parts:
            parts[number, theme] = (_part(upload, row, number, theme, len(parts) + 1), [])
        values = _values(table, row)
        label = str(values["code"])
        values["key"] = values["key"] or _made_key(label, row.number, taken, labels)
        taken.add(folded(str(values["key"])))
        shown = f"code “{shortened(label, to=_SHOWN)}” (row {row.number})"
        what = shown if label else f"row {row.number}"
        parts[number, theme][1].append(Fields(upload.name, what, values))
    return list(parts.values())


def _part(upload: Upload, row: Row, number: str, theme: str, count: int) -> Part:
    fields = Fields(upload.name, f"row {row.number}", {"part": number})
    counted = fields.number("part", otherwise=count)
    return Part(counted, theme or (f"Part {counted}" if number else _ONE_PART))


def _values(table: Table, row: Row) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for field, names in _NAMES.items():
        cell = _cell(table, row, names)
        items = [item.strip() for item in cell.split("\n") if item.strip()]
        values[field] = list[Plain](items) if field in _LISTS else cell
    return values


def _made_key(label: str, number: int, taken: set[str], labels: set[str]) -> str:
    """Make a key of the label's letters and digits, and of the row's number where needed."""
    own = folded(label)
    key = "".join(sign for sign in own if sign.isalnum())
    while not key or key in taken or (key in labels and key != own):
        key += str(number)
    return key


def _cell(table: Table, row: Row, names: Sequence[str]) -> str:
    """Give the cell of the first of these columns that is there and filled."""
    for name in names:
        place = _place(table, (name,))
        if place is not None and row.cells[place].strip():
            return row.cells[place].strip()
    return ""


def _place(table: Table, names: Sequence[str]) -> int | None:
    return next((place for name in names if (place := table.place(name)) is not None), None)
