"""Reading: regular files inside the folders that are allowed, and nothing that makes the reader wait."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaflet.errors import UnsafeError
from leaflet.files import opening
from leaflet.files.opening import checked_path, read_file, read_utf8


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file in it, and a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "deep.txt").write_text("secret")
    (tmp_path / "root" / "inner").mkdir(parents=True)
    (tmp_path / "root" / "inner" / "a.txt").write_text("a")
    return tmp_path / "root"


def test_a_file_inside_is_read(root: Path) -> None:
    assert read_file(root / "inner" / "a.txt", inside=(root,)) == b"a"
    assert read_file(root / "inner" / ".." / "inner" / "a.txt", inside=(root,)) == b"a"


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    (root / "relative").symlink_to("inner/a.txt")
    (root / "absolute").symlink_to(root / "inner" / "a.txt")
    (root / "folder").symlink_to("inner")
    (root / "twice").symlink_to("folder/../relative")
    for name in ("relative", "absolute", "folder/a.txt", "twice"):
        assert read_file(root / name, inside=(root,)) == b"a", name


def test_a_folder_that_is_itself_a_link_is_looked_at_where_it_leads(root: Path) -> None:
    (root.parent / "way").symlink_to(root)
    assert read_file(root / "inner" / "a.txt", inside=(root.parent / "way",)) == b"a"
    assert read_file(root.parent / "way" / "inner" / "a.txt", inside=(root,)) == b"a"


@pytest.mark.parametrize("way", ["relative", "absolute", "folder/deep.txt", "chain", "../secret.txt"])
def test_what_leads_outside_is_refused(root: Path, way: str) -> None:
    (root / "relative").symlink_to("../secret.txt")
    (root / "absolute").symlink_to(root.parent / "secret.txt")
    (root / "folder").symlink_to("../beside")
    (root / "chain").symlink_to("inner/../absolute")
    with pytest.raises(UnsafeError, match="outside the workspace, so it is not opened") as caught:
        read_file(root / way, inside=(root,))
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert problem.hint == "copy the file itself into the workspace"
    if way != "../secret.txt":
        assert problem.message.startswith(f'"{way}" is a link to a file outside')
        assert problem.location.file == way


def test_a_folder_whose_name_only_begins_alike_is_outside(root: Path) -> None:
    (root.parent / "root-too").mkdir()
    (root.parent / "root-too" / "a.txt").write_text("secret")
    with pytest.raises(UnsafeError):
        read_file(root.parent / "root-too" / "a.txt", inside=(root,))


def test_a_file_that_the_user_named_may_lie_anywhere(root: Path) -> None:
    (root / "link").symlink_to("../secret.txt")
    assert read_file(root / "link", inside=None) == b"secret"


def test_a_dangling_link_and_a_circle_are_files_that_are_not_there(root: Path) -> None:
    (root / "dangling").symlink_to("nowhere")
    (root / "circle").symlink_to("circle")
    for name in ("dangling", "circle"):
        with pytest.raises(OSError, match=r"No such file|symbolic links"):
            read_file(root / name, inside=(root,))


@pytest.mark.parametrize("inside", [True, False])
def test_a_fifo_is_refused_at_once(root: Path, inside: bool) -> None:
    os.mkfifo(root / "fifo")
    with pytest.raises(OSError, match="not a regular file"):
        read_file(root / "fifo", inside=(root,) if inside else None)


def test_devices_and_folders_are_refused(root: Path) -> None:
    with pytest.raises(OSError, match="not a regular file"):
        read_file(Path("/dev/zero"), inside=None)
    with pytest.raises(IsADirectoryError):
        read_file(root / "inner", inside=(root,))
    with pytest.raises(IsADirectoryError):
        read_file(root, inside=(root,))


def test_a_name_that_no_file_can_have_is_refused(root: Path) -> None:
    with pytest.raises(OSError, match="not a path"):
        read_file(root / "a\0b", inside=(root,))


def test_a_large_file_is_refused_before_it_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "hole").open("wb") as stream:
        stream.truncate(10**12)
    monkeypatch.setattr(opening.os, "fdopen", lambda *_: pytest.fail("it was opened to be read"))
    with pytest.raises(OSError, match="larger than 1 MB"):
        read_file(root / "hole", inside=(root,), largest=1_000_000)


def test_a_file_without_an_honest_size_is_read_up_to_the_bound() -> None:
    with pytest.raises(OSError, match="larger than"):
        read_file(Path("/proc/self/smaps"), inside=None, largest=100)


def test_a_link_put_in_the_way_after_the_check_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that was checked becomes a link to another just before it is opened."""
    (root.parent / "beside" / "a.txt").write_text("secret")
    check = opening._folder_around

    def swapped(*arguments: object) -> Path:
        found = check(*arguments)  # type: ignore[arg-type]
        (root / "inner").rename(root / "gone")
        (root / "inner").symlink_to(root.parent / "beside")
        return found

    monkeypatch.setattr(opening, "_folder_around", swapped)
    with pytest.raises(NotADirectoryError):
        read_file(root / "inner" / "a.txt", inside=(root,))


def test_a_file_that_becomes_a_link_after_the_check_is_not_followed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = opening._folder_around

    def swapped(*arguments: object) -> Path:
        found = check(*arguments)  # type: ignore[arg-type]
        (root / "inner" / "a.txt").unlink()
        (root / "inner" / "a.txt").symlink_to(root.parent / "secret.txt")
        return found

    monkeypatch.setattr(opening, "_folder_around", swapped)
    with pytest.raises(OSError, match="symbolic links"):
        read_file(root / "inner" / "a.txt", inside=(root,))


def test_no_descriptor_is_left_open(root: Path) -> None:
    os.mkfifo(root / "fifo")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("fifo", "inner", "nothing", "inner/nothing", "inner/a.txt/b"):
        with pytest.raises(OSError):  # noqa: PT011 - each in its own words
            read_file(root / name, inside=(root,))
    read_file(root / "inner" / "a.txt", inside=(root,))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_texts_have_one_kind_of_line_end_and_no_mark(root: Path) -> None:
    (root / "b.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_utf8(root / "b.txt", inside=(root,)) == "one\ntwo\nthree\n"


def test_the_checked_path_is_the_real_one(root: Path) -> None:
    (root / "link").symlink_to("inner/a.txt")
    assert checked_path(root / "link", inside=(root,)) == (root / "inner" / "a.txt").resolve()
