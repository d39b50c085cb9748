"""The codebook's versions as they are kept: a code is written again only when it changes."""

from dataclasses import replace
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.codebook import Code, Codebook, Origin, Part
from qualcode.domain.errors import NotFoundError
from qualcode.domain.journal import Json, canonical
from qualcode.store.ledger import Ledger
from qualcode.store.models import CodebookRow, CodeEntryRow, CodeRow, PartRow


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
            raise NotFoundError(
                f"There is no version {number} of the codebook.", hint="See: qualcode codebook show"
            )
        return Codebook(
            row.version, row.title, row.language, tuple(self._parts(number)), self._codes(number)
        )

    def _parts(self, version: int) -> list[Part]:
        rows = self._session.scalars(
            select(PartRow).where(PartRow.version == version).order_by(PartRow.number)
        )
        return [Part(row.number, row.title, row.note, Origin(row.origin)) for row in rows]

    def _codes(self, version: int) -> tuple[Code, ...]:
        rows = self._session.scalars(
            select(CodeEntryRow)
            .where(CodeEntryRow.version <= version)
            .order_by(CodeEntryRow.version)
        )
        newest = {row.code_id: row for row in rows}
        codes = [_code(row) for row in newest.values()]
        return tuple(sorted(codes, key=lambda code: code.position))

    def add(self, codebook: Codebook, *, reason: str) -> Codebook:
        """Add a version after the one in force, and give it back with its number."""
        before = self.current()
        codebook = replace(codebook, version=before.version + 1)
        row = CodebookRow(
            version=codebook.version,
            title=codebook.title,
            language=codebook.language,
            reason=reason,
            added_in=self._ledger.entry,
        )
        self._session.add(row)
        self._session.flush()
        self._add_parts(codebook)
        self._add_codes(codebook, before)
        self._ledger.note("codebook", {"version": codebook.version, "digest": digest(codebook)})
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
        known = before.by_id()
        for code in codebook.codes:
            if code.id not in known:
                self._session.add(CodeRow(id=code.id))
        self._session.flush()
        for code in codebook.codes:
            if known.get(code.id) != code:
                self._session.add(_row(code, codebook.version))


def digest(codebook: Codebook) -> str:
    """Fingerprint a version: SHA-256 of its canonical form."""
    body: dict[str, Json] = {
        "title": codebook.title,
        "parts": [
            [part.number, part.title, part.note, part.origin]
            for part in sorted(codebook.parts, key=lambda part: part.number)
        ],
        "codes": [
            [str(getattr(code, name)) for name in Code.__slots__]
            for code in sorted(codebook.codes, key=lambda code: (code.position, code.id))
        ],
    }
    return sha256(canonical(body).encode()).hexdigest()


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
    )
