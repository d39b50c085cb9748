"""The codebook on the command line: out to files and in again."""

from pathlib import Path

import pytest

from tests.conftest import Qualcode


def test_the_codebook_is_exported_by_the_ending_of_the_file(
    study: Qualcode, tmp_path: Path
) -> None:
    said = study("export", "codebook", tmp_path / "codes.csv", "--as", "lead")

    assert said.status == 0
    assert said.out.splitlines()[1].startswith("Codebook version 1 · journal head ")
    assert "What .csv does not give back:" in said.out
    assert "  The title of the codebook is not held." in said.out


def test_json_tells_what_was_lost_and_what_was_written_anew(
    study: Qualcode, tmp_path: Path
) -> None:
    path = tmp_path / "codes.yaml"

    new = study.asked("export", "codebook", path, "--as", "lead")
    again = study.asked("export", "codebook", path, "--as", "lead", "--update")

    assert (new["file"], new["version"], new["changed"], new["lost"]) == (str(path), 1, None, [])
    assert again["changed"] == []
    assert len(new["head"]) == 64


def test_a_file_that_is_there_wants_update(study: Qualcode, tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    study.done("export", "codebook", path, "--as", "lead")

    sentence = study.refused("export", "codebook", path, "--as", "lead", status=11)

    assert sentence == f"{path} is there already; it was not touched."
    said = study.done("export", "codebook", path, "--as", "lead", "--update")
    assert "written anew: nothing; all else untouched" in said


def test_the_card_says_its_pages(study: Qualcode, tmp_path: Path) -> None:
    said = study.done("export", "card", tmp_path / "card.docx", "--as", "a")

    assert "1 page" in said


@pytest.mark.parametrize(
    "words",
    [
        ("export", "word", "x.docx", "--update"),
        ("export", "codebook", "x.yaml", "--layer", "a"),
    ],
)
def test_an_option_of_the_other_kind_of_export_is_a_usage_error(
    study: Qualcode, words: tuple[str, ...]
) -> None:
    assert study(*words, "--as", "lead").status == 2


def test_what_a_file_tells_and_no_codebook_holds_is_said_on_loading(
    qualcode: Qualcode, tmp_path: Path
) -> None:
    qualcode.done("init", "--name", "Night", "--lead", "lead")
    path = tmp_path / "theirs.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="Bus" isCodable="true"'
        ' guid="0d4e2f1a-0000-4000-8000-000000000001"/></Codes>'
        '<Sets><Set name="Roads"/></Sets></CodeBook>',
        encoding="utf-8",
    )

    said = qualcode("codebook", "load", path)

    assert (said.status, said.sentence) == (1, "! Left out: 1 set of codes (“Roads”).")
    assert "Codebook version 1: 1 code in 1 part." in said.out
    again = qualcode("codebook", "load", path, "--json")
    assert [one["sentence"] for one in again.document["findings"]] == [said.sentence[2:]]


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx", "qdc"])
def test_every_format_is_loaded_by_its_ending(study: Qualcode, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"codes.{suffix}"
    study.done("export", "codebook", path, "--as", "lead")

    loaded = study.asked("codebook", "load", path, "--as", "lead")

    assert loaded["version"] == 1


def test_a_codebook_with_mistakes_is_refused_line_by_line(study: Qualcode, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("code,parent\na,b\nc,d\n")

    said = study("codebook", "load", path, "--as", "lead")

    assert said.status == 14
    assert said.err.splitlines() == [
        "codes.csv, row 2: code “a” refers to “b”, which the codebook does not hold.",
        "codes.csv, row 3: code “c” refers to “d”, which the codebook does not hold.",
        "Nothing was imported from this file.",
    ]


def test_loading_again_says_in_sentences_what_changed(study: Qualcode, tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    study.done("export", "codebook", path, "--as", "lead")
    path.write_text(path.read_text().replace("theme: Coming and staying", "theme: Staying"))

    said = study.done("codebook", "load", path, "--as", "lead")
    again = study.done("codebook", "load", path, "--as", "lead")

    assert "Staying" in said.splitlines()[0]
    assert said.splitlines()[-2].startswith("Codebook version 2: ")
    assert said.splitlines()[-1] == (
        "Round r1 keeps version 1; to go on with this one: qualcode round update r1"
    )
    assert again.splitlines()[0] == "The codebook reads so already; nothing was changed."
