"""Loading and reading the codebook."""

from dataclasses import replace
from pathlib import Path

from qualcode.domain.codebook import Codebook, folded
from qualcode.domain.errors import AlreadyThereError, ImportRefusedError, RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import RoundState
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.files import put, take
from qualcode.interchange.importing import Upload
from qualcode.interchange.ready_codebooks import TEMPLATE, ready, ready_names
from qualcode.services.people import lead_only
from qualcode.store.project import Project, Work


def load(project: Project, name: str, *, by: Coder, reason: str = "") -> Codebook:
    """Load a codebook from a file, or one that comes with qualcode, as the next version."""
    lead_only(by, "load a codebook")
    upload = _upload(name)
    read = read_codebook(upload)
    with project.work("codebook load", by=by) as work:
        before = work.codebooks.current()
        read = _with_known_ids(read, before, upload.name)
        if _says_the_same(read, before):
            return before
        codebook = work.codebooks.add(
            read, reason=as_stored(reason).text or f"loaded from {upload.name}"
        )
        _let_rounds_begin(work, codebook)
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


def _with_known_ids(read: Codebook, before: Codebook, file: str) -> Codebook:
    """Let codes that are known by their label stay themselves."""
    known = {folded(code.label): code.id for code in before.codes}
    missing = set(known) - {folded(code.label) for code in read.codes}
    if missing:
        labels = ", ".join(code.label for code in before.codes if folded(code.label) in missing)
        raise RefusedError(
            f"{file} lacks codes that the project has: {labels}.",
            hint="A code in use is never dropped; add it to the file.",
        )
    codes = [replace(code, id=known.get(folded(code.label), code.id)) for code in read.codes]
    return replace(read, codes=tuple(codes))


def _says_the_same(read: Codebook, before: Codebook) -> bool:
    return replace(read, version=before.version) == before


def _let_rounds_begin(work: Work, codebook: Codebook) -> None:
    """Give the first version to rounds that were set up before there was a codebook."""
    for each in work.rounds.all():
        if not each.free and each.codebook_version == 0 and each.state is RoundState.OPEN:
            work.rounds.use_codebook(each, codebook.version)


def codebook(project: Project, version: int | None = None) -> Codebook:
    """Read the codebook: the version in force, or another."""
    with project.reading() as view:
        return view.codebooks.current() if version is None else view.codebooks.version(version)


def write_template(path: Path) -> None:
    """Write a codebook to fill in, with a remark on every field; never over another file."""
    if path.exists():
        raise AlreadyThereError(f"{path} is there already.", hint="Name a new file.")
    put(path, lambda stream: stream.write(ready(TEMPLATE).data))
