"""Themes: what a person claims above the codes, and changes of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from shlex import quote

from qualcode.domain.codebook import Code, folded
from qualcode.domain.errors import AlreadyThereError, NotFoundError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.quotations import is_quotation_id
from qualcode.domain.rounds import Round
from qualcode.domain.text import as_stored
from qualcode.domain.themes import Theme, ThemeState, put_at
from qualcode.services.passages import passages_seen
from qualcode.services.people import fit_name
from qualcode.services.signing import SOMEBODY, letters, whose
from qualcode.store.project import Project, View, Work
from qualcode.store.themes import REDO, UNDO, ThemeChange


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme and whose it is: nobody's name for one's own, in a sealed round a coder."""

    theme: Theme
    who: str


def themes(project: Project, *, by: Coder) -> list[ThemeShown]:
    """List the themes that stand and that this person may see, their own first.

    The lead sees all, and everybody the lead's. Coders see each other's once no round they
    code in is sealed from view.
    """
    with project.reading() as view:
        return themes_seen(view, by)


def themes_seen(view: View, by: Coder) -> list[ThemeShown]:
    """List the themes that stand and that a person may see, within one reading."""
    people = view.people.by_id()
    apart = not by.leads and _sealed_round(view, by) is not None
    shown = [
        ThemeShown(one, _owner_shown(view, people[one.owner], by))
        for one in view.themes.all()
        if one.stands and (one.owner == by.id or not apart or people[one.owner].leads)
    ]
    order = {coder: place for place, coder in enumerate(people)}
    told = sorted(
        (one for one in shown if one.who != SOMEBODY),
        key=lambda one: (one.who != "", order[one.theme.owner]),
    )
    return [*told, *_drawn(one for one in shown if one.who == SOMEBODY)]


def _drawn(untold: Iterable[ThemeShown]) -> Iterator[ThemeShown]:
    """Put themes whose owner is not to be known in no order; of one name they have letters."""
    by_name: dict[str, list[ThemeShown]] = {}
    for one in sorted(untold, key=lambda one: sha256(one.theme.id.bytes).digest()):
        by_name.setdefault(folded(one.theme.name), []).append(one)
    for alike in by_name.values():
        signs = letters(len(alike)) if len(alike) > 1 else (SOMEBODY,)
        yield from (replace(one, who=sign) for one, sign in zip(alike, signs, strict=True))


def _owner_shown(view: View, owner: Coder, by: Coder) -> str:
    sealed = None if owner.leads else _sealed_round(view, owner)
    if sealed is None or owner.id == by.id:
        return "" if owner.id == by.id else owner.name
    return whose(sealed, owner, by=by)


def _sealed_round(view: View, coder: Coder) -> Round | None:
    """Find the newest round in which coders are kept apart, and this one among them."""
    sealed = [one for one in view.rounds.all() if one.sealed_from_view and one.has(coder)]
    return sealed[-1] if sealed else None


def theme_named(view: View, name: str, by: Coder, of: str = "") -> ThemeShown:
    """Find a theme a person may see: their own of this name, else another's."""
    named = _named(view, name, by)
    if of:
        named = [each for each in named if folded(each.who or by.name) == folded(of)]
    own = [each for each in named if not each.who]
    if own or len(named) == 1:
        return (own or named)[0]
    if named:
        raise RefusedError(
            f"There are {len(named)} themes “{name}”: of {', '.join(one.who for one in named)}.",
            hint="Say whose you mean: --of CODER",
        )
    raise _no_theme(name, of)


def _named(view: View, name: str, by: Coder) -> list[ThemeShown]:
    """List the themes of a name that a person may see, their own first."""
    return [each for each in themes_seen(view, by) if folded(each.theme.name) == folded(name)]


def _no_theme(name: str, of: str = "") -> NotFoundError:
    whose = f" of {of}" if of else ""
    return NotFoundError(f"There is no theme “{name}”{whose}.", hint="See: qualcode theme list")


def new(
    project: Project, name: str, *, by: Coder, claim: str = "", codes: Sequence[Code] = ()
) -> Theme:
    """Set up a theme of one's own, after those there are."""
    fit = fit_name(name, "theme")
    with project.work("theme new", by=by) as work:
        mine = _own(work, by)
        _must_be_free(mine, fit)
        theme = Theme(
            new_id(),
            by.id,
            fit,
            _fit_claim(claim),
            tuple(dict.fromkeys(code.id for code in codes)),
            (),
            1 + max((one.position for one in mine), default=0),
        )
        return _kept(work, by, theme)


def reword(
    project: Project, name: str, *, by: Coder, to: str | None = None, claim: str | None = None
) -> Theme:
    """Give a theme another name or claim."""
    fit = None if to is None else fit_name(to, "theme")
    with project.work("theme reword", by=by) as work:
        theme = _mine(work, name, by)
        if fit is not None:
            _must_be_free([one for one in _own(work, by) if one.id != theme.id], fit)
        return _kept(
            work,
            by,
            replace(
                theme,
                name=theme.name if fit is None else fit,
                claim=theme.claim if claim is None else _fit_claim(claim),
            ),
        )


def set_codes(project: Project, name: str, codes: Sequence[Code], *, by: Coder) -> Theme:
    """Say on which codes a theme rests."""
    with project.work("theme codes", by=by) as work:
        ids = tuple(dict.fromkeys(code.id for code in codes))
        return _kept(work, by, replace(_mine(work, name, by), codes=ids))


