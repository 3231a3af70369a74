"""The long run of imports: many documents of three programs, their words, their structure, and a build of each.

Run as ``python tests/interchange/long_run.py FOLDER``; sources, results and pictures of pages are left there.
"""

# ruff: noqa: T201 - a program for the terminal
from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from examine import docx_text, imported, lost_words, outline, pandoc_outline  # noqa: E402 - the path comes first
from word_documents import DOCUMENTS  # noqa: E402

from running import run_leaflet  # noqa: E402


def main(folder: Path, *, builds: bool = True) -> None:
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "source").mkdir(exist_ok=True)
    faults: Counter[str] = Counter()
    for name, make in DOCUMENTS.items():
        file = folder / "documents" / f"{name}.docx"
        file.write_bytes(make())
        faults.update(examine(file, folder, builds=builds))
    print(dict(faults))


def examine(file: Path, folder: Path, *, builds: bool) -> list[str]:
    for old in (folder / "source").glob(f"{file.stem}.*"):
        old.unlink()
    result, document, messages = imported(file, folder / "source")
    faults = []
    lost, invented = lost_words(docx_text(file.read_bytes()), result, document)
    if lost:
        faults.append("lost words")
        print(f"{file.name}: lost {dict(lost)}")
    if invented:
        print(f"{file.name}: new {dict(list(invented.items())[:12])}")
    ours, theirs = outline(document), pandoc_outline(file, "docx")
    for part, found in theirs.items():
        if ours[part] != found:
            faults.append(f"other {part}")
            print(f"{file.name}: {part}: leaflet {ours[part]}, pandoc {found}")
    for message in messages:
        print(f"  {message}")
    if not builds:
        return faults
    built = run_leaflet("build", f"source/{result.source}", "--format", "html", "--quiet", cwd=folder, check=False)
    if built.returncode:
        faults.append("not built")
        print(f"{file.name}: not built\n{built.stderr}")
    return faults


if __name__ == "__main__":
    main(Path(sys.argv[1]), builds="--no-build" not in sys.argv)
