"""Verbs on who codes what in a round: assign, sample, repeat; and on how much is enough."""

import click

from qualcode.agreement.planning import units_needed
from qualcode.cli.answer import answer, as_option, counted, json_option, parted, table
from qualcode.cli.here import Here
from qualcode.cli.verbs.study import round_
from qualcode.domain.sampling import DEFAULT_PERCENT, DEFAULT_SEED
from qualcode.services import assigning, repeating, sampling
from qualcode.services.assigning import Matrix, Row
from qualcode.services.sampling import Sample, Strata

_WHOLE, _NONE = "all", "-"


@round_.command("assign", epilog="Example: qualcode round assign r1 --readers 2")
@click.argument("name")
@click.option("--readers", type=int, help="Deal every source out to so many coders, in balance.")
@click.option("--to", metavar="CODER", help="Give this coder the sources named.")
@click.option("--off", metavar="CODER", help="Take the sources named from this coder.")
@click.option("--sources", default="", metavar="A,B", help="Which, parted by commas.")
@as_option
@json_option
@click.pass_obj
def round_assign(  # noqa: PLR0913 - one argument an option
    here: Here,
    name: str,
    readers: int | None,
    to: str | None,
    off: str | None,
    sources: str,
    who: str | None,
    *,
    as_json: bool,
) -> int:
    """Show who has which source; deal them out in balance, or give and take by hand."""
    named = parted(sources)
    ways = [one for one in (readers, to, off) if one is not None]
    if len(ways) > 1 or bool(named) != (to is not None or off is not None):
        raise click.UsageError("Say --readers N, or --to or --off CODER with --sources A,B.")
    project = here.project()
    by = here.actor(project, who)
    if readers is not None:
        found = assigning.deal_out(project, name, readers=readers, by=by)
    elif to is not None:
        found = assigning.give(project, name, to=to, sources=named, by=by)
    elif off is not None:
        found = assigning.take_back(project, name, of=off, sources=named, by=by)
    else:
        found = assigning.matrix(project, name, by=by)
    return answer("round assign", _matrix(found), _lines(found), as_json=as_json)


def _lines(found: Matrix) -> list[str]:
    heads = ["source", "turns", *(coder.name for coder in found.coders)]
    rows = [[row.source.name, str(row.source.codable), *_cells(row)] for row in found.rows]
    load = [sum(row.turns[at] for row in found.rows) for at in range(len(found.coders))]
    every = sum(row.source.codable for row in found.rows)
    lines = table(heads, [*rows, ["turns", str(every), *map(str, load)]], right="lr" + "r" * 99)
    if found.pool:
        lines.append(f"In the pool: {', '.join(one.source.name for one in found.pool)}.")
    if found.undrawn:
        lines.append("The sample was drawn for what each had before; draw it again: round sample")
    return lines


def _cells(row: Row) -> list[str]:
    return [
        _WHOLE if whole else str(turns) if turns else _NONE
        for turns, whole in zip(row.turns, row.whole, strict=True)
    ]


def _matrix(found: Matrix) -> dict[str, object]:
    return {
        "round": found.round.name,
        "coders": [coder.name for coder in found.coders],
        "sources": [
            {
                "source": row.source.name,
                "turns": row.source.codable,
                "whole": [c.name for c, w in zip(found.coders, row.whole, strict=True) if w],
                "given": {
                    coder.name: turns
                    for coder, turns in zip(found.coders, row.turns, strict=True)
                    if turns
                },
            }
            for row in found.rows
        ],
        "pool": [{"source": one.source.name, "lacks": one.lacks} for one in found.pool],
        "sample_let_go": found.undrawn,
    }


@round_.command(
    "sample", epilog="Example: qualcode round sample r1 --percent 20 --by kind --seed 7"
)
@click.argument("name")
@click.option("--percent", type=float, help="Draw this share of the passages for double coding.")
@click.option(
    "--by",
    "strata",
    type=click.Choice([one.value for one in Strata]),
    default=Strata.KIND.value,
    show_default=True,
    help="Spread the sample over these.",
)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="The same draw.")
@as_option
@json_option
@click.pass_obj
def round_sample(
    here: Here,
    name: str,
    percent: float | None,
    strata: str,
    seed: int,
    who: str | None,
    *,
    as_json: bool,
) -> int:
    """Draw passages for double coding, or list those drawn; the coders are not told which."""
    project = here.project()
    by = here.actor(project, who)
    if percent is None:
        found = sampling.sample(project, name, by=by)
    else:
        found = sampling.draw_sample(
            project, name, percent=percent, strata=Strata(strata), seed=seed, by=by
        )
    return answer("round sample", _sample(found), _sample_lines(found), as_json=as_json)


