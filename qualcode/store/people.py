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
        self._must_be_free(coder.name)
        position = self._session.scalar(select(func.count()).select_from(CoderRow))
        row = CoderRow(
            id=coder.id,
            name=coder.name,
            folded=folded(coder.name),
            role=coder.role.value,
            position=position,
            login=coder.login,
            left=coder.left,
        )
        self._session.add(row)
        self._session.flush()
        return coder

    def replace(self, coder: Coder) -> Coder:
        """Let a coder go by another name, or leave, or be there again."""
        row = self._session.get_one(CoderRow, coder.id)
        if folded(coder.name) != row.folded:
            self._must_be_free(coder.name)
        row.name, row.folded, row.left = coder.name, folded(coder.name), coder.left
        self._session.flush()
        return coder

    def has_left(self, coder: UUID) -> bool:
        """Say whether a coder has left the study."""
        return bool(self._session.scalar(select(CoderRow.left).where(CoderRow.id == coder)))

    def _must_be_free(self, name: str) -> None:
        known = self._session.scalar(select(CoderRow.name).where(CoderRow.folded == folded(name)))
        if known is not None:
            raise AlreadyThereError(
                f"There is a coder “{known}” already.", hint="Choose another name."
            )


def _coder(row: CoderRow) -> Coder:
    return Coder(row.id, row.name, Role(row.role), row.left, row.login)
