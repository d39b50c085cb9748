import html
import re
from uuid import UUID

from rich.segment import Segment

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Desk
from qualcode.domain.sources import Revision
from qualcode.domain.text import Range
from qualcode.tui.widgets.transcript import Transcript
from tests.tui.widgets.transcript_reading import coding, interview, reading

HARMFUL = (
    "[/] [laughter] end [/ [@click=app.stop]press[/] "
    "\x1b]52;c;aGk=\x07\x1b[2J \u202egip\u2069 \x9b6n"
)


def harmful() -> tuple[Revision, Desk, Codebook]:
    """Put what might act wherever words of others are shown."""
    revision = interview(((HARMFUL[:4], HARMFUL), ("\x1b[31m", HARMFUL * 3)), header=HARMFUL)
    code = Code(UUID(int=1000), "TC", "\x1b[1m[/]", "n", 1, 0)
    start = revision.turns[0].start
    coded = coding(revision, "1a", Range(start, start + 14))
    return revision, Desk((coded,)), Codebook(1, codes=(code,))


async def test_nothing_in_a_text_acts_on_the_terminal() -> None:
    revision, desk, codebook = harmful()
    async with reading(revision) as on:
        on.transcript.show(revision, desk, codebook)
        await on.press("s", "w", "L")
        painted: list[Segment] = [segment for strip in on.strips for segment in strip]
        text = "".join(segment.text for segment in painted)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert not any(segment.control for segment in painted)
        assert not any(
            segment.style and (segment.style.meta or segment.style.link) for segment in painted
        )
        for verbatim in (
            "[/] [laughter] end [/ [@click=app.stop]press[/]",
            "␛]52;c;aGk=␇␛[2J",
            "⟦gip⟧",
        ):
            assert verbatim in " ".join(row.strip() for row in on.rows)
        assert any("␛[1m[/]" in row for row in on.rows)


async def test_nothing_in_a_text_acts_as_markup_on_the_picture() -> None:
    revision, desk, codebook = harmful()
    async with reading(revision, size=(120, 24)) as on:
        on.transcript.show(revision, desk, codebook)
        await on.pilot.pause()
        picture = html.unescape(on.app.export_screenshot()).replace("\xa0", " ")
        assert "[/] " in picture
        assert "[laughter]" in picture
        assert "[@click=app.stop]press[/]" in picture
        assert "\x1b" not in picture


async def test_a_click_on_a_written_action_does_not_run_it() -> None:
    async with reading(interview((("Ana", HARMFUL),))) as on:
        column = on.rows[2].index("press")
        await on.pilot.click(Transcript, offset=(column + 1, 2))
        await on.pilot.pause()
        assert not on.app.stopped
