import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.ids import new_id
from qualcode.domain.journal import Entry, canonical, entry_hash, moment, seal, sealed

AT = datetime(2030, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
ENTRY = Entry(new_id(), new_id(), 7, AT, new_id(), "code", new_id(), {"added": [1]}, "aa", "bb", "")
OTHER: dict[str, Any] = {
    "id": new_id(),
    "workspace": new_id(),
    "number": 8,
    "at": AT + timedelta(microseconds=1),
    "who": None,
    "kind": "uncode",
    "layer": None,
    "touched": {"added": [2]},
    "sealed_words": "ab",
    "previous": "bc",
}
WORDS = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text('aé\n"\\🙂'))


def test_every_field_of_an_entry_is_sealed() -> None:
    assert set(OTHER) == {each.name for each in fields(Entry)} - {"hash"}


@pytest.mark.parametrize("field", OTHER)
def test_changing_a_field_changes_the_hash(field: str) -> None:
    assert entry_hash(replace(ENTRY, **{field: OTHER[field]})) != entry_hash(ENTRY)


def test_the_hash_depends_on_nothing_else() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert entry_hash(replace(ENTRY, at=elsewhere, hash="x")) == entry_hash(ENTRY)


def test_the_canonical_form_is_the_same_in_any_order() -> None:
    assert canonical({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_a_moment_is_written_in_utc_to_the_microsecond() -> None:
    east = datetime(2030, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert moment(east) == "2029-12-31T23:30:00.000000Z"
    assert moment(AT) == "2030-01-02T03:04:05.000678Z"


@given(WORDS)
def test_words_are_sealed_with_a_salt(words: dict[str, str]) -> None:
    seal_, salt = seal(words)
    if not words:
        assert (seal_, salt) == ("", "")
        return
    assert sealed(words, salt) == seal_
    assert sealed({**words, "more": "x"}, salt) != seal_
    assert seal(words) != (seal_, salt)


def test_a_seal_cannot_be_guessed_from_the_words_alone() -> None:
    plain = hashlib.sha256(canonical({"name": "Ada"}).encode()).hexdigest()
    assert seal({"name": "Ada"})[0] != plain
