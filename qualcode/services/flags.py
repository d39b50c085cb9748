"""Flags: holding words up, for the team or as worth quoting."""

from qualcode.domain.codings import Flag, FlagKind
from qualcode.domain.errors import PlaceError
from qualcode.domain.ids import new_id
from qualcode.domain.text import Range, trimmed
from qualcode.services.coding import Seat, may_code, own_layer
from qualcode.services.sources import Spot
from qualcode.store.project import Project


def toggle(project: Project, spot: Spot, kind: FlagKind, *, seat: Seat) -> bool:
    """Flag a segment, or take the flag of this kind off just these words; say if it is set now.

    Quotable are a participant's words only; the team can be pointed to any words.
    """
    segment = may_code(spot) if kind is FlagKind.QUOTABLE else _words_of(spot)
    with project.work("flag", by=seat.coder) as work:
        layer = own_layer(work, seat, [spot])
        flags = work.codings.flags(seat.viewpoint, layer, spot.source)
        there = [flag for flag in flags if (flag.kind, flag.range) == (kind, segment)]
        if there:
            work.changes.retire("flag", there)
            return False
        flag = Flag(new_id(), layer.id, spot.source.id, spot.revision.id, segment, kind)
        work.changes.add_flags([flag])
        return True


def _words_of(spot: Spot) -> Range:
    segment = trimmed(spot.revision.text, spot.range)
    if segment.length == 0:
        raise PlaceError(
            "There are no words here to flag.", hint="Name a stretch with words in it."
        )
    return segment
