"""What history and the line of news say about the codebook."""

from datetime import UTC, datetime

import pytest

from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, coding, history, places, rounds
from qualcode.services.codebook_changes import Draft
from qualcode.services.places import Left
from tests.services.conftest import Choir
from tests.services.leading import Lead


@pytest.fixture
def lead(at_desk: Choir) -> Lead:
    """Lead the choir study, begun and not yet coded."""
    return Lead(at_desk)


def last(lead: Lead) -> str:
    return history.history(lead.choir.project, by=lead.by, newest=1)[0].words


def test_history_tells_what_each_change_made_of_the_codebook(lead: Lead) -> None:
    lead.merge("CH1A", into="CH1B")
    assert last(lead) == (
        "codebook merge: CH1A Ways in was merged into CH1B Reasons to stay (version 2)"
    )
    lead.undo()
    assert last(lead) == "codebook undo: CH1A Ways in is in use again (version 3)"
    lead.redo()
    assert last(lead).startswith("codebook redo: CH1A Ways in was merged")
    lead.reword("CH2A", description="New.", include=("One.",), exclude=("Two.",), colour="#123456")
    assert last(lead) == (
        "codebook reword: CH2A Place and time: “brief definition” was reworded; "
        "CH2A Place and time: “when to use” was added; "
        "CH2A Place and time: “when not to use” was added, and 1 more (version 5)"
    )


def test_history_tells_when_a_round_goes_on_with_another_version(lead: Lead) -> None:
    lead.retire("Low notes")
    rounds.take_up(lead.choir.project, "r1", by=lead.by)
    assert last(lead) == "round codebook: r1 goes on with version 2"


@pytest.fixture
def before(lead: Lead) -> Left:
    """Note where a coder left before anything changed."""
    spot = lead.choir.spot("ANNA:2")
    seen = lead.choir.entries()
    return Left(spot.source, spot.revision.id, spot.range, datetime.now(UTC), seen)


def news(lead: Lead, before: Left) -> str:
    seat = coding.take_seat(lead.choir.project, lead.choir.coder("a"), "free")
    return places.since(lead.choir.project, seat=seat, left=before)[0]


def test_news_say_shortly_what_became_of_codes(lead: Lead, before: Left) -> None:
    lead.merge("CH1A", "CH2A", into="CH1B")
    assert news(lead, before) == "codebook 2: CH1A, CH2A merged into CH1B"
    lead.undo()
    assert news(lead, before) == "codebook 3: CH1A, CH2A in use again"
    lead.split("CH1A", "One", "Two")
    assert news(lead, before) == "codebook 4: CH1A split into CH1C, CH1D; CH1C, CH1D new"
    lead.retire("Low notes")
    assert news(lead, before) == "codebook 5: Low notes retired"
    lead.rename("CH1B", name="Staying")
    assert news(lead, before) == "codebook 6: CH1B reworded"
    codebook_changes.move(lead.choir.project, lead.code("CH1B"), Place(part=2), by=lead.by)
    assert news(lead, before) == "codebook 7: CH1B moved"
    codebook_changes.add_part(lead.choir.project, "After", by=lead.by)
    assert news(lead, before) == "codebook 8"


def test_news_say_what_was_taken_back(lead: Lead, before: Left) -> None:
    codebook_changes.add(lead.choir.project, Draft("Tea"), Place(part=2), by=lead.by)
    assert news(lead, before) == "codebook 2: CH2B new"
    lead.undo()
    assert news(lead, before) == "codebook 3: CH2B taken back"


def test_news_say_that_a_round_goes_by_another_version(lead: Lead, before: Left) -> None:
    lead.retire("Low notes")
    rounds.take_up(lead.choir.project, "r1", by=lead.by)
    assert news(lead, before) == "round r1 goes by codebook 2"
