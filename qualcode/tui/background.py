"""Services asked from the screens: in a thread, one after another, answered by a message.

Order is kept: what was pressed first is done first, and a key pressed while a step is on its
way to the disk waits for it. A mishap becomes a sentence at the foot of the screen; anything
else ends the program without printing what was in memory.
"""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from qualcode.domain.errors import QualcodeError
from qualcode.tui.screens.command import CommandScreen
from qualcode.tui.screens.pages import PageScreen

T = TypeVar("T")

_LONGEST_HOLD = 0.06

Commands = Callable[[str], str]
"""Carries out a command line as typed, and gives what it answers."""


class Background:
    """What all screens share: services run one at a time, and commands can be typed."""

    def __init__(self, commands: Commands) -> None:
        self.lock = asyncio.Lock()
        self.commands = commands


class AskingScreen(Screen[None]):
    """A screen that asks services and hears their answers."""

    @dataclass
    class Answered(Message):
        """A service has answered."""

        then: Callable[[Any], object]
        value: Any
        keys_wait: bool

    @dataclass
    class Refused(Message):
        """A service refused, and says why."""

        mishap: QualcodeError
        refused: Callable[[QualcodeError], None]
        keys_wait: bool

    class Ready(Message):
        """Keys that were pressed meanwhile can be obeyed now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command", "Command line", show=False, priority=True),
    ]

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.background = background
        self._awaited = 0
        self._held = ExitStack()

    @property
    def keys_wait(self) -> bool:
        """Has a key to wait until what was pressed before is done and seen?"""
        return self._awaited > 0

    @property
    def is_on_top(self) -> bool:
        """Is it this one that somebody works in? What changes in one below is painted for nothing.

        Textual's `is_current` holds as well for the screen below, which might shine through.
        """
        return self.app.screen is self

    def ask(
        self,
        question: Callable[[], T],
        then: Callable[[T], object],
        *,
        keys_wait: bool = False,
        refused: Callable[[QualcodeError], None] | None = None,
    ) -> None:
        """Ask a service; what is to be done with its answer is done when it comes.

        Where the next key may depend on the answer, `keys_wait`. What the key itself changed
        on the screen is then painted together with the answer, unless that takes long.
        """
        self._awaited += keys_wait
        if keys_wait:
            self._hold_painting()
        asked = self._ask(question, then, refused or self.say_refused, keys_wait=keys_wait)
        self.run_worker(asked, group="services", exclusive=False)

    async def _ask(
        self,
        question: Callable[[], Any],
        then: Callable[[Any], object],
        refused: Callable[[QualcodeError], None],
        *,
        keys_wait: bool,
    ) -> None:
        async with self.background.lock:
            try:
                value = await asyncio.to_thread(question)
            except QualcodeError as mishap:
                self.post_message(self.Refused(mishap, refused, keys_wait))
                return
        self.post_message(self.Answered(then, value, keys_wait))

    @on(Answered)
    def _take_answer(self, message: Answered) -> None:
        if self.is_attached:
            message.then(message.value)
        self._let_keys_go(message.keys_wait)

    @on(Refused)
    def _take_refusal(self, message: Refused) -> None:
        if self.is_attached:
            message.refused(message.mishap)
        self._let_keys_go(message.keys_wait)

    def _hold_painting(self) -> None:
        """Paint once and not twice: painting and the service would slow each other down."""
        self._paint()
        self._held.enter_context(self.app.batch_update())
        self._held.callback(self.set_timer(_LONGEST_HOLD, self._paint).stop)

    def _paint(self) -> None:
        """Paint what was held back."""
        self._held.close()

    def on_unmount(self) -> None:
        """Leave nothing held back."""
        self._paint()

    def _let_keys_go(self, awaited: bool) -> None:  # noqa: FBT001 - a message's own field
        self._awaited -= awaited
        if awaited:
            self._paint()
            self.post_message(self.Ready())

    def action_command(self) -> None:
        """Type a command: whatever the command line can do can be done from here."""
        self.app.push_screen(CommandScreen(), self._carry_out)

    def _carry_out(self, typed: str | None) -> None:
        if typed:
            commands = self.background.commands
            self.ask(lambda: commands(typed), self._show_outcome, keys_wait=True)

    def _show_outcome(self, outcome: str) -> None:
        self.app.push_screen(PageScreen(outcome))

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        raise NotImplementedError

    def take_key(self, event: events.Key) -> bool:
        """Take a key before anybody else does; say whether it was taken."""
        del event
        return False

    def take_words(self, words: str) -> bool:
        """Take pasted words; say whether they were taken."""
        del words
        return False
