"""The demo study is ready to work in."""

from pathlib import Path

from qualcode.services import demo, history, people


def test_undo_begins_with_what_one_does_oneself(tmp_path: Path) -> None:
    project = demo.make(tmp_path)
    for name in demo.CODERS:
        assert history.waiting(project, by=people.named(project, name)).undo == ""
    project.close()
