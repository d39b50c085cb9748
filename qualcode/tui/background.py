"""Services asked from the screens: in a thread, one after another, answered by a message.

Order is kept: what was pressed first is done first. A mishap becomes a sentence at the
foot of the screen; anything else ends the program without printing what was in memory.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import on
from textual.message import Message
from textual.screen import Screen

from qualcode.domain.errors import QualcodeError

T = TypeVar("T")


class Turnstile:
    """Lets one service run at a time."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()


class AskingScreen(Screen[None]):
    """A screen that asks services and hears their answers."""

    @dataclass
    class Answered(Message):
        """A service has answered."""

        then: Callable[[Any], None]
        value: Any

    @dataclass
    class Refused(Message):
        """A service refused, and says why."""

        mishap: QualcodeError

    def __init__(self, turnstile: Turnstile) -> None:
        super().__init__()
        self.turnstile = turnstile

    def ask(self, question: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask a service; what is to be done with its answer is done when it comes."""
        self.run_worker(self._ask(question, then), group="services", exclusive=False)

    async def _ask(self, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        async with self.turnstile.lock:
            try:
                value = await asyncio.to_thread(question)
            except QualcodeError as mishap:
                self.post_message(self.Refused(mishap))
                return
        self.post_message(self.Answered(then, value))

    @on(Answered)
    def _take_answer(self, message: Answered) -> None:
        message.then(message.value)

    @on(Refused)
    def _take_refusal(self, message: Refused) -> None:
        self.say_refused(message.mishap)

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        raise NotImplementedError
