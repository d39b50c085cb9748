"""Verbs on what is coded: import, source."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, table
from qualcode.cli.here import Here
from qualcode.domain.display import visible
from qualcode.domain.sources import SourceKind, Turn, TurnRole
from qualcode.interchange.importing import Wishes
from qualcode.services import coding, sources

_LINES = 3


@click.command("import", epilog="Example: qualcode import survey.csv --id person --text 'open_*'")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--encoding", metavar="NAME", help="The text encoding, where it cannot be told.")
@click.option("--kind", type=click.Choice([kind.value for kind in SourceKind]), help="What it is.")
@click.option("--id", "id_column", metavar="COLUMN", help="Survey: who answered.")
@click.option(
    "--text", "text_columns", metavar="COLUMNS", multiple=True, help="Survey: open answers."
)
@as_option
@json_option
@click.pass_obj
def take_in(  # noqa: PLR0913 - one argument an option
    here: Here,
    files: tuple[Path, ...],
    encoding: str | None,
    kind: str | None,
    id_column: str | None,
    text_columns: tuple[str, ...],
    who: str | None,
    *,
    as_json: bool,
) -> int:
    """Take transcripts and survey answers in; each file comes whole or not at all."""
    wishes = Wishes(encoding, id_column, text_columns, SourceKind(kind) if kind else None)
    project = here.project()
    taken = sources.take_in_files(project, files, wishes=wishes, by=here.actor(project, who))
    status = answer(
        "import",
        [_taken(one) for one in taken],
        [line for one in taken for line in _told(one)],
        as_json=as_json,
        findings=[finding for one in taken for finding in one.findings],
    )
    refused = [one.refused for one in taken if one.refused]
    for mishap in refused:
        click.echo(visible(f"{mishap.sentence}\n{mishap.hint}"), err=True)
    return refused[0].exit_status if refused else status


def _told(taken: sources.TakenIn) -> list[str]:
    """Tell what came: a source a line, or a survey of many respondents in one."""
    lines = [
        f"{source.name}: {source.kind.value}, {counted(source.turns, 'turn')}, "
        f"{source.codable} of them participants'"
        for source in taken.sources
    ]
    if len(lines) > _LINES:
        turns = sum(source.codable for source in taken.sources)
        lines = [f"{taken.file}: {len(taken.sources)} sources, {counted(turns, 'passage')}"]
    if taken.already:
        there = counted(len(taken.already), "respondent")
        lines.append(f"{taken.file}: {there} already there, with the same answers")
    return lines + [
        f"{taken.file}: not part of round {one.name}; give it out there, or in a new round"
        for one in taken.late_for
    ]


def _taken(taken: sources.TakenIn) -> dict[str, object]:
    return {
        "file": taken.file,
        "refused": taken.refused.sentence if taken.refused else None,
        "already": [source.name for source in taken.already],
        "not_in_rounds": [one.name for one in taken.late_for],
        "sources": [
            {
                "name": source.name,
                "kind": source.kind.value,
                "turns": source.turns,
                "participant_turns": source.codable,
            }
            for source in taken.sources
        ],
    }


@click.group(epilog="Example: qualcode source list")
def source() -> None:
    """List sources; show one."""


@source.command("list", epilog="Example: qualcode source list --as ada")
@as_option
@click.option("--round", "round_name", metavar="ROUND", help="In which round.")
@json_option
@click.pass_obj
def source_list(here: Here, who: str | None, round_name: str | None, *, as_json: bool) -> int:
    """List the sources, with how far you have come in each."""
    project = here.project()
    seat = coding.take_seat(project, here.actor(project, who), round_name)
    rows = coding.progress(project, seat=seat)
    lines = table(
        ["source", "kind", "turns", "done", "codings"],
        [
            [
                row.source.name,
                row.source.kind.value,
                str(row.source.turns),
                f"{row.done}/{row.source.codable}",
                str(row.codings),
            ]
            for row in rows
        ],
        right="llrrr",
    )
    data = [
        {
            "name": row.source.name,
            "kind": row.source.kind.value,
            "turns": row.source.turns,
            "participant_turns": row.source.codable,
            "done": row.done,
            "codings": row.codings,
            "finished": row.finished,
        }
        for row in rows
    ]
    return answer("source list", data, lines, as_json=as_json)


@source.command("show", epilog="Example: qualcode source show FG2")
@click.argument("name")
@json_option
@click.pass_obj
def source_show(here: Here, name: str, *, as_json: bool) -> int:
    """Show a source's turns."""
    found, revision = sources.read(here.project(), name)
    lines = [line for turn in revision.turns for line in _turn_lines(turn, revision.text)]
    data = {
        "name": found.name,
        "kind": found.kind.value,
        "revision": revision.number,
        "text_hash": revision.text_hash,
        "length": len(revision.text),
        "turns": [_turn(turn, revision.text) for turn in revision.turns],
    }
    return answer("source show", data, lines, as_json=as_json)


def _turn_lines(turn: Turn, text: str) -> list[str]:
    if turn.role is TurnRole.HEADING:
        return [turn.range.of(text), ""]
    return [f"{turn.number} {turn.speaker}", turn.range.of(text), ""]


def _turn(turn: Turn, text: str) -> dict[str, object]:
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "role": turn.role.value,
        "start": turn.start,
        "end": turn.end,
        "started_ms": turn.started_ms,
        "words": turn.range.of(text),
    }
