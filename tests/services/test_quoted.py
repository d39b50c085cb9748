"""Which quotations stand, for whom."""

from qualcode.services import codebooks
from qualcode.services.proposals import proposals, propose
from qualcode.services.quotations import quotations
from qualcode.services.quoted import quotations_standing
from tests.services.conftest import Choir


def standing(choir: Choir, name: str) -> set[str]:
    book = codebooks.codebook(choir.project)
    with choir.project.reading() as view:
        return quotations_standing(view, book, by=choir.coder(name))


def test_what_is_coded_or_proposed_is_a_quotation_to_who_may_see_it(at_desk: Choir) -> None:
    choir = at_desk
    choir.apply(choir.seat("a"), choir.spot("ANNA:6"), "CH1B")
    propose(choir.project, choir.spot("ANNA:4"), seat=choir.seat("b"), label="Tea")
    (asked,) = proposals(choir.project, by=choir.coder("b"))
    (coded,) = quotations(
        choir.project, "CH1B", layer_name="a", by=choir.coder("a"), round_name="r1"
    )[1]
    assert standing(choir, "lead") == {coded.id, asked.quotation}
    assert (standing(choir, "a"), standing(choir, "b")) == ({coded.id}, {asked.quotation})
