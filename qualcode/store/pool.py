"""Sources that nobody has any more, or fewer than had them before somebody left."""

from collections import Counter
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Json
from qualcode.domain.rounds import Round
from qualcode.store.allotted import PassageRow, RoundSourceRow
from qualcode.store.journal import Journal
from qualcode.store.models import AssignmentRow, CoderRow

LEAVING = "coder leave"
_RETURNED = "given back"


def give_back(
    session: Session, within: Round, coder: UUID, sources: Collection[UUID]
) -> list[Json]:
    """Take sources, whole or by turns, from a coder; say by how many each was read before."""
    before = readers(session, within)
    before.update(
        session.scalars(
            select(PassageRow.source_id)
            .where(PassageRow.round_id == within.id, PassageRow.coder_id == coder)
            .where(PassageRow.source_id.in_(sources))
            .distinct()
        )
    )
    for model in (AssignmentRow, PassageRow):
        session.execute(
            delete(model).where(
                model.round_id == within.id,
                model.coder_id == coder,
                model.source_id.in_(sources),
            )
        )
    return [[str(within.id), str(one), before[one]] for one in sorted(sources)]


def readers(session: Session, within: Round) -> Counter[UUID]:
    """Count by how many of those who are still there each source is read whole in a round."""
    rows = session.scalars(
        select(AssignmentRow.source_id)
        .join(CoderRow, CoderRow.id == AssignmentRow.coder_id)
        .where(AssignmentRow.round_id == within.id, CoderRow.left.is_(False))
    )
    return Counter(rows)


def lacking(session: Session, within: Round) -> dict[UUID, int]:
    """Say of the sources in the pool of a round how many coders each lacks.

    It lacks one where nobody has it, and as many as gave it back and were not replaced.
    """
    there = readers(session, within)
    held = select(RoundSourceRow.source_id).where(RoundSourceRow.round_id == within.id)
    wanted: dict[UUID, int] = dict.fromkeys(session.scalars(held), 1)
    for entry in Journal(session).of_kinds(LEAVING):
        for one, source, had in cast("list[Any]", entry.touched.get(_RETURNED, [])):
            if one == str(within.id) and UUID(source) in wanted:
                wanted[UUID(source)] = max(wanted[UUID(source)], int(had))
    return {one: count - there[one] for one, count in wanted.items() if count > there[one]}


def returned_facts(returned: list[Json]) -> dict[str, Json]:
    """Note what somebody gave back on leaving."""
    return {_RETURNED: returned}
