"""Coding: applying codes, taking them off, giving them another extent, marking as read."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk, ReadMark, Via
from qualcode.domain.errors import NotFoundError, PlaceError, RefusedError
from qualcode.domain.ids import new_id, new_ids
from qualcode.domain.lineage import desk_in_force, in_force, twins_of
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, Viewpoint
from qualcode.domain.sources import Progress, Revision, Source, TurnRole
from qualcode.domain.text import Range, trimmed, words_hash
from qualcode.services.given import must_be_given, must_be_theirs, not_given, noted
from qualcode.services.rounds import codebook_in, in_which, must_be_open
from qualcode.services.sources import Spot
from qualcode.store.project import Project, View, Work

_CODABLE = "Code a participant's words; see: qualcode source show NAME"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who codes, in which round, with which version of the codebook."""

    coder: Coder
    round: Round
    codebook: Codebook

    @property
    def viewpoint(self) -> Viewpoint:
        """What this coder may look at is decided from here."""
        return Viewpoint(self.coder)


def take_seat(project: Project, coder: Coder, round_name: str | None = None) -> Seat:
    """Sit down to code: in the round named, or in the newest open one this coder is in."""
    with project.reading() as view:
        within = in_which(view, coder, round_name)
        return Seat(coder, within, codebook_in(view, within))


@dataclass(frozen=True, slots=True)
class Applied:
    """What a step did: the codes that are new there, and those that were there already."""

    spot: Spot
    added: tuple[Code, ...]
    already: tuple[Code, ...] = ()


def apply(
    project: Project, spot: Spot, codes: Sequence[Code], *, seat: Seat, via: Via = Via.HAND
) -> Applied:
    """Apply codes to a segment; a read mark on it gives way."""
    segment = may_code(spot)
    with project.work("code", by=seat.coder) as work:
        layer = own_layer(work, seat, [spot])
        before = work.codings.touching(seat.viewpoint, layer, spot.source, segment)
        read = in_force(seat.codebook, before.codings)
        known = {coding.code for coding in read if coding.ranges == (segment,)}
        new = [code for code in dict.fromkeys(codes) if code.id not in known]
        version = seat.codebook.version
        work.changes.add_codings(_codings(layer, spot, segment, new, version=version, via=via))
        if new:
            _let_marks_give_way(work, before)
    already = tuple(code for code in codes if code.id in known)
    return Applied(Spot(spot.source, spot.revision, segment), tuple(new), already)


def _let_marks_give_way(work: Work, touched: Desk) -> None:
    """Retire the read marks on what is coded now."""
    if touched.marks:
        work.changes.retire("read_mark", touched.marks)


def _codings(
    layer: Layer, spot: Spot, segment: Range, codes: Sequence[Code], *, version: int, via: Via
) -> list[Coding]:
    fingerprint = words_hash(segment.of(spot.revision.text))
    return [
        Coding(
            identity,
            layer.id,
            spot.source.id,
            spot.revision.id,
            code.id,
            version,
            (segment,),
            fingerprint,
            via,
        )
        for identity, code in zip(new_ids(len(codes)), codes, strict=True)
    ]


def remove(project: Project, spot: Spot, codes: Sequence[Code], *, seat: Seat) -> list[Coding]:
    """Take codes off a segment: those whose own extent it is, else those that touch it."""
    wanted = {code.id for code in codes}
    segment = trimmed(spot.revision.text, spot.range)
    with project.work("uncode", by=seat.coder) as work:
        layer = own_layer(work, seat, [spot])
        desk = work.codings.touching(seat.viewpoint, layer, spot.source, segment)
        read = in_force(seat.codebook, desk.on(segment))
        touching = [each for each in read if not wanted or each.code in wanted]
        exact = [each for each in touching if each.ranges == (segment,)]
        found = twins_of(seat.codebook, exact or touching, desk.codings)
        if not found:
            raise NotFoundError(
                "There is no such coding of yours here.", hint="See: qualcode show PLACE"
            )
        work.changes.retire("coding", found)
    return found


def take_off(project: Project, codings: Sequence[Coding], *, seat: Seat) -> list[Coding]:
    """Take just these codings off, those of them that still stand."""
    with project.work("uncode", by=seat.coder) as work:
        sources = work.sources.by_id({coding.source for coding in codings})
        places = {(sources[coding.source], coding.revision) for coding in codings}
        layer = layer_to_write(work, seat, places)
        found = with_twins(work, seat, layer, still_standing(work, seat, layer, codings))
        work.changes.retire("coding", found)
    return found


