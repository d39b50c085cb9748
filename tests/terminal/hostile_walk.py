"""A walk through every screen: which keys are pressed, and which words are to stand there then.

To walk through something new, add a row. Keys are called as the program calls them; `type:…`
types a text, `paste:…` pastes one, in which `{keys}` is what of the hostile words has keys,
`{word}` all of them, `{source}` the source's name, quoted. In what is to be seen, `{word}` stands
for the words as they are to look, and so do `{code}`, `{coder}`, `{round}`, `{source}` and
`{speaker}` for what is called by them, or could not be.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.terminal.hostile import Named


class Key(str):
    """A key, by its name."""

    __slots__ = ()


class Typed(str):
    """Words typed sign by sign."""

    __slots__ = ()


class Pasted(str):
    """Words pasted at once, with whatever is in them."""

    __slots__ = ()


class Step(NamedTuple):
    """Keys, and what is to be seen after the last of them."""

    about: str
    keys: tuple[str, ...]
    see: tuple[str, ...]

    def pressed(self, named: Named) -> Iterator[Key | Typed | Pasted]:
        """Give what is pressed, typed and pasted, in order."""
        for key in self.keys:
            how, parting, words = key.partition(":")
            filled = words.format(keys=named.keys, word=named.word, source=f'"{named.source}"')
            if not parting:
                yield Key(key)
            else:
                yield Typed(filled) if how == "type" else Pasted(filled)

    def seen(self, named: Named) -> list[str]:
        """Give the words to be seen, white space in one blank."""
        looks = named.looks()
        return [" ".join(words.format_map(looks).split()) for words in self.see]


_TEXT = "type:"


def _command(typed: str, *see: str) -> tuple[Step, Step]:
    """Type a command on the screen, read its outcome, and close it."""
    return (
        Step(f"the outcome of {typed}", ("colon", f"type:{typed}", "enter"), see),
        Step(f"after {typed}", ("escape",), _CODING),
    )


_CODING = ("It is {word} to me.", "Somebody said {word} again.")
_CLOSED = ("? help q leave",)
"""A box lies over the words and leaves them as they were: they are not painted again."""
_CODE_BOX = (
    Step("the codes", ("c",), ("{word}", "+ {word}", "− {word}")),
    Step("words typed for a code", ("type:{keys}",), ("{keys}",)),
    Step("no code chosen", ("escape",), _CLOSED),
    Step("a code by its key", ("c", "type:2o", "enter"), ("+ OTHER Other",)),
    Step("the last codes", ("R",), ("1 OTHER Other", "2 {code}")),
    Step("none of them", ("escape",), _CLOSED),
)
_CODINGS = (
    Step("a definition", ("home", "d"), ("When to use: {word}", "When not to use: {word}")),
    Step("the definition closed", ("escape",), _CODING),
    Step("a coding picked", ("tab",), ("1 of 2: {code} on “It is",)),
    Step("its extent", ("e",), ("{code} on “It is", "L H o move its edges")),
    Step("its extent as it was", ("escape", "t"), ("The extent is as it was.",)),
    Step(
        "other passages",
        ("equals_sign",),
        ("{code}: 1 other passage", "{source}:6", "all of {word} now."),
    ),
    Step("no other passages", ("escape", "escape"), ("CODES",)),
)
_THINKING = (
    Step("a memo", ("m", "type:{keys}"), ("Memo on ", "✎ memo {word}", "{keys}")),
    Step("a memo on the source", ("tab", "tab"), ("Memo on the source {source}",)),
    Step("a memo on a code", ("tab",), ("Memo on the code {code}",)),
    Step("a memo kept", ("enter", "full_stop", "enter"), ("Memo kept on the code ",)),
    Step("undo", ("u",), ("Undone: ",)),
    Step("a proposal", ("i",), ("Proposed: “It is {word} to me.”",)),
    Step("a flag", ("exclamation_mark",), ("Flagged for the team.",)),
    Step("a quotable passage", ("asterisk",), ("Quotable.",)),
)
_SEEING = (
    Step("words sought", ("slash", "type:{keys}"), ("find:", "{keys}")),
    Step("words found, or not", ("enter",), ("“{keys}”",)),
    Step("words found again", ("slash", "type:somebody said", "enter"), ("“somebody said”",)),
    Step("hits coded", ("y", "type:2o", "enter"), ("OTHER Other on this?",)),
    Step("a hit coded", ("y",), (" coded, 0 ",)),
    Step("the search over", ("escape", "escape"), ("The search is over",)),
    Step("places to go to", ("g",), ("Go to",)),
    Step("none of the places", ("escape",), _CLOSED),
    Step("letters to jump to", ("J",), ()),
    Step("no jump", ("escape", "home"), _CLOSED),
    Step("speakers", ("f", "s"), ("Whose turns?", "{speaker}: 2 turns")),
    Step("one speaker's turns", ("3",), ("Somebody said {word} again.",)),
    Step("all turns", ("F", "home"), _CODING),
    Step("the palette", ("p", "type:{keys}"), ("{keys}",)),
    Step("nothing from the palette", ("escape",), _CLOSED),
    Step("the light theme", ("T",), _CODING),
    Step(
        "where one stands",
        ("question_mark",),
        (
            "{source}, turn 2 of 6",
            "memo: memo {word}",
            "proposed as a code: “It is",
        ),
    ),
    Step("where one stood", ("escape",), _CODING),
)
_COMMANDS = (
    *_command("next", "{source}:5", "{word}"),
    *_command("source list", "{source}"),
    *_command("coder list", "{coder}  coder"),
    *_command("codebook show", "{word}"),
    *_command("round status", "{round}"),
    *_command("history", "{source}"),
    *_command("memos", "memo {word}"),
    *_command("proposals", "It is {word} to me."),
    Step("a command that is none", ("colon", "type:{keys}"), ("{keys}",)),
    Step("what it answers", ("enter",), ()),
    Step("after it", ("escape",), _CODING),
)
_THEMES = (
    Step("the themes", ("T",), ("Themes · you are {coder}", "No theme yet: + sets one up.")),
    Step("a theme", ("plus", "type:Tea", "enter"), ("1 Tea · no claim recorded",)),
    Step("its claim", ("e", "type:{keys}", "enter"), ("1 Tea · {keys}",)),
    Step("its codes", ("a", "type:2o", "enter", "escape"), ("Codes: OTHER Other",)),
    Step("its passages", ("enter",), ("OTHER Other", "{source}:", "Somebody said {word} again.")),
    Step("a whole source", ("s", "enter"), ("Tea in {source}", "It is {word} to me.")),
    Step("no more themes", ("q", "q", "q"), ("{source}", "turns left")),
)
_CODEBOOK = (
    Step("the codebook", ("B",), ("{word}", "own below")),
    Step("an entry in full", ("enter",), ("Code: ", "When to use: ")),
    Step("the entry closed", ("escape",), ("own below",)),
    Step("codes filtered", ("slash", "type:{keys}"), ("show only: {keys}",)),
    Step("all codes", ("escape", "home", "j"), ("All codes are shown again.",)),
    Step(
        "a wording proposed",
        ("e", "1", "type: {keys}", "enter", "type:{keys}", "enter"),
        ("Proposed for {code}",),
    ),
    Step("proposals", ("p", "end"), ("IN FORCE", "another wording of")),
    Step("versions", ("v",), ("Version 1",)),
    Step("gaps", ("exclamation_mark",), ("OTHER Other has no",)),
    Step("codes and commands sought", ("P", "type:{keys}"), ("{keys}",)),
    Step("none of them chosen", ("escape",), ("OTHER Other has no",)),
    Step("the codebook's keys", ("question_mark",), ("Possible now",)),
    Step("back in the list again", ("escape", "q"), ("{source}", "turns left")),
)
WALK: tuple[Step, ...] = (
    Step("the question who sits there", (), ("{word}", "Who are you?", "{coder}  coder")),
    Step(
        "the list of sources",
        ("down", "enter"),
        ("{word} · round {round} · you code as {coder}", "{source}", "2 turns left"),
    ),
    Step("a source, and the codebook", ("enter",), (*_CODING, "And {word}?", "CODES")),
    *_CODINGS,
    *_CODE_BOX,
    *_THINKING,
    *_SEEING,
    *_COMMANDS,
    Step("back in the list", ("S",), ("{source}", "turns left")),
    *_CODEBOOK,
    *_THEMES,
)

_BYTES = {
    "enter": "\r",
    "escape": "\x1b",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "colon": ":",
    "full_stop": ".",
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "asterisk": "*",
    "plus": "+",
    "tab": "\t",
}


def as_bytes(pressed: Iterable[Key | Typed | Pasted]) -> str:
    """Give what is pressed, typed and pasted as a terminal sends it."""
    return "".join(_as_bytes(each) for each in pressed)


def _as_bytes(pressed: Key | Typed | Pasted) -> str:
    if isinstance(pressed, Pasted):
        return f"\x1b[200~{pressed}\x1b[201~"
    return _BYTES.get(pressed, pressed) if isinstance(pressed, Key) else pressed
