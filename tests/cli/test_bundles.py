"""The verbs on bundles, as the lead and a coder type them."""

from pathlib import Path

import pytest

from tests.conftest import Qualcode, Said


@pytest.fixture
def given(study: Qualcode) -> Qualcode:
    """The choir study, with A's share begun beside it."""
    bundle = study.folder / "a.bundle"
    said = study("bundle", "out", bundle, "--for", "a")
    assert said.status == 0, said.err
    assert "holds a's share: 6 sources; free, r1." in said.out
    begun = study.run("-p", study.folder / "a.qualcode", "bundle", "in", bundle)
    assert begun.status == 0, begun.err
    assert begun.out.startswith(f"{study.folder / 'a.qualcode'} holds your share, a.")
    return study


def _at_desk(given: Qualcode, *words: str | Path) -> Said:
    return given.run("-p", given.folder / "a.qualcode", "--as", "a", *words)


def test_a_share_goes_out_is_coded_and_comes_back(given: Qualcode) -> None:
    assert _at_desk(given, "code", "FG1:2", "1a").status == 0
    back = given.folder / "back.bundle"
    assert _at_desk(given, "bundle", "out", back).status == 0
    planned = given.done("bundle", "plan", back)
    assert planned == (
        "It would add work in r1; how much is not told while it is blind.\n"
        "Codings made under codebook version 1; the newest is 1.\n"
    )
    assert given.asked("source", "list", "--as", "a")[2]["codings"] == 0
    assert given.asked("bundle", "in", back) == {
        "coder": "a",
        "new": True,
        "steps": 0,
        "added": {},
        "rounds": ["r1"],
        "not_counted": ["r1"],
        "codebook_versions": [1],
        "newest_codebook_version": 1,
    }
    assert given.asked("source", "list", "--as", "a")[2]["codings"] == 1
    assert given.done("bundle", "in", back).startswith("Nothing new:")
    assert given.done("check").startswith("All is well")


def test_a_colleague_learns_nothing_from_a_bundle_that_came_in(given: Qualcode) -> None:
    before = given.done("history", "--as", "b", "--json")
    _at_desk(given, "code", "FG1:2", "1a")
    back = given.folder / "back.bundle"
    _at_desk(given, "bundle", "out", back)
    given.done("bundle", "in", back)
    assert given.asked("source", "list", "--as", "b")[2]["codings"] == 0
    after = given.done("history", "--as", "b", "--json")
    assert "coding" not in after.replace(before, "")
    assert "CH1A" not in after


def test_what_is_no_bundle_is_refused_in_a_sentence(given: Qualcode) -> None:
    other = given.folder / "other.bundle"
    other.write_bytes(b"PK\x03\x04 something")
    said = given("bundle", "in", other)
    assert (said.status, said.sentence) == (14, "other.bundle: the file is damaged or incomplete.")
    assert given("bundle", "in", given.folder / "none.bundle").status == 14
    assert given("bundle", "out", given.folder / "x.bundle").status == 12
    assert given("bundle", "out", given.folder / "x.bundle", "--for", "nobody").status == 10
    assert not (given.folder / "x.bundle").exists()


def test_a_study_moves_to_another_file(coded: Qualcode) -> None:
    to = coded.folder / "moved.qualcode"
    said = coded.done("project", "move", to)
    assert said.startswith(f"The study has moved to {to} with ")
    assert coded.run("-p", to, "check").out.startswith("All is well")
    refused = coded("code", "FG1:2", "1a", "--as", "a")
    assert refused.status == 12
    assert refused.sentence == f"This study has moved to {to}; nothing is added here."


def test_a_share_goes_on_from_a_newer_bundle(given: Qualcode) -> None:
    assert _at_desk(given, "code", "FG1:2", "1a").status == 0
    given.done("codebook", "edit", "1b", "--add", "when=talk of tea", "--because", "Clearer.")
    newer = given.folder / "newer.bundle"
    given.done("bundle", "out", newer, "--for", "a")
    said = _at_desk(given, "bundle", "in", newer)
    assert said.out == (
        "You go on from newer.bundle: codebook version 2.\n"
        "Of yours, 1 step not yet with the lead went along.\n"
    )
    assert _at_desk(given, "bundle", "in", newer).out.startswith("Nothing new")
    older = _at_desk(given, "bundle", "in", given.folder / "a.bundle")
    assert (older.status, "before what you work on" in older.sentence) == (14, True)
    assert _at_desk(given, "check").out.startswith("All is well")


def test_the_history_says_what_bundles_did(given: Qualcode) -> None:
    _at_desk(given, "code", "FG1:2", "1a")
    back = given.folder / "back.bundle"
    _at_desk(given, "bundle", "out", back)
    given.done("bundle", "in", back)
    told = given.done("history")
    assert "lead: took in what a did elsewhere" in told
    assert "lead: gave out a bundle for a" in told
    assert "qualcode: this share begins" in _at_desk(given, "history").out


def test_a_coder_leaves_and_comes_back(study: Qualcode) -> None:
    assert study.done("coder", "leave", "b") == (
        "b has left; what they did stays, under the name Coder B.\n"
        "Back in the pool of r1: ANNA, BEA, FG1, Emil, Fay, Gus.\n"
    )
    assert study.asked("coder", "list")[2] == {"name": "Coder B", "role": "coder", "left": True}
    assert "In the pool: ANNA, BEA, FG1" in study.done("round", "status", "r1")
    assert "Coder B has left the study" in study.refused(
        "code", "FG1:2", "1a", "--as", "Coder B", status=12
    )
    assert study.done("coder", "return", "Coder B").startswith("Coder B is back")
    assert study.done("coder", "rename", "Coder B", "b") == "Coder B goes by b now.\n"
    told = study.done("history")
    assert "lead: b left; their work stays as Coder B" in told
    assert "lead: Coder B came back" in told
    assert "lead: renamed Coder B: b" in told
