"""Comparison of two wheels that are built from two copies of the last commit: ``python docs/tools/same_wheels.py``.

The copies differ in their path, the times of their files, umask, time zone, locale and the seed of hashes. It ends with 1
where the wheels differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DIFFERENCES = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
)
UMASKS = (0o022, 0o077)


def build(folder: Path, environment: dict[str, str], umask: int, age: float) -> bytes:
    """Return the wheel of a copy of the last commit, whose files are ``age`` seconds old."""
    copy = folder / "copy"
    copy.mkdir(parents=True)
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=REPOSITORY, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x"], cwd=copy, input=packed, check=True, umask=umask)
    then = time.time() - age
    for path in copy.rglob("*"):
        os.utime(path, (then, then))
    wheel = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        "made",
        ".",
    ]
    subprocess.run(wheel, cwd=copy, env={**os.environ, **environment}, check=True, umask=umask)
    (made,) = (copy / "made").iterdir()
    return made.read_bytes()


def main() -> None:
    """Build both, and say whether they are the same."""
    with tempfile.TemporaryDirectory() as folder:
        wheels = [
            build(Path(folder) / f"folder {number}", differences, UMASKS[number], 100_000.0 * number)
            for number, differences in enumerate(DIFFERENCES)
        ]
    hashes = [sha256(wheel).hexdigest() for wheel in wheels]
    sys.stdout.write(f"{len(wheels[0]):,} bytes: {hashes[0]}\n")
    if hashes[0] != hashes[1]:
        sys.exit(f"{len(wheels[1]):,} bytes: {hashes[1]}: the wheels differ")


if __name__ == "__main__":
    main()
