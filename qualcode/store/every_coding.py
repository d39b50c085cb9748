"""All codings there are, whoever may look at them: for checks only, which see places, not words."""

from typing import Any

from sqlalchemy import Row, Select, select

from qualcode.domain.codings import Coding, Via
from qualcode.domain.text import Range
from qualcode.store.codings import read_pieces
from qualcode.store.layered import CodingRow

_CODING = (
    CodingRow.id,
    CodingRow.layer_id,
    CodingRow.source_id,
    CodingRow.revision_id,
    CodingRow.code_id,
    CodingRow.codebook_version,
    CodingRow.begins,
    CodingRow.ends,
    CodingRow.pieces,
    CodingRow.words_hash,
    CodingRow.via,
    CodingRow.first_id,
)


def coding_query(*, live: bool = False) -> Select[*tuple[Any, ...]]:
    """Ask for all codings, by revision; for checks only, which look past every viewpoint."""
    query = select(*_CODING).order_by(CodingRow.revision_id, CodingRow.begins)
    return query.where(CodingRow.retired_in.is_(None)) if live else query


def coding_of(row: Row[*tuple[Any, ...]]) -> Coding:
    """Give the domain's coding for a row of `_CODING`."""
    ranges = read_pieces(row.pieces) if row.pieces else (Range(row.begins, row.ends),)
    return Coding(
        row.id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        row.code_id,
        row.codebook_version,
        ranges,
        bytes(row.words_hash),
        Via(row.via),
        row.first_id,
    )
