"""The tutor: each lesson is learnt by doing what it says, and by nothing else."""

from pathlib import Path

from textual.widgets import Static

from qualcode.services import demo, people, projects
from qualcode.tui.app import QualcodeApp
from qualcode.tui.desk.lessons import LESSONS
from qualcode.tui.screens.tutor import TutorScreen

STEPS = (
    ("j",),
    ("k",),
    ("1", "b"),
    ("n",),
    ("r",),
    ("x",),
    ("u",),
    ("m", *"a thought.", "enter"),
    ("question_mark", "q"),
    ("q",),
)


async def test_the_ten_keys_are_learnt_one_after_another(tmp_path: Path) -> None:
    """Each lesson goes on once its keys were pressed, and not before."""
    project = demo.practice(tmp_path)
    coder = people.named(project, demo.CODERS[0])
    summary = projects.summary(project)
    app = QualcodeApp(project, summary, coder, lambda _coder: str, desk=TutorScreen)
    async with app.run_test(size=(110, 34)) as pilot:
        for at, keys in enumerate(STEPS):
            for _ in range(5):
                await app.workers.wait_for_complete()
                await pilot.pause()
            screen = app.screen
            assert isinstance(screen, TutorScreen)
            assert screen.lesson == at, LESSONS[at].words
            shown = str(screen.query_one("#lesson", Static).content)
            assert shown == f"{at + 1} of 10  {LESSONS[at].words}"
            for key in keys:
                await pilot.press(key)
    project.close()
    assert app.return_code == 0
