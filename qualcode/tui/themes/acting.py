"""What the keys of the themes' screen do."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.code_search import matching
from qualcode.domain.codebook import Code, folded
from qualcode.domain.themes import Theme, ThemeState
from qualcode.help import page as help_page
from qualcode.services import themes
from qualcode.services.theme_review import Review
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.themes.rows import passage_after
from qualcode.tui.themes.standing import Shown
from qualcode.tui.widgets.pick_box import Pick

if TYPE_CHECKING:
    from qualcode.tui.screens.themes import ThemesScreen


def down(screen: "ThemesScreen") -> None:
    """Go to the row below; among passages by code, to the next of these."""
    _step(screen, 1)


def up(screen: "ThemesScreen") -> None:
    """Go to the row above; among passages by code, to the one before."""
    _step(screen, -1)


def _step(screen: "ThemesScreen", by: int) -> None:
    if screen.shown is Shown.CODES:
        _seek(screen, by)
    else:
        screen.go(screen.listing.at + by)


def page_down(screen: "ThemesScreen") -> None:
    """Go down by what is in view."""
    screen.go(screen.listing.at + screen.listing.seen)


def page_up(screen: "ThemesScreen") -> None:
    """Go up by what is in view."""
    screen.go(screen.listing.at - screen.listing.seen)


def first(screen: "ThemesScreen") -> None:
    """Go to the first row."""
    screen.go(0)


def last(screen: "ThemesScreen") -> None:
    """Go to the last row."""
    screen.go(len(screen.rows) - 1)


def next_passage(screen: "ThemesScreen") -> None:
    """Go to the next passage."""
    _seek(screen, 1)


def passage_before(screen: "ThemesScreen") -> None:
    """Go to the passage before."""
    _seek(screen, -1)


def _seek(screen: "ThemesScreen", by: int) -> None:
    at = passage_after(screen.rows, screen.listing.at, by)
    if at is None:
        screen.say("There is no passage after this." if by > 0 else "There is none before this.")
    else:
        screen.go(at)


def review(screen: "ThemesScreen") -> None:
    """Show the passages of the theme by code."""
    screen.open_theme(_theme(screen))


def in_source(screen: "ThemesScreen") -> None:
    """Show the whole source around the passage."""
    row = screen.standing.row
    if row is not None and row.marked is not None:
        screen.open_source(_theme(screen), row.marked.passage.source, row.marked.passage)


def pick_source(screen: "ThemesScreen") -> None:
    """Ask for the source that is to be gone through."""
    found = _theme(screen)
    number = {source.id: 0 for source in screen.sources}
    for one in found.passages:
        number[one.passage.source.id] += 1

    def find(typed: str) -> list[Pick]:
        return [
            Pick(
                f"{number[source.id]:>3} {source.name}",
                f"{source.name}, {source.kind.value}: {_passages(number[source.id])} of the theme.",
                partial(screen.open_source, found, source),
            )
            for source in screen.sources
            if folded(typed) in folded(source.name)
        ]

    screen.ask_pick(find, hint="Which source?")


def _passages(number: int) -> str:
    return "1 passage" if number == 1 else f"{number} passages"


def counter(screen: "ThemesScreen") -> None:
    """Mark the passage as a counter-example, or no longer."""
    name, row = _theme(screen).shown.theme.name, screen.standing.row
    if row is None or row.marked is None:
        return
    quotation, marked = row.marked.passage.id, row.marked.counter

    def change() -> str:
        turn = themes.drop_counter if marked else themes.add_counter
        turn(screen.project, name, quotation, by=screen.coder)
        return f"{quotation} {'no longer speaks' if marked else 'speaks'} against “{name}”."

    screen.do(change)


def ask_new(screen: "ThemesScreen") -> None:
    """Ask for the name of a new theme."""

    def named(typed: str) -> None:
        def change() -> str:
            made = themes.new(screen.project, typed, by=screen.coder)
            return f"Theme “{made.name}”. e writes its claim, a its codes."

        screen.do(change, stand_on=typed)

    screen.ask_line("new theme:", named)


def ask_claim(screen: "ThemesScreen") -> None:
    """Ask for the claim."""
    theme = _theme(screen).shown.theme

    def written(typed: str) -> None:
        def change() -> str:
            themes.reword(screen.project, theme.name, by=screen.coder, claim=typed)
            return f"The claim of “{theme.name}” is kept."

        screen.do(change)

    screen.ask_line("claim:", written, typed=theme.claim)


def ask_name(screen: "ThemesScreen") -> None:
    """Ask for another name."""
    theme = _theme(screen).shown.theme

    def named(typed: str) -> None:
        def change() -> str:
            made = themes.reword(screen.project, theme.name, by=screen.coder, to=typed)
            return f"“{theme.name}” is called “{made.name}” now."

        screen.do(change)

    screen.ask_line("name:", named, typed=theme.name)


def pick_codes(screen: "ThemesScreen", on: Code | None = None) -> None:
    """Ask which codes the theme rests on: each choice puts one on or takes it off."""
    found = _theme(screen)
    resting = {code.id for code in found.codes.codes}

    def find(words: str) -> list[Pick]:
        return [
            Pick(
                f"{'✓' if code.id in resting else ' '} {code.key:<4} {code.title}",
                f"{code.title}\n{code.description}",
                partial(_turn_over, screen, found, code),
            )
            for code in matching(screen.codebook, words)
        ]

    name = found.shown.theme.name
    ids = [code.id for code in matching(screen.codebook, "")]
    row = ids.index(on.id) if on is not None and on.id in ids else 0
    screen.ask_pick(find, hint=f"Codes of {name}: Enter puts one on or takes it off", row=row)


def _turn_over(screen: "ThemesScreen", found: Review, code: Code) -> None:
    name, before = found.shown.theme.name, found.codes.codes
    rests = code.id in {one.id for one in before}
    after = [one for one in before if one.id != code.id] if rests else [*before, code]

    def change() -> str:
        themes.set_codes(screen.project, name, after, by=screen.coder)
        return f"“{name}” {'no longer rests' if rests else 'rests'} on {code.title}."

    screen.do(change, then=partial(pick_codes, screen, code))


def move_down(screen: "ThemesScreen") -> None:
    """Put the theme one place down."""
    _move(screen, 1)


def move_up(screen: "ThemesScreen") -> None:
    """Put the theme one place up."""
    _move(screen, -1)


def _move(screen: "ThemesScreen", by: int) -> None:
    theme = _theme(screen).shown.theme
    own = [one.shown.theme.id for one in screen.reviews if not one.shown.who]
    place = own.index(theme.id) + 1 + by

    def change() -> str:
        themes.move(screen.project, theme.name, place, by=screen.coder)
        return f"“{theme.name}” is your theme {place}."

    if 1 <= place <= len(own):
        screen.do(change)


def retire(screen: "ThemesScreen") -> None:
    """Let the theme stand no more."""
    name = _theme(screen).shown.theme.name

    def change() -> str:
        themes.retire(screen.project, name, by=screen.coder)
        return f"“{name}” is retired; u brings it back."

    screen.do(change)


def undo(screen: "ThemesScreen") -> None:
    """Take one's last change back."""

    def change() -> str:
        return f"Undone: {_read(themes.undo(screen.project, by=screen.coder), 'as before')}."

    screen.do(change)


