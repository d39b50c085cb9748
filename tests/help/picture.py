"""The picture of the coding screen, made by the program itself on a fresh demo study.

Make it anew with: .venv/bin/python tests/help/picture.py
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from qualcode.domain.people import Coder
from qualcode.services import demo, people, projects
from qualcode.store.project import Project
from qualcode.tui.app import QualcodeApp
from qualcode.tui.background import Commands

PLACE = Path(__file__).parents[2] / "qualcode" / "help" / "coding-screen.svg"
SIZE = (108, 34)
_PRESSED = ("enter", "1 b", "n s l l l 1 f", "j j minus", "k s l l 2 a")
_FONT = '"Fira Code","DejaVu Sans Mono",monospace'


def picture(folder: Path) -> str:
    """Code a few turns of the demo study, and give what is then seen as SVG."""
    project = demo.make(folder)
    try:
        return _at_home(asyncio.run(_drawn(project)))
    finally:
        project.close()


async def _drawn(project: Project) -> str:
    coder = people.named(project, demo.CODERS[0])
    app = QualcodeApp(project, projects.summary(project), coder, _no_commands)
    async with app.run_test(size=SIZE) as pilot:
        for key in ("", *" ".join(_PRESSED).split()):
            await pilot.press(*[key] if key else [])
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
        return app.export_screenshot(title="qualcode")


def _no_commands(_coder: Coder) -> Commands:
    return str


def _at_home(svg: str) -> str:
    """Take out the fonts' addresses, and the number that differs each time."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = re.sub(r"font-family:[^;]*;", f"font-family: {_FONT};", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def words(svg: str) -> list[str]:
    """List what stands in a picture, in order."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as fresh:
        PLACE.write_text(picture(Path(fresh)), encoding="utf-8")
