"""Ready codebooks: those that packages bring, found by entry points.

A package names each of its codebooks in the group `qualcode.codebooks`: the name, and the
package in which the file NAME.yaml lies.
"""

from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files

from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.importing import Upload
from qualcode.interchange.plugins import BROKEN, BrokenPluginError

TEMPLATE = "blank"
_GROUP = "qualcode.codebooks"


def ready_names() -> list[str]:
    """List the ready codebooks by name; the template is not one, it wants filling in."""
    return sorted({point.name for point in entry_points(group=_GROUP)} - {TEMPLATE})


def ready(name: str) -> Upload:
    """Give a ready codebook's file; raise BrokenPluginError where its package lacks it."""
    found = next(iter(entry_points(group=_GROUP, name=name)), None)
    if found is None:
        raise ImportRefusedError(
            name, "there is no such codebook.", hint=f"Ready ones: {', '.join(ready_names())}."
        )
    return Upload(f"{name}.yaml", _file(found))


def _file(point: EntryPoint) -> bytes:
    try:
        return (files(point.value) / f"{point.name}.yaml").read_bytes()
    except BROKEN:
        raise BrokenPluginError(point) from None
