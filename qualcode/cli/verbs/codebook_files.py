"""What the verb export does for the codebook itself: its files, and the card for the wall."""

from pathlib import Path

from qualcode.cli.answer import answer
from qualcode.cli.here import Here
from qualcode.services import codebook_files
from qualcode.services.codebook_files import Written

FORMATS = ("codebook", "card")


def write(
    here: Here,
    what: str,
    path: Path,
    *,
    who: str | None,
    update: bool,
    round_name: str | None,
    as_json: bool,
) -> int:
    """Write the codebook, or the card, and say what the file does not hold."""
    project = here.project()
    by = here.actor(project, who)
    if what == "card":
        done = codebook_files.export_card(project, path, by=by, update=update)
    else:
        done = codebook_files.export_codebook(
            project, path, by=by, update=update, round_name=round_name
        )
    return answer(f"export {what}", _data(done), _lines(done), as_json=as_json)


def _lines(done: Written) -> list[str]:
    lines = [f"Written: {done.path}", _account(done)]
    if done.lost:
        ending = done.path.suffix or "this file"
        lines += ["", f"What {ending} does not give back:", *(f"  {one}" for one in done.lost)]
    return lines


def _account(done: Written) -> str:
    head = f"journal head {done.head[:12]}"
    account = f"Codebook version {done.version}"
    if done.changed is not None:
        account += f" · written anew: {', '.join(done.changed) or 'nothing'}; all else untouched"
    if done.pages:
        account += f" · {done.pages} {'page' if done.pages == 1 else 'pages'}"
    return f"{account} · {head}"


def _data(done: Written) -> dict[str, object]:
    return {
        "file": str(done.path),
        "version": done.version,
        "changed": list(done.changed) if done.changed is not None else None,
        "lost": list(done.lost),
        "pages": done.pages or None,
        "head": done.head,
    }
