"""The screens on a study that a server keeps, for a coder who signs in with a role of her own."""

from collections.abc import Iterator

import psycopg
import pytest

from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, logins, people, projects, rounds, sources
from qualcode.services.safekeeping import check
from tests.conftest import Server

from .conftest import GARDEN, KITCHEN, Sit, Study

ROLE = "ada_before_the_screen"


@pytest.fixture
def study(database: str, server: Server) -> Iterator[Study]:
    """Give the small study as Ada opens it on the server; Ben is in the round too."""
    owned = projects.begin(database, name="Study", lead="lead")
    lead = people.lead(owned)
    for name, text in (("Kitchen.txt", KITCHEN), ("Garden.txt", GARDEN)):
        sources.take_in(owned, Upload(name, text.encode()), wishes=Wishes(), by=lead)
    codebooks.load(owned, "osspc", by=lead)
    ada, ben = (people.add(owned, name, by=lead) for name in ("ada", "ben"))
    rounds.new(owned, "r1", coders=["ada", "ben"], by=lead)
    address = logins.let_in(owned, "ada", by=lead, role=ROLE).address
    opened = projects.open_at(address)
    yield Study(opened, lead, ada, ben)
    opened.close()
    assert check(owned) == []
    owned.close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {ROLE}".encode())
        server.run(f"DROP ROLE {ROLE}")


async def test_a_turn_is_coded_thought_about_and_undone_on_the_server(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        assert "ada" in desk.head
        await desk.press("1", "b", "2", "c")
        assert [label for label, _words in study.labels("Kitchen", study.ada)] == ["TC1B", "TC2C"]
        await desk.press("m", *"why.", "enter")
        assert desk.said.startswith("Memo kept")
        await desk.press("u", "u")
        assert [label for label, _words in study.labels("Kitchen", study.ada)] == ["TC1B"]
        await desk.press("n", "minus")
        assert desk.said == "Read, nothing applies."


async def test_the_codebook_opens_on_the_server_and_a_code_is_proposed(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("B")
        assert any("TC1B" in row or "Negatives" in row for row in desk.listed)
        await desk.press("q")
        await desk.press("i")
        assert desk.said.startswith("Proposed")
