"""One of many at a study: codes word after word in five sources, or looks on, and tells of it.

Run as a program: PLACE CODER HOW-MANY FIRST EVERY. Of the words it takes every EVERYth from FIRST;
with none to code, it reads as a screen does that shows what is new, until it is told to stop.
"""

import json
import select
import sys
import time
from collections.abc import Iterator, Sequence

from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services import coding, people, projects, sources
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.project import Project

READ_EVERY = 10
"""After so many codings a turn that nobody codes is marked as read."""
CODED_TURNS = 60
"""Participants' turns of each source whose words are coded; the others are only read."""

Text = tuple[Source, Revision]


def words_of(text: Text) -> Iterator[Spot]:
    """Go through the words of the turns that are coded."""
    source, revision = text
    for turn in [turn for turn in revision.turns if turn.codable][:CODED_TURNS]:
        start = turn.start
        for word in revision.text[turn.start : turn.end].split(" "):
            yield Spot(source, revision, Range(start, start + len(word)))
            start += len(word) + 1


def to_read(texts: Sequence[Text]) -> Iterator[Spot]:
    """Go through the turns that are only read."""
    for source, revision in texts:
        for turn in [turn for turn in revision.turns if turn.codable][CODED_TURNS:]:
            yield Spot(source, revision, turn.range)


def code(project: Project, seat: Seat, many: int, first: int, every: int) -> None:
    """Code so many words, and print each coding once it is kept."""
    texts = [sources.read(project, each.name) for each in sources.sources(project)]
    spots = [spot for row in zip(*map(words_of, texts), strict=True) for spot in row]
    unread, codes = to_read(texts), seat.codebook.codes
    _wait_for_the_start()
    for number in range(many):
        spot, wanted = spots[first + number * every], codes[number % len(codes)]
        begun = time.monotonic()
        done = coding.apply(project, spot, [wanted], seat=seat)
        took = time.monotonic() - begun
        labels = [each.label for each in done.added]
        _say({"source": spot.source.name, "range": done.spot.range, "codes": labels, "took": took})
        if number % READ_EVERY == 0 and first == 0:
            coding.mark_read(project, [next(unread)], seat=seat)


def look_on(project: Project, seat: Seat) -> None:
    """Read what is new, again and again, until a line comes."""
    source = sources.sources(project)[0]
    _wait_for_the_start()
    while not select.select([sys.stdin], [], [], 0)[0]:
        begun = time.monotonic()
        entries = project.changes_seen()
        desk = coding.desk_of(project, source, seat=seat)
        coding.progress(project, seat=seat)
        took = time.monotonic() - begun
        _say({"entries": entries, "codings": len(desk.codings), "took": took})


def _wait_for_the_start() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(place: str, name: str, many: int, first: int, every: int) -> None:
    """Sit down, and code or look on."""
    project = projects.open_at(place)
    seat = coding.take_seat(project, people.named(project, name), "r1")
    if many:
        code(project, seat, many, first, every)
    else:
        look_on(project, seat)
    project.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
