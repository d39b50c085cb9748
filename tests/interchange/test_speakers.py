from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.sources import SourceKind, TurnRole
from qualcode.domain.text import Range, as_stored, trimmed
from qualcode.interchange.speakers import Marks, Talk, header, kind, talk

Told = list[tuple[int, str, str]]


def told(text: str, marks: Marks | None = None) -> Told:
    """Give number, speaker and words of each turn."""
    return [(turn.number, turn.speaker, turn.range.of(text)) for turn in talk(text, marks).turns]


def roles(text: str) -> list[str]:
    return [turn.role.value for turn in talk(text).turns]


def test_turns_hold_the_words_without_labels_and_white_space() -> None:
    text = "INT:  How was it?  \n\nP1: Fine.\nMostly.\n\n\nINT: And then?\n"

    assert told(text) == [
        (1, "INT", "How was it?"),
        (2, "P1", "Fine.\nMostly."),
        (3, "INT", "And then?"),
    ]
    assert roles(text) == ["interviewer", "participant", "interviewer"]


def test_two_lines_are_a_transcript() -> None:
    assert told("Interviewer: How are you?\nP01: Fine.") == [
        (1, "Interviewer", "How are you?"),
        (2, "P01", "Fine."),
    ]


@pytest.mark.parametrize("label", ["Interviewer", "P01", "FG4", "NM", "r5", "Respondent 3"])
def test_one_label_is_enough_where_it_looks_like_one(label: str) -> None:
    assert told(f"{label}: hello\n") == [(1, label, "hello")]


def test_a_turn_goes_on_over_empty_lines() -> None:
    text = "I: Well?\n\nAnna: One.\n\nTwo.\n\nI: Yes?\n\nAnna: Three."

    assert told(text)[1] == (2, "Anna", "One.\n\nTwo.")


def test_header_lines_belong_to_no_turn() -> None:
    text = "# source: FG1\n# kind: focus group\n\nINT: a\n\nFG1: b\n"

    assert told(text) == [(1, "INT", "a"), (2, "FG1", "b")]
    assert header(text).of(text) == "# source: FG1\n# kind: focus group\n\n"


def test_an_indented_first_line_is_no_header() -> None:
    assert told("\n   INT: a\nP1: b")[0] == (1, "INT", "a")
    assert header("   words\nmore").length == 0


def test_only_the_first_few_doubtful_labels_are_listed() -> None:
    text = "\n".join(f"K{chr(97 + place)}: word" for place in range(26))

    sentences = [finding.sentence for finding in talk(text).findings]
    assert len(sentences) == 6
    assert sentences[-1] == "21 more labels could be judged otherwise."


def test_words_added_afterwards_have_a_role_of_their_own() -> None:
    text = "INT: [added] Go on.\n\nP1: [laughter] yes\n\nINT: Yes?"

    assert roles(text) == ["added", "participant", "interviewer"]


def test_headings_have_no_number_and_the_speaker_goes_on_below() -> None:
    text = "I: One?\n\nAnna: Two.\n\n## Part two\n\nThree.\n\nI: Four?\n\nAnna: Five."

    assert told(text) == [
        (1, "I", "One?"),
        (2, "Anna", "Two."),
        (0, "", "## Part two"),
        (3, "Anna", "Three."),
        (4, "I", "Four?"),
        (5, "Anna", "Five."),
    ]


def test_what_stands_before_the_first_label_is_a_note() -> None:
    text = "Recorded in the kitchen.\nDoor open.\n\nINT: Well?\n\nP1: Yes."

    assert told(text)[0] == (0, "", "Recorded in the kitchen.\nDoor open.")
    assert roles(text)[0] == "note"


def test_without_labels_each_paragraph_is_a_turn_of_nobody_named() -> None:
    text = "We met at noon.\nIt rained.\n\nThen the bus came: late.\n"

    assert told(text) == [
        (1, "", "We met at noon.\nIt rained."),
        (2, "", "Then the bus came: late."),
    ]
    assert not talk(text).labelled


def test_where_only_interviewers_are_labelled_other_paragraphs_are_participants() -> None:
    text = "MODERATOR: Please begin.\n\nI click here.\n\nNow there.\n\nMODERATOR: Why?\n\nBecause."
    found = talk(text)

    assert [turn.speaker for turn in found.turns] == ["MODERATOR", "", "", "MODERATOR", ""]
    assert [finding.kind for finding in found.findings] == ["speaker"]


