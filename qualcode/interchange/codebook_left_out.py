"""What a file tells of a codebook that has no place here: a sentence a kind, with its count."""

from collections.abc import Iterator, Sequence

from qualcode.domain.display import shortened
from qualcode.domain.findings import Finding
from qualcode.interchange.codebook_fields import SHOWN

_MOST = 6


def left_out(one: str, many: str, names: Sequence[str]) -> Iterator[Finding]:
    """Say what of several things was left out: `Left out: 2 sets of codes (“Fear”, “Hope”).`

    Nothing is said where there is nothing; things without names are counted only.
    """
    yield from told("Left out: ", one, many, names)


def told(lead: str, one: str, many: str, names: Sequence[str]) -> Iterator[Finding]:
    """Say of several things what became of them, with their count and the first names."""
    if names:
        what = one if len(names) == 1 else many
        yield Finding("left out", f"{lead}{len(names)} {what}{_listed(names)}.")


def _listed(names: Sequence[str]) -> str:
    named = list(dict.fromkeys(name for name in names if name.strip()))
    if not named:
        return ""
    shown = ", ".join(f"“{shortened(name, to=SHOWN)}”" for name in named[:_MOST])
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return f" ({shown}{more})"
