"""An invented study of night work in a hospital, ready to be printed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from qualcode.domain.codebook import Code, Codebook, Origin, Part
from qualcode.domain.sources import SourceKind
from qualcode.interchange.exporting import Chapter, Quotation, Remark, Report, Section

PASSAGES = (
    "You learn the building by its noises. The lift on four sighs before it opens.",
    "nobody tells you, you just find the rota on the wall and that's your Christmas gone",
    "I'd say [the night team] is closer than any family I was given.",
    "My daughter draws me asleep. That's her picture of me... the blanket and the feet.",
    "So I rang XXX and she said, well, it isn't our corridor, is it?",
    "Lisa: we always swap.\nAlan: We do, if you ask nice.\nLisa: If you ask early, you mean.",
    "There is a quarter of an hour around four when everyone is honest.",
    (
        "They moved the kettle, and it sounds like nothing, but that was where we handed over. "
        "Now the day people come in with their coats on and you tell them about a man's night "
        "while they look for a hook. It is all written down, I know it is all written down, but "
        "what I want to say is never the thing the form has asked me about."
    ),
    "Mae'r nos yn hir, ond mae'r cwmni'n dda, ac mae'r tŵr yn dawel.",
    "=SUM of it all is you get two hundred a month more and a bad back",
    "Half the porters are on agency, so you say good night to a new face every night.",
    "I slept in the car once. Once [laughter]. Then I worked out where the linen is warm.",
    "אני עובדת רק בלילה, כבר 12 שנים",
    "We asked for a lamp by the bins. [...] It came in the spring, when it was light.",
    "the day managers think the hospital shuts its eyes when they do",
    "I would not go back to days if you paid me double, and they would have to.",
    "You carry people at their worst hour & they never know your name, which is <fine>.",
    "My bus is the 5.10. If handover runs on I stand in the cold until six.",
)
CODES = (
    ("NW1A", "How the night is learned", 1),
    ("NW1B", "Handing over", 1),
    ("NW1C", "Being out of sight", 1),
    ("NW2A", "Home and sleep", 2),
    ("NW2B", "Money and contracts", 2),
    ("NW2C", "What would help", 2),
)
PARTS = (
    Part(1, "The work at night", origin=Origin.A_PRIORI),
    Part(2, "Life around it", note="Added after the second focus group.", origin=Origin.INDUCTIVE),
)
SOURCES = (
    ("FG1", SourceKind.FOCUS_GROUP),
    ("FG2", SourceKind.FOCUS_GROUP),
    ("FG10", SourceKind.FOCUS_GROUP),
    ("INT1", SourceKind.INTERVIEW),
    ("INT2", SourceKind.INTERVIEW),
    ("S07", SourceKind.SURVEY),
    ("S12", SourceKind.SURVEY),
)
WRITTEN = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)


def _codes() -> list[Code]:
    codes = [
        Code(
            id=UUID(int=place),
            label=label,
            key=label[2:].lower(),
            name=name,
            part=part,
            position=place,
            description=f"What night workers tell about it: {name.lower()}.",
            include=("Use it for the speaker's own nights, now or in an earlier post.",),
            exclude=("Leave it off when the speaker tells of day work only.",),
        )
        for place, (label, name, part) in enumerate(CODES)
    ]
    codes[0] = replace(
        codes[0],
        full_definition="Any account of how a newcomer finds the way about the building, the "
        "rota and the people, whether someone taught them or nobody did.",
        not_to_confuse_with=("NW1B", "NW1C"),
    )
    codes[4] = replace(codes[4], include=(), exclude=())
    return codes


def _quotation(number: int) -> Quotation:
    source, kind = SOURCES[number * 5 % len(SOURCES)]
    words = PASSAGES[number % len(PASSAGES)]
    if number >= len(PASSAGES):
        words = f"{words} {PASSAGES[number * 7 % len(PASSAGES)]}"
    remarks = (Remark("B", f"Compare passage {number}.\nIs this one yes?", WRITTEN),)
    return Quotation(
        id=f"Q{number:07}",
        source=source,
        kind=kind,
        speaker="Alan" if kind is SourceKind.FOCUS_GROUP else "",
        label=source,
        locator=f"turn {number + 3}",
        turn=number + 3,
        start=100 * number,
        end=100 * number + len(words),
        words=words,
        coders=("Ada", "Ben"),
        remarks=remarks if number % 13 == 4 else (),
    )


def _sections(codes: list[Code], part: int) -> tuple[Section, ...]:
    shared = replace(_quotation(3), also_under=("NW1A",))
    filled = []
    for code in codes:
        numbers = range(code.position * 12, code.position * 12 + 12)
        quotations = [_quotation(number) for number in numbers]
        if code.label == "NW1A":
            quotations[3] = replace(quotations[3], also_under=("NW2A", "NW2B"))
        if code.label in {"NW2A", "NW2B"}:
            quotations.insert(1, shared)
        filled.append(Section(code, () if code.label == "NW2C" else tuple(quotations)))
    return tuple(section for section in filled if section.code.part == part)


@pytest.fixture(scope="session")
def report() -> Report:
    """Sixty quotations under five codes, two more that stand twice, and a code without any."""
    codes = _codes()
    return Report(
        project="Working at night",
        layer="consensus",
        round="Round 2",
        codebook=Codebook(version=3, title="Night work", parts=PARTS, codes=tuple(codes)),
        chapters=tuple(Chapter(part, _sections(codes, part.number)) for part in PARTS),
        as_of=datetime(2026, 3, 4, 14, 5, 6, tzinfo=UTC),
        head="3fa2b9c01d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8",
        program="qualcode 0.1.0",
        stored=66,
        left_out=("4 codings stand on headings.",),
    )


@pytest.fixture(scope="session")
def saying(report: Report) -> Callable[[str], Report]:
    """Give a report of one quotation with the words it is called with."""

    def make(words: str) -> Report:
        chapter = report.chapters[0]
        section = chapter.sections[0]
        quotation = replace(section.quotations[4], words=words)
        only = Chapter(chapter.part, (Section(section.code, (quotation,)),))
        return replace(report, chapters=(only,), stored=1, left_out=())

    return make
