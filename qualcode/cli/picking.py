"""Which coding is meant, by its code and its words; and where a memo stands by now."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, Memo
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.places import written
from qualcode.domain.text import Range
from qualcode.services.sources import Spot


def codings_there(codings: Sequence[Coding], spot: Spot) -> list[Coding]:
    """Choose the codings that stand on just these words, else those that touch them."""
    exact = [each for each in codings if each.ranges == (spot.range,)]
    return exact or [
        each for each in codings if any(part.overlaps(spot.range) for part in each.ranges)
    ]


def coding_there(desk: Desk, spot: Spot, code: Code) -> Coding:
    """Find the one coding of a code at a place; refuse where there is none, or several."""
    of_code = [each for each in desk.codings if each.code == code.id]
    found = codings_there(of_code, spot)
    place = written(spot.source.name, spot.range, spot.revision)
    if not found:
        raise NotFoundError(
            f"{code.title} of yours is not on {place}.", hint=f"See: qualcode show {place}"
        )
    if len(found) > 1:
        places = ", ".join(written(spot.source.name, one.extent, spot.revision) for one in found)
        raise RefusedError(
            f"{code.title} stands there {len(found)} times: {places}.",
            hint="Name the one you mean by its place.",
        )
    return found[0]


def memo_stands_on(memo: Memo, codings: Mapping[UUID, Coding]) -> tuple[Range, ...]:
    """Say where a memo stands now: with its coding, given by its root, wherever that went."""
    coding = codings.get(memo.coding) if memo.coding else None
    if coding is not None:
        return coding.ranges
    return (memo.range,) if memo.range.length else ()
