"""Decisions fill the consensus, one beside the other; the coders' own layers stay."""

from collections.abc import Callable, Sequence

import pytest

from tests.conftest import Qualcode

Consensus = Callable[[], dict[str, set[str]]]
CODES = ("CH1A", "CH1B", "CH2A", "Low notes")
SAID_BY_A = {"ANNA:7": "CH1B", "FG1:3": "nothing", "ANNA:6": "CH1B, Low notes"}


def consensus(study: Qualcode, layer: str = "consensus") -> dict[str, list[str]]:
    """Give the words under each code of a layer."""
    return {
        code: [
            each["words"]
            for each in study.asked("quotes", code, "--layer", layer, "--round", "r1")["quotations"]
        ]
        for code in CODES
    }


def layers(study: Qualcode) -> list[dict[str, list[str]]]:
    """Give what each coder's layer holds, read by themselves."""
    return [
        {
            code: [
                each["words"]
                for each in study.asked(
                    "quotes", code, "--layer", who, "--round", "r1", "--as", who
                )["quotations"]
            ]
            for code in CODES
        }
        for who in "ab"
    ]


def in_round_order(study: Qualcode, place: str, words: Sequence[str]) -> list[str]:
    """Say `first` and `second` of the round's order as this passage has them, by their codes."""
    of_a = SAID_BY_A[place]
    listed = study.asked("disagreements", "--all")["disagreements"]
    (found,) = [one for one in listed if one["place"] == place]
    kept = next(iter(found["codes"].values())) == of_a
    other = {"first": "second", "second": "first"}
    return [word if kept else other.get(word, word) for word in words]


def test_what_differs_is_listed_with_its_kind(coded: Qualcode) -> None:
    data = coded.asked("disagreements")
    kinds = {one["place"]: one["kind"] for one in data["disagreements"]}
    assert kinds == {
        "ANNA:4": "boundary",
        "ANNA:6": "other code",
        "ANNA:7": "other code",
        "FG1:3": "omission",
        "FG1:5": "omission",
        "Gus:1": "omission",
    }
    assert (data["open"], data["settled"], data["agreed"]) == (6, 0, 6)
    assert data["left_out"] == ["Emil"]
    said = coded("disagreements")
    assert said.out.splitlines()[-1] == "6 disagreements open, 0 settled, 6 passages agreed."
    assert said.err == "Left out, not finished by every coder: Emil.\n"


@pytest.mark.parametrize(
    ("place", "outcome", "codes"),
    [
        ("ANNA:7", ["first"], {"CH1B"}),
        ("ANNA:7", ["second"], {"CH2A"}),
        ("ANNA:7", ["both"], {"CH1B", "CH2A"}),
        ("ANNA:7", ["Neither"], set()),
        ("ANNA:7", ["1a"], {"CH1A"}),
        ("ANNA:7", ["1a", "low notes"], {"CH1A", "Low notes"}),
        ("ANNA:7", ["1a,1b"], {"CH1A", "CH1B"}),
        ("FG1:3", ["first"], set()),
        ("FG1:3", ["second"], {"CH1B"}),
    ],
)
def test_an_outcome_becomes_codings_of_the_consensus(
    coded: Qualcode, place: str, outcome: list[str], codes: set[str]
) -> None:
    before = layers(coded)
    words = in_round_order(coded, place, outcome)
    coded.done("decide", place, *words, "--because", "we talked")
    assert {code for code, words in consensus(coded).items() if words} == codes
    assert layers(coded) == before
    assert coded.asked("disagreements")["settled"] == 1
    coded.done("check")


def test_a_boundary_is_taken_as_one_coder_drew_it(coded: Qualcode) -> None:
    drawn = []
    for outcome in ("first", "second"):
        coded.done("decide", "ANNA:4", outcome)
        drawn += consensus(coded)["CH1A"]
    short, whole = sorted(drawn, key=len)
    assert short == "I was terrified."
    assert whole.startswith("I was terrified. Then we had tea")
    coded.done("decide", "ANNA:4", "both")
    assert consensus(coded)["CH1A"] == [whole]


def test_deciding_again_lets_the_former_decision_give_way(coded: Qualcode) -> None:
    first, second = in_round_order(coded, "ANNA:6", ["first", "second"])
    coded.done("decide", "ANNA:6", first, "--because", "low notes are said")
    coded.done("decide", "ANNA:6", second, "--because", "tea is the point")
    assert consensus(coded)["Low notes"] == []
    (one,) = [
        one
        for one in coded.asked("disagreements", "--all")["disagreements"]
        if one["place"] == "ANNA:6"
    ]
    assert (one["decision"], one["reason"]) == (second, "tea is the point")
    coded.done("undo", "--as", "lead")
    assert len(consensus(coded)["Low notes"]) == 1
    coded.done("check")


def test_what_is_agreed_is_taken_once(coded: Qualcode) -> None:
    assert coded.asked("decide", "--agreed") == {"agreed": 6}
    first = consensus(coded)
    assert sum(map(len, first.values())) == 6
    assert coded.asked("decide", "--agreed") == {"agreed": 0}
    assert consensus(coded) == first
    coded.done("undo", "--as", "lead")
    assert sum(map(len, consensus(coded).values())) == 0


def test_a_turn_with_two_passages_asks_which(coded: Qualcode) -> None:
    coded.done("code", "--as", "a", "BEA:4", "1a", "--round", "free")
    start = coded.asked("show", "FG1:3", "--as", "a")["turns"][0]["start"]
    places = [f"FG1:{start}-{start + 6}", f"FG1:{start + 7}-{start + 9}"]
    coded.done("uncode", "FG1:3", "--as", "b")
    for place in places:
        coded.done("code", place, "2a", "--as", "b")
    said = coded("decide", "FG1:3", "second")
    assert said.status == 12
    assert said.err.splitlines() == [
        "At FG1:3 there are 2 passages to decide on.",
        f"Name one: {', '.join(places)}",
    ]
    coded.done("decide", places[1], "both")
    assert consensus(coded)["CH2A"] == ["My"]


def test_only_the_lead_decides(coded: Qualcode) -> None:
    coded.refused("decide", "ANNA:7", "first", "--as", "a", status=12)
    coded.refused("decide", "--agreed", "--as", "b", status=12)


def test_reasons_are_no_part_of_the_hashed_journal(coded: Qualcode) -> None:
    coded.done("decide", "ANNA:7", "first", "--because", "Quicksilver")
    kept = coded.kept()
    assert "Quicksilver" in "".join(kept["entry_words"])
    assert "Quicksilver" not in "".join(kept["entry"])


def test_the_lead_takes_decisions_back_in_a_frozen_round(coded: Qualcode) -> None:
    coded.done("round", "freeze", "r1")
    coded.done("decide", "--agreed")
    coded.done("decide", "ANNA:7", "first")
    coded.done("undo", "--as", "lead")
    coded.done("undo", "--as", "lead")
    assert coded.asked("disagreements")["settled"] == 0
    assert consensus(coded) == {code: [] for code in CODES}
