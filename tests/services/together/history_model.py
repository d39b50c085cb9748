"""What a study is after each step: a plain model, to hold the answers of the program against.

The model knows what the program promises, not how it keeps it. A step either changes something,
and is then one entry of the journal, or nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Told = dict[str, Any]
Words = list[Any]
CONSENSUS = "consensus"


@dataclass(frozen=True)
class Thing:
    """A coding, a read mark or a decision, and the step that made it."""

    made: str
    sort: str
    source: str
    start: int
    end: int
    what: str = ""

    def touches(self, source: str, start: int, end: int) -> bool:
        """Does it share a code point with a stretch?"""
        return self.source == source and self.start < end and start < self.end


Things = frozenset[Thing]
_NOTHING: Things = frozenset()


@dataclass(frozen=True)
class Step:
    """A step that can be undone."""

    kind: str
    layer: str
    added: Things
    retired: Things
    undone: bool = False


@dataclass(frozen=True)
class Fixed:
    """What nobody changes: participants' turns by source, and codes by label."""

    turns: Mapping[str, tuple[tuple[int, int], ...]]
    labels: tuple[str, ...]
    agreed: tuple[str, str]
    """The codes that the first and the second coder put on each disputed turn."""


@dataclass(frozen=True)
class State:
    """A study at one moment."""

    fixed: Fixed
    number: int
    version: int
    names: Mapping[str, str]
    layers: Mapping[str, Things]
    steps: Mapping[str, tuple[Step, ...]]

    def on(self, layer: str, sort: str = "") -> list[Thing]:
        """List what stands in a layer."""
        return [one for one in self.layers.get(layer, _NOTHING) if sort in ("", one.sort)]

    def stepped(self, who: str, step: Step) -> "State":
        """Give what is after a step that can be undone; nothing undone before comes back now."""
        standing = [each for each in self.steps.get(who, ()) if not each.undone]
        return self.with_layer(step.layer, step.added, step.retired).with_steps(
            who, (*standing, step)
        )

    def with_layer(self, layer: str, added: Things, retired: Things) -> "State":
        """Give what is after things were added and retired."""
        now = (self.layers.get(layer, _NOTHING) - retired) | added
        return replace(self, layers={**self.layers, layer: now})

    def with_steps(self, who: str, steps: tuple[Step, ...]) -> "State":
        """Give what is with other steps to undo and redo."""
        return replace(self, steps={**self.steps, who: steps})

    def progress(self, who: str) -> dict[str, list[int]]:
        """Count turns dealt with and codings by source."""
        things = self.on(who)
        return {
            source: [
                sum(any(one.touches(source, *turn) for one in things) for turn in turns),
                sum(one.sort == "coding" and one.source == source for one in things),
            ]
            for source, turns in self.fixed.turns.items()
        }


Outcome = tuple[State, Told]


def apply(state: State, made: str, words: Words) -> Outcome:
    """Put codes on a segment; marks on it give way."""
    who, source, start, end, labels = words
    known = {
        one.what
        for one in state.on(who, "coding")
        if (one.source, one.start, one.end) == (source, start, end)
    }
    new = [label for label in labels if label not in known]
    if not new:
        return state, {"added": []}
    added = frozenset(Thing(made, "coding", source, start, end, label) for label in new)
    marks = (one for one in state.on(who, "mark") if one.touches(source, start, end))
    step = Step("code", who, added, frozenset(marks))
    return state.stepped(who, step), {"added": sorted(new)}


def remove(state: State, _made: str, words: Words) -> Outcome:
    """Take codes off: where they stand on just these words, else where they touch them."""
    who, source, start, end, labels = words
    touching = [
        one
        for one in state.on(who, "coding")
        if (not labels or one.what in labels) and one.touches(source, start, end)
    ]
    found = [one for one in touching if (one.start, one.end) == (start, end)] or touching
    if not found:
        return state, {"refused": "NotFoundError"}
    step = Step("uncode", who, _NOTHING, frozenset(found))
    return state.stepped(who, step), {"removed": sorted([one.start, one.end] for one in found)}


def mark(state: State, made: str, words: Words) -> Outcome:
    """Mark a turn as read, if nothing is on it."""
    who, source, start, end = words
    if any(one.touches(source, start, end) for one in state.on(who)):
        return state, {"marked": 0}
    added = frozenset([Thing(made, "mark", source, start, end)])
    return state.stepped(who, Step("read", who, added, _NOTHING)), {"marked": 1}


