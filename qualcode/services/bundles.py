"""Bundles: a coder's share of a study, given out and taken back where there is no server."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import (
    AlreadyThereError,
    ImportRefusedError,
    RefusedError,
    RoundNotOpenError,
)
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.interchange.bundle import read_bundle, write_bundle
from qualcode.services import people
from qualcode.services.people import lead_only
from qualcode.store.anchors import IN, OUT
from qualcode.store.backup import copy_whole, free_name
from qualcode.store.checks import check
from qualcode.store.coming import Coming, coming
from qualcode.store.images import image_of, made, opened
from qualcode.store.joining import join
from qualcode.store.journal import NOTING
from qualcode.store.opening import begin_with
from qualcode.store.project import Project, View
from qualcode.store.shares import share_of, write_share


@dataclass(frozen=True, slots=True)
class Given:
    """What a bundle for a coder holds."""

    coder: Coder
    sources: int
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bundle would add; nothing `new` where all of it is there already.

    `steps` and `added` leave out what was done in rounds that are sealed from view: how much a
    coder did there is told to nobody. `versions` are those of the codebook that its codings were
    made under, `newest` the study's own.
    """

    coder: Coder
    new: bool
    rounds: tuple[Round, ...]
    steps: int
    added: Mapping[str, int]
    versions: tuple[int, ...]
    newest: int

    @property
    def sealed(self) -> tuple[Round, ...]:
        """The rounds of which nothing is counted."""
        return tuple(each for each in self.rounds if each.sealed_from_view)

    @property
    def older(self) -> tuple[int, ...]:
        """The versions of the codebook before the newest."""
        return tuple(each for each in self.versions if each < self.newest)


def give(project: Project, name: str, to: Path, *, by: Coder) -> Given:
    """Write a bundle for a coder: their sources, rounds, layers and the codebook, nobody else's.

    What comes back is known by the end of the journal that is given out.
    """
    lead_only(by, "give bundles out")
    _must_be_free(to)
    with project.work(OUT, by=by) as work:
        coder = work.people.named(name)
        people.must_be_here(coder)
        for each in work.rounds.all():
            if each.has(coder):
                work.rounds.own_layer(each, coder)
        share = share_of(work, coder)
        image, anchor = made(lambda into: write_share(work, share, into))
        work.note_all(anchor.facts)
        write_bundle(to, image)
    return Given(coder, len(share.sources), tuple(each.name for each in share.rounds))


def send(project: Project, to: Path) -> Coder:
    """Write what a coder's share has become, for whoever gave it out; say whose it is."""
    _must_be_free(to)
    coder = people.owner(project)
    if coder is None or is_address(project.place):
        raise RefusedError(
            "This is the study itself, not a coder's share of it.",
            hint="Say for whom the bundle is: --for CODER",
        )
    write_bundle(to, image_of(Path(project.place)))
    return coder


def begin(bundle: Path, place: str, *, anyway: bool = False) -> Coder:
    """Begin to work on a bundle: make a project of it at a place where there is none."""
    image = read_bundle(bundle)
    with checked(image, bundle.name) as share:
        coder = people.owner(share)
    if coder is None:
        raise ImportRefusedError(bundle.name, "it holds no coder's share of a study.")
    begin_with(place, image, anyway=anyway)
    return coder


def plan(project: Project, bundle: Path, *, by: Coder) -> Plan:
    """Say what a bundle would add, and refuse what would be refused; nothing is changed."""
    lead_only(by, "take bundles in")
    with (
        checked(read_bundle(bundle), bundle.name) as share,
        project.reading() as study,
        share.reading() as view,
    ):
        return _planned(study, _accepted(study, view, share.place))


def take(project: Project, bundle: Path, *, by: Coder) -> Plan:
    """Join what a coder's bundle brings with the study: all of it, or nothing.

    A file is copied to a safe place before. What came before is not added again.
    """
    lead_only(by, "take bundles in")
    with (
        checked(read_bundle(bundle), bundle.name) as share,
        project.work(IN, by=by) as work,
        share.reading() as view,
    ):
        found = _accepted(work, view, share.place)
        planned = _planned(work, found)
        if planned.new:
            copy_before_bundle(project)
            join(work, view, found)
        return planned


def copy_before_bundle(project: Project) -> None:
    """Keep a checked copy of a project's file beside it, as it is before a bundle comes in."""
    if not is_address(project.place):
        file = Path(project.place)
        copy_whole(file, free_name(file, "before-bundle"))


@contextmanager
def checked(image: bytes, name: str) -> Iterator[Project]:
    """Open what a bundle holds, once every word, row and entry in it was checked."""
    share = opened(image, name)
    try:
        findings = check(share)
        if findings:
            raise ImportRefusedError(
                name,
                f"it does not pass its check. {findings[0].sentence}",
                hint="Have it sent again; nothing was taken in.",
            )
        yield share
    finally:
        share.close()


def _accepted(study: View, share: View, name: str) -> Coming:
    """Find what a share brings; refuse it where its coder or a round takes part no more."""
    if study.about().id != share.about().id:
        raise ImportRefusedError(name, "it belongs to another study.")
    found = coming(study, share, name)
    if found.entries:
        people.must_be_here(study.people.by_id()[found.coder])
    changed = {entry.layer for entry in found.entries if entry.kind != NOTING}
    for within in _rounds(study, found.layers & changed):
        if within.state is not RoundState.OPEN:
            way_out = f"To take this in: qualcode round reopen {within.name} --because …"
            raise RoundNotOpenError(within.name, within.state.value, hint=way_out)
    return found


def _rounds(study: View, layers: Iterable[UUID]) -> list[Round]:
    rounds = {study.rounds.of_layer(layer) for layer in layers}
    return sorted(rounds, key=lambda each: each.number)


def _planned(study: View, found: Coming) -> Plan:
    rounds = _rounds(study, found.layers)
    hidden = {one for one in found.layers if study.rounds.of_layer(one).sealed_from_view}
    told = [one for one in found.entries if one.layer not in hidden and one.kind != IN]
    return Plan(
        study.people.by_id()[found.coder],
        bool(found.entries),
        tuple(rounds),
        len(told),
        found.counts(found.layers - hidden),
        found.versions,
        study.codebooks.current().version,
    )


def _must_be_free(path: Path) -> None:
    if path.exists():
        raise AlreadyThereError(f"{path} is there already.", hint="Name a new file.")
