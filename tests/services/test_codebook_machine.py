"""Whatever leads and coders do, in any order: tables, services, journal and a simple model agree.

The long run is 200 runs of 50 steps: pytest -m long tests/services/test_codebook_machine.py
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_diff import replayed
from qualcode.domain.errors import QualcodeError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.restructuring import Place
from qualcode.services import (
    agreement,
    codebook_changes,
    codebook_undo,
    codebooks,
    coding,
    history,
    people,
    projects,
    proposals,
    rounds,
    sources,
    verdicts,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.safekeeping import check
from qualcode.store.layered import CodingRow
from qualcode.store.project import Project
from tests.conftest import Server
from tests.services.codebook_model import Entry, Model, modelled, placed, read_all

PICK = st.integers(0, 99)
PLACES = ["ANNA:2", "ANNA:4", "ANNA:6", "BEA:2", "FG1:3"]


class Living(RuleBasedStateMachine):
    """A lead changes the codebook, coders code and propose, and everything is looked at."""

    begun: Callable[[], str]
    _numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.project: Project = projects.open_at(type(self).begun())
        self.lead = people.named(self.project, "lead")
        self.coders = [people.named(self.project, name) for name in "ab"]
        self.spots = [sources.find(self.project, place) for place in PLACES]
        self.model = modelled(self.book)
        self.rows: dict[UUID, UUID] = {}
        self.steps = 0
        self.done: list[tuple[int, Model]] = [(1, self.model)]
        self.undone: list[tuple[int, Model]] = []

    def teardown(self) -> None:
        assert check(self.project) == []
        self.project.close()

    @property
    def book(self) -> Codebook:
        return codebooks.codebook(self.project)

    def pick(self, number: int) -> Code | None:
        """Pick a code in use."""
        codes = self.book.codes
        return codes[number % len(codes)] if codes else None

    def fresh(self) -> Draft:
        """Draft a code with names of its own."""
        number = next(self._numbers)
        return Draft(f"Code {number}", f"N{number}", f"n{number}")

    def act(self, change: Callable[[], object], then: Callable[[], Model]) -> None:
        """Do something to the codebook, and the same to the model if it was not refused."""
        before = self.book
        try:
            change()
        except QualcodeError:
            assert self.book == before
            return
        if self.book.version > before.version:
            self.model = then()
            self.done.append((self.book.version, self.model))
            self.undone.clear()

    def newest(self, known: Codebook) -> list[Code]:
        """Give the codes that came since, as the services have them."""
        ids = {code.id for code in (*known.codes, *known.retired)}
        return [code for code in self.book.codes if code.id not in ids]

    def with_new(self, before: Codebook) -> Model:
        """Enter the codes that came since into the model, without a place yet."""
        entries = dict(self.model.entries)
        for code in self.newest(before):
            entries[code.id] = Entry(code.label, code.key, 0, None)
        return self.model.changed(entries=entries)

    # the lead

    @rule(at=PICK, how=st.sampled_from(["under", "before", "after"]))
    def add(self, at: int, how: str) -> None:
        before, beside = self.book, self.pick(at)
        place = Place(part=1) if beside is None else placed(how, beside.label)
        self.act(
            lambda: codebook_changes.add(self.project, self.fresh(), place, by=self.lead),
            lambda: self.with_new(before).put(
                [code.id for code in self.newest(before)], place, self.model.named
            ),
        )

    @rule(one=PICK, what=st.sampled_from(["label", "key", "both"]))
    def rename(self, one: int, what: str) -> None:
        code, draft = self.pick(one), self.fresh()
        if code is None:
            return
        names = {"label": draft.label, "key": draft.key}
        wanted = {name: words for name, words in names.items() if what in {name, "both"}}

        def then() -> Model:
            entry = self.model.entries[code.id]
            label, key = (wanted.get(what, getattr(entry, what)) for what in ("label", "key"))
            now = replace(entry, label=label, key=key)
            return self.model.changed(entries={**self.model.entries, code.id: now})

        self.act(lambda: codebook_changes.rename(self.project, code, by=self.lead, **wanted), then)

    @rule(one=PICK, to=PICK, how=st.sampled_from(["under", "before", "after", "part"]))
    def move(self, one: int, to: int, how: str) -> None:
        code, other = self.pick(one), self.pick(to)
        if code is None or other is None:
            return
        place = Place(part=to % 2 + 1) if how == "part" else placed(how, other.label)
        self.act(
            lambda: codebook_changes.move(self.project, code, place, by=self.lead),
            lambda: self.model.put(self.model.below(code.id), place, self.model.named),
        )

    @rule(ones=st.lists(PICK, min_size=1, max_size=3), into=PICK)
    def merge(self, ones: list[int], into: int) -> None:
        picked = [code for one in ones if (code := self.pick(one)) is not None]
        absorbed, target = list(dict.fromkeys(picked)), self.pick(into)
        if target is None:
            return
        self.act(
            lambda: codebook_changes.merge(
                self.project, absorbed, into=target, by=self.lead, reason="The same."
            ),
            lambda: self.model.merged([code.id for code in absorbed], target.id),
        )

    @rule(one=PICK, parts=st.integers(2, 3))
    def split(self, one: int, parts: int) -> None:
        before, code = self.book, self.pick(one)
        if code is None:
            return
        drafts = [self.fresh() for _ in range(parts)]

        def then() -> Model:
            by_label = {each.label: each.id for each in self.newest(before)}
            new = [by_label[draft.label] for draft in drafts]
            after = self.with_new(before).lifted(code.id)
            for each in reversed(new):
                after = after.put([each], Place(after=code.label), self.model.named)
            return after.gone({code.id: tuple(new)})

        self.act(
            lambda: codebook_changes.split(
                self.project, code, drafts, by=self.lead, reason="Two things."
            ),
            then,
        )

    @rule(one=PICK)
    def retire(self, one: int) -> None:
        code = self.pick(one)
        if code is None:
            return
        self.act(
            lambda: codebook_changes.retire(self.project, code, by=self.lead, reason="Never used."),
            lambda: self.model.lifted(code.id).gone({code.id: ()}),
        )

    @rule(one=PICK, words=st.sampled_from(["One.", "Two.", "Three."]))
    def reword(self, one: int, words: str) -> None:
        code = self.pick(one)
        if code is None:
            return
        self.act(
            lambda: codebook_changes.reword(
                self.project, code, {"description": words}, by=self.lead, reason="Clearer."
            ),
            lambda: self.model,
        )

    @rule()
    def undo(self) -> None:
        self.step(codebook_undo.undo, self.done[-2][1] if len(self.done) > 1 else None, back=True)

    @rule()
    def redo(self) -> None:
        self.step(codebook_undo.redo, self.undone[-1][1] if self.undone else None, back=False)

    def step(self, how: Callable[..., object], wanted: Model | None, *, back: bool) -> None:
        """Go one step back or forth; codes somebody has used stay behind, retired."""
        known = self.book
        try:
            how(self.project, by=self.lead)
        except RefusedError:
            assert wanted is None or not back  # a proposal can have another answer by now
            assert self.book == known
            return
        assert wanted is not None
        (self.undone if back else self.done).append((self.done if back else self.undone).pop())
        entries = dict(wanted.entries)
        with self.project.reading() as view:
            mine = [one for one in self.model.entries if one not in entries]
            used = view.codebooks.applied(mine)
        now = modelled(self.book)
        kept = {one for one in now.entries if one not in entries}
        assert used <= kept <= set(mine)
        assert all(not now.entries[one].in_use for one in kept)
        entries.update({one: now.entries[one] for one in kept})
        self.model = Model(entries, wanted.order)

    # coders

    @rule(
        who=st.integers(0, 1),
        at=PICK,
        ones=st.lists(PICK, min_size=1, max_size=3),
        free=st.booleans(),
    )
    def code(self, who: int, at: int, ones: list[int], free: bool) -> None:
        seat = coding.take_seat(self.project, self.coders[who], "free" if free else "r1")
        codes = seat.codebook.codes
        if codes:
            newest = sorted(codes, key=lambda code: code.id)[-2:]
            among = newest if at % 2 else codes
            wanted = [among[one % len(among)] for one in ones]
            coding.apply(self.project, self.spots[at % len(self.spots)], wanted, seat=seat)
            self.rows = self.live()

    @rule(who=st.integers(0, 1), at=PICK)
    def take_off(self, who: int, at: int) -> None:
        seat = coding.take_seat(self.project, self.coders[who], "free")
        spot = self.spots[at % len(self.spots)]
        desk = coding.desk_of(self.project, spot.source, seat=seat)
        if desk.codings:
            mine = desk.codings[at % len(desk.codings)]
            coding.take_off(self.project, [mine], seat=seat)
            after = coding.desk_of(self.project, spot.source, seat=seat)
            assert len(after.codings) == len(desk.codings) - 1
            self.rows = self.live()

    @rule(who=st.integers(0, 1))
    def step_back(self, who: int) -> None:
        with suppress(RefusedError):
            history.undo(self.project, by=self.coders[who])
        self.rows = self.live()

    @rule()
    def take_up(self) -> None:
        with suppress(RefusedError):
            rounds.take_up(self.project, "r1", by=self.lead)

    # proposing and deciding

    @rule(who=st.integers(0, 1), at=PICK)
    def propose_code(self, who: int, at: int) -> None:
        seat = coding.take_seat(self.project, self.coders[who], "free")
        number = next(self._numbers)
        spot = self.spots[at % len(self.spots)]
        proposals.propose_code(self.project, Draft(f"Wish {number}"), seat=seat, spot=spot)

    @rule(who=st.integers(0, 1), one=PICK, words=st.sampled_from(["Four.", "Five."]))
    def propose_wording(self, who: int, one: int, words: str) -> None:
        code = self.pick(one)
        seat = coding.take_seat(self.project, self.coders[who], "free")
        if code is not None:
            with suppress(QualcodeError):
                proposals.propose_wording(
                    self.project, code, {"description": words}, seat=seat, reason="Clearer."
                )

    @rule(one=PICK, take=st.booleans())
    def decide(self, one: int, take: bool) -> None:
        open_ = [
            each for each in proposals.proposals(self.project, by=self.lead) if each.verdict is None
        ]
        if not open_:
            return
        chosen = open_[one % len(open_)]
        if not take:
            verdicts.reject(self.project, [chosen.name], by=self.lead, reason="No.")
            return
        before, draft = self.book, self.fresh()
        rewords = chosen.proposal.rewords
        place = None if rewords else Place(part=1)
        self.act(
            lambda: verdicts.accept(
                self.project,
                [chosen.name],
                by=self.lead,
                draft=None if rewords else draft,
                at=place,
                reason="Yes.",
            ),
            lambda: (
                self.model
                if place is None
                else self.with_new(before).put(
                    [code.id for code in self.newest(before)], place, self.model.named
                )
            ),
        )

    # what always holds

    def live(self) -> dict[UUID, UUID]:
        """Give the code of every coding row that stands, by its id."""
        with self.project.reading() as view:
            query = select(CodingRow.id, CodingRow.code_id).where(CodingRow.retired_in.is_(None))
            return {row.id: row.code_id for row in view.session.execute(query)}

    @invariant()
    def the_model_is_what_the_services_give(self) -> None:
        now = modelled(self.book)
        assert now.order == self.model.order
        assert now.entries == self.model.entries
        assert [code.position for code in self.book.codes] == list(range(1, len(now.order) + 1))

    @invariant()
    def the_journal_tells_the_same(self) -> None:
        with self.project.reading() as view:
            notes = [
                cast("dict[str, Any]", entry.touched["codebook"])
                for entry in view.journal.entries()
                if "codebook" in entry.touched
            ]
            kept: dict[str, dict[str, object]] = {}
            for note in notes:
                kept = replayed(kept, note["changes"])
        for fields in kept.values():
            if fields["state"] == "retired":
                fields["position"] = None
        assert kept == self.model.structure()

    @invariant()
    def no_coding_is_lost_or_moved(self) -> None:
        assert self.live() == self.rows

    @invariant()
    def everything_can_be_read(self) -> None:
        """Look at it all at every third step."""
        self.steps += 1
        if self.steps % 3:
            return
        for coder in self.coders:
            read_all(self.project, coder, self.spots[2:])
        agreement.measure(self.project, "r1", by=self.lead)
        history.history(self.project, by=self.lead, newest=3)


@pytest.fixture
def copy(
    choir: Path, engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Give the way to another copy of the choir study, each in a place of its own."""
    bases: list[str] = []

    def in_a_file() -> str:
        return str(shutil.copy(choir, tmp_path / f"{new_id()}.qualcode"))

    def in_a_base() -> str:
        drop()
        name, address = server.new_database(like=server.filled(choir))
        bases.append(name)
        return address

    def drop() -> None:
        while bases:
            server.run(f"DROP DATABASE {bases.pop()} WITH (FORCE)")

    if engine == "sqlite":
        yield in_a_file
        return
    server: Server = request.getfixturevalue("server")
    yield in_a_base
    drop()


@pytest.mark.parametrize(
    ("runs", "steps"), [(15, 20), pytest.param(200, 50, marks=pytest.mark.long)]
)
def test_model_tables_and_journal_agree_whatever_is_done(
    copy: Callable[[], str], runs: int, steps: int
) -> None:
    Living.begun = staticmethod(copy)
    run_state_machine_as_test(
        Living,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
