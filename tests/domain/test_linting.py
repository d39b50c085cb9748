"""Gaps of a codebook."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.linting import CODERS_WAYS, LEADS_WAYS, Use, codebook_findings, lacks
from qualcode.domain.restructuring import retire
from tests.domain.planting import new_code, planted

STANDS, GONE = "Q7H2K9P0", "Q7H2K9P1"
NOTHING = Use()


def whole(label: str, **fields: object) -> Code:
    code = replace(
        new_code(label, 1),
        name=f"All about {'x' * ord(label[-1])}",
        description="What it means.",
        include=("when",),
        exclude=("when not",),
        examples=("words",),
    )
    return replace(code, **fields)  # type: ignore[arg-type]


def book(*codes: Code, parts: Sequence[Part] = (Part(1, "Waiting"),)) -> Codebook:
    return Codebook(1, parts=tuple(parts), codes=codes)


def kinds(codebook: Codebook, use: Use = NOTHING) -> list[tuple[str, str]]:
    return [(one.kind, one.place) for one in codebook_findings(codebook, use)]


def test_a_whole_entry_lacks_nothing() -> None:
    assert kinds(book(whole("A"), whole("C"))) == []


def test_what_an_entry_does_not_say_is_listed_in_one_sentence() -> None:
    code = whole("A", description="", examples=())
    (finding,) = codebook_findings(book(code), NOTHING)
    assert (finding.kind, finding.place) == ("gap", "A")
    assert "has no brief definition and no example." in finding.sentence
    assert finding.sentence.endswith("qualcode codebook edit A")


@pytest.mark.parametrize(
    ("empty", "typed"),
    [
        ("description", "definition"),
        ("include", "when"),
        ("exclude", "when-not"),
        ("examples", "examples"),
    ],
)
def test_each_field_that_every_entry_should_have_is_missed(empty: str, typed: str) -> None:
    assert lacks(whole("A")) == []
    assert [one.field for one in lacks(whole("A", **{empty: ()}))] == [typed]


def test_who_does_not_lead_is_told_to_propose() -> None:
    parts = (Part(1, "Waiting"), Part(2, "Riding"), Part(3, "Home"))
    codes = (
        whole("A", key="1", include=(), examples=(GONE,), not_to_confuse_with=("C",)),
        whole("C", key="1b", name="All aboutx", parent="A", part=2),
        whole("E 1", key="", name="All about x"),
    )
    known = Use(unused={codes[2].id}, quoted=())
    leads, coders = (
        codebook_findings(book(*codes, parts=parts), known, ways=ways)
        for ways in (LEADS_WAYS, CODERS_WAYS)
    )
    assert [(one.kind, one.place) for one in leads] == [(one.kind, one.place) for one in coders]
    assert {one.kind for one in coders} >= LEADS_WAYS.keys() - {"gap"}
    told = " ".join(one.sentence for one in coders)
    assert 'Propose it: qualcode codebook propose --reword A --set when="…"' in told
    assert f"qualcode codebook propose --reword A --drop examples={GONE}" in told
    assert "qualcode codebook propose --reword C --add not-to-confuse-with=A" in told
    assert told.count("qualcode codebook") == told.count("qualcode codebook propose")


def test_an_entry_without_any_rule_is_more_than_a_gap() -> None:
    assert kinds(book(whole("A", include=()), whole("C", include=(), exclude=()))) == [
        ("gap", "A"),
        ("no rule", "C"),
    ]


def test_a_key_that_begins_another_waits_for_enter() -> None:
    codes = (whole("A", key="1"), whole("C", key="1A"), whole("E", key="1ab"))
    found = codebook_findings(book(*codes), NOTHING)
    assert [(one.kind, one.place) for one in found] == [("key", "A"), ("key", "C")]
    assert "begins 1A (C " in found[0].sentence
    assert kinds(book(whole("A", key=""))) == [("no key", "A")]


def test_an_example_that_is_an_id_must_stand_where_that_is_known() -> None:
    code = whole("A", examples=(STANDS, GONE, "Quite often"))
    assert kinds(book(code), Use(quoted={STANDS})) == [("example", "A")]
    assert kinds(book(code), Use(quoted=None)) == []


def test_not_to_confuse_with_is_said_on_both_sides() -> None:
    one, other = whole("A", not_to_confuse_with=("c",)), whole("C")
    assert kinds(book(one, other)) == [("one-sided", "C")]
    assert kinds(book(one, replace(other, not_to_confuse_with=("A",)))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Barrier", "Barriers"),
        ("Ways in", "ways-in"),
        ("Fear of needles", "needles of fear"),
        ("Trust", "Trusts"),
        ("Hindrances", "Hindrances"),
        ("Behaviour", "Behavior"),
    ],
)
def test_names_that_are_nearly_the_same_are_listed_once(one: str, other: str) -> None:
    codes = whole("A", name=one), whole("C", name=other)
    assert kinds(book(*codes)) == [("names", "A")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Barriers", "Positives"), ("Step 1", "Step 2"), ("Tea", "Sea"), ("TC1A", "TC1B"), ("", "")],
)
def test_names_that_differ_are_no_finding(one: str, other: str) -> None:
    codes = whole("A", name=one or "Ä"), whole("C", name=other or "Ö")
    assert kinds(book(*codes)) == []


def test_a_code_of_another_part_than_the_one_it_stands_under_is_listed() -> None:
    parts = (Part(1, "Waiting"), Part(2, "Riding"))
    codes = whole("A"), whole("C", part=2, parent="A")
    found = codebook_findings(book(*codes, parts=parts), NOTHING)
    assert [(one.kind, one.place) for one in found] == [("part", "C"), ("empty part", "part 2")]


def test_what_nobody_applied_and_what_waits_is_listed_as_it_is_told() -> None:
    codebook = planted("\n1 Waiting\n  A\n  C\n")
    left = retire(codebook, codebook.code("A"))
    gone, there = left.retired[0], left.codes[0]
    found = codebook_findings(left, Use(unused={there.id}, undecided={gone.id: 3}))
    assert [(one.kind, one.place) for one in found] == [
        ("no rule", "C"),
        ("unused", "C"),
        ("not yet re-decided", "A"),
    ]
    assert "not yet re-decided (3)" in found[-1].sentence


def test_a_thousand_codes_are_looked_through_without_comparing_each_with_each() -> None:
    codes = [
        replace(whole("A"), id=new_code(f"L{at}").id, key=f"k{at:04}", name=f"Name {at}")
        for at in range(1000)
    ]
    assert kinds(book(*codes)) == []
