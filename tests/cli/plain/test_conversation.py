"""The line mode does what is typed, says back what it did, and tells where one is."""

import io
from collections.abc import Callable

import pytest
from textual.binding import Binding

from qualcode.cli.plain.explaining import explained
from qualcode.cli.plain.grammar import parse
from qualcode.cli.plain.meanings import Bare
from qualcode.domain.codebook import Codebook
from qualcode.domain.text import Range
from qualcode.tui.desk.commands import COMMANDS
from qualcode.tui.widgets.transcript import Transcript
from tests.conftest import Qualcode

from .conftest import Content, Talk

Left = Callable[[], Content]
GO = "open FG1:2"
SIGNS = {
    "slash": "/",
    "minus": "-",
    "exclamation_mark": "!",
    "asterisk": "*",
    "equals_sign": "=",
    "question_mark": "?",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
}
ARROWS_AND_THE_LIKE = {
    "down", "up", "left", "right", "shift+left", "shift+right",
    "space", "pageup", "pagedown", "home", "end", "f1",
}  # fmt: skip


def test_it_opens_at_the_first_turn_left_and_tells_it(talk: Talk) -> None:
    said = talk.said("q")
    assert said[:2] == ["Choir, round r1. You code as a.", "? is the help, q leaves."]
    assert said[2:6] == [
        "Before it, INT, interviewer: How did you come to the choir?",
        "ANNA, turn 2 of 7. ANNA, participant. 4 left.",
        "My neighbour took me along. I said I could not sing, and she said nobody there could.",
        "Nothing of yours yet.",
    ]
    assert said[6:] == ["All is kept."]


def test_it_opens_where_the_coder_left_and_says_so(talk: Talk) -> None:
    talk.said("open FG1:5")
    welcome, _help, prompt, turn = talk.said("q")[1:5]
    assert welcome.startswith("Welcome back: where you left FG1, today at ")
    assert prompt == "Before it, INT, added: [added] And in public?"
    assert turn == "FG1, turn 5 of 6. CAT, participant. 4 left."


def test_it_tells_what_has_changed_meanwhile(talk: Talk) -> None:
    talk.said("open FG1:5", "2a")
    talk.study.done("code", "FG1:5", "1a", "--as", "a")
    talk.study.done("code", "FG1:5", "1b", "--as", "b")
    since = talk.said("q")[2]
    assert since == "Since then: 1 step of yours by command."


def test_a_code_goes_on_and_what_stands_there_is_told_in_sentences(talk: Talk) -> None:
    said = talk.said(GO, "z", "1b", '2b "in the bath"', "1a s1", "m 2b echo", "m dry", "! w1-2", "")
    assert (
        said[-10:-1]
        == [
            "FG1, turn 2 of 6. CAT, participant. 3 left.",
            "Only in the bath, where it echoes.",
            "1a CH1A Ways in on the whole turn.",
            "1b CH1B Reasons to stay on the whole turn.",
            "2b Low notes on “in the bath”.",
            "Flagged for the team: “Only in”.",
            "Memo on 2b Low notes: echo",
            "Memo: dry",
            "All is kept.",
        ][-9:]
        or said
    )


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["1b 2a"], [("CH1B", 30), ("CH2A", 30)]),
        (["1b n 2a"], [("CH1B", 30), ("CH2A", 71)]),
        (["reasons"], [("CH1B", 30)]),
        (["1b", "n", "r"], [("CH1B", 30), ("CH1B", 71)]),
        (["1b", "2a", "n", "R 2"], [("CH1B", 30), ("CH2A", 30), ("CH1B", 71)]),
        (["1b", "x"], []),
        (["1b 2a", "x 1b"], [("CH2A", 30)]),
        (["1b", "u"], []),
        (["1b", "u", "U"], [("CH1B", 30)]),
        (["1b", "-"], [("CH1B", 30)]),
    ],
)
def test_codes_go_on_and_come_off(
    talk: Talk, left: Left, lines: list[str], rows: list[tuple[str, int]]
) -> None:
    talk.said(GO, *lines)
    found = [(row[2], _start(row[3])) for row in left()]
    assert sorted(found) == sorted((label, start) for label, start in rows)


