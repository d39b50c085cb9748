"""The published study runs through, from an empty folder to the Word file."""

import shutil
from pathlib import Path

import docx
import pytest

from tests.conftest import Qualcode

from .osspc import Reading, expected, readings, write_table


@pytest.fixture(scope="session")
def placed(shared: Path) -> list[Reading]:
    return readings(shared / "corpus")


@pytest.fixture(scope="session")
def made(shared: Path, placed: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the study once, coded by two readers."""
    folder = tmp_path_factory.mktemp("osspc")
    make = Qualcode(folder / "osspc.qualcode", folder)
    corpus = shared / "corpus" / "osspc"
    make.done("init", "--name", "OSSPC", "--lead", "lead")
    make.done("import", *sorted(corpus.glob("*.txt")))
    make.done("import", corpus / "survey.csv", "--id", "pseudonym", "--text", "open_*")
    make.done("codebook", "load", "osspc")
    make.done("coder", "add", "a")
    make.done("coder", "add", "b")
    make.done("round", "new", "r1", "--coders", "a,b")
    for who, reader in (("a", "first"), ("b", "second")):
        file = write_table(placed, reader, folder / f"{who}.csv")
        make.done("code", "--from", file, "--as", who)
    return make.place


@pytest.fixture
def osspc(made: Path, qualcode: Qualcode) -> Qualcode:
    shutil.copy(made, qualcode.place)
    return qualcode


def test_sources_turns_and_passages_are_counted(osspc: Qualcode) -> None:
    rows = osspc.asked("source", "list", "--as", "a")
    texts = [row for row in rows if row["kind"] != "survey"]
    answers = [row for row in rows if row["kind"] == "survey"]
    assert len(texts) == 10
    assert sum(row["turns"] for row in texts) == 172
    assert sum(row["participant_turns"] for row in texts) == 86
    assert len(answers) == 16
    assert sum(row["participant_turns"] for row in answers) == 27
    assert {row["name"]: row["turns"] for row in answers}["Joyce"] == 3
    book = osspc.asked("codebook", "show")
    assert (len(book["codes"]), len(book["parts"])) == (12, 3)


def test_added_turns_are_told_and_cannot_be_coded(osspc: Qualcode) -> None:
    turns = osspc.asked("source", "show", "FG2")["turns"]
    added = [turn for turn in turns if turn["role"] == "added"]
    assert len(added) == 2
    for turn in added:
        osspc.refused("code", f"FG2:{turn['number']}", "1b", "--as", "a", status=12)


@pytest.mark.parametrize("unit", ["quotation", "turn"])
def test_sets_of_codes_are_same_overlapping_or_disjoint(osspc: Qualcode, unit: str) -> None:
    data = osspc.asked("agreement", "--round", "r1", "--unit", unit)
    assert data["sets"] == {"same": 48, "overlapping": 40, "disjoint": 25, "units": 113}
    assert (data["units"], data["sources"], data["left_out"]) == (113, 26, [])


def test_every_cell_and_kappa_follow_from_the_definition(
    osspc: Qualcode, placed: list[Reading]
) -> None:
    codes = osspc.asked("agreement", "--unit", "quotation")["codes"]
    assert len(codes) == 12
    for row in codes:
        wanted = expected(placed, row["code"])
        fewer, more = sorted((wanted.first_only, wanted.second_only))
        assert row["cells"] == {
            "both": wanted.both,
            "first_only": fewer,
            "second_only": more,
            "neither": wanted.neither,
        }
        kappa = row["cohen_kappa"]
        if wanted.kappa is None:
            assert (row["code"], kappa["value"]) == ("TC2A", None)
            assert kappa["reason"]
        else:
            assert kappa["value"] == pytest.approx(wanted.kappa, abs=5e-5)


def test_the_figures_that_are_known_are_printed(osspc: Qualcode) -> None:
    lines = osspc.done("agreement", "--unit", "quotation").splitlines()
    table = {line.split()[0]: line for line in lines if line.startswith("TC")}
    assert table["TC1A"].split()[-2:] == ["0.12", "0.12"]
    assert "96.5 %" in table["TC2B"]
    assert table["TC2B"].split()[-2] == "0.00"
    assert any(line.startswith("TC2A: undefined, not used by either") for line in lines)
    assert any(line.startswith("Rare") and "TC2B" in line for line in lines)


def test_what_is_agreed_and_decided_is_printed_in_word(osspc: Qualcode) -> None:
    osspc.done("decide", "--agreed")
    found = osspc.asked("disagreements")
    assert (found["open"], found["agreed"]) == (65, 48)
    osspc.done("decide", "FG2:2", "both", "--because", "both are said")
    done = osspc.asked("export", "word", osspc.folder / "out.docx", "--layer", "consensus")
    assert done["stored"] == done["printed"]
    osspc.done("check")


def test_the_report_has_a_chapter_a_part_and_quotations_letter_by_letter(
    osspc: Qualcode, placed: list[Reading]
) -> None:
    file = osspc.folder / "headings.docx"
    osspc.done("export", "word", file, "--layer", "a", "--as", "a")
    first = file.read_bytes()
    osspc.done("export", "word", file, "--layer", "a", "--as", "a")
    assert file.read_bytes() == first
    paragraphs = docx.Document(str(file)).paragraphs
    texts = [each.text for each in paragraphs]
    styles = [each.style.name if each.style else "" for each in paragraphs]
    chapters = [
        text
        for text, style in zip(texts, styles, strict=True)
        if style == "Heading 1" and text.startswith("Part ")
    ]
    assert len(chapters) == 3
    heads = [at for at, style in enumerate(styles) if style.startswith("Heading")]
    at = texts.index("TC1B Negatives")
    section = texts[at : next(place for place in heads if place > at)]
    assert "7 quotations from 5 focus groups" in section
    body = "\n".join(section)
    quoted = [each for each in placed if "TC1B" in each.first]
    assert len(quoted) == 7
    for each in quoted:
        assert each.words in body
        assert f"({each.source})" in body
    assert not any("[added]" in text for text in texts)
    assert all(each.words in "\n".join(texts) for each in placed)


def test_a_table_again_and_a_later_respondent_disturb_nothing(
    osspc: Qualcode, placed: list[Reading], shared: Path
) -> None:
    file = write_table(placed, "first", osspc.folder / "a.csv")
    again = osspc.asked("code", "--from", file, "--as", "a")
    assert (again["codings"], again["already"]) == (0, 113)
    survey = osspc.folder / "survey.csv"
    rows = (shared / "corpus" / "osspc" / "survey.csv").read_text(encoding="utf-8")
    survey.write_text(f"{rows.rstrip()}\n99,Zoe,I would say so again.,,\n", encoding="utf-8")
    before = osspc.asked("agreement", "--unit", "quotation")["codes"]
    osspc.done("import", survey, "--id", "pseudonym", "--text", "open_*")
    assert len(osspc.asked("source", "list")) == 27
    assert osspc.asked("agreement", "--unit", "quotation")["codes"] == before
