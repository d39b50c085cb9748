import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.sources import SourceKind, TurnRole
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode_importers.survey import SurveyImporter

TABLE = """id,Age,E-mail,open_1,open_2
Ada,41,a@example.org,"One
line more",Two
Ben,39,b@example.org,, Three \n
Cy,40,c@example.org,,
"""


def drafts(
    words: str = TABLE,
    id_column: str | None = "id",
    text: tuple[str, ...] = ("open_*",),
) -> list[Draft]:
    wishes = Wishes(id_column=id_column, text_columns=text)
    return SurveyImporter().drafts(Upload("answers.csv", words.encode()), wishes)


def refusal(words: str = TABLE, **wishes: str) -> ImportRefusedError:
    with pytest.raises(ImportRefusedError) as caught:
        drafts(words, wishes.get("id"), tuple(wishes.get("text", "").split()))
    return caught.value


def test_each_respondent_with_an_answer_is_a_source() -> None:
    ada, ben = drafts()

    assert (ada.name, ada.kind, ada.encoding) == ("Ada", SourceKind.SURVEY, "utf-8")
    assert ada.text == "open_1\n\nOne\nline more\n\nopen_2\n\nTwo"
    assert ben.text == "open_2\n\n Three "


def test_answers_are_numbered_and_headings_are_not() -> None:
    ada, ben = drafts()

    assert [(turn.number, turn.role, turn.speaker) for turn in ada.turns] == [
        (0, TurnRole.HEADING, ""),
        (1, TurnRole.PARTICIPANT, "Ada"),
        (0, TurnRole.HEADING, ""),
        (2, TurnRole.PARTICIPANT, "Ada"),
    ]
    assert [turn.range.of(ada.text) for turn in ada.turns] == [
        "open_1",
        "One\nline more",
        "open_2",
        "Two",
    ]
    assert ben.turns[1].range.of(ben.text) == "Three"


def test_other_columns_are_attributes_but_not_those_that_identify_people() -> None:
    ada, _ = drafts()

    assert ada.attributes == {"Age": "41"}
    assert [finding.sentence for finding in ada.findings] == [
        "Left out, as they may identify people: “E-mail”.",
        "1 respondent gave no answer and became no source.",
    ]
    assert {finding.place for finding in ada.findings} == {"answers.csv"}


@pytest.mark.parametrize(
    "column",
    ["E-mail", "email_address", "IPAddress", "IP", "Name", "First name", "RecipientLastName",
     "Phone number", "Telefon", "Vorname", "username", "LocationLatitude"],
)  # fmt: skip
def test_columns_that_look_like_names_or_addresses_are_left_out(column: str) -> None:
    (ada,) = drafts(f"id,{column},open_1\nAda,x,yes\n")

    assert ada.attributes == {}


@pytest.mark.parametrize("column", ["pseudonym", "Age", "Unit", "Nametag colour", "Shipped"])
def test_columns_that_only_sound_like_it_are_attributes(column: str) -> None:
    (ada,) = drafts(f"id,{column},open_1\nAda,x,yes\n")

    assert ada.attributes == {column: "x"}


def test_a_column_with_one_mail_address_in_it_is_left_out() -> None:
    ada, ben = drafts("id,contact,open_1\nAda,-,yes\nBen,b@example.org,no\n")

    assert (ada.attributes, ben.attributes) == ({}, {})


def test_columns_of_one_name_are_told_apart() -> None:
    (ada,) = drafts("id,Why,Why,open_1\nAda,a,b,yes\n")

    assert ada.attributes == {"Why": "a", "Why (2)": "b"}


def test_columns_are_taken_in_their_order_whatever_the_patterns() -> None:
    ada, _ = drafts(text=("open_2", "OPEN_?"))

    assert ada.text.startswith("open_1")


def test_a_column_whose_name_looks_like_a_pattern_is_named_exactly() -> None:
    (ada,) = drafts("id,Why [not]?,Why n?\nAda,yes,no\n", text=("Why [not]?",))

    assert ada.text == "Why [not]?\n\nyes"


@pytest.mark.parametrize(
    ("wishes", "trouble"),
    [
        ({}, "nobody said which column names the respondent"),
        ({"id": "id"}, "nobody said which column names the respondent"),
        ({"id": "person", "text": "open_*"}, "there is no one column called “person”"),
        ({"id": "id", "text": "open_* closed_*"}, "no column fits “closed_*”"),
    ],
)
def test_a_table_that_is_not_mapped_is_refused_with_its_columns(
    wishes: dict[str, str], trouble: str
) -> None:
    mishap = refusal(**wishes)

    assert trouble in mishap.sentence
    assert "“id”, “Age”, “E-mail”, “open_1”, “open_2”" in mishap.sentence
    assert "open_*" in mishap.hint


def test_one_person_in_two_rows_is_refused_with_the_rows() -> None:
    words = "id,open_1\nAda,a\nBen,b\n ADA ,c\n"

    assert "rows 2 and 4 both name “ADA”" in refusal(words, id="id", text="open_1").sentence


def test_answers_of_nobody_are_refused_and_empty_rows_are_not() -> None:
    assert (
        "row 3 has answers but no “id”"
        in refusal("id,open_1\nAda,a\n,b\n", id="id", text="open_1").sentence
    )
    assert len(drafts("id,open_1\nAda,a\n , \n,\n")) == 1


def test_a_table_without_a_single_answer_is_refused() -> None:
    assert (
        "no respondent has answered"
        in refusal("id,open_1\nAda, \n", id="id", text="open_1").sentence
    )


def test_words_that_a_spreadsheet_would_run_stay_as_they_were_typed() -> None:
    (ada,) = drafts("id,open_1\nAda,'=1+1\n")

    assert ada.text.endswith("'=1+1")


def test_the_rows_in_which_qualtrics_repeats_the_questions_are_left_out() -> None:
    ids = '"{""ImportId"":""_id""}","{""ImportId"":""Q2_TEXT""}"'
    (ada,) = drafts(f"id,open_1\nAnswer,What now?\n{ids}\nAda,yes\n")

    assert ada.name == "Ada"
    assert ada.findings[0].sentence == "Left out rows 2 and 3: they repeat the column names."


def test_a_very_long_answer_is_kept_whole() -> None:
    (ada,) = drafts("id,open_1\nAda," + "x" * 150_000)

    assert ada.turns[1].range.length == 150_000
