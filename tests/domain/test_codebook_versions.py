"""What can be taken back, and what brought back."""

from datetime import UTC, datetime

from qualcode.domain.codebook_versions import Version, standing
from qualcode.domain.ids import new_id


def versions(*steps: str) -> list[Version]:
    """Make versions from `step`, `undo 2` and `redo 2`."""
    made = []
    for number, step in enumerate(steps, 1):
        kind, _, of = step.partition(" ")
        made.append(
            Version(
                number,
                "why",
                f"codebook {kind}",
                None,
                datetime.now(UTC),
                number,
                new_id(),
                undoes=int(of) if kind == "undo" else None,
                redoes=int(of) if kind == "redo" else None,
            )
        )
    return made


def stands(*steps: str) -> tuple[list[int], list[int]]:
    found = standing(versions(*steps))
    return [each.number for each in found.done], [each.number for each in found.undone]


def test_every_version_is_a_step() -> None:
    assert stands("step", "step", "step") == ([1, 2, 3], [])


def test_undoing_goes_back_step_by_step() -> None:
    assert stands("step", "step", "step", "undo 3") == ([1, 2], [3])
    assert stands("step", "step", "step", "undo 3", "undo 2") == ([1], [3, 2])


def test_redoing_brings_the_last_undone_back() -> None:
    assert stands("step", "step", "step", "undo 3", "undo 2", "redo 2") == ([1, 2], [3])
    assert stands("step", "step", "undo 2", "redo 2", "undo 2") == ([1], [2])


def test_a_new_step_closes_the_way_back() -> None:
    assert stands("step", "step", "undo 2", "step") == ([1, 4], [])


def test_there_is_nothing_before_the_first_version() -> None:
    assert stands() == ([], [])
