"""Codebooks that packages bring are found by name; a broken one is a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.codebook_drafts import CODE_FIELDS
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.plugins import (
    BrokenPluginError,
    codebook_exporters,
    codebook_importers,
)
from qualcode.interchange.ready_codebooks import TEMPLATE, ready, ready_names

Publish = Callable[[str, str], Path]


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Install a package that names something in a group."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def made(group: str, line: str) -> Path:
        facts = tmp_path / "choir_books-1.0.dist-info"
        facts.mkdir(exist_ok=True)
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: choir-books\nVersion: 1.0\n")
        (facts / "entry_points.txt").write_text(f"[{group}]\n{line}\n")
        return tmp_path

    return made


def test_the_codebooks_that_come_with_qualcode_are_named_but_for_the_template() -> None:
    assert ready_names() == ["osspc"]


def test_the_template_shows_every_field_of_a_code() -> None:
    text = ready(TEMPLATE).data.decode()

    assert all(f" {name}:" in text for name in CODE_FIELDS)
    assert "\nretired:" in text


def test_a_codebook_that_a_package_brings_is_found(publish: Publish) -> None:
    folder = publish("qualcode.codebooks", "choir = choir_books")
    (folder / "choir_books").mkdir()
    (folder / "choir_books" / "__init__.py").touch()
    (folder / "choir_books" / "choir.yaml").write_bytes(ready("osspc").data)

    assert ready_names() == ["choir", "osspc"]
    assert len(read_codebook(ready("choir")).codes) == 12


def test_a_package_without_its_codebook_is_a_sentence(publish: Publish) -> None:
    publish("qualcode.codebooks", "choir = no_such_books")

    assert "choir" in ready_names()
    with pytest.raises(BrokenPluginError, match="“choir” of the package choir-books cannot be"):
        ready("choir")


def test_a_name_that_nobody_brings_is_a_sentence() -> None:
    with pytest.raises(ImportRefusedError, match="no such codebook"):
        ready("choir")


@pytest.mark.parametrize(
    ("group", "found"),
    [
        ("qualcode.codebook_importers", codebook_importers),
        ("qualcode.codebook_exporters", codebook_exporters),
    ],
)
def test_a_broken_plugin_does_not_hinder_the_others(
    publish: Publish, group: str, found: Callable[[], list[object]]
) -> None:
    before = len(found())
    publish(group, "abroad = no_such_books:Importer")

    assert len(found()) == before
