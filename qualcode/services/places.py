"""Places: where a coder left, and what has changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.journal import Entry
from qualcode.domain.sources import Source
from qualcode.domain.text import Range
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.journal import StepsSince
from qualcode.store.places import KeptPlace
from qualcode.store.project import Project, View

_LINES = 3
_NAMED = 4
_ROUNDS = {
    "round new": "opened",
    "round open": "opened again",
    "round frozen": "frozen",
    "round closed": "closed",
    "round unblind": "unblinded: the lead knows names",
}
_GOES_ON = "round codebook"
_Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Left:
    """Where a coder left: the source, the text it had then, the stretch, and when.

    `seen` is how many entries the journal had then; it is for `since`, not for show.
    """

    source: Source
    revision: UUID
    range: Range
    at: datetime
    seen: int


def keep(project: Project, spot: Spot, *, seat: Seat) -> None:
    """Keep where the coder is in a source: upkeep of her own, which no journal holds."""
    with project.upkeep() as view:
        seen = view.journal.length()
        place = KeptPlace(spot.source.id, spot.revision.id, spot.range, datetime.now(UTC), seen)
        view.places.keep(seat.viewpoint, seat.round, place)


def left(project: Project, *, seat: Seat, source: Source | None = None) -> Left | None:
    """Find where the coder left last in her round, or in one source."""
    with project.reading() as view:
        kept = view.places.left(seat.viewpoint, seat.round, source.id if source else None)
        if kept is None:
            return None
        source = view.sources.by_id([kept.source])[kept.source]
        return Left(source, kept.revision, kept.range, kept.at, kept.seen)


def since(project: Project, *, seat: Seat, left: Left) -> list[str]:
    """Say in three lines at most what has changed since, the newest first.

    It tells what this coder may know: the study itself, her own steps, and colleagues' steps
    where the round is open to view. Of another's layer in a blind round nothing shows.
    """
    with project.reading() as view:
        entries = view.journal.of_study_after(left.seen)
        lines = [
            *_codebooks(view, entries),
            *_sources(view, entries),
            *_rounds(view, entries),
            *_steps(view, seat, left),
        ]
    return [line for _number, line in sorted(lines, reverse=True)[:_LINES]]


def _codebooks(view: View, entries: list[Entry]) -> Iterator[_Line]:
    for entry in entries:
        note = cast("dict[str, Any] | None", entry.touched.get("codebook"))
        if note:
            now = view.codebooks.version(note["version"])
            before = view.codebooks.version(now.version - 1)
            told = "; ".join(_told(before, now))
            yield entry.number, f"codebook {now.version}{': ' if told else ''}{told}"


def _told(before: Codebook, now: Codebook) -> Iterator[str]:
    """Say shortly what became of codes; count them where they are many."""
    known = {code.id: code for code in (*before.codes, *before.retired)}
    yield from _gone(before, now)
    again = [one.label for one in now.codes if one.id in known and not known[one.id].in_use]
    worded = [
        one.label
        for one in now.codes
        if one.id in known and known[one.id].in_use and _read(one) != _read(known[one.id])
    ]
    moved = [
        one.label
        for one in now.codes
        if one.id in known and known[one.id].in_use and _stands(one) != _stands(known[one.id])
    ]
    new = [one.label for one in now.codes if one.id not in known]
    for labels, what in (
        (again, "in use again"),
        (worded, "reworded"),
        (moved, "moved"),
        (new, "new"),
    ):
        if labels:
            yield f"{_named(labels)} {what}"


def _gone(before: Codebook, now: Codebook) -> Iterator[str]:
    """Say which codes were merged, split, retired or taken back."""
    entries = {code.id: code for code in (*now.codes, *now.retired)}
    how: dict[str, list[str]] = {}
    for code in before.codes:
        entry = entries.get(code.id)
        if entry is not None and entry.in_use:
            continue
        went = [entries[one].label for one in entry.successors] if entry else []
        what = "merged" if len(went) == 1 else "split"
        left = "retired" if entry else "taken back"
        ending = f"{what} into {', '.join(went)}" if went else left
        how.setdefault(ending, []).append(code.label)
    for ending, labels in how.items():
        yield f"{_named(labels)} {ending}"


def _read(code: Code) -> Code:
    """Give what a coder reads of a code, whatever its place, its colour and the codes beside."""
    placed = replace(code, part=0, position=0, parent="", colour="")
    return replace(placed, earlier_names=(), not_to_confuse_with=())


def _stands(code: Code) -> tuple[int, str]:
    return code.part, code.parent


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{len(names)} codes"


def _sources(view: View, entries: list[Entry]) -> Iterator[_Line]:
    """Tell of all new sources in one line."""
    imported = [entry for entry in entries if "revisions" in entry.touched]
    added = {
        pair[0] for entry in imported for pair in cast("list[Any]", entry.touched["revisions"])
    }
    if added:
        names = [each.name for each in view.sources.all() if str(each.revision) in added]
        which = f": {', '.join(names)}" if len(names) <= _NAMED else ""
        what = "1 source" if len(added) == 1 else f"{len(added)} sources"
        yield imported[0].number, f"{what} added{which}"


def _rounds(view: View, entries: list[Entry]) -> Iterator[_Line]:
    """Tell how each round stands that was set up, stopped or opened again."""
    told: set[str] = set()
    for entry in entries:
        made = str(entry.touched.get("round", ""))
        if entry.kind == _GOES_ON:
            name = view.rounds.with_id(UUID(made)).name
            yield entry.number, f"round {name} goes by codebook {entry.touched['codebook version']}"
        elif entry.kind in _ROUNDS and made not in told:
            told.add(made)
            name = view.rounds.with_id(UUID(made)).name
            yield entry.number, f"round {name} {_ROUNDS[entry.kind]}"


def _steps(view: View, seat: Seat, left: Left) -> Iterator[_Line]:
    """Tell of one's own steps made elsewhere, and of colleagues' in a round open to view."""
    seen = view.rounds.layers_seen(seat.viewpoint)
    open_here = {
        each.layer.id
        for each in seen
        if each.round.id == seat.round.id and not each.round.sealed_from_view
    }
    made = view.journal.steps_after(left.seen, [each.layer.id for each in seen])
    own = [some for some in made if some.who == seat.coder.id]
    others = [some for some in made if some.who != seat.coder.id and some.layer in open_here]
    if own:
        yield max(some.last for some in own), f"{_counted(own)} of yours by command"
    if others:
        yield max(some.last for some in others), f"{_counted(others)} by colleagues"


def _counted(made: Sequence[StepsSince]) -> str:
    steps = sum(some.steps for some in made)
    return "1 step" if steps == 1 else f"{steps} steps"
