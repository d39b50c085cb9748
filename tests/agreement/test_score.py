import pytest

from qualcode.agreement.score import Score


def test_a_score_has_a_value_or_a_reason() -> None:
    assert Score("alpha", "nominal", 0.0).defined
    assert not Score("alpha", "nominal", None, "no pairable units").defined


@pytest.mark.parametrize(("value", "reason"), [(None, ""), (0.5, "no pairable units")])
def test_a_score_is_never_both_or_neither(value: float | None, reason: str) -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        Score("alpha", "nominal", value, reason)
