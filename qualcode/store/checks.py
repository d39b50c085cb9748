"""Checking a project against itself: every word, coding and entry against its fingerprint."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, text

from qualcode.domain.codebook_diff import replayed, structure
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.journal import FIRST_PREVIOUS, Entry, entry_hash, sealed
from qualcode.domain.rounds import Layer
from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range, text_hash, united
from qualcode.store.allotments import sample_findings
from qualcode.store.anchors import BEGUN, IN, OUT, anchors
from qualcode.store.changes import digest, words_of
from qualcode.store.codebooks import digest as codebook_digest
from qualcode.store.every_coding import coding_of, coding_query
from qualcode.store.journal import ANSWERING, OUTGOING
from qualcode.store.layered import LAYERED, DecisionRow, MemoRow, ProposalRow, ReadMarkRow
from qualcode.store.models import (
    LayerRow,
    ProgressRow,
    RevisionRow,
    SourceRow,
    TurnRow,
    VerdictRow,
)
from qualcode.store.progress import touched_count
from qualcode.store.project import Project, View
from qualcode.store.references import dangling
from qualcode.store.snapshots import snapshot_findings
from qualcode.store.sources import turn_of, turns_digest
from qualcode.store.standing import Placed, Retired, placed_row, standing
from qualcode.store.themes import theme_findings


def check(project: Project, *, head: str | None = None) -> list[Finding]:
    """List everything in a project that does not agree with its fingerprint.

    `head` is a journal hash printed in a report or export: with it, an ending of the
    journal that was cut off is found as well. Who is signed in with a coder's role sees a part
    only, and that part is checked.
    """
    if head is not None and project.signed_in is not None:
        raise RefusedError(
            "Your role sees a part of the journal only; the entry may stand where you do not see.",
            hint="Ask the lead to check it.",
        )
    with project.reading() as view:
        findings = list(_database(view)) if project.signed_in is None else []
        if findings:
            return findings
        try:
            return _all(view, head) if project.signed_in is None else _part(view)
        except (LookupError, NotFoundError, TypeError, ValueError) as trouble:
            kind = type(trouble).__name__
            sentence = f"Something that is stored cannot be read as what it should be ({kind})."
            return [Finding("database", sentence)]


def _all(view: View, head: str | None) -> list[Finding]:
    entries = list(view.journal.entries())
    return [
        *_chain(view, entries, head),
        *_owners(view, entries),
        *_words(view, entries),
        *_rows(view, entries),
        *_texts(view, entries),
        *_turns(view, entries),
        *_codebooks(view, entries),
        *_verdicts(view, entries),
        *theme_findings(view.session, entries),
        *sample_findings(view.session, entries),
        *snapshot_findings(view.session, entries),
        *_codings(view),
        *_progress(view),
    ]


def _part(view: View) -> list[Finding]:
    """Check what a role sees; what others did, and so the links between entries, is not there."""
    entries = list(view.journal.entries())
    altered = "This entry was altered after it was written."
    return [
        *(
            Finding("journal", altered, f"entry {entry.number}")
            for entry in entries
            if entry_hash(entry) != entry.hash
        ),
        *_owners(view, entries),
        *(one for one in _words(view, entries) if one.kind != "verdict"),
        *_rows(view, entries, whole=False),
        *_texts(view, entries),
        *_turns(view, entries),
        *_codebooks(view, entries),
        *_codings(view),
        *_progress(view),
    ]


def _database(view: View) -> Iterator[Finding]:
    """Ask the database about its pages and references."""
    if view.session.connection().dialect.name != "sqlite":
        yield from dangling(view.session)
        return
    for row in view.session.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield Finding("database", f"The database reports: {row[0]}.")
    for row in view.session.execute(text("PRAGMA foreign_key_check")):
        yield Finding("database", f"A row of {row[0]} refers to something that is not there.")


def _chain(view: View, entries: list[Entry], head: str | None) -> Iterator[Finding]:
    """Recompute the hashes of the journal, and of what bundles brought along."""
    ends = {view.journal.workspace(): (0, FIRST_PREVIOUS)}
    ends |= {each.workspace: (each.number, each.head) for each in anchors(entries, OUT, BEGUN)}
    for entry in entries:
        place = f"entry {entry.number}"
        if ends.get(entry.workspace) != (entry.number - 1, entry.previous):
            yield Finding("journal", "The journal is broken before this entry.", place)
        if entry_hash(entry) != entry.hash:
            yield Finding("journal", "This entry was altered after it was written.", place)
        ends[entry.workspace] = entry.number, entry.hash
    if head is not None and not any(entry.hash.startswith(head) for entry in entries):
        sentence = "The journal does not hold the entry with this hash: its end was cut off."
        yield Finding("journal", sentence, head)
    hashes, home = {entry.hash for entry in entries}, view.journal.workspace()
    for joined in anchors((one for one in entries if one.workspace == home), IN):
        if joined.head not in hashes:
            sentence = "The end of what a bundle brought along was cut off."
            yield Finding("journal", sentence, joined.head[:12])


def _owners(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Look whether every layer was changed by its own coder only, the consensus by a lead.

    An export takes a layer's quotations out, an answer turns a proposal down: neither changes
    anything in it.
    """
    layers = {row.id: row for row in view.session.scalars(select(LayerRow))}
    people = view.people.by_id()
    for entry in entries:
        if entry.layer is None or entry.kind in {OUTGOING, *ANSWERING}:
            continue
        row, who = layers[entry.layer], people[entry.who] if entry.who else None
        if who is None or not Layer(row.id, row.round_id, row.coder_id).belongs_to(who):
            sentence = "This entry changed a layer that is not its coder's."
            yield Finding("journal", sentence, f"entry {entry.number}")


