"""Quotations of a code, and the report that exporters print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode import __version__
from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Memo, MemoOn
from qualcode.domain.errors import RefusedError
from qualcode.domain.lineage import ids_of, in_force
from qualcode.domain.people import Coder
from qualcode.domain.quotations import quotation_id
from qualcode.domain.redeciding import fate, undecided
from qualcode.domain.rounds import CONSENSUS, Layer, Round, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.interchange.exporting import Chapter, Quotation, Remark, Report, Section
from qualcode.services.readings import compared_coders
from qualcode.services.rounds import codebook_in, in_which
from qualcode.services.unblinding import blinding
from qualcode.store.project import Project, View

_Segment = tuple[UUID, tuple[Range, ...]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The layer whose quotations are wanted."""

    round: Round
    layer: Layer
    name: str
    codebook: Codebook


class NamesHeldBackError(RefusedError):
    """A layer was asked for by its coder's name, which is not to be known yet."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"Round {round_name} is blind: whose layer is whose you learn once it is closed.",
            hint=f'To insist, with a reason: qualcode round unblind {round_name} --because "…"',
        )


def chosen(view: View, layer_name: str, round_name: str | None, by: Coder) -> Chosen:
    """Find a layer by the words for it: `consensus`, or a coder's name."""
    if layer_name == CONSENSUS:
        within = view.rounds.named(round_name) if round_name else _last_decided(view, by)
        layer = view.rounds.layer(within, None)
    else:
        coder = view.people.named(layer_name)
        within = in_which(view, coder, round_name)
        layer = view.rounds.layer(within, coder)
        if by.leads and not Viewpoint(by).knows(coder.id, within):
            raise NamesHeldBackError(within.name)
    if layer is None or layer.id not in view.layers_known_to(by):
        raise RefusedError(
            f"There is no layer “{layer_name}” in round {within.name} that you can look at.",
            hint="A consensus begins with a decision: qualcode disagreements",
        )
    return Chosen(within, layer, layer_name, codebook_in(view, within))


def _last_decided(view: View, by: Coder) -> Round:
    """Find the newest round with a consensus that this person may look at."""
    seen = view.rounds.layers_known(Viewpoint(by))
    decided = sorted((one.round for one in seen if one.layer.is_consensus), key=_number)
    if not decided:
        raise RefusedError(
            "Nothing has been decided yet, so there is no consensus.",
            hint="See: qualcode disagreements; or export one coder's layer: --layer NAME",
        )
    return decided[-1]


def _number(within: Round) -> int:
    return within.number


def alone(_codebook: Codebook, code: Code) -> list[Code]:
    """Reach for one code only."""
    return [code]


def with_below(codebook: Codebook, code: Code) -> list[Code]:
    """Reach for a code and all codes below it."""
    return CodeTree(codebook).branch(code)


def quotations(
    project: Project,
    code_name: str,
    *,
    layer_name: str,
    by: Coder,
    reach: Callable[[Codebook, Code], Sequence[Code]] = alone,
    round_name: str | None = None,
    first: int | None = None,
) -> tuple[Code, list[Quotation]]:
    """List the quotations of a code in a layer, each passage once, in order of the sources.

    `reach` says which codes are meant by naming it: `alone`, or `with_below`.
    """
    with project.reading() as view:
        which = chosen(view, layer_name, round_name, by)
        code = _with_quotations(which.codebook, code_name)
        meant = reach(which.codebook, code)
        ids = [one for each in meant for one in ids_of(which.codebook, each)]
        return code, _quoted(view, which, code, ids, by=by, first=first)


def _with_quotations(codebook: Codebook, name: str) -> Code:
    """Find a code in use, or one that is gone and whose codings nobody has decided anew."""
    code = codebook.any_code(name)
    return code if codebook.by_id()[code.id] == code else codebook.code(name)


