"""The demo study: invented transcripts, two coders' layers, and one source left to code."""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from qualcode.domain.decisions import Outcome
from qualcode.domain.errors import ProjectError
from qualcode.domain.rounds import Unit
from qualcode.interchange.files import take
from qualcode.interchange.importing import Wishes
from qualcode.services import (
    bulk_coding,
    codebooks,
    coding,
    people,
    places,
    projects,
    rounds,
    sources,
)
from qualcode.services.agreement import AgreementReport, measure
from qualcode.services.disputes import Desk, Dispute
from qualcode.services.exports import Exported, export
from qualcode.services.reconciliation import (
    Verdict,
    accept_agreed,
    codebook_of,
    decide,
    desk,
)
from qualcode.services.sources import Spot
from qualcode.store.project import Project

NAME = "Doorways (invented)"
ROUND = "r1"
CODERS = ("first", "second")
_RIVALS = frozenset({"TC1A", "TC1C"})
_BETTER = "TC1C"
_REASON = "The rule for TC1A is silent on present practice that works; TC1C says it better."


def place_in(folder: Path) -> Path:
    """Say where the demo study is kept in a folder."""
    return folder / f"doorways{projects.SUFFIX}"


def make(folder: Path) -> Project:
    """Make the demo study in a folder, or open the one that is there."""
    place = place_in(folder)
    if not place.exists():
        part = place.with_suffix(".part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
        except OSError as trouble:
            raise ProjectError(
                f"{folder} cannot be made: {trouble.strerror}.",
                hint="Name another: qualcode demo --folder FOLDER",
            ) from None
        _fill(part)
        part.rename(place)
    return projects.open_at(str(place))


def practice(folder: Path) -> Project:
    """Make a demo study to practise on, opened for its first coder at a source left to code."""
    project = make(folder)
    seat = coding.take_seat(project, people.named(project, CODERS[0]), ROUND)
    spot = coding.next_uncoded(project, seat=seat)
    if spot is not None:
        places.keep(project, spot, seat=seat)
    return project


def _fill(place: Path) -> None:
    """Make the study: transcripts, codebook, a blind round, and what its two coders did."""
    project = projects.begin(str(place), name=NAME, lead="lead")
    lead = people.lead(project)
    with as_file(files("qualcode.demo")) as data:
        transcripts = sorted((data / "transcripts").iterdir())
        sources.take_in_files(project, transcripts, wishes=Wishes(), by=lead)
        codebooks.load(project, "osspc", by=lead)
        for name in CODERS:
            people.add(project, name, by=lead)
        rounds.new(project, ROUND, coders=CODERS, by=lead, blind=True, unit=Unit.TURN)
        for name in CODERS:
            seat = coding.take_seat(project, people.named(project, name), ROUND)
            bulk_coding.code_from_table(project, take(data / f"{name}.csv"), seat=seat)
            with project.upkeep() as view:
                view.steps.let_go(seat.coder.id)
    project.close()


@dataclass(frozen=True, slots=True)
class Walk:
    """What the whole job came to: agreement, one decision, the consensus, the Word file."""

    summary: projects.Summary
    report: AgreementReport
    settled: Dispute
    agreed: int
    open: int
    word: Exported


def walk(project: Project, folder: Path) -> Walk:
    """Go through the rest of the job as the lead: compare, decide, export.

    What was done on an earlier walk stays; so a second one comes to the same.
    """
    lead = people.lead(project)
    report = measure(project, ROUND, by=lead)
    accept_agreed(project, ROUND, by=lead)
    found = _one_to_settle(desk(project, ROUND, by=lead))
    if found.decision is None:
        spot = Spot(found.source, found.revision, found.passage.range)
        verdict = Verdict(_for(_BETTER, found, project), _REASON)
        decide(project, spot, verdict, round_name=ROUND, by=lead)
    after = desk(project, ROUND, by=lead)
    path = folder / "doorways.docx"
    word = export(project, "word", path, layer_name="consensus", by=lead)
    settled = _one_to_settle(after)
    return Walk(projects.summary(project), report, settled, _agreed(after), len(after.open), word)


def _for(label: str, found: Dispute, project: Project) -> Outcome:
    """Say which of two sets it is that has a code; their order is drawn."""
    code = codebook_of(project, ROUND).code(label)
    return Outcome.FIRST if code.id in found.passage.sets[0] else Outcome.SECOND


def _agreed(after: Desk) -> int:
    return sum(
        each.decision is not None and each.decision.outcome is Outcome.AGREED
        for each in after.disputes
    )


def _one_to_settle(on_desk: Desk) -> Dispute:
    """Choose a disagreement in which one coder says TC1A and the other TC1C."""
    known = on_desk.codebook.by_id()

    def rivals(each: Dispute) -> bool:
        return {known[code].label for code in each.passage.contested} == _RIVALS

    fitting = [each for each in on_desk.differing if rivals(each) and not each.passage.shared]
    return (fitting or on_desk.differing)[0]
