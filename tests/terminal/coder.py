"""Codes turn after turn, and tells of each coding once it is kept; made to be killed."""

import sys

from qualcode.services import coding, people, projects, sources


def main(place: str) -> None:
    """Go on from the first coding that is not there yet."""
    project = projects.open_at(place)
    seat = coding.take_seat(project, people.named(project, "ada"))
    _source, revision = sources.read(project, "Long")
    for code in seat.codebook.codes:
        for turn in revision.turns:
            if not turn.codable:
                continue
            spot = sources.find(project, f"Long:{turn.number}")
            if coding.apply(project, spot, [code], seat=seat).added:
                sys.stdout.write(f"{turn.number} {code.label}\n")
                sys.stdout.flush()


main(sys.argv[1])
