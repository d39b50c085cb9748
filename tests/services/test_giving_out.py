"""Who codes what: sources dealt out, a sample for double coding, passages shown again."""

from collections import Counter

import pytest

from qualcode.cli.main import run
from tests.conftest import CHOIR, Qualcode


@pytest.fixture
def dealt(study: Qualcode) -> Qualcode:
    """Give the choir study with its sources dealt out, one coder each."""
    study.done("round", "assign", "r1", "--readers", "1")
    return study


def _given(study: Qualcode, name: str = "r1") -> dict[str, dict[str, int]]:
    found = study.asked("round", "assign", name)
    return {row["source"]: row["given"] for row in found["sources"]}


def _drawn(study: Qualcode, *words: str) -> list[tuple[str, list[str]]]:
    found = study.asked("round", "sample", "r1", *words)
    return [(lot["place"], lot["coders"]) for lot in found["drawn"]]


def test_a_new_round_gives_everything_to_everybody(study: Qualcode) -> None:
    given = _given(study)
    assert all(set(coders) == {"a", "b"} for coders in given.values())
    assert study.asked("round", "assign", "r1")["pool"] == []


def test_dealt_out_each_source_has_one_coder(dealt: Qualcode) -> None:
    given = _given(dealt)
    assert all(len(coders) == 1 for coders in given.values())
    assert {coder for coders in given.values() for coder in coders} == {"a", "b"}
    for coder in "ab":
        listed = {row["name"] for row in dealt.asked("source", "list", "--as", coder)}
        assert listed == {source for source, coders in given.items() if coder in coders}


def test_another_coders_source_is_not_coded(dealt: Qualcode) -> None:
    theirs = next(source for source, coders in _given(dealt).items() if "b" in coders)
    sentence = dealt.refused("read", theirs, "--as", "a", status=12)
    assert f"{theirs} is not among a's sources" in sentence


def test_sources_are_given_and_taken_by_hand(dealt: Qualcode) -> None:
    theirs = next(source for source, coders in _given(dealt).items() if "b" in coders)
    dealt.done("round", "assign", "r1", "--to", "a", "--sources", theirs)
    assert set(_given(dealt)[theirs]) == {"a", "b"}
    dealt.done("round", "assign", "r1", "--off", "a", "--sources", theirs)
    dealt.done("round", "assign", "r1", "--off", "b", "--sources", theirs)
    assert dealt.asked("round", "assign", "r1")["pool"] == [{"source": theirs, "lacks": 1}]


def test_what_a_coder_has_begun_stays_theirs(coded: Qualcode) -> None:
    sentence = coded.refused("round", "assign", "r1", "--off", "a", "--sources", "FG1", status=12)
    assert "FG1 has been begun" in sentence
    coded.done("round", "assign", "r1", "--off", "b", "--sources", "Emil")


def test_dealing_anew_after_the_beginning_takes_nothing_away(dealt: Qualcode) -> None:
    before = _given(dealt)
    mine = next(source for source, coders in before.items() if "a" in coders)
    dealt.done("read", mine, "--as", "a")
    pooled = next(source for source, coders in before.items() if "b" in coders)
    dealt.done("round", "assign", "r1", "--off", "b", "--sources", pooled)
    dealt.done("round", "assign", "r1", "--readers", "1")
    after = _given(dealt)
    assert all(set(after[source]) >= set(before[source]) for source in before if source != pooled)
    assert len(after[pooled]) == 1


def test_only_the_lead_sees_who_has_what(study: Qualcode) -> None:
    for words in (["round", "assign", "r1"], ["round", "sample", "r1"]):
        assert "Only the lead" in study.refused(*words, "--as", "a", status=12)


def test_a_draw_is_the_same_on_every_machine(study: Qualcode, qualcode: Qualcode) -> None:
    first = _drawn(study, "--percent", "30", "--seed", "7")
    other = Qualcode(qualcode.folder / "other.qualcode", qualcode.folder)
    other.done("init", "--name", "Other", "--lead", "lead")
    other.done("import", CHOIR / "survey.csv", "--id", "person", "--text", "open_*")
    other.done("import", *sorted(CHOIR.glob("*.txt"), reverse=True))
    for name in "ab":
        other.done("coder", "add", name)
    other.done("round", "new", "r1", "--coders", "a,b")
    again = _drawn(other, "--percent", "30", "--seed", "7")
    assert dict(again) == dict(first)
    assert dict(_drawn(other, "--percent", "30", "--seed", "8")) != dict(first)


