"""The picture of the coding screen, made by the program itself on a fresh demo study.

.venv/bin/python tests/help/picture.py
"""

import asyncio
import os
import re
import tempfile
from functools import partial
from pathlib import Path

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.services import demo, people, projects
from qualcode.tui.app import QualcodeApp

PLACE = Path(__file__).parents[2] / "qualcode" / "help" / "coding-screen.svg"
SIZE = (108, 34)
_OPEN_FG_E = "enter"
_CODED = "1 b", "n s l l l 1 f", "j j minus", "k s l l 2 a"
_FONT = '"Fira Code","DejaVu Sans Mono",monospace'


def picture(folder: Path) -> str:
    """Code a few turns of the demo study, and give what is then seen as SVG."""
    project = demo.make(folder)
    try:
        return _at_home(asyncio.run(_drawn(project)))
    finally:
        project.close()


async def _drawn(project: projects.Project) -> str:
    coder = people.named(project, demo.CODERS[0])
    summary = projects.summary(project)
    app = QualcodeApp(project, summary, coder, lambda who: partial(carried_out, run, project, who))
    async with app.run_test(size=SIZE) as pilot:
        for keys in ("", _OPEN_FG_E, *_CODED):
            for key in keys.split():
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
        return app.export_screenshot(title="qualcode")


def _at_home(svg: str) -> str:
    """Take out every address, and the number that differs each time."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = re.sub(r"font-family:[^;]*;", f"font-family: {_FONT};", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def words(svg: str) -> list[str]:
    """List what stands in a picture, in order."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as fresh:
        PLACE.write_text(picture(Path(fresh)), encoding="utf-8")
