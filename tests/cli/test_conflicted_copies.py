"""Copies that a synced folder left beside a project are named, once, and off the data."""

import shutil
from pathlib import Path

from qualcode.services import projects
from tests.conftest import Qualcode


def test_a_conflicted_copy_is_named_once_beside_the_data(study: Qualcode) -> None:
    copy = study.folder / "study (conflicted copy 2030-01-02).qualcode"
    shutil.copy(study.place, copy)
    said = study("coder", "list", "--json")
    assert said.status == 0
    assert [each["name"] for each in said.data] == ["lead", "a", "b"]
    assert said.err.count(copy.name) == 1
    assert "qualcode help bundles" in said.err
    assert copy.name not in study("coder", "list").err


def test_nothing_is_said_where_no_copy_lies_beside(study: Qualcode, tmp_path: Path) -> None:
    shutil.copy(study.place, tmp_path / "other.qualcode")
    assert study("coder", "list").err == ""
    assert projects.beside("postgresql://ada@server/choir") == ""
