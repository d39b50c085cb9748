"""A value of agreement, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """What a measure says: a value, or None and the reason in plain words.

    `measure` names the formula and `variant` which of its forms was computed; both are
    printed beside the value. An undefined score is never 0 and never 1.
    """

    measure: str
    variant: str
    value: float | None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) is not bool(self.reason):
            raise ValueError("A score has either a value or a reason.")

    @property
    def defined(self) -> bool:
        """Is there a value?"""
        return self.value is not None
