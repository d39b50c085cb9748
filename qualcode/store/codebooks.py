"""The codebook's versions as they are kept: a code is written again only when it changes."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, Part
from qualcode.domain.codebook_diff import structural_changes
from qualcode.domain.codebook_versions import Version
from qualcode.domain.errors import NotFoundError
from qualcode.domain.journal import Json, canonical
from qualcode.domain.lineage import Rules
from qualcode.store.layered import CodingRow, MemoRow, ProposalRow
from qualcode.store.ledger import Ledger
from qualcode.store.models import (
    CodebookRow,
    CodeEntryRow,
    CodeRow,
    EntryRow,
    PartRow,
    ThemeEntryRow,
    VerdictRow,
)

WITHDRAWN = "withdrawn"
_LATER = "state"


class Codebooks:
    """Reads versions and adds them."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def current(self) -> Codebook:
        """Read the version in force; an empty codebook is version 0."""
        newest = self._session.scalar(select(func.max(CodebookRow.version)))
        return self.version(newest) if newest else Codebook(0)

    def version(self, number: int) -> Codebook:
        """Read one version."""
        if number == 0:
            return Codebook(0)
        row = self._session.get(CodebookRow, number)
        if row is None:
            raise self._no_version(number)
        codes = self._codes(number)
        return Codebook(
            row.version,
            row.title,
            row.language,
            tuple(self._parts(number)),
            tuple(code for code in codes if code.in_use),
            tuple(code for code in codes if not code.in_use),
        )

    def _no_version(self, number: int) -> NotFoundError:
        newest = self._session.scalar(select(func.max(CodebookRow.version)))
        there = f"The newest is {newest}; see" if newest else "There is none yet; load one"
        return NotFoundError(
            f"There is no version {number} of the codebook.",
            hint=f"{there}: qualcode codebook {'versions' if newest else 'load'}",
        )

    def _parts(self, version: int) -> list[Part]:
        rows = self._session.scalars(
            select(PartRow).where(PartRow.version == version).order_by(PartRow.number)
        )
        return [Part(row.number, row.title, row.note, Origin(row.origin)) for row in rows]

    def _codes(self, version: int) -> list[Code]:
        """Read every code as it stands in a version, in use or retired, in order."""
        newest = (
            select(CodeEntryRow.code_id, func.max(CodeEntryRow.version).label("version"))
            .where(CodeEntryRow.version <= version)
            .group_by(CodeEntryRow.code_id)
            .subquery()
        )
        rows = self._session.execute(
            select(*CodeEntryRow.__table__.columns)  # as rows: an object each would cost more
            .join(
                newest,
                (CodeEntryRow.code_id == newest.c.code_id)
                & (CodeEntryRow.version == newest.c.version),
            )
            .where(CodeEntryRow.state != WITHDRAWN)
        )
        return sorted(
            map(_code, cast("Iterable[CodeEntryRow]", rows)),
            key=lambda code: (code.position, code.id),
        )

    def after(self, version: int) -> tuple[tuple[int, Code], ...]:
        """Read what was written after a version of codes still in use, the oldest first."""
        rows = cast(
            "list[CodeEntryRow]",
            self._session.execute(
                select(*CodeEntryRow.__table__.columns)
                .where(CodeEntryRow.version > version)
                .order_by(CodeEntryRow.version, CodeEntryRow.position)
            ).all(),
        )
        last = {row.code_id: row.state for row in rows}
        standing = [row for row in rows if last[row.code_id] == CodeState.IN_USE.value]
        return tuple((row.version, _code(row)) for row in standing if row.state != WITHDRAWN)

    def rules(self, version: int) -> Rules:
        """Read how every code's entry read in all versions up to one."""
        return self._rules(version)

    def changed_rules(self, version: int) -> Rules:
        """Read the same of those codes only whose entry was written more than once."""
        again = (
            select(CodeEntryRow.code_id)
            .where(CodeEntryRow.version <= version)
            .group_by(CodeEntryRow.code_id)
            .having(func.count() > 1)
        )
        return self._rules(version, CodeEntryRow.code_id.in_(again))

    def _rules(self, version: int, *among: ColumnElement[bool]) -> Rules:
        entries: dict[UUID, list[tuple[int, Code]]] = {}
        rows = self._session.scalars(
            select(CodeEntryRow)
            .where(CodeEntryRow.version <= version, CodeEntryRow.state != WITHDRAWN, *among)
            .order_by(CodeEntryRow.version)
        )
        for row in rows:
            entries.setdefault(row.code_id, []).append((row.version, _code(row)))
        return Rules(entries)

    def versions(self) -> list[Version]:
        """List the versions, the oldest first, with who made each, when and why."""
        rows = self._session.execute(
            select(CodebookRow, EntryRow)
            .join(EntryRow, EntryRow.id == CodebookRow.added_in)
            .order_by(CodebookRow.version)
        )
        return [
            Version(
                row.version,
                row.reason,
                entry.kind,
                entry.who,
                entry.at,
                entry.number,
                entry.id,
                row.undoes,
                row.redoes,
            )
            for row, entry in rows
        ]

    def applied(self, code_ids: Collection[UUID]) -> set[UUID]:
        """Of some codes, say which anybody ever applied, wrote of, proposed or put into a theme.

        This looks past every viewpoint: it decides only whether a code may vanish. An answer
        to a proposal counts while it stands.
        """
        used: set[UUID] = set()
        for row in (CodingRow, MemoRow, ProposalRow, VerdictRow):
            query = select(row.code_id).where(row.code_id.in_(code_ids)).distinct()
            if row is VerdictRow:
                query = query.where(VerdictRow.retired_in.is_(None))
            used |= {one for one in self._session.scalars(query) if one is not None}
        themed = {
            one for codes in self._session.scalars(select(ThemeEntryRow.codes)) for one in codes
        }
        return used | {one for one in code_ids if str(one) in themed}

    def add(
        self,
        codebook: Codebook,
        *,
        reason: str,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Codebook:
        """Add a version after the one in force, and give it back with its number.

        A code that is in the one before and not in this one is withdrawn: it never was.
        """
        before = self.current()
        codebook = replace(codebook, version=before.version + 1)
        row = CodebookRow(
            version=codebook.version,
            title=codebook.title,
            language=codebook.language,
            reason=reason,
            added_in=self._ledger.entry,
            undoes=undoes,
            redoes=redoes,
        )
        self._session.add(row)
        self._session.flush()
        self._add_parts(codebook)
        self._add_codes(codebook, before)
        noted: dict[str, Json] = {
            "version": codebook.version,
            "digest": digest(codebook),
            "changes": cast("Json", structural_changes(before, codebook)),
        }
        self._ledger.note("codebook", noted)
        self._session.flush()
        return codebook

    def _add_parts(self, codebook: Codebook) -> None:
        for part in codebook.parts:
            row = PartRow(
                number=part.number,
                version=codebook.version,
                title=part.title,
                note=part.note,
                origin=part.origin.value,
            )
            self._session.add(row)

    def _add_codes(self, codebook: Codebook, before: Codebook) -> None:
        """Write the codes that read otherwise than before, and those that are withdrawn."""
        known = {code.id: code for code in (*before.codes, *before.retired)}
        now = {code.id: code for code in (*codebook.codes, *codebook.retired)}
        fresh = [one for one in now if one not in known]
        there = set(self._session.scalars(select(CodeRow.id).where(CodeRow.id.in_(fresh))))
        self._session.add_all(CodeRow(id=one) for one in fresh if one not in there)
        self._session.flush()
        changed = [
            _row(code, codebook.version) for one, code in now.items() if known.get(one) != code
        ]
        for one, code in known.items():
            if one not in now:
                row = _row(code, codebook.version)
                row.state = WITHDRAWN
                changed.append(row)
        self._session.add_all(changed)


def digest(codebook: Codebook) -> str:
    """Fingerprint a version: SHA-256 of its canonical form.

    A fact for which an earlier version of the schema had no column counts where there is one,
    so that the fingerprints in older journals hold.
    """
    codes = (*codebook.codes, *codebook.retired)
    body: dict[str, Json] = {
        "title": codebook.title,
        "parts": [
            [part.number, part.title, part.note, part.origin]
            for part in sorted(codebook.parts, key=lambda part: part.number)
        ],
        "codes": [
            _facts(code) for code in sorted(codes, key=lambda code: (code.position, code.id))
        ],
    }
    return sha256(canonical(body).encode()).hexdigest()


def _facts(code: Code) -> list[Json]:
    first = Code.__slots__.index(_LATER)
    facts: list[Json] = [str(getattr(code, name)) for name in Code.__slots__[:first]]
    for name in Code.__slots__[first:]:
        value = getattr(code, name)
        if value and value is not CodeState.IN_USE:
            facts.append([name, str(value)])
    return facts


def _row(code: Code, version: int) -> CodeEntryRow:
    return CodeEntryRow(
        code_id=code.id,
        version=version,
        label=code.label,
        key=code.key,
        name=code.name,
        part=code.part,
        position=code.position,
        description=code.description,
        full_definition=code.full_definition,
        include=list(code.include),
        exclude=list(code.exclude),
        examples=list(code.examples),
        sub_questions=list(code.sub_questions),
        not_to_confuse_with=list(code.not_to_confuse_with),
        parent=code.parent,
        origin=code.origin.value,
        colour=code.colour,
        state=code.state.value,
        successors=[str(one) for one in code.successors],
        earlier_names=list(code.earlier_names),
        proposed_by=code.proposed_by,
        proposed_on=code.proposed_on,
    )


def _code(row: CodeEntryRow) -> Code:
    return Code(
        id=row.code_id,
        label=row.label,
        key=row.key,
        name=row.name,
        part=row.part,
        position=row.position,
        description=row.description,
        full_definition=row.full_definition,
        include=tuple(row.include),
        exclude=tuple(row.exclude),
        examples=tuple(row.examples),
        sub_questions=tuple(row.sub_questions),
        not_to_confuse_with=tuple(row.not_to_confuse_with),
        parent=row.parent,
        origin=Origin(row.origin),
        colour=row.colour,
        state=CodeState(row.state),
        successors=tuple(UUID(one) for one in row.successors),
        earlier_names=tuple(row.earlier_names),
        proposed_by=row.proposed_by,
        proposed_on=row.proposed_on,
    )