def undo(state: State, _made: str, words: Words) -> Outcome:
    """Undo one's last step that stands."""
    (who,) = words
    steps = state.steps.get(who, ())
    place = max((at for at, step in enumerate(steps) if not step.undone), default=None)
    if place is None:
        return state, {"refused": "RefusedError"}
    step = steps[place]
    now = state.with_layer(step.layer, step.retired, step.added)
    return now.with_steps(who, _marked(steps, place, undone=True)), {"step": step.kind}


def redo(state: State, _made: str, words: Words) -> Outcome:
    """Bring back what was undone last."""
    (who,) = words
    steps = state.steps.get(who, ())
    place = min((at for at, step in enumerate(steps) if step.undone), default=None)
    if place is None:
        return state, {"refused": "RefusedError"}
    step = steps[place]
    now = state.with_layer(step.layer, step.added, step.retired)
    return now.with_steps(who, _marked(steps, place, undone=False)), {"step": step.kind}


def _marked(steps: tuple[Step, ...], place: int, *, undone: bool) -> tuple[Step, ...]:
    return (*steps[:place], replace(steps[place], undone=undone), *steps[place + 1 :])


def decide(state: State, made: str, words: Words) -> Outcome:
    """Settle a passage; what was decided on it before gives way."""
    who, source, start, end, outcome, labels = words
    first, second = state.fixed.agreed
    codes: dict[str, list[str]] = {
        "first": [first],
        "second": [second],
        "both": [first, second],
        "neither": [],
        "other": labels,
    }
    added = {Thing(made, "coding", source, start, end, one) for one in codes[outcome]} | {
        Thing(made, "decision", source, start, end, outcome)
    }
    before = [one for one in state.on(CONSENSUS) if one.touches(source, start, end)]
    step = Step("decide", CONSENSUS, frozenset(added), frozenset(before))
    return state.stepped(who, step), {"now": outcome}


def rename(state: State, _made: str, words: Words) -> Outcome:
    """Give a code another name, if it still has the one that was seen."""
    _who, label, seen, name = words
    if state.names[label] != seen:
        return state, {"refused": "ChangedMeanwhileError"}
    version = state.version + 1
    return replace(state, names={**state.names, label: name}, version=version), {"version": version}


STEPS: dict[str, Callable[[State, str, Words], Outcome]] = {
    "apply": apply,
    "remove": remove,
    "mark": mark,
    "undo": undo,
    "redo": redo,
    "decide": decide,
    "rename": rename,
}


def read_desk(state: State, words: Words) -> Told:
    """Say what somebody has on a source."""
    who, source = words
    codings = (one for one in state.on(who, "coding") if one.source == source)
    marks = (one for one in state.on(who, "mark") if one.source == source)
    return {
        "codings": sorted([one.start, one.end, one.what] for one in codings),
        "marks": sorted([one.start, one.end] for one in marks),
    }


def read_progress(state: State, words: Words) -> Told:
    """Say how far somebody is."""
    return state.progress(*words)


def read_counts(state: State, words: Words) -> Told:
    """Say how often each code stands as far as somebody sees: in a blind round, their own."""
    (who,) = words
    layers = [who] if who in state.layers else [one for one in state.layers if one != CONSENSUS]
    things = {
        (one.what, one.source, one.start, one.end)
        for layer in layers
        for one in state.on(layer, "coding")
    }
    own = Counter(label for label, *_place in things)
    sources = Counter(label for label, _source in {(one[0], one[1]) for one in things})
    return {label: [own[label], sources[label]] for label in state.fixed.labels}


def read_codebook(state: State, _words: Words) -> Told:
    """Say how the codes are called."""
    return {"version": state.version, "names": dict(state.names)}


def read_decisions(state: State, _words: Words) -> Told:
    """Say what is decided, by where its passage begins."""
    return {str(one.start): one.what for one in state.on(CONSENSUS, "decision")}


def read_history(state: State, _words: Words) -> Told:
    """Say which entries are the newest five."""
    return {"numbers": list(range(state.number, max(0, state.number - 5), -1))}


READS: dict[str, Callable[[State, Words], Told]] = {
    "read desk": read_desk,
    "read progress": read_progress,
    "read counts": read_counts,
    "read codebook": read_codebook,
    "read decisions": read_decisions,
    "read history": read_history,
}


def beginning(
    fixed: Fixed, *, number: int, names: Mapping[str, str], people: Iterable[str]
) -> State:
    """Give a study in which nobody has done anything yet."""
    return State(fixed, number, 1, names, dict.fromkeys(people, _NOTHING), {})
