"""Opening the screens."""

from qualcode.cli.here import Here
from qualcode.services import people, projects
from qualcode.store.project import Project


def open_screens(here: Here) -> int:
    """Open the project named, or the only one here, as the person named."""
    project = here.project()
    name = here.coder
    if name is None:
        coders = people.coders(project)
        name = coders[0].name if len(coders) == 1 else None
    return open_desk(project, name)


def open_desk(project: Project, name: str | None) -> int:
    """Open the screens of a project; without a name they ask who sits there."""
    from qualcode.tui.app import QualcodeApp

    coder = people.named(project, name) if name is not None else None
    summary = projects.summary(project)
    app = QualcodeApp(project, summary, coder)
    status = app.run()
    if app.crash is not None:
        raise app.crash
    return status or 0
