"""In a blind round nothing the lead sees tells one coder from another."""

from collections import Counter
from uuid import UUID, uuid4

import pytest

from qualcode.domain.rounds import Layer, Round, RoundState, Unit
from qualcode.domain.text import Range
from qualcode.services.signing import drawn
from tests.conftest import Qualcode

ROUND = UUID(int=7)


def a_round(*, blind: bool) -> Round:
    return Round(
        ROUND,
        "r1",
        1,
        RoundState.OPEN,
        blind=blind,
        free=False,
        unit=Unit.TURN,
        codebook_version=1,
    )


def layers(count: int) -> list[Layer]:
    return [Layer(uuid4(), ROUND, uuid4()) for _ in range(count)]


@pytest.mark.parametrize("count", [2, 3])
def test_each_coder_is_first_on_about_as_many_passages(count: int) -> None:
    some, source = layers(count), UUID(int=1)
    first = Counter(
        drawn(a_round(blind=True), source, Range(at, at + 5), some)[0] for at in range(600)
    )
    assert min(first.values()) > 600 / count * 0.7


def test_a_draw_stays_as_it_is() -> None:
    some, source = layers(2), UUID(int=1)
    every = {tuple(drawn(a_round(blind=True), source, Range(3, 9), some)) for _ in range(5)}
    assert len(every) == 1


def test_in_a_round_open_to_view_the_order_is_the_rounds() -> None:
    for at in range(20):
        order = drawn(a_round(blind=False), UUID(int=1), Range(at, at + 2), layers(3))
        assert order == [0, 1, 2]


def said_by(study: Qualcode, who: str, place: str) -> set[str]:
    """Give the codes a coder has at a place, as they see it themselves."""
    (turn,) = study.asked("show", place, "--as", who)["turns"]
    return {one["code"] for one in turn["codings"]}


def test_what_is_shown_first_is_what_first_decides_now_and_when_names_are_open(
    coded: Qualcode,
) -> None:
    for one in coded.asked("disagreements")["disagreements"]:
        coded.done("decide", one["place"], "first")
    shown = {
        one["place"]: next(iter(one["codes"].values()))
        for one in coded.asked("disagreements", "--all")["disagreements"]
    }
    assert len(shown) == 6
    coded.done("round", "close", "r1")
    for one in coded.asked("disagreements", "--all")["disagreements"]:
        name, codes = next(iter(one["codes"].items()))
        assert one["decision"] == "first"
        assert codes == shown[one["place"]]
        theirs = said_by(coded, name, one["place"])
        assert (set() if codes == "nothing" else set(codes.split(", "))) == theirs


def test_the_consensus_holds_what_was_shown_first(coded: Qualcode) -> None:
    (one,) = [
        one for one in coded.asked("disagreements")["disagreements"] if one["place"] == "ANNA:7"
    ]
    first = one["codes"]["Coder A"]
    coded.done("decide", "ANNA:7", "first")
    assert coded.asked("quotes", first)["quotations"]


def test_memos_open_to_the_lead_with_the_decision_and_without_a_name(coded: Qualcode) -> None:
    coded.done("memo", "FG1:3", "I wonder.", "--as", "a")
    coded.done("memo", "FG1:3", "Me too.", "--on", "1b", "--as", "b")
    coded.done("memo", "ANNA", "On all of it.", "--as", "b")
    assert coded.asked("memos") == []
    lines = coded.done("disagreements")
    assert "    2 memos: open after your decision" in lines
    assert "wonder" not in lines
    said = coded.done("decide", "FG1:3", "both")
    assert said.splitlines()[1:] == ["    memo: I wonder.", "    memo: Me too."]
    (found,) = [
        one
        for one in coded.asked("disagreements", "--all")["disagreements"]
        if one["place"] == "FG1:3"
    ]
    assert (found["memos"], found["memos_closed"]) == (["I wonder.", "Me too."], 0)
    assert coded.asked("memos") == []
    coded.done("round", "close", "r1")
    assert {"I wonder.", "Me too."} <= {one["memo"] for one in coded.asked("memos")}


