"""Themes and what is missing, from the command line."""

import pytest

from tests.conftest import Qualcode


@pytest.fixture
def tea(coded: Qualcode) -> Qualcode:
    """Set up a theme of the lead's on two codes."""
    coded.done("theme", "new", "Tea matters", "--codes", "1a,2b", "--claim", "They come for tea.")
    return coded


def test_a_theme_is_listed_with_its_passages_and_its_claim(tea: Qualcode) -> None:
    (theme,) = tea.asked("theme", "list")
    assert (theme["name"], theme["claim"], theme["passages"]) == (
        "Tea matters",
        "They come for tea.",
        5,
    )
    assert theme["sources"] == ["ANNA", "Gus"]
    assert "1 Tea matters · 5 passages in 2 sources\n    They come for tea." in tea.done(
        "theme", "list"
    )


def test_a_theme_shows_its_codes_and_how_it_read(tea: Qualcode) -> None:
    tea.done("theme", "edit", "tea matters", "--claim", "It is the tea.", "--to", "Tea")
    shown = tea.asked("theme", "show", "Tea")
    assert [(one["code"], one["passages"]) for one in shown["codes"]] == [
        ("CH1A", 3),
        ("Low notes", 2),
    ]
    assert [(one["what"], one["claim"]) for one in shown["history"]] == [
        ("new", "They come for tea."),
        ("reword", "It is the tea."),
    ]
    assert "no counter-example recorded" in tea.done("theme", "show", "Tea")
    assert tea("theme", "edit", "Tea").status == 2


def test_passages_are_reviewed_by_code_and_in_a_source(tea: Qualcode) -> None:
    found = tea.asked("theme", "review", "Tea matters")["passages"]
    name = next(one["id"] for one in found if one["place"] == "ANNA:6")
    tea.done("theme", "counter", "Tea matters", name)
    words = tea.done("theme", "review", "Tea matters")
    assert f"≠ {name} · ANNA:6 · ANNA · a coder" in words
    source = tea.done("theme", "review", "Tea matters", "--source", "ANNA")
    assert "What do you miss when it is cancelled?" in source
    assert f"≠ {name} Low notes: “The tea, honestly." in source
    turns = tea.asked("theme", "review", "Tea matters", "--source", "ANNA")["turns"]
    assert [one["number"] for one in turns if one["passages"]] == [2, 4, 6]
    tea.done("theme", "counter", "Tea matters", name, "--drop")
    assert tea.asked("theme", "show", "Tea matters")["counter_examples"] == []
    tea.refused("theme", "counter", "Tea matters", "Q0000000", status=10)


def test_codes_moves_retiring_and_undo(tea: Qualcode) -> None:
    tea.done("theme", "new", "Halls")
    tea.done("theme", "codes", "Halls", "1b", "2a")
    assert len(tea.asked("theme", "show", "Halls")["codes"]) == 2
    tea.done("theme", "codes", "Halls")
    assert tea.asked("theme", "show", "Halls")["codes"] == []
    tea.done("theme", "move", "Halls", "1")
    assert [one["name"] for one in tea.asked("theme", "list")] == ["Halls", "Tea matters"]
    tea.done("theme", "retire", "Halls")
    assert [one["name"] for one in tea.asked("theme", "list")] == ["Tea matters"]
    assert "“Halls” reads as before." in tea.done("theme", "undo")
    assert "“Halls” is retired." in tea.done("theme", "redo")
    assert "nothing in your themes to redo" in tea.refused("theme", "redo", status=12)
    tea.done("theme", "undo")
    tea.done("theme", "undo")
    assert "“Halls” reads as it did." in tea.done("theme", "redo")
    tea.done("theme", "new", "Odds")
    assert "“Odds” is gone." in tea.done("theme", "undo")
    assert tea.done("check").startswith("All is well")


def test_another_coders_theme_is_the_leads_to_see_and_not_to_change(tea: Qualcode) -> None:
    tea.done("theme", "new", "Mine", "--as", "a")
    assert [one["who"] for one in tea.asked("theme", "list")] == ["", "a coder"]
    assert "is a coder's" in tea.refused("theme", "retire", "Mine", status=12)
    assert [one["who"] for one in tea.asked("theme", "list", "--as", "b")] == ["lead"]


def test_the_missing_quotation_is_found_and_the_exit_status_says_so(tea: Qualcode) -> None:
    tea.done("theme", "edit", "Tea matters", "--claim", "A deeper meaning:")
    tea.done("theme", "codes", "Tea matters")
    tea.done("theme", "new", "Snow", "--codes", "1b")
    tea.done("theme", "new", "Staying", "--codes", "1b")
    said = tea("lint", "--json")
    assert said.status == 1
    found = {(one["kind"], one["place"]) for one in said.document["findings"]}
    assert found >= {
        ("announced", "Tea matters"),
        ("used twice", "CH1B"),
        ("no rule", "CH1B"),
        ("no claim", "Snow"),
    }
    assert said.data == {"count": len(said.document["findings"])}
    plain = tea("codebook", "lint")
    assert plain.status == 1
    assert plain.sentence.startswith("! CH1A Ways in has no example. Write it: qualcode codebook")


def test_quotations_with_those_below_stand_once_each(coded: Qualcode) -> None:
    coded.done("codebook", "move", "Low notes", "--under", "1b")
    coded.done("round", "update", "r1")
    alone = coded.asked("quotes", "1b", "--layer", "a", "--as", "a")["quotations"]
    below = coded.asked("quotes", "1b", "--layer", "a", "--below", "--as", "a")["quotations"]
    assert (len(alone), len(below)) == (6, 7)
    assert len({one["id"] for one in below}) == 7
    only_below = next(one for one in below if one["source"] == "Gus" and one["turn"] == 2)
    assert only_below["also_under"] == ["Low notes"]
    shown = coded.done("codebook", "show", "1b", "--as", "a")
    assert "Used: 6 passages, 7 with the codes below, in 4 sources" in shown
