"""Beginning and opening a study."""

from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import ProjectError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.domain.rounds import Round, RoundState, Unit
from qualcode.domain.text import as_stored
from qualcode.services.people import fit_name
from qualcode.services.sentences import make_sure_of
from qualcode.store.opening import begin as begin_at
from qualcode.store.opening import open_project
from qualcode.store.project import About, Project
from qualcode.store.surroundings import conflicted_copies

SUFFIX = ".qualcode"
FREE_ROUND = "free"


def begin(
    place: str,
    *,
    name: str,
    lead: str,
    approach: str = "codebook",
    language: str = "en",
    sentence_model: str = "",
    anyway: bool = False,
) -> Project:
    """Begin a study: an empty project with its lead, and a free round to code in.

    Sentences are cut by rules for the language, or by an installed spaCy model if one is named.
    On a network drive or in a synced folder it is refused, but for `anyway`.
    """
    if sentence_model:
        make_sure_of(sentence_model, language=language)
    coder = Coder(new_id(), fit_name(lead, "coder"), Role.LEAD)
    title = " ".join(as_stored(name).text.split())
    project = begin_at(
        place,
        name=title,
        approach=approach,
        language=language,
        sentence_model=sentence_model,
        anyway=anyway,
    )
    with project.work("init", by=None) as work:
        work.people.add(coder)
        work.rounds.add(_free_round())
        work.note("coder", str(coder.id))
    return project


def _free_round() -> Round:
    return Round(
        new_id(),
        FREE_ROUND,
        0,
        RoundState.OPEN,
        blind=False,
        free=True,
        unit=Unit.TURN,
        codebook_version=0,
    )


def open_at(place: str, *, anyway: bool = False) -> Project:
    """Open the study kept at a place; where writing is not safe, only `anyway` can it change."""
    return open_project(place, anyway=anyway)


def beside(place: str) -> str:
    """Name copies that a synced folder made beside a file of two that differed, and the way out."""
    copies = [] if is_address(place) else conflicted_copies(Path(place))
    if not copies:
        return ""
    names = ", ".join(each.name for each in copies)
    return (
        f"A synced folder could not bring two files together and left {names} beside this one. "
        "Look which holds your work; work from several places is passed on by bundles: "
        "qualcode help bundles"
    )


def only_project(folder: Path) -> str:
    """Find the one project file of a folder."""
    found = sorted(folder.glob(f"*{SUFFIX}"))
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise ProjectError(
            "There is no project here.",
            hint="Name one with -p FILE, begin one with qualcode -p FILE init, "
            "or look around with qualcode demo.",
        )
    names = ", ".join(path.name for path in found)
    raise ProjectError(f"Several projects are here: {names}.", hint="Name one with -p FILE.")


@dataclass(frozen=True, slots=True)
class Summary:
    """A study at a glance."""

    about: About
    sources: int
    turns: int
    codable: int
    codes: int
    codebook_version: int
    coders: tuple[Coder, ...]
    rounds: tuple[Round, ...]
    entries: int
    head: str


def summary(project: Project, *, by: Coder | None = None) -> Summary:
    """Say what a study holds; with `by`, the journal is counted as that person may see it."""
    with project.reading() as view:
        seen = view.layers_seen_by(by) if by else None
        sources = view.sources.all()
        codebook = view.codebooks.current()
        who = by.id if by else None
        head = view.journal.head(seen, by=who)
        return Summary(
            view.about(),
            len(sources),
            sum(source.turns for source in sources),
            sum(source.codable for source in sources),
            len(codebook.codes),
            codebook.version,
            tuple(view.people.all()),
            tuple(view.rounds.all()),
            view.journal.count(seen, by=who),
            head.hash if head else "",
        )
