"""Verbs on proposals: list them, side by side where they want one answer; answer them."""

from collections.abc import Sequence
from dataclasses import replace

import click

from qualcode.cli.answer import answer, as_option, json_option
from qualcode.cli.here import Here
from qualcode.cli.proposed import data_of, group_told, grouped_data, told
from qualcode.cli.verbs.codebook_saying import change_options, changed, place_options
from qualcode.cli.verbs.proposing import Typed, wording_options
from qualcode.domain.codebook import Code
from qualcode.domain.people import Coder
from qualcode.domain.restructuring import Place
from qualcode.services import codebooks, proposals, verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.store.project import Project

_ONE = 1


@click.command("proposals", epilog="Example: qualcode codebook proposals --as ada")
@click.option("--all", "everything", is_flag=True, help="Those that are answered, too.")
@as_option
@json_option
@click.pass_obj
def list_proposals(here: Here, who: str | None, *, everything: bool, as_json: bool) -> int:
    """List what is proposed, as far as you may see it, with the answers given.

    The lead sees what waits: rewordings of one code side by side with the text in force, new
    codes together where they share passages or words.
    """
    project = here.project()
    by = here.actor(project, who)
    if by.leads and not everything:
        groups = verdicts.waiting(project, by=by)
        lines = [line for group in groups for line in group_told(group)]
        none = ["No proposal waits."]
        return answer("codebook proposals", grouped_data(groups), lines or none, as_json=as_json)
    found = proposals.proposals(project, by=by, answered=True)
    lines = [line for each in found for line in told(each)]
    return answer("codebook proposals", data_of(found), lines or ["No proposal."], as_json=as_json)


@click.command(
    "decide", epilog='Example: qualcode codebook decide p3f9a p77aa --join --name "Cold halls"'
)
@click.argument("names", nargs=-1, required=True, metavar="PROPOSAL…")
@click.option("--accept", "how", flag_value="accept", help="Take it into the codebook.")
@click.option("--join", "how", flag_value="join", help="Make one of several.")
@click.option("--reject", "how", flag_value="reject", help="Turn it down; needs a reason.")
@click.option("--reconsider", "how", flag_value="reconsider", help="Let it wait again.")
@click.option("--name", default="", help="What the new code is called.")
@click.option("--label", default="", help="Its lasting label, such as TC1G (default: the next).")
@click.option("--key", default="", help="What is typed for it, such as 1g (default: the next).")
@place_options
@wording_options
@change_options
def decide(  # noqa: PLR0913 - one argument an option
    here: Here,
    names: tuple[str, ...],
    how: str | None,
    name: str,
    label: str,
    key: str,
    *,
    place: Place,
    typed: Typed,
    who: str | None,
    reason: str,
    as_json: bool,
) -> int:
    """Answer proposals: accept one, join several, reject, or think again.

    Of joined new codes the names stay as earlier names, the passages as examples. All texts
    stay in the history. What was accepted is taken back by: qualcode codebook undo
    """
    project = here.project()
    by = here.actor(project, who)
    if how is None:
        raise click.UsageError("Say how: --accept, --join, --reject or --reconsider")
    if how in {"reject", "reconsider"}:
        return _answered(project, names, how, by=by, reason=reason, as_json=as_json)
    if (how == "accept") is not (len(set(names)) == _ONE):
        raise click.UsageError("One is accepted, several are joined: --accept, --join")
    wording = typed.wording(_as_proposed(project, names, by), codebooks.codebook(project))
    made = verdicts.accept(
        project,
        names,
        by=by,
        draft=Draft(name, label, key) if name or label or key else None,
        at=None if place == Place() else place,
        wording=wording,
        reason=reason,
    )
    return changed("decide", made, as_json=as_json)


def _as_proposed(project: Project, names: Sequence[str], by: Coder) -> Code | None:
    """Give the code that is to be reworded, as the only proposal would have it."""
    seen = proposals.proposals(project, by=by, answered=True)
    chosen = [proposals.called(seen, name) for name in names]
    code = chosen[0].code
    if code is None or len(chosen) > _ONE:
        return code
    return replace(code, **dict(chosen[0].proposal.wording))  # type: ignore[arg-type]


def _answered(
    project: Project, names: Sequence[str], how: str, *, by: Coder, reason: str, as_json: bool
) -> int:
    if how == "reject":
        verdicts.reject(project, names, by=by, reason=reason)
    else:
        verdicts.reconsider(project, names, by=by, reason=reason)
    seen = proposals.proposals(project, by=by, answered=True)
    meant = list(dict.fromkeys(proposals.called(seen, name).name for name in names))
    now = [each for each in seen if each.name in meant]
    said = "Rejected" if how == "reject" else "Waits again"
    lines = [f"{said}: {each.name} {each.title}." for each in now]
    return answer("codebook decide", data_of(now), lines, as_json=as_json)
