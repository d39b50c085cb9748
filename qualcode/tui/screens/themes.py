"""The themes: each with its claim, its passages by code, and a whole source to check it against."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Static

from qualcode.domain.codebook import Codebook, folded
from qualcode.domain.errors import QualcodeError
from qualcode.domain.people import Coder
from qualcode.domain.sources import Source
from qualcode.services import codebooks, sources, theme_review, themes
from qualcode.services.passages import Passage
from qualcode.services.theme_review import Review, SourceReview
from qualcode.services.themes import Undoable
from qualcode.store.project import Project
from qualcode.tui.background import AskingScreen, Background
from qualcode.tui.content import shown
from qualcode.tui.desk.taking import KeyTaker
from qualcode.tui.keyed import offered
from qualcode.tui.themes.commands import COMMANDS
from qualcode.tui.themes.rows import (
    Row,
    passage_after,
    place_of,
    review_rows,
    source_rows,
    theme_rows,
    told,
)
from qualcode.tui.themes.standing import Shown, Standing, why_not
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.pick_box import Find, PickBox
from qualcode.tui.widgets.row_list import RowList

_LOOK_SECONDS = 1.0
_BAR = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: the themes one may see, and what goes with them."""

    reviews: list[Review]
    codebook: Codebook
    sources: list[Source]
    source: SourceReview | None = None
    undoable: Undoable = field(default_factory=Undoable)
    changes: int = 0
    said: str = ""


