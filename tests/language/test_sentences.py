import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import trimmed
from qualcode.language.graphemes import inside_a_sign
from qualcode.language.sentences import ModelMissingError, sentences, splitter_name
from tests.language.conftest import cut, cut_turns, turn


@pytest.mark.parametrize(
    "expected",
    [
        ["We waited.", "Nobody came!", "Why would they?"],
        ["Dr. Moss rang at 3.30 a.m. on the ward."],
        ["I was … ", "well, you know…", "scared."],
        ["I was... ", "well.......", "you know…… ", "scared...."],
        ["What?!", "No?...", "Yes!!"],
        ["He shrugged.", "“Why?”", "she asked."],
        ["He shrugged.", '"Why?"', "she asked."],
        ["(Pause.)", "[laughter] Then he left.", "(A door closes)"],
        ["Right.", "- One thing.", "– Another."],
        ["We stopped.", "...and began again."],
        ["¿Y ahora?", "¡Nada!"],
        ["no full stop at all"],
    ],
)
def test_speech_is_cut_where_a_sentence_ends(expected: list[str]) -> None:
    stripped = [each.strip() for each in expected]
    assert cut(" ".join(stripped)) == stripped
    lines = "\n".join(stripped)
    assert cut(f" \n{lines}\n ") == stripped


def test_an_ellipsis_ends_a_sentence_within_a_word() -> None:
    assert cut("It was…so cold...you know") == ["It was…", "so cold...", "you know"]


def test_an_empty_line_ends_a_sentence() -> None:
    assert cut("no stop here\n \nnone there\nnor here") == ["no stop here", "none there\nnor here"]


def test_a_sentence_never_crosses_turns() -> None:
    text = "I mean\nAnd you?\nWell. No"
    turns = [turn(0, 6), turn(7, 15, TurnRole.INTERVIEWER), turn(16, 24)]
    assert cut_turns(text, turns) == ["I mean", "And you?", "Well.", "No"]


@pytest.mark.parametrize("role", [TurnRole.HEADING, TurnRole.NOTE, TurnRole.ADDED])
def test_only_what_was_said_has_sentences(role: TurnRole) -> None:
    assert cut_turns("Part two. Hello.", [turn(0, 9, role), turn(10, 16)]) == ["Hello."]


def test_a_sentence_ends_behind_the_whole_sign() -> None:
    assert cut("Yes! 👩‍👩‍👧 No.") == ["Yes!", "👩‍👩‍👧 No."]
    assert cut("so...\u0301yes") == ["so...\u0301", "yes"]
    assert cut("Fine.👍🏽 Go.") == ["Fine.👍🏽 Go."]


def test_white_space_alone_is_no_sentence() -> None:
    assert cut(" \n \n\t") == []
    assert sentences("", [], language="en") == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", ["We came.", "They went."]),
        ("EN", ["We came.", "They went."]),
        ("el", ["Τι; ", "Ναι."]),
        ("zh", ["你好。", "「再见。」", "他说！"]),
        ("ja", ["雨です。", "「はい。」", "と言った…"]),
        ("ko", ["네. ", "아니요."]),
        ("th", ["ฝนตก"]),
        ("vi", ["Vâng. ", "Không."]),
        ("tlh", ["nuqneh. ", "Qapla'!"]),
        ("", ["We came. ", "They went."]),
    ],
)
def test_any_language_is_cut_without_further_packages(language: str, expected: list[str]) -> None:
    parted = "".join(expected) if language in ("zh", "ja") else " ".join(expected)
    assert cut(parted, language=language) == [each.strip() for each in expected]


def test_a_missing_model_is_said_with_a_way_out() -> None:
    with pytest.raises(ModelMissingError, match="“no_such_model” is not installed") as caught:
        sentences("Well.", [turn(0, 5)], language="en", model="no_such_model")
    assert "by rules" in caught.value.hint
    assert isinstance(caught.value, QualcodeError)
    with pytest.raises(ModelMissingError):
        splitter_name("en", "no_such_model")


def test_a_model_of_ones_own_cuts_by_its_own_rules(tmp_path: Path) -> None:
    import spacy

    own = spacy.blank("en", meta={"version": "1.2.3"})
    own.add_pipe("sentencizer", config={"punct_chars": [";"]})
    own.to_disk(tmp_path / "own")
    place = str(tmp_path / "own")
    text = "Well. So; yes."
    found = sentences(text, [turn(0, len(text))], language="en", model=place)
    assert [each.of(text) for each in found] == ["Well. So;", "yes."]
    assert "1.2.3" in splitter_name("en", place)


def test_a_model_that_cuts_no_sentences_is_given_the_rules(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "plain")
    text = "Well… yes."
    found = sentences(text, [turn(0, 10)], language="en", model=str(tmp_path / "plain"))
    assert [each.of(text) for each in found] == ["Well…", "yes."]


def test_the_splitter_is_known_by_name() -> None:
    assert splitter_name("en-GB") == splitter_name("EN") != splitter_name("de")
    assert splitter_name("ja") == splitter_name("ko")


def test_naming_the_splitter_loads_nothing_heavy() -> None:
    asked = "import sys, qualcode.language.sentences as s; s.splitter_name('en'); "
    ran = subprocess.run(
        [sys.executable, "-c", asked + "print('spacy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "False"


PIECES = [
    *["Yes", "no", "Dr. Moss", "3.5", " ", "  ", "\n", "\n\n", ".", "...", "…", "?", "!"],
    *[
        '"',
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "-",
        "—",
        "\u0301",
        "👩‍👧",
        "🇬🇧",
        "👍🏽",
        "\u200d",
        "\u00a0",
    ],
    *["。", "「", "」", "؟", "אבג", "한", "e\u0301"],
]


@settings(max_examples=150, deadline=None)
@example(parts=["no", "...", "\u0301", "Yes"], cuts=[])
@given(
    parts=st.lists(st.sampled_from(PIECES), max_size=30),
    cuts=st.lists(st.integers(0, 60), max_size=4),
)
def test_every_word_stands_in_exactly_one_sentence(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    edges = sorted({min(each, len(text)) for each in [0, *cuts, len(text)]})
    turns = [Turn(1, "Ada", TurnRole.PARTICIPANT, one, two) for one, two in pairwise(edges)]
    found = sentences(text, turns, language="en")
    held = [position for each in found for position in range(*each)]
    assert held == sorted(set(held))
    assert {at for at, sign in enumerate(text) if not sign.isspace()} <= set(held)
    for each in found:
        assert trimmed(text, each) == each
        assert sum(one.range.overlaps(each) for one in turns) == 1
        assert all(edge in edges or not inside_a_sign(text, edge) for edge in each)


def test_two_sources_may_be_cut_at_the_same_time() -> None:
    texts = [" ".join(f"Word{number * 31 % 997} ends." for number in range(n)) for n in (900, 901)]
    with ThreadPoolExecutor(2) as pool:
        assert [len(found) for found in pool.map(cut, texts * 4)] == [900, 901] * 4
