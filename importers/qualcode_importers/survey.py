"""Open survey answers: a table with a row a respondent, `.csv` or `.tsv`."""

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from qualcode.domain.codebook import folded
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.sources import SourceKind, Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode.interchange.tables import Row, Table, read_table

_PRIVATE = re.compile(
    r"e ?mail|\bmail\b|ip ?addr|\bip\b|ip adresse|name$|\bname\b|\bnames\b|phone|telefon|\bmobile\b"
    r"|latitude|longitude|breitengrad|langengrad|postcode|\baddress\b"
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_IMPORT_ID = '{"ImportId"'
_SHOWN = 60
_LISTED = 10


class SurveyImporter:
    """Reads one source a respondent; each answer is a turn under its question's heading."""

    title: ClassVar[str] = "Survey answers"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv")

    def drafts(self, upload: Upload, wishes: Wishes) -> list[Draft]:
        """Read the respondents who answered at least one of the questions chosen."""
        expected = [name for name in (wishes.id_column, *wishes.text_columns) if name]
        table, headers = _without_extra_headers(
            read_table(upload, wishes.encoding, expected=expected)
        )
        plan = _plan(upload, table, wishes)
        rows = list(_respondents(upload, table, plan))
        answered = [row for row in rows if any(row.cells[place].strip() for place in plan.text)]
        if not answered:
            raise ImportRefusedError(upload.name, "no respondent has answered these questions.")
        drafts = [_draft(row, table, plan, wishes.kind or SourceKind.SURVEY) for row in answered]
        noticed = [
            *table.findings,
            *headers,
            *_left_out(table, plan),
            *_silent(len(rows) - len(answered)),
        ]
        about = tuple(replace(finding, place=finding.place or upload.name) for finding in noticed)
        return [replace(drafts[0], findings=about), *drafts[1:]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which column names the respondent, which hold answers, which describe the respondent."""

    id: int
    text: tuple[int, ...]
    attributes: tuple[int, ...]
    private: tuple[int, ...]


def _plan(upload: Upload, table: Table, wishes: Wishes) -> _Plan:
    if not wishes.id_column or not wishes.text_columns:
        trouble = "nobody said which column names the respondent and which hold answers"
        raise _unmapped(upload, table, trouble)
    named = table.place(wishes.id_column)
    if named is None:
        shown = shortened(wishes.id_column, to=_SHOWN)
        raise _unmapped(upload, table, f"there is no one column called “{shown}”")
    text: list[int] = []
    for pattern in wishes.text_columns:
        found = [place for place in _matching(table, pattern) if place != named]
        if not found:
            raise _unmapped(upload, table, f"no column fits “{shortened(pattern, to=_SHOWN)}”")
        text += [place for place in found if place not in text]
    rest = [place for place in range(len(table.columns)) if place != named and place not in text]
    private = tuple(place for place in rest if _is_private(table, place))
    attributes = tuple(place for place in rest if place not in private and table.columns[place])
    return _Plan(named, tuple(sorted(text)), attributes, private)


def _unmapped(upload: Upload, table: Table, trouble: str) -> ImportRefusedError:
    return ImportRefusedError(
        upload.name,
        f"{trouble}. Its columns are: {table.listed()}.",
        hint='Say which: --id pseudonym --text "open_*"',
    )


def _matching(table: Table, pattern: str) -> list[int]:
    """Find the columns of this name, or else those that fit it as a pattern."""
    exact = [place for place, name in enumerate(table.columns) if name and name == pattern]
    wanted = pattern.casefold()
    return exact or [
        place
        for place, name in enumerate(table.columns)
        if name and fnmatch.fnmatchcase(name.casefold(), wanted)
    ]


def _is_private(table: Table, place: int) -> bool:
    """Tell whether the column looks as if it held names, addresses or telephone numbers."""
    name = re.sub(r"[^\w]+|_", " ", folded(table.columns[place]))
    return _PRIVATE.search(name) is not None or any(
        _ADDRESS.search(row.cells[place]) for row in table.rows
    )


def _respondents(upload: Upload, table: Table, plan: _Plan) -> Iterator[Row]:
    """Go through the rows; no two may name the same respondent, and none may lack a name."""
    seen: dict[str, int] = {}
    for row in table.rows:
        name = " ".join(row.cells[plan.id].split())
        if not name:
            if any(row.cells[place].strip() for place in plan.text):
                raise ImportRefusedError(
                    upload.name,
                    f"row {row.number} has answers but no “{table.columns[plan.id]}”.",
                )
            continue
        first = seen.setdefault(name.casefold(), row.number)
        if first != row.number:
            shown = shortened(name, to=_SHOWN)
            raise ImportRefusedError(
                upload.name, f"rows {first} and {row.number} both name “{shown}”."
            )
        yield row


def _draft(row: Row, table: Table, plan: _Plan, kind: SourceKind) -> Draft:
    name = " ".join(row.cells[plan.id].split())
    text = ""
    turns: list[Turn] = []
    for place in plan.text:
        answer = row.cells[place]
        if not answer.strip():
            continue
        heading = table.columns[place]
        start = len(text)
        turns.append(Turn(0, "", TurnRole.HEADING, start, start + len(heading)))
        start += len(heading) + 2
        text += f"{heading}\n\n{answer}"
        words = trimmed(text, Range(start, len(text)))
        turns.append(Turn(len(turns) // 2 + 1, name, TurnRole.PARTICIPANT, *words))
        text += "\n\n"
    return Draft(
        name,
        kind,
        text.rstrip("\n"),
        tuple(turns),
        encoding=table.encoding,
        attributes=_attributes(row, table, plan),
    )


def _attributes(row: Row, table: Table, plan: _Plan) -> dict[str, str]:
    """Take the other columns as attributes; a second column of the same name is numbered."""
    known: dict[str, str] = {}
    for place in plan.attributes:
        name = table.columns[place]
        again = table.columns[:place].count(name)
        if value := row.cells[place].strip():
            known[f"{name} ({again + 1})" if again else name] = value
    return known


def _without_extra_headers(table: Table) -> tuple[Table, list[Finding]]:
    """Leave out the rows in which Qualtrics repeats the questions and its own ids."""
    for place, row in enumerate(table.rows[:2]):
        if row.cells[0].startswith(_IMPORT_ID):
            left = place + 1
            rows = "row 2" if left == 1 else "rows 2 and 3"
            finding = Finding("left out", f"Left out {rows}: they repeat the column names.")
            return replace(table, rows=table.rows[left:]), [finding]
    return table, []


def _left_out(table: Table, plan: _Plan) -> Iterator[Finding]:
    if plan.private:
        names = [f"“{shortened(table.columns[place], to=_SHOWN)}”" for place in plan.private]
        listed = ", ".join([*names[:_LISTED], "…"] if len(names) > _LISTED else names)
        yield Finding("left out", f"Left out, as they may identify people: {listed}.")


def _silent(count: int) -> Iterator[Finding]:
    if count:
        people = "1 respondent" if count == 1 else f"{count} respondents"
        yield Finding("no answer", f"{people} gave no answer and became no source.")
