"""The verb tutor: the ten keys of the first day, on a practice study that is thrown away."""

import tempfile
from pathlib import Path

import click

from qualcode.cli.here import Here
from qualcode.services import demo


@click.command(epilog="Example: qualcode tutor")
@click.pass_obj
def tutor(here: Here) -> int:
    """Learn the ten keys of the first day in ten minutes; nothing you do here is kept."""
    from qualcode.cli.verbs.screens import open_desk
    from qualcode.tui.screens.tutor import TutorScreen

    with tempfile.TemporaryDirectory(prefix="qualcode-tutor-") as folder:
        project = demo.practice(Path(folder))
        try:
            return open_desk(here, project, demo.CODERS[0], desk=TutorScreen)
        finally:
            project.close()
