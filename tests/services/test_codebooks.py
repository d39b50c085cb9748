"""A codebook of one's own begins with a template."""

from pathlib import Path

import pytest

from qualcode.domain.errors import AlreadyThereError
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.files import take
from qualcode.services import codebooks
from tests.conftest import Qualcode


def test_the_template_is_itself_a_codebook(study: Qualcode, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    study.done("codebook", "template", str(path))
    assert len(read_codebook(take(path)).codes) == 3


def test_a_template_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("ours")
    with pytest.raises(AlreadyThereError):
        codebooks.write_template(path)
    assert path.read_text() == "ours"


def test_the_template_is_not_loaded_by_name(study: Qualcode) -> None:
    study.refused("codebook", "load", "blank", status=14)
