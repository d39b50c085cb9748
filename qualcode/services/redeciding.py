"""Deciding anew: codings whose code is gone, or whose rule reads otherwise by now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Via
from qualcode.domain.errors import RetiredCodeError, UnknownCodeError
from qualcode.domain.ids import new_id
from qualcode.domain.lineage import Rules, Why, ids_of, in_force, twins_of
from qualcode.domain.people import Coder
from qualcode.domain.places import written
from qualcode.domain.redeciding import Doubts, offered, undecided
from qualcode.domain.rounds import CONSENSUS, Layer, Round, Viewpoint
from qualcode.domain.sources import Source
from qualcode.services.coding import (
    Seat,
    layer_to_write,
    move_memos,
    still_standing,
    take_off,
    with_twins,
)
from qualcode.services.signing import whose
from qualcode.store.project import Project, View, Work
from qualcode.store.rounds import SeenLayer


@dataclass(frozen=True, slots=True)
class Item:
    """A coding to be decided anew: why, its code, and what took that code's place.

    `because` says why in words; `place` can be typed, `words` are those it stands on.
    """

    coding: Coding
    why: Why
    because: str
    code: Code
    successors: tuple[Code, ...]
    source: Source
    place: str
    words: str


def queue(project: Project, *, seat: Seat, source: Source | None = None) -> list[Item]:
    """List what the coder has to decide anew in the round, or in one source, in order of place."""
    with project.reading() as view:
        doubts = doubts_in(view, seat.codebook)
        layer = view.rounds.layer(seat.round, seat.coder)
        if layer is None or not doubts.codes:
            return []
        found = view.codings.of_codes(seat.viewpoint, list(doubts.codes), [layer])
        wanted = [each for each in found if source is None or each.source == source.id]
        doubtful = doubts.among(in_force(seat.codebook, wanted))
        return [_item(doubts, each) for each in _placed(view, doubtful)]


def doubts(project: Project, *, seat: Seat) -> Doubts:
    """Say what makes a coding doubtful under the codebook that the coder codes with."""
    with project.reading() as view:
        return doubts_in(view, seat.codebook)


def doubts_in(view: View, codebook: Codebook) -> Doubts:
    """Say what makes a coding doubtful under a version of the codebook; the first has no past."""
    has_past = codebook.version > 1
    return Doubts(
        codebook, view.codebooks.changed_rules(codebook.version) if has_past else Rules({})
    )


def not_yet_redecided(
    view: View, codebook: Codebook, layers: Sequence[Layer], *, by: Coder
) -> dict[Code, int]:
    """Count, by code that is gone, the codings of some layers that wait for their coders.

    These are the codings of the coders' queues but for those under a reworded rule. Layers
    this person may not look at count as empty.
    """
    gone = [one for one, code in codebook.by_id().items() if not code.in_use]
    found = view.codings.of_codes(Viewpoint(by), gone, layers) if gone else []
    return undecided(codebook, found)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A coding with its source, its place as it can be typed, and its words."""

    coding: Coding
    source: Source
    place: str
    words: str


def _placed(view: View, codings: Iterable[Coding]) -> list[_Placed]:
    """Read where codings stand, in order of place."""
    codings = list(codings)
    sources = view.sources.by_id({each.source for each in codings})
    texts = view.sources.revisions(list(sources.values()))
    placed = []
    for each in codings:
        source, text = sources[each.source], texts[each.source]
        place = written(source.name, each.extent, text)
        placed.append(_Placed(each, source, place, each.words(text.text)))
    return sorted(placed, key=lambda one: (one.source.position, one.coding.ranges, one.coding.id))


def _item(doubts: Doubts, placed: _Placed) -> Item:
    coding = placed.coding
    why = doubts.why(coding)
    if why is None:
        raise LookupError(coding.id)
    code = doubts.codebook.by_id()[coding.code]
    return Item(
        coding,
        why,
        doubts.said(coding),
        code,
        tuple(offered(doubts.codebook, code)),
        placed.source,
        placed.place,
        placed.words,
    )


def redecide(
    project: Project, codings: Sequence[Coding], codes: Sequence[Code], *, seat: Seat
) -> list[Coding]:
    """Decide codings anew: put codes in their place on the same words; none takes them off.

    Their memos move along. Where a code stands on just these words already, it stays as it
    is; what stands there then is given back.
    """
    if not codes:
        take_off(project, codings, seat=seat)
        return []
    for code in codes:
        _must_be_in_use(seat.codebook, code)
    chosen = {code.id: code for code in codes}
    return _exchanged(project, codings, list(chosen), seat=seat)


def keep(project: Project, codings: Sequence[Coding], *, seat: Seat) -> list[Coding]:
    """Leave codings under their code, as made under the version of the codebook in force."""
    known = seat.codebook.by_id()
    for each in codings:
        code = known[each.made_under]
        if not code.in_use:
            successors = tuple(one.title for one in offered(seat.codebook, code))
            raise RetiredCodeError(code.label, successors)
    return _exchanged(project, codings, None, seat=seat)


