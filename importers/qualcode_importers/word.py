"""Word documents: `.docx`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.interchange import speakers
from qualcode.interchange.decoding import replaced
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode.interchange.unpacking import Archive, xml_root
from qualcode_importers.word_body import WORDS, Body

if TYPE_CHECKING:
    from lxml.etree import _Element

_ZIP = b"PK"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "_rels/.rels"
_USUAL_PART = "word/document.xml"
_HEADING_NAMES = ("heading", "title", "subtitle")


class WordImporter:
    """Reads what a Word document says once all its tracked changes are accepted."""

    title: ClassVar[str] = "Word"
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def drafts(self, upload: Upload, wishes: Wishes) -> list[Draft]:
        """Read one source: body, tables and text boxes in order, notes at the end."""
        document = _Document(upload)
        body = document.body()
        text = body.text
        if not text.strip():
            raise ImportRefusedError(upload.name, "the document holds no text.")
        talk = speakers.talk(text, body.marks)
        kind = wishes.kind or speakers.kind(upload.stem, text, labelled=talk.labelled)
        findings = (*replaced(body.replaced), *_left_out(body), *talk.findings)
        return [Draft(upload.stem, kind, text, talk.turns, encoding="docx", findings=findings)]


class _Document:
    """The parts of a Word file that hold words."""

    def __init__(self, upload: Upload) -> None:
        self._name = upload.name
        if upload.data.startswith(_OLD_OFFICE):
            raise ImportRefusedError(
                upload.name,
                "it is protected by a password, or in the old .doc format.",
                hint="Open it in Word and save it as .docx without a password.",
            )
        if not upload.data.startswith(_ZIP):
            raise ImportRefusedError(upload.name, "this is not a Word document.")
        self._archive = Archive(upload)
        self._main = self._main_part()

    def body(self) -> Body:
        """Walk the body, then the notes it refers to."""
        root = self._part(self._main)
        inner = None if root is None else next(iter(root.iterchildren(*_named("body"))), None)
        if inner is None:
            raise ImportRefusedError(self._name, "there is no Word document inside.")
        body = Body(self._name, frozenset(self._heading_styles()))
        body.walk(inner)
        notes = self._notes()
        for number, key in enumerate(body.note_ids, 1):
            if key in notes:
                body.add_note(number, notes[key])
        if any(True for _ in inner.iter(*_named("headerReference"), *_named("footerReference"))):
            body.left_out["set of headers and footers"] += 1
        return body

    def _main_part(self) -> str:
        relations = self._part(_RELATIONS)
        if relations is not None:
            for relation in relations:
                if relation.get("Type", "").endswith("/officeDocument"):
                    return relation.get("Target", "").removeprefix("/")
        return _USUAL_PART

    def _part(self, name: str) -> "_Element | None":
        if name not in self._archive:
            return None
        return xml_root(self._archive.read(name), name=self._name)

    def _beside(self, name: str) -> "_Element | None":
        folder, slash, _ = self._main.rpartition("/")
        return self._part(f"{folder}{slash}{name}")

    def _heading_styles(self) -> Iterator[str]:
        """Find the styles that are headings by name or by outline level."""
        styles = self._beside("styles.xml")
        for style in () if styles is None else styles.iterchildren(*_named("style")):
            names = [
                name.get(key, "")
                for name in style.iterchildren(*_named("name"))
                for key in _named("val")
            ]
            levels = any(True for _ in style.iter(*_named("outlineLvl")))
            if levels or any(name.lower().startswith(_HEADING_NAMES) for name in names):
                yield from (value for key in _named("styleId") if (value := style.get(key)))

    def _notes(self) -> dict[tuple[str, str], "_Element"]:
        """Find footnotes and endnotes by kind and id."""
        found: dict[tuple[str, str], _Element] = {}
        for kind, local in (("footnotes", "footnote"), ("endnotes", "endnote")):
            part = self._beside(f"{kind}.xml")
            for note in () if part is None else part.iterchildren(*_named(local)):
                for key in _named("id"):
                    found[kind, note.get(key, "")] = note
        return found


def _named(local: str) -> tuple[str, ...]:
    return tuple(namespace + local for namespace in WORDS)


def _left_out(body: Body) -> Iterator[Finding]:
    for what, count in sorted(body.left_out.items()):
        noun, of, rest = what.partition(" of ")
        amount = f"1 {what}" if count == 1 else f"{count} {noun}s{of}{rest}"
        yield Finding("left out", f"Left out: {amount}.")
    if body.note_ids:
        yield Finding("notes", "Notes stand at the end, marked [note 1] and so on in the text.")
