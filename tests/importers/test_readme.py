import re
from pathlib import Path

import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.importing import Importer, Upload, Wishes
from qualcode.interchange.plugins import importers

README = (Path(__file__).parents[2] / "importers" / "README.md").read_text(encoding="utf-8")


def example() -> Importer:
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert code is not None
    room: dict[str, type] = {}
    exec(code[1], room)  # noqa: S102 - the example of our own README
    made = room["SubtitleImporter"]()
    assert isinstance(made, Importer)
    return made


def test_the_example_of_the_readme_reads_subtitles() -> None:
    words = "1\n00:01,000 --> 00:02,000\nINT: Is it\nfar?\n\n2\n00:03,000 --> 00:04,000\nP1: No.\n"
    (draft,) = example().drafts(Upload("talk.srt", words.encode()), Wishes())

    assert draft.text == "INT: Is it far?\nP1: No."
    assert [turn.range.of(draft.text) for turn in draft.turns] == ["Is it far?", "No."]


def test_the_example_of_the_readme_refuses_what_it_cannot_read() -> None:
    with pytest.raises(ImportRefusedError, match="a subtitle has no times"):
        example().drafts(Upload("talk.srt", b"words"), Wishes())


def test_the_readme_lists_every_importer_with_its_endings() -> None:
    for name, one in importers().items():
        endings = " ".join(f"`{suffix}`" for suffix in one.suffixes)
        assert f"| `{name}` | {endings} |" in README
