"""Writing a report to a file, and noting in the journal what left."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from qualcode.domain.people import Coder
from qualcode.interchange.exporting import Report, proof_line
from qualcode.interchange.files import put
from qualcode.interchange.plugins import exporter
from qualcode.services.quotations import report
from qualcode.store.project import Project


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
    """Write the quotations of a layer to a file."""
    writer = exporter(format_name)
    made = report(project, layer_name=layer_name, round_name=round_name, by=by)
    put(path, lambda stream: writer.write(made, stream))
    _note(project, format_name, path, made, by)
    printed = sum(1 for _ in made.quotations())
    return Exported(path, made.stored, printed, made.left_out, made.head, proof_line(made))


def _note(project: Project, format_name: str, path: Path, made: Report, by: Coder) -> None:
    """Enter in the journal what left, when and to which file."""
    ids = " ".join(quotation.id for _section, quotation in made.quotations())
    with project.work("export", by=by) as work:
        work.note("format", format_name)
        work.note("layer", made.layer)
        work.note("quotations", len(ids.split()))
        work.note("digest", sha256(ids.encode()).hexdigest())
        work.ledger.say("file", str(path))
        work.ledger.say("quotations", ids)
