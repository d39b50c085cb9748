"""Verbs on memos: write one, find them."""

from dataclasses import dataclass

import click

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.picking import coding_there
from qualcode.cli.verbs.seats import place_of, seat_of
from qualcode.domain.display import shortened
from qualcode.domain.places import written
from qualcode.services import coding, sources
from qualcode.services import memos as thoughts
from qualcode.services.coding import Seat
from qualcode.services.memos import MemoShown, On
from qualcode.store.project import Project

_WORDS = 60


@click.command(
    epilog='Example: qualcode memo FG2:4 "compare FG4" --as ada (FG2 alone: on the source)'
)
@click.argument("words", nargs=-1, required=True, metavar="[PLACE] WORDS")
@click.option("--on", "coded", metavar="CODE", help="On your coding of this code at PLACE.")
@click.option("--code", "code", metavar="CODE", help="On a code; without a PLACE.")
@click.option("--next", "onward", is_flag=True, help="For the next round; a stopped one takes it.")
@click.option("--project", "whole", is_flag=True, help="On the whole project; without a PLACE.")
@as_option
@round_option
@json_option
@click.pass_obj
def memo(  # noqa: PLR0913 - one argument an option
    here: Here,
    words: tuple[str, ...],
    coded: str | None,
    code: str | None,
    who: str | None,
    round_name: str | None,
    *,
    onward: bool,
    whole: bool,
    as_json: bool,
) -> int:
    """Write a memo: on a place, a coding, a source, a code or the project."""
    placeless = code is not None or whole
    if len(words) != (1 if placeless else 2) or (placeless and coded) or (code and whole):
        raise click.UsageError(
            'Say on what, and the memo: qualcode memo FG2:4 "…" [--on CODE], '
            'or qualcode memo "…" --code CODE, or qualcode memo "…" --project'
        )
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    hook = _placed(project, seat, words[0], coded) if not placeless else _placeless(seat, code)
    write = thoughts.note if onward else thoughts.write
    kept = write(project, words[-1], seat=seat, on=hook.on)
    data = {"on": kept.on.value, "about": hook.said, "place": hook.place, "next": onward}
    what = "Note for the next round" if onward else "Memo"
    return answer("memo", data, [f"{what} on {hook.said}."], as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Hook:
    """What a memo is to hang on, and how that is said."""

    on: On
    said: str
    place: str = ""


def _placeless(seat: Seat, code: str | None) -> _Hook:
    if code is None:
        return _Hook(None, "the project")
    found = seat.codebook.code(code)
    return _Hook(found, found.title)


def _placed(project: Project, seat: Seat, place: str, coded: str | None) -> _Hook:
    """Find the source, the words, or the coding on them that a place names."""
    parsed = sources.place_named(project, place)
    if parsed.turn is None and parsed.range is None and coded is None:
        source, _revision = sources.read(project, parsed.source)
        return _Hook(source, f"the source {source.name}", source.name)
    spot = sources.find(project, parsed)
    if coded is None:
        return _Hook(spot, place_of(spot), place_of(spot))
    code = seat.codebook.code(coded)
    desk = coding.desk_of(project, spot.source, seat=seat)
    found = coding_there(desk, spot, code)
    where = written(spot.source.name, found.extent, spot.revision)
    return _Hook(found, f"{code.title} on {where}", where)


@click.command(epilog='Example: qualcode memos --find "hall" --as ada')
@click.option("--find", "words", default="", metavar="WORDS", help="Only memos with these words.")
@as_option
@json_option
@click.pass_obj
def memos(here: Here, words: str, who: str | None, *, as_json: bool) -> int:
    """List the memos you may see, newest first, with what they hang on."""
    project = here.project()
    found = thoughts.memos(project, by=here.actor(project, who), find=words)
    lines = [line for each in found for line in _lines(each)] or ["No memo."]
    return answer("memos", [_data(each) for each in found], lines, as_json=as_json)


def _lines(shown: MemoShown) -> list[str]:
    whose = f" · {shown.who}" if shown.who else ""
    heading = f"{shown.memo.written.astimezone():%Y-%m-%d %H:%M} · on {shown.on}{whose}"
    words = [f"    “{shortened(shown.words, to=_WORDS)}”"] if shown.words else []
    return [heading, *words, *(f"    {line}" for line in shown.memo.body.splitlines())]


def _data(shown: MemoShown) -> dict[str, object]:
    return {
        "on": shown.memo.on.value,
        "about": shown.on,
        "place": shown.place,
        "source": shown.source.name if shown.source else None,
        "code": shown.code.label if shown.code else None,
        "words": shown.words,
        "memo": shown.memo.body,
        "who": shown.who,
        "written": shown.memo.written.isoformat(),
    }
