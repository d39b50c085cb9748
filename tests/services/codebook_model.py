"""A codebook as plainly as it can be, to hold what the services make of it against."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.restructuring import Place
from qualcode.services import coding, comparison, quotations, recents
from qualcode.services.sources import Spot
from qualcode.store.project import Project


@dataclass(frozen=True)
class Entry:
    """A code in the model: where it stands, and where it went."""

    label: str
    key: str
    part: int
    parent: UUID | None
    went: tuple[UUID, ...] | None = None

    @property
    def in_use(self) -> bool:
        return self.went is None


@dataclass(frozen=True)
class Model:
    """A codebook as plainly as it can be: entries by id, and the order of those in use."""

    entries: dict[UUID, Entry] = field(default_factory=dict)
    order: tuple[UUID, ...] = ()

    def changed(self, **fields: Any) -> "Model":  # noqa: ANN401 - fields of several sorts
        return replace(self, **fields)

    @property
    def named(self) -> dict[str, UUID]:
        """Give the ids by label."""
        return {entry.label: one for one, entry in self.entries.items()}

    def structure(self) -> dict[str, dict[str, object]]:
        """Give what the journal must tell of the codes, but for the positions of those gone."""
        ranks = {one: rank for rank, one in enumerate(self.order, 1)}
        return {
            str(one): {
                "state": "in use" if entry.in_use else "retired",
                "key": entry.key,
                "part": entry.part,
                "position": ranks.get(one),
                "parent": str(entry.parent) if entry.parent else None,
                "successors": [str(each) for each in entry.went or ()],
            }
            for one, entry in self.entries.items()
        }

    def below(self, one: UUID) -> list[UUID]:
        """List a code and all under it, in order."""
        found = {one}
        for each in self.order * len(self.order):
            if self.entries[each].parent in found:
                found.add(each)
        return [each for each in self.order if each in found]

    def sorted(self) -> "Model":
        """Put the order in the order of the tree: part by part, each before those under it."""
        placed: list[UUID] = []

        def walk(parent: UUID | None, part: int) -> None:
            for one in self.order:
                entry = self.entries[one]
                if entry.parent == parent and (parent is not None or entry.part == part):
                    placed.append(one)
                    walk(one, part)

        for part in sorted({self.entries[one].part for one in self.order}):
            walk(None, part)
        return self.changed(order=tuple(placed))

    def put(self, ones: list[UUID], place: Place, named: dict[str, UUID]) -> "Model":
        """Put codes, the first with the others under it, in a place."""
        rest = [one for one in self.order if one not in ones]
        beside = place.before or place.after
        if beside:
            other = self.entries[named[beside]]
            part, parent = other.part, other.parent
            at = rest.index(named[beside]) + (0 if place.before else 1)
        elif place.under:
            part, parent = self.entries[named[place.under]].part, named[place.under]
            at = len(rest)
        else:
            part, parent, at = place.part or 0, None, len(rest)
        entries = dict(self.entries)
        for one in ones:
            entries[one] = replace(entries[one], part=part)
        entries[ones[0]] = replace(entries[ones[0]], parent=parent)
        order = (*rest[:at], *ones, *rest[at:])
        return Model(entries, order).sorted()

    def lifted(self, one: UUID) -> "Model":
        """Let what stands under a code stand where it stands."""
        entries = {
            each: replace(entry, parent=self.entries[one].parent) if entry.parent == one else entry
            for each, entry in self.entries.items()
        }
        return self.changed(entries=entries)

    def gone(self, went: dict[UUID, tuple[UUID, ...]]) -> "Model":
        """Let codes leave those in use."""
        entries = {
            each: replace(entry, went=went[each], parent=None) if each in went else entry
            for each, entry in self.entries.items()
        }
        order = tuple(one for one in self.order if one not in went)
        return Model(entries, order).sorted()

    def merged(self, absorbed: list[UUID], into: UUID) -> "Model":
        """Fold codes into another."""
        entries = dict(self.entries)
        above = [into]
        while (parent := entries[above[-1]].parent) is not None:
            above.append(parent)
        top = [one for one in above if one in absorbed]
        if top:
            last = entries[top[-1]]
            entries[into] = replace(entries[into], parent=last.parent, part=last.part)
        for one, entry in entries.items():
            if entry.parent in absorbed and one != into:
                entries[one] = replace(entry, parent=into)
        after = Model(entries, self.order).gone(dict.fromkeys(absorbed, (into,)))
        for one in after.below(into):
            after.entries[one] = replace(after.entries[one], part=after.entries[into].part)
        return after.sorted()


def modelled(book: Codebook) -> Model:
    """Read the model that a codebook of the services stands for."""
    by_label = {code.label: code.id for code in book.codes}
    entries = {
        code.id: Entry(
            code.label,
            code.key,
            code.part,
            by_label[code.parent] if code.parent else None,
            None if code.in_use else code.successors,
        )
        for code in (*book.codes, *book.retired)
    }
    return Model(entries, tuple(code.id for code in book.codes))


def placed(how: str, label: str) -> Place:
    """Say that a code goes under, before or after one."""
    places = {
        "under": Place(under=label),
        "before": Place(before=label),
        "after": Place(after=label),
    }
    return places[how]


def read_all(project: Project, coder: Coder, spots: Sequence[Spot]) -> None:
    """Look at all that a coder can look at; each passage stands once under a code."""
    seat = coding.take_seat(project, coder, "free")
    counts = coding.counts(project, seat=seat)
    desks = [coding.desk_of(project, spot.source, seat=seat) for spot in spots]
    read = [each for desk in desks for each in desk.codings]
    passages = {(each.source, each.ranges, each.code) for each in read}
    assert len(passages) == len(read)
    assert sum(counts.values()) >= len(passages)
    recents.recents(project, seat=seat)
    for code in seat.codebook.codes[:3]:
        others = comparison.others_under(project, code, seat=seat)
        assert len([one for one in others if not one.who]) >= counts.get(code, 0)
    with suppress(RefusedError):
        report = quotations.report(project, layer_name=coder.name, by=coder, round_name="free")
        assert report.stored >= sum(
            len(section.quotations) for chapter in report.chapters for section in chapter.sections
        )
