"""What is missing or askew, as far as a person may know."""

import pytest

from qualcode.domain.findings import Finding
from qualcode.services import (
    codebook_changes,
    codebooks,
    coding,
    linting,
    theme_review,
    themes,
)
from tests.services.conftest import Choir


def found(choir: Choir, who: str = "lead") -> list[tuple[str, str]]:
    every = linting.lint(choir.project, by=choir.coder(who))
    return [(one.kind, one.place) for one in every if one.kind not in {"gap", "no rule"}]


def of_theme(choir: Choir, kind: str) -> list[Finding]:
    every = linting.lint(choir.project, by=choir.coder("lead"))
    return [one for one in every if one.kind == kind]


@pytest.fixture
def coded(at_desk: Choir) -> Choir:
    """Let a code two turns."""
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("BEA:2"), "CH1B")
    return at_desk


def test_the_gaps_of_the_codebook_come_first(at_desk: Choir) -> None:
    every = linting.lint(at_desk.project, by=at_desk.coder("lead"))
    assert every == linting.lint_codebook(at_desk.project, by=at_desk.coder("lead"))
    assert [(one.kind, one.place) for one in every] == [
        ("gap", "CH1A"),
        ("no rule", "CH1B"),
        ("no rule", "CH2A"),
        ("no rule", "Low notes"),
    ]


def test_the_lead_is_told_to_write_what_others_may_propose(at_desk: Choir) -> None:
    first = {
        who: linting.lint_codebook(at_desk.project, by=at_desk.coder(who))[0].sentence
        for who in ("lead", "a")
    }
    assert first["lead"].endswith("Write it: qualcode codebook edit CH1A")
    assert "Propose it: qualcode codebook propose --reword CH1A --set " in first["a"]


def test_what_nobody_used_is_told_to_whom_no_layer_is_sealed(coded: Choir) -> None:
    unused = [("unused", "CH2A"), ("unused", "Low notes")]
    assert found(coded) == unused
    assert found(coded, "a") == found(coded, "b") == []
    coded.turn_to("closed")
    assert found(coded, "a") == unused


def test_an_example_that_stands_no_more_is_told_likewise(coded: Choir) -> None:
    lead = coded.coder("lead")
    themes.new(coded.project, "All", by=lead, codes=[coded.code("CH1A")])
    (there,) = theme_review.review(coded.project, "All", by=lead).passages
    themes.undo(coded.project, by=lead)
    gone = coded.example_once("CH1A")
    codebook_changes.reword(
        coded.project,
        codebooks.codebook(coded.project).code("CH1A"),
        {"examples": (there.passage.id, gone)},
        by=lead,
    )
    (finding,) = [
        one for one in linting.lint_codebook(coded.project, by=lead) if one.kind == "example"
    ]
    assert gone in finding.sentence
    assert ("example", "CH1A") not in found(coded, "b")


def test_codings_of_a_retired_code_wait_in_the_rounds_that_go_on(coded: Choir) -> None:
    lead = coded.coder("lead")
    coded.apply(coded.seat("a", "free"), coded.spot("ANNA:4"), "CH1A")
    code = codebooks.codebook(coded.project).code("CH1A")
    codebook_changes.retire(coded.project, code, by=lead, reason="Too wide.")
    (finding,) = [one for one in linting.lint(coded.project, by=lead) if one.place == "CH1A"]
    assert finding.kind == "not yet re-decided"
    assert "(1)" in finding.sentence
    assert ("not yet re-decided", "CH1A") in found(coded, "a")


def test_a_theme_lacks_what_it_does_not_have(coded: Choir) -> None:
    lead = coded.coder("lead")
    themes.new(coded.project, "Tea", by=lead)
    assert found(coded)[2:] == [
        ("no claim", "Tea"),
        ("no codes", "Tea"),
        ("no counter-example", "Tea"),
    ]
    themes.reword(coded.project, "Tea", by=lead, claim="It matters.")
    themes.set_codes(coded.project, "Tea", [coded.code("CH2A")], by=lead)
    assert ("no passages", "Tea") in found(coded)
    assert all(one.place != "Tea" for one in linting.lint(coded.project, by=coded.coder("a")))


def test_a_quotation_that_is_announced_must_be_there(coded: Choir) -> None:
    lead = coded.coder("lead")
    themes.new(coded.project, "Tea", by=lead, claim="As one says:", codes=[coded.code("CH2A")])
    (colon,) = of_theme(coded, "announced")
    assert "announces a quotation and has none" in colon.sentence
    themes.set_codes(coded.project, "Tea", [coded.code("CH1A")], by=lead)
    assert of_theme(coded, "announced") == []
    (there,) = theme_review.review(coded.project, "Tea", by=lead).passages
    claim = f"See {there.passage.id} and Q0000000."
    themes.reword(coded.project, "Tea", by=lead, claim=claim)
    (named,) = of_theme(coded, "announced")
    assert "Q0000000" in named.sentence
    assert there.passage.id not in named.sentence


def test_a_quotation_under_two_themes_is_listed_and_a_shared_code_once(coded: Choir) -> None:
    lead, both = coded.coder("lead"), coded.spot("ANNA:4")
    coded.apply(coded.seat("a"), both, "CH1A", "CH1B")
    themes.new(coded.project, "Tea", by=lead, codes=[coded.code("CH1A")])
    themes.new(coded.project, "Halls", by=lead, codes=[coded.code("CH1B")])
    themes.new(coded.project, "Tea", by=coded.coder("a"), codes=[coded.code("CH1B")])
    (twice,) = of_theme(coded, "used twice")
    assert (twice.place, "“Tea” and “Halls”" in twice.sentence) == ("ANNA:4", True)
    themes.set_codes(coded.project, "Halls", [coded.code("CH1A"), coded.code("CH1B")], by=lead)
    (shared,) = of_theme(coded, "used twice")
    assert shared.place == "CH1A"


def test_a_counter_example_taken_off_since_is_listed(coded: Choir) -> None:
    lead = coded.coder("lead")
    themes.new(coded.project, "Tea", by=lead, codes=[coded.code("CH1A")])
    (there,) = theme_review.review(coded.project, "Tea", by=lead).passages
    themes.add_counter(coded.project, "Tea", there.passage.id, by=lead)
    assert of_theme(coded, "counter-example") == []
    coding.remove(coded.project, coded.spot("ANNA:2"), [], seat=coded.seat("a"))
    assert there.passage.id in of_theme(coded, "counter-example")[0].sentence
