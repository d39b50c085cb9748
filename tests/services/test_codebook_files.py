"""The codebook leaves and comes back: nobody's file is lost, and no code either."""

import csv
from pathlib import Path

import pytest
from docx import Document

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import (
    AlreadyThereError,
    ExportRefusedError,
    ImportRefusedError,
    RefusedError,
)
from qualcode.domain.proposals import Proposal
from qualcode.services import (
    codebook_changes,
    codebook_files,
    codebook_undo,
    codebooks,
    coding,
    people,
    projects,
    quotations,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.codebook_files import Written
from qualcode.store.project import Project
from tests.services.conftest import Choir
from tests.services.proposed import accept

READ_BACK = ["yaml", "csv", "xlsx", "qdc"]


def words_of(path: Path) -> str:
    file = Document(str(path))
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    paragraphs = [*file.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return "\n".join(one.text for one in paragraphs)


def book(at_desk: Choir) -> Codebook:
    return codebooks.codebook(at_desk.project)


def written(at_desk: Choir, path: Path, *, update: bool = False) -> Written:
    lead = at_desk.coder("lead")
    return codebook_files.export_codebook(at_desk.project, path, by=lead, update=update)


def merged(at_desk: Choir) -> None:
    first, second, third = book(at_desk).codes[:3]
    lead = at_desk.coder("lead")
    codebook_changes.merge(at_desk.project, [first], into=second, by=lead, reason="Alike.")
    codebook_changes.rename(at_desk.project, third, label="ZZ9", by=lead)


@pytest.mark.parametrize("suffix", READ_BACK)
def test_what_was_exported_loads_into_its_own_project_without_a_change(
    at_desk: Choir, tmp_path: Path, suffix: str
) -> None:
    merged(at_desk)
    path = tmp_path / f"codes.{suffix}"
    before = book(at_desk)

    written(at_desk, path)
    after = codebooks.load(at_desk.project, str(path), by=at_desk.coder("lead"))

    assert after == before
    assert at_desk.is_sound()


@pytest.mark.parametrize("suffix", READ_BACK)
def test_what_was_exported_begins_another_project_with_the_same_codes(
    at_desk: Choir, tmp_path: Path, suffix: str, other: Project
) -> None:
    merged(at_desk)
    path = tmp_path / f"codes.{suffix}"
    written(at_desk, path)

    codebooks.load(other, str(path), by=people.named(other, "lead"))

    here, there = book(at_desk), codebooks.codebook(other)
    assert [one.title for one in there.codes] == [one.title for one in here.codes]
    assert [one.title for one in there.retired] == [one.title for one in here.retired]
    gone = here.retired[0]
    assert [one.title for one in there.successors(there.retired[0])] == [
        one.title for one in here.successors(gone)
    ]


@pytest.fixture
def other(tmp_path: Path) -> Project:
    """Begin an empty project."""
    return projects.begin(str(tmp_path / "other.qualcode"), name="Other", lead="lead")


def test_a_file_that_is_there_is_refused_and_stays(at_desk: Choir, tmp_path: Path) -> None:
    for suffix in (*READ_BACK, "docx"):
        path = tmp_path / f"codes.{suffix}"
        path.write_text("ours")
        with pytest.raises(AlreadyThereError, match="it was not touched"):
            written(at_desk, path)
        assert path.read_text() == "ours"


def test_remarks_in_our_file_survive_an_update(at_desk: Choir, tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    written(at_desk, path)
    path.write_text(f"# Ours alone.\n{path.read_text()}# The end.\n")
    code = book(at_desk).codes[0]
    codebook_changes.reword(
        at_desk.project, code, {"description": "Anew."}, by=at_desk.coder("lead"), reason="Why not."
    )

    done = written(at_desk, path, update=True)

    assert done.changed == ("the codebook’s version", code.label)
    assert path.read_text().startswith("# Ours alone.\n")
    assert path.read_text().endswith("# The end.\n")
    assert "Anew." in path.read_text()


def test_an_update_that_changes_nothing_leaves_no_trace(at_desk: Choir, tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    written(at_desk, path)
    before, entries = path.stat(), at_desk.entries()

    assert written(at_desk, path, update=True).changed == ()
    assert (path.stat().st_mtime_ns, at_desk.entries()) == (before.st_mtime_ns, entries)


def test_another_yaml_file_is_never_made_a_codebook(at_desk: Choir, tmp_path: Path) -> None:
    path = tmp_path / "songs.yaml"
    path.write_text("songs: [a]\n")

    with pytest.raises(ImportRefusedError, match="no qualcode codebook"):
        written(at_desk, path, update=True)
    assert path.read_text() == "songs: [a]\n"


@pytest.mark.in_a_file("only a file can be named as the codebook's place")
def test_the_project_itself_is_spared(at_desk: Choir) -> None:
    link = Path(at_desk.project.place).with_suffix(".yaml")
    link.symlink_to(at_desk.project.place)

    with pytest.raises(ExportRefusedError, match="the project itself"):
        written(at_desk, link, update=True)


def test_an_ending_that_nobody_writes_is_a_sentence(at_desk: Choir, tmp_path: Path) -> None:
    with pytest.raises(ExportRefusedError) as caught:
        written(at_desk, tmp_path / "codes.pdf")
    assert caught.value.hint == "Name a file that ends in one of: .csv, .docx, .qdc, .xlsx, .yaml."


def test_it_is_entered_in_the_journal_that_the_codebook_left(
    at_desk: Choir, tmp_path: Path
) -> None:
    before = at_desk.entries()
    written(at_desk, tmp_path / "codes.qdc")

    assert at_desk.entries() == before + 1
    assert at_desk.is_sound()


def test_nothing_is_written_where_there_is_no_codebook(other: Project, tmp_path: Path) -> None:
    lead = people.named(other, "lead")
    with pytest.raises(RefusedError, match="no codebook yet"):
        codebook_files.export_codebook(other, tmp_path / "c.yaml", by=lead)


def test_the_document_has_every_code_with_gaps_counts_examples_and_history(
    at_desk: Choir, tmp_path: Path
) -> None:
    seat = at_desk.seat("a", "free")
    code = book(at_desk).codes[3]
    at_desk.apply(seat, at_desk.spot("ANNA:2"), code.label)
    _code, quoted = quotations.quotations(
        at_desk.project, code.label, layer_name="a", by=at_desk.coder("a"), round_name="free"
    )
    lead = at_desk.coder("lead")
    wording = {"examples": (quoted[0].id, "words of our own")}
    codebook_changes.reword(at_desk.project, code, wording, by=lead)
    merged(at_desk)
    path = tmp_path / "codes.docx"

    written(at_desk, path)
    words = words_of(path)

    now = book(at_desk)
    assert all(f"\n{one.title}\n" in words for one in now.codes)
    assert "no rule recorded" in words
    assert "1 passage, in 1 source" in words
    assert quoted[0].words in words
    assert "words of our own" in words
    assert f"{now.retired[0].title} was merged into" in words
    assert "Reason: Alike." in words
    assert "Retired codes" in words
    whole = len(now.codes) + len(now.retired)
    assert f"Stored {whole} codes = printed {len(now.codes)} in use + 1 retired." in words


def test_a_blind_coder_prints_no_count_and_no_words_of_a_colleague(
    at_desk: Choir, tmp_path: Path
) -> None:
    code = book(at_desk).codes[3]
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:2"), code.label)
    _code, quoted = quotations.quotations(
        at_desk.project, code.label, layer_name="a", by=at_desk.coder("a"), round_name="r1"
    )
    codebook_changes.reword(
        at_desk.project, code, {"examples": (quoted[0].id,)}, by=at_desk.coder("lead")
    )
    path = tmp_path / "codes.docx"

    codebook_files.export_codebook(at_desk.project, path, by=at_desk.coder("b"))

    assert quoted[0].words not in words_of(path)
    assert "no passage coded, as far as b may see" in words_of(path)
    assert "1 passage" not in words_of(path)


def test_the_document_names_who_proposed_a_code_as_far_as_one_may_know(
    at_desk: Choir, two_names: tuple[Proposal, Proposal], tmp_path: Path
) -> None:
    accept(at_desk, *two_names, draft=Draft("Cold rooms"))
    told = {}
    for who in ("lead", "a"):
        path = tmp_path / f"{who}.docx"
        codebook_files.export_codebook(at_desk.project, path, by=at_desk.coder(who))
        told[who] = [one for one in words_of(path).splitlines() if one.startswith("Proposed by")]

    assert told["lead"] == ["Proposed by\ta coder of round r1"]
    assert told["a"] == ["Proposed by\ta"]
    assert "proposed_by" not in written(at_desk, tmp_path / "codes.yaml").path.read_text()


def test_the_card_says_on_how_many_pages_it_stands(at_desk: Choir, tmp_path: Path) -> None:
    path = tmp_path / "card.docx"

    done = codebook_files.export_card(at_desk.project, path, by=at_desk.coder("a"))

    assert done.pages in {1, 2}
    assert all(one.title in words_of(path) for one in book(at_desk).codes)


def test_loading_a_table_keeps_what_tables_have_no_place_for(
    at_desk: Choir, tmp_path: Path
) -> None:
    path = tmp_path / "codes.csv"
    written(at_desk, path)
    before = book(at_desk)
    code = before.codes[0]
    path.write_text(path.read_text().replace(code.name, "Another name", 1))

    after = codebooks.load(at_desk.project, str(path), by=at_desk.coder("lead"))

    assert (after.title, after.parts, after.language) == (
        before.title,
        before.parts,
        before.language,
    )
    assert after.codes[0].name == "Another name"
    assert after.codes[0].earlier_names == (code.name,)


def test_a_file_may_retire_a_code_and_give_one_another_label(
    at_desk: Choir, tmp_path: Path
) -> None:
    path = tmp_path / "codes.csv"
    written(at_desk, path)
    first, second, third = book(at_desk).codes[:3]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"state": "retired", "successors": second.label}
    rows[2] |= {"code": "ZZ9", "earlier_names": third.label}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)

    lead = at_desk.coder("lead")
    after = codebooks.load(at_desk.project, str(path), by=lead, reason="Alike.")

    assert [one.id for one in after.retired] == [first.id]
    assert [one.id for one in after.successors(after.retired[0])] == [second.id]
    assert after.code("ZZ9").id == third.id
    assert after.code(third.label).id == third.id
    assert at_desk.is_sound()


def test_a_retired_code_cannot_come_back_by_a_file(at_desk: Choir, tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    written(at_desk, path)
    first, second = book(at_desk).codes[:2]
    lead = at_desk.coder("lead")
    codebook_changes.merge(at_desk.project, [first], into=second, by=lead, reason="Alike.")

    with pytest.raises(RefusedError, match=f"gives “{first.label}” to {first.title}, but it is"):
        codebooks.load(at_desk.project, str(path), by=at_desk.coder("lead"))


def test_codings_stay_where_a_qdc_comes_back(at_desk: Choir, tmp_path: Path) -> None:
    seat = at_desk.seat("a", "free")
    code = book(at_desk).codes[0]
    at_desk.apply(seat, at_desk.spot("ANNA:2"), code.label)
    path = tmp_path / "codes.qdc"
    written(at_desk, path)
    path.write_text(path.read_text().replace(f'name="{code.title}"', 'name="Called anew"'))

    codebooks.load(at_desk.project, str(path), by=at_desk.coder("lead"))

    desk = coding.desk_of(at_desk.project, at_desk.spot("ANNA:2").source, seat=seat)
    now = book(at_desk).entry(desk.codings[0].code)
    assert now is not None
    assert (now.label, now.name) == (code.label, "Called anew")


@pytest.mark.parametrize("suffix", READ_BACK)
def test_a_part_without_codes_outlives_every_format(
    at_desk: Choir, tmp_path: Path, suffix: str
) -> None:
    lead = at_desk.coder("lead")
    codebook_changes.add_part(at_desk.project, "Tea", by=lead)
    path = tmp_path / f"codes.{suffix}"
    before = book(at_desk)
    written(at_desk, path)

    assert codebooks.load(at_desk.project, str(path), by=lead) == before


def test_the_remarks_on_a_merged_code_go_with_it_and_come_back(
    at_desk: Choir, tmp_path: Path
) -> None:
    path = tmp_path / "codes.yaml"
    written(at_desk, path)
    first, second = book(at_desk).codes[:2]
    words = path.read_text().replace(
        f"      - code: {first.label}\n",
        f"      # ASK ADA about it\n      - code: {first.label}   # for now\n",
    )
    path.write_text(words)
    lead = at_desk.coder("lead")
    codebook_changes.merge(at_desk.project, [first], into=second, by=lead, reason="Alike.")

    assert written(at_desk, path, update=True).lost == ()
    gone = path.read_text().partition("\nretired:\n")[2]
    assert gone.startswith(f"  # ASK ADA about it\n  - code: {first.label}   # for now\n")

    codebook_undo.undo(at_desk.project, by=lead)
    assert written(at_desk, path, update=True).lost == ()
    assert path.read_text().replace("version: 3", "version: 1") == words


def test_a_version_that_takes_another_back_says_so_in_the_document(
    at_desk: Choir, tmp_path: Path
) -> None:
    merged(at_desk)
    lead = at_desk.coder("lead")
    codebook_undo.undo(at_desk.project, by=lead)
    codebook_undo.redo(at_desk.project, by=lead)
    path = tmp_path / "codes.docx"

    written(at_desk, path)

    words = words_of(path)
    assert "Takes back version 3." in words
    assert "Brings back version 3." in words
    assert words.count("Reason: Alike.") == 1
