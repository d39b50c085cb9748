"""Taking back what was changed in the codebook, and bringing it back."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook, CodeState
from qualcode.domain.codebook_versions import Version, standing
from qualcode.domain.errors import ChangedMeanwhileError, RefusedError
from qualcode.domain.people import Coder
from qualcode.services.codebook_changes import Changed, new_version
from qualcode.services.people import lead_only
from qualcode.store.project import Project, View, Work


def undo(project: Project, *, by: Coder, seen: int | None = None) -> Changed:
    """Take back the last change that stands: a new version reads as the one before it.

    `seen` is the version that is meant to be taken back; where another would be, it is refused.
    A code that it had brought, and that somebody has used since, is retired instead of
    vanishing; after a split its codings read as those of the code that was split.
    """
    lead_only(by, "change the codebook")
    with project.work("codebook undo", by=by) as work:
        versions = work.codebooks.versions()
        target = _last(work, versions, standing(versions).done[1:], seen, "undo")
        _may_be_touched(work, target, by)
        before = work.codebooks.current()
        content = work.codebooks.version(target.number - 1)
        work.verdicts.take_back([target.entry_id])
        after = _with_those_in_use(work, content, before)
        kept = work.codebooks.add(after, reason=target.reason, undoes=target.number)
        return new_version(work, before, kept)


def redo(project: Project, *, by: Coder, seen: int | None = None) -> Changed:
    """Bring back the change that was undone last, if nothing was changed since.

    `seen` is the version that is meant to come back; where another would, it is refused.
    """
    lead_only(by, "change the codebook")
    with project.work("codebook redo", by=by) as work:
        versions = work.codebooks.versions()
        target = _last(work, versions, standing(versions).undone, seen, "redo")
        _may_be_touched(work, target, by)
        before = work.codebooks.current()
        content = work.codebooks.version(target.number)
        after = _with_those_in_use(work, content, before)
        kept = work.codebooks.add(after, reason=target.reason, redoes=target.number)
        work.verdicts.bring_back([target.entry_id])
        return new_version(work, before, kept)


def undoable(project: Project, *, by: Coder) -> tuple[Version | None, Version | None]:
    """Say which change undo would take back now, and which redo would bring back."""
    with project.reading() as view:
        stand = standing(view.codebooks.versions())
        return (
            _free(view, stand.done[1:], by),
            _free(view, stand.undone, by),
        )


def _free(view: View, steps: Sequence[Version], by: Coder) -> Version | None:
    if not steps or not by.leads or _stops(view, steps[-1], by):
        return None
    return steps[-1]


def _last(
    view: View, versions: Sequence[Version], steps: Sequence[Version], seen: int | None, what: str
) -> Version:
    """Find the step, and make sure that it is the one its reader saw."""
    if seen is not None and versions and (not steps or steps[-1].number != seen):
        newest = versions[-1]
        raise ChangedMeanwhileError("The codebook", _who(view, newest), newest.number)
    if not steps:
        raise RefusedError(
            f"There is nothing in the codebook to {what}.",
            hint="See: qualcode codebook versions",
        )
    return steps[-1]


def _may_be_touched(work: Work, target: Version, by: Coder) -> None:
    stops = _stops(work, target, by)
    if stops:
        raise RefusedError(stops, hint="Change it by another version: qualcode codebook --help")


def _stops(view: View, target: Version, by: Coder) -> str:
    """Say what keeps a person from taking a change back; "" where nothing does."""
    if target.who != by.id:
        who = _who(view, target)
        return f"The last change to the codebook, version {target.number}, is {who}'s."
    if view.journal.round_closed_after(target.entry):
        return f"A round was closed since version {target.number}: its figures rest on it."
    return ""


def _who(view: View, version: Version) -> str:
    return view.people.by_id()[version.who].name if version.who else "qualcode"


def _with_those_in_use(work: Work, content: Codebook, before: Codebook) -> Codebook:
    """Keep, as retired, the codes that are to go and that somebody has used, or that lead on."""
    known = {code.id for code in (*content.codes, *content.retired)}
    going = [code for code in (*before.codes, *before.retired) if code.id not in known]
    used = _in_use_somewhere(work, {code.id for code in going}) if going else set()
    left = {code.id: _left(code, content, before) for code in going}
    waiting = list(used)
    while waiting:
        new = [one for one in left[waiting.pop()].successors if one in left and one not in used]
        used.update(new)
        waiting.extend(new)
    kept = [code for one, code in left.items() if one in used]
    retired = sorted((*content.retired, *kept), key=lambda code: (code.position, code.id))
    return replace(content, version=before.version, retired=tuple(retired))


def _in_use_somewhere(work: Work, going: set[UUID]) -> set[UUID]:
    """Say which codes anybody has used, or can use in a round that keeps its version."""
    used = work.codebooks.applied(going)
    for number in {one.codebook_version for one in work.rounds.all() if not one.free}:
        used |= going.intersection(code.id for code in work.codebooks.version(number).codes)
    return used


def _left(code: Code, content: Codebook, before: Codebook) -> Code:
    """Let a code go for good; after a split, into the code that was split."""
    split = [
        one.id
        for one in before.retired
        if code.id in one.successors and content.entry(one.id) in content.codes
    ]
    successors = (split[0],) if split else () if code.in_use else code.successors
    return replace(code, state=CodeState.RETIRED, successors=successors, parent="")
