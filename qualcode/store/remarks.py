"""Rows of what stands beside codings, as the domain's read marks, flags, memos and proposals."""

import json
from datetime import UTC, datetime
from uuid import UUID

from qualcode.domain.codings import Flag, FlagKind, Memo, ReadMark
from qualcode.domain.journal import Json, canonical
from qualcode.domain.proposals import Proposal, Reworded
from qualcode.domain.text import Range
from qualcode.store.bulk import KnownIds, Raw, id_of
from qualcode.store.desks import Sort

_KINDS = {kind.value: kind for kind in FlagKind}
_AGAINST = "against version"
_PLACE = "id, layer_id, source_id, revision_id, begins, ends"


def _mark(row: Raw, known: KnownIds) -> ReadMark:
    raw, layer, source, revision, begins, ends = row
    return ReadMark(id_of(raw), known[layer], known[source], known[revision], Range(begins, ends))


def _flag(row: Raw, known: KnownIds) -> Flag:
    raw, layer, source, revision, begins, ends, kind = row
    stretch = Range(begins, ends)
    return Flag(id_of(raw), known[layer], known[source], known[revision], stretch, _KINDS[kind])


def _memo(row: Raw, known: KnownIds) -> Memo:
    raw, layer, source, revision, begins, ends, coder, coding, body, written, code = row
    return Memo(
        id_of(raw),
        known[coder],
        known[layer],
        _named(source, known),
        _named(revision, known),
        Range(begins, ends),
        _named(coding, known),
        body,
        _moment(written),
        _named(code, known),
    )


def _proposal(row: Raw, known: KnownIds) -> Proposal:
    raw, layer, source, revision, begins, ends, coder, label, written, code, wording, reason = row
    return Proposal(
        id_of(raw),
        known[coder],
        known[layer],
        _named(source, known),
        _named(revision, known),
        Range(begins, ends),
        label,
        _moment(written),
        _named(code, known),
        read_wording(wording),
        reason,
        _against(wording),
    )


def written_wording(proposal: Proposal) -> str:
    """Write the fields a proposal would reword, as they are kept; nothing where there are none.

    Beside them stands the version of the codebook it was written against.
    """
    if not proposal.wording:
        return ""
    fields: dict[str, Json] = {name: _plain(value) for name, value in proposal.wording}
    return canonical(fields | ({_AGAINST: proposal.against} if proposal.against else {}))


def read_wording(kept: str) -> tuple[Reworded, ...]:
    """Read the fields a proposal would reword."""
    fields = json.loads(kept) if kept else {}
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(fields.items())
        if name != _AGAINST
    )


def _against(kept: str) -> int:
    return int(json.loads(kept).get(_AGAINST, 0)) if kept else 0


def _plain(value: str | tuple[str, ...]) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _named(raw: bytes | UUID | None, known: KnownIds) -> UUID | None:
    return None if raw is None else known[raw]


def _moment(raw: str | datetime) -> datetime:
    """Give the moment for what the driver gave: SQLite has it as text, in UTC."""
    when = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


MARKS = Sort("read_mark", _PLACE, "begins, ends, id", _mark)
FLAGS = Sort("flag", f"{_PLACE}, kind", "begins, ends, id", _flag)
MEMOS = Sort(
    "memo",
    f"{_PLACE}, coder_id, coding_id, body, written_at, code_id",
    "begins, written_at, id",
    _memo,
)
PROPOSALS = Sort(
    "proposal",
    f"{_PLACE}, coder_id, label, written_at, code_id, wording, reason",
    "begins, ends, id",
    _proposal,
)
