"""What a coder was given in a round, and what they left themselves for it."""

from collections.abc import Sequence
from dataclasses import replace

from qualcode.domain.assignments import ordinals_in
from qualcode.domain.codings import Memo
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, Viewpoint
from qualcode.domain.sources import Source
from qualcode.services.sources import Spot
from qualcode.store.project import View


def must_be_theirs(view: View, within: Round, coder: Coder, source: Source) -> None:
    """Refuse a source of which the coder has nothing."""
    if view.rounds.has_whole(within, coder.id, source.id):
        return
    if not view.rounds.assigned(within, coder.id).has(source.id):
        raise RefusedError(
            f"{source.name} is not among {coder.name}'s sources in round {within.name}.",
            hint="It is no part of that round; set up another: qualcode round new",
        )


def must_be_given(view: View, within: Round, coder: Coder, spots: Sequence[Spot]) -> None:
    """Refuse turns of one source that are not the coder's."""
    part = view.rounds.assigned(within, coder.id).part(spots[0].source.id)
    for spot in spots:
        for ordinal in ordinals_in(spot.revision, spot.range):
            if part is not None and ordinal not in part:
                number = spot.revision.turns[ordinal].number
                raise not_given(f"Turn {number} of {spot.source.name}")


def not_given(what: str) -> RefusedError:
    """Say that a turn is not the coder's to code."""
    return RefusedError(
        f"{what} is not among your passages in this round.",
        hint="See what is left for you: qualcode next",
    )


def noted(view: View, within: Round, coder: Coder, source: Source) -> tuple[Memo, ...]:
    """Give what the coder noted on a source, in earlier rounds, for the next one."""
    if within.free:
        return ()
    rounds = {each.id: each for each in view.rounds.all() if each.number < within.number}
    layers = [layer for layer in view.rounds.layers_of(coder.id) if layer.round in rounds]
    names = {layer.id: rounds[layer.round].name for layer in layers}
    found = view.codings.notes(Viewpoint(coder), layers, source)
    return tuple(replace(memo, noted_in=names[memo.layer]) for memo in found)
