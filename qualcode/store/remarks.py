"""Rows of what stands beside codings, as the domain's read marks, flags, memos and proposals."""

from qualcode.domain.codings import Flag, FlagKind, Memo, ReadMark
from qualcode.domain.proposals import Proposal
from qualcode.domain.text import Range
from qualcode.store.bulk import Raw, id_of
from qualcode.store.layered import FlagRow, MemoRow, ProposalRow, ReadMarkRow

MARKS_REACHING = (
    "SELECT id, layer_id, source_id, revision_id, begins, ends FROM read_mark"
    " WHERE retired_in IS NULL AND layer_id = ? AND source_id = ? AND begins < ? AND ends > ?"
)


def mark_from(row: Raw) -> ReadMark:
    """Give the domain's read mark for a row as the driver has it."""
    raw, layer, source, revision, begins, ends = row
    stretch = Range(begins, ends)
    return ReadMark(id_of(raw), id_of(layer), id_of(source), id_of(revision), stretch)


def mark_of(row: ReadMarkRow) -> ReadMark:
    """Give the domain's read mark for a row."""
    return ReadMark(
        row.id, row.layer_id, row.source_id, row.revision_id, Range(row.begins, row.ends)
    )


def flag_of(row: FlagRow) -> Flag:
    """Give the domain's flag for a row."""
    return Flag(
        row.id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        Range(row.begins, row.ends),
        FlagKind(row.kind),
    )


def memo_of(row: MemoRow) -> Memo:
    """Give the domain's memo for a row."""
    return Memo(
        row.id,
        row.coder_id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        Range(row.begins, row.ends),
        row.coding_id,
        row.body,
        row.written_at,
        row.code_id,
    )


def proposal_of(row: ProposalRow) -> Proposal:
    """Give the domain's proposal for a row."""
    return Proposal(
        row.id,
        row.coder_id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        Range(row.begins, row.ends),
        row.label,
        row.written_at,
    )
