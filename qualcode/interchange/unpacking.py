"""The doors for what comes packed: zip files and XML from strangers, under limits.

Nothing is written to disk, no address is opened, no entity is expanded; declared sizes
are checked before unpacking and real ones while it goes on.
"""

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.importing import Upload

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_MEMBERS = 20_000
_LARGEST_TOTAL = 2 * 1024**3
_LARGEST_MEMBER = 64 * 1024**2
_LARGEST_READ = 256 * 1024**2
_SUSPECT_FROM = 10 * 1024**2
_STEEPEST = 200
_STEP = 1024**2
_SHOWN = 60
_ENCRYPTED = 0x1
_DOCTYPE = "<!DOCTYPE"
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Archive:
    """A zip file held in memory, its members read by name, none larger than so many bytes."""

    def __init__(self, upload: Upload, *, largest: int = _LARGEST_MEMBER) -> None:
        self._name = upload.name
        self._largest = largest
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(upload.data))
            members = self._zip.infolist()
        except _BROKEN:
            raise self._refusal("the file is damaged or incomplete.") from None
        self._refuse_too_much(members)
        self._members = {member.filename: member for member in members}
        for member in members:
            self._refuse_unsafe(member)
        if len({name.casefold() for name in self._members}) < len(members):
            raise self._refusal("two of the files inside have the same name.")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """List the members."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Unpack one member; refuse what grows too large or was packed to burst."""
        member = self._members[name]
        if member.file_size > self._largest or _is_a_bomb(member.file_size, member):
            raise self._too_large()
        unpacked = bytearray()
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_STEP):
                    unpacked += piece
                    self._read += len(piece)
                    if (
                        len(unpacked) > self._largest
                        or self._read > _LARGEST_READ
                        or _is_a_bomb(len(unpacked), member)
                    ):
                        raise self._too_large()
        except _BROKEN:
            raise self._refusal("the file is damaged or incomplete.") from None
        return bytes(unpacked)

    def _refuse_too_much(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > _MOST_MEMBERS:
            raise self._refusal(f"it holds more than {_MOST_MEMBERS:,} files.")
        if sum(member.file_size for member in members) > _LARGEST_TOTAL:
            raise self._too_large()

    def _refuse_unsafe(self, member: zipfile.ZipInfo) -> None:
        shown = shortened(member.orig_filename, to=_SHOWN)
        parts = member.orig_filename.replace("\\", "/").split("/")
        if "" in parts[:1] or ".." in parts or ":" in parts[0] or "\0" in member.orig_filename:
            raise self._refusal(f"a file inside is named “{shown}”, which leads out of it.")
        if member.flag_bits & _ENCRYPTED:
            raise self._refusal("it is protected by a password.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._refusal(f"“{shown}” inside is packed in a way that is not read here.")

    def _too_large(self) -> ImportRefusedError:
        return self._refusal("it is too large when unpacked.")

    def _refusal(self, trouble: str) -> ImportRefusedError:
        return ImportRefusedError(self._name, trouble)


def xml_root(data: bytes, *, name: str) -> "_Element":
    """Parse XML without a DTD, entities or the network; name the file in a refusal."""
    from lxml import etree

    heads = [_DOCTYPE.encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")]
    if any(head in data for head in heads):
        raise _dtd(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise ImportRefusedError(name, "the XML inside is damaged or nested too deeply.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd(name)
    return root


def _dtd(name: str) -> ImportRefusedError:
    return ImportRefusedError(name, "it brings a DTD (DOCTYPE), which is not allowed.")


def _is_a_bomb(size: int, member: zipfile.ZipInfo) -> bool:
    return size > _SUSPECT_FROM and size > _STEEPEST * max(1, member.compress_size)
