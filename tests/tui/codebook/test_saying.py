"""What the foot of the codebook's screen says of a change."""

from qualcode.domain.codebook import Codebook
from qualcode.domain.codebook_diff import Change, ChangeKind
from qualcode.services.codebook_changes import Changed
from qualcode.tui.codebook.saying import said


def test_what_to_look_out_for_is_said_at_once() -> None:
    change = Change(ChangeKind.ADDED, "CH1C Nerves (1bx) is new.")
    made = Changed(Codebook(2), (change,), warnings=("The key 1b waits for Enter.",))
    assert said(made) == "Version 2: CH1C Nerves (1bx) is new. The key 1b waits for Enter."
