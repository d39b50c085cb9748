import os
from pathlib import Path
from typing import BinaryIO

import pytest

from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.interchange.files import put, take


def refusal(path: Path) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        take(path)
    return caught.value.sentence


def test_a_regular_file_is_taken_whole_without_its_folders(tmp_path: Path) -> None:
    (tmp_path / "FG1.TXT").write_bytes(b"words\r\n")
    upload = take(tmp_path / "FG1.TXT")

    assert (upload.name, upload.stem, upload.suffix) == ("FG1.TXT", "FG1", ".txt")
    assert upload.data == b"words\r\n"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name}: this is not a regular file."


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert refusal(tmp_path / "pipe.txt") == "pipe.txt: this is not a regular file."


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)

    assert refusal(loop).startswith("loop.txt: too many levels of symbolic links")


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    assert refusal(tmp_path / "empty.txt") == "empty.txt: the file is empty."
    assert refusal(tmp_path / "none.txt") == "none.txt: no such file or directory."


def test_a_giant_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "giant.txt").open("wb") as file:
        file.truncate(300 * 1024 * 1024)

    assert refusal(tmp_path / "giant.txt") == "giant.txt: the file is larger than 256 MB."


def test_a_file_is_put_in_its_place_for_its_owner_alone(tmp_path: Path) -> None:
    put(tmp_path / "out.csv", lambda stream: _write(stream, b"new"))

    assert (tmp_path / "out.csv").read_bytes() == b"new"
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_stays_as_it_was_when_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(b"old")

    with pytest.raises(ZeroDivisionError):
        put(tmp_path / "out.csv", _fail_half_way)

    assert (tmp_path / "out.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(ExportRefusedError, match="could not be written: no such file"):
        put(tmp_path / "nowhere" / "out.csv", lambda stream: _write(stream, b"new"))


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)


def _fail_half_way(stream: BinaryIO) -> None:
    stream.write(b"half")
    raise ZeroDivisionError
