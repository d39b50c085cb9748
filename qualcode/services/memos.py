"""Memos: written thoughts, on words, codings, sources, codes and the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from qualcode.domain.codebook import Code, folded
from qualcode.domain.codings import Coding, Memo, MemoOn
from qualcode.domain.errors import NotYoursError, PlaceError, RefusedError, UnknownCodeError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Source
from qualcode.domain.text import Range, as_stored
from qualcode.services.coding import Seat, layer_to_write
from qualcode.services.rounds import must_be_in
from qualcode.services.signing import whose
from qualcode.services.sources import Spot
from qualcode.store.codings import Grown
from qualcode.store.journal import NOTING
from qualcode.store.project import Project, View, Work

On = Spot | Coding | Source | Code | None
_NOWHERE = Range(0, 0)


def write(project: Project, body: str, *, seat: Seat, on: On = None) -> Memo:
    """Write a memo on a segment, a coding of one's own, a source or a code; else on the project."""
    body = _words_of(body)
    with project.work("memo", by=seat.coder) as work:
        hook = _hook(work, seat, on)
        places = [(hook.source, hook.revision)] if hook.source and hook.revision else []
        return _written(work, seat, layer_to_write(work, seat, places), hook, on, body)


def note(project: Project, body: str, *, seat: Seat, on: On = None) -> Memo:
    """Write a memo for the next round; one that is frozen or closed takes it as well."""
    body = _words_of(body)
    with project.work(NOTING, by=seat.coder) as work:
        within = work.rounds.with_id(seat.round.id)
        if within.free:
            raise RefusedError(
                f"After round {within.name} there is no next one.", hint="Write a memo."
            )
        must_be_in(within, seat.coder)
        layer = work.rounds.own_layer(within, seat.coder)
        work.in_layer(layer)
        return _written(work, seat, layer, _hook(work, seat, on), on, body)


def _words_of(body: str) -> str:
    if not body.strip():
        raise RefusedError("The memo is empty.", hint="Nothing was written.")
    return as_stored(body.strip()).text


def _written(work: Work, seat: Seat, layer: Layer, hook: "_Hook", on: On, body: str) -> Memo:
    if isinstance(on, Coding) and on.layer != layer.id:
        raise NotYoursError
    memo = Memo(
        new_id(),
        seat.coder.id,
        layer.id,
        hook.source.id if hook.source else None,
        hook.revision,
        hook.range,
        hook.coding,
        body,
        datetime.now(UTC),
        hook.code,
    )
    work.changes.add_memos([memo])
    return memo


@dataclass(frozen=True, slots=True)
class _Hook:
    """What a memo hangs on, as far as it is stored."""

    source: Source | None = None
    revision: UUID | None = None
    range: Range = _NOWHERE
    coding: UUID | None = None
    code: UUID | None = None


def _hook(work: Work, seat: Seat, on: On) -> _Hook:
    if isinstance(on, Spot):
        if on.range.length == 0:
            raise PlaceError("There are no words here.", hint="Write on the source, or on words.")
        return _Hook(on.source, on.revision.id, on.range)
    if isinstance(on, Coding):
        source = work.sources.by_id([on.source])[on.source]
        return _Hook(source, on.revision, on.extent, on.root)
    if isinstance(on, Source):
        return _Hook(on, on.revision)
    if isinstance(on, Code):
        if on.id not in seat.codebook.by_id():
            raise UnknownCodeError(on.label)
        return _Hook(code=on.id)
    return _Hook()


@dataclass(frozen=True, slots=True)
class MemoShown:
    """A memo with what it hangs on.

    `on` says that in words (`TC1B Negatives on FG2:4`), `place` as it can be typed, if it is
    one; `words` are those it hangs on. `who` is empty for one's own; in a sealed round it is
    a letter.
    """

    memo: Memo
    on: str
    place: str
    words: str
    who: str
    source: Source | None
    code: Code | None


def memos(project: Project, *, by: Coder, find: str = "") -> list[MemoShown]:
    """List the memos this person may see, the newest first; `find` is looked for in each.

    What is found stands in the memo or in the words for what it hangs on; case and accents
    make no difference.
    """
    with project.reading() as view:
        shown = _Shown(view, by)
        wanted = folded(find)
        found = [shown.memo(each) for each in shown.newest_first]
        return [each for each in found if wanted in folded(f"{each.memo.body} {each.on}")]


class _Shown:
    """Looks up what memos hang on."""

    def __init__(self, view: View, by: Coder) -> None:
        self._view = view
        self._by = by
        self._seen = {each.layer.id: each for each in view.rounds.layers_seen(Viewpoint(by))}
        layers: list[Layer] = [each.layer for each in self._seen.values()]
        found = view.codings.memos(Viewpoint(by), layers)
        self.newest_first = sorted(found, key=lambda memo: (memo.written, memo.id), reverse=True)
        self._people = view.people.by_id()
        self._sources = view.sources.by_id({memo.source for memo in found if memo.source})
        self._codes: Mapping[UUID, Code] = view.codebooks.current().by_id()
        roots = list({memo.coding for memo in found if memo.coding})
        self._codings = view.codings.grown_from(Viewpoint(by), layers, roots)

    def memo(self, memo: Memo) -> MemoShown:
        """Show a memo: on a coding, where that stands now."""
        grown = self._codings.get(memo.coding) if memo.coding else None
        stretch = grown.coding.extent if grown and grown.stands else memo.range
        code = self._codes.get(grown.coding.code if grown else memo.code or memo.id)
        source = self._sources[memo.source] if memo.source else None
        place = words = ""
        if memo.revision and stretch.length:
            passage = self._view.sources.passage(memo.revision, stretch)
            place, words = passage.place, passage.words
        who = whose(self._seen[memo.layer].round, self._people[memo.coder], by=self._by)
        on = place or (source.name if source else "")
        return MemoShown(memo, _said(memo, on, code, grown), place, words, who, source, code)


def _said(memo: Memo, place: str, code: Code | None, grown: Grown | None) -> str:
    if memo.on is MemoOn.PROJECT:
        return "the project"
    title = code.title if code else ""
    if memo.on is MemoOn.CODE:
        return title
    if memo.on is MemoOn.CODING:
        gone = "" if grown and grown.stands else ", taken off since"
        return f"{title} on {place}{gone}"
    return place
