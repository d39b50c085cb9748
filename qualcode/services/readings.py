"""What can be compared: readings side by side, and the stretches of text they have in common."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from qualcode.domain.assignments import Assigned, Turns
from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import PAIR, Layer, Round, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.rounds import codebook_in
from qualcode.services.signing import letters, names_open
from qualcode.store.project import View

if TYPE_CHECKING:
    from qualcode.agreement.spans import Flags, Spans


@dataclass(frozen=True, slots=True)
class Reading:
    """What one coder made of one round: their layer there, what they were given, how far it is."""

    shown: str
    coder: Coder
    layer: Layer | None
    assigned: Assigned
    finished: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A source, or turns of one: who was given it, and who has finished it.

    `turns` are ranges of the participants' turns that belong to it; None where all do.
    """

    source: Source
    turns: tuple[Range, ...] | None
    given: tuple[bool, ...]
    finished: tuple[bool, ...]

    @property
    def readers(self) -> tuple[int, ...]:
        """Whose it is: the places of the readings to which it was given."""
        return tuple(place for place, given in enumerate(self.given) if given)

    @property
    def complete(self) -> bool:
        """Have all who were given it finished it?"""
        return self.given == self.finished

    def holds(self, stretch: Range) -> bool:
        """Say whether a stretch of the source's text reaches into it."""
        return self.turns is None or any(turn.overlaps(stretch) for turn in self.turns)

    @property
    def compared(self) -> bool:
        """Have two or more finished it?"""
        return sum(self.finished) >= PAIR


@dataclass(frozen=True, slots=True)
class Compared:
    """Readings side by side, the codebook they are read by, and the stretches they share."""

    within: Round
    readings: tuple[Reading, ...]
    codebook: Codebook
    stretches: tuple[Stretch, ...]
    told_apart: bool

    @property
    def shown(self) -> tuple[str, ...]:
        """The coders' names, or letters where they are not to be told apart."""
        return tuple(each.shown for each in self.readings)

    @property
    def layers(self) -> list[Layer]:
        """The layers there are."""
        return [each.layer for each in self.readings if each.layer]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources the stretches are of, each once."""
        return tuple(dict.fromkeys(each.source for each in self.stretches))

    @property
    def rated(self) -> "Flags":
        """Who finished which stretch: stretches by readings."""
        import numpy as np

        flags = [each.finished for each in self.stretches]
        return np.array(flags, dtype=np.bool_).reshape(len(flags), len(self.readings))


def may_compare(within: Round, by: Coder) -> None:
    """Refuse to compare coders for somebody who must not yet see the others' work."""
    if within.sealed_from_view and not by.leads:
        raise RefusedError(
            f"Round {within.name} is blind: its coders are compared once it is closed.",
            hint="The lead can look earlier.",
        )


def must_hold_all_layers(view: View) -> None:
    """Refuse to compare in a coder's share: the others' layers are not in it."""
    if view.journal.owner() is not None:
        raise RefusedError(
            "This is a coder's share: it holds one coder's work, and nothing to compare it with.",
            hint="Coders are compared in the study itself; ask the lead.",
        )


def compared_coders(view: View, within: Round) -> tuple[Coder, ...]:
    """Name the coders of a round in order; in the free round, those who have coded in it."""
    people = view.people.by_id()
    if not within.free:
        return tuple(people[one] for one in within.coders)
    return tuple(one for one in people.values() if view.rounds.layer(within, one) is not None)


def of_round(view: View, within: Round, by: Coder) -> Compared:
    """Put the readings of a round's coders side by side."""
    may_compare(within, by)
    found = side_by_side(view, within, by)
    if len(found.readings) < PAIR:
        raise RefusedError(
            f"Round {within.name} has no two coders to compare.", hint="See: qualcode round status"
        )
    return found


def side_by_side(view: View, within: Round, by: Coder) -> Compared:
    """Put the readings of a round's coders side by side, however many there are."""
    must_hold_all_layers(view)
    coders = compared_coders(view, within)
    named = names_open(within, coders, by=by)
    shown = [coder.name for coder in coders] if named else letters(len(coders))
    readings = [
        _reading(view, within, coder, called, by=by)
        for coder, called in zip(coders, shown, strict=True)
    ]
    return _compared(view, within, readings, told_apart=named)


def of_coder_again(view: View, within: Round, before: Round, by: Coder) -> list[Compared]:
    """Put each coder's reading in an earlier round beside their own in a later one.

    Where names are held back, coders come in an order that nobody chose, by letters.
    """
    for each in (within, before):
        may_compare(each, by)
    both = [coder for coder in compared_coders(view, within) if before.has(coder)]
    named = all(names_open(each, both, by=by) for each in (within, before))
    if not named:
        both.sort(key=lambda coder: sha256(f"{within.id}/{coder.id}".encode()).digest())
    shown = [coder.name for coder in both] if named else letters(len(both))
    if not both or within.id == before.id:
        raise RefusedError(
            f"Nobody codes in both {before.name} and {within.name}.",
            hint="Name two rounds with a coder in common.",
        )
    return [
        _compared(
            view,
            within,
            [
                _reading(view, each, coder, f"{called} in {each.name}", by=by)
                for each in (before, within)
            ],
            told_apart=True,
        )
        for coder, called in zip(both, shown, strict=True)
    ]