def with_twins(work: Work, seat: Seat, layer: Layer, codings: Sequence[Coding]) -> list[Coding]:
    """Give codings with those that read as the same, since their codes were merged."""
    if not seat.codebook.retired:
        return list(codings)
    sources = work.sources.by_id({coding.source for coding in codings})
    near = {
        other.id: other
        for each in codings
        for other in work.codings.touching(
            seat.viewpoint, layer, sources[each.source], each.extent
        ).codings
    }
    return twins_of(seat.codebook, codings, near.values())


def adjust(project: Project, coding: Coding, to: Spot, *, seat: Seat) -> Coding:
    """Give a coding another extent; its memos move along.

    Where its code stands on just these words already, the two become one: the coding is
    taken off, its memos hang on the one that was there, which is given back.
    """
    segment = may_code(to)
    with project.work("adjust", by=seat.coder) as work:
        layer = own_layer(work, seat, [to])
        (old,) = still_standing(work, seat, layer, [coding])
        if to.source.id != old.source:
            raise PlaceError(
                "A coding stays in its source.", hint="Take it off here and code there."
            )
        if old.ranges == (segment,):
            return old
        touched = work.codings.touching(seat.viewpoint, layer, to.source, segment)
        leaving = with_twins(work, seat, layer, [old])
        work.changes.retire("coding", leaving)
        there = same_on(seat.codebook, old, touched, segment)
        new = there or _grown(old, to.revision, segment)
        for each in leaving:
            if each.root != new.root:
                move_memos(work, seat, layer, to.source, old=each, new=new)
        if there:
            return there
        work.changes.add_codings([new])
        _let_marks_give_way(work, touched)
        return new


def same_on(codebook: Codebook, old: Coding, touched: Desk, segment: Range) -> Coding | None:
    """Find the coding that has the code of another on just these words."""
    wanted = replace(old, ranges=(segment,))
    return next(iter(twins_of(codebook, [wanted], touched.codings)), None)


def still_standing(work: Work, seat: Seat, layer: Layer, codings: Sequence[Coding]) -> list[Coding]:
    """Give those of the codings that still stand in the layer; refuse if none does."""
    found = work.codings.with_ids(seat.viewpoint, layer, [coding.id for coding in codings])
    if not found:
        raise NotFoundError(
            "This coding of yours no longer stands.", hint="See: qualcode show PLACE"
        )
    return found


def _grown(old: Coding, revision: Revision, segment: Range) -> Coding:
    return replace(
        old,
        id=new_id(),
        revision=revision.id,
        ranges=(segment,),
        words_hash=words_hash(segment.of(revision.text)),
        first=old.root,
    )


def move_memos(
    work: Work, seat: Seat, layer: Layer, source: Source, *, old: Coding, new: Coding
) -> None:
    """Let the memos of one coding hang on another: each is retired and written again there."""
    memos = work.codings.memos(seat.viewpoint, [layer], source=source)
    moving = [memo for memo in memos if memo.coding == old.root]
    if moving:
        work.changes.retire("memo", moving)
        work.changes.add_memos([replace(memo, id=new_id(), coding=new.root) for memo in moving])


def mark_read(project: Project, spots: Sequence[Spot], *, seat: Seat) -> int:
    """Mark turns as read, nothing applying; turns that are coded or marked stay as they are."""
    with project.work("read", by=seat.coder) as work:
        marks: list[ReadMark] = []
        layer = own_layer(work, seat, spots)
        taken = {
            source.id: _taken(
                work, seat, layer, source, [spot.range for spot in spots if spot.source == source]
            )
            for source in {spot.source for spot in spots}
        }
        for spot in spots:
            segment = may_code(spot)
            if not taken[spot.source.id].touch(segment):
                marks.append(
                    ReadMark(new_id(), layer.id, spot.source.id, spot.revision.id, segment)
                )
        return work.changes.add_marks(marks)


def _taken(
    work: Work, seat: Seat, layer: Layer, source: Source, ranges: Sequence[Range]
) -> "_Taken":
    """Say which words are dealt with from the first of some stretches to the last."""
    hull = Range(min(each.start for each in ranges), max(each.end for each in ranges))
    return _Taken(work.codings.touching(seat.viewpoint, layer, source, hull))


class _Taken:
    """The words that a desk's codings and read marks stand on, found by place."""

    def __init__(self, desk: Desk) -> None:
        stretches = [stretch for coding in desk.codings for stretch in coding.ranges]
        stretches = sorted([*stretches, *(mark.range for mark in desk.marks)])
        self._starts = [each.start for each in stretches]
        self._furthest = list(accumulate((each.end for each in stretches), max))

    def touch(self, stretch: Range) -> bool:
        """Do any of them share a code point with a stretch?"""
        behind = bisect_left(self._starts, stretch.end)
        return behind > 0 and self._furthest[behind - 1] > stretch.start


