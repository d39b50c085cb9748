"""What the journal tells of the time since a number."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import event

from qualcode.store.journal import Journal
from tests.store.conftest import Study


def test_steps_since_are_counted_by_layer_and_person(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    start = len(study.entries())
    study.add(study.ada, study.flag(study.ada, study.turn(2)))
    study.add(study.ada, study.proposal(study.ada, study.turn(2), "coffee"))
    study.add(study.ben, study.coding(study.ben, "TC1B", study.turn(3)))
    study.undo(study.ada)
    ada, ben = study.layer(study.ada).id, study.layer(study.ben).id
    with study.project.work("export", by=study.ben) as work:
        work.about_layer(ben)
        work.note("file", "quotations")
    with study.project.reading() as view:
        found = {tuple(each) for each in view.journal.steps_after(start, [ada, ben])}
        assert found == {(ada, study.ada.id, 3, start + 4), (ben, study.ben.id, 1, start + 3)}
        (only,) = view.journal.steps_after(start + 3, [ada, ben])
        assert only.steps == 1
        assert view.journal.steps_after(start, []) == []
        assert [each.who for each in view.journal.steps_after(start, [ben])] == [study.ben.id]


def test_entries_on_the_study_come_newest_first_and_without_layers(study: Study) -> None:
    start = len(study.entries())
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    for state in ("frozen", "closed"):
        with study.project.work(f"round {state}", by=study.lead) as work:
            work.note("round", str(study.blind.id))
    with study.project.reading() as view:
        assert [each.kind for each in view.journal.of_study_after(start)] == [
            "round closed",
            "round frozen",
        ]
        assert view.journal.of_study_after(start + 3) == []


def test_entries_of_some_kinds_come_in_order_and_without_layers(study: Study) -> None:
    layer = study.layer(study.ben)
    start = len(study.entries())
    for kind in ("bundle out", "bundle in", "bundle out"):
        with study.project.work(kind, by=study.lead) as work:
            work.note("round", str(study.blind.id))
    with study.project.work("bundle out", by=study.ben) as work:
        work.about_layer(layer.id)
        work.note("file", "one of a layer's")
    with study.project.reading() as view:
        found = [each.number for each in view.journal.of_kinds("bundle in", "bundle out")]
        assert found == [start + 1, start + 2, start + 3]


@pytest.mark.parametrize(
    "asked",
    [
        Journal.owner,
        lambda journal: journal.of_kinds("bundle out", "bundle in"),
        lambda journal: journal.round_closed_after(3),
    ],
    ids=["owner", "of kinds", "round closed"],
)
def test_what_happened_to_the_study_is_not_looked_for_among_all_steps(
    file_study: Study, asked: Callable[[Journal], object]
) -> None:
    with file_study.project.reading() as view:
        connection = view.session.connection()
        sent: list[tuple[str, Sequence[object]]] = []

        @event.listens_for(connection, "before_cursor_execute")
        def note(
            _on: object, _cursor: object, words: str, values: Sequence[object], *_more: object
        ) -> None:
            sent.append((words, values))

        asked(view.journal)
        event.remove(connection, "before_cursor_execute", note)
        assert sent
        for words, values in sent:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
            ways = [row[-1] for row in plan if "entry" in row[-1]]
            assert ways
            assert all("USING INDEX ix_entry_study" in way for way in ways)
