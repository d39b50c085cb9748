"""Two worlds that differ in nothing but what b does in a blind round, and what came of that.

In both coder a has coded. In the second, b leaves a marker in every kind of row that holds
words or choices, the lead answers and decides on it, and both take files out by marked names.
"""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from qualcode.services import coding, people, places, projects, sources
from tests.conftest import CHOIR, Qualcode, Said

MARKER = "Zanzibar"
ONLY_B = "1c"
"""The key of a code that only b uses."""

_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00)?")
_NEW_NAME = re.compile(r'(?s)("command": "codebook propose".*"name": ")p[0-9a-f]+')
_TODAY = re.compile(r"today at \d\d:\d\d")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def before(study: Qualcode) -> None:
    """Let coder a work, as far as both worlds are the same."""
    study.done("codebook", "add", "Nerves", "--part", "1", "--key", ONLY_B)
    study.done("round", "update", "r1")
    study.done("code", "--from", CHOIR / "a.csv", "--as", "a")
    study.done("code", "BEA:4", "1a", "--as", "a", "--round", "free")
    study.done("code", "ANNA:6", "2a", "--as", "a")
    study.done("undo", "--as", "a")
    study.done("memo", "FG1:5", "Is it so?", "--as", "a")
    study.done("codebook", "propose", "FG1:5", "--label", "Own words", "--as", "a")
    study.done("theme", "new", "Staying", "--codes", "1a,1b,2a", "--as", "a")
    study.done("theme", "new", "Of the lead", "--claim", "So it is.", "--codes", "1b")
    shutil.copy(CHOIR / "codebook.yaml", study.folder / "book.yaml")
    (study.folder / "wrong.csv").write_text("source,turn,codes\nFG1,2,9z\nNN,1,1a\n")


def after(study: Qualcode) -> None:
    """Let b and the lead do what coder a is not to notice."""
    as_b = ("--as", "b")
    study.done("code", "--from", CHOIR / "b.csv", *as_b)
    study.done("read", "Emil", *as_b)
    for place in ("ANNA:2", "ANNA:6", "BEA:2", "FG1:6", "Gus:2"):
        study.done("code", place, ONLY_B, *as_b)
    study.done("adjust", "BEA:2", ONLY_B, "BEA:4", *as_b)
    study.done("uncode", "Gus:2", ONLY_B, *as_b)
    study.done("undo", *as_b)
    study.done("redo", *as_b)
    study.done("flag", "ANNA:7", *as_b)
    study.done("flag", "ANNA:7", "--quotable", *as_b)
    study.done("memo", "ANNA:2", MARKER, "--on", ONLY_B, *as_b)
    for memo in (("ANNA:4", MARKER), ("ANNA", MARKER), (MARKER, "--project")):
        study.done("memo", *memo, *as_b)
    study.done("memo", MARKER, "--code", "1b", *as_b)
    study.done("codebook", "propose", "ANNA:7", *as_b)
    why = ("--because", MARKER)
    study.done("codebook", "propose", "ANNA:4", "--label", MARKER, *why, *as_b)
    study.done("codebook", "propose", "--reword", "2a", "--set", f"when={MARKER}", *why, *as_b)
    study.done("theme", "new", "Staying", "--claim", MARKER, "--codes", "1b", *as_b)
    study.done("theme", "new", MARKER, "--codes", ONLY_B, *as_b)
    (quotation, *_) = study.asked("quotes", ONLY_B, "--layer", "b", *as_b)["quotations"]
    study.done("theme", "counter", MARKER, quotation["id"], *as_b)
    study.done("theme", "edit", MARKER, "--claim", f"{MARKER} again", *as_b)
    study.done("theme", "undo", *as_b)
    _rest(study, "ANNA:7", "b")
    for name, form in ((f"{MARKER}.csv", "csv"), (f"{MARKER}.docx", "word")):
        study.done("export", form, study.folder / name, "--layer", "b", *as_b)
    study.done("export", "codebook", study.folder / f"{MARKER}.yaml", *as_b)
    _lead_answers(study)
    for file in study.folder.glob(f"{MARKER}*"):
        file.unlink()


def _lead_answers(study: Qualcode) -> None:
    why = ("--because", MARKER)
    theirs = [one for one in study.asked("codebook", "proposals", "--all") if one["who"]]
    for each in theirs:
        if each["label"] != "Own words":
            study.done("codebook", "decide", each["name"], "--reject", *why)
    study.done("codebook", "decide", theirs[-1]["name"], "--reconsider", *why)
    study.done("decide", "--agreed")
    study.done("decide", "FG1:3", "both", *why)
    study.done("decide", "Gus:1", "first", *why)
    study.done("undo", "--as", "lead")
    study.done("export", "csv", study.folder / f"{MARKER}-lead.csv")


def _rest(study: Qualcode, place: str, who: str) -> None:
    """Let a coder leave at a place, as the screens keep it."""
    project = projects.open_at(str(study.place))
    seat = coding.take_seat(project, people.named(project, who), "r1")
    places.keep(project, sources.find(project, place), seat=seat)
    project.close()


def alike(said: Said, study: Qualcode, since: datetime) -> Said:
    """Take out of an answer what came only with the command itself: moments, names by lot.

    The folder a world lies in is taken out as well.
    """

    def iso(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(found[0])
        return "NOW" if at.replace(tzinfo=UTC) >= since else found[0]

    def minute(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(found[0])
        begun = since.replace(second=0, microsecond=0)
        both = (begun.replace(tzinfo=None), begun.astimezone().replace(tzinfo=None))
        return "NOW" if at >= min(both) else found[0]

    def told(words: str) -> str:
        known = _TODAY.sub("today", words.replace(str(study.folder), "HERE"))
        return _NEW_NAME.sub(r"\1NAME", _MINUTE.sub(minute, _ISO.sub(iso, known)))

    return Said(said.status, told(said.out), told(said.err))


def files(folder: Path) -> dict[str, bytes]:
    """Give what lies in a world's folder, but the study and whole copies of it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".qualcode"
    }
