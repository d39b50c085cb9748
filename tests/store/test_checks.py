"""Checking: whatever was changed beside the program is found and named."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qualcode.domain.errors import QualcodeError
from qualcode.domain.findings import Finding
from qualcode.store.checks import check
from qualcode.store.opening import open_project
from tests.store.conftest import Study, tampered

IN_A_FILE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""What harms a file only: a database's pages are its server's, and its columns have types."""


@pytest.fixture
def coded(study: Study) -> Study:
    """Let everybody leave something of every sort."""
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    study.add(study.ada, study.memo(study.ada, study.turn(2), "It smells of more."))
    study.add(study.ben, study.coding(study.ben, "TC1B", study.turn(3), study.turn(5)))
    study.add(study.ben, study.mark(study.ben, study.turn(6)))
    study.add(study.ada, study.coding(study.ada, "TC2A", study.turn(3)))
    study.undo(study.ada)
    agreed = study.coding(None, "TC1A", study.turn(2))
    study.add(study.lead, agreed, study.decision(study.turn(2), "Both say so."))
    study.add(study.ada, study.flag(study.ada, study.turn(3)))
    study.add(study.ada, study.proposal(study.ada, study.turn(6), "The timetable again"))
    code = study.codebook.code("TC1A")
    study.add(study.ada, study.memo_beyond_words(study.ada, "Too broad?", code=code))
    grown = study.coding(study.ben, "TC1A", study.turn(2))
    study.add(study.ben, grown)
    study.add(study.ben, replace(study.coding(study.ben, "TC1A", study.turn(6)), first=grown.id))
    assert study.findings() == []
    study.project.close()
    return study


def found_after(study: Study, *statements: str) -> list[Finding]:
    tampered(study.place, *statements)
    study.reopen()
    return study.findings()


