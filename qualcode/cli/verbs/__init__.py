"""The verbs: what each is called and does; its code is loaded only when it is used."""

from importlib import import_module
from typing import Any, cast

import click

VERBS: dict[str, tuple[str, str]] = {
    "demo": ("demo:demo", "Make a demo study and open it; --no-tui walks the whole job."),
    "tutor": ("tutor:tutor", "Learn the ten keys of the first day; nothing is kept."),
    "init": ("study:init", "Begin a study."),
    "import": ("material:take_in", "Take transcripts and survey answers in."),
    "source": ("material:source", "List sources; show one."),
    "codebook": ("codebook:codebook", "Load, show and change the codebook; propose for it."),
    "theme": ("themes:theme", "Set up themes above codes; review their passages."),
    "coder": ("leaving:coder", "Add, rename and list coders; let them leave, or sign in."),
    "round": ("giving_out:round_", "Set up a round, give out its work; freeze, close, reopen it."),
    "code": ("coding:code", "Apply codes to a turn or a stretch, or from a table."),
    "uncode": ("coding:uncode", "Take codes off."),
    "read": ("coding:read", "Mark as read: nothing applies."),
    "adjust": ("marking:adjust", "Give a coding other words."),
    "flag": ("marking:flag", "Hold words up for the team, or as worth quoting."),
    "memo": ("memos:memo", "Write a memo: on words, a coding, a source, a code, the project."),
    "memos": ("memos:memos", "List memos, or find words in them."),
    "redecide": ("redeciding:redecide", "Decide anew where a code is gone or reads otherwise."),
    "others": ("proposing:others", "List other passages under a code."),
    "show": ("showing:show", "Show a source or a place with what you have on it."),
    "next": ("coding:next_", "Show the next turn you have not dealt with."),
    "undo": ("coding:undo", "Undo your last step."),
    "redo": ("coding:redo", "Bring back the step undone last."),
    "history": ("coding:history", "List what happened."),
    "quotes": ("quoting:quotes", "List the quotations of a code."),
    "agreement": ("results:agreement", "Say how far coders agree, code by code."),
    "disagreements": ("results:disagreements", "List where coders differ."),
    "decide": ("results:decide", "Settle a disagreement."),
    "export": ("exporting:export", "Write quotations, the codebook or its card to a file."),
    "status": ("study:status", "Say what the study holds."),
    "lint": ("linting:lint", "List gaps: codes without rules, themes without quotations."),
    "bundle": ("bundles:bundle", "Pass a coder's share on as a file, and take it back."),
    "project": ("moving:project", "Move the study from a file to a database, or back."),
    "backup": ("study:backup", "Copy the project to a safe place."),
    "check": ("study:check", "Check every text, coding and entry against its fingerprint."),
    "settings": ("settings:settings", "List your own settings, or set one: keys, colours, pauses."),
    "help": ("pages:help_", "Read a help page."),
}


class Verbs(click.Group):
    """A group that knows its verbs by a table and loads one when it is called."""

    def __init__(self, *args: Any, table: dict[str, tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **options)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the verbs in the order of the work."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load a verb."""
        if cmd_name not in self._table:
            return None
        module, _, name = self._table[cmd_name][0].partition(":")
        return cast("click.Command", getattr(import_module(f"{__name__}.{module}"), name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the verbs without loading any."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, words) for verb, (_, words) in self._table.items()])