def test_a_name_said_once_among_names_is_a_speaker_and_a_finding() -> None:
    text = "Anna: a\nBen: b\nAnna: c\nBen: d\nCleo: e\nFirst: f\nAnna: g"
    found = talk(text)

    assert [turn.speaker for turn in found.turns] == ["Anna", "Ben", "Anna", "Ben", "Cleo", "Anna"]
    assert [(one.sentence, one.place) for one in found.findings] == [
        ("“Cleo” was taken for a speaker who speaks once.", "line 5")
    ]


def test_words_before_a_colon_that_do_not_recur_are_words() -> None:
    text = "INT: Well?\n\nP1: It says:\nPlease note: closed.\nand the rest: that.\n\nINT: So?"

    assert [turn.speaker for turn in talk(text).turns] == ["INT", "P1", "INT"]


def test_a_lone_abbreviation_in_a_report_makes_no_transcript_of_it() -> None:
    text = "\n\n".join([*["A plain paragraph of a report."] * 30, "NHS: the health service."])

    assert not talk(text).labelled


def test_a_speaker_typed_in_two_ways_is_one() -> None:
    text = "FG2A: one\n\nINT: two\n\nFG2a: three"

    assert {turn.speaker for turn in talk(text).turns} == {"FG2A", "INT"}


def test_names_that_all_lines_open_with_are_speakers() -> None:
    assert [turn.speaker for turn in talk("Anna: hello\nBen: hi").turns] == ["Anna", "Ben"]


MANNERS = {
    "no colon": "Q What now?\nR5 We wait. A bus.\nR2 Same here.\nQ And then?\nR5 Home.",
    "brackets": "[q1] What now?\n[r5] We wait.\n[r2] Same here.\n[q1] And then?\n[r5] Home.",
    "tabs": "Q\tWhat now?\nR5\tWe wait.\nR2\tSame here.\nQ\tAnd then?\nR5\tHome.",
    "stars": "**Ada:** Hm?\n\n**Ben:** We wait.\n\n**R2:** Same.\n\n**Ada:** So?\n\n**Ben:** Home.",
    "headings": "## Ada\nWhat?\n\n## Ben\nBus.\n\n## Cleo\nSame.\n\n## Ada\nAnd?\n\n## Ben\nHome.",
    "name and time": """
Ada  0:03
What now?

R 5 (Guest)  0:11
We wait.

R 2  0:15
Same here.

Ada  0:20
And then?

R 5 (Guest)  1:02:03
Home.
""",
    "time and name": """
00:00:03 Ada
What now?
00:00:11 Ben
We wait.
00:00:12 R2
Same here.
00:00:13 Ada
And then?
00:00:20 Ben
Home.
""",
    "spans": """
0:0:0.0 --> 0:0:1.5
Ada
What now?

0:0:2.0 --> 0:0:3.0
Ben
We wait.

0:0:4.0 --> 0:0:5.0
R2
Same here.

0:0:6.0 --> 0:0:7.0
Ada
And then?

0:0:8.0 --> 0:0:9.0
Ben
Home.
""",
}


@pytest.mark.parametrize("text", MANNERS.values(), ids=MANNERS)
def test_five_turns_are_found_in_every_manner_of_writing(text: str) -> None:
    found = talk(text)

    assert found.labelled
    assert [turn.number for turn in found.turns] == [1, 2, 3, 4, 5]
    assert len({turn.speaker for turn in found.turns}) == 3
    assert found.turns[4].range.of(text) == "Home."


def test_times_beside_labels_are_kept_in_milliseconds() -> None:
    text = "[00:00:05] I: One?\n\nP1 (01:10): Two.\n\n00:02:00\nI: Three?\n\nP1: [3:00] Four."
    found = talk(text)

    assert [turn.started_ms for turn in found.turns] == [5000, 70000, 120000, 180000]
    assert found.turns[1].range.of(text) == "Two."
    assert found.turns[3].range.of(text) == "Four."


def test_spans_of_time_give_beginning_and_end() -> None:
    text = "0:0:1.5 --> 0:0:2.25\nAda\nHello.\n\n0:0:3.0 --> 0:0:4.0\nAda\nHello?"

    assert [(turn.started_ms, turn.ended_ms) for turn in talk(text).turns] == [
        (1500, 2250),
        (3000, 4000),
    ]


