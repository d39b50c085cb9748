"""Settings: what may be set, to what, and how a person is told otherwise."""

from collections.abc import MutableMapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.errors import NotFoundError, QualcodeError, RefusedError
from qualcode.domain.settings import Settings, changed, from_values, unknown_names


@pytest.mark.parametrize(
    ("name", "typed", "is_now"),
    [
        ("instant", "off", False),
        ("instant", "ON", True),
        ("pace", "no", False),
        ("pace", "yes", True),
        ("theme", "Light", "light"),
        ("pause", "45", 45),
        ("pause", "0", 0),
        ("pause", "1440", 1440),
        ("instant", False, False),
        ("pause", 45, 45),
    ],
)
def test_a_setting_is_set_as_typed(name: str, typed: object, is_now: object) -> None:
    now = changed(Settings(), name, typed)
    assert getattr(now, name) == is_now
    assert changed(now, name, "default") == Settings()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("instant", "perhaps"),
        ("instant", 1),
        ("instant", ""),
        ("theme", "blue"),
        ("theme", 3),
        ("pause", "soon"),
        ("pause", "-5"),
        ("pause", "1441"),
        ("pause", "4.5"),
        ("pause", 4.5),
        ("pause", True),
        ("pause", "٤٥"),
        ("pace", []),
        ("keys.undo", ""),
        ("keys.undo", "a b"),
        ("keys.undo", "a,,b"),
        ("keys.undo", "\x1b"),
        ("keys.undo", 7),
        ("keys.undo", "x" * 81),
    ],
)
def test_what_a_setting_cannot_be_is_refused_with_an_example(name: str, typed: object) -> None:
    with pytest.raises(RefusedError, match=r"cannot be “.*”: it is ") as mishap:
        changed(Settings(), name, typed)
    assert mishap.value.hint.startswith("Example: qualcode settings ")


@pytest.mark.parametrize("name", ["", "colour", "keys", "keys.", "keys.Undo", "keys.a b", "Pause"])
def test_a_name_that_is_no_setting_is_not_found(name: str) -> None:
    with pytest.raises(NotFoundError, match=r"There is no (setting|action) “"):
        changed(Settings(), name, "on")


def test_own_keys_are_added_changed_and_put_back() -> None:
    first = changed(Settings(), "keys.next", "ctrl+n,ν")
    both = changed(first, "keys.undo", "f5")
    assert both.keys == {"next": "ctrl+n,ν", "undo": "f5"}
    assert changed(both, "keys.undo", "f6").keys["undo"] == "f6"
    assert changed(both, "keys.undo", "default") == first
    assert Settings().keys == {}


def test_settings_do_not_change_under_whoever_holds_them() -> None:
    keys = {"undo": "f5"}
    settings = Settings(keys=keys)
    keys["undo"] = "f6"
    assert settings.keys == {"undo": "f5"}
    assert not isinstance(settings.keys, MutableMapping)


def test_unknown_names_are_listed_and_the_rest_is_read() -> None:
    values = {"pause": 20, "colour": "red", "keys": {"undo": "f5"}, "panes": {}}
    assert from_values(values) == Settings(pause=20, keys={"undo": "f5"})
    assert unknown_names(values) == ["colour", "panes"]


def test_keys_that_are_no_table_are_refused() -> None:
    with pytest.raises(RefusedError, match="keys cannot be “n”: it is a table"):
        from_values({"keys": "n"})


@given(st.text(max_size=12), st.one_of(st.text(max_size=12), st.integers(), st.booleans()))
def test_whatever_is_typed_is_set_or_told_in_a_sentence(name: str, typed: object) -> None:
    with suppress(QualcodeError):
        assert isinstance(changed(Settings(), name, typed), Settings)
