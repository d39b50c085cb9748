import pytest

from qualcode.domain.sources import TurnRole
from qualcode.interchange.labels import (
    Style,
    candidates,
    clock_ms,
    identifies,
    lines,
    may_name,
    role_of,
    shape,
)


def names(text: str, style: Style) -> list[str]:
    return [label.name for label in candidates(text, lines(text, 0))[style]]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("FG4: we meet", "FG4", "we meet"),
        ("NM  : yes", "NM", "yes"),
        ("  Anna Lee: yes", "Anna Lee", "yes"),
        ("**Ben:** yes", "Ben", "yes"),
        ("**Ben**: yes", "Ben", "yes"),
        ("[Guest 2]: yes", "Guest 2", "yes"),
        ("[00:01:02] S00: yes", "S00", "yes"),
        ("S00: [00:00:12] yes", "S00", "yes"),
        ("Speaker 1 (00:12): yes", "Speaker 1", "yes"),
        ("00:21:14\tAda:\tyes", "Ada", "yes"),
        ("7  Dan: yes", "Dan", "yes"),
        ("P1:yes", "P1", "yes"),
        ("采访者：好", "采访者", "好"),
        ("O'Brien, J. (he/him): yes", "O'Brien, J. (he/him)", "yes"),
    ],
)
def test_a_label_with_a_colon_is_parted_from_the_words(line: str, name: str, words: str) -> None:
    label = candidates(line, lines(line, 0))[Style.COLON][0]

    assert label.name == name
    assert line[label.words :].strip() == words


@pytest.mark.parametrize(
    "line",
    [
        "http://example.org is a page",
        "we meet at 10:30 I think",
        "[laughter] so: yes",
        "one two three four five six: too many words",
        "x" * 41 + ": too long",
        "What? No: yes",
        "C:\\folder",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    assert names(line, Style.COLON) == []


@pytest.mark.parametrize(
    ("clock", "milliseconds"),
    [("0:03", 3000), ("1:02:45", 3765000), ("00:00:12.5", 12500), ("0:0:6,110", 6110)],
)
def test_a_time_is_read_in_milliseconds(clock: str, milliseconds: int) -> None:
    assert clock_ms(clock) == milliseconds


@pytest.mark.parametrize(
    "speaker",
    [
        "I", "INT", "Int2", "Interviewer", "interviewer 1", "MOD", "Moderator", "Facilitator",
        "Q", "Researcher 2", "RES", "Ada (Interviewer)", "Interviewer (Ada)", "Co-Moderator",
    ],
)  # fmt: skip
def test_those_who_ask_are_interviewers(speaker: str) -> None:
    assert role_of(speaker) is TurnRole.INTERVIEWER


@pytest.mark.parametrize("speaker", ["R5", "P01", "Anna", "FG4", "Interviewee", "A", "Ivo", ""])
def test_those_who_answer_are_participants(speaker: str) -> None:
    assert role_of(speaker) is TurnRole.PARTICIPANT


def test_identifiers_names_and_words_that_open_lists_are_told_apart() -> None:
    assert all(map(identifies, ["FG4", "P01", "r5", "NM", "FG2a", "S-12", "Guest 2"]))
    assert not any(map(identifies, ["Anna", "NB", "NOTE", "COVID-19", "well"]))
    assert may_name("Anna")
    assert not any(map(may_name, ["well then", "First", "Note", "So"]))


def test_labels_of_one_kind_have_one_shape() -> None:
    assert shape("Anna McLee") == shape("Ben Fox") != shape("Cleo")
    assert shape("P01") == shape("P7") != shape("P")


def test_a_long_line_is_looked_at_in_its_beginning_only() -> None:
    text = "a " * 1_000_000 + ": b"

    assert not any(candidates(text, lines(text, 0)).values())
