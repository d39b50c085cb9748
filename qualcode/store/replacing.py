"""All rows of a project put in the place of another's, in one transaction."""

from uuid import UUID

from sqlalchemy import delete, insert, select, text

from qualcode.store.copying import copy_rows
from qualcode.store.models import PlaceRow, Table
from qualcode.store.project import View, Work

_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"


def replace_rows(target: View, source: View) -> None:
    """Let a project's file hold just what another project holds; its guards are down meanwhile."""
    session = target.session
    session.expunge_all()
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    guards = session.execute(text(_GUARDS)).all()
    for name, _sql in guards:
        session.execute(text(f'DROP TRIGGER "{name}"'))
    for table in reversed(Table.metadata.sorted_tables):
        session.execute(delete(table))
    copy_rows(source.session, session)
    for _name, sql in guards:
        session.execute(text(sql))


def keep_places(renewed: Work, before: View) -> None:
    """Keep where the coder left each source, as far as the sources are still there."""
    there: set[tuple[UUID, UUID, UUID]] = {
        (row.coder_id, row.round_id, row.source_id)
        for row in renewed.session.scalars(select(PlaceRow))
    }
    texts = set(renewed.session.scalars(select(Table.metadata.tables["revision"].c.id)))
    seen = renewed.journal.length()
    for row in before.session.execute(select(PlaceRow.__table__)).mappings():
        if row["revision_id"] not in texts:
            continue
        key = (row["coder_id"], row["round_id"], row["source_id"])
        own = (
            (PlaceRow.coder_id == key[0])
            & (PlaceRow.round_id == key[1])
            & (PlaceRow.source_id == key[2])
        )
        if key in there:
            renewed.session.execute(delete(PlaceRow).where(own))
        renewed.session.execute(insert(PlaceRow), [{**row, "seen": seen}])
