"""The ten keys of the first day, one lesson each."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tutor looks at after each key: the turn, the layer, what was pressed."""

    turn: int
    codings: int
    memos: int
    command: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to try, and how the tutor sees that it was done: before, and now."""

    words: str
    done: Callable[[Seen, Seen], bool]


LESSONS = (
    Lesson(
        "j goes to the next participant's turn; the interviewer's are passed over. Press j.",
        lambda before, now: now.turn > before.turn,
    ),
    Lesson("k goes back. Press k.", lambda before, now: now.turn < before.turn),
    Lesson(
        "Read the turn with the bar beside it. To code it, type the key of a code: 1 b puts "
        "“Negatives” on it, at once. The codebook at the right lists the keys. Press 1, then b.",
        lambda before, now: now.codings > before.codings,
    ),
    Lesson(
        "It stands below the turn, and is on the disk already: there is no save key. "
        "n goes to the next turn that has nothing of yours. Press n.",
        lambda before, now: now.command == "next" and now.turn != before.turn,
    ),
    Lesson(
        "r puts the last code on again. Press r.",
        lambda before, now: now.command == "again" and now.codings > before.codings,
    ),
    Lesson(
        "x takes a code off; where there are several it asks which. Press x.",
        lambda before, now: now.command == "off" and now.codings < before.codings,
    ),
    Lesson(
        "u undoes the last step and says which it was, also what you did yesterday. "
        "Press u: the code comes back.",
        lambda before, now: now.command == "undo" and now.codings > before.codings,
    ),
    Lesson(
        "m writes a memo on what is coded here. Type a few words; a full stop and Enter keep it. "
        "Press m.",
        lambda before, now: now.memos > before.memos,
    ),
    Lesson(
        "? says where you stand, what can be done there, and all keys. Press ?, then q to close "
        "that page.",
        lambda before, now: before.command != "help" and now.command == "help",
    ),
    Lesson(
        "That is a day's work: j k n 1b r x m u ? and q. Look round as long as you like, "
        "nothing here is kept. q leaves.",
        lambda _before, _now: False,
    ),
)
