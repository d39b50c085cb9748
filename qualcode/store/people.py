"""Coders as they are kept."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.codebook import folded
from qualcode.domain.errors import AlreadyThereError, ProjectError, UnknownCoderError
from qualcode.domain.people import Coder, Role
from qualcode.store.models import CoderRow


class People:
    """Finds and adds coders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Coder]:
        """List the coders in the order they joined."""
        return [
            _coder(row)
            for row in self._session.scalars(select(CoderRow).order_by(CoderRow.position))
        ]

    def named(self, name: str) -> Coder:
        """Find a coder by name, whatever the case."""
        row = self._session.scalar(select(CoderRow).where(CoderRow.folded == folded(name)))
        if row is None:
            raise UnknownCoderError(name)
        return _coder(row)

    def with_login(self, role: str) -> Coder | None:
        """Find who signs in to the database as a role."""
        row = self._session.scalar(select(CoderRow).where(CoderRow.login == role))
        return _coder(row) if row else None

    def lead(self) -> Coder:
        """Find the lead who set the project up."""
        leads = [coder for coder in self.all() if coder.leads]
        if not leads:
            raise ProjectError(
                "The making of this project was interrupted; it has no lead.",
                hint="Remove the file and begin again: qualcode -p FILE init",
            )
        return leads[0]

    def by_id(self) -> dict[UUID, Coder]:
        """Give the coders by their id."""
        return {coder.id: coder for coder in self.all()}

    def add(self, coder: Coder) -> Coder:
        """Add a coder under a name that nobody has yet."""
        known = self._session.scalar(
            select(CoderRow.name).where(CoderRow.folded == folded(coder.name))
        )
        if known is not None:
            raise AlreadyThereError(
                f"There is a coder “{known}” already.", hint="Choose another name."
            )
        position = self._session.scalar(select(func.count()).select_from(CoderRow))
        row = CoderRow(
            id=coder.id,
            name=coder.name,
            folded=folded(coder.name),
            role=coder.role.value,
            position=position,
            left=False,
        )
        self._session.add(row)
        self._session.flush()
        return coder


def _coder(row: CoderRow) -> Coder:
    return Coder(row.id, row.name, Role(row.role))
