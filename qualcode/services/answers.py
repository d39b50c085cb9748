"""What was decided on proposals, one thing after the other, and the answers that stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from qualcode.domain.codebook_versions import Version
from qualcode.domain.people import Coder
from qualcode.domain.proposals import Answer, Verdict
from qualcode.store.project import View


class Since(StrEnum):
    """What became of an answer after it was given."""

    TAKEN_BACK = "taken back"
    BROUGHT_BACK = "brought back"


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that was decided on a proposal: an answer, or what became of one since.

    `version` is the version of the codebook that it made; None where it made none.
    """

    what: Answer | Since
    by: str
    at: datetime
    reason: str = ""
    version: int | None = None

    @property
    def sentence(self) -> str:
        """Say on one line what was decided, by whom, when and why."""
        words = self.what.words if isinstance(self.what, Answer) else self.what.value
        when = f"{self.at.astimezone():%Y-%m-%d %H:%M}"
        version = f", codebook version {self.version}" if self.version else ""
        why = f": {' '.join(self.reason.split())}" if self.reason else ""
        return f"{words} by {self.by} on {when}{version}{why}"


def decided(view: View) -> dict[UUID, tuple[Decided, ...]]:
    """Give, by proposal, all that was ever decided on it, the earliest first."""
    given = view.verdicts.given()
    if not given:
        return {}
    versions, people = view.codebooks.versions(), view.people.by_id()
    found: dict[UUID, list[Decided]] = {}
    for verdict, retired_in in given:
        of_one = found.setdefault(verdict.proposal, [])
        of_one.append(
            Decided(
                verdict.answer,
                people[verdict.by].name,
                verdict.at,
                verdict.reason,
                verdict.version,
            )
        )
        if verdict.version is not None:
            of_one += _with_its_version(verdict.version, versions, people)
        elif retired_in is not None:
            of_one.append(_thought_over(view, retired_in, people))
    return {one: tuple(sorted(all_, key=lambda each: each.at)) for one, all_ in found.items()}


def _with_its_version(
    number: int, versions: Sequence[Version], people: dict[UUID, Coder]
) -> Iterator[Decided]:
    """Tell when an answer went with the version that it made, and when it came back so."""
    for one in versions:
        what = {one.undoes: Since.TAKEN_BACK, one.redoes: Since.BROUGHT_BACK}.get(number)
        if what is not None:
            yield Decided(what, _name(one.who, people), one.at, version=one.number)


def _thought_over(view: View, entry_id: UUID, people: dict[UUID, Coder]) -> Decided:
    entry = view.journal.entry(entry_id)
    reason = view.journal.words(entry_id)[0].get("reason", "")
    return Decided(Since.TAKEN_BACK, _name(entry.who, people), entry.at, reason)


def _name(who: UUID | None, people: dict[UUID, Coder]) -> str:
    return people[who].name if who else "qualcode"


def standing(view: View) -> dict[UUID, Verdict]:
    """Give, by proposal, the answer that stands, with the version by which it is in force.

    That is the version that brought it back, where it was taken back and brought back since.
    """
    found = view.verdicts.all()
    versions = view.codebooks.versions() if found else []
    latest: dict[int | None, int] = {one.redoes: one.number for one in versions if one.redoes}
    return {
        proposal: replace(verdict, version=latest.get(verdict.version, verdict.version))
        for proposal, verdict in found.items()
    }
