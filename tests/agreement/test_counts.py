import numpy as np
from hypothesis import given

from qualcode.agreement.counts import Cells, cells_of, counts_of, no_variation
from tests.agreement.conftest import CELLS, RATINGS, Ratings, coders, counted


def test_two_coders_meet_in_four_cells() -> None:
    ratings = coders("11100.1", "110010.")
    assert cells_of(ratings, 0, 1) == Cells(both=2, first_only=1, second_only=1, neither=1)


def test_units_are_counted_by_who_rated_and_who_applied() -> None:
    counts = counted("1101.", "10.1.", "110..")
    assert counts.units == 5
    assert counts.histogram == ((1, 0, 0, 0), (0, 0, 0, 0), (1, 0, 1, 0), (0, 0, 1, 1))
    assert counts.pairable == 4
    assert counts.rated == (4, 3, 3)
    assert counts.applied == (3, 2, 2)
    assert (counts.values, counts.positives, counts.negatives) == (10, 7, 3)


def test_ratings_on_units_of_one_coder_do_not_count() -> None:
    counts = counted("11", "1.")
    assert (counts.units, counts.pairable) == (2, 1)
    assert counts.applied == (1, 1)


def test_reasons_name_what_is_missing() -> None:
    assert no_variation(counted("1.", ".0")) == "no pairable units"
    assert no_variation(counted("10")) == "no pairable units"
    assert no_variation(counted("00", "00")) == "not used by either: no variation"
    assert no_variation(counted("00", "00", "0.")) == "not used by any coder: no variation"
    assert no_variation(counted("11", "11")) == "used on every unit: no variation"
    assert no_variation(counted("10", "11")) == ""


@given(CELLS)
def test_cells_and_ratings_give_the_same_counts(cells: Cells) -> None:
    rows = ["11"] * cells.both + ["10"] * cells.first_only
    rows += ["01"] * cells.second_only + ["00"] * cells.neither
    ratings = np.array([list(row) for row in rows], dtype=np.int8).reshape(-1, 2)
    assert counts_of(ratings) == cells.counts()
    assert cells_of(ratings, 0, 1) == cells
    assert cells_of(ratings, 1, 0) == cells.swapped()


@given(RATINGS)
def test_ratings_by_coder_and_by_unit_add_up(ratings: Ratings) -> None:
    counts = counts_of(ratings)
    assert sum(map(sum, counts.histogram)) == counts.units
    assert counts.values == sum(m * units for m, _, units in counts.rows())
    assert counts.positives == sum(r * units for _, r, units in counts.rows())
