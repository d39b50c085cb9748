"""The pictures of the coding screen, made by the program itself on a fresh demo study.

Make them anew with: .venv/bin/python tests/help/picture.py
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from qualcode.domain.people import Coder
from qualcode.domain.settings import Settings
from qualcode.services import demo, people, projects
from qualcode.store.project import Project
from qualcode.tui.app import QualcodeApp
from qualcode.tui.background import Commands

FOLDER = Path(__file__).parents[2] / "qualcode" / "help"
SIZE = (108, 34)
_CODED = ("enter", "1 b", "n s l l l 1 f", "j j minus", "k s l l 2 a")
PICTURES = {
    "coding-screen": ("dark", _CODED),
    "code-box": ("dark", (*_CODED, "escape enter b a r r")),
    "other-passages": ("light", (*_CODED, "escape 1 d equals_sign")),
}
"""What is shown: the theme, and the keys pressed before."""
_FONT = '"Fira Code","DejaVu Sans Mono",monospace'


def place_of(name: str) -> Path:
    """Say where a picture is kept."""
    return FOLDER / f"{name}.svg"


def picture(name: str, folder: Path) -> str:
    """Code a few turns of the demo study, and give what is then seen as SVG."""
    project = demo.make(folder)
    try:
        return _at_home(asyncio.run(_drawn(project, *PICTURES[name])))
    finally:
        project.close()


async def _drawn(project: Project, theme: str, pressed: tuple[str, ...]) -> str:
    coder = people.named(project, demo.CODERS[0])
    summary = projects.summary(project)
    app = QualcodeApp(project, summary, coder, _no_commands, Settings(theme=theme))
    async with app.run_test(size=SIZE) as pilot:
        for key in ("", *" ".join(pressed).split()):
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
    for each in PICTURES:
        with tempfile.TemporaryDirectory() as fresh:
            place_of(each).write_text(picture(each, Path(fresh)), encoding="utf-8")
