"""Themes: one's own, what others see of them, and taking a change back."""

from collections.abc import Callable

import pytest

from qualcode.domain.errors import AlreadyThereError, NotFoundError, RefusedError
from qualcode.domain.themes import Theme
from qualcode.services import history, rounds, sources, themes
from qualcode.services.passages import passages
from qualcode.services.themes import Undoable
from tests.services.conftest import Choir


def named(choir: Choir, who: str) -> list[tuple[str, str]]:
    return [(one.theme.name, one.who) for one in themes.themes(choir.project, by=choir.coder(who))]


def quotation_on(choir: Choir, who: str, place: str) -> str:
    seat = choir.seat(who)
    choir.apply(seat, choir.spot(place), "CH1B")
    with choir.project.reading() as view:
        layer = view.rounds.layer(seat.round, seat.coder)
        assert layer is not None
        found = passages(view, seat.codebook, [layer], by=seat.coder)
    return next(one.id for one in found if one.place == place)


def test_a_theme_has_a_name_a_claim_and_codes(at_desk: Choir) -> None:
    lead, codes = at_desk.coder("lead"), [at_desk.code("CH1B"), at_desk.code("CH1A")]
    made = themes.new(at_desk.project, " Tea\tmatters ", by=lead, claim=" It\nis. ", codes=codes)
    assert (made.name, made.claim, made.position) == ("Tea matters", "It is.", 1)
    assert made.codes == (codes[0].id, codes[1].id)
    assert themes.new(at_desk.project, "Halls", by=lead).position == 2
    assert at_desk.is_sound()


def test_a_name_is_given_once_among_ones_own(at_desk: Choir) -> None:
    lead, a = at_desk.coder("lead"), at_desk.coder("a")
    themes.new(at_desk.project, "Tea", by=lead)
    themes.new(at_desk.project, "Halls", by=lead)
    with pytest.raises(AlreadyThereError):
        themes.new(at_desk.project, "TEA", by=lead)
    with pytest.raises(AlreadyThereError):
        themes.reword(at_desk.project, "Halls", by=lead, to="tea")
    assert themes.new(at_desk.project, "Tea", by=a).owner == a.id
    assert themes.reword(at_desk.project, "Halls", by=lead, to="HALLS").name == "HALLS"


