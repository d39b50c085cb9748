"""The texts of an entry's fields on the screen."""

from qualcode.tui.codebook.fields import FIELDS, entries


def test_several_entries_can_be_told_apart_and_one_stands_plain() -> None:
    assert entries(("No bus, no fare.", "No way home.")) == "– No bus, no fare.\n– No way home."
    assert entries(("No bus.",)) == "No bus."
    assert entries("No bus.\nNo fare.") == "No bus.\nNo fare."
    assert entries(()) == ""


def test_who_proposed_a_code_is_not_worded_by_hand() -> None:
    assert "proposed_by" not in FIELDS
    assert FIELDS["include"] == "when to use"
