"""Comparison of the files of a leaflet that is built on machines that differ: ``python benchmarks/same_machines.py``.

Each build has another user, folder, locale, time zone, mask of rights, seed of hashes, number of processors, cache or ``-O``;
all files must be the same, byte for byte. With ``--root FOLDER`` the last builds run in another system: a folder that
debootstrap made, in which leaflet is installed as ``/leaflet`` (see ``docs/machine.md``). It ends with 1 where a file differs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "source/reading-a-map.md"
EPOCH = "1763769600"
OTHER_USER = 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Differences from an ordinary build."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[str] = ()
    """Of Python."""
    folder: str = "workspace"
    umask: int = 0o022
    user: int | None = None
    processors: int | None = None


MACHINES = (
    Machine(name="ordinary"),
    Machine(name="python -O", options=("-O",)),
    Machine(name="python -OO", options=("-OO",)),
    Machine(name="another folder, with spaces and letters of other languages", folder="a folder/Überraschung/ωκ"),
    Machine(name="a Turkish locale", environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    Machine(name="no locale", environment={"LC_ALL": "C", "LANG": "C"}),
    Machine(name="another time zone", environment={"TZ": "Pacific/Kiritimati"}),
    Machine(name="another seed of hashes", environment={"PYTHONHASHSEED": "4242"}),
    Machine(name="a strict mask of rights", umask=0o077),
    Machine(name="another user", user=OTHER_USER, environment={"USER": "nobody", "LOGNAME": "nobody"}),
    Machine(name="one processor", processors=1),
    Machine(name="no cache", environment={"LEAFLET_CACHE": "off"}),
    Machine(name="bytes of memory that is not zero", environment={"PYTHONMALLOC": "debug"}),
)


def built(machine: Machine, around: Path) -> dict[str, str]:
    """Return the hash of each file of a build on a machine."""
    root = around / machine.folder
    shutil.copytree(REPOSITORY / "source", root / "source")
    (root / "leaflet.toml").touch()
    home = around / "home"
    home.mkdir(exist_ok=True)
    if machine.user is not None:
        for path in (around, home, *around.rglob("*")):
            os.chown(path, machine.user, machine.user)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(REPOSITORY / "src"),
        "SOURCE_DATE_EPOCH": EPOCH,
        **machine.environment,
    }
    processors = os.sched_getaffinity(0)
    if machine.processors:
        os.sched_setaffinity(0, set(sorted(processors)[: machine.processors]))
    try:
        subprocess.run(
            [sys.executable, *machine.options, "-m", "leaflet", "build", SAMPLE, "--quiet", "--force"],
            cwd=root,
            env=environment,
            umask=machine.umask,
            user=machine.user,
            group=machine.user,
            extra_groups=[] if machine.user is not None else None,
            check=True,
        )
    finally:
        os.sched_setaffinity(0, processors)
    return hashes(root / "output")


def built_elsewhere(system: Path) -> dict[str, str]:
    """Return the same of a build in another system's root folder."""
    root = system / "tmp" / "workspace"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(REPOSITORY / "source", root / "source")
    (root / "leaflet.toml").touch()
    line = f"cd /tmp/workspace && SOURCE_DATE_EPOCH={EPOCH} HOME=/tmp/home /leaflet/bin/leaflet build {SAMPLE} --quiet"
    (system / "tmp" / "home").mkdir(exist_ok=True)
    for path in (system / "tmp" / "home", root, *root.rglob("*")):
        os.chown(path, OTHER_USER, OTHER_USER)
    subprocess.run(["chroot", f"--userspec={OTHER_USER}:{OTHER_USER}", str(system), "/bin/sh", "-c", line], check=True)
    return hashes(root / "output")


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a folder."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def main() -> None:
    """Build on all machines, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, action="append", default=[], help="the root folder of another system")
    given = parser.parse_args()
    found: dict[str, dict[str, str]] = {}
    for machine in MACHINES:
        if machine.user is not None and not can_be_another_user():
            print(f"{machine.name}: not tried, because another user cannot run this Python")
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            found[machine.name] = built(machine, Path(folder))
        report(machine.name, found)
    for system in given.root:
        found[str(system)] = built_elsewhere(system)
        report(str(system), found)
    sys.exit(len({tuple(files.items()) for files in found.values()}) > 1)


def can_be_another_user() -> bool:
    """Return whether this process may change its user, and the other one can run this Python."""
    folders = Path(sys.executable).resolve().parents
    return os.geteuid() == 0 and all(folder.stat().st_mode & 0o001 for folder in folders)


def report(name: str, found: Mapping[str, Mapping[str, str]]) -> None:
    """Print whether the files of a machine are those of the first."""
    first, files = next(iter(found.values())), found[name]
    differing = [file for file in {**first, **files} if first.get(file) != files.get(file)]
    print(f"{name}: {len(files)} files, {', '.join(differing) + ' differ' if differing else 'the same'}", flush=True)


if __name__ == "__main__":
    main()
