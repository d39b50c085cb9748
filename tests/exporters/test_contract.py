import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.interchange.exporting import Exporter, Report
from qualcode.interchange.plugins import exporter, exporter_names

every_exporter = pytest.mark.parametrize("name", exporter_names())


def written(name: str, report: Report) -> bytes:
    stream = io.BytesIO()
    exporter(name).write(report, stream)
    return stream.getvalue()


def test_word_and_csv_are_installed() -> None:
    assert {"csv", "word"} <= set(exporter_names())


@every_exporter
def test_an_exporter_says_what_it_writes(name: str) -> None:
    found = exporter(name)
    assert isinstance(found, Exporter)
    assert found.title
    assert found.suffix.startswith(".")


@every_exporter
def test_the_same_report_makes_the_same_bytes(name: str, report: Report) -> None:
    assert written(name, report) == written(name, replace(report))


@every_exporter
def test_another_word_makes_other_bytes(name: str, saying: Callable[[str], Report]) -> None:
    assert written(name, saying("I was there")) != written(name, saying("I was here"))


@every_exporter
def test_the_stream_is_left_open(name: str, report: Report) -> None:
    stream = io.BytesIO()
    exporter(name).write(report, stream)
    assert not stream.closed


@every_exporter
def test_a_study_without_a_codebook_can_be_printed(name: str, report: Report) -> None:
    assert written(name, replace(report, chapters=(), stored=0, left_out=()))


@every_exporter
@settings(deadline=None, max_examples=50)
@given(words=st.text(st.characters(), max_size=60))
def test_no_words_stop_an_export(name: str, saying: Callable[[str], Report], words: str) -> None:
    hostile = replace(saying(words), project=words, layer=words, round=words, program=words)
    assert written(name, hostile)
