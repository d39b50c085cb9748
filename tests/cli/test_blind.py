"""In a blind round nothing of a colleague's can be seen or inferred, by any verb."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import CHOIR, Qualcode

MARKER = "Zanzibar"
ASKED = [
    ["show", "FG1"],
    ["show", "ANNA:7"],
    ["show", "ANNA", "--round", "r1"],
    ["source", "list"],
    ["source", "show", "ANNA"],
    ["status"],
    ["round", "status"],
    ["round", "status", "r1"],
    ["quotes", "1b", "--layer", "a"],
    ["quotes", "1b", "--layer", "b"],
    ["quotes", "1b", "--layer", "b", "--round", "r1"],
    ["quotes", "1b"],
    ["agreement"],
    ["agreement", "--round", "r1", "--unit", "quotation"],
    ["disagreements"],
    ["disagreements", "--all", "--round", "r1"],
    ["decide", "FG1:3", "both"],
    ["decide", "--agreed"],
    ["history"],
    ["history", "--newest", "1000"],
    ["check"],
    ["next"],
    ["codebook", "show"],
    ["coder", "list"],
    ["export", "csv", "b.csv", "--layer", "b"],
    ["export", "word", "c.docx", "--layer", "consensus"],
    ["uncode", "ANNA:7", "2a"],
    ["code", "ANNA:7", "2z"],
    ["code", "--from", "wrong.csv"],
    ["import", str(CHOIR / "FG1.txt")],
    ["round", "close", "r1"],
    ["export", "csv", "a.csv", "--layer", "a"],
    ["export", "word", "a.docx", "--layer", "a"],
    ["memos"],
    ["memos", "--find", MARKER],
    ["others", "2a"],
    ["others", "1b"],
    ["codebook", "proposals"],
    ["flag", "ANNA:7"],
    ["adjust", "ANNA:7", "2a", "ANNA:6"],
    ["theme", "list"],
    ["theme", "show", "Staying"],
    ["theme", "review", "Staying"],
    ["theme", "review", "Staying", "--source", "ANNA"],
    ["theme", "show", "Theirs"],
    ["lint"],
    ["codebook", "lint"],
    ["codebook", "show", "2a"],
    ["codebook", "versions"],
    ["codebook", "diff", "0"],
    ["codebook", "merge", "1b", "--into", "1a", "--because", "One idea."],
    ["codebook", "split", "1b", "--into", "x", "--into", "y", "--because", "Two ideas."],
    ["codebook", "retire", "1b", "--because", "Never needed."],
    ["codebook", "undo"],
    ["round", "update", "r1"],
    ["quotes", "1b", "--below", "--layer", "a"],
    ["undo"],
    ["redo"],
]


@pytest.fixture
def worlds(study: Qualcode, tmp_path: Path) -> list[Qualcode]:
    """Make two worlds that differ in nothing but b's work."""
    study.done("code", "--from", CHOIR / "a.csv", "--as", "a")
    study.done("theme", "new", "Staying", "--codes", "1a,1b,2a")
    made: list[Qualcode] = []
    for name in ("alone", "together"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(study.place, folder / "study.qualcode")
        (folder / "wrong.csv").write_text("source,turn,codes\nFG1,2,9z\nNN,1,1a\n")
        made.append(Qualcode(Path("study.qualcode"), folder))
    return made


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_a_blind_coder_cannot_tell_whether_the_other_has_coded(
    worlds: list[Qualcode], monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    alone, together = worlds
    monkeypatch.chdir(together.folder)
    together.done("code", "--from", CHOIR / "b.csv", "--as", "b")
    together.done("undo", "--as", "b")
    together.done("redo", "--as", "b")
    together.done("export", "csv", "theirs.csv", "--layer", "b", "--as", "b")
    together.done("flag", "ANNA:7", "--as", "b")
    together.done("codebook", "propose", "ANNA:7", "--label", MARKER, "--as", "b")
    rewording = ("codebook", "propose", "--reword", "2a", "--set", f"when={MARKER}")
    together.done(*rewording, "--because", MARKER, "--as", "b")
    for each in together.asked("codebook", "proposals"):
        answered = ("codebook", "decide", each["name"])
        together.done(*answered, "--reject", "--because", MARKER)
        together.done(*answered, "--reconsider")
    for memo in (["ANNA", MARKER], [MARKER, "--code", "1b"], [MARKER, "--project"]):
        together.done("memo", *memo, "--as", "b")
    together.done("theme", "new", "Theirs", "--claim", MARKER, "--codes", "1b", "--as", "b")
    for words in ASKED:
        command = ["--as", "a", *words, *(["--json"] if as_json else [])]
        said = []
        for world in (alone, together):
            monkeypatch.chdir(world.folder)
            said.append(world(*command))
        assert said[0] == said[1], words
        assert said[0].status != 2, words
        assert MARKER not in said[1].all
    for name in ("a.csv", "a.docx"):
        assert (alone.folder / name).read_bytes() == (together.folder / name).read_bytes()
    assert not (together.folder / "b.csv").exists()


@pytest.mark.parametrize("word", ["agreement", "disagreements"])
def test_comparing_waits_for_the_end_of_the_round(coded: Qualcode, word: str) -> None:
    assert "is blind" in coded.refused(word, "--as", "a", status=12)
    coded.done("round", "freeze", "r1")
    assert "is blind" in coded.refused(word, "--as", "a", status=12)
    coded.done("round", "close", "r1")
    assert coded.done(word, "--as", "a")


def test_a_closed_round_shows_the_layers_to_its_coders(coded: Qualcode) -> None:
    coded.refused("quotes", "2a", "--layer", "b", "--as", "a", status=12)
    coded.done("round", "close", "r1")
    assert len(coded.asked("quotes", "2a", "--layer", "b", "--as", "a")["quotations"]) == 4
    assert "b: coded 10 places" in coded.done("history", "--as", "a")


def test_an_open_round_hides_nothing(study: Qualcode) -> None:
    study.done("round", "new", "r2", "--coders", "a,b", "--open")
    study.done("code", "--from", CHOIR / "b.csv", "--as", "b", "--round", "r2")
    quotations = study.asked("quotes", "2a", "--layer", "b", "--round", "r2", "--as", "a")
    assert len(quotations["quotations"]) == 4


def test_a_coder_sees_only_their_own_standing(coded: Qualcode) -> None:
    said = coded.asked("round", "status", "r1", "--as", "b")
    assert said["whole"] is None
    assert said["standing"] == [
        {
            "coder": "b",
            "sources_finished": 5,
            "sources_assigned": 6,
            "turns_done": 14,
            "turns": 15,
            "left": [{"source": "Emil", "turns_done": 0, "turns_left": 1}],
        }
    ]
    lines = coded.done("round", "status", "r1", "--as", "b").splitlines()
    assert lines[1:] == [
        "yours: 5 of 6 sources finished, 14 of 15 turns done",
        "  Emil  0 done  1 left",
    ]
