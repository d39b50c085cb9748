"""Loading and reading the codebook."""

from dataclasses import replace
from pathlib import Path

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import AlreadyThereError, ImportRefusedError
from qualcode.domain.people import Coder
from qualcode.interchange.codebook_file import read_whole
from qualcode.interchange.files import put, take
from qualcode.interchange.importing import Upload
from qualcode.interchange.ready_codebooks import TEMPLATE, ready, ready_names
from qualcode.services.codebook_changes import Changed, keep
from qualcode.services.codebook_taking import met, must_say_why
from qualcode.services.people import lead_only
from qualcode.services.rounds import codebook_as_it_was
from qualcode.store.project import Project


def load(project: Project, name: str, *, by: Coder, reason: str = "") -> Codebook:
    """Load a codebook from a file, or one that comes with qualcode, as the next version."""
    return taken_in(project, name, by=by, reason=reason).codebook


def taken_in(project: Project, name: str, *, by: Coder, reason: str = "") -> Changed:
    """Load a codebook, and say what it changed, and what of the file has no place in one.

    A file that rewords a rule of a code that is there, or retires a code, wants a reason.
    """
    lead_only(by, "load a codebook")
    upload = _upload(name)
    told = read_whole(upload)
    with project.work("codebook load", by=by) as work:
        before = work.codebooks.current()
        read = met(told.codebook, before, upload)
        must_say_why(read, before, upload, reason)
        made = keep(work, before, read, reason=reason.strip() or f"loaded from {upload.name}")
    return replace(made, findings=told.findings)


def _upload(name: str) -> Upload:
    if name in ready_names():
        return ready(name)
    path = Path(name)
    if not path.suffix and not path.exists():
        raise ImportRefusedError(
            name, "there is no such codebook.", hint=f"Ready ones: {', '.join(ready_names())}."
        )
    return take(path)


def codebook(project: Project, version: int | None = None) -> Codebook:
    """Read the codebook: the version in force, or another."""
    with project.reading() as view:
        return view.codebooks.current() if version is None else codebook_as_it_was(view, version)


def write_template(path: Path) -> None:
    """Write a codebook to fill in, with a remark on every field; never over another file."""
    if path.exists():
        raise AlreadyThereError(f"{path} is there already.", hint="Name a new file.")
    put(path, lambda stream: stream.write(ready(TEMPLATE).data))
