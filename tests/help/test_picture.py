"""The picture in the README is a picture of this program."""

import re
import sys
from pathlib import Path

import pytest

from tests.help.picture import PLACE, picture, words


def test_the_picture_opens_no_address() -> None:
    svg = PLACE.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"']+", svg)) == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in svg
    assert "url(http" not in svg


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the picture is made with Python 3.11")
def test_the_picture_shows_what_the_screen_shows_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this fails, look at the screen, then: .venv/bin/python tests/help/picture.py."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert words(PLACE.read_text(encoding="utf-8")) == words(picture(tmp_path))
