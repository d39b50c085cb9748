"""Places at which many people meet: a file, a database."""

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a place for a study: a file's path, then a database's address."""
    if request.param == "sqlite":
        return str(tmp_path / "study.qualcode")
    return str(request.getfixturevalue("database"))