def test_each_passage_drawn_has_two_coders_and_a_reason(study: Qualcode) -> None:
    found = study.asked("round", "sample", "r1", "--percent", "30")
    assert found["drawn"]
    for lot in found["drawn"]:
        assert sorted(lot["coders"]) == ["a", "b"]
        assert lot["stratum"] in lot["reason"]
    assert {lot["stratum"] for lot in found["drawn"]} == {"focus group", "interview", "survey"}
    assert study.asked("round", "sample", "r1") == found


def test_a_second_reader_has_just_the_passages_drawn(study: Qualcode) -> None:
    drawn = _drawn(study, "--percent", "30")
    matrix = study.asked("round", "assign", "r1")["sources"]
    for coder in "ab":
        others = {row["source"] for row in matrix if coder not in row["whole"]}
        parts = Counter(place.split(":")[0] for place, _coders in drawn)
        listed = study.asked("source", "list", "--as", coder)
        had = {one["name"]: one["participant_turns"] for one in listed if one["name"] in others}
        assert had == {source: count for source, count in parts.items() if source in others}


def _place_of(study: Qualcode, coder: str, *, drawn: bool) -> str:
    """Find a turn of a source that is not the coder's whole: one drawn, or one that is not."""
    places = {place for place, _coders in _drawn(study)}
    matrix = study.asked("round", "assign", "r1")["sources"]
    for row in matrix:
        if coder in row["whole"] or not row["given"].get(coder):
            continue
        for turn in study.asked("source", "show", row["source"])["turns"]:
            place = f"{row['source']}:{turn['number']}"
            if turn["role"] == "participant" and (place in places) == drawn:
                return place
    raise LookupError(coder)


def test_turns_around_a_passage_drawn_are_for_the_context_only(study: Qualcode) -> None:
    _drawn(study, "--percent", "20", "--seed", "3")
    for coder in "ab":
        mine, context = (_place_of(study, coder, drawn=each) for each in (True, False))
        study.done("code", mine, "1a", "--as", coder)
        before = study.kept()
        for words in (["code", context, "1a"], ["read", context]):
            sentence = study.refused(*words, "--as", coder, status=12)
            assert "is not among your passages" in sentence
        assert study.kept() == before


def test_a_table_does_not_reach_turns_of_others_either(study: Qualcode) -> None:
    _drawn(study, "--percent", "20", "--seed", "3")
    context = _place_of(study, "a", drawn=False)
    table = study.folder / "table.csv"
    source, turn = context.split(":")
    table.write_text(f"source,turn,code\n{source},{turn},1a\n", encoding="utf-8")
    said = study("code", "--from", table, "--as", "a")
    assert said.status == 12
    assert "is not among your passages" in said.err


def test_next_and_the_end_count_ones_own_passages_only(study: Qualcode) -> None:
    _drawn(study, "--percent", "20", "--seed", "3")
    for coder in "ab":
        todo = sum(given.get(coder, 0) for given in _given(study).values())
        assert study.asked("next", "--as", coder)["left"] == todo
        seen = set()
        while (found := study.asked("next", "--as", coder)) is not None:
            assert found["place"] not in seen
            seen.add(found["place"])
            study.done("read", found["place"], "--as", coder)
        assert len(seen) == todo
        assert all(row["finished"] for row in study.asked("source", "list", "--as", coder))


def test_the_sample_is_fixed_once_somebody_has_begun(study: Qualcode) -> None:
    first = _drawn(study, "--percent", "30")
    assert _drawn(study, "--percent", "30", "--seed", "9") != first
    study.done("read", study.asked("next", "--as", "a")["place"], "--as", "a")
    sentence = study.refused("round", "sample", "r1", "--percent", "30", status=12)
    assert "has begun" in sentence


