"""How a command answers: text for people, one JSON document for programs."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from qualcode.domain.display import visible
from qualcode.domain.findings import Finding

SCHEMA = "qualcode/1"
FOUND = 1


class NobodyReadsError(Exception):
    """Who was to read the answer, such as a pager, has left."""


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --json."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as one JSON document.")(
        command
    )


def as_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --as."""
    return click.option("--as", "who", metavar="CODER", help="Who you are.")(command)


def round_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --round."""
    return click.option("--round", "round_name", metavar="ROUND", help="In which round.")(command)


def answer(
    command: str,
    data: object,
    lines: Sequence[str],
    *,
    as_json: bool,
    findings: Sequence[Finding] = (),
) -> int:
    """Print what a command found out; give the exit status: 1 where there are findings."""
    if as_json:
        listed = [
            {"kind": one.kind, "place": one.place, "sentence": one.sentence} for one in findings
        ]
        document = {"schema": SCHEMA, "command": command, "data": data, "findings": listed}
        out(_json(document))
    else:
        for line in lines:
            out(visible(line))
        for finding in findings:
            click.echo(visible(f"! {finding.sentence}"), err=True)
    return FOUND if findings else 0


def out(text: str) -> None:
    """Print a line that has passed the door to the terminal."""
    try:
        click.echo(text)
    except BrokenPipeError:
        raise NobodyReadsError from None


def _json(document: object) -> str:
    """Write a document whole: what must not reach a terminal is escaped, never replaced."""
    if not _speaks_unicode():
        return json.dumps(document, indent=2)
    words = json.dumps(document, ensure_ascii=False, indent=2)
    if visible(words) == words:
        return words
    return "".join(sign if visible(sign) == sign else f"\\u{ord(sign):04x}" for sign in words)


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: str = "") -> list[str]:
    """Set rows in columns; `right` has an r for each column that is set to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        set_cells = [
            cell.rjust(width) if right[place : place + 1] == "r" else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(set_cells).rstrip()

    return [line(heads), *map(line, rows)]


def parted(names: str) -> list[str]:
    """Part names that were typed with commas between them."""
    return [each.strip() for each in names.split(",") if each.strip()]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: `1 turn`, `3 turns`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
