"""Comparison of the files of a leaflet that is built on machines that differ: ``python benchmarks/same_machines.py``.

Each build has another user, folder, locale, time zone, mask of rights, seed of hashes, number of processors, cache or ``-O``;
all files must be the same, byte for byte. With ``--root FOLDER`` the last builds run in another system, plainly and with all
differences at once: a folder that debootstrap made, in which ``/leaflet`` is a virtual environment with leaflet (see
``docs/hardening.md``). It ends with 1 where a file differs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    with on_processors(machine.processors):
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
    return hashes(root / "output")


ELSEWHERE = (
    Machine(name="ordinary", user=OTHER_USER),
    Machine(
        name="all at once",
        environment={"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        options=("-O",),
        folder="a folder/Überraschung/ωκ",
        umask=0o077,
        user=1234,
        processors=1,
    ),
)
"""Machines within another system."""


def built_elsewhere(system: Path, machine: Machine) -> dict[str, str]:
    """Return the same of a build on a machine in another system's root folder."""
    user, around = machine.user or 0, system / "tmp" / "around"
    shutil.rmtree(around, ignore_errors=True)
    root = around / machine.folder
    shutil.copytree(REPOSITORY / "source", root / "source")
    (root / "leaflet.toml").touch()
    (around / "home").mkdir()
    for path in (around, *around.rglob("*")):
        os.chown(path, user, user)
    environment = {"PATH": os.environ["PATH"], "HOME": "/tmp/around/home", "SOURCE_DATE_EPOCH": EPOCH}
    command = [*("/leaflet/bin/python", *machine.options), "-m", "leaflet", "build", SAMPLE, "--quiet"]
    inside = ("sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", f"/tmp/around/{machine.folder}", *command)
    with on_processors(machine.processors):
        subprocess.run(
            ["chroot", f"--userspec={user}:{user}", str(system), *inside],
            env={**environment, **machine.environment},
            umask=machine.umask,
            check=True,
        )
    return hashes(root / "output")


@contextmanager
def on_processors(count: int | None) -> Iterator[None]:
    """Let programs that are started in the body run on ``count`` processors; on all without one."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(all_of_them)[:count]))
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a folder."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def main() -> None:
    """Build on all machines, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, action="append", default=[], help="the root folder of another system")
    parser.add_argument("--only-roots", action="store_true", help="of the machines here only the ordinary one")
    given = parser.parse_args()
    found: dict[str, dict[str, str]] = {}
    for machine in MACHINES[: 1 if given.only_roots else None]:
        if machine.user is not None and not can_be_another_user():
            print(f"{machine.name}: not tried, because another user cannot run this Python")
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            found[machine.name] = built(machine, Path(folder))
        report(machine.name, found)
    for system in given.root:
        for machine in ELSEWHERE:
            name = f"{system.name}, {machine.name}"
            found[name] = built_elsewhere(system, machine)
            report(name, found)
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