def _sample_lines(found: Sample) -> list[str]:
    drawn = f"{len(found.lots)} of {counted(found.among, 'passage')}"
    spread = "" if found.strata is Strata.NOTHING else f", spread over {found.strata.value}"
    lines = [f"{drawn} drawn for double coding ({found.percent} %{spread}, seed {found.seed})."]
    if found.dealt:
        lines.insert(0, "The sources were dealt out, one coder each: qualcode round assign")
    rows = [[lot.place, " and ".join(lot.readers), lot.reason] for lot in found.lots]
    pairs = [f"{' and '.join(pair)}: {count}" for pair, count in found.pairs.items()]
    return [*lines, *table(["passage", "coders", "why"], rows), f"Pairs: {'; '.join(pairs)}."]


def _sample(found: Sample) -> dict[str, object]:
    return {
        "round": found.round.name,
        "percent": found.percent,
        "by": found.strata.value,
        "seed": found.seed,
        "passages": found.among,
        "drawn": [
            {
                "place": lot.place,
                "stratum": lot.stratum,
                "reason": lot.reason,
                "coders": list(lot.readers),
            }
            for lot in found.lots
        ],
        "pairs": [{"coders": list(pair), "passages": count} for pair, count in found.pairs.items()],
    }


@round_.command("repeat", epilog="Example: qualcode round repeat r2 --of r1 --percent 10")
@click.argument("name")
@click.option("--of", required=True, metavar="ROUND", help="The earlier round.")
@click.option("--percent", type=float, default=DEFAULT_PERCENT, show_default=True)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="The same draw.")
@as_option
@json_option
@click.pass_obj
def round_repeat(
    here: Here, name: str, of: str, percent: float, seed: int, who: str | None, *, as_json: bool
) -> int:
    """Give each coder some passages of an earlier round again, unmarked among the new ones."""
    project = here.project()
    by = here.actor(project, who)
    done = repeating.repeat(project, name, of=of, percent=percent, seed=seed, by=by)
    rows = list(zip(done.coders, done.given, done.among, strict=True))
    lines = [
        f"{coder.name} gets {counted(given, 'passage')} of {done.before.name} again, "
        f"of {among} that could come."
        for coder, given, among in rows
    ]
    lines.append(f"Once they are coded: qualcode agreement --round {done.round.name} --with {of}")
    data = [{"coder": c.name, "passages": given, "among": among} for c, given, among in rows]
    return answer("round repeat", data, lines, as_json=as_json)


@round_.command("plan", epilog="Example: qualcode round plan --alpha 0.667 --share 0.1")
@click.option("--alpha", type=click.FloatRange(0, 1, max_open=True), required=True)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    required=True,
    help="The share of units the code stands on; for several codes that of the rarest.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="How often one may be wrong in believing it.",
)
@click.option(
    "--design-effect",
    type=click.FloatRange(1),
    default=1.0,
    show_default=True,
    help="More than 1 where units of a source resemble each other: 1 + (m - 1) r.",
)
@json_option
def round_plan(
    alpha: float, share: float, level: float, design_effect: float, *, as_json: bool
) -> int:
    """Say how many units two coders must both code to trust that alpha lies above a limit."""
    units = units_needed(alpha, share, level=level, design_effect=design_effect)
    data = {
        "alpha": alpha,
        "share": share,
        "level": level,
        "design_effect": design_effect,
        "units": units,
    }
    lines = [
        f"Two coders must both code {counted(units, 'unit')}.",
        f"For a code on {100 * share:g} % of the units, alpha then lies above {alpha:g},",
        f"with a chance of {100 * level:g} % to be wrong (Bloch and Kraemer 1989).",
    ]
    return answer("round plan", data, lines, as_json=as_json)