def test_of_what_one_alone_applied_the_smaller_count_stands_first(coded: Qualcode) -> None:
    data = coded.asked("agreement")
    assert data["told_apart"] is False
    assert data["coders"] == ["Coder A", "Coder B"]
    for row in data["codes"]:
        assert row["cells"]["first_only"] <= row["cells"]["second_only"]
        assert list(row["applied"].values()) == sorted(row["applied"].values())
    kappas = [row["cohen_kappa"]["value"] for row in data["codes"]]
    assert "2 coders, not told apart" in coded.done("agreement")
    coded.done("round", "close", "r1")
    after = coded.asked("agreement")
    assert after["told_apart"] is True
    assert after["coders"] == ["a", "b"]
    assert [row["cohen_kappa"]["value"] for row in after["codes"]] == kappas
    assert any(row["cells"]["first_only"] > row["cells"]["second_only"] for row in after["codes"])


def test_the_lead_hears_how_far_a_blind_round_is_as_a_whole(coded: Qualcode) -> None:
    data = coded.asked("round", "status", "r1")
    assert data["standing"] == []
    assert data["whole"] == {
        "coders": 2,
        "coders_ready": 1,
        "turns_done": 29,
        "turns": 30,
        "sources_doubled": 5,
        "sources_to_double": 6,
    }
    assert coded.done("round", "status", "r1").splitlines()[1:] == [
        "finished everything  1 of 2 coders",
        "turns done           29 of 30",
        "double coded         5 of 6 sources",
    ]
    coded.done("round", "close", "r1")
    assert len(coded.asked("round", "status", "r1")["standing"]) == 2


def test_the_lead_follows_no_coders_steps_in_a_blind_round(coded: Qualcode) -> None:
    said = coded("history", "--newest", "1000")
    assert "coded" not in said.out
    assert "a coder" not in said.out
    assert said.err == "Coders' steps are not listed while blind: r1.\n"
    coded.done("code", "ANNA:2", "1a", "--as", "lead", "--round", "free")
    assert "lead: coded ANNA turn 2" in coded.done("history")
    coded.done("round", "close", "r1")
    said = coded("history", "--newest", "1000")
    assert "a: coded" in said.out
    assert said.err == ""


def test_the_lead_still_sees_the_answers_they_gave(coded: Qualcode) -> None:
    coded.done("codebook", "propose", "ANNA:7", "--label", "Cold rooms", "--as", "b")
    (one,) = coded.asked("codebook", "proposals", "--all")
    assert (one["who"], one["written"]) == ("a coder", None)
    coded.done("codebook", "decide", one["name"], "--reject", "--because", "no")
    assert "lead: rejected what was proposed" in coded.done("history")


def test_the_stamp_of_a_file_is_no_coders_time(coded: Qualcode) -> None:
    coded.done("decide", "--agreed")
    before = coded.asked("export", "csv", coded.folder / "x.csv")
    coded.done("code", "Emil:1", "1a", "--as", "b")
    assert coded.asked("export", "csv", coded.folder / "y.csv")["head"] == before["head"]


def test_a_passage_that_grew_is_decided_anew_by_what_is_shown_then(study: Qualcode) -> None:
    """What was decided keeps its order; the new decision has that of the passage as it is now."""

    def shown() -> tuple[list[str], str | None]:
        (one,) = study.asked("disagreements", "--all")["disagreements"]
        return list(one["codes"].values()), one["decision"]

    places = {"first": 0, "second": 1}
    begin = study.asked("show", "Emil:1", "--as", "a")["turns"][0]["start"]
    study.done("code", f"Emil:{begin}-{begin + 3}", "1a", "--as", "a")
    study.done("code", f"Emil:{begin}-{begin + 3}", "1b", "--as", "b")
    for end in range(begin + 5, begin + 17, 2):
        codes, _decision = shown()
        study.done("decide", "Emil:1", "second", "--because", f"up to {end}")
        (kept,) = [code for code in ("CH1A", "CH1B") if study.asked("quotes", code)["quotations"]]
        assert kept == codes[1]
        codes, decision = shown()
        assert decision is not None
        assert codes[places[decision]] == kept
        study.done("code", f"Emil:{begin}-{end}", "1a", "--as", "a")
        codes, decision = shown()
        assert decision is not None
        assert codes[places[decision]] == kept
