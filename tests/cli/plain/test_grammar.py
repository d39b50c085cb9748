"""What is typed in the line mode, and what is meant by it."""

from contextlib import suppress
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.cli.plain.grammar import parse
from qualcode.cli.plain.meanings import (
    Adjust,
    Apply,
    Bare,
    CodeHits,
    Command,
    Define,
    Explain,
    Filter,
    Find,
    Go,
    Mark,
    Meaning,
    Numbered,
    Open,
    Others,
    Propose,
    Quoted,
    Remember,
    Repeat,
    Say,
    Search,
    TakeOff,
    Unit,
    Where,
)
from qualcode.cli.plain.typed import NotUnderstoodError
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.codings import FlagKind, MemoOn
from qualcode.domain.errors import QualcodeError

_ids = count(1)


def code(label: str, key: str, name: str) -> Code:
    number = next(_ids)
    return Code(UUID(int=number), label, key, name, 1, number)


BARRIERS = code("CH1B", "1b", "Barriers to coming")
GAPS = code("CH1D", "1d", "Gaps in provision")
RUMOUR = code("CH2C", "2c", "Rumour")
WAITING = code("WAIT", "w", "Waiting rooms")
NEXT_DOOR = code("Next door", "n", "Neighbours")
GARDEN = code("GARDEN", "", "Gaps in the fence")
ODD = code("s2", "9", "Said twice")
BOOK = Codebook(
    1, parts=(Part(1, "All"),), codes=(BARRIERS, GAPS, RUMOUR, WAITING, NEXT_DOOR, GARDEN, ODD)
)
S2 = Numbered(Unit.SENTENCE, 2, 2)
W5_9 = Numbered(Unit.WORD, 5, 9)

UNDERSTOOD: list[tuple[str, list[Meaning]]] = [
    ("", [Bare.ENTER]),
    ("   ", [Bare.ENTER]),
    ("1b", [Apply((BARRIERS,))]),
    ("1B", [Apply((BARRIERS,))]),
    ("ch1b", [Apply((BARRIERS,))]),
    ("1b 2c", [Apply((BARRIERS, RUMOUR))]),
    ("1b, 2c; 1b", [Apply((BARRIERS, RUMOUR))]),
    ("rumo", [Apply((RUMOUR,))]),
    ("barr 2c n", [Apply((BARRIERS, RUMOUR)), Bare.NEXT]),
    ("next door", [Apply((NEXT_DOOR,))]),
    ("1b n", [Apply((BARRIERS,)), Bare.NEXT]),
    ("+ n", [Apply((NEXT_DOOR,))]),
    ("+w n 1b", [Apply((WAITING, NEXT_DOOR, BARRIERS))]),
    ("+ w s3", [Apply((WAITING,), Numbered(Unit.SENTENCE, 3, 3))]),
    ("s2", [Apply((ODD,))]),
    ("1b s2", [Apply((BARRIERS,), S2)]),
    ("+ 1b s2", [Apply((BARRIERS, ODD))]),
    ('2c "more of a"', [Apply((RUMOUR,), Quoted("more of a"))]),
    ("2c “more of a”", [Apply((RUMOUR,), Quoted("more of a"))]),
    ('2c"more of a"n', [Apply((RUMOUR,), Quoted("more of a")), Bare.NEXT]),
    (
        '1b "no" 2c "yes"',
        [Apply((BARRIERS,), Quoted("no")), Apply((RUMOUR,), Quoted("yes"))],
    ),
    ("2c s2-3", [Apply((RUMOUR,), Numbered(Unit.SENTENCE, 2, 3))]),
    ("2c s2-s3", [Apply((RUMOUR,), Numbered(Unit.SENTENCE, 2, 3))]),
    ("2c w5-9 !", [Apply((RUMOUR,), W5_9), Mark(FlagKind.TEAM)]),
    ("s", [Bare.SENTENCES]),
    ("w", [Bare.WORDS]),
    ("s3 w5-9", [Say(Numbered(Unit.SENTENCE, 3, 3)), Say(W5_9)]),
    ("j k N", [Bare.DOWN, Bare.UP, Bare.PREVIOUS]),
    ("g 12", [Go(12)]),
    ("g u", [Go(Where.UNCODED)]),
    ("g l n", [Go(Where.LAST), Bare.NEXT]),
    ("open FG6:8", [Open("FG6:8")]),
    ("open Key worker: 1", [Open("Key worker: 1")]),
    ("r", [Repeat()]),
    ("r s2", [Repeat(extent=S2)]),
    ("R", [Bare.RECENT]),
    ("R 3", [Repeat(3)]),
    ('R 3 "no"', [Repeat(3, Quoted("no"))]),
    ("R n", [Bare.RECENT, Bare.NEXT]),
    ("x", [TakeOff()]),
    ("x n", [TakeOff(), Bare.NEXT]),
    ("x 1b 2c", [TakeOff((BARRIERS, RUMOUR))]),
    ("x 1b s2", [TakeOff((BARRIERS,), S2)]),
    ("- n", [Bare.READ, Bare.NEXT]),
    ("!", [Mark(FlagKind.TEAM)]),
    ('*"no"', [Mark(FlagKind.QUOTABLE, Quoted("no"))]),
    ('i "no"', [Propose(Quoted("no"))]),
    ('e 1b "no"', [Adjust(BARRIERS, Quoted("no"))]),
    ("e s3", [Adjust(None, Numbered(Unit.SENTENCE, 3, 3))]),
    ('e 1b "no" w5-9', [Adjust(BARRIERS, W5_9, Quoted("no"))]),
    ("= 1b", [Others(BARRIERS)]),
    ("=1b", [Others(BARRIERS)]),
    ("=", [Others()]),
    ("= n", [Others(NEXT_DOOR)]),
    ("d", [Define()]),
    ("d 1b provision", [Define((BARRIERS, GAPS))]),
    ("c barr", [Find("barr")]),
    ("c", [Bare.CODEBOOK]),
    ("codes b", [Bare.CODEBOOK, Bare.CODEBOOK]),
    ("f speaker R 1", [Filter("speaker", "R 1")]),
    ("f Mine", [Filter("mine")]),
    ("f", [Filter()]),
    ("F z", [Bare.UNFILTER, Bare.PROMPTS]),
    ("/ the wall", [Search("the wall")]),
    ('/"the wall"', [Search("the wall")]),
    (".", [Bare.END_OF_HUNT]),
    ("all 2c", [CodeHits((RUMOUR,))]),
    ("all 2c 1b s", [CodeHits((RUMOUR, BARRIERS), Unit.SENTENCE)]),
    ("all 2c w", [CodeHits((RUMOUR,), Unit.WORD)]),
    ("u U", [Bare.UNDO, Bare.REDO]),
    ("?", [Explain()]),
    ("? x", [Explain("x")]),
    ("?x", [Explain("x")]),
    ("help m", [Explain("m")]),
    (": status --json", [Command("status --json")]),
    (':memo FG1:2 "a b"', [Command('memo FG1:2 "a b"')]),
    ("1b : status", [Apply((BARRIERS,)), Command("status")]),
    ("q", [Bare.LEAVE]),
    ("quit", [Bare.LEAVE]),
    ("sources", [Bare.SOURCES]),
]
MEMOS = [
    ("m why not", Remember(MemoOn.SEGMENT, "why not")),
    ('m she said "no', Remember(MemoOn.SEGMENT, 'she said "no')),
    ("m it's  two  blanks", Remember(MemoOn.SEGMENT, "it's  two  blanks")),
    ("m", Remember(MemoOn.SEGMENT)),
    ("m n", Remember(MemoOn.SEGMENT, "n")),
    ("m 1b why", Remember(MemoOn.CODING, "why", BARRIERS)),
    ("m 1b: why", Remember(MemoOn.CODING, "why", BARRIERS)),
    ("m WAIT why", Remember(MemoOn.CODING, "why", WAITING)),
    ("m wait for it", Remember(MemoOn.SEGMENT, "wait for it")),
    ("m next door again", Remember(MemoOn.SEGMENT, "next door again")),
    ("m Next door again", Remember(MemoOn.CODING, "again", NEXT_DOOR)),
    ("m 12 women", Remember(MemoOn.SEGMENT, "12 women")),
    ('m "the wall" why', Remember(MemoOn.SEGMENT, "why", extent=Quoted("the wall"))),
    ("m s3 why", Remember(MemoOn.SEGMENT, "why", extent=Numbered(Unit.SENTENCE, 3, 3))),
    ("m turn source?", Remember(MemoOn.SEGMENT, "source?")),
    ("m source thin", Remember(MemoOn.SOURCE, "thin")),
    ("m project thin", Remember(MemoOn.PROJECT, "thin")),
    ("m code 1b thin", Remember(MemoOn.CODE, "thin", BARRIERS)),
    ("m coding w s3 thin", Remember(MemoOn.CODING, "thin", WAITING, Numbered(Unit.SENTENCE, 3, 3))),
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD, ids=[row[0] for row in UNDERSTOOD])
def test_a_line_is_read_as_it_was_meant(typed: str, meant: list[Meaning]) -> None:
    assert list(parse(typed, BOOK)) == meant


