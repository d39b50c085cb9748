"""Where the program starts, and where every mishap becomes a sentence."""

import os
import sys
from io import StringIO, TextIOWrapper

import click

from qualcode.cli.answer import NobodyReadsError
from qualcode.cli.crash import note_crash
from qualcode.cli.verbs import VERBS, Verbs
from qualcode.domain.addresses import holds_password
from qualcode.domain.display import visible
from qualcode.domain.errors import QualcodeError, RefusedError

CRASHED = 70
INTERRUPTED = 130

_HELP = """Code interview and focus-group transcripts together, in the terminal.

Without a verb the screens open, or with --plain the line mode. Start with: qualcode demo
"""


@click.group(
    cls=Verbs,
    table=VERBS,
    invoke_without_command=True,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "-p",
    "--project",
    "place",
    envvar="QUALCODE_PROJECT",
    metavar="FILE",
    help="The project: a file or postgresql://… (default: the only *.qualcode here).",
)
@click.option("--as", "coder", envvar="QUALCODE_CODER", metavar="CODER", help="Who you are.")
@click.option(
    "--plain", is_flag=True, help="One line at a time: for a screen reader or a bare terminal."
)
@click.option(
    "--anyway",
    is_flag=True,
    envvar="QUALCODE_ANYWAY",
    help="Write even on a network drive or in a synced folder.",
)
@click.version_option(package_name="qualcode", message="%(prog)s %(version)s")
@click.pass_context
def cli(
    context: click.Context, place: str | None, coder: str | None, *, plain: bool, anyway: bool
) -> int:
    """Keep what every verb needs, and open screens or line mode where no verb was given."""
    from qualcode.cli.here import Here

    context.obj = Here(place, coder, run, anyway)
    if context.invoked_subcommand is not None:
        if plain:
            raise click.UsageError("--plain opens the line mode; it stands without a verb.")
        return 0
    if plain:
        from qualcode.cli.plain.opening import open_plain

        return open_plain(context.obj)
    from qualcode.cli.verbs.screens import open_screens

    return open_screens(context.obj)


def main() -> None:
    """Run the program; its exit status says how it went.

    A letter that the terminal's text encoding lacks is written by its number.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run_as_typed(sys.argv[1:]))


def run_as_typed(words: list[str]) -> int:
    """Run the command line that began the program: everybody at this machine can read it.

    A password in it is refused before anything is done.
    """
    if any(map(holds_password, words)):
        _say(
            "A password on the command line can be read by everybody at this machine.",
            "Leave it out of the address and put it into ~/.pgpass: qualcode help server",
        )
        return RefusedError.exit_status
    return run(words)


def run(words: list[str]) -> int:
    """Run one command line, and give its exit status."""
    try:
        return _exit_status(cli.main(words, prog_name="qualcode", standalone_mode=False))
    except click.ClickException as mishap:
        usage = StringIO()
        mishap.show(usage)
        click.echo(visible(usage.getvalue()), err=True, nl=False)
        return mishap.exit_code
    except QualcodeError as mishap:
        _say(mishap.sentence, mishap.hint)
        return mishap.exit_status
    except (KeyboardInterrupt, click.Abort):
        _say("Stopped; what was done before is kept.", "")
        return INTERRUPTED
    except NobodyReadsError:
        _drop_output()
        return 0
    except Exception as crash:  # noqa: BLE001 - no traceback reaches a coder
        _say("Something went wrong inside qualcode.", f"Your work is safe. {note_crash(crash)}")
        return CRASHED


def _exit_status(answer: object) -> int:
    return answer if isinstance(answer, int) else 0


def _say(sentence: str, hint: str) -> None:
    """Speak to the person, not into the data."""
    click.echo(visible(sentence), err=True)
    if hint:
        click.echo(visible(hint), err=True)


def _drop_output() -> None:
    """Let go of an output that nobody reads any more, such as a pager that was left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
