"""Deciding anew: which codings a version of the codebook sends back to their coders, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding
from qualcode.domain.lineage import Rules, Why, in_force, merged_since, rule_of


@dataclass(frozen=True, slots=True)
class Doubts:
    """What makes a coding doubtful under a version of the codebook.

    Its code is gone without one successor, or the rule of its code was reworded since. To be
    merged into another code is neither: the coding reads as one of that code, and is doubtful
    if the rule of that was reworded since the merge.

    `codes` are the ids whose codings can be; where it is empty, none is, and nothing has to
    be looked at.
    """

    codebook: Codebook
    rules: Rules
    codes: frozenset[UUID] = field(init=False)
    _known: Mapping[UUID, Code] = field(init=False, repr=False)
    _merged: Mapping[UUID, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = self.codebook.by_id()
        reworded = {code.id for code in self.codebook.codes if self._was_reworded(code)}
        ids = (one for one, code in known.items() if not code.in_use or code.id in reworded)
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "codes", frozenset(ids))
        merged = (one.id for one in self.codebook.retired if known[one.id].id != one.id)
        since = {one: merged_since(self.codebook, self.rules, one) for one in merged}
        object.__setattr__(self, "_merged", since)

    def _was_reworded(self, code: Code) -> bool:
        entries = self.rules.entries.get(code.id, [])
        return any(rule_of(entry) != rule_of(code) for _since, entry in entries)

    def why(self, coding: Coding) -> Why | None:
        """Say why a coding is to be decided anew; None where it stands."""
        if coding.made_under not in self.codes:
            return None
        code = self._known[coding.made_under]
        if not code.in_use:
            return Why.GONE
        return Why.REWORDED if self.by_another_rule(coding) else None

    def by_another_rule(self, coding: Coding) -> bool:
        """Did the code that stands for a coding's read otherwise when the coding came under it?"""
        code = self._known.get(coding.made_under)
        if code is None:
            return False
        return not self.rules.same(code.id, self.since(coding), self.codebook.version)

    def since(self, coding: Coding) -> int:
        """Give the version since which a coding has read as it does: its own, or a later merge."""
        return max(coding.codebook_version, self._merged.get(coding.made_under, 0))

    def among(self, codings: Iterable[Coding]) -> list[Coding]:
        """List the codings, among some, that are to be decided anew."""
        if not self.codes:
            return []
        return [
            each for each in codings if each.made_under in self.codes and self.why(each) is not None
        ]

    def said(self, coding: Coding) -> str:
        """Say in words why a coding is to be decided anew: `TC1A was split into TC1H, TC1I`."""
        why = self.why(coding)
        if why is None:
            return ""
        code = self._known[coding.made_under]
        if why is Why.GONE:
            return fate(self.codebook, code)
        return f"rule of {code.label} reworded since version {self.since(coding)}"

    def in_brief(self, coding: Coding) -> str:
        """Say it in keys, where there is little room: `decide 1a anew: 1h 1i`."""
        why = self.why(coding)
        if why is None:
            return ""
        code = self._known[coding.made_under]
        keys = " ".join(one.key or one.label for one in offered(self.codebook, code))
        among = "reworded" if why is Why.REWORDED else keys
        brief = f"decide {code.key or code.label} anew"
        return f"{brief}: {among}" if among else brief


def offered(codebook: Codebook, code: Code) -> list[Code]:
    """List the codes in use that took the place of a code that is gone, in order."""
    return [] if code.in_use else [one for one in codebook.successors(code) if one.in_use]


def fate(codebook: Codebook, code: Code) -> str:
    """Say what became of a code that is gone: merged, split or retired."""
    labels = [one.label for one in codebook.successors(code)]
    if not labels:
        return f"{code.label} was retired"
    became = "merged into" if len(code.successors) == 1 else "split into"
    return f"{code.label} was {became} {', '.join(labels)}"


def undecided(codebook: Codebook, codings: Iterable[Coding]) -> dict[Code, int]:
    """Count, by code that is gone, the codings that nobody has decided anew, in order.

    Codings count as they read: where codes were merged before they went, once a segment and layer.
    """
    gone = {one: code for one, code in codebook.by_id().items() if not code.in_use}
    waiting = in_force(codebook, [each for each in codings if each.made_under in gone])
    counted = Counter(gone[each.made_under] for each in waiting)
    return dict(sorted(counted.items(), key=lambda one: (one[0].position, one[0].label)))
