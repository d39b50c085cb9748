import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.sources import TurnRole
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode_importers.webvtt import WebVttImporter


def draft(*cues: str, head: str = "WEBVTT") -> Draft:
    """Make a transcript of cues, a second each, four seconds apart."""
    blocks = [
        cue
        if "-->" in cue or cue.startswith(("NOTE", "STYLE"))
        else f"00:{4 * place:02}.000 --> 00:{4 * place + 1:02}.500\n{cue}"
        for place, cue in enumerate(cues)
    ]
    data = "\n\n".join([head, *blocks]).encode()
    (made,) = WebVttImporter().drafts(Upload("talk.vtt", data), Wishes())
    return made


def said(made: Draft) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.range.of(made.text)) for turn in made.turns]


def test_successive_cues_of_a_speaker_are_one_turn_with_its_times() -> None:
    made = draft("<v Ada>One", "<v Ada>two</v>", "<v Ben>Three\nfour")

    assert made.text == "Ada: One two\n\nBen: Three four"
    assert [(turn.number, turn.started_ms, turn.ended_ms) for turn in made.turns] == [
        (1, 0, 5500),
        (2, 8000, 9500),
    ]
    assert said(made) == [("Ada", "One two"), ("Ben", "Three four")]


def test_tags_go_and_entities_are_read() -> None:
    made = draft("<v.loud Lee, Ada (Ward)>Salt &amp; <b>pepper</b>, 1 &lt; 2 <00:00:01.000>now</v>")

    assert said(made) == [("Lee, Ada (Ward)", "Salt & pepper, 1 < 2 now")]


def test_what_only_looks_like_a_tag_stays() -> None:
    made = draft("<v Ada>[laughter] I <3 it, a <b unclosed")

    assert said(made) == [("Ada", "[laughter] I <3 it, a <b unclosed")]


def test_two_voices_in_a_cue_are_two_turns() -> None:
    made = draft("mm <v Ada>One</v> <v //Ben>two</v>")

    assert said(made) == [("Unknown", "mm"), ("Ada", "One"), ("Ben", "two")]
    assert [finding.kind for finding in made.findings] == ["speaker"]


@pytest.mark.parametrize("written", ["{}: {}", "[{}]: {}"])
def test_names_before_the_words_are_speakers(written: str) -> None:
    pairs = [("Ada Lee", "one"), ("Ben Fox", "two"), ("Ada Lee", "three"), ("Ben Fox", "four")]
    made = draft(*(written.format(*pair) for pair in pairs), "and on: it goes")

    assert said(made) == [*pairs, ("Unknown", "and on: it goes")]


def test_a_cue_without_a_name_is_put_into_nobody_s_mouth() -> None:
    made = draft("<v Ada>One", "two", "<v Ada>three")

    assert [speaker for speaker, _ in said(made)] == ["Ada", "Unknown", "Ada"]


def test_where_nobody_is_named_a_pause_after_a_sentence_parts_turns() -> None:
    made = draft(
        "00:00.000 --> 00:01.000\nOne",
        "00:09.000 --> 00:10.000\ntwo.",
        "00:12.000 --> 00:13.000\nThree.",
        "00:19.000 --> 00:20.000\nFour.",
    )

    assert said(made) == [("Unknown", "One two. Three."), ("Unknown", "Four.")]


def test_interviewers_are_known_by_their_label() -> None:
    roles = [turn.role for turn in draft("<v Interviewer 1>So?", "<v P1>Well.").turns]

    assert roles == [TurnRole.INTERVIEWER, TurnRole.PARTICIPANT]


def test_ids_notes_settings_and_short_times_are_no_words() -> None:
    made = draft(
        "NOTE Confidence: 0.9",
        "5-0/guid\n0:0:1.5 --> 0:0:2.25 align:start\n<v Ada>One",
        "STYLE\n::cue {}",
        head="\ufeffWEBVTT Talk",
    )

    assert made.text == "Ada: One"
    assert (made.turns[0].started_ms, made.turns[0].ended_ms) == (1500, 2250)


def test_cues_with_unreadable_times_are_counted() -> None:
    made = draft("xx --> 00:03.000\nlost", "<v Ada>kept")

    assert made.text == "Ada: kept"
    assert made.findings[0].sentence == "1 cue has no readable times; the words were left out."


def test_an_end_before_its_start_becomes_the_start() -> None:
    made = draft("00:09.000 --> 00:01.000\n<v Ada>back")

    assert (made.turns[0].started_ms, made.turns[0].ended_ms) == (9000, 9000)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"00:01.000 --> 00:02.000\nhello", "no WEBVTT line at its top"),
        (b"WEBVTT\n\nNOTE nothing", "holds no words"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada></v>", "holds no words"),
    ],
)
def test_what_is_no_transcript_is_refused(data: bytes, trouble: str) -> None:
    with pytest.raises(ImportRefusedError, match=trouble):
        WebVttImporter().drafts(Upload("talk.vtt", data), Wishes())


def test_twenty_thousand_unclosed_tags_are_words() -> None:
    assert draft("<v Ada>" + "<v x" * 20_000).turns[0].speaker == "Ada"
