"""Running leaflet as a user would, and the tools that judge what it made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
SAMPLES = ("ms-beta-interferon", "reading-a-map")


def copy_workspace(target: Path) -> Path:
    """The repository's sources, layouts and styles in a folder of their own."""
    for name in ("source", "layouts", "styles"):
        shutil.copytree(REPOSITORY / name, target / name)
    return target


def run_leaflet(
    *arguments: str, cwd: Path, check: bool = True, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, on a fixed day."""
    return subprocess.run(
        [sys.executable, "-m", "leaflet", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=check,
        timeout=180,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1763769600", **(environment or {})},
    )


def find_verapdf() -> str | None:
    """The real validator: named by LEAFLET_VERAPDF, beside the repository, or on the path; it needs Java."""
    beside = REPOSITORY.parent / "shared" / "verapdf" / "verapdf"
    named = os.environ.get("LEAFLET_VERAPDF") or (str(beside) if beside.is_file() else shutil.which("verapdf"))
    return named if named and shutil.which("java") else None


def verapdf(profile: str, *files: Path) -> str:
    """What veraPDF says of ``files``; an empty string where all of them pass."""
    tool = find_verapdf()
    if tool is None:
        pytest.skip("veraPDF: neither LEAFLET_VERAPDF nor verapdf with Java is on this machine")
    result = subprocess.run([tool, profile, *map(str, files)], capture_output=True, text=True, check=False)
    if result.returncode == 2:
        pytest.skip(f"veraPDF could not run: {result.stderr.strip()[:200]}")
    return "" if result.returncode == 0 else result.stdout
