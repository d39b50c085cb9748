"""Shares given out of a study, worked on at random, renewed, and taken back."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.codings import Desk
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.themes import Theme
from qualcode.store.anchors import IN, OUT
from qualcode.store.checks import check
from qualcode.store.coming import coming
from qualcode.store.engine import connect, for_writing
from qualcode.store.images import made, opened
from qualcode.store.joining import bring_along, join
from qualcode.store.models import Table
from qualcode.store.opening import begin_copy, open_project
from qualcode.store.project import Project
from qualcode.store.replacing import keep_places, replace_rows
from qualcode.store.schema import upgrade
from qualcode.store.shares import share_of, write_share

from .conftest import Study


@dataclass
class Sharing:
    """Gives shares out of one study and closes them in the end."""

    study: Study
    folder: Path
    given: list[Project] = field(default_factory=list)

    def give(self, coder: Coder, name: str) -> Study:
        """Give out a share, a study at its coder's desk."""
        self._begin_layers(coder)
        path = self.folder / f"{name}.qualcode"
        engine = connect(str(path))
        upgrade(engine)
        with self.study.project.work(OUT, by=self.study.lead) as work:
            with Session(for_writing(engine)) as into, into.begin():
                anchor = write_share(work, share_of(work, coder), into)
            work.note_all(anchor.facts)
        engine.dispose()
        self.given.append(open_project(str(path)))
        return self.study.elsewhere(self.given[-1])

    def renew(self, share: Study, coder: Coder) -> None:
        """Let a share go on from what the study holds now."""
        self._begin_layers(coder)
        with self.study.project.work(OUT, by=self.study.lead) as work:
            image, anchor = made(lambda into: write_share(work, share_of(work, coder), into))
            work.note_all(anchor.facts)
        newer = opened(image, "newer")
        with share.project.upkeep() as mine:
            with newer.work(IN, by=coder) as work:
                bring_along(work, mine, coming(work, mine, "mine"))
                keep_places(work, mine)
            with newer.reading() as view:
                replace_rows(mine, view)
        newer.close()

    def _begin_layers(self, coder: Coder) -> None:
        for within in (self.study.blind, self.study.free):
            self.study.layer(coder, within)

    def joined(self, order: Sequence[Path], name: str) -> dict[str, list[str]]:
        """Join in one order into a copy of the study, and give what it holds then."""
        with self.study.project.reading() as view:
            copy = begin_copy(str(self.folder / f"{name}.qualcode"), view)
        try:
            take(self.study.elsewhere(copy), *order)
            assert check(copy) == []
            return content(copy)
        finally:
            copy.close()

    def close(self) -> None:
        """Close the shares."""
        for each in self.given:
            each.close()


def take(study: Study, *files: Path) -> None:
    """Take shares back, one after another."""
    for file in files:
        share = open_project(str(file))
        with study.project.work(IN, by=study.lead) as work, share.reading() as view:
            join(work, view, coming(work, view, file.name))
        share.close()


def content(project: Project) -> dict[str, list[str]]:
    """Give all rows but the journal of the study's own joining."""
    with project.reading() as view:
        home = view.journal.workspace()
        rows: dict[str, list[Any]] = {
            table.name: list(view.session.execute(select(table)).mappings())
            for table in Table.metadata.sorted_tables
        }
    own = {row["id"] for row in rows["entry"] if row["workspace_id"] == home and row["kind"] == IN}
    return {
        name: sorted(repr(dict(row)) for row in each if row.get("id") not in own)
        for name, each in rows.items()
        if name != "place"
    }


def keep(share: Study, name: str) -> Path:
    """Keep a copy of a share, as it would be sent."""
    return Path(shutil.copy(share.project.place, Path(share.project.place).with_name(name)))


def random_work(share: Study, coder: Coder, chance: Random) -> None:
    """Do something that coders do."""
    turn = share.turn(chance.choice([2, 3, 5, 6]))
    standing: Desk = share.desk(coder)
    match chance.randrange(6):
        case 0 | 1:
            share.add(coder, share.coding(coder, chance.choice(["TC1A", "TC1B"]), turn))
        case 2 if standing.codings:
            share.retire(coder, chance.choice(standing.codings))
        case 3:
            share.undo(coder)
        case 4:
            change_theme(share, coder, f"Claim {chance.randrange(100)}.")
        case _:
            share.redo(coder)


def change_theme(share: Study, coder: Coder, claim: str) -> None:
    """Give a coder's first theme another claim, or begin it."""
    with share.project.work("theme edit", by=coder) as work:
        first = next((each for each in work.themes.all() if each.owner == coder.id), None)
        known = first or Theme(new_id(), coder.id, "Waiting", position=1)
        work.themes.keep([Theme(known.id, coder.id, known.name, claim, position=1)])


def claims(study: Study, coder: Coder) -> list[str]:
    """Give the claims of a coder's themes."""
    with study.project.reading() as view:
        return [each.claim for each in view.themes.all() if each.owner == coder.id]
