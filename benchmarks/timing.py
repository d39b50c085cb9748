"""Timing side by side: what is compared takes turns in one run, and medians are kept."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Job = Callable[[], object]
Side = Callable[[], Job]


def ready(job: Job) -> Side:
    """Take a job that needs nothing laid out anew each time."""
    return lambda: job


def side_by_side(sides: Sequence[Side], *, repeats: int) -> list[float]:
    """Time several jobs in turn, a first round uncounted; give their medians in seconds.

    A side lays out what its job needs, untimed, and gives the job.
    """
    times: list[list[float]] = [[] for _ in sides]
    for turn in range(repeats + 1):
        for taken, side in zip(times, sides, strict=True):
            job = side()
            gc.collect()
            start = time.perf_counter()
            result = job()
            end = time.perf_counter()
            del result
            if turn:
                taken.append(end - start)
    return [statistics.median(taken) for taken in times]


@dataclass(frozen=True, slots=True)
class Targets:
    """At most how many times the other side ours may take: promised, must, ambitious."""

    promise: float | None = None
    must: float | None = None
    ambitious: float | None = None

    def reached(self, ratio: float) -> str:
        """Name the best target that a ratio keeps."""
        named = {"ambitious": self.ambitious, "must": self.must, "promise": self.promise}
        set_ones = {name: most for name, most in named.items() if most is not None}
        kept = (name for name, most in set_ones.items() if ratio <= most)
        return next(kept, "**missed**" if set_ones else "")

    def __str__(self) -> str:
        named = (("promise", self.promise), ("must", self.must), ("ambitious", self.ambitious))
        return " · ".join(f"{name} {most:g}" for name, most in named if most is not None)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: our time and the other side's in seconds, and the targets.

    A row without another side states a bare time. Where something else than time is
    measured, `unit` says what; both sides are in it.
    """

    job: str
    size: str
    ours: float
    other: float | None = None
    against: str = ""
    targets: Targets = Targets()
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times the other side ours takes."""
        return self.ours / self.other if self.other else None
