"""Keys that change what is seen: filters, folding, the panes, definitions, help, the palette."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.code_card import card
from qualcode.domain.code_search import matching
from qualcode.domain.codebook import Code, folded
from qualcode.domain.sources import Source
from qualcode.help import page
from qualcode.services import code_counts, sources
from qualcode.services.coding import Seat
from qualcode.services.examples import example_words
from qualcode.services.proposers import proposers
from qualcode.tui.desk import coding, filters
from qualcode.tui.desk.choosing import choose_one
from qualcode.tui.desk.explaining import explained
from qualcode.tui.desk.filters import Filter
from qualcode.tui.desk.going import end_search
from qualcode.tui.desk.saying import shown_only
from qualcode.tui.geometry.units import Size
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.widgets.choice_box import Choice
from qualcode.tui.widgets.code_box import in_brief
from qualcode.tui.widgets.pick_box import Pick

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


def choose_filter(screen: "CodingScreen") -> None:
    """Choose by what turns are filtered."""
    opened = screen.opened
    screen.choose(
        "Show only",
        [
            Choice("s", "one speaker", partial(_choose_speaker, screen)),
            Choice("r", "one role", partial(_choose_role, screen)),
            Choice("c", "what you coded with one code", partial(_choose_code, screen)),
            Choice("m", "what you coded", lambda: _show_only(screen, filters.mine(opened))),
            Choice("u", "what is left to do", lambda: _show_only(screen, filters.undone(opened))),
        ],
    )


def _choose_speaker(screen: "CodingScreen") -> None:
    found = filters.speakers(screen.revision)
    _choose_among(
        screen, "Whose turns?", [(name, count, filters.by_speaker(name)) for name, count in found]
    )


def _choose_role(screen: "CodingScreen") -> None:
    found = filters.roles(screen.revision)
    _choose_among(
        screen, "Which role?", [(role.value, count, filters.by_role(role)) for role, count in found]
    )


def _choose_among(screen: "CodingScreen", title: str, found: list[tuple[str, int, Filter]]) -> None:
    def named(name: str, count: int) -> str:
        return f"{name or '(nobody named)'}: {count} turn{'' if count == 1 else 's'}"

    choices = [(named(name, count), partial(_show_only, screen, one)) for name, count, one in found]
    choose_one(screen, title, choices)


def _choose_code(screen: "CodingScreen") -> None:
    def then(codes: tuple[Code, ...]) -> None:
        _show_only(screen, filters.by_code(codes[0], screen.opened))

    screen.code_box.open(screen.seat.codebook, then=then)
    screen.hand_keys_to(screen.code_box)


def _show_only(screen: "CodingScreen", condition: Filter | None) -> None:
    """Show the turns of a filter, or all."""
    turns = condition.turns(screen.revision) if condition else None
    if turns is not None and not turns:
        screen.say("There is no such turn here.")
        return
    end_search(screen)
    screen.filter = condition
    screen.transcript.only = turns
    screen.say(shown_only(turns))
    screen.tell()


def show_all(screen: "CodingScreen") -> None:
    """Show all turns again."""
    _show_only(screen, None)


def fold(screen: "CodingScreen") -> None:
    """Fold the interviewer's turns to a line each, or unfold them."""
    screen.transcript.folded = not screen.transcript.folded


def codebook_pane(screen: "CodingScreen") -> None:
    """Show or hide the codebook."""
    screen.codebook_pane.toggle_class("away")


def open_codebook(screen: "CodingScreen") -> None:
    """Open the codebook at the code meant here; coming back, what was changed is on the desk."""
    code = _code_meant(screen) if screen.transcript.turn is not None else None
    codebook = CodebookScreen(
        screen.project,
        screen.seat.coder,
        screen.background,
        screen.settings,
        on=code.id if code else None,
        known=screen.seat.codebook,
    )

    def back(_left: None) -> None:
        screen.ask(screen.project.changes_seen, screen.refresh_if_changed)

    screen.app.push_screen(codebook, back)


def compare(screen: "CodingScreen") -> None:
    """Show the other passages under the code here, a page at a time; after the last, close."""
    pane, standing = screen.comparison, screen.standing
    code = _code_meant(screen)
    if pane.is_open and (code is None or code == pane.code or not standing.codes):
        if not pane.turn_over():
            pane.close()
    elif code is not None:
        screen.compare(code)
    else:
        screen.say("There is no code here to compare.")


