"""The code box: a few letters find a code; a key that begins no other applies at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from qualcode.domain.code_search import instant, matching
from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.errors import RetiredCodeError, UnknownCodeError
from qualcode.domain.redeciding import fate, offered
from qualcode.tui.widgets.pick_box import Pick, PickBox

Then = Callable[[tuple[Code, ...]], None]
Propose = Callable[[str], None]


class CodeBox(PickBox):
    """Finds codes by what is typed, the definition of the highlighted one beside the list.

    Codes that are applied already are ticked; chosen again, they come off.
    """

    keys = "Enter apply  1b 2c Enter several  ↓ ↑ move  Esc leave"

    def __init__(self) -> None:
        super().__init__()
        self._codebook = Codebook(0)
        self._ticked: Collection[Code] = ()
        self._at_once = False
        self._then: Then = _drop
        self._propose: Propose | None = None
        self._create: Propose | None = None

    def open(
        self,
        codebook: Codebook,
        *,
        then: Then,
        ticked: Sequence[Code] = (),
        typed: str = "",
        at_once: bool = True,
        propose: Propose | None = None,
        create: Propose | None = None,
    ) -> None:
        """Open the box, the first sign typed already; `then` is given the codes chosen.

        Begun with a sign, a key that can mean one code only is chosen `at_once`; opened
        empty, the box waits for Enter, so that several can be typed with blanks. With
        `propose`, words that no code fits can be proposed as a new one; with `create`, they
        are made one at once.
        """
        self._codebook, self._ticked, self._then = codebook, frozenset(ticked), then
        self._at_once = at_once and bool(typed)
        self._propose, self._create = propose, create
        self.offer(self._fitting, hint="key, name or any word of it", typed=typed)

    def _type(self, typed: str) -> None:
        """Take what is typed by now; a key that can mean one code only chooses it at once."""
        code = instant(self._codebook, typed) if self._at_once and typed else None
        if code is None:
            super()._type(typed)
        else:
            self._give((code,))

    def _enter(self) -> None:
        """Choose the several codes that were typed, else the highlighted one."""
        several = self._several(self.typed)
        if several:
            self._give(several)
        else:
            super()._enter()

    def _give(self, codes: tuple[Code, ...]) -> None:
        self.close()
        self._then(codes)

    def _several(self, typed: str) -> tuple[Code, ...]:
        """Read several keys parted by blanks, if that is what was typed."""
        words = typed.split()
        try:
            return tuple(self._codebook.code(word) for word in words) if len(words) > 1 else ()
        except (UnknownCodeError, RetiredCodeError):
            return ()

    def _fitting(self, typed: str) -> list[Pick]:
        """List the codes that fit the words typed, or the last of several, and what else to do.

        Where no code fits, the words can be proposed; who makes codes can always make one.
        """
        words = typed.split()
        last = words[-1] if words else ""
        codes = matching(self._codebook, typed) or matching(self._codebook, last)
        picks = [self._pick(code) for code in codes]
        gone = [] if codes or not words else self._in_place_of(words[-1])
        if gone:
            return gone
        if not words or (codes and (self._create is None or self._names_codes(typed))):
            return picks
        return [*picks, *self._new(" ".join(words))]

    def _in_place_of(self, name: str) -> list[Pick]:
        """Offer what took the place of a retired code, if that is what was named."""
        try:
            code = self._codebook.any_code(name)
        except UnknownCodeError:
            return []
        if code.in_use:
            return []
        became = fate(self._codebook, code)
        offers = [self._pick(one) for one in offered(self._codebook, code)]
        told = [replace(one, about=f"{became}.\n{one.about}") for one in offers]
        return told or [Pick(f"  {became}", f"{became}; nothing took its place.", _nothing)]

    def _names_codes(self, typed: str) -> bool:
        """Is it a code's name that was typed, or the keys of several?"""
        names = {
            folded(name)
            for code in self._codebook.codes
            for name in (code.label, code.key, code.name, *code.earlier_names)
        }
        return folded(typed) in names or bool(self._several(typed))

    def _new(self, name: str) -> list[Pick]:
        """Offer what can be done with words that no code fits."""
        create, propose = self._create, self._propose
        if create is not None:
            about = (
                f"No code is called “{name}”. Enter makes it one and puts it on: a new version of "
                "the codebook, which you lead. Esc changes nothing."
            )
            return [Pick(f"  create “{name}”", about, lambda: create(name))]
        if propose is None:
            return []
        about = (
            f"No code fits “{name}”. Enter proposes it as a new code, this passage its first "
            "example; the codebook changes only when the lead decides. Esc changes nothing."
        )
        return [Pick(f"  propose “{name}”", about, lambda: propose(name))]

    def _pick(self, code: Code) -> Pick:
        line = f"{'✓' if code in self._ticked else ' '} {code.key:<4} {code.name}"
        return Pick(line, "\n".join(in_brief(code)), lambda: self._then((code,)))


def _drop(_codes: tuple[Code, ...]) -> None:
    """Do nothing: the box has not been opened yet."""


def _nothing() -> None:
    """Do nothing: a retired code is not put on."""


def in_brief(code: Code) -> list[str]:
    """Write what there is room for beside a list: what a code means, and its rules."""
    lines = [code.title, code.description]
    lines += [f"+ {rule}" for rule in code.include]
    lines += [f"− {rule}" for rule in code.exclude]
    if code.not_to_confuse_with:
        lines.append(f"≠ {', '.join(code.not_to_confuse_with)}")
    return [line for line in lines if line]
