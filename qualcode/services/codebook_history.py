"""The versions of the codebook as they can be looked at: what each changed, and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_diff import Change, changes
from qualcode.domain.codebook_versions import Version
from qualcode.domain.lineage import ids_of
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState, Viewpoint
from qualcode.services.code_counts import Count, counted, layers_counted
from qualcode.services.codebook_changes import behind
from qualcode.services.codebook_desk import with_makers
from qualcode.services.rounds import take_up
from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version with who made it, what it changed, and the rounds that go by it.

    The free round is not among them: it always goes by the newest version.
    """

    version: Version
    who: str
    changes: tuple[Change, ...]
    rounds: tuple[Round, ...]


def by_version(project: Project, *, newest: int | None = None) -> list[VersionShown]:
    """Tell what each version changed, the newest first: of all, or of the last so many."""
    with project.reading() as view:
        found = with_makers(view)
        some = found if newest is None else found[-newest:]
        rounds = [one for one in view.rounds.all() if not one.free]
        shown = []
        before = view.codebooks.version(some[0].version.number - 1) if some else Codebook(0)
        for version, who in ((one.version, one.who) for one in some):
            after = view.codebooks.version(version.number)
            by_it = tuple(one for one in rounds if one.codebook_version == version.number)
            shown.append(VersionShown(version, who, tuple(changes(before, after)), by_it))
            before = after
        return shown[::-1]


def kept_by(project: Project, codebook: Codebook, *, by: Coder) -> list[Round]:
    """List the open rounds in which a person codes by an earlier version than this one."""
    with project.reading() as view:
        return [one for one in behind(view, codebook) if one.has(by)]


def used(project: Project, codebook: Codebook, *, by: Coder) -> dict[UUID, Count]:
    """Count by code what this person may see, as one version of the codebook reads it."""
    with project.reading() as view:
        return counted(view, codebook, layers_counted(view, by), by=by)


def compared(
    project: Project, before: int, after: int | None = None
) -> tuple[Codebook, Codebook, list[Change]]:
    """Compare two versions, the later one being that in force where it is not named."""
    with project.reading() as view:
        was = view.codebooks.version(before)
        now = view.codebooks.current() if after is None else view.codebooks.version(after)
        return was, now, changes(was, now)


def taken_up(
    project: Project, round_name: str, *, by: Coder, reason: str = ""
) -> tuple[Round, int, list[Change]]:
    """Let a round go on with the newest codebook; also give its version before, and what changed.

    Raises what `rounds.take_up` does.
    """
    with project.reading() as view:
        before = view.rounds.named(round_name).codebook_version
    now = take_up(project, round_name, by=by, reason=reason)
    return now, before, compared(project, before, now.codebook_version)[2]


def passages_under(project: Project, codes: Sequence[Code], *, by: Coder) -> int:
    """Count the passages under some codes in open rounds, each once, whoever coded it.

    Those in layers this person may not look at are left out.
    """
    viewpoint = Viewpoint(by)
    with project.reading() as view:
        book = view.codebooks.current()
        ids = [one for code in codes for one in ids_of(book, code)]
        layers = [
            each.layer
            for each in view.rounds.layers_seen(viewpoint)
            if each.round.state is RoundState.OPEN and each.layer.coder is not None
        ]
        codings = view.codings.of_codes(viewpoint, ids, layers)
        return len({(one.source, one.ranges) for one in codings})
