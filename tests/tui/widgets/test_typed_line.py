"""Words that stand already where one types are shown as words, and stay as they are."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea

from qualcode.domain.display import visible_line
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.memo_box import Hook, MemoBox
from qualcode.tui.widgets.pick_box import PickBox

ACTING = "a \x1b]52;c;\x9b2J \u202egip\u2067 [/] end"


class Boxes(App[None]):
    """An application of nothing but boxes."""

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield LineBox()
        yield PickBox()
        yield MemoBox()

    @property
    def page(self) -> str:
        """What is painted."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip) for strip in strips)


async def test_a_line_shows_what_acts_as_signs_and_gives_it_back_unchanged() -> None:
    app = Boxes()
    async with app.run_test() as pilot:
        box = app.query_one(LineBox)
        box.open("definition:", then=lambda _line: None, typed=ACTING)
        await pilot.pause()
        assert visible_line(ACTING) in app.page
        assert ACTING not in app.page
        assert box.typed == ACTING


async def test_the_hint_of_a_list_shows_what_acts_as_signs() -> None:
    app = Boxes()
    async with app.run_test() as pilot:
        app.query_one(PickBox).offer(lambda _typed: [], hint=ACTING)
        await pilot.pause()
        assert visible_line(ACTING) in app.page


async def test_lines_show_what_acts_as_signs_and_give_it_back_unchanged() -> None:
    app = Boxes()
    async with app.run_test() as pilot:
        box = app.query_one(MemoBox)
        box.open([Hook("", None)], there=(), then=lambda _hook, _body: None, body=ACTING)
        await pilot.pause()
        assert visible_line(ACTING) in app.page
        assert box.query_one(TextArea).text == ACTING