def redo(screen: "ThemesScreen") -> None:
    """Bring back what was taken back last."""

    def change() -> str:
        return f"Brought back: {_read(themes.redo(screen.project, by=screen.coder), 'again')}."

    screen.do(change)


def _read(found: Sequence[Theme], how: str) -> str:
    """Say how themes read that were taken or brought back, and which stand no more."""
    standing = ", ".join(f"“{one.name}”" for one in found if one.stands)
    away = [
        f"“{one.name}” is {'retired' if one.state is ThemeState.RETIRED else 'gone'}"
        for one in found
        if not one.stands
    ]
    return ", ".join([*([f"{standing} {how}"] if standing else []), *away])


def explain(screen: "ThemesScreen") -> None:
    """Show the page on themes."""
    screen.app.push_screen(PageScreen(help_page("themes")))


def back(screen: "ThemesScreen") -> None:
    """Go back: from a source to the codes, from these to the list, from there to the sources."""
    row = screen.standing.row
    if screen.shown is Shown.SOURCE:
        screen.open_theme(_theme(screen), row.marked.passage if row and row.marked else None)
    elif screen.shown is Shown.CODES:
        screen.open_list()
    else:
        screen.dismiss(None)


def _theme(screen: "ThemesScreen") -> Review:
    """Give the theme a key is about; it is offered only where there is one."""
    found = screen.standing.review
    if found is None:
        raise LookupError
    return found
