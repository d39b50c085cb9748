import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.text import (
    REPLACEMENT,
    Range,
    as_stored,
    text_hash,
    trimmed,
    united,
    words_hash,
)

ANY = st.text(st.characters(), max_size=80)
HOSTILE = st.text(
    st.sampled_from("a é\u0301\r\n\t\x00\x0b\x85\u2028\ufeff\ud800\udfff🙂"), max_size=60
)
RANGES = st.builds(
    lambda start, length: Range(start, start + length), st.integers(0, 40), st.integers(0, 12)
)


@pytest.mark.parametrize(
    ("given_text", "kept", "replaced"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd", 0),
        ("\r\r\n\n", "\n\n\n", 0),
        ("e\u0301 \u00e9", "e\u0301 \u00e9", 0),
        ("tab\tstays", "tab\tstays", 0),
        ("a\x00b\x0bc\x7fd\x85e\x9bf", "a�b�c�d�e�f", 5),
        ("\ud83d\ude42 \ud800", "�� �", 3),
        ("a\ufeffb \u202e\u2028\u200b\ufffe", "a\ufeffb \u202e\u2028\u200b\ufffe", 0),
        ("👩‍👩‍👧\U0010ffff", "👩‍👩‍👧\U0010ffff", 0),
        ("", "", 0),
    ],
)
def test_a_text_is_stored_as_it_was_said(given_text: str, kept: str, replaced: int) -> None:
    assert as_stored(given_text) == (kept, replaced)


@given(ANY | HOSTILE)
def test_only_a_newline_of_two_signs_shortens_a_text(text: str) -> None:
    assert len(as_stored(text).text) == len(text) - text.count("\r\n")


@given(ANY | HOSTILE)
def test_nothing_but_newlines_and_controls_changes(text: str) -> None:
    unfolded = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, replaced = as_stored(text)
    changed = [
        (before, after) for before, after in zip(unfolded, kept, strict=True) if before != after
    ]
    assert len(changed) == replaced
    assert all(after == REPLACEMENT for _, after in changed)
    assert all(ord(before) < 160 or 0xD800 <= ord(before) < 0xE000 for before, _ in changed)
    assert not any(before in "\t\n" or " " <= before <= "~" for before, _ in changed)


@given(ANY | HOSTILE)
def test_storing_a_stored_text_changes_nothing(text: str) -> None:
    kept = as_stored(text).text
    assert as_stored(kept) == (kept, 0)
    kept.encode()


@given(RANGES, RANGES)
def test_overlap_is_mutual_and_means_a_shared_code_point(one: Range, other: Range) -> None:
    shared = set(range(*one)) & set(range(*other))
    if one.length and other.length:
        assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert set(range(*one.common(other))) == shared
    assert one.common(other).length >= 0


@given(RANGES, RANGES)
def test_a_range_holds_what_lies_inside(one: Range, other: Range) -> None:
    if other.length:
        assert one.holds(other) == (set(range(*other)) <= set(range(*one)))


@given(ANY, st.integers(0, 40), st.integers(0, 40))
def test_a_trimmed_stretch_holds_the_same_words(text: str, start: int, length: int) -> None:
    stretch = Range(min(start, len(text)), min(start + length, len(text)))
    within = trimmed(text, stretch)
    assert within.of(text) == stretch.of(text).strip()
    assert stretch.start <= within.start <= within.end <= stretch.end
    assert trimmed(text, within) == within


def test_white_space_trims_to_nothing() -> None:
    assert trimmed("a \n\t b", Range(1, 5)).length == 0


@given(st.lists(RANGES, max_size=8))
def test_united_ranges_hold_the_same_code_points_apart(ranges: list[Range]) -> None:
    joined = united(ranges)
    assert {at for each in joined for at in range(*each)} == {
        at for each in ranges for at in range(*each)
    }
    assert all(before.end < after.start for before, after in itertools.pairwise(joined))
    assert all(each.length > 0 for each in joined)
    assert united(joined) == joined


def test_touching_ranges_become_one() -> None:
    assert united([Range(5, 9), Range(1, 3), Range(3, 5)]) == [Range(1, 9)]


def test_fingerprints_are_sha_256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("") == empty
    assert words_hash("") == bytes.fromhex(empty)[:16]
    assert words_hash("é") != words_hash("e\u0301")
