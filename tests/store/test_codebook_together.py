"""Two leads at one codebook at the same moment."""

import subprocess
import sys

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from tests.store.conftest import Study

LEAD = """
import sys

from qualcode.domain.errors import ChangedMeanwhileError
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks, people
from qualcode.store.opening import open_project

place, name, each = sys.argv[1], sys.argv[2], int(sys.argv[3])
project = open_project(place)
by = people.named(project, name)
for number in range(each):
    if number % 3 == 0:
        codes = sorted(codebooks.codebook(project).codes, key=lambda code: code.label)
    code, other = codes[number % len(codes)], codes[(number + 1 + number // 4) % len(codes)]
    why = f"{name} {number}"
    try:
        if number % 2 or code == other:
            what = f"{why} rename {code.label}"
            made = codebook_changes.rename(project, code, name=why, by=by, reason=what)
        else:
            what = f"{why} move {code.label} {other.label}"
            made = codebook_changes.move(
                project, code, Place(before=other.label), by=by, reason=what
            )
    except ChangedMeanwhileError as refusal:
        print(f"refused {refusal.sentence}")
    else:
        print(f"done {what}" if made.changes else "as it was")
project.close()
"""


def together(place: str, names: list[str], each: int) -> list[str]:
    """Let leads change the codebook at the same time; give what came of every change."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", LEAD, place, name, str(each)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    said = [process.communicate(timeout=500) for process in running]
    assert [complaint for _out, complaint in said if complaint] == []
    return [line for out, _complaint in said for line in out.splitlines()]


@pytest.mark.parametrize("each", [15, pytest.param(100, marks=pytest.mark.long)])
def test_two_leads_lose_no_change_and_are_told_who_was_first(study: Study, each: int) -> None:
    with study.project.work("coder add", by=study.lead) as work:
        work.people.add(Coder(new_id(), "Lea", Role.LEAD))
        work.note("coder", "Lea")
    came = together(study.place, ["Lead", "Lea"], each)
    assert len(came) == 2 * each
    done = [line.removeprefix("done ") for line in came if line.startswith("done ")]
    refused = [line for line in came if line.startswith("refused ")]
    assert all(" was changed meanwhile by Lea" in one for one in refused)
    with study.project.reading() as view:
        versions = view.codebooks.versions()
        assert sorted(one.reason for one in versions[1:]) == sorted(done)
        assert [one.number for one in versions] == list(range(1, len(done) + 2))
        names = {code.label: code.name for code in view.codebooks.current().codes}
        entries = [entry for entry in view.journal.entries() if "codebook" in entry.touched]
        told = [view.describe(entry) for entry in entries]
    assert len(told) == len(done) + 1
    newest: dict[str, str] = {}
    for one in versions[1:]:
        who, number, what, label, *_ = one.reason.split()
        if what == "rename":
            newest[label] = f"{who} {number}"
            assert f"{label} {newest[label]} (version {one.number})" in told[one.number - 1]
    assert newest
    assert {label: names[label] for label in newest} == newest
    assert study.findings() == []