def test_each_change_reads_on_and_what_changes_nothing_leaves_no_entry(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    themes.new(at_desk.project, "Tea", by=lead)
    themes.reword(at_desk.project, "tea", by=lead, claim="It matters.")
    before = at_desk.entries()
    themes.reword(at_desk.project, "Tea", by=lead, claim="It matters.")
    themes.set_codes(at_desk.project, "Tea", [], by=lead)
    assert at_desk.entries() == before
    read = themes.history(at_desk.project, "Tea", by=lead)
    assert [(one.kind, one.theme.claim) for one in read] == [
        ("theme new", ""),
        ("theme reword", "It matters."),
    ]


def test_only_its_owner_changes_a_theme(at_desk: Choir) -> None:
    themes.new(at_desk.project, "Tea", by=at_desk.coder("lead"))
    a, project = at_desk.coder("a"), at_desk.project
    changes: list[Callable[[], Theme]] = [
        lambda: themes.reword(project, "Tea", by=a, claim="No."),
        lambda: themes.set_codes(project, "Tea", [], by=a),
        lambda: themes.move(project, "Tea", 1, by=a),
        lambda: themes.retire(project, "Tea", by=a),
        lambda: themes.add_counter(project, "Tea", "Q0000000", by=a),
        lambda: themes.drop_counter(project, "Tea", "Q0000000", by=a),
    ]
    for change in changes:
        with pytest.raises(RefusedError, match="is lead's; only its owner"):
            change()
    with pytest.raises(RefusedError, match="nothing in your themes"):
        themes.undo(project, by=a)


def test_while_a_round_is_sealed_coders_see_their_own_themes_and_the_leads(at_desk: Choir) -> None:
    for who in ("lead", "a", "b"):
        themes.new(at_desk.project, f"Of {who}", by=at_desk.coder(who))
    assert named(at_desk, "a") == [("Of a", ""), ("Of lead", "lead")]
    own, *others = named(at_desk, "lead")
    assert own == ("Of lead", "")
    assert sorted(others) == [("Of a", "a coder"), ("Of b", "a coder")]
    at_desk.turn_to("frozen")
    assert named(at_desk, "a") == [("Of a", ""), ("Of lead", "lead")]
    at_desk.turn_to("closed")
    assert named(at_desk, "a") == [("Of a", ""), ("Of lead", "lead"), ("Of b", "b")]
    with pytest.raises(NotFoundError):
        themes.retire(at_desk.project, "Of c", by=at_desk.coder("a"))


def test_of_a_theme_made_in_a_sealed_round_the_journal_tells_the_other_coder_nothing(
    at_desk: Choir,
) -> None:
    def seen(who: str) -> list[tuple[str, str]]:
        events = history.history(at_desk.project, by=at_desk.coder(who))
        return [(one.who, one.words) for one in events]

    before = seen("b")
    themes.new(at_desk.project, "Of a", by=at_desk.coder("a"))
    assert seen("b") == before
    assert seen("lead") == before
    themes.new(at_desk.project, "Of lead", by=at_desk.coder("lead"))
    assert seen("b")[0] == ("lead", "theme new")


def test_a_theme_does_not_begin_a_round(at_desk: Choir) -> None:
    themes.new(at_desk.project, "Of a", by=at_desk.coder("a"))
    with at_desk.project.reading() as view:
        assert not view.rounds.begun(view.rounds.named("r1"))
    assert [one.name for one in rounds.rounds(at_desk.project)] == ["free", "r1"]
    assert len(sources.sources(at_desk.project)) == 6


def test_two_themes_of_one_name_are_told_apart_by_whose_they_are(at_desk: Choir) -> None:
    for who in "ab":
        themes.new(at_desk.project, "Tea", by=at_desk.coder(who), claim=who)
    lead = at_desk.coder("lead")
    with pytest.raises(RefusedError, match="2 themes “tea”: of Coder A, Coder B"):
        themes.history(at_desk.project, "tea", by=lead)
    read = [
        themes.history(at_desk.project, "tea", by=lead, of=f"coder {one}")[0].theme.claim
        for one in "ab"
    ]
    assert sorted(read) == ["a", "b"]
    with pytest.raises(NotFoundError, match="no theme “Tea” of zed"):
        themes.history(at_desk.project, "Tea", by=lead, of="zed")


def test_a_counter_example_is_a_quotation_that_one_may_see(at_desk: Choir) -> None:
    mine, theirs = quotation_on(at_desk, "a", "ANNA:2"), quotation_on(at_desk, "b", "ANNA:4")
    a, project = at_desk.coder("a"), at_desk.project
    themes.new(project, "Tea", by=a)
    assert themes.add_counter(project, "Tea", mine.lower(), by=a).counter_examples == (mine,)
    for unknown in (theirs, "Q0000000", "ANNA:2", ""):
        with pytest.raises(NotFoundError, match="no quotation"):
            themes.add_counter(project, "Tea", unknown, by=a)
    assert themes.drop_counter(project, "Tea", mine, by=a).counter_examples == ()
    with pytest.raises(NotFoundError, match="no counter-example of Tea"):
        themes.drop_counter(project, "Tea", mine, by=a)


def test_moving_a_theme_numbers_ones_own_anew(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    for name in "ABC":
        themes.new(at_desk.project, name, by=lead)
    themes.new(at_desk.project, "D", by=at_desk.coder("a"))
    assert themes.move(at_desk.project, "C", 1, by=lead).position == 1
    assert [name for name, who in named(at_desk, "lead") if not who] == ["C", "A", "B"]
    assert {one.name for one in themes.undo(at_desk.project, by=lead)} == {"A", "B", "C"}
    assert [name for name, who in named(at_desk, "lead") if not who] == ["A", "B", "C"]


def test_undo_takes_ones_changes_back_one_by_one(at_desk: Choir) -> None:
    lead, a = at_desk.coder("lead"), at_desk.coder("a")
    themes.new(at_desk.project, "Tea", by=lead)
    themes.reword(at_desk.project, "Tea", by=lead, claim="It matters.")
    themes.retire(at_desk.project, "Tea", by=lead)
    themes.new(at_desk.project, "Mine", by=a)
    assert not any(who == "" for _name, who in named(at_desk, "lead"))
    assert themes.undo(at_desk.project, by=lead)[0].claim == "It matters."
    assert themes.undo(at_desk.project, by=lead)[0].claim == ""
    assert themes.undoable(at_desk.project, by=lead).undo
    assert not themes.undo(at_desk.project, by=lead)[0].stands
    assert not themes.undoable(at_desk.project, by=lead).undo
    assert named(at_desk, "a") == [("Mine", "")]
    assert themes.new(at_desk.project, "Tea", by=lead).position == 1
    assert at_desk.is_sound()


def test_redo_brings_back_what_was_undone_in_order(at_desk: Choir) -> None:
    lead, project = at_desk.coder("lead"), at_desk.project
    made = [themes.new(project, "Tea", by=lead)]
    made.append(themes.reword(project, "Tea", by=lead, claim="It matters."))
    made.append(themes.set_codes(project, "Tea", [at_desk.code("CH1A")], by=lead))
    made.append(themes.retire(project, "Tea", by=lead))
    for _ in range(2):
        for _step in made:
            themes.undo(project, by=lead)
        assert named(at_desk, "lead") == []
        assert [themes.redo(project, by=lead) for _step in made] == [[one] for one in made]
    assert themes.undoable(project, by=lead) == Undoable(undo=True, redo=False)
    assert at_desk.is_sound()


def test_a_new_change_closes_the_way_back(at_desk: Choir) -> None:
    lead, a, project = at_desk.coder("lead"), at_desk.coder("a"), at_desk.project
    themes.new(project, "Tea", by=lead)
    themes.undo(project, by=lead)
    themes.new(project, "Mine", by=a)
    assert themes.undoable(project, by=lead).redo
    assert not themes.undoable(project, by=a).redo
    themes.new(project, "Halls", by=lead)
    assert not themes.undoable(project, by=lead).redo
    with pytest.raises(RefusedError, match="nothing in your themes to redo"):
        themes.redo(project, by=lead)


def test_of_a_change_brought_back_in_a_sealed_round_the_journal_tells_the_other_nothing(
    at_desk: Choir,
) -> None:
    a, b = at_desk.coder("a"), at_desk.coder("b")
    before = history.history(at_desk.project, by=b)
    themes.new(at_desk.project, "Of a", by=a)
    themes.undo(at_desk.project, by=a)
    themes.redo(at_desk.project, by=a)
    assert history.history(at_desk.project, by=b) == before
    assert history.history(at_desk.project, by=a)[0].words == "theme redo"


def test_who_changes_another_ones_theme_is_told_whose_it_is_even_of_two(at_desk: Choir) -> None:
    for who in "ab":
        themes.new(at_desk.project, "Tea", by=at_desk.coder(who))
    lead = at_desk.coder("lead")
    with pytest.raises(RefusedError, match="“Tea” is Coder A's and Coder B's;") as mishap:
        themes.reword(at_desk.project, "tea", by=lead, claim="It is.")
    assert mishap.value.hint == "Set up your own: qualcode theme new NAME"
    assert themes.new(at_desk.project, "Tea", by=lead).position == 1
    assert themes.reword(at_desk.project, "tea", by=lead, claim="It is.").owner == lead.id


def test_the_way_out_names_a_theme_as_it_can_be_typed(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    themes.new(at_desk.project, "Tea matters", by=lead)
    with pytest.raises(NotFoundError) as mishap:
        themes.drop_counter(at_desk.project, "Tea matters", "Q0000000", by=lead)
    assert mishap.value.hint == "See: qualcode theme show 'Tea matters'"
