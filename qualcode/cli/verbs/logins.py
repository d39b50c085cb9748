"""The verb by which coders of a study in a database are given roles."""

import click

from qualcode.cli.answer import answer, as_option, json_option
from qualcode.cli.here import Here
from qualcode.services import logins


@click.command("login", epilog="Example: qualcode coder login ben")
@click.argument("name")
@click.option("--role", default="", help="The role, where it is called otherwise or is there.")
@click.option("--end", is_flag=True, help="Let this coder sign in no more.")
@as_option
@json_option
@click.pass_obj
def coder_login(
    here: Here, name: str, role: str, who: str | None, *, end: bool, as_json: bool
) -> int:
    """Let a coder sign in to the study's database with a role of their own.

    The role sees and writes what the coder may, with any program.
    """
    project = here.project()
    by = here.actor(project, who)
    if end and role:
        raise click.UsageError("--end takes no --role: the coder's own is meant.")
    if end:
        gone = logins.let_out(project, name, by=by)
        lines = [
            f"{name} no longer signs in; the role {gone} reaches nothing of this study.",
            f"The server keeps it until somebody says in psql: DROP ROLE {gone}",
        ]
        return answer("coder login", {"coder": name, "role": None}, lines, as_json=as_json)
    found = logins.let_in(project, name, by=by, role=role)
    lines = [
        f"{found.coder.name} signs in as {found.role}, and then works with:",
        f"  qualcode -p {found.address}",
    ]
    if found.made:
        lines.append(f"The role has no password yet. Set one in psql: \\password {found.role}")
    data = {"coder": found.coder.name, "role": found.role, "made": found.made}
    return answer("coder login", {**data, "address": found.address}, lines, as_json=as_json)
