"""Measure side by side: `python benchmarks/run.py [S|M|L …] [ROW …] [--write] [--in FOLDER]`.

Sizes are S and M unless named; rows are all unless named (--rows lists them). --write puts
the table into the README of this folder; --in keeps the studies in a folder for another run.
--long has the row `lasting` take 20,000 actions instead of 1,000, which takes many minutes.
"""

import argparse
import math
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.generator import SIZES, Size
from benchmarks.rows import (
    agreeing,
    bulk,
    codebook_screen,
    crowd,
    importing,
    joining,
    keystroke,
    lasting,
    layout,
    listing,
    merging,
    moving,
    one_coding,
    opening,
    quoting,
    starting,
    word,
)
from benchmarks.studies import Studies
from benchmarks.timing import Row

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results begin -->", "<!-- results end -->"
BY_SIZE: dict[str, Callable[[Size, Studies], Iterator[Row]]] = {
    "bulk": bulk.rows,
    "listing": listing.rows,
    "quoting": quoting.rows,
    "agreement": agreeing.rows,
    "one": one_coding.rows,
    "import": importing.rows,
}
Once = Callable[[Studies], Iterator[Row]]
ONCE: dict[str, Once] = {
    "many": listing.rows_once,
    "crowd": crowd.rows_once,
    "start": starting.rows_once,
    "word": word.rows_once,
    "layout": layout.rows_once,
    "opening": opening.rows_once,
    "moving": moving.rows_once,
    "keystroke": keystroke.rows_once,
    "codebook": codebook_screen.rows_once,
    "merging": merging.rows_once,
    "joining": joining.rows_once,
    "lasting": lasting.rows_once,
}
_LONG: Once = partial(lasting.rows_once, actions=lasting.MANY)
_HEADS = ("job", "size", "ours", "the other side", "against", "ratio", "at most", "reached")


def main(words: Sequence[str]) -> None:
    """Run what was asked for, print the table and, with --write, keep it."""
    wanted = _parsed(words)
    sizes = [SIZES[name] for name in SIZES if name in wanted.what] or [SIZES["S"], SIZES["M"]]
    chosen = [name for name in (*BY_SIZE, *ONCE) if name in wanted.what] or [*BY_SIZE, *ONCE]
    with tempfile.TemporaryDirectory(prefix="qualcode-benchmarks-") as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        once = {**ONCE, "lasting": _LONG} if wanted.long else ONCE
        rows = list(_measured(Studies(folder), sizes, chosen, once))
    lines = [*_table(rows), "", *_growth(rows, sizes), _machine(words)]
    print("\n".join(lines))
    if wanted.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        table = "\n".join([before + BEGIN, "", *lines, "", END + after])
        README.write_text(table, encoding="utf-8")


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*SIZES, *BY_SIZE, *ONCE, []], default=[])
    parser.add_argument("--long", action="store_true", help="`lasting` takes 20,000 actions")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    parser.add_argument("--in", dest="folder", type=Path, help="keep the studies here")
    return parser.parse_args(words)


def _measured(
    studies: Studies, sizes: Sequence[Size], chosen: Sequence[str], once: Mapping[str, Once]
) -> Iterator[Row]:
    for name in chosen:
        measured = (
            [BY_SIZE[name](size, studies) for size in sizes]
            if name in BY_SIZE
            else [once[name](studies)]
        )
        for rows in measured:
            for row in rows:
                print("  ".join(_cells(row)), file=sys.stderr)
                yield row


def _table(rows: Sequence[Row]) -> list[str]:
    lines = [f"| {' | '.join(_HEADS)} |", f"|{'---|' * len(_HEADS)}"]
    return lines + [f"| {' | '.join(_cells(row))} |" for row in rows]


def _cells(row: Row) -> tuple[str, ...]:
    ratio, other = row.ratio, row.other
    return (
        row.job,
        row.size,
        _amount(row.ours, row.unit),
        _amount(other, row.unit) if other else "",
        row.against,
        f"{ratio:.2f}" if ratio else "",
        str(row.targets),
        row.targets.reached(ratio) if ratio else "",
    )


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:.3g} {unit}"
    seconds = value
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def _growth(rows: Sequence[Row], sizes: Sequence[Size]) -> list[str]:
    """Say how our times grow with the transcripts: the exponent, 1 for in step with them."""
    if len(sizes) < 2:
        return []
    small, large = sizes[0], sizes[1]
    step = math.log(large.transcripts / small.transcripts)
    ours = {(_bare_job(row), row.size): row.ours for row in rows}
    lines = [f"Growth of our times from {small.name} to {large.name}, as an exponent of the"]
    lines += [f"number of transcripts ({small.transcripts} to {large.transcripts}):", ""]
    for (job, size), time in ours.items():
        if size == small.name and (job, large.name) in ours:
            exponent = math.log(ours[job, large.name] / time) / step
            lines.append(f"- {job}: {exponent:.2f}")
    return [*lines, ""]


def _bare_job(row: Row) -> str:
    """Name a job without its numbers, which differ from size to size."""
    return " ".join(word for word in row.job.split() if not word.replace(",", "").isdigit())


def _machine(words: Sequence[str]) -> str:
    command = " ".join(["python benchmarks/run.py", *words])
    return (
        f"Measured with `{command}` on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        "medians, the two sides in turn."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
