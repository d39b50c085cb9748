"""What stands on a desk, read by the driver; what was read before is not built again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.store.bulk import KnownIds, Raw, in_lots, read_rows, signs


class Kept(Protocol):
    """A value with the id of its row."""

    @property
    def id(self) -> UUID:
        """The id of the row."""


T = TypeVar("T", bound=Kept)

REACHING = "layer_id = ? AND source_id = ? AND begins < ? AND ends > ?"
_ON_SOURCE = "layer_id = ? AND source_id = ?"


@dataclass(frozen=True, slots=True)
class Sort(Generic[T]):
    """One sort of what coders leave: its table and columns, its order of place, and how it reads.

    The id is the first of the columns.
    """

    table: str
    columns: str
    by_place: str
    read: Callable[[Raw, KnownIds], T]

    def standing(
        self, session: Session, condition: str, values: Sequence[Any], ending: str = ""
    ) -> list[T]:
        """Give those that stand and fulfil a condition."""
        known = KnownIds()
        rows = self._rows(session, self.columns, f"{condition} {ending}", values)
        return [self.read(row, known) for row in rows]

    def on_source(
        self, session: Session, layer: UUID, source: UUID, known: Sequence[T]
    ) -> tuple[T, ...]:
        """Give those that a layer has on a source, in order of place.

        A row never changes but for whether it stands: of those known only the ids are read.
        """
        condition, values = f"{_ON_SOURCE} ORDER BY {self.by_place}", [layer, source]
        if not known:
            return tuple(self.standing(session, condition, values))
        listed = [row[0] for row in self._rows(session, "id", condition, values)]
        native = bool(listed) and isinstance(listed[0], UUID)
        raws: list[Any] = [one.id if native else one.id.bytes for one in known]
        if listed == raws:
            return tuple(known)
        held = dict(zip(raws, known, strict=True))
        ids = KnownIds()
        for some in in_lots([raw for raw in listed if raw not in held]):
            among = f"id IN ({signs(some)})"
            for row in self._rows(session, self.columns, among, some):
                held[row[0]] = self.read(row, ids)
        return tuple([held[raw] for raw in listed])

    def _rows(
        self, session: Session, columns: str, condition: str, values: Sequence[Any]
    ) -> Sequence[Raw]:
        live = f"SELECT {columns} FROM {self.table} WHERE retired_in IS NULL"  # noqa: S608 - names are ours
        return read_rows(session, f"{live} AND {condition}", values)
