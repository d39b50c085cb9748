"""Loading and reading the codebook."""

from dataclasses import replace
from pathlib import Path

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import AlreadyThereError, ImportRefusedError
from qualcode.domain.people import Coder
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.files import put, take
from qualcode.interchange.importing import Upload
from qualcode.interchange.ready_codebooks import TEMPLATE, ready, ready_names
from qualcode.services.codebook_taking import met
from qualcode.services.people import lead_only
from qualcode.services.rounds import let_rounds_begin
from qualcode.store.project import Project


def load(project: Project, name: str, *, by: Coder, reason: str = "") -> Codebook:
    """Load a codebook from a file, or one that comes with qualcode, as the next version."""
    lead_only(by, "load a codebook")
    upload = _upload(name)
    read = read_codebook(upload)
    with project.work("codebook load", by=by) as work:
        before = work.codebooks.current()
        read = met(read, before, upload)
        if _says_the_same(read, before):
            return before
        codebook = work.codebooks.add(
            read, reason=as_stored(reason).text or f"loaded from {upload.name}"
        )
        let_rounds_begin(work, before, codebook)
    return codebook


def _upload(name: str) -> Upload:
    if name in ready_names():
        return ready(name)
    path = Path(name)
    if not path.suffix and not path.exists():
        raise ImportRefusedError(
            name, "there is no such codebook.", hint=f"Ready ones: {', '.join(ready_names())}."
        )
    return take(path)


def _says_the_same(read: Codebook, before: Codebook) -> bool:
    return replace(read, version=before.version) == before


def codebook(project: Project, version: int | None = None) -> Codebook:
    """Read the codebook: the version in force, or another."""
    with project.reading() as view:
        return view.codebooks.current() if version is None else view.codebooks.version(version)


def write_template(path: Path) -> None:
    """Write a codebook to fill in, with a remark on every field; never over another file."""
    if path.exists():
        raise AlreadyThereError(f"{path} is there already.", hint="Name a new file.")
    put(path, lambda stream: stream.write(ready(TEMPLATE).data))
