"""How far each layer has come, after whatever was done."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import text

from qualcode.domain.codings import Coding, ReadMark
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.text import Range
from qualcode.store.progress import recount, touched_count
from tests.store.conftest import Study

LABELS = ("TC1A", "TC1B", "TC2A")
Row = tuple[str, tuple[Range, ...]]


@dataclass
class Model:
    """What one coder must have: the simplest program that could be right."""

    rows: frozenset[Row] = frozenset()
    done: list[frozenset[Row]] = field(default_factory=list)
    undone: list[frozenset[Row]] = field(default_factory=list)

    def step(self, rows: frozenset[Row]) -> None:
        """Take a step; one that changes nothing is none."""
        if rows != self.rows:
            self.step_over(rows)

    def step_over(self, rows: frozenset[Row]) -> None:
        """Take a step, whether it shows or not."""
        self.done.append(self.rows)
        self.undone.clear()
        self.rows = rows

    def undo(self) -> bool:
        """Go a step back."""
        if not self.done:
            return False
        self.undone.append(self.rows)
        self.rows = self.done.pop()
        return True

    def redo(self) -> bool:
        """Go a step forth."""
        if not self.undone:
            return False
        self.done.append(self.rows)
        self.rows = self.undone.pop()
        return True


@dataclass
class Driver:
    """Does at random what coders do, in the project and in a model of each coder."""

    study: Study
    chance: random.Random
    models: dict[Coder, Model] = field(default_factory=dict)

    def stretch(self) -> Range:
        """Choose some words."""
        length = len(self.study.text)
        start = self.chance.randrange(length - 1)
        return Range(start, self.chance.randrange(start + 1, min(length, start + 60) + 1))

    def ranges(self) -> tuple[Range, ...]:
        """Choose one stretch, or two apart."""
        first = self.stretch()
        second = self.stretch()
        apart = first.end < second.start and self.chance.random() < 0.5
        return (first, second) if apart else (first,)

    def code(self, who: Coder) -> None:
        """Add one to three codings in one step."""
        places = [
            (self.chance.choice(LABELS), self.ranges()) for _ in range(self.chance.randint(1, 3))
        ]
        self.study.add(who, *(self.study.coding(who, label, *them) for label, them in places))
        self.models[who].step(self.models[who].rows | set(places))

    def code_many(self, who: Coder) -> None:
        """Add so many codings in one step that the source is counted anew."""
        places = [(self.chance.choice(LABELS), self.ranges()) for _ in range(9)]
        self.study.add(who, *(self.study.coding(who, label, *them) for label, them in places))
        self.models[who].step(self.models[who].rows | set(places))

    def swap(self, who: Coder) -> None:
        """Take some rows off and put others on in one step, one of which does not stay."""
        desk = self.study.desk(who)
        there: list[Coding | ReadMark] = [*desk.codings, *desk.marks]
        gone = self.chance.sample(there, k=min(len(there), self.chance.randint(0, 2)))
        names = {self.named(row) for row in gone}
        passing = self.study.coding(who, LABELS[0], self.stretch())
        new = self.study.mark(who, self.stretch())
        layer = self.study.layer(who)
        with self.study.project.work("code", by=who) as work:
            work.in_layer(layer)
            for row in gone:
                sort = "read_mark" if isinstance(row, ReadMark) else "coding"
                work.changes.retire(sort, [row])
            work.changes.add_marks([new])
            if work.changes.add_codings([passing]):
                work.changes.retire("coding", [passing])
            is_step = not work.ledger.empty
        rows = (self.models[who].rows - names) | {self.named(new)}
        if is_step:
            self.models[who].step_over(rows)

    def code_again(self, who: Coder) -> None:
        """Add what is there already."""
        there = self.study.desk(who).codings
        if there:
            self.study.add(who, replace(self.chance.choice(there), id=new_id()))

    def mark(self, who: Coder) -> None:
        """Mark words as read."""
        stretch = self.stretch()
        self.study.add(who, self.study.mark(who, stretch))
        self.models[who].step(self.models[who].rows | {("read", (stretch,))})

    def remove(self, who: Coder) -> None:
        """Take some codings and marks off."""
        desk = self.study.desk(who)
        there: list[Coding | ReadMark] = [*desk.codings, *desk.marks]
        if not there:
            return
        gone = self.chance.sample(there, k=self.chance.randint(1, min(3, len(there))))
        self.study.retire(who, *gone)
        self.models[who].step(self.models[who].rows - {self.named(row) for row in gone})

    def undo(self, who: Coder) -> None:
        """Undo."""
        assert self.study.undo(who) == self.models[who].undo()

    def redo(self, who: Coder) -> None:
        """Redo."""
        assert self.study.redo(who) == self.models[who].redo()

    def reopen(self, _who: Coder) -> None:
        """Restart the program."""
        self.study.reopen()

    def named(self, row: Coding | ReadMark) -> Row:
        """Say what a row is, without its identity."""
        if isinstance(row, ReadMark):
            return ("read", (row.range,))
        return (self.study.codebook.by_id()[row.code].label, row.ranges)

    def agrees(self) -> None:
        """Compare the project with the models, and with itself."""
        for who, model in self.models.items():
            desk = self.study.desk(who)
            rows = [*map(self.named, desk.codings), *map(self.named, desk.marks)]
            assert sorted(rows) == sorted(model.rows)
            assert self.study.progress(who)[0] == self.counted(model)
        assert self.study.findings() == []

    def counted(self, model: Model) -> tuple[int, int]:
        """Count turns dealt with and codings, one by one."""
        turns = [self.study.turn(number) for number in (2, 3, 5, 6)]
        dealt = [stretch for _, ranges in model.rows for stretch in ranges]
        done = sum(any(turn.overlaps(stretch) for stretch in dealt) for turn in turns)
        return done, sum(label != "read" for label, _ in model.rows)

    def drive(self, steps: int) -> None:
        """Take so many steps, looking after each."""
        deeds: list[Callable[[Coder], None]] = [
            *(self.code, self.code, self.code, self.code_again, self.code_many, self.mark),
            *(self.swap, self.swap, self.remove, self.remove),
            *(self.undo, self.undo, self.redo, self.reopen),
        ]
        for _ in range(steps):
            self.chance.choice(deeds)(self.chance.choice(list(self.models)))
            self.agrees()


@pytest.mark.parametrize("seed", range(3))
def test_project_journal_and_model_agree_after_every_step(study: Study, seed: int) -> None:
    models = {study.ada: Model(), study.ben: Model()}
    Driver(study, random.Random(seed), models).drive(40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_they_agree_for_longer(file_study: Study, seed: int) -> None:
    models = {file_study.ada: Model(), file_study.ben: Model()}
    Driver(file_study, random.Random(seed), models).drive(200)


def test_progress_counts_participants_turns_only(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(1)))
    assert study.progress(study.ada) == [(0, 1), (0, 0)]
    study.add(study.ada, study.mark(study.ada, study.turn(3)))
    assert study.progress(study.ada) == [(1, 1), (0, 0)]
    study.add(study.ada, study.coding(study.ada, "TC1B", study.turn(3)))
    assert study.progress(study.ada) == [(1, 2), (0, 0)]
    study.add(study.ada, study.mark(study.ada, study.turn(2, study.market), study.market))
    assert study.progress(study.ada) == [(1, 2), (1, 0)]
    assert study.progress(study.ben) == [(0, 0), (0, 0)]


def test_a_flag_or_a_proposal_deals_with_no_turn(study: Study) -> None:
    flag = study.flag(study.ada, study.turn(2))
    proposal = study.proposal(study.ada, study.turn(2), "coffee")
    study.add(study.ada, flag, proposal, study.memo(study.ada, study.turn(3), "Hm."))
    assert study.progress(study.ada) == [(0, 0), (0, 0)]
    assert not study.desk(study.ada).deals_with(study.turn(2))
    study.retire(study.ada, flag, proposal)
    study.undo(study.ada)
    assert study.progress(study.ada) == [(0, 0), (0, 0)]
    assert study.findings() == []


def test_a_turn_is_touched_by_a_single_code_point() -> None:
    turns = [Range(0, 10), Range(12, 20), Range(22, 30)]
    assert touched_count(turns, [Range(9, 13)]) == 2
    assert touched_count(turns, [Range(10, 12), Range(20, 22)]) == 0
    assert touched_count(turns, [Range(0, 1), Range(2, 3), Range(29, 40)]) == 2
    assert touched_count([], [Range(0, 1)]) == touched_count(turns, []) == 0


def _counted_anew(study: Study) -> list[tuple[int, int]]:
    """Count Ada's progress in full, beside what is kept."""
    layer = study.layer(study.ada)
    with study.project.upkeep() as view:
        recount(view.session, [(layer.id, source.id) for source in (study.ferry, study.market)])
    return study.progress(study.ada)


