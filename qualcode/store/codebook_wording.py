"""What an entry did to the codebook, in a few sentences."""

from typing import Any, cast

from sqlalchemy.orm import Session

from qualcode.domain.codebook_diff import changes
from qualcode.domain.journal import Entry
from qualcode.store.codebooks import Codebooks
from qualcode.store.ledger import Ledger

_TOLD = 3


def about_codebook(session: Session, entry: Entry) -> str:
    """Say what the version that an entry added changed, three sentences at most."""
    number = cast("dict[str, Any]", entry.touched["codebook"])["version"]
    if number == 1:
        return f"version {number}"
    versions = Codebooks(session, Ledger())
    found = changes(versions.version(number - 1), versions.version(number))
    sentences = [change.sentence.removesuffix(".") for change in found[:_TOLD]]
    more = f", and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    told = "; ".join(sentences)
    return f"{told}{more} (version {number})" if told else f"version {number}"
