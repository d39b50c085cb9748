"""The words of a code's examples, where these are quotation ids."""

from collections.abc import Iterator
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.lineage import ids_of
from qualcode.domain.people import Coder
from qualcode.domain.quotations import is_quotation_id, pieced, quotation_id
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.text import Range
from qualcode.store.project import Project, View


def example_words(project: Project, code: Code, *, by: Coder) -> dict[str, str]:
    """Give, by their ids, the words of the quotations that are examples of a code.

    They are looked for among the code's own passages, coded or proposed, in the layers this
    person may see; an example that is found nowhere there is left out.
    """
    wanted = {one for one in code.examples if is_quotation_id(one)}
    if not wanted:
        return {}
    found: dict[str, str] = {}
    with project.reading() as view:
        for source, turn, words in _passages(view, code, by):
            name = quotation_id(source, turn, words)
            if name in wanted:
                found[name] = words
            if len(found) == len(wanted):
                break
    return found


def _passages(view: View, code: Code, by: Coder) -> Iterator[tuple[UUID, int, str]]:
    """Go through the passages of a code: source, turn and words of each."""
    viewpoint = Viewpoint(by)
    layers = [each.layer for each in view.rounds.layers_seen(viewpoint)]
    ids = ids_of(view.codebooks.current(), code)
    marked: dict[UUID, list[tuple[Range, ...]]] = {}
    for coding in view.codings.of_codes(viewpoint, ids, layers):
        marked.setdefault(coding.source, []).append(coding.ranges)
    for one in view.codings.proposals(viewpoint, layers):
        if one.source is not None:
            marked.setdefault(one.source, []).append((one.range,))
    for source in view.sources.by_id(marked).values():
        revision = view.sources.revision(source)
        for ranges in dict.fromkeys(marked[source.id]):
            turn = revision.turn_at(ranges[0].start)
            words = pieced(each.of(revision.text) for each in ranges)
            yield source.id, turn.number if turn else 0, words
