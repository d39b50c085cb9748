"""What the coding screen looks like: each picture with a page of the user's guide to it.

The pictures are plain text, in `pictures/`, at one size. To draw them anew after a change
that was meant: QUALCODE_DRAW=1 pytest tests/tui/screens/test_pictures.py
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from qualcode.services import coding, sources

from .conftest import Sit, Study

PICTURES = Path(__file__).parent / "pictures"
Draw = Callable[..., Awaitable[None]]


@pytest.fixture
def draw(sit: Sit, request: pytest.FixtureRequest) -> Draw:
    """Press keys, and compare what is seen then with the picture of the test's name."""

    async def drawn(*keys: str, size: tuple[int, int] = (100, 26)) -> None:
        async with sit(size=size) as desk:
            await desk.press(*keys)
            strips = desk.app.screen._compositor.render_strips()
            lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
            seen = "\n".join(lines) + "\n"
        place = PICTURES / f"{request.node.name.removeprefix('test_')}.txt"
        if os.environ.get("QUALCODE_DRAW"):
            place.write_text(seen, encoding="utf-8")
        assert seen == place.read_text(encoding="utf-8")

    return drawn


async def test_a_turn_with_codes_on_it(draw: Draw) -> None:
    """A turn is coded as a whole or in part.

    The bar at the left says which turn you are in. Each coding has a lane beside the words, as
    far as it reaches, and a row below the turn with the code's key: the whole turn, or the words
    it stands on. At the right the codebook counts what lies here, and yours in all. The head
    says how many turns are left, the foot what was just done and what can be done now.
    """
    await draw("2", "b", "s", "l", "1", "b", "m", *"cf. Garden.", "enter", "t", "exclamation_mark")


async def test_the_code_box(draw: Draw) -> None:
    """Enter opens the code box, and any word of a code finds it.

    What the highlighted code means stands beside the list. A tick says that the code is on these
    words already; chosen again, it comes off. Esc changes nothing.
    """
    await draw("1", "b", "enter", *"bar")


async def test_one_of_several_codings_is_picked(draw: Draw) -> None:
    """Tab goes through the codings under the cursor, so that none is confused with another.

    The picked one is pointed at below the turn. `x` takes it off, `m` hangs a memo on it, `=`
    compares it, `e` moves its edges with L, H and o until Enter keeps them.
    """
    await draw("2", "b", "s", "l", "1", "b", "t", "tab", "tab")


async def test_other_passages_under_the_code(draw: Draw) -> None:
    """`=` shows what else stands under a code, the newest first, beside the turn you read.

    While a round is blind these are your own passages only. `=` again turns the page, and closes
    the pane after the last.
    """
    await draw("1", "b", "n", "1", "b", "n", "1", "b", "equals_sign")


async def test_where_to_go(draw: Draw) -> None:
    """A key of two strokes shows its choices once the first is pressed.

    After `g`: the next turn uncoded or flagged, the next memo, the last place, or a number.
    """
    await draw("exclamation_mark", "n", "g", "1")


async def test_letters_to_jump_by(draw: Draw) -> None:
    """J puts a letter on every turn and every coding in view; the letter goes there."""
    await draw("1", "b", "n", "2", "c", "J")


async def test_one_speakers_turns(draw: Draw) -> None:
    """A filter leaves the turns of one speaker, one role or one code; gaps say what is hidden."""
    await draw("f", "s", "2")


async def test_a_narrow_screen(draw: Draw, study: Study) -> None:
    """At 80 by 24 the words have the whole width; `b` brings the codebook when it is wanted."""
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    await draw("j", size=(80, 24))
