"""Words that look like commands are shown as words, wherever they stand."""

import csv
import io
import re
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.services import people, projects
from tests.conftest import Qualcode
from tests.terminal.hostile import ACTING, GROUPS, tampered

ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m"
MARKUP = "[/] [bold]x[/bold] [@click=app.quit]press[/] end [/"
FORMULA = '=HYPERLINK("http://example.org","x")'
BIDI = "\u202egnihtyna\u202c"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WORDS = f"{FORMULA} {MARKUP} {ESCAPE} {BIDI}"
CODEBOOK = """code,key,label,description
=SUM(A1),s1,[/] end [/,[@click=app.quit]press[/]
@cmd,c1,+1+1,-2
"""
READING = [
    ["status"],
    ["source", "list"],
    ["source", "show", "MAL"],
    ["coder", "list"],
    ["codebook", "show"],
    ["codebook", "show", "s1"],
    ["round", "status"],
    ["round", "status", "=r1 [/]"],
    ["show", "MAL"],
    ["quotes", "s1", "--layer", "=a [/]", "--as", "=a [/]"],
    ["agreement"],
    ["disagreements"],
    ["history"],
    ["next"],
    ["check"],
    ["show", f"NN{ESCAPE}:1"],
    ["code", "MAL:2", ESCAPE],
    ["quotes", ESCAPE],
    ["export", ESCAPE, "x"],
    ["help", ESCAPE],
    [ESCAPE],
    ["status", f"--{ESCAPE}"],
    ["status", ESCAPE],
    ["import", f"none{ESCAPE}.txt"],
    ["import", f"none{ESCAPE}"],
    ["codebook", "load", f"none{ESCAPE}.csv"],
    ["code", "--from", f"none{ESCAPE}.csv"],
    ["round", "new", "r9", "--coders", ESCAPE],
]
LINES = [
    *("sources", "k", "n", "d", "?", "R", "g", "f", "f s", "S", "=", "i", "!", "*", "u", "U"),
    *(":codebook show", ":coder list", ":memos", ":history"),
    *("{0}", "/ {0}", "m {0}", "c {0}", "open {0}", ":{0}"),
]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study in which everything that can be named is named with ill will."""
    folder = tmp_path_factory.mktemp("hostile")
    qualcode = Qualcode(folder / "study.qualcode", folder)
    (folder / "MAL.txt").write_text(f"INT: {WORDS}\n\nMAL: {WORDS}\n\nMAL: {FORMULA}\n")
    (folder / "codes.csv").write_text(CODEBOOK)
    qualcode.done("init", "--name", f"Study {WORDS}", "--lead", f"lead {ESCAPE}")
    said = qualcode("import", folder / "MAL.txt")
    assert said.status == 1
    qualcode.done("codebook", "load", folder / "codes.csv")
    qualcode.done("coder", "add", "=a [/]")
    qualcode.done("coder", "add", f"@b {ESCAPE}")
    third = qualcode.asked("coder", "list")[2]["name"]
    qualcode.done("round", "new", "=r1 [/]", "--coders", f"=a [/],{third}")
    qualcode.done("code", "MAL:2", "s1", "c1", "--as", "=a [/]")
    qualcode.done("code", "MAL:3", "=sum(a1)", "--as", "=a [/]")
    qualcode.done("memo", "MAL:2", f"{FORMULA} {ESCAPE}", "--as", "=a [/]")
    return qualcode.place


@pytest.fixture
def hostile(made: Path, qualcode: Qualcode) -> Qualcode:
    """Give that study in a copy of the test's own."""
    shutil.copy(made, qualcode.place)
    return qualcode


@pytest.mark.parametrize(
    "words", READING, ids=lambda words: " ".join(words)[:20].encode("ascii", "replace").decode()
)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_no_verb_sends_a_control_character(
    hostile: Qualcode, words: list[str], *, as_json: bool
) -> None:
    for who in ("=a [/]", hostile.asked("coder", "list")[0]["name"]):
        said = hostile("--as", who, *words, *(["--json"] if as_json else []))
        assert not CONTROL.search(said.all)
        assert said.status != 70, said.err


def test_brackets_are_shown_as_they_stand(hostile: Qualcode) -> None:
    assert MARKUP in hostile.done("source", "show", "MAL")
    assert "=SUM(A1) [/] end [/" in hostile.done("codebook", "show", "s1")


def test_a_spreadsheet_gets_text_and_no_formula(hostile: Qualcode) -> None:
    file = hostile.folder / "x.csv"
    hostile.done("export", "csv", file, "--layer", "=a [/]", "--as", "=a [/]")
    text = file.read_text(encoding="utf-8-sig")
    assert not CONTROL.search(text.replace("\r\n", "\n").translate({0x202E: "", 0x202C: ""}))
    for row in csv.DictReader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert f"'{FORMULA}" in {row["words"] for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_a_word_file_holds_the_words_and_no_link(hostile: Qualcode) -> None:
    file = hostile.folder / "x.docx"
    hostile.done("export", "word", file, "--layer", "=a [/]", "--as", "=a [/]")
    archive = zipfile.ZipFile(file)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b'TargetMode="External"' not in everything
    assert b"\x1b" not in archive.read("word/document.xml")
    assert MARKUP in archive.read("word/document.xml").decode()


def test_names_are_found_by_what_was_typed(hostile: Qualcode) -> None:
    names = [one["name"] for one in hostile.asked("coder", "list")]
    assert names[1] == "=a [/]"
    assert hostile.done("source", "list", "--as", names[2])


def test_quoted_words_typed_on_the_screen_name_no_files(
    hostile: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.folder)
    (hostile.folder / "l x").touch()
    with closing(projects.open_at(str(hostile.place))) as project:
        coder = people.named(project, "=a [/]")
        for body in ('"[laughter] *"', "'[laughter] *'"):
            carried_out(run, project, coder, f"memo MAL:3 {body}")
        files = carried_out(run, project, people.lead(project), "import l*")
    memos = hostile.asked("show", "MAL:3", "--as", "=a [/]")["turns"][0]["memos"]
    assert [memo["memo"] for memo in memos] == ["[laughter] *"] * 2
    assert "l x: " in files


@pytest.mark.parametrize("name", GROUPS)
def test_the_line_mode_says_hostile_words_as_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    named = tampered(tmp_path / "study.qualcode", GROUPS[name])
    qualcode = Qualcode(named.place, tmp_path)
    everything = ""
    for line in LINES:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line.format(named.word)}\n"))
        said = qualcode("--as", named.word, "--plain")
        assert said.status != 70, (line, said.err)
        everything += said.all
    assert ACTING.findall(everything) == []
    looks = named.looks()
    assert f"Somebody said {looks['word']} again." in everything
    assert looks["code"] in everything
