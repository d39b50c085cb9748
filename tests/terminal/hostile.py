"""A study in which everything that can be named is named with ill will."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from qualcode.domain.codebook import Code, Codebook, Part, folded
from qualcode.domain.display import visible_line
from qualcode.domain.errors import QualcodeError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.text import as_stored, trimmed
from qualcode.interchange.codebook_file import read_codebook, write_codebook
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, coding, memos, people, projects, rounds, sources
from qualcode.services.sources import Spot
from qualcode.store.project import Project

MARKUP = {
    "closing": "[/]",
    "laughter": "[laughter]",
    "click": "[@click=app.quit]x[/]",
    "unclosed": "end [/",
}
CONTROLS = {
    "clipboard": "\x1b]52;c;aGk=\x07",
    "clearing": "\x1b[2J",
    "eight bits": "\x9b2J",
    "backwards": "\u202egip",
    "isolated": "\u2067gip",
}
LETTERS = {
    "combining": "e" + "\u0301" * 9,
    "family": "👩\u200d👩\u200d👧\u200d👦 home",
    "flags": "🇬🇷🇨🇾 flags",
    "greek": "Άλφα βήτα",
    "arabic": "في 2024 كان 15",
    "hebrew": "בשנת 2024 היו 15",
}
WORDS = MARKUP | CONTROLS | LETTERS
GROUPS = {
    "markup": " ".join(MARKUP.values()),
    "controls": " ".join(CONTROLS.values()),
    "signs": " ".join(LETTERS[name] for name in ("combining", "family", "flags")),
    "scripts": " ".join(LETTERS[name] for name in ("greek", "arabic", "hebrew")),
}
"""All of a kind at once, for what takes its time."""

HARMLESS = "harmless"
LONG_LINE = f"INT: Go on?\n\nR1: {'word ' * 200_000}\n"
ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
"""What acts on a terminal, and must not reach it from anybody's words."""

_TEXT = """INT: What is {0} to you?

R1: It is {0} to me.

R2: Somebody said {0} again.

INT: And {0}?

R1: {0}

R2: That is all of {0} now.
"""
_TEXTS = """SELECT m.name, p.name, p.type = 'JSON'
FROM sqlite_master AS m, pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND p.type IN ('VARCHAR', 'JSON') AND m.name != 'entry'"""
_STANDS = "Q"


@dataclass(frozen=True)
class Named:
    """Where the study is, and the words that all in it is called by."""

    place: Path
    word: str

    def looks(self) -> dict[str, str]:
        """Say how the words are to look, and what is called by them, or had to be called else."""
        with closing(projects.open_at(str(self.place))) as project:
            source, revision = sources.read(project, sources.sources(project)[0].name)
            names = {
                "word": self.word,
                "keys": self.keys,
                "code": codebooks.codebook(project).codes[0].title,
                "coder": people.coders(project)[-1].name,
                "round": rounds.rounds(project)[-1].name,
                "source": source.name,
                "speaker": revision.turns[-1].speaker,
            }
        return {called: visible_line(name) for called, name in names.items()}

    @property
    def source(self) -> str:
        """Say what the source is called."""
        with closing(projects.open_at(str(self.place))) as project:
            return sources.sources(project)[0].name

    @property
    def keys(self) -> str:
        """Give what of the words can be typed sign by sign."""
        return "".join(sign for sign in self.word if sign.isprintable())


def begin(place: Path, word: str, *, text: str = _TEXT) -> tuple[Named, list[QualcodeError]]:
    """Make the study by the services; list what they would not call so, and is called otherwise."""
    refused: list[QualcodeError] = []

    def call(name: Callable[[str], object], otherwise: str) -> None:
        try:
            name(word)
        except QualcodeError as mishap:
            refused.append(mishap)
            name(otherwise)

    with closing(projects.begin(str(place), name=word, lead="lead")) as project:
        lead = people.lead(project)
        call(lambda called: people.add(project, called, by=lead), "coder")
        coder = people.coders(project)[-1]
        file = place.with_suffix(".yaml")
        file.write_text(write_codebook(_codebook(word, refused)), encoding="utf-8")
        codebooks.load(project, str(file), by=lead)
        call(lambda called: _take_in(project, called, text.format(word), lead), "source")
        call(lambda called: rounds.new(project, called, coders=[coder.name], by=lead), "round")
        _work(project, coder, word)
    return Named(place, as_stored(word).text), refused


def tampered(place: Path, word: str) -> Named:
    """Make the study, then write the words into its file as they are, past all doors."""
    stand_in = _STANDS * len(word)
    named, refused = begin(place, stand_in)
    assert refused == []
    with closing(sqlite3.connect(place)) as file, file:
        for table, column, is_json in file.execute(_TEXTS).fetchall():
            before, after = stand_in, json.dumps(word)[1:-1] if is_json else word
            if column == "folded":  # by which a name is found
                before, after = folded(stand_in), folded(word)
            change = f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?)'  # noqa: S608 - names of columns
            file.execute(change, (before, after))
        file.execute("UPDATE turn SET speaker = ? WHERE speaker = 'R2'", (word,))
    return replace(named, word=word)


def _take_in(project: Project, called: str, text: str, lead: Coder) -> None:
    sources.take_in(project, Upload(f"{called}.txt", text.encode()), wishes=Wishes(), by=lead)


def _codebook(word: str, refused: list[QualcodeError]) -> Codebook:
    """Put the words into every field of a code that may hold them, and call its part so."""
    harmless = Code(new_id(), "OTHER", "2o", "Other", 1, 2)
    book = Codebook(1, "Book", parts=(Part(1, "Part"),), codes=(_plain_code(), harmless))
    for hostile in _hostile_books(word):
        attempt = hostile(book)
        try:
            read_codebook(Upload("x.yaml", write_codebook(attempt).encode()))
        except QualcodeError as mishap:
            refused.append(mishap)
        else:
            book = attempt
    return book


def _plain_code() -> Code:
    return Code(new_id(), "HOST", "1h", "Host", 1, 1)


def _hostile_books(word: str) -> Iterator[Callable[[Codebook], Codebook]]:
    """Give the ways to call something in a codebook by the words."""
    yield lambda book: replace(book, title=word)
    yield lambda book: replace(book, parts=(Part(1, word, note=word),))
    several = ("include", "exclude", "examples", "sub_questions")
    for field in ("label", "key", "name", "description", "full_definition", *several):
        value: Any = (word,) if field in several else word
        yield partial(_with_first, field, value)


def _with_first(field: str, value: Any, book: Codebook) -> Codebook:  # noqa: ANN401 - of the field's kind
    first: Code = replace(book.codes[0], **{field: value})
    return replace(book, codes=(first, *book.codes[1:]))


def _work(project: Project, coder: Coder, word: str) -> None:
    """Code, and write a memo that holds the words."""
    seat = coding.take_seat(project, coder)
    source, revision = sources.read(project, sources.sources(project)[0].name)
    turns = [turn for turn in revision.turns if turn.codable]
    first = trimmed(revision.text, turns[0].range)
    spot = Spot(source, revision, first)
    coding.apply(project, spot, seat.codebook.codes[:1], seat=seat)
    elsewhere = Spot(source, revision, trimmed(revision.text, turns[-1].range))
    coding.apply(project, elsewhere, seat.codebook.codes[:1], seat=seat)
    less = Spot(source, revision, first._replace(end=first.end - 4))
    coding.apply(project, less, seat.codebook.codes[:1], seat=seat)
    memos.write(project, f"memo {word}", seat=seat, on=spot)