def _quoted(
    view: View, which: Chosen, code: Code, ids: Sequence[UUID], *, by: Coder, first: int | None
) -> list[Quotation]:
    """Print the quotations under some ids, each segment once, all or the first so many."""
    limit = None if first is None else first * len(ids)  # a segment stands once under each
    found = view.codings.of_codes(Viewpoint(by), ids, [which.layer], first=limit)
    read = in_force(which.codebook, found)
    segments = {(one.source, one.ranges): one for one in reversed(read)}
    sources = list({coding.source for coding in read})
    beside = view.codings.beside(Viewpoint(by), ids, which.layer, sources)
    printer = _Printer(view, which, list(segments.values()), by, under=beside)
    codes = which.codebook.by_id()
    return [
        _beside(printer.quotation(coding), codes[coding.code], code)
        for coding in printer.in_order(segments.values())[:first]
    ]


def _beside(quotation: Quotation, own: Code, code: Code) -> Quotation:
    """Name the code a quotation stands under where that is not the one asked for."""
    others = {*quotation.also_under, own.label} - {code.label}
    return replace(quotation, also_under=tuple(sorted(others)))


def report(
    project: Project, *, layer_name: str, by: Coder, round_name: str | None = None
) -> Report:
    """Gather all quotations of a layer, a chapter a part and a section a code.

    The moment and the journal hash that stamp it are those of the last change this person
    may follow, so that a blind colleague's work does not show in them.
    """
    with project.reading() as view:
        which = chosen(view, layer_name, round_name, by)
        stored = view.codings.of_layers(Viewpoint(by), [which.layer])
        codings = in_force(which.codebook, stored)
        printer = _Printer(view, which, codings, by, under=_codes_by_segment(codings))
        unblinded = blinding(view, which.round) if which.round.unblinded else ""
        about, head = view.about(), view.journal.head(view.layers_known_to(by))
    if head is None:
        raise RefusedError("The project is empty.", hint="Begin: qualcode import FILES")
    return Report(
        project=about.name,
        layer=which.name,
        round=which.round.name,
        codebook=which.codebook,
        chapters=_chapters(which.codebook, printer, codings),
        as_of=head.at,
        head=head.hash,
        program=f"qualcode {__version__}",
        stored=len(stored),
        left_out=_left_out(len(stored) - len(codings)),
        language=about.language,
        blinding=unblinded,
    )


def _left_out(merged: int) -> tuple[str, ...]:
    """Say how many codings read as one with another, since their codes were merged."""
    if not merged:
        return ()
    what = "1 coding stands" if merged == 1 else f"{merged} codings stand"
    return (f"{what} on the same words as another under a code that was merged with theirs.",)


def _chapters(
    codebook: Codebook, printer: "_Printer", codings: Sequence[Coding]
) -> tuple[Chapter, ...]:
    by_code: dict[UUID, list[Coding]] = {}
    for coding in printer.in_order(codings):
        by_code.setdefault(coding.code, []).append(coding)
    sections = [
        (code.part, Section(code, tuple(map(printer.quotation, by_code.get(code.id, [])))))
        for code in codebook.codes
    ]
    for code in undecided(codebook, codings):
        printed = tuple(map(printer.quotation, by_code[code.id]))
        became = f"{fate(codebook, code)}; what stands here is not yet re-decided."
        sections.append((code.part, Section(code, printed, became)))
    parts = codebook.parts
    last = parts[-1].number if parts else 0
    numbers = {part.number for part in parts}
    placed = [(part if part in numbers else last, section) for part, section in sections]
    return tuple(
        Chapter(part, tuple(section for number, section in placed if number == part.number))
        for part in parts
    )


