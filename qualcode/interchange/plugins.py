"""Importers and exporters, found by their entry points and never by name."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from qualcode.domain.errors import ExportRefusedError, ImportRefusedError, QualcodeError
from qualcode.interchange.codebook_drafts import CodebookImporter
from qualcode.interchange.codebook_exporting import CardExporter, CodebookExporter
from qualcode.interchange.exporting import Exporter
from qualcode.interchange.importing import Importer, Upload

BROKEN = (ImportError, AttributeError, TypeError, ValueError, SyntaxError, NameError, OSError)

_CODEBOOK_IMPORTERS = "qualcode.codebook_importers"
_CODEBOOK_EXPORTERS = "qualcode.codebook_exporters"
_CARD_EXPORTERS = "qualcode.card_exporters"


class BrokenPluginError(QualcodeError):
    """A package that adds a format or a codebook is installed and cannot be used."""

    def __init__(self, point: EntryPoint) -> None:
        package = point.dist.name if point.dist is not None else point.value
        super().__init__(
            f"“{point.name}” of the package {package} cannot be loaded.",
            hint=f"Install {package} again, or take it off; all else works without it.",
        )


def loaded(point: EntryPoint) -> object:
    """Load what an entry point names and make one of it."""
    try:
        return point.load()()
    except BROKEN:
        raise BrokenPluginError(point) from None


@cache
def importers() -> dict[str, Importer]:
    """Give every installed importer by name."""
    found = sorted(entry_points(group="qualcode.importers"), key=lambda point: point.name)
    return {point.name: cast("Importer", loaded(point)) for point in found}


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
    return cast("Exporter", loaded(next(iter(found))))


def codebook_importers() -> list[CodebookImporter]:
    """Give the installed readers of codebooks; one that is broken does not hinder the others."""
    return [cast("CodebookImporter", one) for one in _usable(_CODEBOOK_IMPORTERS)]


def codebook_exporters() -> list[CodebookExporter]:
    """Give the installed writers of codebooks; one that is broken does not hinder the others."""
    return [cast("CodebookExporter", one) for one in _usable(_CODEBOOK_EXPORTERS)]


def card_exporters() -> list[CardExporter]:
    """Give the installed writers of cards for the wall."""
    return [cast("CardExporter", one) for one in _usable(_CARD_EXPORTERS)]


def _usable(group: str) -> list[object]:
    """Load what can be loaded; where nothing can, say of the first why not."""
    usable: list[object] = []
    mishaps: list[BrokenPluginError] = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        try:
            usable.append(loaded(point))
        except BrokenPluginError as mishap:
            mishaps.append(mishap)
    if mishaps and not usable:
        raise mishaps[0]
    return usable
