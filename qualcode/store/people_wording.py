"""Entries on bundles and on people who come and go, in words."""

import json
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Entry
from qualcode.store.anchors import BEGUN, IN, OUT, brought_in
from qualcode.store.models import CoderRow, EntryWordsRow
from qualcode.store.pool import LEAVING

_BUNDLES = {
    OUT: "gave out a bundle for {}",
    IN: "took in what {} did elsewhere",
    BEGUN: "this share begins, for {}",
}
_COMING_AND_GOING = {
    "coder rename": "renamed {was}: {name}",
    LEAVING: "{was} left; their work stays as {name}",
    "coder return": "{name} came back",
}
ABOUT_PEOPLE = frozenset({*_BUNDLES, *_COMING_AND_GOING})


def about_people(session: Session, entry: Entry) -> str:
    """Say what an entry did of one of these kinds."""
    return _person(session, entry) if entry.kind in _COMING_AND_GOING else _bundle(session, entry)


def _bundle(session: Session, entry: Entry) -> str:
    """Say for whom a bundle was given out, whose work came in, or where a share begins."""
    if brought_in(entry):
        return "went on from a newer bundle, with what was not yet sent back"
    name = session.scalar(
        select(CoderRow.name).where(CoderRow.id == UUID(cast("str", entry.touched["coder"])))
    )
    return _BUNDLES[entry.kind].format(name)


def _person(session: Session, entry: Entry) -> str:
    """Name who was renamed, left or came back; names that were erased are passed over."""
    kept = session.get(EntryWordsRow, entry.id)
    words = cast("dict[str, str]", json.loads(kept.words)) if kept else {}
    was, name = words.get("was", "a coder"), words.get("name", "another name")
    return _COMING_AND_GOING[entry.kind].format(was=was, name=name)
