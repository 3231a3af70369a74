"""Watches over a run: what the system says it opened, and a socket that must hear nothing."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import socket
import struct
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
CALLS = "open,openat,openat2,creat,connect,sendto,execve"
OPENED = re.compile(r"^(?:open|openat|openat2|creat)\(.* = \d+<(?P<path>/.*)>$")
WRITES = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT)\b")
REACHES = re.compile(r"^(?:connect|sendto)\((?!.*htons\(23119\)).*\bAF_INET6?\b")
"""Any connection but that to Zotero on this machine, which two inputs ask for by an option."""
STARTS = re.compile(r'^execve\("(?P<path>[^"]*)".* = 0$')
OFFICE = re.compile(r'execve\("[^"]*soffice')
"""LibreOffice, which reads RTF."""
PROGRAMS = frozenset({"git", "soffice", "lou_translate"})
CACHES = tuple(Path.home() / ".cache" / name for name in ("leaflet", "fontconfig"))
READABLE = (
    *(Path(folder) for folder in {sys.prefix, sys.base_prefix}),
    *(REPOSITORY / name for name in ("src", "layouts", "styles", "tests/hostile")),
    *(Path(folder) for folder in ("/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ssl", "/var/cache/fontconfig", "/sys/fs/cgroup", "/sys/devices/system/cpu")),
    *(Path.home() / name for name in (".fonts", ".local/share/fonts")),
    *(Path("/etc") / name for name in ("ld.so.cache", "localtime", "mime.types", "locale.alias")),
    Path("/dev/urandom"),
    *(Path("/proc") / name for name in ("filesystems", "cpuinfo", "meminfo", "stat")),
)  # fmt: skip
"""Files beside the workspace that leaflet and the libraries below it may read."""
TEMPORARY = re.compile(
    r"(?:leaflet-(?:git|revision|import|new|fonts)|weasyprint)-\w+(?:/|$)|leaflet-\w+\.\w+$|[a-z0-9_]{8}$"
)
"""Names that leaflet and Python's tempfile give, which tries a folder by a file."""
OWN_PROCESS = re.compile(r"/proc/\d+/(?:statm|status|maps|stat|mounts|cgroup|task/.*)$")


def has_strace() -> bool:
    """Return whether the system can say of each call what it opened."""
    return sys.platform == "linux" and shutil.which("strace") is not None


class CallRecord:
    """Record of all files, connections and programs that a process and its children open, made by strace."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._known: set[Path] = set()

    @property
    def command(self) -> tuple[str, ...]:
        """The beginning of the command that is recorded."""
        name = str(Path(self._folder.name) / "calls")
        return ("strace", "-ff", "-y", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", name)

    def begin(self) -> None:
        """Leave out what was recorded until now."""
        self._known = set(Path(self._folder.name).iterdir())

    def faults(self, root: Path) -> Iterator[str]:
        """Yield what was opened since the beginning that has no business in a run over the workspace ``root``."""
        lines: list[str] = []
        for path in sorted(set(Path(self._folder.name).iterdir()) - self._known):
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()
            path.unlink()
        if any(OFFICE.search(line) for line in lines):  # with a new profile, for which it opens hundreds of files
            yield from (line for line in lines if REACHES.match(line) or "secret" in line)
        else:
            for line in lines:
                yield from _fault(line, root)

    def close(self) -> None:
        """Remove the record."""
        self._folder.cleanup()


def _fault(line: str, root: Path) -> Iterator[str]:
    if opened := OPENED.match(line):
        path = opened["path"].removesuffix(" (deleted)")
        if not _may_open(Path(path), root, writes=bool(WRITES.search(line)), line=line):
            yield f"{path} was opened"
    elif REACHES.match(line):
        yield f"a connection: {line[:120]}"
    elif (
        (started := STARTS.match(line))
        and started["path"] != sys.executable
        and Path(started["path"]).name not in PROGRAMS
    ):
        yield f"{started['path']} was started"


def _may_open(path: Path, root: Path, *, writes: bool, line: str) -> bool:
    if path in (root.parent / "out", Path(os.devnull)) or any(path.is_relative_to(place) for place in (root, *CACHES)):
        return True
    temporary = Path(tempfile.gettempdir())
    if path.is_relative_to(temporary) and TEMPORARY.match(path.relative_to(temporary).as_posix()):
        return True
    if str(path).startswith("/memfd:"):
        return True  # a file in memory
    if "O_DIRECTORY" in line and (root.is_relative_to(path) or path == REPOSITORY or str(path) in sys.path):
        return True  # a folder on the way to the workspace, or one in which modules, layouts or styles are looked for
    return not writes and (bool(OWN_PROCESS.match(str(path))) or any(path.is_relative_to(place) for place in READABLE))


class Neighbours:
    """Files beside a workspace that nobody may touch, watched by inotify (inotify(7)); silent on other systems."""

    TOUCHED = 0x1 | 0x2 | 0x20
    """Read, changed, opened."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._names: dict[int, str] = {}
        self._descriptor = -1
        if sys.platform != "linux":
            return
        library = ctypes.CDLL(None, use_errno=True)
        self._descriptor = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for file in files:
            number = library.inotify_add_watch(self._descriptor, os.fsencode(file), self.TOUCHED)
            self._names[number] = file.name

    def faults(self) -> Iterator[str]:
        """Yield the files that were touched, and end the watch."""
        if self._descriptor < 0:
            return
        data = b""
        with suppress(BlockingIOError):
            data = os.read(self._descriptor, 100_000)
        os.close(self._descriptor)
        numbers = []
        while data:
            number, _, _, length = struct.unpack_from("iIII", data)
            numbers.append(number)
            data = data[struct.calcsize("iIII") + length :]
        for number in sorted(set(numbers)):
            yield f"{self._names[number]} was opened"


class Listener:
    """A socket that must hear nothing."""

    def __init__(self) -> None:
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.heard += 1
                connection.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