def _words(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Compare the words beside the journal with their seals; erased ones are no finding.

    Memos, proposed labels and reasons stand in their own tables as well, and must say the
    same there.
    """
    said: dict[str, str] = {}
    for entry in entries:
        words, salt = view.journal.words(entry.id) if entry.sealed_words else ({}, "")
        if words and sealed(words, salt) != entry.sealed_words:
            yield Finding(
                "journal", "The words of this entry were altered.", f"entry {entry.number}"
            )
        said |= words
    for what, model, column in (
        ("memo", MemoRow, MemoRow.body),
        ("proposal", ProposalRow, ProposalRow.label),
        ("decision", DecisionRow, DecisionRow.reason),
        ("verdict", VerdictRow, VerdictRow.reason),
        ("wording", ProposalRow, ProposalRow.wording + "\n" + ProposalRow.reason),
    ):
        for identity, body in view.session.execute(select(model.id, column)):
            if body.removeprefix("\n") != said.get(words_of(what, identity), "").removeprefix("\n"):
                yield Finding(what, f"The words of a {what} were altered.", str(identity))


def _rows(view: View, entries: list[Entry], *, whole: bool = True) -> Iterator[Finding]:
    """Compare the rows of every layer with what the journal says of them."""
    numbers = {entry.id: entry for entry in entries}
    for what, model in LAYERED.items():
        expected = {
            entry.id: cast("dict[str, Any]", entry.touched[f"added {what}"])
            for entry in entries
            if f"added {what}" in entry.touched
        }
        columns = model.__table__.columns
        place_of_end = [column.name for column in columns].index("retired_in")
        rows = view.session.execute(select(*columns).order_by(model.added_in, model.id))
        placed: list[Placed] = []
        retired: Retired = {}
        for added_in, group in groupby(rows, key=lambda row: cast("UUID", row.added_in)):
            facts = [tuple(row) for row in group]
            placed += [placed_row(what, row) for row in facts]
            retired |= {row[0]: row[place_of_end] for row in facts}
            note = expected.pop(added_in, None)
            if note is None or note["digest"] != digest(what, facts):
                entry = numbers.get(added_in)
                place = f"entry {entry.number}" if entry else str(added_in)
                yield Finding(what, f"A {_named(what)} was altered, added or deleted.", place)
        for entry_id in expected:
            sentence = f"Every {_named(what)} of this entry is gone."
            yield Finding(what, sentence, f"entry {numbers[entry_id].number}")
        if not whole and len({entry.workspace for entry in entries}) > 1:
            continue  # what stands follows from all journals, and some are not there
        stands = standing(what, entries, placed, view.journal.workspace())
        for identity, now in retired.items():
            if now != stands.get(identity):
                sentence = f"A {_named(what)} was retired, or brought back, beside the journal."
                yield Finding(what, sentence, str(identity))


def _named(what: str) -> str:
    return what.replace("_", " ")


def _texts(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Compare every revision's text with its fingerprint, there and in the journal."""
    noted = {
        cast("list[str]", pair)[0]: cast("list[str]", pair)[1]
        for entry in entries
        for pair in cast("list[Any]", entry.touched.get("revisions", []))
    }
    rows = view.session.execute(
        select(RevisionRow.id, RevisionRow.text_hash, RevisionRow.body, SourceRow.name).join(
            SourceRow, SourceRow.id == RevisionRow.source_id
        )
    )
    for row in rows:
        if not text_hash(row.body) == row.text_hash == noted.pop(str(row.id), None):
            yield Finding("text", f"The text of {row.name} was altered.", row.name)
    for revision in noted:
        yield Finding("text", "A text that was imported is gone.", revision)


def _turns(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Compare the turns of every revision with their fingerprint in the journal."""
    columns = TurnRow.__table__.columns
    rows = view.session.execute(select(*columns).order_by(TurnRow.revision_id, TurnRow.ordinal))
    turns = {
        str(revision): turns_digest(map(turn_of, group))
        for revision, group in groupby(rows, key=lambda row: cast("UUID", row.revision_id))
    }
    for entry in entries:
        for revision, digest_then in cast("dict[str, str]", entry.touched.get("turns", {})).items():
            if turns.get(revision, turns_digest([])) != digest_then:
                sentence = "The turns of a text were altered: who speaks, or from where to where."
                yield Finding("text", sentence, revision)


def _codebooks(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Compare every version of the codebook with its fingerprint, and with its story.

    From the first version on whose changes the journal tells, they are played again.
    """
    kept: dict[str, dict[str, object]] | None = None
    for entry in entries:
        note = cast("dict[str, Any] | None", entry.touched.get("codebook"))
        if not note:
            continue
        place, number = f"entry {entry.number}", note["version"]
        now = view.codebooks.version(number)
        if codebook_digest(now) != note["digest"]:
            yield Finding("codebook", f"Version {number} of the codebook was altered.", place)
        if "changes" in note:
            kept = structure(view.codebooks.version(number - 1)) if kept is None else kept
            kept = replayed(kept, note["changes"])
            if kept != structure(now):
                sentence = f"Version {number} of the codebook is not what its changes make of it."
                yield Finding("codebook", sentence, place)
                kept = structure(now)


def _verdicts(view: View, entries: list[Entry]) -> Iterator[Finding]:
    """Compare the answers to proposals with what the journal says of them."""
    stands: dict[str, tuple[list[str], UUID | None]] = {}
    for entry in entries:
        for answer in cast("list[list[str]]", entry.touched.get("added verdict", [])):
            stands[answer[0]] = (answer[1:], None)
        for touched, retired_in in (("retired verdict", entry.id), ("restored verdict", None)):
            for one in cast("list[str]", entry.touched.get(touched, [])):
                stands[one] = (stands[one][0], retired_in)
    for row in view.session.scalars(select(VerdictRow).order_by(VerdictRow.id)):
        facts = ([str(row.proposal_id), row.outcome], row.retired_in)
        if stands.pop(str(row.id), None) != facts:
            yield Finding("verdict", "An answer to a proposal was altered.", str(row.id))
    for one in stands:
        yield Finding("verdict", "An answer to a proposal is gone.", one)


def _codings(view: View) -> Iterator[Finding]:
    """Compare the words every coding was made on with the words it stands on."""
    rows = view.session.execute(coding_query())
    for revision, group in groupby(map(coding_of, rows), key=lambda coding: coding.revision):
        body = view.session.scalar(select(RevisionRow.body).where(RevisionRow.id == revision))
        for coding in group:
            if not coding.fits(body or ""):
                sentence = "This coding does not stand on the words it was made on."
                yield Finding("coding", sentence, str(coding.id))


def _progress(view: View) -> Iterator[Finding]:
    """Count anew how far each layer has come."""
    turns: dict[UUID, list[Range]] = {}
    for row in view.session.execute(
        select(TurnRow.begins, TurnRow.ends, SourceRow.id)
        .join(SourceRow, SourceRow.revision_id == TurnRow.revision_id)
        .where(TurnRow.role == TurnRole.PARTICIPANT.value)
        .order_by(TurnRow.begins)
    ):
        turns.setdefault(row.id, []).append(Range(row.begins, row.ends))
    dealt, codings = _dealt_with(view)
    for kept in view.session.scalars(select(ProgressRow)):
        place = (kept.layer_id, kept.source_id)
        done = touched_count(turns.get(kept.source_id, []), united(dealt.pop(place, [])))
        if (kept.done, kept.codings) != (done, codings.get(place, 0)):
            yield Finding(
                "progress", "The count of turns dealt with is wrong.", str(kept.source_id)
            )
    for _layer, source in dealt:
        yield Finding("progress", "The count of turns dealt with is missing.", str(source))


def _dealt_with(
    view: View,
) -> tuple[dict[tuple[UUID, UUID], list[Range]], dict[tuple[UUID, UUID], int]]:
    dealt: dict[tuple[UUID, UUID], list[Range]] = {}
    codings: dict[tuple[UUID, UUID], int] = {}
    for coding in map(coding_of, view.session.execute(coding_query(live=True))):
        place = (coding.layer, coding.source)
        dealt.setdefault(place, []).extend(coding.ranges)
        codings[place] = codings.get(place, 0) + 1
    for mark in view.session.scalars(select(ReadMarkRow).where(ReadMarkRow.retired_in.is_(None))):
        dealt.setdefault((mark.layer_id, mark.source_id), []).append(Range(mark.begins, mark.ends))
    return dealt, codings
