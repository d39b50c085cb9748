"""Verbs after which codings read otherwise: merge, split, retire; undo and redo."""

import click

from qualcode.cli.here import Here
from qualcode.cli.verbs.codebook_saying import back_options, change_options, changed, lead
from qualcode.services import codebook_changes, codebook_undo, codebooks
from qualcode.services.codebook_changes import Draft
from qualcode.services.codebook_history import passages_under

_ANEW = "their coders decide anew under this version (qualcode redecide)"


@click.command(
    "merge", epilog='Example: qualcode codebook merge 1e 1f --into 1d --because "one idea"'
)
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
@click.option("--into", required=True, metavar="CODE", help="The code that stays.")
@change_options
def merge(
    here: Here, codes: tuple[str, ...], into: str, who: str | None, reason: str, *, as_json: bool
) -> int:
    """Fold codes into another.

    Their codings read as its own from then on, and each still knows its first code.
    """
    project, by = lead(here, who)
    book = codebooks.codebook(project)
    absorbed = list(dict.fromkeys(book.code(name) for name in codes))
    target = book.code(into)
    passages = passages_under(project, absorbed, by=by)
    made = codebook_changes.merge(project, absorbed, into=target, by=by, reason=reason)
    so = f"they read as {target.title} under this version"
    return changed("merge", made, as_json=as_json, passages=passages, so=so)


@click.command(
    "split",
    epilog='Example: qualcode codebook split 1a --into "Response" --into "Referral" --because "…"',
)
@click.argument("code")
@click.option("--into", multiple=True, required=True, metavar="NAME", help="A new code.")
@click.option("--label", "labels", multiple=True, help="Its label; one for each, in order.")
@click.option("--key", "keys", multiple=True, help="Its key; one for each, in order.")
@change_options
def split(  # noqa: PLR0913 - one argument an option
    here: Here,
    code: str,
    into: tuple[str, ...],
    labels: tuple[str, ...],
    keys: tuple[str, ...],
    who: str | None,
    reason: str,
    *,
    as_json: bool,
) -> int:
    """Put new codes in the place of one.

    Its codings stay until their coders decide anew: qualcode redecide
    """
    for named in (labels, keys):
        if named and len(named) != len(into):
            raise click.UsageError("Give as many labels or keys as new codes, or none")
    blanks = ("",) * len(into)
    drafts = [Draft(*one) for one in zip(into, labels or blanks, keys or blanks, strict=True)]
    project, by = lead(here, who)
    meant = codebooks.codebook(project).code(code)
    passages = passages_under(project, [meant], by=by)
    made = codebook_changes.split(project, meant, drafts, by=by, reason=reason)
    return changed("split", made, as_json=as_json, passages=passages, so=_ANEW)


@click.command("retire", epilog='Example: qualcode codebook retire 1f --because "never needed"')
@click.argument("code")
@change_options
def retire(here: Here, code: str, who: str | None, reason: str, *, as_json: bool) -> int:
    """Take a code out of use; its codings stay.

    Its label and key are never given out again.
    """
    project, by = lead(here, who)
    meant = codebooks.codebook(project).code(code)
    passages = passages_under(project, [meant], by=by)
    made = codebook_changes.retire(project, meant, by=by, reason=reason)
    return changed("retire", made, as_json=as_json, passages=passages, so=_ANEW)


@click.command("undo", epilog="Example: qualcode codebook undo")
@back_options
def undo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Take back your last change to the codebook.

    That is possible until the next round is closed.
    """
    project, by = lead(here, who)
    return changed("undo", codebook_undo.undo(project, by=by), as_json=as_json)


@click.command("redo", epilog="Example: qualcode codebook redo")
@back_options
def redo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Bring back the change undone last."""
    project, by = lead(here, who)
    return changed("redo", codebook_undo.redo(project, by=by), as_json=as_json)
