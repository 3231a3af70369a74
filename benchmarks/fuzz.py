"""Fuzzing that follows the paths of the code, by atheris: ``python benchmarks/fuzz.py --minutes N [KIND ...]``.

Each kind of file that leaflet reads is damaged for its share of the time, in a process of its own: at most 20 seconds and a
gigabyte for one input, and no exception but leaflet's own. What is found is printed with its traceback and written into
``--folder``, where the inputs that reached new code are for the next run. It ends with 1 where anything was found. atheris is
installed by hand, for it has wheels for Linux only.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests" / "hostile"))
SECONDS = 20
MEGABYTES = 1_000
LONGEST = 4_000
"""Bytes of an input."""
FINDS = 5
"""Finds of a kind after which it is left alone."""
DONE = re.compile(r"stat::number_of_executed_units: +(\d+)")


def search(kind: str, arguments: list[str]) -> None:
    """Damage files of a kind until the time is over; does not return."""
    import atheris

    with atheris.instrument_imports(include=["leaflet"]):
        from fuzz_targets import TARGETS, make_place, try_target
    target = TARGETS[kind]
    place = make_place(Path(tempfile.mkdtemp(prefix="leaflet-fuzz-")))
    atheris.Setup([sys.argv[0], *arguments], lambda data: try_target(target, place, data))
    atheris.Fuzz()


def write_beginnings(kind: str, folder: Path) -> Path:
    """Write honest files of a kind into ``folder``, and beside it the list of its pieces; return the list."""
    from fuzz_targets import PIECES, TARGETS

    target = TARGETS[kind]
    honest = [path.read_bytes()[:LONGEST] for pattern in target.honest for path in sorted(REPOSITORY.glob(pattern))]
    pieces = [piece.encode("latin-1" if target.pieces == "bytes" else "utf-8") for piece in PIECES[target.pieces]]
    for number, content in enumerate((*honest, *target.begins, *pieces)):
        (folder / f"begin-{number:04}").write_bytes(content)
    words = folder.with_suffix(".pieces")
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in pieces), encoding="ascii")
    return words


def _escaped(piece: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece)


def processor_seconds() -> float:
    """Return the time that the children of this process have taken of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rounds(kind: str, seconds: float, folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the number of inputs and the find, if any, of each process for a kind, for so many seconds of the processor."""
    inputs = folder / "inputs" / kind.replace(" ", "-")
    inputs.mkdir(parents=True, exist_ok=True)
    words = write_beginnings(kind, inputs)
    begun, found = processor_seconds(), 0
    while (left := seconds - (processor_seconds() - begun)) > 0 and found < FINDS:
        options = f"-max_total_time={int(left) + 1} -timeout={SECONDS} -rss_limit_mb={MEGABYTES} -max_len={LONGEST}"
        command = [sys.executable, __file__, "--one", kind, *options.split(), f"-dict={words}", "-print_final_stats=1"]
        command += [f"-artifact_prefix={folder}/{inputs.name}-", str(inputs)]
        ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        done = DONE.search(ended.stderr)
        problem = "" if ended.returncode == 0 else _problem(ended.stdout + ended.stderr)
        found += bool(problem)
        yield int(done[1]) if done else 0, problem


def _problem(said: str) -> str:
    """Return the part of the output of libFuzzer that says what it found."""
    lines = said.splitlines()
    begins = [i for i, line in enumerate(lines) if "Uncaught Python exception" in line or "ERROR: libFuzzer" in line]
    kept = lines[begins[0] :] if begins else lines[-30:]
    return "\n".join(line for line in kept if not line.startswith("#"))


def main() -> None:
    """Search all kinds in turn, or those that are named, and report what was found."""
    if sys.argv[1:2] == ["--one"]:
        search(sys.argv[2], sys.argv[3:])
    from fuzz_targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help="only these kinds")
    parser.add_argument("--minutes", type=float, default=60, help="of the processor, for all together")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "build" / "fuzz", help="of inputs and finds")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    kinds = [kind for kind in TARGETS if not given.kinds or kind in given.kinds]
    found = 0
    for kind in kinds:
        begun, inputs = time.monotonic(), 0
        before = processor_seconds()
        problems = []
        for tried, problem in rounds(kind, given.minutes * 60 / len(kinds), given.folder.resolve()):
            inputs += tried
            problems += [problem] if problem else []
        used, took = processor_seconds() - before, time.monotonic() - begun
        print(
            f"{kind}: {inputs:,} inputs, {used:.0f} s of the processor in {took:.0f} s, {len(problems)} found",
            flush=True,
        )
        for problem in problems:
            print(problem, flush=True)
        found += len(problems)
    print(f"{processor_seconds():.0f} s of the processor in all, {found} found")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
