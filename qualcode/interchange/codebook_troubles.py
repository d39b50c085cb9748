"""What is wrong with a codebook in a file: each finding with its line or row, several at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding

_MOST = 10


class At(NamedTuple):
    """A place in a file as its reader finds it: line 14, row 3; number 0 is the file itself."""

    number: int = 0
    word: str = "line"

    def __str__(self) -> str:
        return f"{self.word} {self.number}" if self.number else ""


NOWHERE = At()


class CodebookRefusedError(ImportRefusedError):
    """A file holds no codebook that can be loaded; its findings say why, by line or row."""

    def __init__(self, findings: Sequence[Finding], *, hint: str = "") -> None:
        first = findings[0]
        super().__init__(first.place, first.sentence, hint=hint)
        self.findings = tuple(findings)
        lines = [f"{one.place}: {one.sentence}" for one in findings[:_MOST]]
        if len(findings) > _MOST:
            lines.append(f"… and {len(findings) - _MOST} more.")
        self.sentence = "\n".join(lines)
        self.args = (self.sentence,)


@dataclass(frozen=True, slots=True)
class Troubles:
    """The findings in one file, gathered so that all are told at once."""

    file: str
    _found: list[tuple[At, Finding]] = field(default_factory=list)

    def add(self, at: At, sentence: str) -> None:
        """Note what is wrong at a place."""
        place = f"{self.file}, {at}" if at.number else self.file
        self._found.append((at, Finding("codebook", sentence, place)))

    def refuse(self, at: At, sentence: str, *, hint: str = "") -> NoReturn:
        """Give up at a place, for what follows cannot be understood."""
        self.add(at, sentence)
        raise CodebookRefusedError(self._in_order(), hint=hint)

    def refuse_if_any(self) -> None:
        """Refuse the file where anything is wrong with it."""
        if self._found:
            raise CodebookRefusedError(self._in_order())

    def _in_order(self) -> list[Finding]:
        ordered = sorted(self._found, key=lambda pair: pair[0].number)
        return list(dict.fromkeys(finding for _at, finding in ordered))
