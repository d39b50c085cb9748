"""The verb show: a source or a place, with what the coder has on it."""

import click

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.picking import memo_stands_on
from qualcode.domain.codings import Coding, Desk, Memo, MemoOn
from qualcode.domain.display import shortened
from qualcode.domain.places import located
from qualcode.domain.quotations import pieced
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.services import coding, reading, sources
from qualcode.services.coding import Seat

_WORDS = 60


@click.command(epilog="Example: qualcode show FG2:4 --as ada")
@click.argument("place")
@click.option("--plain", is_flag=True, help="In plain lines, which it is in any case.")
@as_option
@round_option
@json_option
@click.pass_obj
def show(
    here: Here,
    place: str,
    who: str | None,
    round_name: str | None,
    *,
    plain: bool,
    as_json: bool,
) -> int:
    """Show a source, a turn or a stretch with what you have on it."""
    del plain
    project = here.project()
    seat = coding.take_seat(project, here.actor(project, who), round_name)
    parsed = sources.place_named(project, place)
    source, revision = reading.read(project, parsed.source, seat=seat)
    whole = parsed.turn is None and parsed.range is None
    if whole:
        turns = [turn for turn in revision.turns if turn.number > 0]
    else:
        wanted = located(parsed, revision)
        turns = [turn for turn in revision.turns if turn.range.overlaps(wanted)]
    shown = _Shown(revision.text, coding.desk_of(project, source, seat=seat), seat)
    on_source = shown.on_source if whole else []
    lines = [f"memo on the source: {each.told}" for each in on_source]
    lines += [line for turn in turns for line in shown.lines(turn)]
    data = {
        "source": source.name,
        "memos": [each.told for each in on_source],
        "turns": [shown.turn(turn) for turn in turns],
    }
    return answer("show", data, lines, as_json=as_json)


class _Shown:
    """Writes what one coder has on a source, turn by turn, in lines and as data."""

    def __init__(self, text: str, desk: Desk, seat: Seat) -> None:
        self._text = text
        self._desk = desk
        self._codebook = seat.codebook
        self._codes = seat.codebook.by_id()
        self._by_root = {each.root: each for each in desk.codings}

    @property
    def on_source(self) -> list[Memo]:
        """The memos on the source itself."""
        return [memo for memo in self._desk.thoughts if memo.on is MemoOn.SOURCE]

    def lines(self, turn: Turn) -> list[str]:
        """Write a turn: its words, then everything on it, a line each."""
        desk, inside = self._desk, turn.range
        lines = [f"{turn.number} {turn.speaker}: {inside.of(self._text)}"]
        lines += [
            f"    {self._title(each)} · {self._part(turn, each.ranges)}" for each in desk.on(inside)
        ]
        if self._is_read(turn):
            lines.append("    read, nothing applies")
        lines += [
            f"    {each.kind.value} · {self._part(turn, (each.range,))}"
            for each in desk.flags
            if each.range.overlaps(inside)
        ]
        lines += [
            f"    proposed “{each.label}” · {self._part(turn, (each.range,))}"
            for each in desk.proposals
            if each.range.overlaps(inside)
        ]
        return lines + [f"    {self._about(turn, each)}: {each.told}" for each in self._memos(turn)]

    def turn(self, turn: Turn) -> dict[str, object]:
        """Give a turn and everything on it as data."""
        desk, inside = self._desk, turn.range
        return {
            "number": turn.number,
            "speaker": turn.speaker,
            "role": turn.role.value,
            "start": turn.start,
            "end": turn.end,
            "words": inside.of(self._text),
            "codings": [self._coding(each) for each in desk.on(inside)],
            "read": self._is_read(turn),
            "flags": [
                {"kind": each.kind.value, **_edges(each.range)}
                for each in desk.flags
                if each.range.overlaps(inside)
            ],
            "proposals": [
                {"label": each.label, **_edges(each.range)}
                for each in desk.proposals
                if each.range.overlaps(inside)
            ],
            "memos": [self._memo(each) for each in self._memos(turn)],
        }

    def _is_read(self, turn: Turn) -> bool:
        return any(mark.range.overlaps(turn.range) for mark in self._desk.marks)

    def _memos(self, turn: Turn) -> list[Memo]:
        """List the memos on words of the turn, and on codings that stand there now."""
        return [
            memo
            for memo in self._desk.thoughts
            if any(part.overlaps(turn.range) for part in memo_stands_on(memo, self._by_root))
        ]

    def _title(self, coding: Coding) -> str:
        code = self._codes.get(coding.code)
        if code is None:
            return "a code of another version"
        first = self._first(coding)
        return code.title if first == code.label else f"{code.title} (made under {first})"

    def _first(self, coding: Coding) -> str:
        """Name the code that a coding was made under, whatever that was merged into."""
        entry = self._codebook.entry(coding.made_under)
        return entry.label if entry else ""

    def _part(self, turn: Turn, ranges: tuple[Range, ...]) -> str:
        """Say on which words of the turn something stands, or that it is on all of it."""
        whole = trimmed(self._text, turn.range)
        if any(each.holds(whole) for each in ranges):
            return "whole turn"
        words = pieced(each.of(self._text) for each in ranges)
        return f"“{shortened(words, to=_WORDS)}”"

    def _about(self, turn: Turn, memo: Memo) -> str:
        """Say what a memo hangs on; where nothing is said, it is the turn."""
        coding = self._by_root.get(memo.coding) if memo.coding else None
        if coding is not None:
            return f"memo on {self._title(coding)}"
        part = self._part(turn, (memo.range,))
        return "memo" if part == "whole turn" else f"memo on {part}"

    def _coding(self, coding: Coding) -> dict[str, object]:
        code = self._codes.get(coding.code)
        return {
            "code": code.label if code else None,
            **_edges(coding.extent),
            "via": coding.via.value,
            "made_under": self._first(coding),
            "codebook_version": coding.codebook_version,
        }

    def _memo(self, memo: Memo) -> dict[str, object]:
        coding = self._by_root.get(memo.coding) if memo.coding else None
        code = self._codes.get(coding.code) if coding else None
        stretch = coding.extent if coding else memo.range
        return {
            "on": (MemoOn.CODING if coding else MemoOn.SEGMENT).value,
            "code": code.label if code else None,
            **_edges(stretch),
            "memo": memo.told,
        }


def _edges(stretch: Range) -> dict[str, object]:
    return {"start": stretch.start, "end": stretch.end}