class ThemesScreen(AskingScreen):
    """Where themes are set up and held against their passages, and against whole sources."""

    CSS = """
    ThemesScreen {
        layers: words boxes;
        & PickBox, & LineBox { layer: boxes; }
        & #head { background: $panel; }
        & #told { height: auto; max-height: 40%; padding: 0 1; border-top: solid $panel;
                  overflow-y: auto; }
        & #told.away { display: none; }
    }
    """

    def __init__(
        self,
        project: Project,
        coder: Coder,
        background: Background,
    ) -> None:
        super().__init__(background)
        self.project = project
        self.coder = coder
        self.shown = Shown.THEMES
        self.rows: list[Row] = []
        self._found = _Found([], Codebook(0), [])
        self._theme: UUID | None = None
        self._source: Source | None = None
        self._taker: KeyTaker | None = None

    def compose(self) -> ComposeResult:
        """Lay out head, list, what is told of the row stood on, boxes and foot."""
        yield Line(id="head")
        yield RowList()
        yield Static("", id="told", markup=False)
        yield PickBox()
        yield LineBox()
        yield Foot()

    def on_mount(self) -> None:
        """Read the themes, and look now and then whether something changed."""
        self._read(_nothing, keys_wait=True)
        self.set_interval(_LOOK_SECONDS, self.look_for_changes)

    @property
    def listing(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    @property
    def reviews(self) -> list[Review]:
        """The themes one may see, one's own first."""
        return self._found.reviews

    @property
    def codebook(self) -> Codebook:
        """The newest codebook."""
        return self._found.codebook

    @property
    def sources(self) -> list[Source]:
        """All sources."""
        return self._found.sources

    @property
    def standing(self) -> Standing:
        """What one stands on now."""
        at = self.listing.at
        row = self.rows[at] if at < len(self.rows) else None
        review = row.review if row and self.shown is Shown.THEMES else self._opened
        passages = any(each.marked for each in self.rows)
        return Standing(self.shown, row, review, passages, self._found.undoable)

    @property
    def _opened(self) -> Review | None:
        return next((one for one in self.reviews if one.shown.theme.id == self._theme), None)

    def take_key(self, event: events.Key) -> bool:
        """Give an open box the first word on a key, then do what the key stands for here."""
        if self._taker is not None and self._taker.is_open:
            self._taker.take_key(event)
            self.call_after_refresh(self._keep_in_sight)
            self._tell()
            return True
        standing = self.standing
        meant = [command for command in COMMANDS if command.is_meant_by(event)]
        command = next((one for one in meant if one.possible(standing)), None)
        if command is not None:
            command.act(self)
        elif meant:
            self.say(why_not(meant[0].name, standing))
        return bool(meant)

    def take_words(self, words: str) -> bool:
        """Give pasted words to an open box; say whether one took them."""
        for box in (self.query_one(PickBox), self.query_one(LineBox)):
            if box.is_open:
                box.take_words(words)
                return True
        return False

    def open_list(self) -> None:
        """List the themes."""
        self.shown, self._source = Shown.THEMES, None
        self._show_rows()
        if self._theme is not None:
            self.go(self._place_of(self._theme))

    def open_theme(self, review: Review, on: Passage | None = None) -> None:
        """Show a theme's passages by code, on one of them or on the first."""
        self.shown, self._theme, self._source = Shown.CODES, review.shown.theme.id, None
        self._show_rows(at=0)
        self.go(place_of(self.rows, on) or passage_after(self.rows, -1, 1) or 0)

    def open_source(self, review: Review, source: Source, on: Passage | None = None) -> None:
        """Show a whole source with a theme's passages, on one of them or on its beginning."""
        self._theme, self._source = review.shown.theme.id, source

        def there() -> None:
            self.shown = Shown.SOURCE
            self._show_rows(at=0)
            self.go(place_of(self.rows, on) or 0)

        self._read(_nothing, then=there, keys_wait=True)

    def go(self, at: int) -> None:
        """Stand on a row."""
        self.listing.go(at)
        self._tell()

    def do(
        self,
        change: Callable[[], str],
        *,
        stand_on: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Change something, say what it was, and show what came of it."""

        def after() -> None:
            self.say(self._found.said)
            if stand_on:
                self._stand_on(stand_on)
            if then is not None:
                then()

        self._read(change, then=after, keys_wait=True)

    def ask_line(self, asked: str, then: Callable[[str], None], *, typed: str = "") -> None:
        """Ask for a line of words."""
        self._taker = box = self.query_one(LineBox)
        box.open(asked, then=then, typed=typed)
        self._tell()

    def ask_pick(self, find: Find, *, hint: str, row: int = 0) -> None:
        """Ask for one of many, on a row of them."""
        self._taker = box = self.query_one(PickBox)
        box.offer(find, hint=hint, row=row)
        self.call_after_refresh(self._keep_in_sight)
        self._tell()

    def say(self, words: str) -> None:
        """Say at the foot what was done."""
        self.query_one(Foot).say(words)

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        self.say(f"{mishap.sentence} {mishap.hint}")

    def look_for_changes(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self.is_on_top and not self.background.lock.locked():
            self.ask(self.project.changes_seen, self._read_if_changed)

    def _read_if_changed(self, changes: int) -> None:
        if self.is_on_top and not self.keys_wait and changes != self._found.changes:
            self._read(_nothing)

    def _read(
        self,
        change: Callable[[], str],
        *,
        then: Callable[[], None] | None = None,
        keys_wait: bool = False,
    ) -> None:
        """Do something in the background, read all anew, and show it."""

        def answered(found: _Found) -> None:
            self._found = found
            self._show_rows()
            if then is not None:
                then()

        question = partial(_read, self.project, self.coder, change, self._theme, self._source)
        self.ask(question, answered, keys_wait=keys_wait)

    def _show_rows(self, at: int | None = None) -> None:
        """List what is to be listed; a theme that is gone gives way to the list of themes."""
        before = self.standing.row
        self.rows = self._rows()
        place = self.listing.at if at is None else at
        if at is None and before is not None and before.review is not None:
            place = self._place_of(before.review.shown.theme.id)
        self.listing.show([row.shown for row in self.rows], place)
        self._write_head()
        self._tell()

    def _rows(self) -> list[Row]:
        review, source = self._opened, self._found.source
        if self.shown is Shown.SOURCE and review is not None and source is not None:
            return source_rows(source, self.app.size.width - _BAR)
        if self.shown is not Shown.THEMES and review is not None:
            return review_rows(review)
        self.shown = Shown.THEMES
        return theme_rows(self.reviews)

    def _place_of(self, theme: UUID) -> int:
        places = (at for at, row in enumerate(self.rows) if row.review)
        mine = (
            at for at in places if (one := self.rows[at].review) and one.shown.theme.id == theme
        )
        return next(mine, self.listing.at)

    def _stand_on(self, name: str) -> None:
        for at, row in enumerate(self.rows):
            own = row.review is not None and not row.review.shown.who
            if own and row.review and folded(row.review.shown.theme.name) == folded(name):
                self.go(at)

    def _write_head(self) -> None:
        review = self._opened
        words = f"Themes · you are {self.coder.name}"
        if self.shown is not Shown.THEMES and review is not None:
            where = f" in {self._source.name}" if self._source else ""
            theme = review.shown.theme
            words = (
                f"{theme.name}{where} · {theme.claim}" if theme.claim else f"{theme.name}{where}"
            )
        self.query_one("#head", Line).write(words)

    def _tell(self) -> None:
        """Tell in full of the row stood on, and offer what can be done."""
        standing = self.standing
        words = told(standing.row) if self.shown is not Shown.SOURCE else ""
        if not self.rows:
            words = "No theme yet: + sets one up."
        pane = self.query_one("#told", Static)
        pane.set_class(not words, "away")
        pane.update(shown(words))
        box = self._taker if self._taker is not None and self._taker.is_open else None
        keys = box.keys if box else offered(COMMANDS, standing, width=self.app.size.width - 2)
        self.query_one(Foot).offer(keys)

    def _keep_in_sight(self) -> None:
        box = self.query_one(PickBox)
        self.listing.cover(box.outer_size.height if box.is_open else 0)

    def on_resize(self) -> None:
        """Write a source anew where rows are longer or shorter now."""
        if self.rows:
            self._show_rows()

    @on(RowList.Clicked)
    def _clicked(self, message: RowList.Clicked) -> None:
        self.go(message.at)


def _read(
    project: Project,
    coder: Coder,
    change: Callable[[], str],
    theme: UUID | None,
    source: Source | None,
) -> _Found:
    said = change()
    changes = project.changes_seen()
    reviews = theme_review.reviews(project, by=coder)
    opened = next((one for one in reviews if one.shown.theme.id == theme), None)
    whole = None
    if opened is not None and source is not None:
        named, whose = opened.shown.theme.name, opened.shown.who or coder.name
        whole = theme_review.review_source(project, named, source.name, by=coder, of=whose)
    return _Found(
        reviews,
        codebooks.codebook(project),
        sources.sources(project),
        whole,
        themes.undoable(project, by=coder),
        changes,
        said,
    )


def _nothing() -> str:
    """Change nothing: only read."""
    return ""