def test_dealing_anew_lets_a_sample_go(study: Qualcode) -> None:
    _drawn(study, "--percent", "30")
    assert study.asked("round", "assign", "r1", "--readers", "1")["sample_let_go"]
    study.refused("round", "sample", "r1", status=12)
    assert all(len(coders) == 1 for coders in _given(study).values())


def test_a_sample_that_was_changed_is_found(study: Qualcode) -> None:
    _drawn(study, "--percent", "30")
    assert study("check").status == 0
    study.base("UPDATE sample SET seed = seed + 1")
    assert "sample of a round is not the one" in study("check").err


@pytest.mark.parametrize("percent", ["0", "-5", "100.1"])
def test_no_such_share_is_drawn(study: Qualcode, percent: str) -> None:
    study.refused("round", "sample", "r1", f"--percent={percent}", status=12)


def test_one_coder_cannot_double_code(study: Qualcode) -> None:
    study.done("round", "new", "r2", "--coders", "a")
    sentence = study.refused("round", "sample", "r2", "--percent", "20", status=12)
    assert "one coder" in sentence


def test_passages_come_again_unmarked(coded: Qualcode) -> None:
    coded.done("round", "new", "r2", "--coders", "a,b")
    coded.done("round", "assign", "r2", "--off", "a", "--sources", "FG1,ANNA")
    done = coded.asked("round", "repeat", "r2", "--of", "r1", "--percent", "50")
    assert {row["coder"]: row["passages"] > 0 for row in done} == {"a": True, "b": False}
    listed = {row["name"]: row for row in coded.asked("source", "list", "--as", "a")}
    again = sum(listed[name]["participant_turns"] for name in ("FG1", "ANNA") if name in listed)
    assert again == done[0]["passages"]
    spot = coded.asked("next", "--as", "a")
    assert "again" not in str(spot)


def test_a_round_does_not_repeat_itself_or_nothing(coded: Qualcode) -> None:
    coded.refused("round", "repeat", "r1", "--of", "r1", status=12)
    coded.done("round", "new", "r2", "--coders", "a,b")
    assert "Nobody" in coded.refused("round", "repeat", "r2", "--of", "r1", status=12)


def test_a_share_holds_ones_passages_and_not_the_sample(study: Qualcode) -> None:
    _drawn(study, "--percent", "30")
    bundle = study.folder / "a.bundle"
    study.done("bundle", "out", bundle, "--for", "a")
    share = Qualcode(study.folder / "a.qualcode", study.folder)
    share.done("bundle", "in", bundle)
    assert share.asked("source", "list") == study.asked("source", "list", "--as", "a")
    assert share.asked("next") == study.asked("next", "--as", "a")
    assert share.base("SELECT * FROM sample") == share.base("SELECT * FROM lot") == []


def test_how_many_units_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["round", "plan", "--alpha", "0.667", "--share", "0.1", "--json"]
    assert run(words) == 0
    assert '"units": 172' in capsys.readouterr().out


def test_disagreements_are_of_passages_two_coders_were_given(study: Qualcode) -> None:
    drawn = dict(_drawn(study, "--percent", "40"))
    for coder, code in (("a", "1a"), ("b", "1b")):
        while (found := study.asked("next", "--as", coder)) is not None:
            study.done("code", found["place"], code, "--as", coder)
    found = study.asked("disagreements", "--round", "r1")
    assert {each["place"] for each in found["disagreements"]} == set(drawn)
    assert found["left_out"] == []
    place = next(iter(drawn))
    study.done("decide", place, "first", "--round", "r1")
    left = study.asked("disagreements", "--round", "r1")["disagreements"]
    assert {each["place"] for each in left} == set(drawn) - {place}


def test_three_coders_in_pairs_are_compared_in_pairs(study: Qualcode) -> None:
    study.done("coder", "add", "c")
    study.done("round", "new", "r2", "--coders", "a,b,c", "--open")
    study.done("round", "assign", "r2", "--readers", "2")
    for coder, code in (("a", "1a"), ("b", "1b"), ("c", "1a")):
        while (found := study.asked("next", "--as", coder)) is not None:
            study.done("code", found["place"], code, "--as", coder)
    found = study.asked("disagreements", "--round", "r2")
    given = _given(study, "r2")
    for each in found["disagreements"]:
        pair = given[each["place"].split(":")[0]]
        assert set(each["codes"]) == set(pair)
        assert "b" in pair
    agreed = sum(
        row["turns"]
        for row in study.asked("round", "assign", "r2")["sources"]
        if set(row["whole"]) == {"a", "c"}
    )
    assert found["agreed"] == agreed > 0
    place = found["disagreements"][0]["place"]
    second = list(found["disagreements"][0]["codes"].values())[1]
    study.done("decide", place, "second", "--round", "r2")
    made = study.asked("quotes", second, "--round", "r2")["quotations"]
    assert [f"{each['source']}:{each['turn']}" for each in made] == [place]


