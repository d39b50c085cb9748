"""A person's settings are kept for them alone, and never written over in the dark."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.domain.settings import Settings
from qualcode.services.settings import changed, keep, place, read_settings, unknown_settings

BROKEN = {
    "no TOML": (b"pause = \n", "it cannot be read as TOML"),
    "a number too long": (b"pause = " + b"9" * 5000, "it cannot be read as TOML"),
    "nested without end": (b"keys = " + b"[" * 60_000, "it cannot be read as TOML"),
    "another text encoding": (b'theme = "\xff"', "it is not UTF-8 text."),
    "too large": (b"#" * 70_000, "it is larger than 64 KB."),
    "no such theme": (b'theme = "blue"', "theme cannot be “blue”: it is dark or light."),
    "no such pause": (b"pause = true", "pause cannot be “True”: it is a number of minutes"),
    "keys no table": (b"keys = 3", "keys cannot be “3”"),
    "an action misspelt": (b'[keys]\n"a b" = "n"', "There is no action “a b”"),
}


@pytest.fixture
def kept() -> Path:
    """Give the file, not written yet, in a folder that is there."""
    place().parent.mkdir(parents=True)
    return place()


def test_where_nothing_was_set_all_is_as_it_comes(configuration: Path) -> None:
    assert read_settings() == Settings()
    assert unknown_settings() == []
    assert not configuration.exists()


def test_settings_lie_in_the_persons_own_folder_and_nobody_else_reads_them(
    configuration: Path,
) -> None:
    keep(Settings(pause=45))
    assert place() == configuration / "qualcode" / "settings.toml"
    assert place().stat().st_mode & 0o777 == 0o600
    assert place().parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in place().parent.iterdir()] == ["settings.toml"]


def test_what_was_kept_is_read_again() -> None:
    settings = changed(Settings(theme="light", instant=False), "keys.undo", 'ctrl+z,",\\,ν')
    keep(settings)
    assert read_settings() == settings
    keep(Settings())
    assert read_settings() == Settings()


@given(
    st.builds(
        Settings,
        instant=st.booleans(),
        theme=st.sampled_from(["dark", "light"]),
        pause=st.integers(0, 1440),
        pace=st.booleans(),
        keys=st.dictionaries(
            st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
            st.text(min_size=1, max_size=9).filter(
                lambda keys: keys.isprintable() and not {" ", ","} & set(keys) and keys != "default"
            ),
        ),
    )
)
def test_any_settings_are_read_as_they_were_kept(settings: Settings) -> None:
    keep(settings)
    assert read_settings() == settings


def test_a_file_written_by_hand_is_read(kept: Path) -> None:
    kept.write_bytes(b"\xef\xbb\xbf# mine\r\npause = 20\r\n[keys]\r\nundo = 'f5'\r\n")
    assert read_settings() == Settings(pause=20, keys={"undo": "f5"})


def test_an_empty_file_sets_nothing(kept: Path) -> None:
    kept.touch()
    assert read_settings() == Settings()
    keep(Settings(pause=5))
    assert read_settings().pause == 5


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_a_sentence_and_left_as_it_is(kept: Path, name: str) -> None:
    data, sentence = BROKEN[name]
    kept.write_bytes(data)
    for attempt in (read_settings, lambda: keep(Settings(pause=45))):
        with pytest.raises(ImportRefusedError) as mishap:
            attempt()
        assert mishap.value.sentence.startswith(f"{kept}: {sentence}")
        assert "\n" not in mishap.value.sentence
        assert "delete it to begin anew" in mishap.value.hint
    assert kept.read_bytes() == data


def test_a_folder_in_its_place_is_told_in_a_sentence(kept: Path) -> None:
    kept.mkdir()
    with pytest.raises(ImportRefusedError, match="not a regular file"):
        keep(Settings())
    assert kept.is_dir()


def test_what_a_later_version_set_is_told_and_not_lost(kept: Path) -> None:
    kept.write_text("colour = 'red'\npause = 20\n")
    assert read_settings() == Settings(pause=20)
    assert [(finding.kind, finding.place) for finding in unknown_settings()] == [
        ("unknown setting", "colour")
    ]
    with pytest.raises(ExportRefusedError, match="holds “colour”"):
        keep(Settings(pause=45))
    assert kept.read_text() == "colour = 'red'\npause = 20\n"


def test_a_link_to_settings_kept_elsewhere_stays_a_link(kept: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text("pause = 20\n")
    kept.symlink_to(elsewhere)
    keep(Settings(pause=45))
    assert kept.is_symlink()
    assert "pause = 45" in elsewhere.read_text()


def test_a_link_to_nowhere_is_told_in_a_sentence(kept: Path, tmp_path: Path) -> None:
    kept.symlink_to(tmp_path / "nothing.toml")
    with pytest.raises(ImportRefusedError, match="no such file"):
        read_settings()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(configuration: Path) -> None:
    configuration.write_text("a file where a folder is wanted")
    with pytest.raises(ExportRefusedError, match="could not be made"):
        keep(Settings())
