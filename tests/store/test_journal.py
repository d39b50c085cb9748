"""What the journal tells of the time since a number."""

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
