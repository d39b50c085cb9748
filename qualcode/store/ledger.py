"""What one unit of work has touched: the material of its journal entry."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from qualcode.domain.errors import RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.journal import Json


@dataclass(slots=True)
class Ledger:
    """Collects, during a unit of work, what its one journal entry will say."""

    entry: UUID = field(default_factory=new_id)
    touched: dict[str, Json] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def list_of(self, what: str) -> list[Json]:
        """Give the list of touched things of one sort, to append to."""
        return cast("list[Json]", self.touched.setdefault(what, []))

    def table_of(self, what: str) -> dict[str, Json]:
        """Give the table of touched things of one sort, to add to."""
        return cast("dict[str, Json]", self.touched.setdefault(what, {}))

    def note(self, what: str, value: Json) -> None:
        """Note a fact about the change."""
        self.touched[what] = value

    def say(self, what: str, words: str) -> None:
        """Keep words that people said or wrote apart from the hashed fields."""
        if "\0" in words:
            raise RefusedError(
                "These words hold a sign (NUL) that cannot be kept.",
                hint="Leave it out; nothing was changed.",
            )
        self.words[what] = words

    @property
    def empty(self) -> bool:
        """Has nothing been touched?"""
        return not self.touched
