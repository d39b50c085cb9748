"""The rules of the house that no other tool watches."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import qualcode
from qualcode.cli.verbs import VERBS

HOUSE = Path(__file__).parent.parent
PACKAGES = (
    "qualcode",
    "codebooks/qualcode_codebooks",
    "importers/qualcode_importers",
    "exporters/qualcode_exporters",
)
HEAVY = {"sqlalchemy", "alembic", "textual", "spacy", "numpy", "docx", "lxml", "krippendorff"}
FILES = [path for package in PACKAGES for path in sorted((HOUSE / package).rglob("*.py"))]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40

_LOADED = "; import sys; print(*sorted(name for name in sys.modules if '.' not in name))"
_HELP = "from qualcode.cli.main import run; run({words!r})"
_EXAMPLE = re.compile("^```.*?^```|`qualcode [^`\n]+`", re.MULTILINE | re.DOTALL)
_VERB = re.compile(r"\bqualcode(?: +-(?:p|-project|-as) +\S+)* +([a-z][a-z-]*)")


def loaded_by(statement: str) -> set[str]:
    """Name the libraries that a statement loads in a fresh Python."""
    done = subprocess.run(
        [sys.executable, "-c", statement + _LOADED], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_the_test_can_tell_what_is_loaded() -> None:
    assert "sqlalchemy" in loaded_by("import qualcode.store.project")


@pytest.mark.parametrize(
    "statement",
    [
        "import qualcode.cli",
        _HELP.format(words=["--help"]),
        _HELP.format(words=["--version"]),
    ],
)
def test_asking_for_help_loads_nothing_heavy(statement: str) -> None:
    assert loaded_by(statement) & HEAVY == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_the_readme_names_no_verb_that_is_not_there() -> None:
    page = (HOUSE / "README.md").read_text(encoding="utf-8")
    named = {verb for example in _EXAMPLE.findall(page) for verb in _VERB.findall(example)}
    assert "demo" in named
    assert named <= set(VERBS)


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == qualcode.__version__
