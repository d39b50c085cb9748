"""A share renewed: the newer share that the lead gave out, with the coder's own work on it."""

from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import ImportRefusedError, RefusedError
from qualcode.domain.people import Coder
from qualcode.interchange.bundle import read_bundle
from qualcode.services import people
from qualcode.services.bundles import checked, copy_before_bundle
from qualcode.store.anchors import BEGUN, IN
from qualcode.store.coming import coming
from qualcode.store.joining import bring_along
from qualcode.store.project import Project, View
from qualcode.store.replacing import keep_places, replace_rows


@dataclass(frozen=True, slots=True)
class Renewed:
    """Whose share it is, how many steps not yet with the lead stay on it, and the codebook now.

    Not `newer` where the bundle is the one that the share was begun or renewed with.
    """

    coder: Coder
    steps: int
    codebook_version: int
    newer: bool = False


def renew(project: Project, bundle: Path, *, by: Coder) -> Renewed:
    """Let a share go on from a newer bundle: what its coder did since stays on top of it.

    All of it or nothing; a copy of the file as it was is kept. A bundle that is older than what
    is there is refused.
    """
    if is_address(project.place):
        raise RefusedError("A share is renewed in a file.", hint="Move it to a file first.")
    image = read_bundle(bundle)
    with checked(image, bundle.name) as newer, project.upkeep() as mine:
        _must_be_for(by, mine, newer, bundle.name)
        if not _is_newer(mine, newer, bundle.name):
            return Renewed(by, 0, mine.codebooks.current().version)
        with newer.work(IN, by=by) as work:
            found = coming(work, mine, Path(project.place).name, without="this bundle")
            bring_along(work, mine, found)
            keep_places(work, mine)
        copy_before_bundle(project)
        with newer.reading() as view:
            replace_rows(mine, view)
            return Renewed(by, len(found.entries), view.codebooks.current().version, newer=True)


def is_share(project: Project) -> bool:
    """Is this a coder's share of a study, and not the study itself?"""
    return people.owner(project) is not None


def _must_be_for(by: Coder, mine: View, newer: Project, name: str) -> None:
    owner = people.owner(newer)
    with newer.reading() as view:
        if view.about().id != mine.about().id:
            raise ImportRefusedError(name, "it belongs to another study.")
    if owner is None or owner.id != mine.journal.owner():
        raise ImportRefusedError(
            name,
            f"it is the share of {owner.name}, not of {by.name}." if owner else "it is no share.",
            hint="Begin to work on it in a file of its own: qualcode -p NEW.qualcode bundle in",
        )
    if owner.id != by.id:
        raise RefusedError(
            f"This is the share of {owner.name}, and only {owner.name} works in it.",
            hint=f"Say who you are: --as {owner.name}",
        )


def _is_newer(mine: View, newer: Project, name: str) -> bool:
    """Was it given out after what is there? Refuse it where it was given out before."""
    with newer.reading() as view:
        (given,), workspace = view.journal.of_kinds(BEGUN), view.journal.workspace()
    (begun,) = mine.journal.of_kinds(BEGUN)
    if workspace == mine.journal.workspace():
        return False
    if given.at < begun.at:
        raise ImportRefusedError(
            name,
            f"it was given out on {given.at:%Y-%m-%d %H:%M} UTC, before what you work on.",
            hint="Nothing was changed. Ask the lead for a new one: qualcode bundle out",
        )
    return True
