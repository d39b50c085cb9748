"""Passages: segments under codes, each once, whoever coded them, with their quotation ids."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.people import Coder
from qualcode.domain.places import written
from qualcode.domain.quotations import pieced, quotation_id
from qualcode.domain.rounds import CONSENSUS, Layer, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.signing import whose
from qualcode.store.project import View

_Place = tuple[UUID, tuple[Range, ...]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source under codes: where they stand, who speaks, and their quotation id.

    `place` can be typed; `codes` are in order. `who` names who coded them so, as far as it
    is to be seen: in a sealed round it is a coder, one's own layer by nobody.
    """

    id: str
    source: Source
    place: str
    turn: int
    speaker: str
    ranges: tuple[Range, ...]
    words: str
    codes: tuple[Code, ...]
    who: tuple[str, ...]


def passages(
    view: View,
    codebook: Codebook,
    layers: Sequence[Layer],
    *,
    by: Coder,
    under: Collection[UUID] | None = None,
) -> list[Passage]:
    """List the passages of some layers, under any code or some, by source and place.

    They are read as a version of the codebook reads them; words that several coders marked,
    or that stand under several codes, are one passage.
    """
    known = codebook.by_id()
    codes: dict[_Place, dict[UUID, Code]] = {}
    made_in: dict[_Place, set[UUID]] = {}
    for made_under, placed in view.segments.placed(Viewpoint(by), layers).items():
        code = known.get(made_under)
        if code is None or (under is not None and code.id not in under):
            continue
        for source, layer, ranges in placed:
            codes.setdefault((source, ranges), {})[code.id] = code
            made_in.setdefault((source, ranges), set()).add(layer)
    sources = view.sources.by_id({source for source, _ranges in codes})
    texts = view.sources.revisions(list(sources.values()))
    who = _names(view, layers, by)
    found = [
        _passage(
            sources[place[0]],
            texts[place[0]],
            place[1],
            tuple(sorted(codes[place].values(), key=lambda code: (code.position, code.id))),
            tuple(sorted({who[layer] for layer in made_in[place]} - {""})),
        )
        for place in codes
    ]
    return sorted(found, key=lambda one: (one.source.position, one.ranges))


def passages_seen(view: View, codebook: Codebook, *, by: Coder) -> list[Passage]:
    """List the passages of all layers that a person may see, of every round and consensus."""
    layers = [each.layer for each in view.rounds.layers_seen(Viewpoint(by))]
    return passages(view, codebook, layers, by=by)


def _passage(
    source: Source,
    text: Revision,
    ranges: tuple[Range, ...],
    codes: tuple[Code, ...],
    who: tuple[str, ...],
) -> Passage:
    extent = Range(ranges[0].start, ranges[-1].end)
    words = pieced(stretch.of(text.text) for stretch in ranges)
    turn = text.turn_at(extent.start)
    number = turn.number if turn else 0
    return Passage(
        quotation_id(source.id, number, words),
        source,
        written(source.name, extent, text),
        number,
        turn.speaker if turn else "",
        ranges,
        words,
        codes,
        who,
    )


def _names(view: View, layers: Sequence[Layer], by: Coder) -> dict[UUID, str]:
    people = view.people.by_id()
    return {
        layer.id: CONSENSUS
        if layer.coder is None
        else whose(view.rounds.with_id(layer.round), people[layer.coder], by=by)
        for layer in layers
    }
