"""Taking sources in, and reading them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.domain.errors import AlreadyThereError, QualcodeError
from qualcode.domain.findings import Finding
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.places import Place, located, parse_place
from qualcode.domain.sources import Revision, Source, SourceKind
from qualcode.domain.text import Range, text_hash
from qualcode.interchange.files import take
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode.interchange.plugins import importer_for
from qualcode.services.people import lead_only
from qualcode.store.project import Project, Work


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file: its new sources, what was noticed, or why it was refused."""

    file: str
    sources: tuple[Source, ...] = ()
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
    drafts = importer_for(upload).drafts(upload, wishes)
    findings = [
        replace(finding, place=finding.place or draft.name)
        for draft in drafts
        for finding in draft.findings
    ]
    sources: list[Source] = []
    with project.work("import", by=by) as work:
        for draft in drafts:
            same = _known(work, draft)
            if same is not None:
                findings.append(_same_text(draft, same))
                continue
            sources.append(_store(work, draft))
        if sources:
            work.ledger.say("file", upload.name)
    return TakenIn(upload.name, tuple(sources), tuple(findings))


def _known(work: Work, draft: Draft) -> Source | None:
    """Find the source that holds this text already.

    Two survey respondents may well have answered with the same words; other sources do not.
    """
    same = work.sources.with_text(text_hash(draft.text))
    if same is None or draft.kind is not SourceKind.SURVEY:
        return same
    try:
        named = work.sources.named(draft.name)
    except QualcodeError:
        return None
    if work.sources.revision(named).text == draft.text:
        return named
    raise _other_text(named, draft)


def _other_text(source: Source, draft: Draft) -> AlreadyThereError:
    return AlreadyThereError(
        f"The answers of {source.name} differ from those already stored: “{draft.text[:60]}…”.",
        hint="Nothing was imported from this file; settle which answers hold.",
    )


def _same_text(draft: Draft, same: Source) -> Finding:
    sentence = f"{draft.name} holds the same text as {same.name}; it was not imported again."
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


def find(project: Project, place: str | Place) -> Spot:
    """Find the words a place names; a source whose own name looks like a place wins."""
    parsed = parse_place(place) if isinstance(place, str) else place
    source, revision = read(project, parsed.source)
    return Spot(source, revision, located(parsed, revision))
