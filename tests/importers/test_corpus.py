"""Real transcripts and answers: as many turns as their keepers counted."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from qualcode.domain.sources import TurnRole
from qualcode.interchange.files import take
from qualcode.interchange.importing import Draft, Wishes
from qualcode.interchange.plugins import importer_for


def drafts(path: Path, wishes: Wishes | None = None) -> list[Draft]:
    upload = take(path)
    return importer_for(upload).drafts(upload, wishes or Wishes())


def speakers(path: Path) -> Counter[str]:
    (draft,) = drafts(path)
    return Counter(turn.speaker for turn in draft.turns if turn.number)


def test_the_study_s_ten_transcripts_hold_172_turns_of_which_86_are_participants(
    shared: Path,
) -> None:
    made = [draft for path in shared.glob("corpus/osspc/*.txt") for draft in drafts(path)]
    turns = [turn for draft in made for turn in draft.turns]

    assert (len(made), len(turns), sum(turn.codable for turn in turns)) == (10, 172, 86)
    assert sum(turn.role is TurnRole.ADDED for turn in turns) == 86
    assert all(draft.findings == () for draft in made)


def test_kind_and_turns_of_every_transcript_are_as_listed(shared: Path) -> None:
    with (shared / "corpus" / "sources.csv").open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if row["file"].endswith(".txt")]
    found = {
        row["file"]: (draft.kind.value, str(len(draft.turns)))
        for row in listed
        for draft in drafts(shared / "corpus" / row["file"])
    }

    assert found == {row["file"]: (row["kind"].replace("_", " "), row["turns"]) for row in listed}


def test_the_study_s_survey_holds_27_answers_of_16_respondents(shared: Path) -> None:
    wishes = Wishes(id_column="pseudonym", text_columns=("open_*",))
    made = drafts(shared / "corpus" / "osspc" / "survey.csv", wishes)

    assert len(made) == 16
    assert sum(turn.codable for draft in made for turn in draft.turns) == 27


def test_printed_quotations_stand_in_the_turns_they_are_said_to(shared: Path) -> None:
    with (shared / "corpus" / "osspc_quotes.csv").open(encoding="utf-8") as file:
        quotes = [row for row in csv.DictReader(file) if row["file"].endswith(".txt")]
    wrong = []
    for row in quotes:
        if not row["char_start"]:
            continue
        (draft,) = drafts(shared / "corpus" / row["file"])
        start, end = int(row["char_start"]), int(row["char_end"])
        turn = next(turn for turn in draft.turns if turn.start <= start < turn.end)
        if not (turn.codable and end <= turn.end):
            wrong.append(row["file"])

    assert quotes
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "turns", "names"),
    [
        ("transcripts/qualcoder_bracket_ids.txt", 7, 3),
        ("transcripts/focus_group_no_colon_made_here.txt", 5, 3),
        ("transcripts/zoom_meeting001_chat.txt", 10, 5),
        ("docx/focus_group_no_colon_made_here.docx", 5, 3),
        ("docx/interview_table_made_here.docx", 3, 2),
        ("docx/teams_2026_layout_made_here.docx", 5, 2),
        ("docx/teams_2021_layout_made_here.docx", 3, 2),
        ("docx/qualcoder_ID1.docx", 3, 1),
        ("transcripts/teams_2022_voice_tags.vtt", 10, 2),
        ("transcripts/teams_2026_guid_cues_made_here.vtt", 2, 2),
        ("transcripts/zoom_meeting001_transcript.vtt", 34, 6),
        ("transcripts/whisper_bracket_speakers_scrambled.vtt", 42, 4),
        ("transcripts/noscribe_scrambled.vtt", 53, 4),
    ],
)
def test_turns_and_speakers_of_other_programs_are_found(
    shared: Path, name: str, turns: int, names: int
) -> None:
    found = speakers(shared / "samples" / name)

    assert (found.total(), len(found)) == (turns, names)