def add_counter(project: Project, name: str, quotation: str, *, by: Coder) -> Theme:
    """Hold a quotation against a theme: one that stands and that this person may see."""
    wanted = quotation.strip().upper()
    with project.work("theme counter", by=by) as work:
        theme = _mine(work, name, by)
        if not is_quotation_id(wanted) or wanted not in quotations_seen(work, by):
            raise NotFoundError(
                f"There is no quotation “{quotation}” that you can look at.",
                hint="Its id stands beside it: qualcode theme review NAME, qualcode quotes CODE",
            )
        ids = tuple(dict.fromkeys((*theme.counter_examples, wanted)))
        return _kept(work, by, replace(theme, counter_examples=ids))


def quotations_seen(view: View, by: Coder) -> set[str]:
    """Give the ids of all quotations that a person may see in any layer."""
    return {one.id for one in passages_seen(view, view.codebooks.current(), by=by)}


def drop_counter(project: Project, name: str, quotation: str, *, by: Coder) -> Theme:
    """Hold a quotation no longer against a theme."""
    wanted = quotation.strip().upper()
    with project.work("theme counter", by=by) as work:
        theme = _mine(work, name, by)
        if wanted not in theme.counter_examples:
            raise NotFoundError(
                f"“{quotation}” is no counter-example of {theme.name}.",
                hint=f"See: qualcode theme show {quote(theme.name)}",
            )
        left = tuple(one for one in theme.counter_examples if one != wanted)
        return _kept(work, by, replace(theme, counter_examples=left))


def move(project: Project, name: str, place: int, *, by: Coder) -> Theme:
    """Put a theme at a place among one's own, counted from 1."""
    with project.work("theme move", by=by) as work:
        theme = _mine(work, name, by)
        ordered = put_at(_own(work, by), theme, place)
        now = [replace(one, position=number) for number, one in enumerate(ordered, 1)]
        known = {one.id: one for one in _own(work, by)}
        _keep(work, by, [one for one in now if known[one.id] != one])
        return next(one for one in now if one.id == theme.id)


def retire(project: Project, name: str, *, by: Coder) -> Theme:
    """Let a theme stand no more; how it read stays in its history."""
    with project.work("theme retire", by=by) as work:
        return _kept(work, by, replace(_mine(work, name, by), state=ThemeState.RETIRED))


def undo(project: Project, *, by: Coder) -> list[Theme]:
    """Take back one's last change of a theme that stands; give the themes as they read now."""
    with project.work(UNDO, by=by) as work:
        done = work.themes.steps(by).done
        if not done:
            raise RefusedError(
                "There is nothing in your themes to undo.", hint="See: qualcode theme list"
            )
        before = work.themes.before(done[-1], by)
        _keep(work, by, before)
        return before


def redo(project: Project, *, by: Coder) -> list[Theme]:
    """Bring back one's change of a theme that was undone last, if none was made since."""
    with project.work(REDO, by=by) as work:
        undone = work.themes.steps(by).undone
        if not undone:
            raise RefusedError(
                "There is nothing in your themes to redo.",
                hint="Only a change undone last comes back.",
            )
        after = work.themes.after(undone[-1], by)
        _keep(work, by, after)
        return after


@dataclass(frozen=True, slots=True)
class Undoable:
    """Whether there is a change of one's own themes to take back, and one to bring back."""

    undo: bool = False
    redo: bool = False


def undoable(project: Project, *, by: Coder) -> Undoable:
    """Say whether undo and redo would do anything to one's own themes now."""
    with project.reading() as view:
        steps = view.themes.steps(by)
        return Undoable(bool(steps.done), bool(steps.undone))


def history(project: Project, name: str, *, by: Coder, of: str = "") -> list[ThemeChange]:
    """List how a theme read from each of its changes on, the oldest first."""
    with project.reading() as view:
        return view.themes.history(theme_named(view, name, by, of).theme)


def _own(view: View, by: Coder) -> list[Theme]:
    return [one for one in view.themes.all() if one.owner == by.id and one.stands]


def _mine(view: View, name: str, by: Coder) -> Theme:
    """Find a theme of one's own; another's can be seen at most."""
    named = _named(view, name, by)
    if not named:
        raise _no_theme(name)
    if named[0].who:
        owners = " and ".join(f"{one.who}'s" for one in named)
        raise RefusedError(
            f"The theme “{named[0].theme.name}” is {owners}; only its owner changes it.",
            hint="Set up your own: qualcode theme new NAME",
        )
    return named[0].theme


def _must_be_free(among: Sequence[Theme], name: str) -> None:
    if folded(name) in {folded(one.name) for one in among}:
        raise AlreadyThereError(f"You have a theme “{name}” already.", hint="Choose another name.")


def _fit_claim(claim: str) -> str:
    return " ".join(as_stored(claim).text.split())


def _kept(work: Work, by: Coder, theme: Theme) -> Theme:
    """Keep a theme where it reads otherwise than before."""
    if theme not in work.themes.all():
        _keep(work, by, [theme])
    return theme


def _keep(work: Work, by: Coder, themes: Sequence[Theme]) -> None:
    """Keep themes; while coders are kept apart, nobody but the lead learns of it."""
    apart = None if by.leads else _sealed_round(work, by)
    if themes and apart is not None:
        work.about_layer(work.rounds.own_layer(apart, by).id)
    work.themes.keep(themes)
