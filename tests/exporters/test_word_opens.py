import os
import shutil
import subprocess
from pathlib import Path

import pytest

from qualcode.interchange.exporting import Report
from qualcode.interchange.files import put
from qualcode.interchange.plugins import exporter


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_whole_document(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "night.docx"
    put(path, lambda stream: exporter("word").write(report, stream))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=os.environ)
    text = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
    assert all(quotation.words in text for _, quotation in report.quotations())
    assert text.rstrip().endswith(report.head + ".")
