"""Copies of a project file."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.domain.errors import AlreadyThereError, QualcodeError
from qualcode.store.backup import copy_whole, free_name
from qualcode.store.checks import check
from qualcode.store.opening import open_project
from tests.store.conftest import Study

WRITER = """
import sqlite3, sys, uuid
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
print("begun", flush=True)
while True:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE project SET name = ?", [uuid.uuid4().hex])
    connection.execute("UPDATE progress SET done = done")
    connection.execute("COMMIT")
"""


def sound(copy: Path) -> bool:
    project = open_project(str(copy))
    try:
        return check(project) == []
    finally:
        project.close()


def test_a_copy_is_whole_and_its_owners_alone(file_study: Study, file: Path) -> None:
    file_study.add(file_study.ada, file_study.coding(file_study.ada, "TC1A", file_study.turn(2)))
    before = os.umask(0)
    copy = copy_whole(file, file.with_name("copy.qualcode"))
    os.umask(before)
    assert sound(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == ["copy.qualcode", file.name]


def test_a_copy_never_replaces_a_file(file_study: Study, file: Path) -> None:
    there = file.with_name("copy.qualcode")
    there.write_text("mine")
    with pytest.raises(AlreadyThereError):
        copy_whole(file, there)
    assert there.read_text() == "mine"


def test_a_copy_can_be_made_while_others_write(file_study: Study, file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        copies = [copy_whole(file, file.with_name(f"copy{number}")) for number in range(5)]
        writer.kill()
    assert all(sound(copy) for copy in copies)


def test_a_damaged_project_is_not_copied(file_study: Study, file: Path) -> None:
    file_study.project.close()
    with file.open("r+b") as broken:
        broken.seek(4096 * 3)
        broken.write(b"\xff" * 4096)
    with pytest.raises(QualcodeError):
        copy_whole(file, file.with_name("copy"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_folder_that_is_not_there_is_told(file_study: Study, file: Path) -> None:
    with pytest.raises(QualcodeError, match="could not be made"):
        copy_whole(file, file.parent / "nowhere" / "copy")


def test_a_backup_is_named_after_its_project(file: Path) -> None:
    name = free_name(file, "before-upgrade")
    assert name.parent == file.parent
    assert name.match("study.before-upgrade-????????-??????.qualcode")


def test_two_backups_within_a_second_have_two_names(file: Path) -> None:
    names = set()
    for _ in range(3):
        name = free_name(file, "before-upgrade")
        name.touch()
        names.add(name)
    assert len(names) == 3


def test_the_plain_view_reads_without_the_program(file_study: Study, file: Path) -> None:
    study = file_study
    made = study.coding(study.ada, "TC1A", study.turn(3))
    study.add(study.ada, made)
    apart = study.coding(study.ben, "TC1B", study.turn(2), study.turn(5))
    study.add(study.ben, apart)
    study.add(study.lead, study.coding(None, "TC1A", study.turn(3)))
    gone = study.coding(study.ada, "TC2A", study.turn(3))
    study.add(study.ada, gone)
    study.retire(study.ada, gone)
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT source, turn, speaker, words, code, code_name, coder, round, pieces"
            " FROM plain_coding ORDER BY coder, turn"
        ).fetchall()
        dates = connection.execute("SELECT coded_at FROM plain_coding").fetchall()
    words = "👩‍👩‍👧 We bring our own chairs."
    ada, ben, consensus = rows
    assert ada == ("FG1", 3, "P2", words, "TC1A", "Name of TC1A", "Ada", "r1", "")
    assert ben[:3] == ("FG1", 2, "P1")
    assert ben[4:8] == ("TC1B", "Name of TC1B", "Ben", "r1")
    assert ben[8] == " ".join(f"{each.start}-{each.end}" for each in apart.ranges)
    assert consensus[6] == "consensus"
    year = str(study.entries()[-1].at.year)
    assert all(date.startswith(year) for (date,) in dates)


def test_the_plain_view_reads_in_a_database_too(study: Study) -> None:
    from sqlalchemy import text

    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(3)))
    with study.project.reading() as view:
        row = view.session.execute(text("SELECT * FROM plain_coding")).one()
    assert (row.words, row.code, row.coder) == ("👩‍👩‍👧 We bring our own chairs.", "TC1A", "Ada")
