"""Runner of the hostile inputs: ``python tests/hostile/corpus.py`` tries all and writes ``docs/hostile-inputs.md``.

All take an hour. ``--results FILE`` stores each result, so that a run can be ended and go on later.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import SimpleQueue

from hostile_inputs import FIFO, FOLDER, SOCKET, Input, all_inputs
from watch import CallRecord, Listener, Neighbours, has_strace

REPOSITORY = Path(__file__).parents[2]
TABLE = REPOSITORY / "docs" / "hostile-inputs.md"
SECRET = "the-secret-that-must-not-leak"
SECONDS = 20.0
"""Of computing, in which each input must be refused or harmless. The runs begin with leaflet loaded, which takes a second."""
MEGABYTES = 1_000
MOST_SAID = 200_000
"""Letters of messages: the list of 20,000 variants has 150,000."""
DATA = frozenset({"register", "inspect", "cite", "refs", "styles"})
"""Commands whose output is as long as the data."""
PATIENCE = 200.0
"""Seconds after which a run is ended; a busy machine needs more (``--patience``)."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OPENING = """# Hostile inputs

Inputs that want too much time or memory, that lie about themselves, that reach for files or the network, or that are nonsense.
`python tests/hostile/corpus.py` makes each in a workspace of its own, runs its command under the default limits, and writes
this table; `tests/hostile/test_corpus.py` tries a selection at every change. Beside what the table says, each run was watched:

- for tracebacks and for control characters on the terminal;
- by `strace`, for every file that it or a child opened (links followed), every connection and every program: nothing but the
  workspace, leaflet, its libraries and their fonts and settings may be read, nothing but the workspace and leaflet's cache written;
- by inotify, for any touch of the files beside the workspace, and for their content in any result;
- for connections to a listening socket.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of a run."""

    input: Input
    code: int
    message: str
    seconds: float
    megabytes: float
    faults: tuple[str, ...]
    """The reason why the run is not as it must be; empty where it is."""


NO_INPUT = Input(kind="", name="", files={})


@contextmanager
def workspace(hostile: Input, port: int) -> Iterator[Path]:
    """Make the workspace of an input, with a secret beside it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "secret.txt").write_text(SECRET, encoding="utf-8")
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{SECRET}</text></svg>'
        (Path(folder) / "secret.svg").write_text(drawing, encoding="utf-8")
        root = Path(folder) / "workspace"
        (root / "source").mkdir(parents=True)
        for name, content in hostile.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                path.symlink_to(content)
            elif content is FIFO:
                os.mkfifo(path)
            elif content is FOLDER:
                path.mkdir()
            elif content is SOCKET:
                os.mknod(path, stat.S_IFSOCK | 0o600)
            elif callable(content):
                path.write_bytes(content(port))
            else:
                data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
                path.write_bytes(data.replace(b"{port}", str(port).encode()))
        yield root


class Runner:
    """A process that has loaded leaflet, and runs one command after the other in forks of itself.

    ``record`` is the record of all that it opens; without it, only the files beside the workspace are watched.
    """

    def __init__(self, record: CallRecord | None = None, patience: float = PATIENCE) -> None:
        self._record, self._patience = record, patience
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": "1763769600",
            "LEAFLET_CACHE": "off",
            "PYTHONPATH": str(REPOSITORY / "src"),
        }
        recorded = record.command if record else ()
        command = [*recorded, sys.executable, str(Path(__file__).with_name("warm_process.py"))]
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, bufsize=1
        )

    def run(self, hostile: Input, port: int) -> Ended:
        """Run the command of an input, and look at all it did."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with workspace(hostile, port) as root:
            out = root.parent / "out"
            asked = {
                "command": [part.replace("{port}", str(port)) for part in hostile.command],
                "folder": str(root),
                "out": str(out),
                "patience": self._patience,
                "environment": {
                    name: value.replace("{root}", str(root)).replace("{port}", str(port))
                    for name, value in hostile.environment.items()
                },
            }
            neighbours = Neighbours(root.parent / name for name in ("secret.txt", "secret.svg"))
            if self._record:
                self._record.begin()
            self._server.stdin.write(json.dumps(asked) + "\n")
            self._server.stdin.flush()
            found = json.loads(self._server.stdout.readline())
            opened = [*neighbours.faults(), *(self._record.faults(root) if self._record else ())]
            with out.open("rb") as written:
                said = written.read(2_000_000).decode("utf-8", "replace")
            took = found.pop("took")
            ends = took < self._patience
            faults = (*_faults(hostile=hostile, root=root, said=said, ends=ends, **found), *dict.fromkeys(opened))
            return Ended(input=hostile, message=_message(said, root), faults=faults, **found)

    def close(self) -> None:
        """End the process."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait()
        if self._server.stdout is not None:
            self._server.stdout.close()
        if self._record:
            self._record.close()


def _faults(
    *, hostile: Input, code: int, said: str, root: Path, ends: bool, seconds: float, megabytes: float
) -> Iterator[str]:
    if not ends:
        yield "without end"
    if code not in (0, 1, 2):
        yield f"exit code {code}"
    if "Traceback" in said or "fault of leaflet" in said:
        yield "a fault of leaflet"
    if CONTROL.search(said):
        yield "control characters on the terminal"
    if len(said) > MOST_SAID and hostile.command[0] not in DATA:
        yield f"{len(said):,} letters of messages"
    if seconds > SECONDS:
        yield f"{seconds:.0f} s"
    if megabytes > MEGABYTES:
        yield f"{megabytes:.0f} MB"
    if SECRET in said:
        yield "the secret in a message"
    if (root.parent / "secret.txt").read_text(encoding="utf-8") != SECRET:
        yield "a file outside was changed"
    strange = {path.name for path in root.parent.iterdir()} - {"secret.txt", "secret.svg", "workspace", "out"}
    if strange:
        yield f"files outside: {sorted(strange)}"
    for folder in ("output", "source", "pictures", "made"):
        for path in () if (root / folder).is_symlink() else (root / folder).rglob("*"):
            if path.is_file() and not path.is_symlink() and SECRET.encode() in path.read_bytes():
                yield f"the secret in {path.name}"


