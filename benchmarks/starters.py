"""Builds and checks every starter in every language and style, and prints what is not clean: starters.py [FOLDER] [NAME…].

With FOLDER, each leaflet's pages are drawn there as one picture for each starter, language and style, to be looked at.
A starter is clean where it fits its own layout and ``leaflet check`` finds nothing. The style ``clear`` is set in 15 points
and gets the next larger paper, as its warning says. Names, languages and styles limit the run.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from leaflet import Workspace
from leaflet.checks import CheckedFile
from leaflet.starter import LANGUAGES, Answers, read_starter, starter_files, starter_names

STYLES = ("clinic", "editorial", "clear")
LARGER = {
    "trifold-a4": "trifold-a3",
    "z-fold-a4": "trifold-a3",
    "half-fold-a4": "handout-a4",
    "zine-a4": "handout-a4",
    "flyer-a5": "handout-a4",
    "booklet-a5": "handout-a4",
}
"""The layouts for large print instead of those that are small for it."""
DAY = date(2026, 6, 1)
HEIGHT = 620
"""Height of a drawn page in pixels."""


def workspace_with(name: str, language: str, parent: Path) -> Path:
    """Return the source of a starter in a new workspace."""
    root = parent / f"{name}-{language}"
    for path, content in starter_files(read_starter(name, language), Answers(), DAY).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root / "source" / f"{name}.md"


def examined(source: Path, style: str) -> CheckedFile:
    """Return what a check of ``source`` in a style finds and makes."""
    own = re.search(r"^layout: (.+)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    assert own is not None
    layout = LARGER.get(own[1], own[1]) if style == "clear" else own[1]
    return Workspace(source.parents[1]).examine(source, style=style, layout=layout, today=DAY)


def draw(pdf: bytes, target: Path) -> None:
    """Draw all pages beside each other."""
    pages = [page.render(scale=HEIGHT / page.get_height()).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    rows = [pages[at : at + 4] for at in range(0, len(pages), 4)]
    width = max(sum(page.width + 10 for page in row) for row in rows)
    sheet = Image.new("RGB", (width, (HEIGHT + 10) * len(rows)), "#777")
    for number, row in enumerate(rows):
        left = 0
        for page in row:
            sheet.paste(page, (left, number * (HEIGHT + 10)))
            left += page.width + 10
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target)


def main(arguments: list[str]) -> int:
    """Print a line for each starter that is not clean, and return their number."""
    known = {*starter_names(), *LANGUAGES, *STYLES}
    chosen = [word for word in arguments if word in known]
    folder = next((Path(word) for word in arguments if word not in known), None)
    unclean = count = 0
    with tempfile.TemporaryDirectory() as parent:
        for name in [n for n in starter_names() if n in chosen] or starter_names():
            for language in [one for one in LANGUAGES if one in chosen] or LANGUAGES:
                source = workspace_with(name, language, Path(parent))
                for style in [one for one in STYLES if one in chosen] or STYLES:
                    checked = examined(source, style)
                    count += 1
                    unclean += bool(checked.everything)
                    scale = f"{checked.fit.scale:.2f}" if checked.fit else "does not fit"
                    print(f"{name} {language} {style}: {scale}", flush=True)
                    for finding in checked.everything:
                        print(f"    {finding.severity} {finding.code} {finding.location}: {finding.message}")
                    pdf = checked.files.get("pdf")
                    if folder and pdf:
                        draw(pdf, folder / f"{name}-{language}-{style}.png")
    print(f"{count} built, {unclean} not clean")
    return unclean


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
