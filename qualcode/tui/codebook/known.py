"""What the screen knows beside the codebook itself; it is looked up while one reads."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_diff import Change
from qualcode.domain.findings import Finding
from qualcode.domain.linting import lacks
from qualcode.domain.people import Coder
from qualcode.domain.restructuring import LISTS
from qualcode.services import code_counts, proposals, verdicts
from qualcode.services.codebook_desk import Made
from qualcode.services.examples import example_words
from qualcode.services.proposals import ProposalShown
from qualcode.services.proposers import proposers
from qualcode.services.verdicts import ProposalGroup, SideBySide
from qualcode.store.project import Project
from qualcode.tui.codebook.rows import Marks


@dataclass(frozen=True, slots=True)
class About:
    """What an entry tells beside its own words: those of its examples, and who proposed it.

    `examples` gives the words of examples by their quotation ids.
    """

    examples: Mapping[str, str] = field(default_factory=dict)
    proposers: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """Counts and signs, proposals, versions, findings, as they were looked up last.

    `only` is the code whose versions alone are listed; `on` is what one stands on in the list
    beside the codes; `marked` names proposals that are to be joined; `changes` holds what a
    version changed, by its number, once it was looked at, and `about` what was looked up of a
    code; `asked` says of which it is asked since the codebook was read last.
    """

    marks: Marks = field(default_factory=Marks)
    groups: Sequence[ProposalGroup] = ()
    marked: set[str] = field(default_factory=set)
    on: tuple[Hashable, ...] = ()
    versions: Sequence[Made] = ()
    only: Code | None = None
    findings: Sequence[Finding] | None = None
    changes: dict[int, list[Change]] = field(default_factory=dict)
    about: dict[UUID, About] = field(default_factory=dict)
    asked: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written beside the codes, and the proposals there are."""

    marks: Marks
    groups: Sequence[ProposalGroup]


def look_up_about(project: Project, code: Code, coder: Coder) -> About:
    """Look up what an entry tells beside its own words, as far as a person may see it."""
    words = example_words(project, code, by=coder)
    return About(words, proposers(project, code, by=coder))


def look_up(project: Project, codebook: Codebook, coder: Coder) -> Beside:
    """Count the codings a person may see, and list the proposals, open ones to the lead."""
    groups = verdicts.waiting(project, by=coder) if coder.leads else _theirs(project, coder)
    waiting = Counter(
        one.code.id
        for group in groups
        for one in group.proposals
        if one.code is not None and one.verdict is None
    )
    marks = Marks(
        code_counts.counts(project, by=coder),
        {code.id for code in codebook.codes if lacks(code)},
        waiting,
    )
    return Beside(marks, groups)


def _theirs(project: Project, coder: Coder) -> list[ProposalGroup]:
    """List the proposals that a coder may see, each by itself, with the lead's answers."""
    return [_alone(one) for one in proposals.proposals(project, by=coder, answered=True)]


def _alone(shown: ProposalShown) -> ProposalGroup:
    if shown.code is None:
        return ProposalGroup((shown,))
    fields = [
        SideBySide(name, getattr(shown.code, name), ((shown.name, words),))
        for name, words in shown.proposal.wording
    ]
    return ProposalGroup((shown,), shown.code, tuple(fields))


def as_lines(value: str | tuple[str, ...]) -> str:
    """Give the words of a field, each entry of a list on a line."""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def is_list(name: str) -> bool:
    """Say whether a field holds several entries."""
    return name in LISTS