@pytest.mark.parametrize(("typed", "meant"), MEMOS, ids=[row[0] for row in MEMOS])
def test_a_memo_knows_what_it_hangs_on(typed: str, meant: Meaning) -> None:
    assert parse(typed, BOOK) == (meant,)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("hello", "“hello” is neither a command nor a code."),
        ("1z", "“1z” is neither a command nor a code."),
        ("1b 1z", "“1z” is neither a command nor a code."),
        ("n hello", "“hello” is neither a command nor a code."),
        ("gaps", "“gaps” could be 1d Gaps in provision, GARDEN Gaps in the fence."),
        ("ru", "“ru” is neither a command nor a code."),
        ('"the wall"', "What is to be done with “the wall”?"),
        ('2c "the wall', "A quotation mark is not closed."),
        ('"the wall', "A quotation mark is not closed."),
        ("e 1b", "Which words is the coding to stand on?"),
        ("g", "Go where?"),
        ("g x", "There is no way to go to “x”."),
        ("open", "Open which source?"),
        ("/", "Find which words?"),
        (":", "Which command?"),
        ("+", "Which code?"),
        ("all", "Which code?"),
        ("m code of conduct", "“of” is no code to write a memo on."),
        ("g 99999999", "There is no way to go to “99999999”."),
    ],
)
def test_what_is_not_understood_is_one_sentence_and_a_way_out(typed: str, sentence: str) -> None:
    with pytest.raises(NotUnderstoodError) as mishap:
        parse(typed, BOOK)
    assert mishap.value.sentence == sentence
    assert mishap.value.hint


def test_an_unknown_word_brings_near_codes_to_mind() -> None:
    with pytest.raises(NotUnderstoodError) as mishap:
        parse("provsn", BOOK)
    assert mishap.value.hint == "Did you mean 1d Gaps in provision?"


@given(st.text(alphabet="1bn2cxswe-!*=+?/:m \"“”'.äRf5", max_size=24))
def test_whatever_is_typed_is_understood_or_told(typed: str) -> None:
    with suppress(QualcodeError):
        assert parse(typed, BOOK)
