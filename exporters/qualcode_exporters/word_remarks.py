"""Memos as Word's comments, anchored on the words they speak of."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from qualcode.interchange.exporting import Remark
from qualcode_exporters.word_styles import REMARK
from qualcode_exporters.word_text import attribute, line

_START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)
_END = "</w:comments>"


@dataclass(slots=True)
class Margin:
    """The margin of the document: the remarks noted there so far."""

    _notes: list[str] = field(default_factory=list)

    def anchored(self, words: str, remarks: tuple[Remark, ...]) -> str:
        """Note the remarks in the margin of the words, which are ready runs."""
        if not remarks:
            return words
        first = len(self._notes)
        numbers = range(first, first + len(remarks))
        self._notes += [_note(n, remark) for n, remark in zip(numbers, remarks, strict=True)]
        before = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers)
        after = "".join(
            f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
            for n in numbers
        )
        return before + words + after

    def xml(self) -> str:
        """Write the margin as the part of the file that Word looks for."""
        return _START + "".join(self._notes) + _END


def _note(number: int, remark: Remark) -> str:
    letter = attribute(remark.initials)
    body = "".join(line(REMARK, each).xml for each in remark.body.split("\n"))
    return (
        f'<w:comment w:id="{number}" w:author="Coder {letter}" w:initials="{letter}" '
        f'w:date="{_utc(remark.written)}">{body}</w:comment>'
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
