"""The pictures in the README are pictures of this program."""

import re
import sys
from pathlib import Path

import pytest

from tests.help.picture import PICTURES, picture, place_of, words


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_opens_no_address(name: str) -> None:
    svg = place_of(name).read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"']+", svg)) == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in svg
    assert "url(http" not in svg


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="pictures are made with Python 3.11")
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_the_screen_shows_today(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this fails, look at the screen, then: .venv/bin/python tests/help/picture.py."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert words(place_of(name).read_text(encoding="utf-8")) == words(picture(name, tmp_path))
