"""How a round is told: on a line, and as data."""

from qualcode.domain.rounds import Round


def described(found: Round) -> str:
    """Say how a round stands: `open, blind, unit turn, codebook 3`."""
    codebook = "in force" if found.free else str(found.codebook_version)
    return f"{found.state.value}, {_view(found)}, unit {found.unit.value}, codebook {codebook}"


def _view(found: Round) -> str:
    if not found.blind:
        return "open to view"
    return "blind (unblinded for the lead)" if found.unblinded else "blind"


def round_data(found: Round) -> dict[str, object]:
    """Give what --json says of a round."""
    return {
        "name": found.name,
        "state": found.state.value,
        "blind": found.blind,
        "unblinded": found.unblinded,
        "free": found.free,
        "unit": found.unit.value,
        "codebook_version": found.codebook_version,
    }
