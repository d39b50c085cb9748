"""Sentences of a revision, turn by turn.

spaCy cuts them: by the rules of the language, or by an installed model of the user's
choice. Speech has few full stops, so an ellipsis ends a sentence too, as does an empty
line. Nothing is ever downloaded.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import metadata
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from qualcode.domain.errors import QualcodeError
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.language.graphemes import whole_signs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULES = 1
_ONE_AT_A_TIME = Lock()
_SPOKEN = (TurnRole.PARTICIPANT, TurnRole.INTERVIEWER)
_ANY_LANGUAGE = "xx"
_NEED_MORE_PACKAGES = ("ja", "ko", "th", "vi")
_LONGEST_ELLIPSIS = 64
_ALSO_END_SENTENCES = {"el": (";", "\u037e")}
_CUT_SENTENCES = ("parser", "senter", "sentencizer")
_NOT_NEEDED = ("ner", "lemmatizer", "textcat", "textcat_multilabel")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPENING = re.compile(r"(?<=\s)(?:[^\w\s]+|[-‐‑‒–—•]+\s+)\Z|[(\[{¿¡«‹“‘„‚「『（【〈《]+\Z")
_LONGEST_OPENING = 64
_STOPS_WITHIN_WORDS = "[。｡！？「」『』]"


class ModelMissingError(QualcodeError):
    """A language model was named that is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The language model “{name}” is not installed, or cannot be opened.",
            hint="Install it beside qualcode, or name none: sentences are then cut by rules.",
        )


def sentences(
    text: str, turns: Sequence[Turn], *, language: str, model: str | None = None
) -> list[Range]:
    """Cut the words of participants and interviewers into sentences, in order of the text.

    Every character of these turns that is not white space stands in exactly one sentence;
    none crosses a turn, begins or ends with white space, or cuts a sign. `language` is a
    code such as en or en-GB; languages that spaCy does not know, or not without further
    packages, are cut by rules common to all. Raises ModelMissingError.
    """
    splitter = _by_model(model) if model else _by_rules(_known(language))
    parts = [part for turn in turns if turn.role in _SPOKEN for part in _parts(text, turn.range)]
    found: list[Range] = []
    with _ONE_AT_A_TIME, splitter.memory_zone():
        docs = splitter.pipe((part.of(text) for part in parts), batch_size=256)
        for part, doc in zip(parts, docs, strict=True):
            found.extend(_sentences(text, part, doc))
    return found


def splitter_name(language: str, model: str | None = None) -> str:
    """Name what makes the ranges, to be kept beside them: same name, same ranges.

    Raises ModelMissingError.
    """
    spacy = metadata.version("spacy")
    if model:
        return f"spacy {spacy}, model {model} {_model_version(model)}, rules {RULES}"
    return f"spacy {spacy}, {_known(language)}, rules {RULES}"


def _known(language: str) -> str:
    """Give the plain code of a language; the same on every machine."""
    code = re.split("[-_]", language.strip().lower())[0]
    return _ANY_LANGUAGE if code in _NEED_MORE_PACKAGES else code or _ANY_LANGUAGE


def _model_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        pass
    try:
        about = json.loads((Path(name) / "meta.json").read_text(encoding="utf-8"))
        return str(about["version"])
    except (OSError, ValueError, KeyError) as trouble:
        raise ModelMissingError(name) from trouble


@lru_cache(maxsize=4)
def _by_rules(language: str) -> "Language":
    import spacy

    try:
        splitter = spacy.blank(language)
    except ImportError:
        splitter = spacy.blank(_ANY_LANGUAGE)
    if splitter.lang == _ANY_LANGUAGE:
        infixes = [*(splitter.Defaults.infixes or ()), _STOPS_WITHIN_WORDS]
        tokenizer: Any = splitter.tokenizer
        tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return _ready(splitter, language)


@lru_cache(maxsize=2)
def _by_model(name: str) -> "Language":
    import spacy

    try:
        splitter = spacy.load(name, exclude=_NOT_NEEDED)
    except OSError as trouble:
        raise ModelMissingError(name) from trouble
    return _ready(splitter, splitter.lang or _ANY_LANGUAGE)


def _ready(splitter: "Language", language: str) -> "Language":
    """Let the splitter take turns of any length and cut sentences, if it does not yet."""
    splitter.max_length = 2**31
    if not any(splitter.has_pipe(name) for name in _CUT_SENTENCES):
        splitter.add_pipe("sentencizer", config={"punct_chars": _sentence_ends(language)})
    return splitter


def _sentence_ends(language: str) -> list[str]:
    from spacy.pipeline import Sentencizer

    runs = [sign * length for sign in ".…" for length in range(1, _LONGEST_ELLIPSIS + 1)]
    return [*Sentencizer.default_punct_chars, *runs, *_ALSO_END_SENTENCES.get(language, ())]


def _parts(text: str, turn: Range) -> Iterator[Range]:
    """Part a turn at empty lines, which end a sentence whatever stands before them."""
    start = turn.start
    for gap in _EMPTY_LINE.finditer(text, turn.start, turn.end):
        yield Range(start, gap.start())
        start = gap.end()
    yield Range(start, turn.end)


def _sentences(text: str, part: Range, doc: "Doc") -> Iterator[Range]:
    start = part.start
    for sentence in islice(doc.sents, 1, None):
        cut = _before_opening(text, start, part.start + sentence.start_char)
        cut = min(whole_signs(text, cut), part.end)
        yield from _words(text, Range(start, cut))
        start = cut
    yield from _words(text, Range(start, part.end))


def _words(text: str, stretch: Range) -> Iterator[Range]:
    words = trimmed(text, stretch)
    if words.length > 0:
        yield words


def _before_opening(text: str, start: int, cut: int) -> int:
    """Let a sentence begin with the signs that open it: quotes, brackets, a dash, dots.

    spaCy leaves them at the end of the sentence before.
    """
    tail = text[max(start, cut - _LONGEST_OPENING) : cut]
    opening = None if text[cut].isspace() else _OPENING.search(tail)
    return cut - len(tail) + opening.start() if opening else cut
