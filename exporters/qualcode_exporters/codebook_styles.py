"""How the codebook in Word looks, beside what it shares with other documents."""

from dataclasses import replace

from qualcode_exporters.word_styles import CODE, CONTENTS_3, GREY, INK, LOOKS, Look

_SIZES = (14.0, 12.5, 11.5, 11.0)
CODES = tuple(
    replace(CODE, name=f"Heading {2 + depth}", size=size, outline=1 + depth)
    for depth, size in enumerate(_SIZES)
)
FACTS = Look("Code facts", size=9.5, after=6, colour=GREY, keeps_next=True)
COUNTS = Look("Code counts", size=10.5, before=2, after=4, bold=True, colour=INK, keeps_next=True)
FIELD = Look("Code field", size=10, after=3, left=118, hanging=118, whole=True)
EXAMPLE = Look("Code example", size=10.5, before=4, after=1, left=118, right=28, whole=True)
SAID_BY = Look(
    "Code example label", size=9, after=6, left=118, right=28, align="right", colour=GREY
)
STEP = Look("Version heading", before=12, after=2, bold=True, keeps_next=True, whole=True)
CHANGE = Look("Version change", size=10, after=2, left=14, whole=True)

CODEBOOK_LOOKS = (*LOOKS, CONTENTS_3, *CODES[1:], FACTS, COUNTS, FIELD, EXAMPLE, SAID_BY)
CODEBOOK_LOOKS += (STEP, CHANGE)


def code_look(depth: int) -> Look:
    """Head a code by how deep it stands; below the fifth level all look alike."""
    return CODES[min(depth, len(CODES) - 1)]
