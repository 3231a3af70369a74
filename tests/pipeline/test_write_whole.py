"""Files appear whole or not at all."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from leaflet.errors import LeafletError
from leaflet.files.writing import OverwritePolicy, sweep_left_overs, write_together


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


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_the_mask_of_the_user_says_who_may_read(mask: int, mode: int, tmp_path: Path) -> None:
    script = (
        "from pathlib import Path\nfrom leaflet.files import write_together, written_whole\n"
        f"write_together(Path({str(tmp_path)!r}), {{'a.pdf': b'A'}})\n"
        f"with written_whole(Path({str(tmp_path / 'b.zip')!r})) as stream: stream.write(b'B')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, umask=mask)
    assert [path.stat().st_mode & 0o777 for path in sorted(tmp_path.iterdir())] == [mode, mode]


KILLED = """
import os, sys
from pathlib import Path
from leaflet.files.writing import _Unfinished
begun = _Unfinished.begin(Path(sys.argv[1]) / "a.pdf")
begun.stream.write(b"half")
print("begun", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_run_left_is_swept_and_what_is_being_written_stays(tmp_path: Path) -> None:
    (tmp_path / ".a.pdf.0123abcd.leaflet-part").write_bytes(b"older")
    (tmp_path / ".mine").write_bytes(b"the user's")
    (tmp_path / ".b.pdf.0123abcd.leaflet-part").symlink_to(tmp_path / ".mine")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        sweep_left_overs(tmp_path)
        assert len(list(tmp_path.glob(".a.pdf.*"))) == 1
        assert not (tmp_path / ".a.pdf.0123abcd.leaflet-part").exists()
        writer.kill()
    sweep_left_overs(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.pdf.0123abcd.leaflet-part", ".mine"]


def test_another_thread_may_sweep_at_any_moment(tmp_path: Path) -> None:
    stop = threading.Event()

    def sweep() -> None:
        while not stop.is_set():
            sweep_left_overs(tmp_path)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        for number in range(60):
            write_together(tmp_path, {f"{number}.pdf": b"A", f"{number}.html": b"B"})
    finally:
        stop.set()
        sweeper.join()
    assert len(list(tmp_path.iterdir())) == 120
