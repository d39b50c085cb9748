"""Reviewing a theme: all its passages by code, then a whole source with them marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Revision, Source, Turn
from qualcode.domain.themes import Theme, ThemeCodes, codes_now
from qualcode.services.passages import Passage, passages, passages_seen
from qualcode.services.themes import ThemeShown, theme_named, themes_seen
from qualcode.store.project import Project, View


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage of a theme, and whether it speaks against the claim."""

    passage: Passage
    counter: bool


@dataclass(frozen=True, slots=True)
class CodeSection:
    """What stands under one code of a theme and no code before it.

    Without a code, it speaks against the theme and stands under none of its codes, or in a
    layer that is not reviewed otherwise.
    """

    code: Code | None
    passages: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A theme with its passages, each once, under the first of its codes.

    `layers` says whose codings they are; `codebook` is the newest, by which all is read.
    `counter_examples` are those this person may see, also from layers that are not reviewed
    otherwise; `missing` are one's own that no longer stand in any layer.
    """

    shown: ThemeShown
    codebook: Codebook
    codes: ThemeCodes
    layers: str
    sections: tuple[CodeSection, ...]
    counter_examples: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def passages(self) -> list[Marked]:
        """List all passages in the order of the sections."""
        return [one for section in self.sections for one in section.passages]

    @property
    def sources(self) -> list[Source]:
        """List the sources that hold passages of the theme, in order."""
        found = {one.passage.source.id: one.passage.source for one in self.passages}
        return sorted(found.values(), key=lambda source: source.position)


@dataclass(frozen=True, slots=True)
class TurnReviewed:
    """A turn of a source, and the passages of the theme that begin in it or run through it."""

    turn: Turn
    passages: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class SourceReview:
    """A whole source, turn by turn, with what a theme's codes mark in it."""

    review: Review
    source: Source
    text: Revision
    turns: tuple[TurnReviewed, ...]


def review(project: Project, name: str, *, by: Coder, of: str = "") -> Review:
    """Gather all passages of a theme by code, with those that speak against it marked.

    They come from the consensus where there is one, else from the layers one may see. What
    speaks against it comes from any layer one may see.
    """
    with project.reading() as view:
        return reviewed(view, theme_named(view, name, by, of), by)


def review_source(
    project: Project, name: str, source: str, *, by: Coder, of: str = ""
) -> SourceReview:
    """Go through a whole source with what a theme's codes mark in it, to check it on the whole."""
    with project.reading() as view:
        found = view.sources.named(source)
        text = view.sources.revision(found)
        whole = reviewed(view, theme_named(view, name, by, of), by)
        here = [one for one in whole.passages if one.passage.source.id == found.id]
        ordered = sorted(here, key=lambda one: one.passage.ranges)
        turns = tuple(TurnReviewed(turn, _in_turn(turn, ordered)) for turn in text.turns)
        return SourceReview(whole, found, text, turns)


def reviews(project: Project, *, by: Coder) -> list[Review]:
    """Review all themes a person may see, their own first."""
    with project.reading() as view:
        return reviewed_all(view, by)


def reviewed_all(view: View, by: Coder) -> list[Review]:
    """Review all themes a person may see, within one reading."""
    shown = themes_seen(view, by)
    return _reviews(view, shown, by) if shown else []


def reviewed(view: View, shown: ThemeShown, by: Coder) -> Review:
    """Review one theme within one reading."""
    return _reviews(view, [shown], by)[0]


@dataclass(frozen=True, slots=True)
class _Read:
    """What themes are reviewed on: the passages read, and what speaks against them elsewhere."""

    codebook: Codebook
    layers: str
    passages: list[Passage]
    elsewhere: list[Passage]


def _reviews(view: View, shown: Sequence[ThemeShown], by: Coder) -> list[Review]:
    codebook, (layers, said) = view.codebooks.current(), layers_read(view, by)
    found = passages(view, codebook, layers, by=by)
    against = {one for each in shown for one in each.theme.counter_examples}
    beyond = against - {one.id for one in found}
    seen = passages_seen(view, codebook, by=by) if beyond else []
    elsewhere = [one for one in seen if one.id in beyond]
    return [_review(one, _Read(codebook, said, found, elsewhere)) for one in shown]


def layers_read(view: View, by: Coder) -> tuple[list[Layer], str]:
    """Choose the layers a theme is reviewed in, and say which they are.

    That is the newest consensus with codings in it, else every coder's layer one may see.
    """
    seen = view.rounds.layers_seen(Viewpoint(by))
    decided = [each for each in seen if each.layer.is_consensus]
    for each in sorted(decided, key=lambda one: one.round.number, reverse=True):
        if view.segments.tally(Viewpoint(by), [each.layer]):
            return [each.layer], f"the consensus of round {each.round.name}"
    coders = [each.layer for each in seen if not each.layer.is_consensus]
    others = any(layer.coder != by.id for layer in coders)
    return coders, "the layers of all coders you may see" if others else "your own layers"


def _review(shown: ThemeShown, read: _Read) -> Review:
    theme, codes = shown.theme, codes_now(read.codebook, shown.theme.codes)
    among = codes.with_below(read.codebook)
    wanted = {code.id for code in among}
    by_code: dict[UUID, list[Marked]] = {}
    against: list[Marked] = []
    for one in read.passages:
        own = tuple(code for code in one.codes if code.id in wanted)
        if own:
            by_code.setdefault(own[0].id, []).append(_marked(theme, replace(one, codes=own)))
        elif one.id in theme.counter_examples:
            against.append(_marked(theme, one))
    elsewhere = [one for one in read.elsewhere if one.id in theme.counter_examples]
    against += [_marked(theme, one) for one in elsewhere]
    sections = [CodeSection(code, tuple(by_code.get(code.id, ()))) for code in among]
    if against:
        sections.append(CodeSection(None, tuple(against)))
    there = {one.id for one in (*read.passages, *elsewhere)}
    missing = [one for one in theme.counter_examples if one not in there]
    against_it = tuple(one for one in theme.counter_examples if one in there or not shown.who)
    return Review(
        shown,
        read.codebook,
        codes,
        f"{read.layers}; what speaks against it also from others" if elsewhere else read.layers,
        tuple(sections),
        against_it,
        () if shown.who else tuple(missing),
    )


def _marked(theme: Theme, passage: Passage) -> Marked:
    return Marked(passage, counter=passage.id in theme.counter_examples)


def _in_turn(turn: Turn, ordered: Sequence[Marked]) -> tuple[Marked, ...]:
    return tuple(
        one
        for one in ordered
        if any(stretch.overlaps(turn.range) for stretch in one.passage.ranges)
    )
