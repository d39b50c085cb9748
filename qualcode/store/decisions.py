"""Decisions as they are kept; they are seen where their consensus layer is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.decisions import Decision, Outcome
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.text import Range
from qualcode.store.layered import DecisionRow
from qualcode.store.rounds import Rounds


class Decisions:
    """Reads decisions, as far as the viewpoint sees."""

    def __init__(self, session: Session, rounds: Rounds) -> None:
        self._session = session
        self._rounds = rounds

    def of_layer(self, viewpoint: Viewpoint, layer: Layer | None) -> list[Decision]:
        """List the decisions that stand in a consensus layer, by source and place."""
        seen = {each.layer for each in self._rounds.layers_seen(viewpoint)}
        if layer is None or layer not in seen:
            return []
        rows = self._session.scalars(
            select(DecisionRow)
            .where(DecisionRow.layer_id == layer.id, DecisionRow.retired_in.is_(None))
            .order_by(DecisionRow.source_id, DecisionRow.begins)
        )
        return [_decision(row) for row in rows]


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        row.id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        Range(row.begins, row.ends),
        Outcome(row.outcome),
        row.reason,
        row.decided_by,
        row.decided_at,
    )
