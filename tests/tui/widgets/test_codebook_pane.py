"""The codebook beside the transcript."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from qualcode.tui.widgets.codebook_pane import CodebookPane
from tests.domain.planting import planted

FERRIES = """
1 Waiting
  A
    A1
      A2
  B
2 Riding
  C
"""


class Beside(App[None]):
    """The pane alone."""

    def compose(self) -> ComposeResult:
        yield CodebookPane()


async def test_codes_stand_under_their_parents_each_further_in() -> None:
    book = planted(FERRIES)
    app = Beside()
    async with app.run_test(size=(60, 20)) as pilot:
        pane = app.query_one(CodebookPane)
        pane.show(book, {book.code("A1").id: 2}, {book.code("C").id: 7})
        await pilot.pause()
        lines = str(pane.query_one("#codes", Static).content).splitlines()
    names = [line[5:23].rstrip() for line in lines]
    assert names[2:6] == ["Name of A", " Name of A1", "  Name of A2", "Name of B"]
    assert lines[1].startswith("1 Waiting")
    assert lines[6].startswith("2 Riding")
    assert lines[3].startswith("▸")
    assert lines[3].split()[-2:] == ["2", "·"]
    assert lines[7].split()[-2:] == ["·", "7"]
    assert {len(line) for line in lines[2:6]} == {len(lines[7])}
