"""A theme held against its passages, and against whole sources."""

from dataclasses import replace

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks, coding, linting, theme_review, themes
from qualcode.services.codebook_changes import Draft
from qualcode.services.theme_review import Review
from tests.services.conftest import Choir


@pytest.fixture
def tea(at_desk: Choir) -> Choir:
    """Let a and b code, and the lead set up a theme of two codes."""
    a, b = at_desk.seat("a"), at_desk.seat("b")
    at_desk.apply(a, at_desk.spot("ANNA:2"), "CH1A", "CH1B")
    at_desk.apply(b, at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(a, at_desk.spot("BEA:2"), "CH2A")
    at_desk.apply(b, at_desk.spot("ANNA:6", "The tea"), "CH1B")
    codes = [at_desk.code("CH1A"), at_desk.code("CH1B")]
    themes.new(at_desk.project, "Tea", by=at_desk.coder("lead"), codes=codes)
    return at_desk


def reviewed(choir: Choir, who: str = "lead") -> Review:
    return theme_review.review(choir.project, "Tea", by=choir.coder(who))


def listed(review: Review) -> list[tuple[str, list[str]]]:
    return [
        (
            section.code.label if section.code else "",
            [one.passage.place.partition("-")[0] for one in section.passages],
        )
        for section in review.sections
    ]


def put_under(choir: Choir, label: str, above: str) -> None:
    code = codebooks.codebook(choir.project).code(label)
    codebook_changes.move(choir.project, code, Place(under=above), by=choir.coder("lead"))


def test_each_passage_stands_once_under_the_first_of_its_codes(tea: Choir) -> None:
    review = reviewed(tea)
    tea_at = tea.spot("ANNA:6", "The tea").range.start
    assert listed(review) == [("CH1A", ["ANNA:2"]), ("CH1B", [f"ANNA:{tea_at}"])]
    first = review.passages[0].passage
    assert [code.label for code in first.codes] == ["CH1A", "CH1B"]
    assert first.who == ("a coder",)
    assert [source.name for source in review.sources] == ["ANNA"]


def test_codes_below_come_with_their_parents(tea: Choir) -> None:
    put_under(tea, "CH2A", "CH1B")
    assert listed(reviewed(tea))[2] == ("CH2A", ["BEA:2"])


def test_a_counter_example_is_marked_wherever_it_stands(tea: Choir) -> None:
    lead = tea.coder("lead")
    with_bus = themes.new(tea.project, "Bus", by=lead, codes=[tea.code("CH2A")])
    (bus,) = theme_review.review(tea.project, with_bus.name, by=lead).passages
    mine = reviewed(tea).passages[0].passage.id
    for one in (bus.passage.id, mine):
        themes.add_counter(tea.project, "Tea", one, by=lead)
    review = reviewed(tea)
    assert listed(review)[2] == ("", ["BEA:2"])
    assert [one.counter for one in review.passages] == [True, False, True]


def test_a_counter_example_that_was_taken_off_is_missed_by_its_owner_only(tea: Choir) -> None:
    theirs = reviewed(tea).passages[1].passage.id
    themes.add_counter(tea.project, "Tea", theirs, by=tea.coder("lead"))
    assert reviewed(tea).missing == ()
    for_a = reviewed(tea, "a")
    assert (for_a.counter_examples, for_a.missing) == ((), ())
    coding.remove(tea.project, tea.spot("ANNA:6", "The tea"), [], seat=tea.seat("b"))
    assert reviewed(tea).missing == (theirs,)


def test_a_coder_in_a_blind_round_reviews_only_what_is_their_own(tea: Choir) -> None:
    assert listed(reviewed(tea, "a")) == [("CH1A", ["ANNA:2"]), ("CH1B", [])]
    assert reviewed(tea, "a").passages[0].passage.who == ()
    assert reviewed(tea, "a").layers == "your own layers"
    assert reviewed(tea).layers == "the layers of all coders you may see"


def decide(choir: Choir) -> None:
    """Let a's first coding be the consensus."""
    lead, mine = choir.coder("lead"), choir.exactly_on(choir.seat("a"), choir.spot("ANNA:2"))
    with choir.project.work("decide", by=lead) as work:
        layer = work.rounds.own_layer(work.rounds.named("r1"), None)
        work.in_layer(layer)
        work.changes.add_codings([replace(mine[0], id=new_id(), layer=layer.id)])


def test_where_there_is_a_consensus_it_is_reviewed(tea: Choir) -> None:
    decide(tea)
    review = reviewed(tea)
    assert review.layers == "the consensus of round r1"
    assert [one.passage.who for one in review.passages] == [("consensus",)]


def test_a_counter_example_beside_the_consensus_stands_and_is_shown_in_its_words(
    tea: Choir,
) -> None:
    lead = tea.coder("lead")
    theirs = reviewed(tea).passages[1].passage.id
    decide(tea)
    themes.add_counter(tea.project, "Tea", theirs, by=lead)
    review = reviewed(tea)
    assert (review.counter_examples, review.missing) == ((theirs,), ())
    assert review.layers.startswith("the consensus of round r1; ")
    (against,) = [one.passage for one in review.passages if one.counter]
    assert (against.id, against.words, against.who) == (theirs, "The tea", ("a coder",))
    (listed_too,) = theme_review.reviews(tea.project, by=lead)
    assert listed_too == review
    assert [one for one in linting.lint(tea.project, by=lead) if theirs in str(one)] == []
    whole = theme_review.review_source(tea.project, "Tea", "ANNA", by=lead)
    assert any(one.counter for each in whole.turns for one in each.passages)


def test_a_counter_example_beside_the_consensus_that_was_taken_off_is_missed(tea: Choir) -> None:
    theirs = reviewed(tea).passages[1].passage.id
    decide(tea)
    themes.add_counter(tea.project, "Tea", theirs, by=tea.coder("lead"))
    coding.remove(tea.project, tea.spot("ANNA:6", "The tea"), [], seat=tea.seat("b"))
    review = reviewed(tea)
    assert (review.missing, review.layers) == ((theirs,), "the consensus of round r1")


def test_a_whole_source_stands_turn_by_turn_with_the_themes_passages(tea: Choir) -> None:
    whole = theme_review.review_source(tea.project, "Tea", "anna", by=tea.coder("lead"))
    marked = {each.turn.number: len(each.passages) for each in whole.turns if each.turn.number}
    assert marked == {1: 0, 2: 1, 3: 0, 4: 0, 5: 0, 6: 1, 7: 0}
    assert whole.source.name == "ANNA"


def test_after_a_merge_or_split_a_theme_still_finds_its_passages(tea: Choir) -> None:
    lead, book = tea.coder("lead"), codebooks.codebook(tea.project)
    codebook_changes.merge(
        tea.project, [book.code("CH1A")], into=book.code("CH2A"), by=lead, reason="The same."
    )
    drafts = [Draft("Warm tea", key="3a"), Draft("Cold tea", key="3b")]
    codebook_changes.split(
        tea.project,
        codebooks.codebook(tea.project).code("CH1B"),
        drafts,
        by=lead,
        reason="Two things.",
    )
    review = reviewed(tea)
    assert len(review.codes.notes) == 2
    assert sorted(one.passage.words for one in review.passages) == sorted(
        {tea.spot(place).range.of(tea.spot(place).revision.text) for place in ("ANNA:2", "BEA:2")}
        | {"The tea"}
    )
