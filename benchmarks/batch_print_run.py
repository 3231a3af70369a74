"""A whole print run: the sample for so many clinics, in two layouts and four citation styles, checked and combined.

    python benchmarks/batch_print_run.py [ROWS] [SAMPLE]     default: 200 rows (1,600 variants), veraPDF on 50 files

Prints how long it took, whether the manifest knows every file as it is, what veraPDF says of a sample, and how the size
of the print run compares with the sum of its parts. It ends with 1 where anything is wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from time import perf_counter

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCE = "ms-beta-interferon"
LAYOUTS = ("trifold-a4", "z-fold-a4")
STYLES = ("apa", "modern-language-association", "chicago-author-date", "harvard-cite-them-right")
PLAN = f"""\
source = "{SOURCE}.md"
data = "../clinics.csv"
formats = ["sheet", "pdf"]
[matrix]
layout = {json.dumps(LAYOUTS)}
csl = {json.dumps(STYLES)}
"""


def workspace(folder: Path, rows: int) -> Path:
    """A copy of the sample with a plan and a table of clinics."""
    shutil.copytree(REPOSITORY / "source", folder / "source")
    (folder / "source" / f"{SOURCE}.batch.toml").write_text(PLAN)
    lines = "".join(f"c{number:04d},01632 {number:06d},Open on day {number % 7}\n" for number in range(rows))
    (folder / "clinics.csv").write_text(f"id,clinic.phone,clinic.hours\n{lines}")
    return folder


def check_manifest(output: Path, expected: int) -> list[Path]:
    """The reading PDFs of all variants, once every file is known to be what the manifest says."""
    manifest = json.loads((output / "manifest.json").read_text())
    files = [file for entry in manifest["variants"] for file in entry["files"]]
    wrong = [
        file["name"] for file in files if sha256((output / file["name"]).read_bytes()).hexdigest() != file["sha256"]
    ]
    if wrong or not manifest["complete"] or len(manifest["variants"]) != expected:
        sys.exit(f"the manifest is wrong: {len(manifest['variants'])} variants, {wrong[:5]}")
    say(f"manifest: {expected} variants, {len(files)} files, every SHA-256 right")
    return [output / file["name"] for file in files]


def validate(files: list[Path], sample: int) -> None:
    """Let veraPDF look at a sample of ``files``."""
    tool = os.environ.get("LEAFLET_VERAPDF") or shutil.which("verapdf")
    if tool is None:
        say("veraPDF: neither LEAFLET_VERAPDF nor verapdf is here, so nothing was validated")
        return
    chosen = random.Random(1).sample(files, min(sample, len(files)))
    failed = [file.name for file in chosen if subprocess.run([tool, "ua1", file], stdout=subprocess.DEVNULL).returncode]
    if failed:
        sys.exit(f"veraPDF refuses {len(failed)} of {len(chosen)}: {failed[:5]}")
    say(f"veraPDF: {len(chosen)} of {len(chosen)} pass PDF/UA-1")


def main(rows: int, sample: int) -> None:
    """Build, check, combine."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "workspace", rows)
        began = perf_counter()
        command = ["batch", f"source/{SOURCE}.md", "--combine", "--keep-going", "--no-thumbnails"]
        subprocess.run([sys.executable, "-m", "leaflet", *command], cwd=root, check=True)
        took = perf_counter() - began
        variants = rows * len(LAYOUTS) * len(STYLES)
        say(f"{variants} variants in {took:.0f} s, {took / variants * 1000:.0f} ms each, print run included")
        files = check_manifest(root / "output", variants)
        validate(files, sample)
        parts = sum(file.stat().st_size for file in files if file.name.endswith("-sheet.pdf"))
        whole = (root / "output" / f"{SOURCE}-print-run.pdf").stat().st_size
        say(f"print run: {whole / 1e6:.1f} MB, its parts {parts / 1e6:.1f} MB: {whole / parts:.2f} of them")
        if whole * 3 > parts:
            sys.exit("the print run is larger than a third of its parts")


def say(text: str) -> None:
    """Print at once, also into a log."""
    print(text, flush=True)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [200, 50][len(given) :]))
