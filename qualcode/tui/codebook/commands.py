"""All commands of the codebook's screen, in the order of the page of `?`."""

from functools import partial

from qualcode.tui.codebook import answering, changing, editing, going, seeing
from qualcode.tui.codebook.command import Command
from qualcode.tui.codebook.saying import step
from qualcode.tui.codebook.standing import Standing, View


def _in_tree(on: Standing) -> bool:
    return on.in_tree


def _lead(on: Standing) -> bool:
    return on.leads


def _lead_in_tree(on: Standing) -> bool:
    return on.leads and on.in_tree


def _lead_on_code(on: Standing) -> bool:
    return on.leads and on.code is not None


def _coder_in_tree(on: Standing) -> bool:
    return not on.leads and on.in_tree


def _coder_on_code(on: Standing) -> bool:
    return not on.leads and on.code is not None


def _among_proposals(on: Standing) -> bool:
    return on.leads and on.view is View.PROPOSALS and on.listed > 0


def _undone(on: Standing) -> str:
    return f"undo {step(on.desk.undo)}" if on.desk.undo else "undo"


def _redone(on: Standing) -> str:
    return f"redo {step(on.desk.redo)}" if on.desk.redo else "redo"


def _accepted(on: Standing) -> str:
    return f"join {on.marked}" if on.marked > 1 else "accept"


COMMANDS = (
    Command("down", "j,down", "", "Go to the next row.", partial(going.step, by=1)),
    Command("up", "k,up", "", "Go to the row before.", partial(going.step, by=-1)),
    Command("page_down", "space,pagedown", "", "Go a page on.", partial(going.turn_page, pages=1)),
    Command("page_up", "pageup", "", "Go a page back.", partial(going.turn_page, pages=-1)),
    Command("first", "home", "", "Go to the first row.", going.first),
    Command("last", "end", "", "Go to the last row.", going.last),
    Command(
        "shut",
        "h,left",
        "",
        "Fold what stands under it; or go to what it stands under.",
        going.shut,
        _in_tree,
    ),
    Command(
        "unfold",
        "l,right",
        "",
        "Unfold it; or go to the first code under it.",
        going.unfold,
        _in_tree,
    ),
    Command(
        "fold_all", "z", "fold all", "Fold all codes, or unfold all.", going.fold_all, _in_tree, 61
    ),
    Command(
        "find",
        "slash",
        "filter",
        "Show only codes that fit the words typed.",
        going.find,
        _in_tree,
        20,
    ),
    Command(
        "enter",
        "enter",
        "entry",
        "Open the entry; fold a heading; go to the code of a finding.",
        going.enter,
        lambda on: on.listed > 0,
        10,
    ),
    Command("card", "d", "", "Show the entry in full.", going.card, lambda on: on.listed > 0),
    Command("tree", "t", "codes", "Go to the codes.", going.to_tree, lambda on: not on.in_tree, 4),
    Command("versions", "v", "versions", "List the versions.", going.to_versions, rank=30),
    Command(
        "versions_of_code",
        "V",
        "of this code",
        "List the versions that changed this code.",
        going.to_versions_of_code,
        lambda on: on.entry is not None,
        54,
    ),
    Command("proposals", "p", "proposals", "List the proposals.", going.to_proposals, rank=31),
    Command(
        "findings",
        "exclamation_mark,L",
        "gaps",
        "List what the codebook lacks or says askew.",
        going.to_findings,
        rank=32,
    ),
    Command("add", "a", "add", "Add a code.", changing.add, _lead_in_tree, 11),
    Command(
        "propose_code",
        "a",
        "propose",
        "Propose a new code.",
        editing.propose_code,
        _coder_in_tree,
        12,
    ),
    Command(
        "accept",
        "a",
        "accept",
        "Accept the proposal; or join those that are marked.",
        answering.accept,
        _among_proposals,
        5,
        _accepted,
    ),
    Command(
        "mark",
        "plus",
        "mark",
        "Mark the proposal, to be joined with others.",
        answering.mark,
        _among_proposals,
        7,
    ),
    Command(
        "reject",
        "x",
        "reject",
        "Reject the proposal, with a reason.",
        answering.reject,
        _among_proposals,
        6,
    ),
    Command("add_part", "A", "add part", "Add a part.", changing.add_part, _lead_in_tree, 62),
    Command(
        "edit", "e", "edit", "Word a field of the entry anew.", editing.edit, _lead_on_code, 12
    ),
    Command(
        "propose_wording",
        "e",
        "reword",
        "Propose another wording of the entry.",
        editing.propose_wording,
        _coder_on_code,
        13,
    ),
    Command(
        "rename",
        "r",
        "rename",
        "Give it another name, label or key; or a part another title.",
        changing.rename,
        lambda on: on.leads and (on.code is not None or on.part is not None),
        13,
    ),
    Command(
        "move",
        "m",
        "move",
        "Put it, with all under it, elsewhere.",
        changing.move,
        _lead_on_code,
        14,
    ),
    Command(
        "move_down", "J", "", "Put it after the next beside it.", changing.move_down, _lead_on_code
    ),
    Command(
        "move_up", "K", "", "Put it before the one before it.", changing.move_up, _lead_on_code
    ),
    Command(
        "merge", "M", "merge", "Merge it into another code.", changing.merge, _lead_on_code, 15
    ),
    Command("split", "S", "split", "Split it into new codes.", changing.split, _lead_on_code, 16),
    Command("retire", "X", "retire", "Take it out of use.", changing.retire, _lead_on_code, 17),
    Command(
        "take_up",
        "R",
        "rounds",
        "Let a round go on with the newest version.",
        changing.take_up,
        lambda on: on.leads and bool(on.desk.behind),
        10,
    ),
    Command(
        "undo",
        "u",
        "undo",
        "Take back the last change to the codebook.",
        changing.undo,
        lambda on: on.desk.undo is not None,
        9,
        _undone,
    ),
    Command(
        "redo",
        "U",
        "redo",
        "Bring back what was taken back last.",
        changing.redo,
        lambda on: on.desk.redo is not None,
        8,
        _redone,
    ),
    Command(
        "palette", "P", "palette", "Find a code or a command by its words.", seeing.palette, rank=60
    ),
    Command("theme", "T", "", "Change between the light and the dark theme.", seeing.change_theme),
    Command(
        "help",
        "question_mark,f1",
        "help",
        "Say what one stands on, and all keys.",
        seeing.explain,
        rank=1,
    ),
    Command("leave", "q,B", "back", "Go back to where one came from.", going.leave, rank=2),
    Command("ease", "escape", "", "Let go of marks, the other list, the filter.", going.ease),
)
BY_NAME = {command.name: command for command in COMMANDS}
