"""Verbs that read the codebook: show, versions, diff."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.cli.verbs.codebook_tree import tree_lines
from qualcode.domain.code_card import card
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_diff import Change
from qualcode.domain.codebook_versions import Version
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.services import codebook_history, codebooks
from qualcode.services.code_counts import Count
from qualcode.services.codebook_history import VersionShown
from qualcode.services.examples import example_words
from qualcode.services.proposers import proposers
from qualcode.store.project import Project

_NEWEST = 20
_SENTENCES = 6


@click.command("show", epilog="Example: qualcode codebook show 1b")
@click.argument("name", metavar="CODE", required=False)
@click.option("--version", "number", type=int, help="Another version than the one in force.")
@as_option
@json_option
@click.pass_obj
def show(
    here: Here, name: str | None, number: int | None, who: str | None, *, as_json: bool
) -> int:
    """Show the codebook as a tree, or the whole entry of one code.

    The numbers before the codes say on how many passages each stands, as far as you may see.
    """
    project = here.project()
    by = here.actor(project, who)
    book = codebooks.codebook(project, number)
    kept = codebook_history.kept_by(project, book, by=by) if number is None else []
    used = codebook_history.used(project, book, by=by)
    if name is not None:
        return _show_one(project, book, name, used, kept, by=by, as_json=as_json)
    data = {
        "version": book.version,
        "title": book.title,
        "language": book.language,
        "parts": [
            {
                "number": part.number,
                "title": part.title,
                "note": part.note,
                "origin": part.origin.value,
            }
            for part in book.parts
        ],
        "codes": [
            code_data(book, code) | _used_data(used[code.id])
            for code in (*book.codes, *book.retired)
        ],
        "rounds_behind": rounds_data(kept),
    }
    lines = ["No codebook yet."]
    if book.version:
        head = f"{book.title or 'Codebook'} · version {book.version}"
        lines = [head, *(_goes_by(one) for one in kept), *tree_lines(book, used)]
    return answer("codebook show", data, lines, as_json=as_json)


def _show_one(
    project: Project,
    book: Codebook,
    name: str,
    used: Mapping[UUID, Count],
    kept: Sequence[Round],
    *,
    by: Coder,
    as_json: bool,
) -> int:
    code = book.any_code(name)
    words = example_words(project, code, by=by)
    asked = proposers(project, code, by=by)
    lines = [line.whole for line in card(book, code, examples=words, proposers=asked)]
    stands = book.by_id()[code.id]
    merged = f"its codings count with {stands.title}"
    lines.append(f"Used: {used[code.id].words if stands == code else merged}")
    lines += [_goes_by(one, code.label) for one in kept]
    data = {
        **code_data(book, code),
        "example_words": words,
        "proposers": list(asked),
        **_used_data(used[code.id]),
        "rounds_behind": rounds_data(kept),
    }
    return answer("codebook show", data, lines, as_json=as_json)


def _goes_by(one: Round, label: str = "") -> str:
    """Tell a coder which version a round of theirs goes by, and how to see that."""
    number = one.codebook_version
    asked = f'"{label}" ' if " " in label else f"{label} " if label else ""
    return (
        f"Round {one.name} goes by version {number}: "
        f"qualcode codebook show {asked}--version {number}"
    )


def rounds_data(rounds: Sequence[Round]) -> list[dict[str, object]]:
    """Give for programs which version each round goes by."""
    return [{"name": one.name, "codebook_version": one.codebook_version} for one in rounds]


def _used_data(used: Count) -> dict[str, object]:
    return {"passages": used.own, "with_below": used.with_below, "sources": used.sources}


def code_data(book: Codebook, code: Code) -> dict[str, object]:
    """Give every field of a code for programs; other codes by their labels."""
    return {
        "id": str(code.id),
        "label": code.label,
        "key": code.key,
        "name": code.name,
        "part": code.part,
        "position": code.position,
        "parent": code.parent,
        "state": code.state.value,
        "successors": [one.label for one in book.successors(code)],
        "description": code.description,
        "full_definition": code.full_definition,
        "include": list(code.include),
        "exclude": list(code.exclude),
        "examples": list(code.examples),
        "not_to_confuse_with": list(code.not_to_confuse_with),
        "sub_questions": list(code.sub_questions),
        "origin": code.origin.value,
        "colour": code.colour,
        "earlier_names": list(code.earlier_names),
        "proposed_by": code.proposed_by,
        "proposed_on": code.proposed_on,
    }


@click.command("versions", epilog="Example: qualcode codebook versions --newest 50")
@click.option(
    "--newest", type=click.IntRange(min=1), default=_NEWEST, show_default=True, help="How many."
)
@as_option
@json_option
@click.pass_obj
def versions(here: Here, newest: int, who: str | None, *, as_json: bool) -> int:
    """List the versions, newest first, with what each changed and why."""
    project = here.project()
    here.actor(project, who)
    found = codebook_history.by_version(project, newest=newest)
    lines = [line for one in found for line in _told(one)]
    if found and len(found) < found[0].version.number:
        every = found[0].version.number
        lines.append(
            f"These are {len(found)} of {counted(every, 'version')}; "
            f"all: qualcode codebook versions --newest {every}"
        )
    data = [_version_data(one) for one in found]
    return answer("codebook versions", data, lines or ["No codebook yet."], as_json=as_json)


def _told(shown: VersionShown) -> Iterator[str]:
    version = shown.version
    when = f"{version.at.astimezone():%Y-%m-%d %H:%M}"
    yield f"Version {version.number}, {when}, {shown.who}{_why(version)}"
    yield from (f"  {one.sentence}" for one in shown.changes[:_SENTENCES])
    more = len(shown.changes) - _SENTENCES
    if more > 0:
        diff = f"qualcode codebook diff {version.number - 1} {version.number}"
        yield f"  {counted(more, 'more change')}: {diff}"
    if shown.rounds:
        yield f"  Rounds that go by it: {', '.join(map(_called, shown.rounds))}."


def _why(version: Version) -> str:
    """Say why a version was made, or which other it takes back or brings back."""
    if version.undoes is not None:
        return f": takes back version {version.undoes}"
    if version.redoes is not None:
        return f": brings back version {version.redoes}"
    return f": {version.reason}" if version.reason else ""


def _called(one: Round) -> str:
    return one.name if one.state is RoundState.OPEN else f"{one.name} ({one.state.value})"


def _version_data(shown: VersionShown) -> dict[str, object]:
    version = shown.version
    return {
        "version": version.number,
        "at": version.at.isoformat(),
        "who": shown.who,
        "reason": version.reason,
        "undoes": version.undoes,
        "redoes": version.redoes,
        "changes": [one.sentence for one in shown.changes],
        "rounds": [{"name": one.name, "state": one.state.value} for one in shown.rounds],
    }


@click.command("diff", epilog="Example: qualcode codebook diff 3 5 --words")
@click.argument("before", type=int)
@click.argument("after", type=int, required=False)
@click.option("--words", "with_words", is_flag=True, help="Also how each field read and reads.")
@as_option
@json_option
@click.pass_obj
def diff(
    here: Here, before: int, after: int | None, who: str | None, *, with_words: bool, as_json: bool
) -> int:
    """Say what changed from one version to another.

    Without AFTER, to the one in force.
    """
    project = here.project()
    here.actor(project, who)
    was, now, found = codebook_history.compared(project, before, after)
    start = f"version {was.version}" if was.version else "nothing"
    lines = [f"From {start} to version {now.version}:"]
    for one in found:
        lines += [one.sentence, *(_words(one) if with_words else ())]
    same = [f"Versions {was.version} and {now.version} read the same."]
    labels = {code.id: code.label for book in (was, now) for code in (*book.codes, *book.retired)}
    data = {
        "before": was.version,
        "after": now.version,
        "changes": [change_data(one, labels) for one in found],
    }
    return answer("codebook diff", data, lines if found else same, as_json=as_json)


def _words(change: Change) -> Iterator[str]:
    """Give a field as it read and as it reads now, entry by entry."""
    if not change.field:
        return
    for heading, text in (("before", change.before), ("now", change.after)):
        entries = text.splitlines() or ["(nothing)"]
        yield from (f"  {heading}: {entry}" for entry in entries)


def change_data(change: Change, labels: Mapping[UUID, str]) -> dict[str, object]:
    """Give a change for programs; `labels` names the codes."""
    return {
        "kind": change.kind.value,
        "sentence": change.sentence,
        "code": labels.get(change.code) if change.code else None,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
