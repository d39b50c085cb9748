"""Importers and exporters, found by their entry points and never by name."""

from functools import cache
from importlib.metadata import entry_points
from typing import cast

from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.interchange.exporting import Exporter
from qualcode.interchange.importing import Importer, Upload


@cache
def importers() -> dict[str, Importer]:
    """Give every installed importer by name."""
    found = sorted(entry_points(group="qualcode.importers"), key=lambda point: point.name)
    return {point.name: cast("Importer", point.load()()) for point in found}


def importer_for(upload: Upload) -> Importer:
    """Find the importer for a file by its ending."""
    fitting = [one for one in importers().values() if upload.suffix in one.suffixes]
    if not fitting:
        known = sorted({suffix for one in importers().values() for suffix in one.suffixes})
        raise ImportRefusedError(
            upload.name,
            f"files ending in “{upload.suffix}” cannot be read."
            if upload.suffix
            else "the name has no ending, so its format is unknown.",
            hint=f"Give it as one of: {', '.join(known)}.",
        )
    return fitting[0]


def exporter_names() -> list[str]:
    """List the installed exporters."""
    return sorted(point.name for point in entry_points(group="qualcode.exporters"))


def exporter(name: str) -> Exporter:
    """Find an exporter by name."""
    found = entry_points(group="qualcode.exporters", name=name)
    if not found:
        raise ExportRefusedError(
            f"There is no export called “{name}”.", hint=f"Known: {', '.join(exporter_names())}."
        )
    return cast("Exporter", next(iter(found)).load()())
