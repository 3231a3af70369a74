"""The long run of imports: documents of four makers, their words, their structure, and a build of each.

Run as ``python tests/interchange/long_run.py FOLDER [--no-build] [--pages]``. Documents, sources and results are left in the
folder, with ``--pages`` also pictures of the panels of ten leaflets. pandoc and LibreOffice make some of the documents.
"""

# ruff: noqa: T201 - a program for the terminal

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from examine import docx_text, html_text, imported, lost_words, odt_text, outline, pandoc_outline  # noqa: E402 - the path comes first
from word_documents import DOCUMENTS  # noqa: E402

from running import REPOSITORY, run_leaflet  # noqa: E402

BY_OFFICE = (
    "headings", "emphasis", "lists", "numbered-lists", "tables", "rows-joined", "pictures", "links", "notes", "leaflet-like",
)  # fmt: skip
BY_PANDOC = ("ms-beta-interferon.md", "reading-a-map.md", "washing-hands.md", "ms-in-brief.md", "open-day-card.md")
PAGES_OF = (
    "leaflet-like", "headings", "tables", "pictures", "lists", "notes", "zotero-citations", "styles", "formulas", "text-boxes",
)  # fmt: skip
"""The leaflets whose panels are drawn."""


def documents(folder: Path) -> None:
    """Make all documents: by python-docx and hand, by pandoc, and by LibreOffice out of the former."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(make())
    for name in BY_PANDOC:
        source = REPOSITORY / "source" / name
        for suffix in ("docx", "odt", "html"):
            target = folder / f"pandoc-{source.stem}-{suffix}.{suffix}"
            run("pandoc", "-s", "-f", "markdown", str(source), "-o", str(target), cwd=source.parent)
    for suffix in ("docx", "odt", "html"):
        office(folder, suffix, [folder / f"{name}.docx" for name in BY_OFFICE])


def office(folder: Path, suffix: str, files: list[Path]) -> None:
    """Let LibreOffice save documents in a format, under the names of their first makers and its own."""
    made = folder / f"by-office-{suffix}"
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    kind = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "html": "html:XHTML Writer File"}[suffix]
    run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(made), *map(str, files), cwd=folder)
    for file in sorted(made.glob(f"*.{suffix}")):
        shutil.move(file, folder / f"office-{file.stem}-{suffix}.{suffix}")


def run(*command: str, cwd: Path) -> None:
    subprocess.run(
        command, cwd=cwd, capture_output=True, check=False, timeout=600, env={**os.environ, "HOME": str(cwd)}
    )


TEXTS: dict[str, tuple[Callable[[bytes], str], str]] = {
    ".docx": (docx_text, "docx"),
    ".odt": (odt_text, "odt"),
    ".html": (html_text, "html"),
}


def main(folder: Path, *, builds: bool, pages: bool) -> None:
    if not (folder / "documents").exists():
        documents(folder / "documents")
    (folder / "source").mkdir(exist_ok=True)
    faults: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for file in sorted((folder / "documents").iterdir()):
        if file.suffix in TEXTS:
            kinds[file.suffix] += 1
            faults.update(examine(file, folder, builds=builds, pages=pages and file.stem in PAGES_OF))
    print(dict(kinds), dict(faults))


def examine(file: Path, folder: Path, *, builds: bool, pages: bool) -> list[str]:
    """Import one document and say everything that is not as it should be."""
    for old in (folder / "source").glob(f"{file.stem}.*"):
        old.unlink()
    result, document, messages = imported(file, folder / "source")
    faults = []
    text, kind = TEXTS[file.suffix]
    lost, _ = lost_words(text(file.read_bytes()), result, document)
    if lost:
        faults.append("lost words")
        print(f"{file.name}: lost {dict(lost)}")
    ours, theirs = outline(document), pandoc_outline(file, kind)
    for part, found in theirs.items():
        if ours[part] != found:
            faults.append(f"other {part}")
            print(f"{file.name}: {part}: leaflet {ours[part]}, pandoc {found}")
    for message in messages:
        print(f"  {message}")
    if not builds:
        return faults
    formats = ["--format", "pdf"] if pages else ["--format", "html"]
    layout = [] if file.stem == "leaflet-like" else ["--layout", "handout-a4"]
    built = run_leaflet("build", f"source/{result.source}", *formats, *layout, "--quiet", cwd=folder, check=False)
    if built.returncode:
        faults.append("not built")
        print(f"{file.name}: not built\n{built.stderr}")
    elif pages:
        draw(folder / "output" / f"{Path(result.source).stem}.pdf", folder / "pages")
    return faults


def draw(file: Path, folder: Path) -> None:
    """Draw the first panels of a leaflet."""
    from pypdfium2 import PdfDocument

    folder.mkdir(exist_ok=True)
    with PdfDocument(file) as pdf:
        for number in range(min(len(pdf), 6)):
            pdf[number].render(scale=1.2).to_pil().save(folder / f"{file.stem}-{number + 1}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), builds="--no-build" not in sys.argv, pages="--pages" in sys.argv)
