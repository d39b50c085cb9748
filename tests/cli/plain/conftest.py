"""A conversation in the line mode, on the choir study, and what it leaves in the study."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.services import coding, memos, people, projects, sources
from tests.conftest import Qualcode, Said

Content = list[tuple[object, ...]]


class Talk:
    """Types lines into the line mode, as a script does, and reads what is said back."""

    def __init__(self, study: Qualcode, monkeypatch: pytest.MonkeyPatch) -> None:
        self.study = study
        self._monkeypatch = monkeypatch

    def __call__(self, *lines: str, who: str = "a") -> Said:
        """Type some lines, then end the input."""
        typed = "".join(f"{line}\n" for line in lines)
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return self.study("--as", who, "--plain")

    def said(self, *lines: str, who: str = "a") -> list[str]:
        """Type lines of which none may be refused; give what was said."""
        said = self(*lines, who=who)
        assert said.err == ""
        assert said.status == 0
        return said.out.splitlines()

    def refused(self, *lines: str) -> str:
        """Type lines, and give the sentence of the one that is refused."""
        before = content(self.study.place, "a")
        said = self(*lines)
        assert said.status == 1
        sentence, hint = said.err.splitlines()
        assert hint
        assert content(self.study.place, "a") == before
        return sentence


@pytest.fixture
def talk(study: Qualcode, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Give the line mode on the choir study, begun and not yet coded."""
    return Talk(study, monkeypatch)


@pytest.fixture
def left(study: Qualcode) -> Callable[[], Content]:
    """Say what coder a has left in the study."""
    return lambda: content(study.place, "a")


def content(place: Path, who: str) -> Content:
    """Give everything in a coder's layer as plain tuples, without ids and times."""
    project = projects.open_at(str(place))
    try:
        coder = people.named(project, who)
        seat = coding.take_seat(project, coder)
        known = seat.codebook.by_id()
        rows: Content = []
        for source in sources.sources(project):
            desk = coding.desk_of(project, source, seat=seat)
            name = source.name
            rows += [
                ("coding", name, known[one.code].label, one.ranges, one.via.value)
                for one in desk.codings
            ]
            rows += [("read", name, one.range) for one in desk.marks]
            rows += [("flag", name, one.kind.value, one.range) for one in desk.flags]
            rows += [("proposal", name, one.label, one.range) for one in desk.proposals]
        rows += [
            ("memo", one.memo.on.value, one.on, one.memo.body)
            for one in memos.memos(project, by=coder)
        ]
        return sorted(rows, key=str)
    finally:
        project.close()
