"""A coding session stroke by stroke, as the product's own page tells it."""

from collections.abc import Iterable

from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import sources

from .conftest import Sit, Sitting, Study

FIRST = (
    "We rang and nobody came. I would rather have seen somebody who listens than the house "
    "rules read out… that was the thing, each time."
)
OWN_WORDS = (
    FIRST,
    "They asked for papers I had never seen, and then they shut the counter.",
    "The label stuck. Once they call you difficult, you are difficult on every form.",
    "And then you go home and say nothing.",
)
WALK = "# INVENTED: written for a test; nobody said these words\n\n" + "\n\n".join(
    [f"INT: Question {n}?\n\nFG6: Answer {n}." for n in range(1, 4)]
    + ["INT: [added] Anything to add?\n\nFG6: " + OWN_WORDS[0]]
    + [f"INT: And then?\n\nFG6: {words}" for words in OWN_WORDS[1:]]
)


async def _strokes(desk: Sitting, keys: Iterable[str]) -> int:
    pressed = [*keys]
    await desk.press(*pressed)
    return len(pressed)


async def test_four_turns_and_six_codings_take_about_thirty_strokes(study: Study, sit: Sit) -> None:
    """A turn with a known code takes three strokes; the definition, a sentence, a memo, a
    search by word, a comparison and a change of mind are in between.
    """
    upload = Upload("FG6.txt", WALK.encode())
    sources.take_in(study.project, upload, wishes=Wishes(), by=study.lead)
    async with sit(into=False) as desk:
        await desk.press("j", "j", "enter", "g", "8", "enter")
        assert "FG6 · turn 8 of 14" in desk.head
        count = await _strokes(desk, ["1", "d"])
        assert desk.said == "+ TC1D Needs"
        count += await _strokes(desk, ["d", "q", "s", "l"])
        count += await _strokes(desk, ["2", "c"])
        assert desk.said.startswith("+ TC2C Controversies on 14 words")
        await desk.press("m", *"why not? cf FG4.", "enter")
        assert desk.said.startswith("Memo")
        count += await _strokes(desk, ["n"])
        assert "turn 10 of 14" in desk.head
        count += await _strokes(desk, ["enter", *"barr", "enter"])
        assert desk.said == "+ TC1B Negatives"
        count += await _strokes(desk, ["n", "1", "b", "2", "c"])
        count += await _strokes(desk, ["equals_sign", "equals_sign"])
        count += await _strokes(desk, ["n", "r", "u"])
        assert "TC1B Negatives, TC2C" in desk.said
        assert "turn 14" in desk.said
        count += await _strokes(desk, ["1", "f", "exclamation_mark"])
        count += await _strokes(desk, ["n"])
    assert [label for label, _ in study.labels("FG6", study.ada)] == [
        *("TC1D", "TC2C", "TC1B", "TC1B", "TC2C", "TC1F"),
    ]
    desk_now = study.desk("FG6", study.ada)
    assert len(desk_now.flags) == 1
    assert [memo.coding for memo in desk_now.memos] == [desk_now.codings[1].root]
    assert count <= 33