def _message(said: str, root: Path) -> str:
    """Return the first error, else the first line, short enough for a table."""
    lines = [line for line in said.replace(str(root), "…").replace(str(REPOSITORY), "…").split("\n") if line.strip()]
    errors = [
        line
        for line in lines
        if re.match(r"(?:[^ ]+: |Error)", line) and not re.search(r": warning: |^fit:|^sheet:", line)
    ]
    warnings = [line for line in lines if ": warning: " in line]
    line = next(iter(errors or warnings or lines), "")
    line = re.sub(r"/tmp/\S+", "…", line)
    return line if len(line) <= 220 else f"{line[:217]}…"


def run_all(
    inputs: Sequence[Input], *, jobs: int, results: Path | None, patience: float = PATIENCE
) -> tuple[list[Ended], int]:
    """Run ``inputs``, and return how each ended and how many connections there were.

    ``results`` holds the results of a run that was interrupted, and gets those of this one.
    """
    known = _known(inputs, results) if results else {}
    listener = Listener()
    waiting: SimpleQueue[Runner] = SimpleQueue()
    runners = [Runner(CallRecord() if has_strace() else None, patience) for _ in range(jobs)]
    for runner in runners:
        waiting.put(runner)

    def one(hostile: Input) -> Ended:
        runner = waiting.get()
        try:
            return runner.run(hostile, listener.port)
        finally:
            waiting.put(runner)

    with ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(one, hostile) for hostile in inputs if _key(hostile) not in known]
        for number, done in enumerate(as_completed(running), start=1 + len(known)):
            end = done.result()
            known[_key(end.input)] = end
            if results:
                with results.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps({**asdict(replace(end, input=NO_INPUT)), "input": _key(end.input)}) + "\n")
            mark = "; ".join(end.faults) or "held"
            facts = f"{end.code} {end.seconds:.1f} s {end.megabytes:.0f} MB {mark} | {end.message}"
            _say(f"{number}/{len(inputs)} {end.input.kind}: {end.input.name}: {facts}")
    ended = [known[_key(hostile)] for hostile in inputs]
    for runner in runners:
        runner.close()
    listener.close()
    return ended, listener.heard


def _key(hostile: Input) -> tuple[str, str]:
    return hostile.kind, hostile.name


def _known(inputs: Sequence[Input], results: Path) -> dict[tuple[str, str], Ended]:
    by_key = {_key(hostile): hostile for hostile in inputs}
    lines = results.read_text(encoding="utf-8").splitlines() if results.is_file() else []
    found: dict[tuple[str, str], Ended] = {}
    for entry in map(json.loads, lines):
        key = tuple(entry.pop("input"))
        if key in by_key:
            found[key] = Ended(**{**entry, "input": by_key[key], "faults": tuple(entry["faults"])})
    return found


def table(ended: Sequence[Ended], heard: int, total: int) -> str:
    """Return the page of all runs; there are ``total`` inputs."""
    held = sum(not end.faults for end in ended)
    slowest, largest = max(ended, key=lambda end: end.seconds), max(ended, key=lambda end: end.megabytes)
    lines = [
        f"{len(ended)} of {total} inputs were tried; {held} were refused or harmless within {SECONDS:.0f} seconds of computing and {MEGABYTES} MB."
        f" Connections heard: {heard}. The slowest took {slowest.seconds:.0f} s, the largest {largest.megabytes:.0f} MB.",
        "",
        "| Kind | Input | Ends with | Time | Memory | Message |",
        "|---|---|---|---|---|---|",
    ]
    for end in ended:
        result = "**" + "; ".join(end.faults) + "**" if end.faults else ("built" if end.code == 0 else "refused")
        cells = (
            end.input.kind,
            end.input.name,
            result,
            f"{end.seconds:.1f} s",
            f"{end.megabytes:.0f} MB",
            _cell(end.message),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return OPENING + "\n".join(lines) + "\n"


def _cell(message: str) -> str:
    text = CONTROL.sub("?", message).replace("|", "\\|").replace("<", "&lt;")
    return f"`` {text} ``" if text and "`" not in text else text.replace("`", "'")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Try all inputs, or those whose kind or name has a word, and write the table of all results that are known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only inputs whose kind and name have one of these words")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--results", type=Path, help="a file of results: what it holds is not run again")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a run is ended")
    parser.add_argument("--most", type=int, help="end after so many runs")
    given = parser.parse_args()
    every = all_inputs()
    inputs = [i for i in every if not given.words or any(word in f"{i.kind}: {i.name}" for word in given.words)]
    if given.most and given.results:
        there = _known(every, given.results)
        inputs = [hostile for hostile in inputs if _key(hostile) not in there][: given.most]
    ended, heard = run_all(inputs, jobs=given.jobs, results=given.results, patience=given.patience)
    if given.results or not given.words:
        known = {**(_known(every, given.results) if given.results else {}), **{_key(end.input): end for end in ended}}
        listed = [known[_key(hostile)] for hostile in every if _key(hostile) in known]
        TABLE.write_text(table(listed, heard, len(every)), encoding="utf-8")
    faulty = [end for end in ended if end.faults]
    _say(f"{len(ended)} inputs, {len(faulty)} not as they must be; {heard} connections")
    sys.exit(1 if faulty or heard else 0)


if __name__ == "__main__":
    main()
