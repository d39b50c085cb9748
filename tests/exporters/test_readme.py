import io
import re
from pathlib import Path

from qualcode.interchange.exporting import Exporter, Report

README = Path(__file__).parents[2] / "exporters" / "README.md"


def example() -> Exporter:
    code = re.search(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    room: dict[str, type] = {}
    exec(code[1], room)  # noqa: S102 - the example of our own README
    made = room["MarkdownExporter"]()
    assert isinstance(made, Exporter)
    return made


def test_the_example_of_the_readme_exports_a_study(report: Report) -> None:
    stream = io.BytesIO()
    example().write(report, stream)
    text = stream.getvalue().decode()
    assert "## NW1B Handing over\n\n12 quotations from" in text
    assert all(quotation.id in text for _, quotation in report.quotations())
    assert text.endswith(f"left out 4. Journal head: {report.head}.")