def _must_be_in_use(codebook: Codebook, code: Code) -> None:
    entry = codebook.entry(code.id)
    if entry is None:
        raise UnknownCodeError(code.label)
    if not entry.in_use:
        successors = tuple(one.title for one in codebook.successors(entry))
        raise RetiredCodeError(entry.label, successors)


def _exchanged(
    project: Project, codings: Sequence[Coding], codes: Sequence[UUID] | None, *, seat: Seat
) -> list[Coding]:
    """Put other codings in the place of some: of the codes given, or of their own ones."""
    with project.work("redecide", by=seat.coder) as work:
        sources = work.sources.by_id({each.source for each in codings})
        places = {(sources[each.source], each.revision) for each in codings}
        layer = layer_to_write(work, seat, places)
        found = still_standing(work, seat, layer, codings)
        desk = _Exchange(work, seat, layer, sources)
        return [now for each in _on_the_same_words(found) for now in desk.put(each, codes)]


def _on_the_same_words(codings: Sequence[Coding]) -> list[list[Coding]]:
    """Gather the codings that stand on the same words."""
    gathered: dict[tuple[object, ...], list[Coding]] = {}
    for each in codings:
        gathered.setdefault((each.source, each.ranges), []).append(each)
    return list(gathered.values())


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Where codings are exchanged: one coder's layer, while a work goes on."""

    work: Work
    seat: Seat
    layer: Layer
    sources: dict[UUID, Source]

    def put(self, old: Sequence[Coding], codes: Sequence[UUID] | None) -> list[Coding]:
        """Exchange codings that stand on the same words; give what stands there instead."""
        known, book = self.seat.codebook.by_id(), self.seat.codebook
        leaving = with_twins(self.work, self.seat, self.layer, old)
        gone = {each.id for each in leaving}
        source = self.sources[old[0].source]
        touching = self.work.codings.touching(
            self.seat.viewpoint, self.layer, source, old[0].extent
        )
        others = [each for each in touching.codings if each.id not in gone]
        wanted = codes if codes is not None else dict.fromkeys(known[o.made_under].id for o in old)
        grown = [self._grown(old[0], code) for code in wanted]
        there = {each.code: twins_of(book, [each], others)[:1] for each in grown}
        new = [each for each in grown if not there[each.code]]
        stands = [*new, *(one for found in there.values() for one in found)]
        self.work.changes.retire("coding", leaving)
        self.work.changes.add_codings(new)
        for each in leaving:
            if each.root != stands[0].root:
                move_memos(self.work, self.seat, self.layer, source, old=each, new=stands[0])
        return stands

    def _grown(self, old: Coding, code: UUID) -> Coding:
        via = old.via if code == self.seat.codebook.by_id()[old.made_under].id else Via.HAND
        version = self.seat.codebook.version
        return replace(
            old,
            id=new_id(),
            code=code,
            codebook_version=version,
            via=via,
            first=old.root,
            first_code=None,
        )


@dataclass(frozen=True, slots=True)
class UnderOldRule:
    """A coding whose code's rule reads otherwise by now: `then` is the entry it was made under.

    That is the entry of another code where that one was merged since. `who` is empty for
    one's own; in a sealed round it is a coder.
    """

    coding: Coding
    source: Source
    place: str
    words: str
    who: str
    round: Round
    version: int
    then: Code


def made_under_old_rule(project: Project, code: Code, *, by: Coder) -> list[UnderOldRule]:
    """List the codings of a code made under another rule than that in force, by source and place.

    They come from all layers this person may see, of every round, closed ones too. A coding
    that came to the code by a merge is one of them if the rule was reworded after that.
    """
    viewpoint = Viewpoint(by)
    with project.reading() as view:
        newest = view.codebooks.current()
        doubts = Doubts(newest, view.codebooks.rules(newest.version))
        seen = view.rounds.layers_seen(viewpoint)
        ids = ids_of(newest, code)
        found = view.codings.of_codes(viewpoint, ids, [each.layer for each in seen])
        old = [each for each in in_force(newest, found) if doubts.by_another_rule(each)]
        signed = _Signed(view, seen, by)
        return [signed.under_old_rule(each, doubts.rules) for each in _placed(view, old)]


class _Signed:
    """Looks up who made codings, and in which round."""

    def __init__(self, view: View, seen: Sequence[SeenLayer], by: Coder) -> None:
        self._layers = {each.layer.id: each for each in seen}
        self._people = view.people.by_id()
        self._by = by

    def under_old_rule(self, placed: _Placed, rules: Rules) -> UnderOldRule:
        """Say who made a coding, in which round, and what its code's rule said then."""
        coding = placed.coding
        made_in = self._layers[coding.layer]
        then = rules.at(coding.made_under, coding.codebook_version)
        if then is None:
            raise LookupError(coding.made_under)
        return UnderOldRule(
            coding,
            placed.source,
            placed.place,
            placed.words,
            self._who(made_in),
            made_in.round,
            coding.codebook_version,
            then,
        )

    def _who(self, made_in: SeenLayer) -> str:
        coder = made_in.layer.coder
        if coder is None:
            return CONSENSUS
        return whose(made_in.round, self._people[coder], by=self._by)
