"""Changing the codebook: what the lead can do with it, each change a numbered version."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.domain import restructuring
from qualcode.domain.codebook import Code, Codebook, Origin, Part
from qualcode.domain.codebook_diff import Change, changes
from qualcode.domain.codebook_names import misleading, suggested_names
from qualcode.domain.errors import ChangedMeanwhileError, RefusedError, RetiredCodeError
from qualcode.domain.findings import Finding
from qualcode.domain.ids import new_id
from qualcode.domain.lineage import RULE_FIELDS
from qualcode.domain.people import Coder
from qualcode.domain.restructuring import Place, Wording
from qualcode.domain.rounds import Round, RoundState
from qualcode.domain.text import as_stored
from qualcode.services.people import lead_only
from qualcode.services.quoted import examples_must_stand
from qualcode.services.rounds import let_rounds_begin
from qualcode.store.project import Project, View, Work

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STRUCTURE = ("parent", "part", "state")
_ALL = tuple(name for name in Code.__slots__ if name != "position")


@dataclass(frozen=True, slots=True)
class Draft:
    """A code that is to be: what is not given is made up from its neighbours' labels and keys."""

    name: str
    label: str = ""
    key: str = ""
    wording: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change made of the codebook, in sentences, and the rounds that keep another version.

    Nothing is in `changes` where the codebook read so already; it then has no new version.
    `warnings` say which keys from now on wait for Enter, and which names find no code.
    `findings` say what a file that was loaded tells that has no place in a codebook.
    """

    codebook: Codebook
    changes: tuple[Change, ...]
    behind: tuple[Round, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()


def add(project: Project, draft: Draft, at: Place, *, by: Coder, reason: str = "") -> Changed:
    """Add a code."""
    return changed(
        project,
        "add",
        lambda before: restructuring.add(before, drafted(before, draft, at), at),
        by=by,
        reason=reason,
    )


def add_part(project: Project, title: str, *, by: Coder, reason: str = "") -> Changed:
    """Add a part at the end."""
    fit = _one_line(title, "title")
    return changed(
        project, "part", lambda before: restructuring.add_part(before, fit), by=by, reason=reason
    )


def rename_part(
    project: Project,
    number: int,
    *,
    to: str,
    by: Coder,
    reason: str = "",
    seen: Part | None = None,
) -> Changed:
    """Give a part another title, unless its title is not the one that was `seen`."""
    fit = _one_line(to, "title")
    lead_only(by, "change the codebook")
    with project.work("codebook part", by=by) as work:
        before = work.codebooks.current()
        if seen is not None:
            _must_be_called(work, before, seen)
        return keep(work, before, restructuring.rename_part(before, number, fit), reason=reason)


def reword(
    project: Project, code: Code, wording: Wording, *, by: Coder, reason: str = ""
) -> Changed:
    """Give fields of a code other words; a rule that changes wants a reason."""
    if set(wording) & set(RULE_FIELDS):
        _needs(reason, "Rewording a rule")
    fit = stored_wording(wording)
    return changed(
        project,
        "reword",
        lambda before: restructuring.reword(before, _now(before, code), fit),
        by=by,
        reason=reason,
        seen=[code],
        fields=tuple(wording),
    )


def rename(
    project: Project,
    code: Code,
    *,
    by: Coder,
    label: str = "",
    key: str = "",
    name: str = "",
    reason: str = "",
) -> Changed:
    """Give a code another label, key or name."""
    new = {
        what: _one_line(words, what)
        for what, words in (("label", label), ("key", key), ("name", name))
        if words
    }
    return changed(
        project,
        "rename",
        lambda before: restructuring.rename(before, _now(before, code), **new),
        by=by,
        reason=reason,
        seen=[code],
        fields=tuple(new),
    )


def move(project: Project, code: Code, to: Place, *, by: Coder, reason: str = "") -> Changed:
    """Put a code, with all under it, in another place."""
    return changed(
        project,
        "move",
        lambda before: restructuring.move(before, _now(before, code), to),
        by=by,
        reason=reason,
        seen=[code],
        fields=_STRUCTURE,
    )


def merge(
    project: Project, absorbed: Sequence[Code], *, into: Code, by: Coder, reason: str
) -> Changed:
    """Fold codes into another: every coding stays as it is and reads as one of that other."""
    _needs(reason, "A merge")
    return changed(
        project,
        "merge",
        lambda before: restructuring.merge(
            before, [_now(before, code) for code in absorbed], _now(before, into)
        ),
        by=by,
        reason=reason,
        seen=[*absorbed, into],
        fields=_ALL,
    )


def split(
    project: Project, code: Code, drafts: Sequence[Draft], *, by: Coder, reason: str
) -> Changed:
    """Put new codes in the place of one; every coder decides anew on their own passages."""
    _needs(reason, "A split")

    def parted(before: Codebook) -> Codebook:
        old = _now(before, code)
        new: list[Code] = []
        ahead = before
        for draft in drafts:
            new.append(replace(drafted(ahead, draft, Place(after=old.label)), part=old.part))
            ahead = replace(ahead, codes=(*ahead.codes, new[-1]))
        return restructuring.split(before, old, new)

    return changed(project, "split", parted, by=by, reason=reason, seen=[code], fields=_ALL)


def retire(project: Project, code: Code, *, by: Coder, reason: str) -> Changed:
    """Take a code out of use; its label and key are never given out again."""
    _needs(reason, "Retiring a code")
    return changed(
        project,
        "retire",
        lambda before: restructuring.retire(before, _now(before, code)),
        by=by,
        reason=reason,
        seen=[code],
        fields=_ALL,
    )


def changed(
    project: Project,
    kind: str,
    how: Callable[[Codebook], Codebook],
    *,
    by: Coder,
    reason: str,
    seen: Sequence[Code] = (),
    fields: Sequence[str] = (),
) -> Changed:
    """Make one change in one version, unless what it is about was changed meanwhile."""
    lead_only(by, "change the codebook")
    with project.work(f"codebook {kind}", by=by) as work:
        before = work.codebooks.current()
        for code in seen:
            must_be_as_seen(work, before, code, fields)
        after = how(before)
        known = {one for code in (*before.codes, *before.retired) for one in code.examples}
        new = {"examples": tuple(one for code in after.codes for one in code.examples)}
        examples_must_stand(work, new, by=by, but=known)
        return keep(work, before, after, reason=reason)


def keep(work: Work, before: Codebook, after: Codebook, *, reason: str) -> Changed:
    """Keep a changed codebook as the next version, where it reads otherwise."""
    if replace(after, version=before.version) == before:
        return Changed(before, ())
    kept = work.codebooks.add(after, reason=as_stored(reason.strip()).text)
    let_rounds_begin(work, before, kept)
    return new_version(work, before, kept)


def new_version(view: View, before: Codebook, kept: Codebook) -> Changed:
    """Say what a new version changed."""
    warnings = tuple(misleading(before, kept))
    return Changed(kept, tuple(changes(before, kept)), behind(view, kept), warnings=warnings)


def behind(view: View, codebook: Codebook) -> tuple[Round, ...]:
    """List the open rounds that go by an earlier version of the codebook."""
    return tuple(
        one
        for one in view.rounds.all()
        if not one.free
        and one.state is RoundState.OPEN
        and 0 < one.codebook_version < codebook.version
    )


def must_be_as_seen(view: View, now: Codebook, code: Code, fields: Sequence[str]) -> None:
    """Refuse to change a code that reads otherwise by now than its reader saw it."""
    entry = now.entry(code.id)
    if entry is not None and not entry.in_use and not code.in_use:
        raise RetiredCodeError(code.label, tuple(one.title for one in now.successors(entry)))
    if entry is not None and _reads(entry, fields) == _reads(code, fields):
        return
    raise _changed_in(view, code.title, _last_changed(view, now, code, fields))


def _must_be_called(view: View, now: Codebook, part: Part) -> None:
    """Refuse to rename a part that is called otherwise by now than its reader saw it, or gone."""
    title = _title(now, part.number)
    if title == part.title:
        return
    earlier = range(now.version - 1, -1, -1)
    read = (one for one in earlier if _title(view.codebooks.version(one), part.number) != title)
    version = next(read, now.version - 1) + 1
    raise _changed_in(view, f"Part {part.number} {part.title}", version)


def _title(codebook: Codebook, number: int) -> str | None:
    return next((part.title for part in codebook.parts if part.number == number), None)


def _changed_in(view: View, what: str, version: int) -> ChangedMeanwhileError:
    """Say in which version, and by whom, something was changed meanwhile."""
    made = next(one for one in view.codebooks.versions() if one.number == version)
    who = view.people.by_id()[made.who].name if made.who else "qualcode"
    return ChangedMeanwhileError(what, who, version)


def _reads(code: Code, fields: Sequence[str]) -> tuple[object, ...]:
    return (code.in_use, *(getattr(code, name) for name in fields))


def _last_changed(view: View, now: Codebook, code: Code, fields: Sequence[str]) -> int:
    """Find the version that changed these fields of a code last, or in which it vanished."""
    if now.entry(code.id) is None:
        before = (number - 1 for number in range(now.version, 0, -1))
        there = (one for one in before if view.codebooks.version(one).entry(code.id))
        return next(there, now.version - 1) + 1
    entries = view.codebooks.rules(now.version).entries[code.id]
    changed = [
        version
        for (_, was), (version, then) in pairwise(entries)
        if _reads(was, fields) != _reads(then, fields)
    ]
    return changed[-1] if changed else entries[-1][0]


def drafted(codebook: Codebook, draft: Draft, at: Place) -> Code:
    """Make a new code of a draft; label and key follow those of its neighbours if not given."""
    label, key = suggested_names(codebook, restructuring.meant(codebook, at).part or 1)
    code = Code(
        new_id(),
        _one_line(draft.label or label, "label"),
        _one_line(draft.key or key, "key"),
        _one_line(draft.name, "name"),
        0,
        0,
    )
    return replace(code, **stored_wording(draft.wording or {}))  # type: ignore[arg-type]


def stored_wording(wording: Wording) -> dict[str, object]:
    """Give fields as they are kept: no signs that a text cannot hold, nothing empty in a list.

    What is no colour or origin is refused, for a file of the codebook could not be read back.
    """
    fit = {
        name: tuple(fit for one in value if (fit := as_stored(str(one).strip()).text))
        if isinstance(value, tuple)
        else as_stored(value.strip()).text
        if type(value) is str
        else value
        for name, value in wording.items()
    }
    if "colour" in fit:
        _must_be_a_colour(fit["colour"])
    return fit | {"origin": _origin(fit["origin"])} if "origin" in fit else fit


def _must_be_a_colour(words: object) -> None:
    if words and not _COLOUR.fullmatch(str(words)):
        raise RefusedError(
            f"“{words}” is no colour.",
            hint="A colour is a # and six signs of 0-9 and a-f, such as #1f78b4.",
        )


def _origin(words: object) -> Origin:
    if words not in set(Origin):
        known = ", ".join(one.value for one in Origin)
        raise RefusedError(f"“{words}” is no origin of a code.", hint=f"There are: {known}.")
    return Origin(str(words))


def _now(codebook: Codebook, code: Code) -> Code:
    """Give a code as it reads now."""
    return next(one for one in codebook.codes if one.id == code.id)


def _one_line(words: str, what: str) -> str:
    fit = " ".join(as_stored(words).text.split())
    if not fit:
        raise RefusedError(f"A {what} cannot be empty.", hint="Type it again.")
    return fit


def _needs(reason: str, what: str) -> None:
    if not reason.strip():
        raise RefusedError(f"{what} needs a reason.", hint='Say why: --because "…"')
