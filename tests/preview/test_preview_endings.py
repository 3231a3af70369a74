"""Endings of the preview: whatever ends it, no process and no file is left."""

from __future__ import annotations

import os
import pty
import signal
import socket
import sys
from pathlib import Path

import pytest
from previews import descendants, is_alive, preview, wait_until, workspace

from running import REPOSITORY


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    folder, cache = workspace(tmp_path / "ws"), tmp_path / "cache"
    before = files_below(folder)
    with preview(folder, "source/tea.md", cache=cache) as running:
        assert wait_until(lambda: len(running.family()) >= 3)
        family = running.family()
        running.process.send_signal(getattr(signal, ending))
        assert running.process.wait(30) == 0
        assert wait_until(lambda: not any(map(is_alive, family)))
    assert files_below(folder) == before
    assert not list((cache / "previews").glob("*"))


def test_ctrl_c_in_the_middle_of_a_build_leaves_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "ws")
    with preview(folder, "source/tea.md") as running:
        os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does, at once
        os.killpg(running.process.pid, signal.SIGINT)
        assert running.process.wait(30) == 0
        assert wait_until(lambda: not any(map(is_alive, running.family())))


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_before_it_has_really_begun(tmp_path: Path, ending: str) -> None:
    folder, cache = workspace(tmp_path / "ws"), tmp_path / "cache"
    with preview(folder, cache=cache) as running:  # its address is printed before its server is there
        family = running.family()
        running.process.send_signal(getattr(signal, ending))
        assert running.process.wait(60) == 0
        assert wait_until(lambda: not any(map(is_alive, family)))
    assert not list((cache / "previews").glob("*"))


def test_neither_an_open_tab_nor_a_builder_that_hangs_keeps_it(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "ws")
    with preview(folder, "source/tea.md") as running, socket.create_connection(("127.0.0.1", running.port)) as tab:
        tab.sendall(
            f"GET /{running.token}/events?source=source/tea.md HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode()
        )
        assert b"200 OK" in tab.recv(15)
        family = running.family()
        builder = next(pid for pid in family if b"builder_loop" in (Path("/proc") / str(pid) / "cmdline").read_bytes())
        os.kill(builder, signal.SIGSTOP)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(60) == 0
        assert wait_until(lambda: not any(map(is_alive, family)))


def test_it_ends_with_its_terminal(tmp_path: Path) -> None:
    folder, cache = workspace(tmp_path / "ws"), tmp_path / "cache"
    child, terminal = pty.fork()
    if child == 0:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "LEAFLET_CACHE": str(cache)}
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "leaflet", "preview", "--no-open"], environment)
    with os.fdopen(terminal, "rb", buffering=0) as screen:
        assert b"http://127.0.0.1:" in screen.read(200)
        family = {child, *descendants(child)}
    os.waitpid(child, 0)  # the terminal is closed
    assert wait_until(lambda: not any(map(is_alive, family)))
    assert not list((cache / "previews").glob("*"))


@pytest.mark.parametrize("victim", ["supervisor", "server"])
def test_nothing_is_left_where_it_is_killed(tmp_path: Path, victim: str) -> None:
    folder = workspace(tmp_path / "ws")
    with preview(folder, "source/tea.md") as running:
        assert wait_until(lambda: len(running.family()) >= 3)
        family = running.family()
        supervisor = running.process.pid
        server = next(pid for pid in family if pid != supervisor and parent(pid) == supervisor)
        os.kill(supervisor if victim == "supervisor" else server, signal.SIGKILL)
        running.process.wait(30)
        assert wait_until(lambda: not any(map(is_alive, family)))


def parent(pid: int) -> int:
    return int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])


def test_a_second_preview_finds_the_first(tmp_path: Path) -> None:
    folder, cache = workspace(tmp_path / "ws"), tmp_path / "cache"
    with preview(folder, "source/tea.md", cache=cache) as first:
        with preview(folder, "source/tea.md", cache=cache) as second:
            assert second.process.wait(30) == 0
            assert second.token.split("/")[0] == first.token
            assert second.port == first.port
        note = next((cache / "previews").iterdir())
        assert note.stat().st_mode & 0o077 == 0
        assert first.ask("/values")[0] == 200


def test_a_note_of_a_preview_that_was_killed_is_no_hindrance(tmp_path: Path) -> None:
    folder, cache = workspace(tmp_path / "ws"), tmp_path / "cache"
    with preview(folder, "source/tea.md", cache=cache) as first:
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(30)
    with preview(folder, "source/tea.md", cache=cache) as second:
        assert second.token != first.token
        assert second.ask("/values")[0] == 200


def test_a_port_that_is_taken_is_a_message(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "ws")
    with (
        preview(folder, "source/tea.md") as first,
        pytest.raises(AssertionError, match="cannot be used"),
        preview(folder, "--port", str(first.port)),
    ):
        pass


def test_a_builder_that_dies_is_replaced(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "ws")
    with preview(folder, "source/tea.md") as running:
        assert wait_until(lambda: len(running.family()) >= 3)
        builder = max(running.family())
        os.kill(builder, signal.SIGSEGV)
        assert wait_until(lambda: not is_alive(builder))
        status, _, headers = running.ask("/small-picture?source=source/tea.md")
        assert (status, headers["x-errors"]) in ((200, "0"), (422, "1"))
        assert running.ask("/small-picture?source=source/tea.md")[0] == 200
