"""A new workspace is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.errors import LeafletError
from leaflet.files import write_new_folder

FILES = {"leaflet.toml": b"", "source/a.md": b"# A", "source/deep/b.md": b"# B"}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("name", ["new", "some/new", "."])
def test_all_files_and_folders_are_written(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    write_new_folder(folder, FILES, ("output",))
    assert names(folder) == {*FILES, "source", "source/deep", "output"}


@pytest.mark.parametrize("name", ["new", "some/new"])
def test_a_full_disk_leaves_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r") -> object:
        if path.name == "b.md":
            raise OSError(28, "No space left on device")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(LeafletError, match="cannot be written: No space left on device"):
        write_new_folder(tmp_path / name, FILES)
    assert names(tmp_path) == set()


def test_an_empty_folder_of_the_user_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(LeafletError):
        write_new_folder(tmp_path / "mine", FILES)
    assert names(tmp_path) == {"mine"}


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    with pytest.raises(LeafletError, match="is there already and is not empty"):
        write_new_folder(tmp_path, FILES)
    with pytest.raises(LeafletError, match=r"mine\.txt is there already"):
        write_new_folder(tmp_path / "mine.txt", FILES)
    with pytest.raises(LeafletError, match="cannot be written: Not a directory"):
        write_new_folder(tmp_path / "mine.txt" / "new", FILES)
    assert names(tmp_path) == {"mine.txt"}
