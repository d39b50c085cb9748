"""Word files made by hand, and where the shared files are."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="/word/document2.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


MakeDocx = Callable[..., bytes]


@pytest.fixture(scope="session")
def docx() -> MakeDocx:
    """Give the maker of Word files; parts other than the body name their element."""

    def made(body: str, parts: Mapping[str, str] | None = None) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr(
                "word/document2.xml",
                f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            )
            for name, inner in (parts or {}).items():
                archive.writestr(f"word/{name}.xml", f"<w:{name} {_NAMESPACES}>{inner}</w:{name}>")
        return stream.getvalue()

    return made


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the shared corpus, samples and hostile files, or skip."""
    place = os.environ.get("QUALCODE_SHARED")
    if not place:
        pytest.skip("QUALCODE_SHARED names no folder with the shared files")
    return Path(place)
