"""Turns found by their place in the text, however long it is."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.text import Range
from qualcode.store.bulk import Raw, read_rows

# Turns ascend and their ordinals leave no gap, so the first and the last that a stretch touches
# are found by halving: an index by place would have to be kept for every text there is.
_TOUCHED = """
WITH RECURSIVE
 words(id) AS (SELECT id FROM revision WHERE id = ?),
 ends_later(low, high) AS (
  SELECT 0, max(ordinal) + 1 FROM turn WHERE revision_id = (SELECT id FROM words)
  UNION ALL
  SELECT CASE WHEN ends <= ? THEN ordinal + 1 ELSE low END,
         CASE WHEN ends <= ? THEN high ELSE ordinal END
  FROM ends_later
  JOIN turn ON revision_id = (SELECT id FROM words) AND ordinal = (low + high) / 2
  WHERE low < high),
 begins_later(low, high) AS (
  SELECT 0, max(ordinal) + 1 FROM turn WHERE revision_id = (SELECT id FROM words)
  UNION ALL
  SELECT CASE WHEN begins < ? THEN ordinal + 1 ELSE low END,
         CASE WHEN begins < ? THEN high ELSE ordinal END
  FROM begins_later
  JOIN turn ON revision_id = (SELECT id FROM words) AND ordinal = (low + high) / 2
  WHERE low < high)
SELECT ordinal, number, role, begins, ends FROM turn
WHERE revision_id = (SELECT id FROM words)
  AND ordinal >= (SELECT max(low) FROM ends_later)
  AND ordinal < (SELECT max(low) FROM begins_later)
ORDER BY ordinal
"""


def turns_touched(session: Session, revision: UUID, stretch: Range) -> Sequence[Raw]:
    """List the turns that share a code point with a stretch: ordinal, number, role, start, end."""
    ends, begins = [stretch.start] * 2, [stretch.end] * 2
    return read_rows(session, _TOUCHED, [revision, *ends, *begins])
