"""What each letter does in the line mode; also those that belong to the screen alone."""

_LETTERS = {
    "Enter": "tells the turn again, or opens the source that was offered.",
    "n": "goes to the next turn left to do; after / or g r to the next of these.",
    "N": "goes to the previous turn left to do; after / or g r to the previous of these.",
    "j": "goes to the next turn.",
    "k": "goes to the turn before.",
    "g": (
        "goes to a turn: g 12. Also g u left to do, g f flagged, g m with a memo, g r to decide "
        "anew, g l last place."
    ),
    "t": "tells the turn again.",
    "s": "lists the sentences of the turn by number; s2 or s2-3 says them.",
    "w": "lists the words of the turn by number; w5-9 says them.",
    "1": 'begins a code: 1b codes the turn, 1b "words", 1b s2-3 or 1b w5-9 a part of it.',
    "+": "takes what follows as a code, even if it is called n or w: + n.",
    "c": "lists the codes that fit a word: c barr. Alone it lists the codebook.",
    "r": "puts on again what your last coding put on; r s2 puts it on a part.",
    "R": "lists the codes you used last; R 3 puts the third of them on.",
    "i": 'proposes words as a new code: i "words", or i "words" as another label.',
    "create": (
        "makes a new code and puts it on the turn: create cold halls; on a part of it: "
        'create "words" as cold halls. For the lead, in the round free; others propose: i.'
    ),
    "x": 'takes a code off: x the only one, x 1b, or x 1b "words" where it stands twice.',
    "e": 'gives a coding other words: e 1b "new words", e 1b s1-2; e 1b s1 s2 moves it from s1.',
    "v": (
        "decides anew where a code is gone or its rule reads otherwise: v tells the ways, v 1h "
        "puts 1h in its place, v keep, v off; v 1a as 1h, v 1a keep where several wait."
    ),
    "-": "marks the turn as read: nothing applies.",
    "m": (
        "writes a memo: m words on the turn; m 1b, m s2, m source, m code 1b or m project "
        "before the words hangs it there. Alone it asks for lines; a full stop ends them."
    ),
    "!": 'flags the turn for the team, ! "words" a part of it; again takes the flag away.',
    "*": 'calls the turn worth quoting, * "words" a part of it; again takes that back.',
    "=": "tells other passages under a code: = 1b.",
    "d": (
        "tells what a code means: d 1b. Alone it takes those on the turn. To propose another "
        'wording: : codebook propose --reword 1b --set when="what it is for" --because "why"'
    ),
    "f": "shows some turns only: f speaker NAME, f role ROLE, f code 1b, f mine, f left.",
    "F": "shows all turns again.",
    "z": "tells the interviewer's turns before each answer, or leaves them out.",
    "b": "lists the codebook, with how often you used each code.",
    "/": "finds words in this source: / words.",
    ".": "ends a hunt; n and N go to turns left to do again.",
    "y": "asks of each place found whether to code it: y 2d; y 2d s the sentence, y 2d w the words",
    "u": "undoes your last step, whenever that was.",
    "U": "brings back what was undone last.",
    "S": "lists your sources with how far they are; open FG6 or open FG6:8 opens one.",
    "?": "reads the help; ? x explains x.",
    ":": "carries out any command: : status.",
    "q": "leaves. There is nothing to save.",
}
_SAME = {
    "": "Enter",
    "codes": "b",
    "B": "b",
    "all": "y",
    "sources": "S",
    "open": "S",
    "help": "?",
    "quit": "q",
    "exit": "q",
    "enter": "Enter",
}
_SCREEN_ONLY = {
    **dict.fromkeys(
        "lhLHoa", 'selects on the screen. Here name the words: 1b "words", 1b s2-3, 1b w5-9.'
    ),
    "Tab": 'picks a coding on the screen. Here name it: x 1b, e 1b s2, x 1b "words".',
    "J": "jumps on the screen. Here: g 12, or open FG6:8.",
    "p": "finds codes, sources and commands on the screen. Here: c, sources, ?.",
    "T": "changes the colours of the screen; there are none here.",
    "Esc": "lets go of things on the screen. Here . ends a search, F a filter.",
}


def explained(word: str) -> str:
    """Say what a letter or word does; empty where it is none of the line mode."""
    known = _LETTERS | _SCREEN_ONLY
    return known.get(_SAME.get(word, word), "")


def only_on_the_screen(word: str) -> str:
    """Say what to type instead of a key that only the screen has; empty for any other word."""
    return _SCREEN_ONLY.get(word, "")
