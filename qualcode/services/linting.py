"""What is missing or askew: in the codebook, and in the themes above it."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from uuid import UUID

from qualcode.domain.codebook import Codebook
from qualcode.domain.findings import Finding
from qualcode.domain.linting import CODERS_WAYS, LEADS_WAYS, Use, codebook_findings
from qualcode.domain.people import Coder
from qualcode.domain.quotations import is_quotation_id
from qualcode.domain.rounds import RoundState, Viewpoint
from qualcode.domain.themes import announces, quotations_named
from qualcode.services.code_counts import counted, layers_counted
from qualcode.services.quoted import quotations_standing
from qualcode.services.redeciding import not_yet_redecided
from qualcode.services.rounds import codebook_in
from qualcode.services.theme_review import Review, reviewed_all
from qualcode.store.project import Project, View


def lint_codebook(project: Project, *, by: Coder) -> list[Finding]:
    """List the gaps and oddities of the newest codebook.

    What rests on codings is listed as far as this person may see them: that a code was never
    used, or that no such quotation stands, only to whom no layer is sealed.
    """
    with project.reading() as view:
        return _codebook(view, by)


def lint(project: Project, *, by: Coder) -> list[Finding]:
    """List the gaps of the codebook, then those of one's own themes."""
    with project.reading() as view:
        reviews = [one for one in reviewed_all(view, by) if not one.shown.who]
        return [
            *_codebook(view, by),
            *(one for each in reviews for one in _theme(each)),
            *_twice(reviews),
        ]


def _codebook(view: View, by: Coder) -> list[Finding]:
    codebook = view.codebooks.current()
    return codebook_findings(
        codebook,
        Use(_unused(view, codebook, by), _undecided(view, by), _quoted(view, codebook, by)),
        ways=LEADS_WAYS if by.leads else CODERS_WAYS,
    )


def _sees_all(view: View, by: Coder) -> bool:
    """Say whether no layer is kept from this person; of the unseen nothing may be inferred."""
    return by.leads or not any(one.sealed_from_view for one in view.rounds.all())


def _unused(view: View, codebook: Codebook, by: Coder) -> set[UUID]:
    """Find the codes that nobody applied; before anybody coded at all, that is no finding."""
    if not _sees_all(view, by):
        return set()
    found = counted(view, codebook, layers_counted(view, by), by=by)
    if not any(one.own for one in found.values()):
        return set()
    return {code.id for code in codebook.codes if not found[code.id].with_below}


def _undecided(view: View, by: Coder) -> dict[UUID, int]:
    """Count, in rounds that go on, the codings whose code is retired there."""
    waiting: dict[UUID, int] = {}
    for within in view.rounds.all():
        if within.state is not RoundState.OPEN:
            continue
        seen = view.rounds.layers_seen(Viewpoint(by), within)
        layers = [each.layer for each in seen if not each.layer.is_consensus]
        found = not_yet_redecided(view, codebook_in(view, within), layers, by=by)
        for code, count in found.items():
            waiting[code.id] = waiting.get(code.id, 0) + count
    return waiting


def _quoted(view: View, codebook: Codebook, by: Coder) -> set[str] | None:
    """Give the ids of the quotations that stand, where any code names one as its example."""
    named = any(is_quotation_id(one) for code in codebook.codes for one in code.examples)
    if not named or not _sees_all(view, by):
        return None
    return quotations_standing(view, codebook, by=by)


def _theme(review: Review) -> Iterator[Finding]:
    """List what one theme lacks or promises and does not hold."""
    theme, found = review.shown.theme, review.passages
    for kind, there, lack, way in (
        ("no claim", theme.claim, "has no claim", 'qualcode theme edit {} --claim "…"'),
        ("no codes", theme.codes, "has no codes", "qualcode theme codes {} CODES"),
        (
            "no passages",
            found or not theme.codes,
            "has no passage",
            "qualcode theme codes {} CODES",
        ),
        (
            "no counter-example",
            theme.counter_examples,
            "has no counter-example",
            "qualcode theme review {}, then: qualcode theme counter {} ID",
        ),
    ):
        if not there:
            yield _finding(
                review, kind, f"{lack}.", f"Give it: {way.replace('{}', _typed(review))}"
            )
    yield from _announced(review)
    for one in review.missing:
        way = f"Take it off: qualcode theme counter {_typed(review)} {one} --drop"
        yield _finding(
            review, "counter-example", f"has the counter-example {one}, which does not stand.", way
        )


def _announced(review: Review) -> Iterator[Finding]:
    """List the quotations that a theme's text announces and that are not under it."""
    theme = review.shown.theme
    under = {one.passage.id for one in review.passages}
    way = f"See what it has: qualcode theme review {_typed(review)}"
    if announces(theme.claim) and not under:
        yield _finding(review, "announced", "announces a quotation and has none.", way)
    for one in quotations_named(f"{theme.name} {theme.claim}"):
        if one not in under:
            sentence = f"names the quotation {one}, which does not stand under it."
            yield _finding(review, "announced", sentence, way)


def _twice(reviews: Sequence[Review]) -> Iterator[Finding]:
    """List what is used under two themes: whole codes, then single quotations."""
    for one, other in combinations(reviews, 2):
        names = f"“{one.shown.theme.name}” and “{other.shown.theme.name}”"
        theirs = [set(each.codes.with_below(each.codebook)) for each in (one, other)]
        both = sorted(theirs[0] & theirs[1], key=lambda code: code.position)
        for code in both:
            sentence = f"{code.title}, with all its quotations, is under both themes {names}."
            way = f"Leave it in one: qualcode theme codes {_typed(one)} CODES"
            yield Finding("used twice", f"{sentence} {way}", code.label)
        shared = {code.id for code in both}
        mine, others = ({p.passage.id: p.passage for p in each.passages} for each in (one, other))
        for name, passage in mine.items():
            codes = {code.id for code in passage.codes}
            if name in others and not codes & shared:
                sentence = f"The quotation {name} ({passage.place}) is under both themes {names}."
                yield Finding("used twice", f"{sentence} Quote it in one of them.", passage.place)


def _finding(review: Review, kind: str, what: str, way: str) -> Finding:
    name = review.shown.theme.name
    return Finding(kind, f"The theme “{name}” {what} {way}", name)


def _typed(review: Review) -> str:
    """Write a theme's name the way it is typed on a command line."""
    name = review.shown.theme.name
    return f'"{name}"' if " " in name else name
