"""The readings of a published study as coding tables, and its agreement from the definition."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Reading:
    """A quotation of the study: where it stands, its words, and the codes of both readers."""

    source: str
    turn: str
    start: str
    end: str
    words: str
    first: frozenset[str]
    second: frozenset[str]


def readings(corpus: Path) -> list[Reading]:
    """Read the quotations that have a place."""
    second = {
        row["quote_id"]: row["tc_codes"] for row in _rows(corpus / "osspc_second_reading.csv")
    }
    answers = _answers(corpus / "osspc" / "survey.csv")
    return [
        Reading(
            row["source_id"].removeprefix("S-"),
            answers.get((row["source_id"], row["turn_or_cell"]), ""),
            row["char_start"],
            row["char_end"],
            row["text"],
            frozenset([row["tc_code"]]),
            frozenset(second[row["quote_id"]].split(";")),
        )
        for row in _rows(corpus / "osspc_quotes.csv")
        if row["file"]
    ]


def _answers(survey: Path) -> dict[tuple[str, str], str]:
    """Number each respondent's answers as turns; places in the survey count from the answer."""
    turns: dict[tuple[str, str], str] = {}
    for row in _rows(survey):
        given = [name for name in ("open_1", "open_2", "open_3") if row[name].strip()]
        for number, name in enumerate(given, start=1):
            turns[f"S-{row['pseudonym']}", f"S-{row['pseudonym']}/{name}"] = str(number)
    return turns


def _rows(file: Path) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))


def write_table(readings: Sequence[Reading], reader: str, file: Path) -> Path:
    """Write one reader's codes as a table to code from."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["source", "turn", "start", "end", "words", "codes"])
        for each in readings:
            codes = ";".join(sorted(getattr(each, reader)))
            rows.writerow([each.source, each.turn, each.start, each.end, each.words, codes])
    return file


@dataclass(frozen=True)
class Expected:
    """The four cells of a code, and Cohen's kappa; None where chance would explain all."""

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def kappa(self) -> float | None:
        """Compute (p_o - p_e) / (1 - p_e) from the cells (Cohen 1960)."""
        units = self.both + self.first_only + self.second_only + self.neither
        first, second = self.both + self.first_only, self.both + self.second_only
        chance = (first * second + (units - first) * (units - second)) / units**2
        observed = (self.both + self.neither) / units
        return None if chance == 1 else (observed - chance) / (1 - chance)


def expected(readings: Sequence[Reading], code: str) -> Expected:
    """Count who applied a code where."""
    pairs = [(code in each.first, code in each.second) for each in readings]
    wanted = [(True, True), (True, False), (False, True), (False, False)]
    return Expected(*(pairs.count(pair) for pair in wanted))
