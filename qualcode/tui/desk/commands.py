"""All commands of the coding desk, in the order of the help page."""

from qualcode.tui.desk import coding, going, redeciding, safe, seeing, thinking
from qualcode.tui.desk.command import Command
from qualcode.tui.desk.standing import Standing


def _coded(standing: Standing) -> bool:
    return bool(standing.codings)


def _meant(standing: Standing) -> bool:
    return standing.meant is not None


COMMANDS = (
    Command(
        "next",
        "n",
        "next",
        "Go to the next of the present hunt: left to do, or hits.",
        going.next_one,
        rank=11,
    ),
    Command("previous", "N", "previous", "Go to the previous one.", going.previous_one),
    Command(
        "go_to",
        "g",
        "go to",
        "Go to a turn by its number, to the next of a kind, or back.",
        going.go_to,
        rank=40,
    ),
    Command(
        "jump",
        "J",
        "jump",
        "Put a letter on everything in view; the letter goes there.",
        going.jump,
        rank=60,
    ),
    Command(
        "find",
        "slash",
        "find",
        "Find words in this source; n and N go through the hits.",
        going.find,
        rank=42,
    ),
    Command(
        "code_hits",
        "y",
        "code the hits",
        "Go through the hits, each for yes or no, with a code.",
        going.code_hits,
        lambda on: bool(on.hits),
        4,
    ),
    Command("code", "enter", "find a code", "Find a code by any word of it.", coding.enter, rank=3),
    Command("find_code", "c", "", "Find a code by any word of it.", coding.find_code),
    Command(
        "again",
        "r",
        "again",
        "Put the last codes on again.",
        coding.again,
        lambda on: bool(on.last),
        12,
    ),
    Command(
        "recent",
        "R",
        "recent",
        "Choose among the codes used last.",
        coding.recent,
        lambda on: bool(on.recent),
        30,
    ),
    Command(
        "propose", "i", "in vivo", "Propose these words as a new code.", coding.propose, rank=50
    ),
    Command(
        "off",
        "x",
        "off",
        "Take a code off; where there are several, choose which.",
        coding.off,
        _coded,
        10,
    ),
    Command(
        "pick", "tab", "pick", "Pick the next coding under the cursor.", coding.pick, _coded, 15
    ),
    Command(
        "extent",
        "e",
        "extent",
        "Give the picked coding another extent.",
        coding.change_extent,
        _meant,
        20,
    ),
    Command(
        "redecide",
        "v",
        "decide anew",
        "Decide anew on a coding whose code is gone or reads otherwise.",
        redeciding.decide,
        lambda on: bool(on.anew),
        7,
    ),
    Command(
        "read",
        "minus",
        "read",
        "Read: nothing applies here.",
        coding.read,
        lambda on: on.turn.codable and not on.codings and not on.marked_read,
        13,
    ),
    Command(
        "memo",
        "m",
        "memo",
        "Write a memo: on a coding, these words, the source, a code, the project.",
        thinking.memo,
        rank=14,
    ),
    Command(
        "flag",
        "exclamation_mark",
        "flag",
        "Hold these words up for the team, or no longer.",
        coding.flag,
        rank=51,
    ),
    Command(
        "quotable",
        "asterisk",
        "quotable",
        "Call these words worth quoting, or no longer.",
        coding.quotable,
        rank=52,
    ),
    Command(
        "compare",
        "equals_sign",
        "others",
        "Show the other passages under this code.",
        seeing.compare,
        lambda on: bool(on.codes or on.last or on.comparing),
        16,
    ),
    Command(
        "card",
        "d",
        "definition",
        "Show the definition of the codes here.",
        seeing.definition,
        lambda on: bool(on.codes or on.last),
        31,
    ),
    Command(
        "filter",
        "f",
        "filter",
        "Show only one speaker, role, code, or what is yours.",
        seeing.choose_filter,
        rank=44,
    ),
    Command(
        "unfilter",
        "F",
        "all turns",
        "Show all turns again.",
        seeing.show_all,
        lambda on: on.filtered,
        5,
    ),
    Command(
        "fold",
        "z",
        "fold",
        "Fold the interviewer's turns to a line each, or unfold them.",
        seeing.fold,
        rank=61,
    ),
    Command(
        "codebook",
        "B",
        "entries",
        "Open the codebook: its tree, entries, versions, proposals, gaps.",
        seeing.open_codebook,
        rank=63,
    ),
    Command("pane", "b", "codebook", "Show or hide the codebook.", seeing.codebook_pane, rank=62),
    Command(
        "undo", "u", "undo", "Undo your last step.", safe.undo, lambda on: bool(on.waiting.undo), 9
    ),
    Command(
        "redo",
        "U",
        "redo",
        "Bring back what was undone last.",
        safe.redo,
        lambda on: bool(on.waiting.redo),
        8,
    ),
    Command(
        "help",
        "question_mark,f1",
        "help",
        "Say what one stands on, and all keys.",
        seeing.explain,
        rank=1,
    ),
    Command(
        "palette",
        "p",
        "palette",
        "Find a code, a source or a command by its words.",
        seeing.palette,
        rank=45,
    ),
    Command(
        "theme",
        "T",
        "light, dark",
        "Change between the light and the dark theme.",
        seeing.change_theme,
    ),
    Command("sources", "S", "sources", "Go to the list of sources.", safe.to_sources, rank=46),
    Command("leave", "q", "leave", "Leave; all is saved.", safe.leave, rank=2),
    Command("ease", "escape", "", "Let go of what was picked, compared or found.", seeing.ease),
)
BY_NAME = {command.name: command for command in COMMANDS}
