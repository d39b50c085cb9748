"""How a coder's typing finds a code: by its key at once, or by any words that fit."""

from qualcode.domain.codebook import Code, Codebook, folded


def instant(codebook: Codebook, typed: str) -> Code | None:
    """Find the code whose key was typed in full and begins no other key."""
    typed = folded(typed)
    begun = [code for code in codebook.codes if folded(code.key).startswith(typed)]
    return begun[0] if typed and len(begun) == 1 and folded(begun[0].key) == typed else None


def matching(codebook: Codebook, typed: str) -> list[Code]:
    """List the codes that fit what was typed, best first.

    Looked at are the key, label, name, description and earlier names, in this order.
    """
    words = folded(typed).split()
    if not words:
        return list(codebook.codes)
    ranked = ((rank, code) for code in codebook.codes if (rank := _rank(code, words)) is not None)
    return [code for rank, code in sorted(ranked, key=lambda pair: (pair[0], pair[1].position))]


def _rank(code: Code, words: list[str]) -> tuple[int, int] | None:
    """Say how well a code fits all the words; None where one of them fits nowhere."""
    texts = (code.key, code.label, code.name, code.description, " ".join(code.earlier_names))
    fields = [folded(text) for text in texts]
    ranks = [rank for word in words if (rank := _field_rank(fields, word)) is not None]
    return (sum(ranks), ranks[0]) if len(ranks) == len(words) else None


def _field_rank(fields: list[str], word: str) -> int | None:
    """Say in which field a word was found, and how: a beginning before a middle before gaps."""
    for place, text in enumerate(fields):
        if text == word:
            return 10 * place
        if any(part.startswith(word) for part in text.split()):
            return 10 * place + 1
    for place, text in enumerate(fields):
        if word in text:
            return 10 * place + 5
    for place, text in enumerate(fields[:3]):
        if _in_order(word, text):
            return 100 + 10 * place
    return None


def _in_order(letters: str, text: str) -> bool:
    """Do the letters stand in the text in this order, others between them?"""
    rest = iter(text)
    return all(letter in rest for letter in letters)