def _reading(view: View, within: Round, coder: Coder, shown: str, *, by: Coder) -> Reading:
    layer = view.rounds.layer(within, coder)
    assigned = view.rounds.assigned(within, coder.id)
    rows = view.codings.progress(Viewpoint(by), layer, assigned)
    done = frozenset(row.source.id for row in rows if row.finished)
    return Reading(shown, coder, layer, assigned, done)


def _compared(
    view: View, within: Round, readings: Sequence[Reading], *, told_apart: bool
) -> Compared:
    sources = [
        one for one in view.sources.all() if any(each.assigned.has(one.id) for each in readings)
    ]
    parted = [one for one in sources if any(_part(each, one) is not None for each in readings)]
    texts = view.sources.revisions(parted)
    stretches = [each for one in sources for each in _stretches(one, readings, texts.get(one.id))]
    codebook = codebook_in(view, within)
    return Compared(within, tuple(readings), codebook, tuple(stretches), told_apart)


def _part(reading: Reading, source: Source) -> Turns | None:
    """Give the turns of a source that a reading was given, where it is neither all nor none."""
    return reading.assigned.part(source.id) or None


def _stretches(
    source: Source, readings: Sequence[Reading], text: Revision | None
) -> Iterator[Stretch]:
    """Part a source by who was given which of its turns."""
    if text is None:
        given = tuple(each.assigned.has(source.id) for each in readings)
        yield _stretch(source, None, given, readings)
        return
    parts = [each.assigned.part(source.id) for each in readings]
    turns: dict[tuple[bool, ...], list[Range]] = {}
    for at, turn in enumerate(text.turns):
        if turn.codable:
            given = tuple(part is None or at in part for part in parts)
            turns.setdefault(given, []).append(turn.range)
    for given, ranges in turns.items():
        if any(given):
            yield _stretch(source, tuple(ranges), given, readings)


def _stretch(
    source: Source,
    turns: tuple[Range, ...] | None,
    given: tuple[bool, ...],
    readings: Sequence[Reading],
) -> Stretch:
    pairs = zip(given, readings, strict=True)
    finished = tuple(has and source.id in each.finished for has, each in pairs)
    return Stretch(source, turns, given, finished)


def spans_of(view: View, compared: Compared, by: Coder) -> tuple["Spans", "Spans"]:
    """Read the readings' spans as columns of numbers: stretch, reading, code, start, end.

    Apart are those whose code is gone; their code is 0, for they are in no code's column.
    """
    import numpy as np

    from qualcode.agreement.spans import Spans

    raw = view.codings.raw_id
    layers = {raw(one.layer.id): at for at, one in enumerate(compared.readings) if one.layer}
    sources = {raw(source.id): at for at, source in enumerate(compared.sources)}
    places = {code.id: at for at, code in enumerate(compared.codebook.codes)}
    codes = {raw(one): places.get(code.id, -1) for one, code in compared.codebook.by_id().items()}
    rows = [row for row in view.codings.spans(Viewpoint(by), compared.layers) if row[1] in sources]
    layer, source, code, start, end = zip(*rows, strict=True) if rows else [()] * 5
    columns: list[Iterable[int]] = [
        map(sources.__getitem__, source),
        map(layers.__getitem__, layer),
        (codes.get(each, -1) for each in code),
        start,
        end,
    ]
    which, who, what, starts, ends = (np.fromiter(one, np.int64, len(rows)) for one in columns)
    size = {"coders": len(compared.readings), "codes": len(places)}
    spans = _in_stretches(compared, Spans(which, who, what, starts, ends, **size))
    gone = Spans(
        spans.source,
        spans.coder,
        np.zeros_like(spans.code),
        spans.start,
        spans.end,
        coders=spans.coders,
        codes=1,
    )
    return spans.only(spans.code >= 0), gone.only(spans.code < 0)


def _in_stretches(compared: Compared, spans: "Spans") -> "Spans":
    """Give spans by stretch instead of by source; one stands in each stretch it reaches into."""
    import numpy as np

    from qualcode.agreement.spans import Spans

    number = {source: at for at, source in enumerate(compared.sources)}
    if len(number) == len(compared.stretches):
        return spans
    kept, stretch = [], []
    for at, each in enumerate(compared.stretches):
        inside = np.flatnonzero(spans.source == number[each.source])
        if each.turns is not None:
            turns = np.array(each.turns, dtype=np.int64).reshape(-1, 2)
            next_turn = np.searchsorted(turns[:, 1], spans.start[inside], side="right")
            begins = np.append(turns[:, 0], np.iinfo(np.int64).max)[next_turn]
            inside = inside[begins < spans.end[inside]]
        kept.append(inside)
        stretch.append(np.full(len(inside), at, dtype=np.int64))
    order = np.concatenate(kept)
    return Spans(
        np.concatenate(stretch),
        spans.coder[order],
        spans.code[order],
        spans.start[order],
        spans.end[order],
        coders=spans.coders,
        codes=spans.codes,
    )


def turns_in(stretch: Stretch, turns: Mapping[UUID, Sequence[Range]]) -> Sequence[Range]:
    """Give the participants' turns of a stretch, from those of all sources."""
    return turns[stretch.source.id] if stretch.turns is None else stretch.turns
