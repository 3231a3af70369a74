"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from leaflet.errors import LeafletError
from leaflet.files.writing import OverwritePolicy, write_together


def test_a_refusal_names_the_file_and_not_its_temporary_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf" / "in the way").mkdir(parents=True)
    with pytest.raises(LeafletError) as caught:
        write_together(tmp_path, {"a.pdf": b"a"})
    assert str(caught.value).startswith(f'"a.pdf" cannot be written into "{tmp_path}": ')
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LeafletError, match=r'the folder ".*file/inner" cannot be made: Not a directory'):
        write_together(tmp_path / "file" / "inner", {"a.pdf": b"a"})


def test_all_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    written = write_together(tmp_path / "output", {"a.pdf": b"A", "a.html": b"B"})
    assert [path.read_bytes() for path in written] == [b"A", b"B"]
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == ["a.html", "a.pdf"]


def test_a_failure_on_the_way_leaves_the_old_files_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    with pytest.raises(TypeError):
        write_together(tmp_path, {"a.pdf": b"new", "b.pdf": None}, OverwritePolicy(own_folder=tmp_path))  # type: ignore[dict-item]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    (path,) = write_together(tmp_path, {"a.pdf": b"A"})
    assert path.stat().st_mode & 0o777 == 0o644
