"""A file loaded into a codebook that lives."""

import re
from pathlib import Path

import pytest

from qualcode.domain.errors import (
    AlreadyThereError,
    QualcodeError,
    RefusedError,
)
from qualcode.domain.restructuring import Place
from qualcode.interchange.codebook_file import write_codebook
from qualcode.services import (
    codebook_changes,
    codebooks,
)
from qualcode.services.codebook_changes import Draft
from tests.services.conftest import Choir
from tests.services.leading import Lead


@pytest.fixture
def lead(at_desk: Choir) -> Lead:
    """Lead the choir study, begun and not yet coded."""
    return Lead(at_desk)


def filed(lead: Lead, tmp_path: Path, *changes: tuple[str, str]) -> str:
    """Write the codebook into a file with some words exchanged."""
    text = write_codebook(lead.book)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "book.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_loaded_code_stays_itself_and_the_retired_stay_retired(
    lead: Lead, tmp_path: Path
) -> None:
    project = lead.choir.project
    file = filed(lead, tmp_path, ("Hall, bus, hours, weather.", "Hall and bus."))
    lead.merge("CH1A", into="CH1B")
    lead.rename("CH2A", name="Where and when")
    before = lead.book
    with pytest.raises(RefusedError, match="a name of the retired code CH1A"):
        codebooks.load(project, file, by=lead.by)
    file = filed(lead, tmp_path, ("Hall, bus, hours, weather.", "Hall and bus."))
    after = codebooks.load(project, file, by=lead.by, reason="Shorter.")
    assert after.retired == before.retired
    code = after.code("CH2A")
    assert (code.id, code.description) == (before.code("CH2A").id, "Hall and bus.")
    assert code.earlier_names == ("Place and time",)
    assert after.code("CH1B").earlier_names == before.code("CH1B").earlier_names
    assert lead.choir.is_sound()


def test_a_file_of_what_stands_changes_nothing(lead: Lead, tmp_path: Path) -> None:
    lead.merge("CH1A", into="CH1B")
    entries = lead.choir.entries()
    assert codebooks.load(lead.choir.project, filed(lead, tmp_path), by=lead.by) == lead.book
    assert lead.choir.entries() == entries


def test_a_file_that_lacks_a_code_is_refused_with_the_way_to_retire_it(
    lead: Lead, tmp_path: Path
) -> None:
    file = filed(lead, tmp_path)
    codebook_changes.add(lead.choir.project, Draft("Tea"), Place(part=2), by=lead.by)
    with pytest.raises(RefusedError, match="lacks codes that the project has: CH2B") as mishap:
        codebooks.load(lead.choir.project, file, by=lead.by)
    assert "qualcode codebook retire" in mishap.value.hint


@pytest.mark.parametrize("key", ["1a", "CH1A"])
def test_a_file_cannot_give_a_retired_key_out_again(lead: Lead, tmp_path: Path, key: str) -> None:
    lead.retire("CH1A")
    file = Path(filed(lead, tmp_path, ("key: 2a", f"key: {key}")))
    without_retired = file.read_text(encoding="utf-8").partition("\nretired:")[0]
    file.write_text(without_retired + "\n", encoding="utf-8")
    with pytest.raises(QualcodeError, match=f"“{key}”"):
        codebooks.load(lead.choir.project, str(file), by=lead.by)
    assert lead.versions() == 2


def test_a_file_cannot_call_a_new_code_by_anothers_earlier_label(
    lead: Lead, tmp_path: Path
) -> None:
    lead.rename("CH1A", label="CH1Z", key="1z")
    with pytest.raises(AlreadyThereError, match="“1a” was a name of CH1Z"):
        codebook_changes.add(lead.choir.project, Draft("Tea", key="1a"), Place(part=1), by=lead.by)
    assert lead.book.code("1a").label == "CH1Z"
    file = filed(lead, tmp_path)
    text = Path(file).read_text(encoding="utf-8")
    entry = r"\1- code: CH1A\n\1  key: q\n\1  label: q\n\1- code: CH1B"
    more = re.sub(r"(?m)^( *)- code: CH1B$", entry, text)
    assert more != text
    Path(file).write_text(more, encoding="utf-8")
    with pytest.raises(RefusedError, match="another name of CH1Z"):
        codebooks.load(lead.choir.project, file, by=lead.by)


def test_a_file_that_rewords_a_rule_wants_a_reason_and_names_the_code(
    lead: Lead, tmp_path: Path
) -> None:
    file = filed(lead, tmp_path, ("Hall, bus, hours, weather.", "Hall and bus."))
    with pytest.raises(RefusedError, match=r"book.yaml rewords .* needs a reason: CH2A\.") as no:
        codebooks.load(lead.choir.project, file, by=lead.by, reason="  ")
    assert "--because" in no.value.hint
    assert lead.versions() == 1
    made = codebooks.taken_in(lead.choir.project, file, by=lead.by, reason="Shorter.")
    assert [change.code for change in made.changes] == [made.codebook.code("CH2A").id]


def test_a_file_that_retires_a_code_wants_a_reason(lead: Lead, tmp_path: Path) -> None:
    lead.retire("CH2A")
    file = filed(lead, tmp_path)
    lead.undo()
    with pytest.raises(RefusedError, match=r"needs a reason: CH2A\."):
        codebooks.load(lead.choir.project, file, by=lead.by)
    assert not codebooks.load(lead.choir.project, file, by=lead.by, reason="Unused.").holds("CH2A")


def test_a_file_that_only_adds_wants_no_reason(lead: Lead, tmp_path: Path) -> None:
    codebook_changes.add(lead.choir.project, Draft("Tea"), Place(part=2), by=lead.by)
    file = filed(lead, tmp_path)
    lead.undo()
    assert codebooks.load(lead.choir.project, file, by=lead.by).code("CH2B").name == "Tea"
