from qualcode.domain.text import Range
from tests.domain.conftest import Sketch


def test_a_sketch_reads_words_coders_and_codes(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben                 [kin-----------]
    ada       [x]
    cem
    """
    assert sketch.text == "Nobody called. My aunt drove me."
    assert list(sketch.by_name) == ["ada", "ben", "cem"]
    assert [coding.words(sketch.text) for coding in sketch.by_name["ada"]] == [
        "Nobody called.",
        "y c",
    ]
    assert sketch.range("ben") == Range(15, 31)
    assert sketch.by_name["ben"][0].code == sketch.code("kin") != sketch.code("wait")
    assert sketch.by_name["cem"] == []


def test_overlapping_segments_share_their_middle(sketch: Sketch) -> None:
    """
         I never trusted the clinic after that.
    ada  [trust-----------]
    ben          [trust------------]
    """
    ada, ben = sketch.range("ada"), sketch.range("ben")
    assert ada.overlaps(ben)
    assert ben.overlaps(ada)
    assert ada.common(ben).of(sketch.text) == "trusted th"


def test_touching_segments_share_nothing(sketch: Sketch) -> None:
    """
         I never trusted the clinic.
    ada  [no---]
    ben         [trust]
    """
    ada, ben = sketch.range("ada"), sketch.range("ben")
    assert ada.end == ben.start
    assert not ada.overlaps(ben)
    assert not ben.overlaps(ada)
    assert ada.common(ben).length == 0
