"""The pages that F1 and `qualcode help` show."""

from importlib.resources import files

from qualcode.domain.errors import NotFoundError

_ORDER = (
    "start",
    "keys",
    "coding",
    "plain",
    "codebook",
    "codebook-files",
    "proposals",
    "redeciding",
    "themes",
    "rounds",
    "assigning",
    "coders",
    "blindness",
    "bundles",
    "joining",
    "server",
    "agreement",
    "word",
    "files",
    "settings",
    "safety",
)


def pages() -> dict[str, str]:
    """Name the pages in reading order, each with its title."""
    return {name: page(name).splitlines()[0].lstrip("# ") for name in _ORDER}


def page(name: str) -> str:
    """Read a page."""
    if name not in _ORDER:
        raise NotFoundError(f"There is no help page “{name}”.", hint=f"Pages: {', '.join(_ORDER)}.")
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
