"""Memos as they are typed in the line mode: what each is to hang on, and its words."""

from qualcode.cli.plain.meanings import Extent, Remember
from qualcode.cli.plain.naming import InFull, code_in_full
from qualcode.cli.plain.parts import numbered, part_named
from qualcode.cli.plain.typed import Line, NotUnderstoodError
from qualcode.domain.codebook import Codebook
from qualcode.domain.codings import MemoOn

_WHOLE = {"turn": MemoOn.SEGMENT, "source": MemoOn.SOURCE, "project": MemoOn.PROJECT}
_NAMED = {"code": MemoOn.CODE, "coding": MemoOn.CODING}


def remember(line: Line, codebook: Codebook) -> Remember:
    """Read a memo: `m words`, `m 1b words`, `m "part" words`, `m source words` and the like.

    All that follows what it hangs on is the memo, as typed.
    """
    word = line.bare.rstrip(":")
    if word in _WHOLE:
        line.take()
        return Remember(_WHOLE[word], line.rest())
    if word in _NAMED:
        return _on_named(_NAMED[word], line, codebook)
    full = code_in_full(line, codebook)
    if full is not None and _is_no_mere_word(full):
        line.take(full.words)
        return Remember(MemoOn.CODING, line.rest(), full.code)
    part = _part(line)
    return Remember(MemoOn.SEGMENT, line.rest(), extent=part)


def _on_named(on: MemoOn, line: Line, codebook: Codebook) -> Remember:
    """Read a memo on a code, or on a coding named by its code and by its words where need be."""
    word = line.take().text
    full = code_in_full(line, codebook)
    if full is None:
        raise NotUnderstoodError(
            f"“{line.bare}” is no code to write a memo on." if line.bare else "Which code?",
            hint=f"A memo on the turn that begins with this word: m turn {word} …",
        )
    line.take(full.words)
    part = _part(line) if on is MemoOn.CODING else None
    return Remember(on, line.rest(), full.code, part)


def _is_no_mere_word(full: InFull) -> bool:
    """Is a code meant, and not the beginning of what is to be remembered?

    A key with a figure in it is, and a label written as the codebook writes it.
    """
    return full.typed == full.code.label or any(sign.isdecimal() for sign in full.typed)


def _part(line: Line) -> Extent | None:
    word = line.next
    if word is not None and (word.quoted or numbered(word.text)):
        return part_named(line)
    return None
