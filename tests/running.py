"""Running leaflet as a user would, and the tools that judge what it made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from click.testing import CliRunner
from outloud.cli import main as outloud_command

from leaflet.cli import main

REPOSITORY = Path(__file__).parents[1]
FIXED_DAY = {"SOURCE_DATE_EPOCH": "1763769600"}
SAMPLES = ("ms-beta-interferon", "reading-a-map")


def copy_workspace(target: Path) -> Path:
    """The repository's sources, layouts and styles in a folder of their own."""
    for name in ("source", "layouts", "styles"):
        shutil.copytree(REPOSITORY / name, target / name)
    return target


def run_leaflet(
    *arguments: str, cwd: Path, check: bool = True, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command on a fixed day, in this process: as a user would, but for starting Python and its imports."""
    out, err = _stream(), _stream()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        for name, value in (FIXED_DAY | (environment or {})).items():
            patch.setenv(name, value)
        try:
            main(arguments)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    done = subprocess.CompletedProcess(arguments, code, _written(out), _written(err))
    if check and code:
        pytest.fail(f"leaflet {' '.join(arguments)}: exit code {code}\n{done.stderr}")
    return done


def _stream() -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n", write_through=True)


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, BytesIO)
    return written.getvalue().decode("utf-8")


def run_process(
    *arguments: str, cwd: Path, check: bool = True, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command on a fixed day in a process of its own, for tests whose subject is the process."""
    return subprocess.run(
        [sys.executable, "-m", "leaflet", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=check,
        timeout=600,
        env={**os.environ, **FIXED_DAY, **(environment or {})},
    )


def find_verapdf() -> str | None:
    """Return the validator that LEAFLET_VERAPDF names, if Java is there to run it; ``make verapdf`` installs one."""
    named = os.environ.get("LEAFLET_VERAPDF")
    return named if named and shutil.which("java") else None


def verapdf(profile: str, *files: Path) -> str:
    """The faults that veraPDF finds in ``files``; an empty string where all of them pass."""
    tool = find_verapdf()
    if tool is None:
        pytest.skip("veraPDF: LEAFLET_VERAPDF is not set, or Java is not installed")
    result = subprocess.run([tool, profile, *map(str, files)], capture_output=True, text=True, check=False)
    if result.returncode == 2:
        pytest.skip(f"veraPDF could not run: {result.stderr.strip()[:200]}")
    return "" if result.returncode == 0 else result.stdout


def outloud(file: Path) -> str:
    """Return the report of ``outloud``, which reads a tagged PDF as a screen reader would."""
    return CliRunner().invoke(outloud_command, [str(file)], catch_exceptions=False).output
