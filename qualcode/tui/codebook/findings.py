"""What the codebook lacks or says askew, as it is listed."""

from typing import TYPE_CHECKING

from qualcode.domain.codebook import Code
from qualcode.domain.errors import NotFoundError
from qualcode.domain.findings import Finding
from qualcode.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_KIND = 12


def rows(screen: "CodebookScreen") -> list[ListRow]:
    """List the findings."""
    return [_row(one) for one in screen.known.findings or ()]


def _row(finding: Finding) -> ListRow:
    return ListRow(f"{finding.kind:<{_KIND}} {finding.sentence}", finding.place)


def entry(screen: "CodebookScreen", at: int) -> str:
    """Write one finding in full."""
    found = screen.known.findings
    if found is None:
        return "Looking …"
    if not found:
        return "Nothing is amiss: no entry has a gap."
    finding = found[at]
    return f"{finding.kind}\n\n{finding.sentence}\n\nEnter goes to the code."


def code_of(screen: "CodebookScreen", at: int) -> Code | None:
    """Find the code that a finding is about."""
    found = screen.known.findings or ()
    try:
        return screen.desk.codebook.any_code(found[at].place) if at < len(found) else None
    except NotFoundError:
        return None
