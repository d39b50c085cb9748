"""The lead compares without names; who insists on them says why, and every report says so."""

from datetime import UTC, datetime

from qualcode.services import projects, unblinding
from tests.conftest import Qualcode

WHY = ("--because", "ben withdrew")
TODAY = datetime.now(UTC).date().isoformat()


def blinding(study: Qualcode, name: str = "r1") -> str:
    project = projects.open_at(study.at)
    try:
        return unblinding.blinding_sentence(project, name)
    finally:
        project.close()


def test_unblinding_is_the_leads_and_has_a_reason(coded: Qualcode) -> None:
    assert "Only the lead" in coded.refused("round", "unblind", "r1", *WHY, "--as", "a", status=12)
    said = coded.refused("round", "unblind", "r1", "--because", "  ", status=12)
    assert said == "Unblinding a round needs a reason."
    assert coded("round", "unblind", "r1").status == 2
    assert coded.asked("round", "status", "r1")["unblinded"] is False


def test_what_holds_no_names_back_is_not_unblinded(coded: Qualcode) -> None:
    coded.done("round", "unblind", "r1", *WHY)
    assert "is unblinded already" in coded.refused("round", "unblind", "r1", *WHY, status=12)
    coded.done("round", "new", "r2", "--coders", "a,b", "--open")
    coded.done("round", "new", "r3", "--coders", "a,b")
    coded.done("round", "close", "r3")
    for name in ("free", "r2", "r3"):
        assert "holds no names back" in coded.refused("round", "unblind", name, *WHY, status=12)


def test_an_unblinded_round_names_its_coders_to_the_lead(coded: Qualcode) -> None:
    coded.done("memo", "ANNA:7", "Hers.", "--as", "a")
    coded.done("round", "unblind", "r1", *WHY)
    first = coded.asked("disagreements")["disagreements"][0]
    assert set(first["codes"]) == {"a", "b"}
    assert [one["coder"] for one in coded.asked("round", "status", "r1")["standing"]] == ["a", "b"]
    assert coded.asked("agreement")["coders"] == ["a", "b"]
    assert "a: wrote a memo on ANNA turn 7" in coded.done("history")
    assert len(coded.asked("quotes", "1b", "--layer", "a")["quotations"]) == 6
    assert coded.asked("memos")[0]["who"] == "a"


def test_to_its_coders_an_unblinded_round_stays_blind(coded: Qualcode) -> None:
    coded.done("memo", "ANNA:7", "Hers.", "--as", "a")
    before = coded.asked("history", "--as", "b")
    coded.done("round", "unblind", "r1", *WHY)
    told, *rest = coded.asked("history", "--as", "b")
    assert (told["who"], told["what"]) == ("lead", "round unblind: r1")
    assert rest == before
    coded.refused("agreement", "--as", "b", status=12)
    coded.refused("quotes", "1b", "--layer", "a", "--as", "b", status=12)
    assert coded.asked("memos", "--find", "hers", "--as", "b") == []


def test_reports_of_an_unblinded_round_say_so(coded: Qualcode) -> None:
    coded.done("decide", "--agreed")
    assert blinding(coded) == (
        "In round r1 coders do not see each other's work until it is closed. "
        "Until then the lead compares it without names."
    )
    coded.done("round", "unblind", "r1", *WHY)
    told = f"The lead was told whose codings are whose before that, on {TODAY}: “ben withdrew”."
    assert told in blinding(coded)
    assert told in coded.done("round", "status", "r1")
    assert "blind (unblinded for the lead)" in coded.done("round", "status")
    assert "Unblinded: the lead was told the names" in coded.done("agreement")
    assert coded.asked("agreement")["unblinded"] is True
    coded.done("round", "close", "r1")
    assert told in blinding(coded)
    assert "Unblinded" in coded.done("agreement")


def test_a_word_file_says_that_its_round_was_unblinded(coded: Qualcode) -> None:
    import docx

    coded.done("decide", "--agreed")
    texts = []
    for _ in range(2):
        path = coded.folder / "x.docx"
        coded.done("export", "word", path)
        texts.append("\n".join(each.text for each in docx.Document(str(path)).paragraphs))
        if len(texts) == 1:
            coded.done("round", "unblind", "r1", *WHY)
    assert "The lead was told" not in texts[0]
    assert "The lead was told whose codings are whose before that" in texts[1]


def test_the_reason_is_kept_beside_the_journal_and_the_study_checks(coded: Qualcode) -> None:
    coded.done("round", "unblind", "r1", "--because", "Quicksilver")
    touched = "".join(said for (said,) in coded.base("SELECT touched FROM entry"))
    assert "Quicksilver" not in touched
    coded.done("check")


def test_a_round_that_was_open_to_view_meanwhile_is_not_called_blind(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    assert "opened again" not in blinding(coded)
    coded.done("round", "reopen", "r1", "--because", "Emil")
    assert "It was closed and opened again; what was coded after" in blinding(coded)
    assert blinding(coded, "free") == "In round free coders could see each other's work."