def _code_meant(screen: "CodingScreen") -> Code | None:
    """Say which code is meant: that of the coding meant, else one here, else the last used."""
    standing = screen.standing
    if standing.meant is not None:
        return screen.seat.codebook.by_id().get(standing.meant.code)
    return next(iter(standing.codes or standing.last), None)


def definition(screen: "CodingScreen") -> None:
    """Show the definition of the code picked, of those here, or of the last ones used."""
    standing = screen.standing
    picked = screen.opened.codes_of([standing.picked]) if standing.picked else []
    codes = picked or standing.codes or standing.last
    if not codes:
        screen.say("There is no code here to define.")
        return
    screen.ask(partial(_cards, screen, codes), partial(_show_page, screen), keys_wait=True)


def _show_page(screen: "CodingScreen", text: str) -> None:
    screen.app.push_screen(PageScreen(text))


def _cards(screen: "CodingScreen", codes: Sequence[Code]) -> str:
    """Write the whole entries of codes: the words of their examples, and how often they stand."""
    project, seat = screen.project, screen.seat
    used = code_counts.counts(project, by=seat.coder, round_name=seat.round.name)
    cards = []
    for code in codes:
        words = example_words(project, code, by=seat.coder)
        asked = proposers(project, code, by=seat.coder)
        entry = card(seat.codebook, code, examples=words, proposers=asked)
        lines = [line.whole for line in entry]
        cards.append(
            "\n".join([*lines, f"Used: {used[code.id].words}", *_other_wording(seat, code)])
        )
    return "\n\n".join(cards)


def _other_wording(seat: Seat, code: Code) -> list[str]:
    """Say how a coder proposes that an entry read otherwise; the lead just rewords it."""
    if seat.coder.leads:
        return []
    return [f': codebook propose --reword {code.key or code.label} --set when="…" --because "…"']


def explain(screen: "CodingScreen") -> None:
    """Say what one stands on and what can be done here, then all keys."""
    screen.app.push_screen(PageScreen(f"{explained(screen)}\n\n{page('keys')}"))


def ease(screen: "CodingScreen") -> None:
    """Go back to the whole turn; then let go: of what is picked, compared, found, filtered."""
    if not screen.transcript.is_whole_turn:
        screen.transcript.action_size(Size.TURN)
    elif screen.standing.picked is not None:
        screen.pick(None)
    elif screen.comparison.is_open:
        screen.comparison.close()
    elif screen.search.hits or screen.search.anew:
        end_search(screen)
        screen.say("The search is over; n goes to what is left again.")
    elif screen.filter is not None:
        _show_only(screen, None)
    screen.tell()


def change_theme(screen: "CodingScreen") -> None:
    """Change between the light and the dark theme."""
    app = screen.app
    app.theme = "textual-light" if app.current_theme.dark else "textual-dark"
    screen.say("This once; for always: qualcode settings theme light (or dark).")


def palette(screen: "CodingScreen") -> None:
    """Find a code, a source or a command by its words."""
    screen.ask(
        lambda: sources.sources(screen.project), partial(_open_palette, screen), keys_wait=True
    )


def _open_palette(screen: "CodingScreen", known: list[Source]) -> None:
    screen.palette.offer(
        lambda typed: _picks(screen, known, typed), hint="a code, a source, a command"
    )
    screen.hand_keys_to(screen.palette)


def _picks(screen: "CodingScreen", known: list[Source], typed: str) -> list[Pick]:
    """List what fits: codes, then sources, then commands possible here."""
    words = folded(typed).split()

    def fits(text: str) -> bool:
        return all(word in folded(text) for word in words)

    codes = [
        Pick(
            f"code    {code.title}", "\n".join(in_brief(code)), partial(coding.put, screen, (code,))
        )
        for code in (matching(screen.seat.codebook, typed) if words else ())
    ]
    of_sources = [
        Pick(f"source  {one.name}", f"Open {one.name}.", partial(screen.open_source, one))
        for one in known
        if words and fits(one.name)
    ]
    return [*codes[:8], *of_sources[:8], *_commands(screen, fits)]


def _commands(screen: "CodingScreen", fits: Callable[[str], bool]) -> list[Pick]:
    return [
        Pick(f"{one.key:<7} {one.about}", one.about, partial(one.act, screen))
        for one in screen.commands_possible()
        if one.words and fits(f"{one.words} {one.about}")
    ]