def turns_left(project: Project, source: Source, revision: Revision, *, seat: Seat) -> list[Spot]:
    """List the participants' turns of a source that this coder has not dealt with."""
    taken = _Taken(desk_of(project, source, seat=seat))
    return [
        Spot(source, revision, trimmed(revision.text, turn.range))
        for turn in revision.turns
        if turn.codable and not taken.touch(turn.range)
    ]


def desk_of(project: Project, source: Source, *, seat: Seat, known: Desk | None = None) -> Desk:
    """Give what the coder has on a source; what is known of it from before is taken over."""
    with project.reading() as view:
        layer = view.rounds.layer(seat.round, seat.coder)
        desk = view.codings.desk(seat.viewpoint, layer, source, known=known)
        notes = known.notes if known else noted(view, seat.round, seat.coder, source)
        return replace(desk_in_force(seat.codebook, desk), notes=notes)


def progress(project: Project, *, seat: Seat) -> list[Progress]:
    """List the coder's sources with how far they are."""
    with project.reading() as view:
        layer = view.rounds.layer(seat.round, seat.coder)
        assigned = view.rounds.assigned(seat.round, seat.coder.id)
        return view.codings.progress(seat.viewpoint, layer, assigned)


def counts(project: Project, *, seat: Seat) -> dict[Code, int]:
    """Count the coder's own codings by code."""
    with project.reading() as view:
        layer = view.rounds.layer(seat.round, seat.coder)
        made = view.codings.count_by_code(seat.viewpoint, layer)
        known = seat.codebook.by_id()
        found: dict[Code, list[UUID]] = {}
        for one in made:
            if one in known:
                found.setdefault(known[one], []).append(one)
        return {
            code: made[ids[0]]
            if len(ids) == 1 or layer is None
            else view.codings.count_segments(seat.viewpoint, layer, ids)
            for code, ids in found.items()
        }


def next_uncoded(project: Project, *, seat: Seat) -> Spot | None:
    """Find the first participant's turn, in order of the sources, not yet dealt with."""
    for row in progress(project, seat=seat):
        if row.finished:
            continue
        with project.reading() as view:
            assigned = view.rounds.assigned(seat.round, seat.coder.id)
            revision = assigned.read(view.sources.revision(row.source))
        left = turns_left(project, row.source, revision, seat=seat)
        if left:
            return left[0]
    return None


def may_code(spot: Spot) -> Range:
    """Give the segment without white space at its edges; refuse words that are not data."""
    segment = trimmed(spot.revision.text, spot.range)
    turns = spot.revision.turns_in(segment)
    if not turns or segment.length == 0:
        raise PlaceError(
            f"Nobody speaks at {spot.source.name}:{spot.range.start}-{spot.range.end}.",
            hint=_CODABLE,
        )
    for turn in turns:
        if turn.role is TurnRole.ADDED:
            raise RefusedError(
                f"Turn {turn.number} of {spot.source.name} was added to the transcript; "
                "it is not data and cannot be coded.",
                hint=_CODABLE,
            )
        if turn.role is TurnRole.CONTEXT:
            raise not_given(f"Turn {turn.number} of {spot.source.name}")
        if not turn.codable:
            what = f"Turn {turn.number}" if turn.number else f"A {turn.role.value}"
            raise RefusedError(
                f"{what} of {spot.source.name} is not a participant's words.", hint=_CODABLE
            )
    return segment


def own_layer(work: Work, seat: Seat, spots: Sequence[Spot]) -> Layer:
    """Find the coder's own layer to write in, and make sure the places can be written to."""
    places = {(spot.source, spot.revision.id) for spot in spots}
    layer = layer_to_write(work, seat, places)
    for source in {spot.source.id for spot in spots}:
        if not work.rounds.has_whole(seat.round, seat.coder.id, source):
            there = [spot for spot in spots if spot.source.id == source]
            must_be_given(work, seat.round, seat.coder, there)
    return layer


def layer_to_write(work: Work, seat: Seat, places: Iterable[tuple[Source, UUID]]) -> Layer:
    """Find the coder's own layer to write in, given sources and the texts one has in mind."""
    within = must_be_writable(work, seat, places)
    layer = work.rounds.own_layer(within, seat.coder)
    work.in_layer(layer)
    return layer


def must_be_writable(view: View, seat: Seat, places: Iterable[tuple[Source, UUID]]) -> Round:
    """Refuse what a coder cannot write in now, or not on these texts; give the round as it is."""
    within = view.rounds.with_id(seat.round.id)
    must_be_open(within, seat.coder)
    for source, revision in places:
        must_be_theirs(view, within, seat.coder, source)
        if view.sources.named(source.name).revision != revision:
            raise RefusedError(
                f"The text of {source.name} was corrected meanwhile.",
                hint="Open the source again; nothing was changed.",
            )
    return within
