"""Verbs on the study as a whole: init, status, coder, round, backup, check."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, parted
from qualcode.cli.here import Here, let_go_at_the_end
from qualcode.cli.round_words import round_data
from qualcode.cli.verbs.logins import coder_login
from qualcode.cli.verbs.readiness import round_status, round_unblind
from qualcode.domain.codebook_diff import ChangeKind
from qualcode.domain.errors import ProjectError
from qualcode.domain.people import Coder, Role
from qualcode.domain.rounds import Unit
from qualcode.services import closing, people, projects, rounds, safekeeping
from qualcode.services.codebook_history import taken_up
from qualcode.store.mishaps import shown_place

_DECIDE_ANEW = {ChangeKind.REWORDED, ChangeKind.SPLIT, ChangeKind.RETIRED}


@click.command(epilog="Example: qualcode -p study.qualcode init --name Study --lead ada")
@click.option("--name", help="What the study is called (default: the file's name).")
@click.option("--lead", required=True, help="Who leads it.")
@click.option("--language", default="en", show_default=True, help="Language of the transcripts.")
@click.option(
    "--spacy-model", "model", default="", help="An installed spaCy model to cut sentences with."
)
@json_option
@click.pass_obj
def init(
    here: Here, name: str | None, lead: str, language: str, model: str, *, as_json: bool
) -> int:
    """Begin a study."""
    if here.place is None:
        raise ProjectError("Where is the study to be kept?", hint="qualcode -p FILE init …")
    place = shown_place(here.place)
    called = name or Path(place.partition("?")[0]).stem
    begun = projects.begin(
        here.place,
        name=called,
        lead=lead,
        language=language,
        sentence_model=model,
        anyway=here.anyway,
    )
    project = let_go_at_the_end(begun)
    lines = [
        f"Study {called} begun in {place}; {people.lead(project).name} leads it.",
        "Next: qualcode import FILES, qualcode codebook load osspc",
    ]
    return answer("init", {"name": called, "place": place}, lines, as_json=as_json)


@click.command(epilog="Example: qualcode status --json")
@as_option
@json_option
@click.pass_obj
def status(here: Here, who: str | None, *, as_json: bool) -> int:
    """Say what the study holds."""
    project = here.project()
    found = projects.summary(project, by=here.actor(project, who))
    holds = f"{counted(found.sources, 'source')}, {counted(found.turns, 'turn')}"
    lines = [
        f"{found.about.name} · {holds}, {found.codable} of them participants'",
        f"codebook version {found.codebook_version}, {counted(found.codes, 'code')}",
        f"coders: {', '.join(coder.name for coder in found.coders)}",
        f"rounds: {', '.join(f'{one.name} ({one.state.value})' for one in found.rounds)}",
        f"journal: {counted(found.entries, 'entry', 'entries')}, head {found.head[:12]}",
    ]
    data = {
        "name": found.about.name,
        "approach": found.about.approach,
        "sources": found.sources,
        "turns": found.turns,
        "participant_turns": found.codable,
        "codes": found.codes,
        "codebook_version": found.codebook_version,
        "coders": [_coder(coder) for coder in found.coders],
        "rounds": [round_data(one) for one in found.rounds],
        "entries": found.entries,
        "head": found.head,
    }
    return answer("status", data, lines, as_json=as_json)


@click.group(epilog="Example: qualcode coder list")
def coder() -> None:
    """Add, rename and list coders; let them leave and come back, or sign in to a database."""


coder.add_command(coder_login)


@coder.command("add", epilog="Example: qualcode coder add ben")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.CODER.value,
    show_default=True,
)
@as_option
@json_option
@click.pass_obj
def coder_add(here: Here, name: str, role: str, who: str | None, *, as_json: bool) -> int:
    """Let a person join the study."""
    project = here.project()
    added = people.add(project, name, role=Role(role), by=here.actor(project, who))
    lines = [f"{added.name} joined as {added.role.value}."]
    return answer("coder add", _coder(added), lines, as_json=as_json)


@coder.command("list", epilog="Example: qualcode coder list")
@json_option
@click.pass_obj
def coder_list(here: Here, *, as_json: bool) -> int:
    """List the people of the study."""
    found = people.coders(here.project())
    lines = [f"{one.name}  {one.role.value}{', left' if one.left else ''}" for one in found]
    return answer("coder list", [_coder(one) for one in found], lines, as_json=as_json)


def _coder(coder: Coder) -> dict[str, object]:
    return {"name": coder.name, "role": coder.role.value, "left": coder.left}


@click.group("round", epilog="Example: qualcode round status r1")
def round_() -> None:
    """Set up a round; freeze, close, reopen, update, unblind it; see how far it is."""


@round_.command("new", epilog="Example: qualcode round new r1 --coders ada,ben --unit turn")
@click.argument("name")
@click.option("--coders", required=True, help="Who codes in it, parted by commas.")
@click.option("--sources", default="", metavar="A,B", help="Only these, parted by commas.")
@click.option("--codebook", "version", type=int, help="An earlier version of the codebook.")
@click.option("--blind/--open", default=True, show_default=True, help="May coders see each other?")
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.TURN.value,
    show_default=True,
    help="What agreement is counted over.",
)
@as_option
@json_option
@click.pass_obj
def round_new(  # noqa: PLR0913 - one argument an option
    here: Here,
    name: str,
    coders: str,
    sources: str,
    version: int | None,
    unit: str,
    who: str | None,
    *,
    blind: bool,
    as_json: bool,
) -> int:
    """Set up a round; its coders get every source, later ones too until coding in it begins."""
    project = here.project()
    names = parted(coders)
    made = rounds.new(
        project,
        name,
        coders=names,
        sources=parted(sources),
        version=version,
        blind=blind,
        unit=Unit(unit),
        by=here.actor(project, who),
    )
    kind = "blind" if made.blind else "open to view"
    lines = [f"Round {made.name} is open, {kind}; coders: {', '.join(names)}."]
    return answer("round new", round_data(made), lines, as_json=as_json)


round_.add_command(round_status)
round_.add_command(round_unblind)


@round_.command("freeze", epilog="Example: qualcode round freeze r1")
@click.argument("name")
@as_option
@json_option
@click.pass_obj
def round_freeze(here: Here, name: str, who: str | None, *, as_json: bool) -> int:
    """Stop coding in a round."""
    project = here.project()
    found = rounds.freeze(project, name, by=here.actor(project, who))
    lines = [f"Round {found.name} is frozen."]
    return answer("round freeze", round_data(found), lines, as_json=as_json)


@round_.command("close", epilog="Example: qualcode round close r1")
@click.argument("name")
@as_option
@json_option
@click.pass_obj
def round_close(here: Here, name: str, who: str | None, *, as_json: bool) -> int:
    """Close a round; its layers are open to view from now on."""
    project = here.project()
    found = closing.close(project, name, by=here.actor(project, who))
    lines = [f"Round {found.name} is closed; its agreement before discussion is sealed."]
    return answer("round close", round_data(found), lines, as_json=as_json)


@round_.command("reopen", epilog='Example: qualcode round reopen r1 --because "FG4 was missing"')
@click.argument("name")
@click.option("--because", "reason", required=True, help="Why; it is kept.")
@as_option
@json_option
@click.pass_obj
def round_reopen(here: Here, name: str, reason: str, who: str | None, *, as_json: bool) -> int:
    """Let coding go on in a round, for a reason that is kept."""
    project = here.project()
    found = rounds.reopen(project, name, reason=reason, by=here.actor(project, who))
    lines = [f"Round {found.name} is open again."]
    return answer("round reopen", round_data(found), lines, as_json=as_json)


@round_.command("update", epilog="Example: qualcode round update r2")
@click.argument("name")
@click.option("--because", "reason", default="", help="Why; it is kept.")
@as_option
@json_option
@click.pass_obj
def round_update(here: Here, name: str, reason: str, who: str | None, *, as_json: bool) -> int:
    """Let an open round go on with the newest codebook; what was coded stays."""
    project = here.project()
    found, before, changes = taken_up(project, name, by=here.actor(project, who), reason=reason)
    version = found.codebook_version
    lines = [f"Round {found.name} goes on with codebook version {version} (was {before})."]
    lines += [one.sentence for one in changes]
    if any(one.kind in _DECIDE_ANEW for one in changes):
        lines.append("Its coders see which passages to look at again: qualcode redecide")
    data = {**round_data(found), "was": before, "changes": [one.sentence for one in changes]}
    return answer("round update", data, lines, as_json=as_json)


@click.command(epilog="Example: qualcode backup study-2030-01-01.qualcode")
@click.argument("to", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def backup(here: Here, to: Path, *, as_json: bool) -> int:
    """Copy the project to a safe place, even while others are coding."""
    made = safekeeping.backup(here.project(), to)
    lines = [f"Copied to {made} and checked."]
    return answer("backup", {"file": str(made)}, lines, as_json=as_json)


@click.command(epilog="Example: qualcode check --head 3f9a…")
@click.option("--head", metavar="HASH", help="A journal hash printed in a report: is it there?")
@as_option
@json_option
@click.pass_obj
def check(here: Here, head: str | None, who: str | None, *, as_json: bool) -> int:
    """Check every text, coding and entry against its fingerprint."""
    project = here.project()
    by = here.actor(project, who)
    findings = safekeeping.check(project, head=head, by=by)
    found = projects.summary(project, by=by)
    holds = f"{counted(found.sources, 'source')}, {counted(found.entries, 'entry', 'entries')}"
    part = project.signed_in
    seen = f", as far as {part.name} sees" if part else ""
    lines = [f"All is well{seen}: {holds}."] if not findings else []
    data = {"sources": found.sources, "entries": found.entries, "head": found.head}
    data = {**data, "whole": part is None}
    return answer("check", data, lines, as_json=as_json, findings=findings)