def test_a_single_step_counts_no_source_anew(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    first = study.mark(study.ada, study.turn(2))
    study.add(study.ada, first)

    def counted(*_places: object) -> None:
        pytest.fail("the source was counted anew")

    monkeypatch.setattr("qualcode.store.progress._counted", counted)
    wide = study.coding(study.ada, "TC1A", Range(study.turn(2).start, study.turn(5).end))
    study.add(study.ada, wide)
    assert study.progress(study.ada)[0] == (3, 1)
    study.retire(study.ada, first)
    assert study.progress(study.ada)[0] == (3, 1)
    study.retire(study.ada, wide)
    assert study.progress(study.ada)[0] == (0, 0)
    for _ in range(3):
        study.undo(study.ada)
    assert study.progress(study.ada)[0] == (1, 0)
    for _ in range(2):
        study.redo(study.ada)
    assert study.progress(study.ada)[0] == (3, 1)


def test_where_no_count_was_kept_the_source_is_counted_anew(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    with study.project.upkeep() as view:
        view.session.execute(text("DELETE FROM progress"))
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(3)))
    assert study.progress(study.ada)[0] == (2, 2)


def test_rows_on_two_sources_are_counted_each_for_its_own(study: Study) -> None:
    both = [
        study.coding(study.ada, "TC1A", study.turn(2)),
        study.coding(study.ada, "TC1A", study.turn(2, study.market), source=study.market),
    ]
    for _ in range(2):
        study.add(study.ada, *both)
        assert study.progress(study.ada) == [(1, 1), (1, 1)] == _counted_anew(study)
        study.retire(study.ada, *both)
        assert study.progress(study.ada) == [(0, 0), (0, 0)] == _counted_anew(study)
        both = [replace(coding, id=new_id()) for coding in both]
