"""By no verb, file or line does a coder notice what another does in a blind round."""

import io
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from qualcode.cli.main import cli
from tests.cli.routes import ALONE, LEADS, PLAIN, READING, ROUTES, WRITING
from tests.conftest import Qualcode, Said, Server
from tests.worlds import MARKER, alike, files

_TEXT, _JSON = "text", "json"


@pytest.fixture
def worlds(
    blind_worlds: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Qualcode]:
    """Give both worlds in copies of the test's own, each with a home of its own."""
    monkeypatch.delenv("QUALCODE_PROJECT", raising=False)
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    given = []
    for folder in blind_worlds:
        mine = tmp_path / folder.name
        shutil.copytree(folder, mine)
        given.append(Qualcode(Path("study.qualcode"), mine))
    return given


@contextmanager
def at_home(world: Qualcode) -> Iterator[None]:
    """Work in a world's folder, where the settings and crash reports are as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(world.folder)
        patch.setenv("XDG_CONFIG_HOME", str(world.folder / "config"))
        patch.setenv("XDG_STATE_HOME", str(world.folder / "state"))
        yield


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Name every verb that does something."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_verb_is_a_route_or_asks_nothing_of_the_study() -> None:
    known = set(leaves(cli))
    taken = {verb for verb in known for route in ROUTES if f"{route} ".startswith(f"{verb} ")}
    assert taken | set(ALONE) == known
    assert not taken & set(ALONE)


def asked(world: Qualcode, words: list[str], since: datetime) -> Said:
    with at_home(world):
        return alike(world("--as", "a", *words), world, since)


@pytest.mark.parametrize("form", [_TEXT, _JSON])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.replace("/", "_")[-60:])
def test_a_coder_asks_and_cannot_tell_whether_the_other_has_coded(
    worlds: list[Qualcode], route: str, form: str
) -> None:
    since = datetime.now(UTC)
    words = [*shlex.split(route), *(["--json"] if form == _JSON else [])]
    alone, together = (asked(world, words, since) for world in worlds)
    assert alone == together
    assert alone.status != 2, alone.err
    assert MARKER in route or MARKER not in together.all
    left = [files(world.folder) for world in worlds]
    assert left[0] == left[1]
    assert not [name for name, kept in left[1].items() if MARKER.encode() in kept]


def test_a_coder_types_line_by_line_and_cannot_tell(
    worlds: list[Qualcode], monkeypatch: pytest.MonkeyPatch
) -> None:
    since = datetime.now(UTC)
    for line in PLAIN:
        said = []
        for world in worlds:
            monkeypatch.setattr("sys.stdin", io.StringIO(f"open ANNA:6\n{line}\n"))
            said.append(asked(world, ["--plain"], since))
        assert said[0] == said[1], line
        assert MARKER in line or MARKER not in said[1].all


def test_the_marker_is_there_to_be_found(worlds: list[Qualcode]) -> None:
    _alone, together = worlds
    with at_home(together):
        for who, words in (
            ("b", "memos"),
            ("b", "history"),
            ("b", "theme list"),
            ("b", "codebook proposals --all"),
            ("lead", "disagreements --all --json"),
            ("lead", "history"),
            ("lead", "theme list"),
        ):
            assert MARKER in together("--as", who, *words.split()).out, (who, words)
    assert MARKER.encode() in (together.folder / "study.qualcode").read_bytes()


@pytest.fixture
def addresses(worlds: list[Qualcode], server: Server) -> Iterator[list[str]]:
    """Carry both worlds into databases; give their addresses."""
    made = [server.new_database() for _ in worlds]
    for world, (_name, address) in zip(worlds, made, strict=True):
        with at_home(world):
            world.done("project", "move", address)
    yield [address for _name, address in made]
    for name, _address in made:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_in_a_database_a_coder_cannot_tell_either(
    worlds: list[Qualcode], addresses: list[str]
) -> None:
    """One route after the other, so that what is written stays for the next."""
    since = datetime.now(UTC)
    for route in (*READING, *LEADS, *WRITING):
        said = []
        for world, address in zip(worlds, addresses, strict=True):
            with at_home(world):
                answer = world.run("-p", address, "--as", "a", *shlex.split(route))
            said.append(alike(answer, world, since))
        assert said[0] == said[1], route
        assert MARKER in route or MARKER not in said[1].all, route
