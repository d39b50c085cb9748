"""Opening the screens."""

import io
import re
import shlex
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from glob import glob
from typing import TYPE_CHECKING

from qualcode.cli.here import Here
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.services import people, projects
from qualcode.services.settings import read_settings
from qualcode.store.project import Project

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


_QUOTED = re.compile(r"""'[^']*'|"(?:[^"\\]|\\.)*\"""")
_STAND_INS = {ord(sign): 0xFDD0 + place for place, sign in enumerate("*?[")}
_STOOD_FOR = {stand_in: sign for sign, stand_in in _STAND_INS.items()}


_SCREENS = {"demo", "tutor", "--plain"}
"""What would open screens, or lines, within the screens."""


def open_screens(here: Here) -> int:
    """Open the project named, or the only one here, as the person named."""
    project = here.project()
    name = here.coder
    if name is None:
        coders = people.coders(project)
        alone = people.alone(project) or (coders[0] if len(coders) == 1 else None)
        name = alone.name if alone else None
    return open_desk(here, project, name)


def open_desk(
    here: Here, project: Project, name: str | None, *, desk: "type[CodingScreen] | None" = None
) -> int:
    """Open the screens of a project; without a name they ask who sits there.

    `desk` is another coding screen than the usual one, such as the tutor's.
    """
    from qualcode.tui import terminal
    from qualcode.tui.app import QualcodeApp

    if not terminal.is_there():
        raise RefusedError(
            "The screens need a terminal, and keys come from elsewhere here.",
            hint="Line by line it goes without one: qualcode --plain",
        )
    terminal.leave_with_it()
    coder = people.acting(project, name) if name is not None else None
    summary = projects.summary(project)

    def commands(who: Coder) -> Callable[[str], str]:
        return partial(carried_out, here.run, project, who)

    app = QualcodeApp(project, summary, coder, commands, read_settings(), desk=desk)
    status = app.run()
    if app.crash is not None:
        raise app.crash
    return status or 0


def carried_out(run: Callable[[list[str]], int], project: Project, coder: Coder, typed: str) -> str:
    """Carry out a command typed on the screen, as the coder who sits there; give its answer."""
    try:
        words = shlex.split(_QUOTED.sub(_taken_literally, typed))
    except ValueError:
        return "A quotation mark is not closed."
    words = [each for word in words for each in _spelled_out(word)]
    if not words or words[0] in _SCREENS:
        return "You are in the screens already."
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        run([*_so_far(project), "--as", coder.name, *words])
    return said.getvalue().rstrip() or "Done."


def _so_far(project: Project) -> list[str]:
    return ["-p", project.place, *(["--anyway"] if project.anyway else [])]


def _taken_literally(quoted: re.Match[str]) -> str:
    """Put stand-ins for what would make a pattern of quoted words: they are no files' names."""
    return quoted[0].translate(_STAND_INS)


def _spelled_out(word: str) -> list[str]:
    """Name the files a pattern such as `*.txt` stands for, as a shell does."""
    found = sorted(glob(word))  # noqa: PTH207 - the pattern may begin at the root
    return found or [word.translate(_STOOD_FOR)]
