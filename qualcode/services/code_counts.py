"""How often codes are used: each by itself, and with all codes below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Codebook
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, Viewpoint
from qualcode.services.rounds import codebook_in
from qualcode.store.project import Project, View
from qualcode.store.segments import Segment


@dataclass(frozen=True, slots=True)
class Count:
    """How often a code stands: itself, and it or any code below it.

    Counted are passages, each once, however many coders coded it and codes stand on it.
    `sources` is in how many sources the code or any below it stands.
    """

    own: int = 0
    with_below: int = 0
    sources: int = 0

    @property
    def words(self) -> str:
        """Say it in words: `3 passages, 12 with the codes below, in 5 sources`."""
        if not self.with_below:
            return "nowhere yet"
        own = "1 passage" if self.own == 1 else f"{self.own} passages"
        below = f", {self.with_below} with the codes below," if self.with_below > self.own else ""
        sources = "1 source" if self.sources == 1 else f"{self.sources} sources"
        return f"{own}{below} in {sources}"


def counts(project: Project, *, by: Coder, round_name: str | None = None) -> dict[UUID, Count]:
    """Count by code what this person may see: in a round, or with the newest codebook in all.

    The consensus repeats what coders did, so it counts only where nothing of theirs is seen.
    A code that was merged counts with the one it went into; one that is retired otherwise
    counts by itself what is not yet decided anew.
    """
    with project.reading() as view:
        within = view.rounds.named(round_name) if round_name else None
        codebook = codebook_in(view, within) if within else view.codebooks.current()
        return counted(view, codebook, layers_counted(view, by, within), by=by)


def layers_counted(view: View, by: Coder, within: Round | None = None) -> list[Layer]:
    """List the layers a person may count: those of coders, else what was decided."""
    seen = [each.layer for each in view.rounds.layers_seen(Viewpoint(by), within)]
    coders = [layer for layer in seen if not layer.is_consensus]
    if view.segments.tally(Viewpoint(by), coders):
        return coders
    return [layer for layer in seen if layer.is_consensus]


def counted(
    view: View, codebook: Codebook, layers: Sequence[Layer], *, by: Coder
) -> dict[UUID, Count]:
    """Count by code what stands in some layers, as a version of the codebook reads it."""
    tree = CodeTree(codebook)
    if _each_by_itself(codebook, tree):
        tallied = view.segments.tally(Viewpoint(by), layers)
        found = {one: Count(n.passages, n.passages, n.sources) for one, n in tallied.items()}
        every = (*codebook.codes, *codebook.retired)
        return {code.id: found.get(code.id, Count()) for code in every}
    return _rolled_up(codebook, tree, view.segments.by_code(Viewpoint(by), layers))


def _each_by_itself(codebook: Codebook, tree: CodeTree) -> bool:
    """Say whether no code stands under another and none was merged."""
    merged = any(code.id != one for one, code in codebook.by_id().items())
    return not merged and not any(tree.children(code) for code in codebook.codes)


def _rolled_up(
    codebook: Codebook, tree: CodeTree, segments: Mapping[UUID, Sequence[Segment]]
) -> dict[UUID, Count]:
    known = codebook.by_id()
    numbers: dict[tuple[object, ...], int] = {}
    own: dict[UUID, set[int]] = {code.id: set() for code in (*codebook.codes, *codebook.retired)}
    sources: dict[UUID, set[object]] = {one: set() for one in own}
    for made_under, some in segments.items():
        if made_under in known:
            standing = known[made_under].id
            passages = {(source, *stretch) for source, _layer, *stretch in some}
            own[standing].update(numbers.setdefault(each, len(numbers)) for each in passages)
            sources[standing].update(each[0] for each in passages)
    counted = {one: Count(len(mine), len(mine), len(sources[one])) for one, mine in own.items()}
    for code in codebook.codes:
        if tree.children(code):
            branch = [each.id for each in tree.branch(code)]
            below = set().union(*(own[one] for one in branch))
            among = set().union(*(sources[one] for one in branch))
            counted[code.id] = Count(len(own[code.id]), len(below), len(among))
    return counted
