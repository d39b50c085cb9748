"""Taking sources in, and reading them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from qualcode.domain.display import shortened
from qualcode.domain.errors import (
    AlreadyThereError,
    ImportRefusedError,
    NotFoundError,
    QualcodeError,
)
from qualcode.domain.findings import Finding
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.places import Place, located, parse_place
from qualcode.domain.rounds import Round, RoundState
from qualcode.domain.sources import Revision, Source, SourceKind
from qualcode.domain.text import Range, as_stored, text_hash
from qualcode.interchange.files import take
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode.interchange.plugins import importer_for
from qualcode.services.people import lead_only
from qualcode.store.project import Project, Work

_BEFORE = 20
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file: its new sources, what was noticed, or why it was refused.

    `already` lists the survey respondents who were there with the same answers, `late_for`
    the open rounds that had begun, so that the new sources are not part of them.
    """

    file: str
    sources: tuple[Source, ...] = ()
    already: tuple[Source, ...] = ()
    late_for: tuple[Round, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: QualcodeError | None = None


def take_in_files(
    project: Project, paths: Iterable[Path], *, wishes: Wishes, by: Coder
) -> list[TakenIn]:
    """Import files one by one; each comes in whole or not at all."""
    lead_only(by, "import sources")
    taken: list[TakenIn] = []
    for path in paths:
        try:
            taken.append(take_in(project, take(path), wishes=wishes, by=by))
        except QualcodeError as mishap:
            taken.append(TakenIn(path.name, refused=mishap))
    return taken


def take_in(project: Project, upload: Upload, *, wishes: Wishes, by: Coder) -> TakenIn:
    """Import one file."""
    drafts = [_named(upload, each) for each in importer_for(upload).drafts(upload, wishes)]
    findings = [
        replace(finding, place=finding.place or draft.name)
        for draft in drafts
        for finding in draft.findings
    ]
    sources: list[Source] = []
    already: list[Source] = []
    with project.work("import", by=by) as work:
        for draft in drafts:
            same = _known(work, draft)
            if same is None:
                sources.append(_store(work, draft))
            elif draft.kind is SourceKind.SURVEY:
                already.append(same)
            else:
                findings.append(_same_text(draft, same))
        late_for = _assign(work, sources)
        if sources:
            work.ledger.say("file", as_stored(upload.name).text)
    return TakenIn(upload.name, tuple(sources), tuple(already), late_for, tuple(findings))


def _named(upload: Upload, draft: Draft) -> Draft:
    """Give a draft a name on one line that can be stored and typed."""
    name = " ".join(as_stored(draft.name).text.split())
    if not name:
        raise ImportRefusedError(upload.name, "it has no name to call the source by.")
    return replace(draft, name=name)


def _assign(work: Work, sources: list[Source]) -> tuple[Round, ...]:
    """Give new sources to the open rounds of all sources in which nobody has begun.

    Where sources were dealt out they go into the pool. Name the rounds they are no part of.
    """
    new = {source.id for source in sources}
    before = {source.id for source in work.sources.all()} - new
    rounds = [one for one in work.rounds.all() if one.state is RoundState.OPEN and not one.free]
    late = []
    for one in rounds if sources else []:
        if work.rounds.begun(one) or work.rounds.sources(one) != before:
            late.append(one)
            continue
        work.rounds.take_in(one, sorted(new))
        whole = work.allotments.whole(one)
        if all(whole.get(source, set()) >= set(one.coders) for source in before):
            work.rounds.assign(one, one.coders, sorted(new))
    return tuple(late)


def _known(work: Work, draft: Draft) -> Source | None:
    """Find the source that holds this text already.

    Two survey respondents may well have answered with the same words; other sources do not.
    """
    if draft.kind is not SourceKind.SURVEY:
        return work.sources.with_text(text_hash(draft.text))
    try:
        named = work.sources.named(draft.name)
    except NotFoundError:
        return None
    stored = work.sources.revision(named).text
    if stored == draft.text:
        return named
    raise _other_answers(named, stored, draft.text)


def _other_answers(source: Source, stored: str, given: str) -> AlreadyThereError:
    """Show both readings from shortly before the place where they part."""
    pairs = enumerate(zip_longest(stored, given))
    parting = next(place for place, (one, other) in pairs if one != other)
    start = max(0, parting - _BEFORE)
    was, now = (shortened(text[start:], to=_SHOWN) for text in (stored, given))
    return AlreadyThereError(
        f"The answers of {source.name} differ from those stored: stored “{was}”, now “{now}”.",
        hint="Nothing was imported from this file; settle which answers hold.",
    )


def _same_text(draft: Draft, same: Source) -> Finding:
    sentence = f"{draft.name} holds the same text as {same.name}; it was not imported again."
    if draft.name == same.name:
        sentence = f"{same.name} is there already, with this text; it was not imported again."
    return Finding("same text", sentence, draft.name)


def _store(work: Work, draft: Draft) -> Source:
    source = new_id()
    revision = Revision(new_id(), source, 1, draft.text, text_hash(draft.text), tuple(draft.turns))
    return work.sources.add(
        draft.name,
        draft.kind,
        revision,
        encoding=draft.encoding,
        attributes=draft.attributes,
    )


def sources(project: Project) -> list[Source]:
    """List the sources in the order they came."""
    with project.reading() as view:
        return view.sources.all()


def read(project: Project, name: str) -> tuple[Source, Revision]:
    """Open a source at the text in force."""
    with project.reading() as view:
        source = view.sources.named(name)
        return source, view.sources.revision(source)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place found: its source, the text in force, and the stretch of words."""

    source: Source
    revision: Revision
    range: Range


def place_named(project: Project, words: str) -> Place:
    """Read a place as typed; a source whose own name looks like a place wins."""
    with project.reading() as view:
        try:
            return Place(view.sources.named(words.strip()).name)
        except NotFoundError:
            return parse_place(words)


def find(project: Project, place: str | Place) -> Spot:
    """Find the words a place names."""
    named = place_named(project, place) if isinstance(place, str) else place
    source, revision = read(project, named.source)
    return Spot(source, revision, located(named, revision))
