"""Quotations: segments as they are printed, with a label and a lasting id."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 7
_LEFT_OUT = " [...] "


def quotation_id(source: UUID, turn: int, words: str) -> str:
    """Name a quotation by what it is: the same words in the same turn, the same id.

    Seven signs of Crockford's base 32 after a Q, from SHA-256 over source, turn and words:
    a correction elsewhere in the transcript does not change it.
    """
    digest = hashlib.sha256(f"{source}\n{turn}\n{words}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    return "Q" + "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))


def pieced(pieces: Iterable[str]) -> str:
    """Join the words of a discontinuous passage as it is printed, `[...]` between its pieces."""
    return _LEFT_OUT.join(pieces)


def is_quotation_id(words: str) -> bool:
    """Say whether words are written as a quotation id, rather than being an example's own."""
    return len(words) == _LENGTH + 1 and words[0] == "Q" and set(words[1:]) <= set(_ALPHABET)
