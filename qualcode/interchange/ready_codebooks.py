"""The codebooks that come with qualcode."""

from importlib.resources import files

from qualcode.interchange.importing import Upload

_PACKAGE = "qualcode_codebooks"
_SUFFIX = ".yaml"


TEMPLATE = "blank"


def ready_names() -> list[str]:
    """List the ready codebooks by name; the template is not one, it wants filling in."""
    names = {entry.name for entry in files(_PACKAGE).iterdir()} - {f"{TEMPLATE}{_SUFFIX}"}
    return sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX))


def ready(name: str) -> Upload:
    """Give a ready codebook's file."""
    file = files(_PACKAGE) / f"{name}{_SUFFIX}"
    return Upload(file.name, file.read_bytes())
