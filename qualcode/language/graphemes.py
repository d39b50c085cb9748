"""Where a text may be cut without parting what a reader sees as one sign.

After Unicode Standard Annex 29, in so far as sentence edges need it: marks, joined emoji,
flags and Hangul syllables stay whole. White space always stands alone here, so that a
mark after a blank is a sign of its own and leaving blanks out never cuts one.
"""

import unicodedata

_JOINER = "\u200d"
_LEADS, _VOWELS, _TAILS = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
_SYLLABLES = range(0xAC00, 0xD7A4)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)


def whole_signs(text: str, position: int) -> int:
    """Give the first position, from this one on, at which no sign is cut."""
    while inside_a_sign(text, position):
        position += 1
    return position


def inside_a_sign(text: str, position: int) -> bool:
    """Would a cut at the position part one sign in two?"""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before.isspace() or after.isspace():
        return False
    return (
        _clings(after)
        or (before == _JOINER and unicodedata.category(after) == "So")
        or _one_syllable(ord(before), ord(after))
        or _second_of_flag(text, position)
    )


def _clings(sign: str) -> bool:
    """Tell whether the character belongs to whatever stands before it."""
    number = ord(sign)
    return (
        sign in "\u200c\u200d"
        or number in _SKIN_TONES
        or number in _TAGS
        or unicodedata.category(sign) in ("Mn", "Mc", "Me")
    )


def _one_syllable(before: int, after: int) -> bool:
    """Do two characters build one Hangul syllable?"""
    if before in _LEADS:
        return after in _LEADS or after in _VOWELS or after in _SYLLABLES
    open_syllable = before in _SYLLABLES and (before - _SYLLABLES.start) % 28 == 0
    if before in _VOWELS or open_syllable:
        return after in _VOWELS or after in _TAILS
    return (before in _TAILS or before in _SYLLABLES) and after in _TAILS


def _second_of_flag(text: str, position: int) -> bool:
    """Would the cut fall between the two letters of a flag?"""
    start = position
    while start > 0 and ord(text[start - 1]) in _FLAG_LETTERS:
        start -= 1
    return ord(text[position]) in _FLAG_LETTERS and (position - start) % 2 == 1
