"""Addresses are shown without what is secret in them."""

import pytest

from qualcode.domain.addresses import holds_password, is_address, shown_address

PLAIN = [
    "postgresql://ada@server/choir",
    "postgresql:///choir",
    "postgres://server:5433/choir?sslmode=verify-full",
    "postgresql://ada@/choir?host=/run/postgresql",
    "postgresql://ada:@/choir",
]
SECRET = [
    "postgresql://ada:hunter2@server/choir",
    "postgres://ada:hunter2@server/choir",
    "postgresql+psycopg://ada:hunter2@server:5433/choir",
    "postgresql://ada:hunter2/x@server/choir",
    "postgresql://ada:x@hunter2@server/choir",
    "postgresql://ada:hunter2?a=b@server/choir",
    "postgresql://:hunter2@server/choir",
    "postgresql://server/choir?user=ada&password=hunter2",
    "postgresql://server/choir?sslpassword=hunter2&sslmode=require",
    "postgresql://server/choir?PASSWORD=hunter2",
    "postgresql://server/choir?oauth_client_secret=hunter2",
]


@pytest.mark.parametrize("address", PLAIN)
def test_an_address_without_a_password_is_shown_as_it_is(address: str) -> None:
    assert is_address(address)
    assert not holds_password(address)
    assert shown_address(address) == address.replace(":@", "@")


@pytest.mark.parametrize("address", SECRET)
def test_a_password_is_found_wherever_it_stands_and_never_shown(address: str) -> None:
    assert holds_password(address)
    assert holds_password(f"--project={address}")
    assert "hunter2" not in shown_address(address)
    assert "server" in shown_address(address)
    assert "choir" in shown_address(address)


def test_somebody_else_is_shown_their_own_way_in() -> None:
    given = "postgresql://lead:hunter2@server/choir?sslmode=verify-full&user=lead"
    assert shown_address(given, name="ben") == "postgresql://ben@server/choir?sslmode=verify-full"


@pytest.mark.parametrize("words", ["study.qualcode", "She said: no password.", "1a:b@c", ""])
def test_other_words_hold_no_password(words: str) -> None:
    assert not holds_password(words)
    assert not is_address(words)