class _Printer:
    """Turns codings into quotations: words, label, locator, and what goes with them.

    The codes that the layer has on the very same words are looked up in `under`.
    """

    def __init__(
        self,
        view: View,
        which: Chosen,
        codings: Sequence[Coding],
        by: Coder,
        *,
        under: Mapping[_Segment, set[UUID]],
    ) -> None:
        wanted = {coding.source for coding in codings}
        self._sources = {one.id: one for one in view.sources.all() if one.id in wanted}
        self._texts = view.sources.revisions(list(self._sources.values()))
        self._codes = which.codebook.by_id()
        codes = (*which.codebook.codes, *which.codebook.retired)
        self._labels = {code.id: code.label for code in codes}
        self._coders = _signed_by(view, which)
        self._groups = {one: _is_group(text) for one, text in self._texts.items()}
        self._under = under
        self._memos = _memos_by_source(view, which, by)
        self._letters = _letters(view, which.round)

    def in_order(self, codings: Iterable[Coding]) -> list[Coding]:
        """Order codings by source and place."""
        return sorted(
            codings, key=lambda one: (self._sources[one.source].position, one.ranges, one.id)
        )

    def quotation(self, coding: Coding) -> Quotation:
        """Print one coding as a quotation."""
        source, text = self._sources[coding.source], self._texts[coding.source]
        turn = text.turn_at(coding.extent.start)
        number = turn.number if turn else 0
        speaker = turn.speaker if turn else ""
        words = coding.words(text.text)
        beside = self._under.get((coding.source, coding.ranges), set())
        under = {self._codes[one].id for one in beside if one in self._codes} - {coding.code}
        return Quotation(
            id=quotation_id(source.id, number, words),
            source=source.name,
            kind=source.kind,
            speaker=speaker,
            label=f"{source.name}, {speaker}" if self._groups[source.id] else source.name,
            locator=f"turn {number}",
            turn=number,
            start=coding.extent.start,
            end=coding.extent.end,
            words=words,
            coders=self._coders,
            also_under=tuple(sorted(self._codes[one].label for one in under)),
            remarks=self._remarks(coding, source),
            made_under=self._labels.get(coding.made_under, ""),
            codebook_version=coding.codebook_version,
        )

    def _remarks(self, coding: Coding, source: Source) -> tuple[Remark, ...]:
        return tuple(
            Remark(self._letters.get(memo.coder, "?"), memo.body, memo.written)
            for memo in self._memos.get(source.id, [])
            if memo.coding == coding.root
            or (memo.coding is None and coding.extent.holds(memo.range))
        )


def _signed_by(view: View, which: Chosen) -> tuple[str, ...]:
    if which.layer.is_consensus:
        return (CONSENSUS,)
    coders = view.people.by_id()
    return tuple(coders[one].name for one in [which.layer.coder] if one is not None)


def _is_group(text: Revision) -> bool:
    """Say whether more than one participant speaks, so that a label has to say who."""
    return len({turn.speaker for turn in text.turns if turn.codable}) > 1


def _codes_by_segment(codings: Iterable[Coding]) -> dict[_Segment, set[UUID]]:
    under: dict[_Segment, set[UUID]] = {}
    for coding in codings:
        under.setdefault((coding.source, coding.ranges), set()).add(coding.code)
    return under


def _memos_by_source(view: View, which: Chosen, by: Coder) -> dict[UUID, list[Memo]]:
    """Give the memos that may be printed: none of others while the round is blind."""
    layers = [
        each.layer
        for each in view.rounds.layers_seen(Viewpoint(by), which.round)
        if each.layer.id == which.layer.id
        or (which.layer.is_consensus and not which.round.sealed_from_view)
    ]
    memos: dict[UUID, list[Memo]] = {}
    for memo in view.codings.memos(Viewpoint(by), layers):
        if memo.source is not None and memo.on in {MemoOn.SEGMENT, MemoOn.CODING}:
            memos.setdefault(memo.source, []).append(memo)
    return memos


def _letters(view: View, within: Round) -> dict[UUID, str]:
    """Give each coder of the round a letter to sign with."""
    coders = compared_coders(view, within)
    return {coder.id: chr(ord("A") + place % 26) for place, coder in enumerate(coders)}
