"""Tables and files to hand to the program."""

from collections.abc import Callable
from pathlib import Path

import pytest

MakeTable = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> MakeTable:
    """Give the maker of coding tables, a row a line."""

    def made(*rows: str, name: str = "table.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return file

    return made
