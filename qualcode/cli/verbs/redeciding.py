"""Verbs on deciding anew: a coder's queue, a decision, what was made under an old rule."""

from collections.abc import Sequence

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.picking import codings_there
from qualcode.cli.verbs.seats import codes_of, place_of, seat_of
from qualcode.domain.codebook import Code
from qualcode.domain.display import shortened
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.lineage import RULE_FIELDS
from qualcode.services import codebooks, redeciding, sources, strokes
from qualcode.services.coding import Seat
from qualcode.services.redeciding import Item, UnderOldRule
from qualcode.services.sources import Spot
from qualcode.store.project import Project

_WORDS = 60
_SEE = "See: qualcode redecide"


@click.command(epilog="Example: qualcode redecide FG2:4 1h --as ada")
@click.argument("place", required=False)
@click.argument("codes", nargs=-1)
@click.option("--only", metavar="CODE", help="Decide on this code's coding, where several wait.")
@click.option("--keep", is_flag=True, help="The reworded rule still applies: keep the code.")
@click.option("--off", is_flag=True, help="Nothing takes its place: take the code off.")
@as_option
@round_option
@json_option
@click.pass_obj
def redecide(  # noqa: PLR0913 - one argument an option
    here: Here,
    place: str | None,
    codes: tuple[str, ...],
    only: str | None,
    who: str | None,
    round_name: str | None,
    *,
    keep: bool,
    off: bool,
    as_json: bool,
) -> int:
    """List your codings whose code is gone or reads otherwise; decide anew on one."""
    ways = [bool(codes), keep, off]
    if sum(ways) != (place is not None):
        raise click.UsageError("Name a place, and codes or --keep or --off; or nothing at all.")
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    if place is None:
        return _list(project, seat, as_json=as_json)
    spot = sources.find(project, place)
    item = _waiting(project, seat, spot, only)
    chosen = codes_of(seat, codes)
    if keep:
        said = strokes.keep(project, seat, [item.coding])
    elif off:
        said = strokes.take_off(project, seat, [item.coding])
    else:
        said = strokes.redecide(project, seat, [item.coding], chosen)
    left = len(redeciding.queue(project, seat=seat))
    data = {
        "place": item.place,
        "was": item.code.label,
        "codes": [item.code.label] if keep else [code.label for code in chosen],
        "left": left,
    }
    lines = [f"{item.place}: {said}", _left(left, seat)]
    return answer("redecide", data, lines, as_json=as_json)


def _left(number: int, seat: Seat) -> str:
    if not number:
        return f"All is decided anew in round {seat.round.name}."
    return f"{counted(number, 'coding')} left to decide anew."


def _list(project: Project, seat: Seat, *, as_json: bool) -> int:
    found = redeciding.queue(project, seat=seat)
    lines = [
        f"{item.place}  “{shortened(item.words, to=_WORDS)}”  {item.because}" for item in found
    ]
    head = f"{counted(len(found), 'coding')} to decide anew in round {seat.round.name}:"
    none = [f"Nothing is to be decided anew in round {seat.round.name}."]
    data = [
        {
            "place": item.place,
            "source": item.source.name,
            "start": item.coding.extent.start,
            "end": item.coding.extent.end,
            "words": item.words,
            "code": item.code.label,
            "made_under_version": item.coding.codebook_version,
            "why": item.why.value,
            "because": item.because,
            "successors": [code.label for code in item.successors],
        }
        for item in found
    ]
    return answer("redecide", data, [head, *lines] if found else none, as_json=as_json)


def _waiting(project: Project, seat: Seat, spot: Spot, only: str | None) -> Item:
    """Find the one coding at a place that is to be decided anew."""
    meant = seat.codebook.any_code(only) if only else None
    found = {
        item.coding.id: item
        for item in redeciding.queue(project, seat=seat, source=spot.source)
        if meant is None or item.code.id == seat.codebook.by_id()[meant.id].id
    }
    there = codings_there([item.coding for item in found.values()], spot)
    items = [found[each.id] for each in there]
    if not items:
        what = f"{meant.title} on {place_of(spot)}" if meant else place_of(spot)
        raise NotFoundError(f"Nothing of yours is to be decided anew: {what}.", hint=_SEE)
    if len(items) > 1:
        raise _several(items)
    return items[0]


def _several(items: Sequence[Item]) -> RefusedError:
    listed = ", ".join(f"{item.code.label} on {item.place}" for item in items)
    codes = dict.fromkeys(item.code for item in items)
    way = f"--only {items[0].code.label}" if len(codes) > 1 else f"its place: {items[0].place}"
    return RefusedError(f"Several wait to be decided anew: {listed}.", hint=f"Name one by {way}")


@click.command("outdated", epilog="Example: qualcode codebook outdated 2b")
@click.argument("name", metavar="CODE")
@as_option
@json_option
@click.pass_obj
def outdated(here: Here, name: str, who: str | None, *, as_json: bool) -> int:
    """List codings made under another rule than a code has now, as far as you may see them."""
    project = here.project()
    code = codebooks.codebook(project).any_code(name)
    found = redeciding.made_under_old_rule(project, code, by=here.actor(project, who))
    lines: list[str] = []
    for rule in sorted({_then(code, each) for each in found}):
        alike = [each for each in found if _then(code, each) == rule]
        version, label = rule
        under = f"version {version} as {label}" if label else f"version {version}"
        lines += [f"Made under {under}:", *_rule(alike[0].then)]
        lines += [f"  {_told(each)}" for each in alike]
    none = [f"No coding of {code.title} was made under another rule."]
    data = {
        "code": code.label,
        "codings": [
            {
                "place": each.place,
                "words": each.words,
                "who": each.who,
                "round": each.round.name,
                "version": each.version,
                "made_as": each.then.label,
                "rule_then": {field: getattr(each.then, field) for field in RULE_FIELDS},
            }
            for each in found
        ],
    }
    return answer("codebook outdated", data, lines or none, as_json=as_json)


def _then(code: Code, each: UnderOldRule) -> tuple[int, str]:
    """Say under which version a coding was made, and as which code, if that was another."""
    return each.version, "" if each.then.id == code.id else each.then.label


def _rule(then: Code) -> list[str]:
    """Say what a code's rule said then."""
    lines = [then.description, then.full_definition]
    lines += [f"+ {rule}" for rule in then.include]
    lines += [f"− {rule}" for rule in then.exclude]
    lines += [f"≠ {other}" for other in then.not_to_confuse_with]
    return [f"    {line}" for line in lines if line]


def _told(each: UnderOldRule) -> str:
    who = f" · {each.who}" if each.who else ""
    words = shortened(each.words, to=_WORDS)
    return f"{each.place}{who} · round {each.round.name} · “{words}”"
