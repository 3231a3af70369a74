"""A git repository, read so that nothing runs, is opened or is fetched that its own settings name.

Settings of a repository may name programs for filters, hooks, differences and more, and include other files. Git is given a
repository of its own instead: a folder with leaflet's settings, copies of the references, and the objects by their place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from leaflet.errors import UnsafeError
from leaflet.files.opening import read_file

MOST_SECONDS = 10
MOST_REFERENCES = 20_000
LARGEST = 10_000_000
"""Bytes of a file of references."""
HEADS = re.compile(r"(?:[A-Z]+_)?HEAD|packed-refs|shallow")
SHA256 = re.compile(r"^\s*objectformat\s*=\s*sha256\s*$", re.IGNORECASE | re.MULTILINE)
SETTINGS = "[core]\n\trepositoryformatversion = {version}\n\tbare = false\n{more}"
SAFE = (
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "gpg.program=false",
    "protocol.allow=never",
)


class GitRepository(Struct, frozen=True, kw_only=True):
    """A repository that can be asked; ``top`` is the folder of its files, ``folder`` the one that is asked about."""

    top: Path
    folder: Path
    own: Path
    """The folder with leaflet's settings."""
    program: str

    def run(self, arguments: Sequence[str], *, seconds: float = MOST_SECONDS, is_code: bool = False) -> bytes | None:
        """Return what git prints; None where it fails. With ``is_code``, 1 is an answer too, as that of ``diff``."""
        import subprocess  # imported here: whoever only reads a text does not wait for it

        options = [part for setting in SAFE for part in ("-c", setting)]
        try:
            done = subprocess.run(
                [self.program, "--no-pager", *options, *arguments],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 or (is_code and done.returncode == 1) else None

    def scratch(self, name: str, content: bytes) -> Path:
        """Return a new file with a content, which is there as long as the repository."""
        path = self.own / name
        path.write_bytes(content)
        return path

    def _environment(self) -> dict[str, str]:
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "TZ": "UTC",
            "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_DIR": str(self.own),
            "GIT_WORK_TREE": str(self.top),
            "GIT_INDEX_FILE": str(self.own / "index"),
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }


@contextmanager
def git_repository(folder: Path) -> Iterator[GitRepository | None]:
    """Give the repository around ``folder`` for as long as the body runs; None where there is none, or no git."""
    from shutil import which
    from tempfile import TemporaryDirectory

    program = which("git")
    found = _found(folder.resolve()) if program else None
    if program is None or found is None:
        yield None
        return
    top, heads, common = found
    with TemporaryDirectory(prefix="leaflet-git-") as own:
        try:
            _fill(Path(own), heads, common)
        except (OSError, ValueError, UnsafeError):
            yield None
            return
        yield GitRepository(top=top, folder=folder.resolve(), own=Path(own), program=program)


def commit_files(folder: Path) -> tuple[Path, ...]:
    """Return the files that a commit changes in the repository around ``folder``; none where there is no repository."""
    found = _found(folder.resolve())
    if found is None:
        return ()
    top, heads, _ = found
    return top / ".git", heads / "HEAD", heads / "index", heads / "logs" / "HEAD"


def folder_in_repository(folder: Path) -> str:
    """Return the path of ``folder`` from the top of its repository, ending with a slash; empty at the top and without one."""
    real = folder.resolve()
    found = _found(real)
    below = real.relative_to(found[0]).as_posix() if found else "."
    return "" if below == "." else f"{below}/"


def _found(folder: Path) -> tuple[Path, Path, Path] | None:
    """Return the folder of the files, the folder with HEAD and the one with objects and references."""
    for top in (folder, *folder.parents):
        git = top / ".git"
        with suppress(OSError, ValueError, UnsafeError):
            if git.is_symlink():
                return None  # it could lead to any repository of this machine
            if git.is_dir():
                return top, git, git
            if git.exists():
                return _elsewhere(top, git)
    return None


def _elsewhere(top: Path, git: Path) -> tuple[Path, Path, Path] | None:
    """Return the same where ``.git`` is a file that names another folder, which must name this one in turn."""
    named = _text(git, git.parent).removeprefix("gitdir:").strip()
    heads = Path(os.path.realpath(top / named))
    above = any(heads.is_relative_to(parent / ".git" / "modules") for parent in top.parents)  # a submodule
    if not above and Path(os.path.realpath(_text(heads / "gitdir", heads).strip())) != git:
        return None
    link = heads / "commondir"
    return top, heads, Path(os.path.realpath(heads / _text(link, heads).strip())) if link.is_file() else heads


def _text(path: Path, inside: Path) -> str:
    return read_file(path, inside=(inside,), largest=LARGEST).decode("utf-8", "surrogateescape")


def _fill(own: Path, heads: Path, common: Path) -> None:
    """Write settings, references and the place of the objects into leaflet's own folder."""
    is_sha256 = bool(SHA256.search(_text(common / "config", common)))
    more = "[extensions]\n\tobjectformat = sha256\n" if is_sha256 else ""
    (own / "config").write_text(SETTINGS.format(version=int(is_sha256), more=more), encoding="utf-8")
    (own / "objects" / "info").mkdir(parents=True)
    place = os.fsencode(common / "objects")
    (own / "objects" / "info" / "alternates").write_bytes(place + b"\n")
    (own / "refs").mkdir()
    for folder in dict.fromkeys((common, heads)):
        for entry in folder.iterdir():
            if HEADS.fullmatch(entry.name) and entry.is_file() and not entry.is_symlink():
                (own / entry.name).write_bytes(read_file(entry, inside=(folder,), largest=LARGEST))
    count = 0
    for path, _, names in os.walk(common / "refs"):  # links to folders are not followed
        target = own / "refs" / Path(path).relative_to(common / "refs")
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            count += 1
            if count > MOST_REFERENCES:
                raise ValueError("there are too many references")
            with suppress(OSError):
                (target / name).write_bytes(read_file(Path(path) / name, inside=(common,), largest=1_000))
