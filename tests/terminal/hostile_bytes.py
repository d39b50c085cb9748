"""What a program sends to a terminal, told apart from what somebody's words would send."""

import re

from tests.terminal.hostile import ACTING

_OWN = re.compile(
    r"""\x1b\[(?:
        [0-9;]*m                                                # colours and weights
        | [0-9]+;[0-9]+H | H                                    # the cursor's place
        | \?(?:7|25|1000|1003|1004|1006|1015|1049|2004)[hl]     # wrapping, cursor, mouse, pasting
        | \?(?:2026|2048)\$p                                    # what can this terminal do?
        | >[0-9]+u | <u                                         # which keys it tells apart
    )
    | \x1b\]22;[a-z-]*\x07                                      # the shape of the pointer
    """,
    re.VERBOSE,
)


def strange(sent: bytes) -> list[str]:
    """List what acts on the terminal and is none of the few things the screens send themselves.

    No clipboard, no title, no clearing, no 8-bit sequence and no change of direction is among
    these: any of them came from words. What is not UTF-8 is an error.
    """
    words = _OWN.sub("", sent.decode("utf-8")).replace("\r\n", "\n")
    return [words[found.start() : found.start() + _SHOWN] for found in ACTING.finditer(words)]


_SHOWN = 12