def test_a_word_processor_may_say_what_is_a_heading_a_note_a_paragraph_or_a_label() -> None:
    text = "Kitchen\nAda hello\nBen hi\nAda bye\n[note 1] rain"
    marks = Marks(
        paragraphs=frozenset({0, 8, 18, 25, 33}),
        headings=(Range(0, 7),),
        notes=(Range(33, 46),),
        bold=(Range(8, 11), Range(18, 21), Range(25, 28)),
    )

    assert told(text, marks) == [
        (0, "", "Kitchen"),
        (1, "Ada", "hello"),
        (2, "Ben", "hi"),
        (3, "Ada", "bye"),
        (0, "", "[note 1] rain"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "labelled", "expected"),
    [
        ("P1", "# kind: focus group\n\nI: a", True, SourceKind.FOCUS_GROUP),
        ("P1", "# kind: field_notes\n\nrain", False, SourceKind.FIELD_NOTES),
        ("x", "# study: S (focus group of nurses)\n\nI: a", True, SourceKind.FOCUS_GROUP),
        ("FG4", "I: a", True, SourceKind.FOCUS_GROUP),
        ("fg-north", "I: a", True, SourceKind.FOCUS_GROUP),
        ("fgm report", "words", False, SourceKind.DOCUMENT),
        ("P1", "I: we spoke of a focus group", True, SourceKind.INTERVIEW),
        ("notes", "rain", False, SourceKind.DOCUMENT),
    ],
)
def test_header_name_and_labels_tell_the_kind_of_source(
    name: str, text: str, expected: SourceKind, *, labelled: bool
) -> None:
    assert kind(name, text, labelled=labelled) is expected


def _is_well_formed(found: Talk, text: str) -> bool:
    spoken = [turn for turn in found.turns if turn.role not in (TurnRole.HEADING, TurnRole.NOTE)]
    ends = [0, *(turn.end for turn in found.turns)]
    return (
        [turn.number for turn in spoken] == list(range(1, len(spoken) + 1))
        and all(turn.number == 0 for turn in found.turns if turn not in spoken)
        and all(before <= turn.start for before, turn in zip(ends, found.turns, strict=False))
        and all(trimmed(text, turn.range) == turn.range for turn in found.turns)
        and all(0 <= turn.start < turn.end <= len(text) for turn in found.turns)
    )


_PIECES = st.sampled_from(
    ["INT", "P1", "Anna", ":", " ", "  ", "\n", "\n\n", "\t", "0:03", "[", "]", "(", ")", "**",
     "#", "## ", "[added]", "words", ".", "-->", "00:00:01", "Q", "\u2028", "é", "：", "12"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_turns_ascend_lie_inside_and_are_numbered_whatever_the_text(text: str) -> None:
    stored = as_stored(text).text

    assert _is_well_formed(talk(stored), stored)


@given(st.lists(st.sampled_from(["INT", "Anna", "Ben"]), min_size=2, max_size=12))
def test_every_word_after_the_first_label_is_in_a_turn(speakers: list[str]) -> None:
    text = "\n".join(f"{name}: word{place} and more" for place, name in enumerate(speakers))
    found = talk(text)

    assert [turn.speaker for turn in found.turns] == speakers
    assert [turn.range.of(text) for turn in found.turns] == [
        f"word{place} and more" for place in range(len(speakers))
    ]


@pytest.mark.parametrize(
    "line",
    ["a" + " " * 118 + "x", "*" * 130, "1 " * 65, "A" * 40 + " " * 40 + "[", "[" * 130, "#" * 130],
)
def test_lines_made_to_mislead_take_no_longer_the_more_they_are(
    line: str,
) -> None:
    text = "\n".join([line] * 2000)

    assert not talk(text).labelled


def _many(count: int) -> str:
    return "".join(f"P{place % 30:02}: line {place}\n" for place in range(count))


@pytest.mark.parametrize(
    ("make", "turns"), [(lambda: "word " * 400_000, 1), (lambda: _many(20_000), 20_000)]
)
def test_long_lines_and_many_lines_are_cut(make: Callable[[], str], turns: int) -> None:
    assert len(talk(make()).turns) == turns
