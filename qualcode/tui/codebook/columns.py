"""Texts side by side: each in a column of its own, or one below the other where it is narrow."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import set_cell_size

from qualcode.tui.geometry.rows_of import rows_of

_NARROWEST = 22
_BETWEEN = " │ "


class Column(NamedTuple):
    """A text under its heading."""

    heading: str
    text: str


def side_by_side(columns: Sequence[Column], width: int) -> list[str]:
    """Write texts beside each other in so many cells, or below each other where they are many."""
    room = (width - len(_BETWEEN) * (len(columns) - 1)) // max(1, len(columns))
    if room < _NARROWEST or len(columns) < 2:  # noqa: PLR2004 - one alone stands beside nothing
        return [line for column in columns for line in _below(column, width)]
    laid = [[_headed(column, room), *rows_of(_said(column), room)] for column in columns]
    lines = zip_longest(*laid, fillvalue="")
    return [_BETWEEN.join(set_cell_size(cell, room) for cell in line).rstrip() for line in lines]


def _below(column: Column, width: int) -> list[str]:
    return [_headed(column, width), *(f"  {row}" for row in rows_of(_said(column), width - 2)), ""]


def _said(column: Column) -> str:
    return column.text or "(nothing)"


def _headed(column: Column, width: int) -> str:
    return rows_of(column.heading.upper(), width)[0]
