"""Which quotations stand: passages that are coded, and those that are proposed as examples."""

from collections.abc import Collection, Iterator
from typing import cast
from uuid import UUID

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import NotFoundError
from qualcode.domain.people import Coder
from qualcode.domain.quotations import is_quotation_id, quotation_id
from qualcode.domain.restructuring import Wording
from qualcode.domain.rounds import Viewpoint
from qualcode.services.passages import passages_seen
from qualcode.store.project import View


def quotations_standing(view: View, codebook: Codebook, *, by: Coder) -> set[str]:
    """Give the ids of the quotations that stand, as far as a person may see them."""
    coded = {one.id for one in passages_seen(view, codebook, by=by)}
    return coded | set(_proposed(view, by))


def examples_must_stand(
    view: View, wording: Wording, *, by: Coder, but: Collection[str] = ()
) -> None:
    """Refuse as an example, `but` for those known before, a quotation a person cannot look at."""
    examples = cast("tuple[str, ...]", wording.get("examples", ()))
    named = [one for one in examples if is_quotation_id(one) and one not in but]
    stand = quotations_standing(view, view.codebooks.current(), by=by) if named else ()
    for one in named:
        if one not in stand:
            raise NotFoundError(
                f"There is no quotation “{one}” that you can look at.",
                hint="Its id stands beside it: qualcode quotes CODE",
            )


def _proposed(view: View, by: Coder) -> Iterator[str]:
    """Give the ids of the passages that stand as the first examples of proposals."""
    layers = [each.layer for each in view.rounds.layers_seen(Viewpoint(by))]
    proposed = view.codings.proposals(Viewpoint(by), layers)
    sources: set[UUID] = {one.source for one in proposed if one.source}
    known = view.sources.by_id(sources)
    texts = view.sources.revisions(list(known.values()))
    for one in proposed:
        if one.source:
            text = texts[one.source]
            turn = text.turn_at(one.range.start)
            yield quotation_id(one.source, turn.number if turn else 0, one.range.of(text.text))
