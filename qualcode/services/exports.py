"""Writing a report to a file, and noting in the journal what left."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj

from qualcode.domain.errors import ExportRefusedError
from qualcode.domain.people import Coder
from qualcode.domain.text import as_stored
from qualcode.interchange.exporting import Report, proof_line
from qualcode.interchange.files import put
from qualcode.interchange.plugins import exporter
from qualcode.services.quotations import chosen, report
from qualcode.store.journal import OUTGOING
from qualcode.store.project import Project, Work


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and the account of what is in it."""

    path: Path
    stored: int
    printed: int
    left_out: tuple[str, ...]
    head: str
    account: str


def export(
    project: Project,
    format_name: str,
    path: Path,
    *,
    layer_name: str,
    by: Coder,
    round_name: str | None = None,
) -> Exported:
    """Write the quotations of a layer to a file, and note in the journal that they left.

    Both or neither: what cannot be noted is not written.
    """
    writer = exporter(format_name)
    spare_the_project(project, path)
    made = report(project, layer_name=layer_name, round_name=round_name, by=by)
    stream = BytesIO()
    writer.write(made, stream)
    stream.seek(0)
    with project.work(OUTGOING, by=by) as work:
        work.about_layer(chosen(work, layer_name, round_name, by).layer.id)
        _note(work, format_name, path, made)
        put(path, lambda file: copyfileobj(stream, file))
    printed = sum(1 for _ in made.quotations())
    return Exported(path, made.stored, printed, made.left_out, made.head, proof_line(made))


def spare_the_project(project: Project, path: Path) -> None:
    """Refuse to write a report over the study itself."""
    kept = Path(project.place)
    if path.exists() and kept.exists() and path.samefile(kept):
        raise ExportRefusedError(
            f"{path} is the project itself; it was not touched.", hint="Name another file."
        )


def _note(work: Work, format_name: str, path: Path, made: Report) -> None:
    """Enter in the journal what left, when and to which file."""
    ids = " ".join(quotation.id for _section, quotation in made.quotations())
    work.note("format", format_name)
    work.note("quotations", len(ids.split()))
    work.note("digest", sha256(ids.encode()).hexdigest())
    work.ledger.say("layer", made.layer)
    work.ledger.say("file", as_stored(str(path)).text)
    work.ledger.say("quotations", ids)
