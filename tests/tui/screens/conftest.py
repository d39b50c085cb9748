"""A small study, and the screens opened on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from qualcode.cli.main import run
from qualcode.cli.verbs.screens import carried_out
from qualcode.domain.codings import Desk
from qualcode.domain.people import Coder
from qualcode.domain.settings import Settings
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, coding, people, projects, rounds, sources
from qualcode.store.project import Project
from qualcode.tui.app import QualcodeApp
from qualcode.tui.background import Commands
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line import Line

KITCHEN = """# source: Kitchen
# INVENTED: written for a test; nobody said these words

INT: How did it begin?

R1: With the kettle. It never worked. Then the light went as well.

R2: I rang them twice [laughter] and nobody came.

INT: And then?

R1: Then I stopped ringing.
"""
GARDEN = """INT: What grows here?

R3: Beans, mostly. They like the wall.

R3: And the odd marrow.
"""


@dataclass
class Study:
    """The study on the desk."""

    project: Project
    lead: Coder
    ada: Coder
    ben: Coder

    def desk(self, source: str, coder: Coder) -> Desk:
        """Say what a coder has on a source."""
        seat = coding.take_seat(self.project, coder)
        found, _revision = sources.read(self.project, source)
        return coding.desk_of(self.project, found, seat=seat)

    def commands(self, coder: Coder) -> Commands:
        """Carry out what is typed on the screen as the command line would."""
        return partial(carried_out, run, self.project, coder)

    def labels(self, source: str, coder: Coder) -> list[tuple[str, str]]:
        """List a coder's codings as labels and words, in order of place."""
        seat = coding.take_seat(self.project, coder)
        _found, revision = sources.read(self.project, source)
        known = seat.codebook.by_id()
        return [
            (known[each.code].label, each.words(revision.text))
            for each in self.desk(source, coder).codings
        ]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Two invented sources, the codebook of twelve codes, a blind round of two coders."""
    project = projects.begin(str(tmp_path / "study.qualcode"), name="Study", lead="lead")
    lead = people.lead(project)
    for name, text in (("Kitchen.txt", KITCHEN), ("Garden.txt", GARDEN)):
        sources.take_in(project, Upload(name, text.encode()), wishes=Wishes(), by=lead)
    codebooks.load(project, "osspc", by=lead)
    ada, ben = (people.add(project, name, by=lead) for name in ("ada", "ben"))
    rounds.new(project, "r1", coders=["ada", "ben"], by=lead)
    return Study(project, lead, ada, ben)


@dataclass
class Sitting:
    """A coder before the screen."""

    app: QualcodeApp
    pilot: Pilot[int]

    async def settle(self) -> None:
        """Wait until nothing is left to do, however busy the machine is.

        Textual's own pause takes a process that is given no time for one that is idle.
        """
        seen_quiet = 0
        for _ in range(_NEVER):
            with suppress(WorkerCancelled):  # a screen that was left asks no more
                await self.app.workers.wait_for_complete()
            await self.app.animator.wait_until_complete()
            await self.pilot.pause(0)
            seen_quiet = seen_quiet + 1 if _is_quiet(self.app) else 0
            if seen_quiet == _SURE:
                return
        pytest.fail("The screen does not come to rest.")

    async def press(self, *keys: str) -> None:
        """Press keys in one burst, as a slow line delivers them, and see what comes of it."""
        for key in keys:
            self.app.post_message(events.Key(*named(key)))
        await self.settle()

    @property
    def said(self) -> str:
        """What the foot of the screen says."""
        return self.app.screen.query_one(Foot).said

    @property
    def head(self) -> str:
        """What the head of the screen says."""
        return self.app.screen.query_one("#head", Line).words

    @property
    def coding(self) -> CodingScreen:
        """The coding screen."""
        assert isinstance(self.app.screen, CodingScreen)
        return self.app.screen

    @property
    def codebook(self) -> CodebookScreen:
        """The codebook's screen."""
        assert isinstance(self.app.screen, CodebookScreen)
        return self.app.screen

    @property
    def listed(self) -> list[str]:
        """What the codebook's screen lists, each row's words without what stands at its right."""
        return [" ".join(row.words.split()) for row in self.codebook.list.rows]

    @property
    def stood_on(self) -> str:
        """The row that is stood on there."""
        return self.listed[self.codebook.list.at]

    @property
    def entry(self) -> str:
        """What stands beside the list, on one line."""
        return " ".join(self.codebook.entry_pane.words.split())


_SURE, _NEVER = 2, 5000


def _is_quiet(app: QualcodeApp) -> bool:
    """Say whether every key is obeyed, all that is answered painted; or the program left."""
    if app._exit:
        return True
    screen = app.screen
    nodes = [app, *screen.walk_children(with_self=True)]
    return (
        not (app._keys or app._keys_wait or app._batch_count)
        and not any(worker.is_running for worker in app.workers)
        and not any(node.message_queue_size or node._next_callbacks for node in nodes)
        and not (screen._callbacks or screen._dirty_widgets or screen._layout_required)
    )


_SIGNS = {"space": " ", "minus": "-", "slash": "/", "colon": ":", "full_stop": "."}
_SIGNS |= {
    "exclamation_mark": "!",
    "asterisk": "*",
    "equals_sign": "=",
    "question_mark": "?",
    "plus": "+",
}
_NAMES = {sign: name for name, sign in _SIGNS.items()}


def named(key: str) -> tuple[str, str | None]:
    """Give a key's name and the sign it types, if it types one."""
    sign = _SIGNS.get(key, key if len(key) == 1 else None)
    return _NAMES.get(key, key), sign


Sit = Callable[..., AbstractAsyncContextManager[Sitting]]


@pytest.fixture
def sit(study: Study) -> Sit:
    """Sit down before the screens, as the coder named; by default ada, in Kitchen."""

    @asynccontextmanager
    async def sitting(
        coder: Coder | None = study.ada,
        *,
        size: tuple[int, int] = (110, 34),
        into: bool = True,
        settings: Settings | None = None,
    ) -> AsyncIterator[Sitting]:
        summary = projects.summary(study.project)
        app = QualcodeApp(study.project, summary, coder, study.commands, settings)
        async with app.run_test(size=size) as pilot:
            seated = Sitting(app, pilot)
            await seated.settle()
            if into and coder is not None:
                await seated.press("enter")
            yield seated

    return sitting
