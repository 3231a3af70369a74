"""Comparison of every output of two checkouts: all samples in all layouts and styles, file by file.

    python benchmarks/same_bytes.py record RESULT.json [--checkout FOLDER] [--layouts NAME …] [--samples NAME …]
    python benchmarks/same_bytes.py compare BEFORE.json AFTER.json

``record`` builds by the command line's own entry point, in one process, on a fixed day, and writes the SHA-256 of each
file, or the text of the error where a sample does not fit. ``--checkout`` builds with the code, layouts and styles of
another folder. ``compare`` prints each difference and exits with 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
DAY = "1763769600"
STYLES = ("clear", "clinic", "editorial")


def record(result: Path, layouts: list[str], samples: list[str]) -> None:
    """Build every combination and write the hashes to ``result``."""
    from leaflet.cli import group
    from leaflet.errors import LeafletError

    found: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        for name in ("source", "layouts", "styles"):
            shutil.copytree(Path.cwd() / name, workspace / name)
        os.chdir(workspace)
        for sample in sorted(Path("source").rglob("*.md")):
            if samples and sample.stem not in samples:
                continue
            for layout in layouts or sorted(path.parent.name for path in Path("layouts").glob("*/layout.toml")):
                for style in STYLES:
                    output = Path(folder) / "made"
                    arguments = ["build", str(sample), "--layout", layout, "--style", style, "--output", str(output)]
                    try:
                        group.main(arguments, standalone_mode=False)
                        files = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}
                    except LeafletError as error:
                        files = {"error": "\n".join(problem.message for problem in error.problems)}
                    shutil.rmtree(output, ignore_errors=True)
                    found[f"{sample.stem} {layout} {style}"] = files
                    result.write_text(json.dumps(found, indent=1), encoding="utf-8")


def compare(before: Path, after: Path) -> int:
    """Print the builds that differ and a count by kind of file; return the exit code."""
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (before, after))
    kinds: Counter[str] = Counter()
    for name in sorted(one.keys() | other.keys()):
        files, others = one.get(name, {}), other.get(name, {})
        differing = sorted(file for file in files.keys() | others.keys() if files.get(file) != others.get(file))
        kinds["same" if not differing else "different"] += 1
        for file in differing:
            kinds["-sheet.pdf" if file.endswith("-sheet.pdf") else "".join(Path(file).suffixes) or file] += 1
        if differing:
            print(f"{name}: {', '.join(differing)}")
    print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    return 1 if kinds["different"] else 0


def main() -> int:
    """Read the arguments, and record or compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("result", type=Path)
    recording.add_argument("--checkout", type=Path, default=REPOSITORY)
    recording.add_argument("--layouts", nargs="*", default=[])
    recording.add_argument("--samples", nargs="*", default=[])
    recording.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "compare":
        return compare(options.before, options.after)
    if options.here:
        record(options.result, options.layouts, options.samples)
        return 0
    checkout = options.checkout.resolve()
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "SOURCE_DATE_EPOCH": DAY}
    command = [sys.executable, str(Path(__file__).resolve()), "record", str(options.result.resolve()), "--here"]
    for name in ("layouts", "samples"):
        command += [f"--{name}", *getattr(options, name)] if getattr(options, name) else []
    return subprocess.run(command, cwd=checkout, env=environment, check=False, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())