ENTRIES = {
    "changed": ("UPDATE entry SET kind = 'read' WHERE number = 5", "entry 5"),
    "touching otherwise": (
        "UPDATE entry SET touched = replace(touched, '1', '2') WHERE number = 5",
        "entry 5",
    ),
    "of somebody else": (
        "UPDATE entry SET who = (SELECT id FROM coder WHERE name = 'Ben') WHERE number = 5",
        "entry 5",
    ),
    "backdated": ("UPDATE entry SET at = '2020-01-01 00:00:00.000000' WHERE number = 5", "entry 5"),
    "sealed anew": ("UPDATE entry SET hash = previous WHERE number = 5", "entry 5"),
    "with other words": (
        "UPDATE entry_words SET words = replace(words, 'more', 'less')",
        "entry 6",
    ),
    "with another seal": ("UPDATE entry SET sealed_words = previous WHERE number = 6", "entry 6"),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_altered_entry_is_named(coded: Study, name: str) -> None:
    statement, place = ENTRIES[name]
    assert place in {each.place for each in found_after(coded, statement)}


def test_a_deleted_entry_is_found(coded: Study) -> None:
    found = found_after(coded, "DELETE FROM entry WHERE number = 4")
    assert [(each.kind, each.place) for each in found if each.kind == "journal"] == [
        ("journal", "entry 5")
    ]


def test_an_inserted_entry_is_found(coded: Study) -> None:
    statement = (
        "INSERT INTO entry SELECT randomblob(16), workspace_id, number + 1, at, who, kind, NULL,"
        " '{}', '', hash, previous FROM entry ORDER BY number DESC LIMIT 1"
    )
    assert {each.place for each in found_after(coded, statement)} == {"entry 17"}


def test_reordered_entries_are_found(coded: Study) -> None:
    found = found_after(
        coded,
        "UPDATE entry SET number = 99 WHERE number = 5",
        "UPDATE entry SET number = 5 WHERE number = 7",
        "UPDATE entry SET number = 7 WHERE number = 99",
    )
    assert {"entry 5", "entry 7"} <= {each.place for each in found}


def test_a_journal_cut_short_is_found_by_the_hash_in_a_report(coded: Study) -> None:
    coded.reopen()
    with coded.project.work("round frozen", by=coded.lead) as work:
        work.note("round", str(coded.blind.id))
    head = coded.entries()[-1].hash
    assert coded.findings(head=head) == coded.findings(head=head[:12]) == []
    cut = "DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)"
    assert found_after(coded, cut) == []
    ((kind, place),) = [(each.kind, each.place) for each in coded.findings(head=head)]
    assert (kind, place) == ("journal", head)


DATA = {
    "a text": ("UPDATE revision SET body = replace(body, 'café', 'cafe')", "text"),
    "a text and its fingerprint": (
        (
            "UPDATE revision SET body = 'x', text_hash ="
            " '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'"
        ),
        "text",
    ),
    "who spoke": ("UPDATE turn SET speaker = 'P9' WHERE number = 2", "text"),
    "where a turn ends": ("UPDATE turn SET ends = ends - 1 WHERE number = 4", "text"),
    "whose words are data": ("UPDATE turn SET role = 'participant' WHERE number = 1", "text"),
    "a lost turn": ("DELETE FROM turn WHERE number = 4", "text"),
    "where a coding begins": ("UPDATE coding SET begins = begins + 1 WHERE pieces = ''", "coding"),
    "where its pieces end": (
        "UPDATE coding SET pieces = pieces || '0' WHERE pieces <> ''",
        "coding",
    ),
    "which code": (
        "UPDATE coding SET code_id = (SELECT code_id FROM code_entry WHERE label = 'TC1AB')",
        "coding",
    ),
    "a coding's fingerprint": ("UPDATE coding SET words_hash = zeroblob(16)", "coding"),
    "how it came about": ("UPDATE coding SET via = 'from a file'", "coding"),
    "a lost coding": ("DELETE FROM coding WHERE pieces <> ''", "coding"),
    "a coding nobody made": (
        (
            "INSERT INTO coding SELECT randomblob(16), layer_id, source_id, revision_id, code_id,"
            " codebook_version, begins, ends - 1, pieces, words_hash, via, added_in, retired_in,"
            " first_id FROM coding WHERE pieces <> ''"
        ),
        "coding",
    ),
    "a coding taken off": (
        "UPDATE coding SET retired_in = added_in WHERE pieces <> ''",
        "coding",
    ),
    "a coding brought back": (
        "UPDATE coding SET retired_in = NULL WHERE retired_in IS NOT NULL",
        "coding",
    ),
    "what a coding grew out of": (
        "UPDATE coding SET first_id = NULL WHERE first_id IS NOT NULL",
        "coding",
    ),
    "a coding said to have grown": ("UPDATE coding SET first_id = id WHERE pieces <> ''", "coding"),
    "a flag's kind": ("UPDATE flag SET kind = 'quotable'", "flag"),
    "where a flag stands": ("UPDATE flag SET begins = begins + 1", "flag"),
    "a lost flag": ("DELETE FROM flag", "flag"),
    "a flag taken away": ("UPDATE flag SET retired_in = added_in", "flag"),
    "a proposed label": ("UPDATE proposal SET label = 'The timetable'", "proposal"),
    "whose proposal": (
        "UPDATE proposal SET coder_id = (SELECT id FROM coder WHERE name = 'Ben')",
        "proposal",
    ),
    "a lost proposal": ("DELETE FROM proposal", "proposal"),
    "which code a memo is on": (
        "UPDATE memo SET code_id = NULL WHERE code_id IS NOT NULL",
        "memo",
    ),
    "a memo said to be on a code": (
        "UPDATE memo SET code_id = (SELECT id FROM code LIMIT 1) WHERE code_id IS NULL",
        "memo",
    ),
    "a read mark": ("UPDATE read_mark SET ends = ends - 1", "read_mark"),
    "a lost read mark": ("DELETE FROM read_mark", "read_mark"),
    "a memo": ("UPDATE memo SET body = 'It smells of less.'", "memo"),
    "where a memo stands": ("UPDATE memo SET begins = 0", "memo"),
    "an outcome": ("UPDATE decision SET outcome = 'second'", "decision"),
    "a reason": ("UPDATE decision SET reason = 'I said so.'", "decision"),
    "a code's name": ("UPDATE code_entry SET name = 'x' WHERE label = 'TC1A'", "codebook"),
    "a code's rules": ("UPDATE code_entry SET include = '[]' WHERE label = 'TC1A'", "codebook"),
    "a lost code": ("DELETE FROM code_entry WHERE label = 'TC1AB'", "codebook"),
    "a part": ("UPDATE part SET title = 'x'", "codebook"),
    "a count": ("UPDATE progress SET done = done + 1", "progress"),
    "a lost count": ("DELETE FROM progress", "progress"),
    "whose layer": (
        (
            "UPDATE layer SET coder_id = (SELECT id FROM coder WHERE name = 'Lead')"
            " WHERE coder_id = (SELECT id FROM coder WHERE name = 'Ben')"
        ),
        "journal",
    ),
    "a lost source": ("DELETE FROM source WHERE name = 'FG2'", "database"),
    "a lost coder": ("DELETE FROM coder WHERE name = 'Ada'", "database"),
    "a broken word": ("UPDATE entry SET touched = '{' WHERE number = 5", "database"),
    "a broken version": ("UPDATE codebook SET version = 7", "database"),
}


@pytest.mark.parametrize("name", DATA)
def test_altered_data_are_found(coded: Study, name: str) -> None:
    statement, kind = DATA[name]
    assert kind in {each.kind for each in found_after(coded, statement)}


BROKEN = {
    "id": "UPDATE entry SET workspace_id = x'0102' WHERE number = 5",
    "number": "UPDATE coding SET begins = 'x'",
}


@IN_A_FILE
@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_id_or_no_number_is_found(coded: Study, name: str) -> None:
    assert "database" in {each.kind for each in found_after(coded, BROKEN[name])}


def test_erased_words_are_no_finding(coded: Study) -> None:
    erased = (
        "DELETE FROM entry_words",
        "UPDATE memo SET body = ''",
        "UPDATE proposal SET label = ''",
        "UPDATE decision SET reason = ''",
    )
    assert found_after(coded, *erased) == []


def test_a_memo_changed_under_erased_words_is_found(coded: Study) -> None:
    erased = ("DELETE FROM entry_words", "UPDATE memo SET body = 'Never said.'")
    assert "memo" in {each.kind for each in found_after(coded, *erased)}


def test_a_database_is_checked_as_a_file_is(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    assert study.findings() == []


def content(file: Path) -> list[Any] | None:
    """Read what the study is about: texts, codings, codes; None where it cannot be read."""
    statements = (
        "SELECT source_id, body FROM revision ORDER BY 1, 2",
        "SELECT * FROM coding ORDER BY 1",
        "SELECT * FROM code_entry ORDER BY 1, 2",
    )
    try:
        with closing(sqlite3.connect(file)) as connection:
            return [connection.execute(statement).fetchall() for statement in statements]
    except (sqlite3.Error, UnicodeDecodeError, OverflowError):
        return None


def said_of(file: Path) -> list[Finding] | QualcodeError:
    """Open and check; a refusal is an answer as well."""
    try:
        project = open_project(str(file))
    except QualcodeError as mishap:
        return mishap
    try:
        return check(project)
    except QualcodeError as mishap:
        return mishap
    finally:
        project.close()


def flips(file: Path, count: int) -> Iterator[int]:
    """Flip one random bit after another in the file, each on its own."""
    sound, chance = file.read_bytes(), random.Random(7)
    for _ in range(count):
        place = chance.randrange(len(sound))
        broken = bytearray(sound)
        broken[place] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        yield place


def no_flip_goes_unnoticed(file: Path, count: int) -> None:
    sound, changed = content(file), 0
    for place in flips(file, count):
        if content(file) != sound:
            changed += 1
            assert said_of(file) != [], f"byte {place}"
        else:
            said_of(file)
    assert changed > 0


@IN_A_FILE
def test_a_flipped_bit_in_what_was_said_or_coded_is_found(coded: Study, file: Path) -> None:
    assert coded.place == str(file)
    no_flip_goes_unnoticed(file, 60)


@IN_A_FILE
@pytest.mark.long
def test_many_flipped_bits_are_found(coded: Study, file: Path) -> None:
    assert coded.place == str(file)
    no_flip_goes_unnoticed(file, 400)


def test_a_study_of_many_steps_has_no_findings(study: Study) -> None:
    for number in range(30):
        study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2 + number % 2)))
        study.undo(study.ada)
        if number % 3 == 0:
            study.redo(study.ada)
    assert study.findings() == []