def test_coders_do_not_hear_that_work_was_given_out(coded: Qualcode) -> None:
    before = [coded.done(*words, "--as", "a") for words in (["history"], ["status"])]
    coded.done("round", "new", "r2", "--coders", "lead,b")
    entries = coded.asked("status", "--as", "a")["entries"]
    coded.done("round", "sample", "r2", "--percent", "20")
    coded.done("round", "assign", "r2", "--to", "b", "--sources", "FG1")
    coded.done("round", "repeat", "r2", "--of", "r1", "--percent", "100")
    assert coded.asked("status", "--as", "a")["entries"] == entries
    told = coded.done("history", "--as", "a")
    assert "round new: r2" in told
    assert not any(f"round {what}" in told for what in ("sample", "assign", "repeat"))
    for what in ("sample", "assign", "repeat"):
        assert f"round {what}: r2" in coded.done("history")
    assert before[0].splitlines()[-1] in told


def test_a_round_of_some_sources_has_just_those(study: Qualcode) -> None:
    study.done("round", "new", "r2", "--coders", "a,b", "--sources", "FG1,BEA")
    assert set(_given(study, "r2")) == {"BEA", "FG1"}
    study.done("round", "assign", "r2", "--readers", "1")
    assert all(len(coders) == 1 for coders in _given(study, "r2").values())
    assert study.asked("round", "assign", "r2")["pool"] == []
    said = study("import", CHOIR.parent / "more" / "HAL.txt")
    assert "not part of round r2" in said.out
    assert "HAL" not in _given(study, "r2")
    study.done("round", "assign", "r2", "--to", "a", "--sources", "HAL")
    assert set(_given(study, "r2")["HAL"]) == {"a"}


def test_a_source_that_comes_after_the_dealing_is_in_the_pool(dealt: Qualcode) -> None:
    dealt.done("import", CHOIR.parent / "more" / "HAL.txt")
    pool = dealt.asked("round", "assign", "r1")["pool"]
    assert pool == [{"source": "HAL", "lacks": 1}]
    dealt.done("round", "assign", "r1", "--readers", "1")
    assert dealt.asked("round", "assign", "r1")["pool"] == []


def test_a_round_goes_by_an_earlier_codebook_where_that_is_said(study: Qualcode) -> None:
    study.done("codebook", "add", "Nerves", "--part", "1")
    made = study.asked("round", "new", "r2", "--coders", "a", "--codebook", "1")
    assert made["codebook_version"] == 1
    for version in ("0", "9"):
        words = ["round", "new", "r3", "--coders", "a", "--codebook", version]
        assert "no version" in study.refused(*words, status=12)


@pytest.mark.parametrize("percent", ["0", "-5", "100.1"])
def test_no_such_share_comes_again(coded: Qualcode, percent: str) -> None:
    coded.done("round", "new", "r2", "--coders", "a,b", "--sources", "FG1")
    words = ["round", "repeat", "r2", "--of", "r1", f"--percent={percent}"]
    assert "cannot be drawn" in coded.refused(*words, status=12)


def test_a_share_does_not_pretend_to_compare(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    bundle = coded.folder / "a.bundle"
    coded.done("bundle", "out", bundle, "--for", "a")
    share = Qualcode(coded.folder / "a.qualcode", coded.folder)
    share.done("bundle", "in", bundle)
    for words in (["agreement"], ["disagreements"]):
        assert "coder's share" in share.refused(*words, status=12)
    told = share.asked("round", "status", "r1")
    assert told["whole"] is None
    assert [one["coder"] for one in told["standing"]] == ["a"]
