"""A blind round opens at its end, and not before; an open one hides nothing."""

import pytest

from tests.conftest import CHOIR, Qualcode


@pytest.mark.parametrize("word", ["agreement", "disagreements"])
def test_comparing_waits_for_the_end_of_the_round(coded: Qualcode, word: str) -> None:
    assert "is blind" in coded.refused(word, "--as", "a", status=12)
    coded.done("round", "freeze", "r1")
    assert "is blind" in coded.refused(word, "--as", "a", status=12)
    coded.done("round", "close", "r1")
    assert coded.done(word, "--as", "a")


def test_a_closed_round_shows_the_layers_to_its_coders(coded: Qualcode) -> None:
    coded.refused("quotes", "2a", "--layer", "b", "--as", "a", status=12)
    coded.done("round", "close", "r1")
    assert len(coded.asked("quotes", "2a", "--layer", "b", "--as", "a")["quotations"]) == 4
    assert "b: coded 10 places" in coded.done("history", "--as", "a")


def test_an_open_round_hides_nothing(study: Qualcode) -> None:
    study.done("round", "new", "r2", "--coders", "a,b", "--open")
    study.done("code", "--from", CHOIR / "b.csv", "--as", "b", "--round", "r2")
    quotations = study.asked("quotes", "2a", "--layer", "b", "--round", "r2", "--as", "a")
    assert len(quotations["quotations"]) == 4


def test_a_coder_sees_only_their_own_standing(coded: Qualcode) -> None:
    said = coded.asked("round", "status", "r1", "--as", "b")
    assert said["whole"] is None
    assert said["standing"] == [
        {
            "coder": "b",
            "sources_finished": 5,
            "sources_assigned": 6,
            "turns_done": 14,
            "turns": 15,
            "left": [{"source": "Emil", "turns_done": 0, "turns_left": 1}],
        }
    ]
    lines = coded.done("round", "status", "r1", "--as", "b").splitlines()
    assert lines[1:] == [
        "yours: 5 of 6 sources finished, 14 of 15 turns done",
        "  Emil  0 done  1 left",
    ]


def test_of_a_damage_in_a_colleagues_layer_a_coder_learns_no_place(coded: Qualcode) -> None:
    import sqlite3

    coded.done("memo", "ANNA:7", "Mine.", "--as", "b")
    with sqlite3.connect(coded.place) as file:
        file.execute("UPDATE memo SET body = 'Yours.' WHERE body = 'Mine.'")
    file.close()
    (told,) = coded("check", "--as", "lead", "--json").document["findings"]
    assert told["place"]
    (found,) = coded("check", "--as", "a", "--json").document["findings"]
    assert found == {**told, "place": ""}


def test_the_lead_tells_nobody_by_accident_why_a_coder_proposed_something(
    coded: Qualcode,
) -> None:
    why = ("--because", "Zanzibar", "--as", "b")
    coded.done("codebook", "propose", "--reword", "2a", "--set", "definition=Where.", *why)
    (one,) = coded.asked("codebook", "proposals", "--all")
    accept = ("codebook", "decide", one["name"], "--accept")
    assert coded.refused(*accept, status=12) == "Rewording a rule needs a reason."
    coded.done(*accept, "--because", "Shorter.")
    assert "Shorter." in coded.done("codebook", "versions", "--as", "a")
    assert "Zanzibar" not in coded.done("codebook", "versions", "--as", "a")