def _start(ranges: object) -> int:
    assert isinstance(ranges, tuple)
    (stretch,) = ranges
    assert isinstance(stretch, Range)
    return stretch.start


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('1a "THE BATH"', "the bath"),
        ("1a s2", "My daughter says that I hum the news."),
        ("1a s1-2", "I hum. My daughter says that I hum the news."),
        ("1a w1-2", "I hum"),
        ("1a w3", "My"),
    ],
)
def test_part_of_a_turn_is_named_by_words_or_numbers(talk: Talk, typed: str, words: str) -> None:
    turn = "FG1:2" if "BATH" in typed else "FG1:3"
    talk.said(f"open {turn}", typed)
    (shown,) = talk.study.asked("show", turn, "--as", "a")["turns"]
    (coded,) = shown["codings"]
    stretch = slice(coded["start"] - shown["start"], coded["end"] - shown["start"])
    assert shown["words"][stretch] == words


def test_words_that_occur_twice_are_shown_each_in_their_place(talk: Talk) -> None:
    sentence = talk.refused("open BEA:2", '1a "the bus back"')
    assert sentence == (
        "“the bus back” occurs 2 times in turn 2: “a week and every Tuesday. The bus back is "
        "the hard part, the bus back.”; “The bus back is the hard part, the bus back.”."
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("sing it", "“sing” is neither a command nor a code."),
        ('1a "the moon"', "“the moon” does not occur in turn 2."),
        ("1a s3", "Turn 2 has 1 sentence."),
        ("1a w7-2", "Turn 2 has 7 words."),
        ("x", "No code of yours is on this turn."),
        ("x 1b", "1b CH1B Reasons to stay is not on this turn."),
        ("e 1b w1", "1b CH1B Reasons to stay is not on this turn."),
        ("m 1b why", "1b CH1B Reasons to stay is not on this turn."),
        ("r", "You have not coded anything yet."),
        ("R 2", "You have not coded anything yet."),
        ("=", "Others under which code? No code is on this turn."),
        ("d", "There is no code here to define."),
        ("y 1a", "Nothing was searched for."),
        ("/ marzipan", "“marzipan” does not occur in FG1."),
        ("f speaker Zoe", "Nobody called “Zoe” speaks here."),
        ("f weather", "Turns cannot be filtered by “weather”."),
        ("f mine", "There is no turn here: coded by you."),
        ("g f", "There is no turn flagged for the team here."),
        ("g 9", "FG1 has no turn 9."),
        ("g l k k k", "This is the first turn to go to."),
        ("open FG9", "There is no source “FG9”."),
        ("open FG1:9", "FG1 has no turn 9."),
        ("u", "There is nothing of yours to undo."),
        ("c marzipan", "No code fits “marzipan”."),
        ("? marzipan", "There is nothing to say on “marzipan”."),
        ("h", '“h” selects on the screen. Here name the words: 1b "words", 1b s2-3, 1b w5-9.'),
        ("g 1 1b", "Turn 1 of FG1 is not a participant's words."),
        ("1b\ufffd", "A letter of this line could not be read; nothing was done."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    talk: Talk, typed: str, sentence: str
) -> None:
    assert talk.refused(GO, typed) == sentence


def test_a_line_of_which_a_part_is_not_understood_does_nothing_at_all(
    talk: Talk, left: Left
) -> None:
    said = talk(GO, "1b 1z", "n 1a foo", "q")
    assert said.status == 1
    assert left() == []


def test_a_refused_line_leaves_the_next_one_alone_unless_it_was_a_move(
    talk: Talk, left: Left
) -> None:
    assert talk(GO, "1z", "1b").status == 1
    assert [row[2] for row in left()] == ["CH1B"]
    said = talk("open FG9", "2a")
    assert said.status == 1
    assert [row[2] for row in left()] == ["CH1B"]
    assert "The script ends here: it was to go on elsewhere." in said.out


def test_the_same_code_twice_on_a_turn_is_told_apart_by_its_words(talk: Talk, left: Left) -> None:
    lines = ("open FG1:3", "1a s1", "1a s2")
    assert talk(*lines, "x 1a").err.startswith(
        "Which one? 1a CH1A Ways in on “I hum.”; 1a CH1A Ways in on “My daughter says that I hum"
    )
    talk.said("x 1a s2")
    assert [_start(row[3]) for row in left()] == [71]


def test_the_coding_on_just_these_words_is_meant_before_one_around_them(
    talk: Talk, left: Left
) -> None:
    talk.said(GO, "2b", '2b "bath"', 'x 2b "bath"')
    assert [_length(row[3]) for row in left()] == [34]


def test_another_extent_takes_the_memo_along(talk: Talk, left: Left) -> None:
    talk.said("open FG1:3", "1a s1", "m 1a why", "e 1a s2", "m coding 1a s2 because")
    coding, *memos = left()
    assert _start(coding[3]) == 78
    assert memos == [
        ("memo", "coding", "CH1A Ways in on FG1:78-115", "because"),
        ("memo", "coding", "CH1A Ways in on FG1:78-115", "why"),
    ]


def test_a_memo_hangs_on_turn_part_source_code_and_project(talk: Talk, left: Left) -> None:
    talk.said(
        GO, "m one", 'm "bath" two', "m source three", "m code 1b four", "m project five",
        "m turn source?", "m", "first", "second.", ".",
    )  # fmt: skip
    assert left() == [
        ("memo", "code", "CH1B Reasons to stay", "four"),
        ("memo", "project", "the project", "five"),
        ("memo", "segment", "FG1:2", "first\nsecond."),
        ("memo", "segment", "FG1:2", "one"),
        ("memo", "segment", "FG1:2", "source?"),
        ("memo", "segment", "FG1:42-46", "two"),
        ("memo", "source", "FG1", "three"),
    ]


def test_an_empty_memo_is_not_written_and_one_at_the_end_of_the_input_is(
    talk: Talk, left: Left
) -> None:
    assert "Nothing was written." in talk.said("m", ".")
    assert left() == []
    talk.said("m", "half a thought")
    assert [row[3] for row in left()] == ["half a thought"]


def test_flags_and_proposals_come_and_go(talk: Talk, left: Left) -> None:
    said = talk.said(GO, "!", '* "bath"', 'i "in the bath"', "i as Echo", "!")
    assert "Flagged for the team." in said
    assert "Flag taken away." in said
    assert [row[:3] for row in left()] == [
        ("flag", "FG1", "quotable"),
        ("proposal", "FG1", "Echo"),
        ("proposal", "FG1", "in the bath"),
    ]


def test_a_name_that_is_not_found_is_proposed_and_by_the_lead_made(talk: Talk, left: Left) -> None:
    offers = {"a": "i as marzipan proposes it", "lead": "create marzipan makes it one"}
    for who, offer in offers.items():
        assert offer in talk(GO, "c marzipan", who=who).err
    assert "c marzipan says how to make it one" in talk(GO, "marzipan").err
    assert talk.refused(GO, "create marzipan") == (
        "Only the lead makes codes while coding; you are a."
    )
    assert talk.refused(GO, "create") == "Make which code?"
    assert left() == []
    said = talk.said(GO, "create marzipan", 'create "bath"', 'create "bath" as Soap', who="lead")
    added = [line for line in said if "a new code" in line]
    back = "u takes the coding off; the code stays: codebook undo."
    part = "in part “Coming and staying”"
    assert added == [
        f"Put on CH1C marzipan: a new code, 1c, {part} (codebook 2). {back}",
        f"Put on CH1D bath on 1 word: a new code, 1d, {part} (codebook 3). {back}",
        f"Put on CH1E Soap on 1 word: a new code, 1e, {part} (codebook 4). {back}",
    ]


def test_another_wording_is_proposed_by_the_command_line(talk: Talk) -> None:
    typed = ': codebook propose --reword 1b --set when="What they say of cake" --because "often"'
    said = talk.said(GO, typed, "u")
    waits = "It waits for the next codebook; round r1 keeps version 1."
    assert said[-3:-1] == [
        f"Proposed: another wording of CH1B Reasons to stay. {waits}",
        "Undone: proposed another wording of CH1B Reasons to stay",
    ]


def test_next_ends_with_an_offer_that_enter_takes(talk: Talk) -> None:
    said = talk.said("open BEA:2", "z", "- n", "- n", "- n", "")
    offer = said.index("BEA done: 3 of 3 turns. Next of yours: FG1, 4 left. Enter opens it.")
    assert said[offer + 1] == "FG1, turn 2 of 6. CAT, participant. 4 left."


def test_enter_takes_the_offer_only_right_after_it(talk: Talk) -> None:
    said = talk.said("open BEA:2", "- n - n - n", "1b", "", "sources")
    assert "BEA: done, 1 coding. You are here." in said


def test_it_says_when_all_is_done(talk: Talk) -> None:
    for name in ("ANNA", "BEA", "FG1", "Emil", "Fay", "Gus"):
        talk.study.done("read", name, "--as", "a")
    assert "That was the last of yours: all done. q leaves." in talk.said("n")[-2]


def test_a_search_is_gone_through_and_coded_only_where_yes_was_said(talk: Talk, left: Left) -> None:
    said = talk.said("open ANNA", "z", "/ the tea", "n", "n", "y 1b", "n", "yes")
    hits = [line for line in said if line.startswith("Hit ")]
    assert [line[:11] for line in hits] == ["Hit 1 of 2:", "Hit 2 of 2:", "Hit 1 of 2:"]
    assert said[-2] == "1 coded through the search, 1 not."
    (row,) = left()
    assert (row[2], row[4]) == ("CH1B", "through a search")
    words = "The tea, honestly. And the low notes in the old hall."
    assert words in said


@pytest.mark.parametrize(
    ("unit", "stretches"),
    [("", ["I would go in the snow. I have gone in the snow."]), (" s", 2), (" w", 2)],
)
def test_hits_are_coded_as_turn_sentence_or_words(
    talk: Talk, left: Left, unit: str, stretches: list[str] | int
) -> None:
    count = stretches if isinstance(stretches, int) else len(stretches)
    talk.said("open ANNA", "/ snow", f"all 2a{unit}", *("y" * count))
    lengths = [_length(row[3]) for row in left()]
    assert lengths == {"": [48], " s": [23, 24], " w": [4, 4]}[unit]


def _length(ranges: object) -> int:
    assert isinstance(ranges, tuple)
    return sum(stretch.length for stretch in ranges)


def test_what_bears_the_code_already_is_not_asked_about(talk: Talk) -> None:
    said = talk.said("open ANNA", "/ the tea", "all 1b", "y", "q", "all 1b", "q")
    assert "1b CH1B Reasons to stay: on the whole turn already." in said
    assert said[-2] == "0 coded through the search, 2 not."


def test_coding_hits_stops_at_the_end_of_the_input(talk: Talk, left: Left) -> None:
    said = talk.said("open ANNA", "/ the tea", "all 1b")
    assert said[-2] == "0 coded through the search, 2 not."
    assert left() == []


def test_a_filter_leaves_one_speaker_and_says_what_is_left_out(talk: Talk) -> None:
    said = talk.said(GO, "z", "f speaker dov", "j", "F", "k")
    assert "2 turns shown: DOV. j and k go through them, F shows all." in said
    first = said.index("FG1, turn 3 of 6. DOV, participant. 4 left.")
    after = said.index("FG1, turn 6 of 6. DOV, participant. 4 left.")
    assert said[after - 1] == "2 turns between not shown."
    assert first < after < said.index("FG1, turn 5 of 6. CAT, participant. 4 left.")


def test_other_filters_follow_what_is_on_the_desk(talk: Talk) -> None:
    said = talk.said(GO, "1a", "f mine", "f code 1a", "f left", "f role interviewer", "f", "F")
    shown = [line for line in said if " shown: " in line]
    assert [line.split(".")[0] for line in shown] == [
        "1 turn shown: coded by you",
        "1 turn shown: CH1A Ways in",
        "3 turns shown: left to do",
        "1 turn shown: role interviewer",
    ]


def test_going_to_flags_memos_and_back(talk: Talk) -> None:
    said = talk.said("open FG1:5", "! m why", GO, "z", "g f", "g l", "g m", "g u")
    turns = [line.split(".")[0] for line in said if line.startswith("FG1, turn")]
    assert turns[-4:] == [f"FG1, turn {number} of 6" for number in (5, 2, 5, 6)]


def test_what_is_only_looked_at_changes_nothing(talk: Talk, left: Left) -> None:
    said = talk.said(
        GO, "s", "w", "w1-2", "d 1b", "c coming", "codes", "sources", "=1b", "R", "?", "? x"
    )
    assert "s1: Only in the bath, where it echoes." in said
    assert "w1 Only, w2 in, w3 the, w4 bath, w5 where, w6 it, w7 echoes" in said
    assert "Only in" in said
    assert "When to use: Use it for the first evenings too." not in said
    assert "1b CH1B Reasons to stay: What keeps somebody coming." in said
    assert "Part 2: The evening itself." in said
    assert "FG1: 4 of 4 turns left, 0 codings. You are here." in said
    assert "There is no passage under 1b CH1B Reasons to stay yet." in said
    assert f"x: {explained('x')}" in said
    assert left() == []


def test_a_definition_is_told_in_words(talk: Talk) -> None:
    said = talk.said("d 1a")
    assert said[-8:-1] == [
        "Code: CH1A Ways in, key 1a",
        "Brief definition: How somebody first came to the choir.",
        "When to use: Use it for the first evenings too.",
        "When not to use: Leave it off for reasons to stay.",
        "Example: no example recorded",
        "Part: 1 Coming and staying",
        "Origin: a priori",
    ]


def test_who_proposed_a_code_is_told_with_its_definition(talk: Talk) -> None:
    talk.study.done("codebook", "propose", "--new", "Tea", "--as", "a")
    (proposal,) = talk.study.asked("codebook", "proposals")
    talk.study.done(
        "codebook", "decide", proposal["name"], "--accept", "--key", "1z", "--part", "1"
    )
    talk.study.done("round", "update", "r1")
    assert "Proposed by: a" in talk.said("d 1z")


def test_the_words_of_an_example_are_told_to_who_may_see_them(talk: Talk) -> None:
    talk.said("open FG1:2", "1a")
    quotation = talk.study.asked("quotes", "1a", "--layer", "a", "--as", "a")["quotations"][0]
    talk.study.done("codebook", "edit", "1a", "--add", f"examples={quotation['id']}")
    talk.study.done("round", "update", "r1")
    told = f"Example: {quotation['id']}"
    assert f"{told} “{quotation['words']}”" in talk.said("d 1a")
    assert told in talk.said("d 1a", who="b")


def test_other_passages_come_newest_first(talk: Talk) -> None:
    said = talk.said("open FG1:2", "1b", "open FG1:5", "1b", "= 1b")
    assert [line.split(",")[0] for line in said[-3:-1]] == ["FG1:5", "FG1:2"]


def test_any_command_can_be_carried_out(talk: Talk, left: Left) -> None:
    said = talk.said(GO, ": code FG1:2 1b", "", ": coder list", ": --plain", ": demo", ':code "x')
    assert "+ CH1B Reasons to stay on FG1:2" in said
    assert "1b CH1B Reasons to stay on the whole turn." in said
    assert "b  coder" in said
    assert "A quotation mark is not closed." in said
    assert "That opens the screens; leave the line mode first." in said
    assert len(left()) == 1


def test_what_a_colleague_does_in_a_blind_round_is_not_told(talk: Talk) -> None:
    alone = talk.said(GO, "=1b", "R", "codes", "g l", "sources")
    talk.study.done("code", "FG1:2", "1b", "--as", "b")
    talk.study.done("memo", "FG1:2", "Zanzibar", "--as", "b")
    again = talk.said(GO, "=1b", "R", "codes", "g l", "sources")
    assert [line for line in again if not line.startswith("Welcome back")] == alone


def test_a_round_that_is_frozen_meanwhile_refuses_in_a_sentence(talk: Talk, left: Left) -> None:
    talk.study.done("round", "freeze", "r1")
    said = talk(GO, "1b", "!")
    assert said.err.count("Round r1 is frozen: its codings no longer change.") == 2
    assert left() == []


def test_words_that_could_act_on_a_terminal_are_shown_as_signs(talk: Talk) -> None:
    said = talk(GO, "m \u202eeht [red]", "")
    assert "\u202e" not in said.out
    assert "Memo: ⟦eht [red]" in said.out
    assert "\x1b" not in said.out


def test_who_codes_must_be_said_in_a_script(
    study: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert study("--plain").sentence == "Who codes? The project knows lead, a, b."


def test_it_stands_without_a_verb(study: Qualcode) -> None:
    said = study("--plain", "status")
    assert said.status == 2
    assert "--plain opens the line mode" in said.err


def test_a_study_without_sources_says_how_to_begin(
    qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualcode.done("init", "--lead", "a")
    said = Talk(qualcode, monkeypatch)("1b")
    assert said.sentence == "There is nothing for a to code in round free."
    assert said.status == 12


def test_every_key_of_the_screen_has_its_word_here() -> None:
    keys = {key for command in COMMANDS for key in command.key.split(",")}
    bindings = [each for each in Transcript.BINDINGS if isinstance(each, Binding)]
    keys |= {key for binding in bindings for key in binding.key.split(",")}
    assert len(bindings) == len(Transcript.BINDINGS)
    letters = {SIGNS.get(key, key) for key in keys - ARROWS_AND_THE_LIKE}
    assert {letter for letter in letters if not explained(letter)} == set()


def test_every_word_is_explained() -> None:
    assert {bare for bare in Bare if not explained(bare.value)} == set()
    assert parse("codes", Codebook(1)) == (Bare.CODEBOOK,)


def test_a_code_that_came_later_says_with_which_version(study: Qualcode, talk: Talk) -> None:
    study.done("codebook", "add", "Nerves", "--part", "1")
    assert talk.refused("open FG1:2", "1c") == (
        "“1c” came with version 2; round r1 goes by version 1."
    )
