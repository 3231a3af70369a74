"""Build the documentation as a site in output/site, for a browser without a network: ``make docs``.

The pages are those of docs/, README.md as the first page, and three more pages of the repository. Links between them are the
same as in the repository; links to other files of it become plain words. A page of starters is made here: a picture of each
beside its source.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image

import leaflet
from leaflet.starter import Answers, read_starter, starter_files, starter_names, starter_summaries

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STAGE = ROOT / "output" / "site-pages"
TARGET = ROOT / "output" / "site"
SETTINGS = DOCS / "site" / "mkdocs.yml"
FIRST = "index.md"
ELSEWHERE = {
    "README.md": FIRST,
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
"""Pages at the top of the repository, by their names on the site."""
LINK = re.compile(r"(?P<image>!?)\[(?P<words>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
FENCED = re.compile(r"(^ *```.*?^ *```[ ]*$)", re.DOTALL | re.MULTILINE)
FENCE_WORDS = re.compile(r"^( *```)(\w+) [^\n`]+$", re.MULTILINE)
DAY = date(2026, 6, 1)
SHIM = "https://unpkg.com/iframe-worker/shim"
"""The address that the theme's plug-in for reading without a server writes into each page."""
WIDTH = 520
"""Width of the picture of a starter in pixels."""


def main() -> None:
    """Write the site."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(DOCS, STAGE, ignore=shutil.ignore_patterns("tools", "site", "*.py"))
    shutil.copytree(DOCS / "site" / "theme", STAGE / "theme")
    for name, page in ELSEWHERE.items():
        shutil.copyfile(ROOT / name, STAGE / page)
    for page in sorted(STAGE.rglob("*.md")):
        page.write_text(site_page(page.read_text(encoding="utf-8"), page.relative_to(STAGE)), encoding="utf-8")
    (STAGE / "starter-pictures.md").write_text(starters_page(STAGE / "starters"), encoding="utf-8")
    build(load_config(str(SETTINGS), docs_dir=str(STAGE), site_dir=str(TARGET), strict=True))
    for page in TARGET.rglob("*.html"):
        page.write_text(with_own_shim(page.read_text(encoding="utf-8"), page.relative_to(TARGET)), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}/index.html")  # noqa: T201


def with_own_shim(html: str, page: Path) -> str:
    """Return a page that loads the shim of the search from the site instead of from another server."""
    return html.replace(SHIM, f"{'../' * (len(page.parts) - 1)}theme/iframe-worker.js")


def site_page(text: str, page: Path) -> str:
    """Return a page of the repository as one of the site: its links lead within the site."""
    parts = FENCED.split(text)
    shown = [
        FENCE_WORDS.sub(r"\1\2", part) if number % 2 else LINK.sub(lambda link: site_link(link, page), part)
        for number, part in enumerate(parts)
    ]
    return "".join(shown)


def site_link(link: re.Match[str], page: Path) -> str:
    """Return a link as the site has it; one to a file that is no page is only its words."""
    target, mark, place = link["target"].partition("#")
    if not target or ":" in target:
        return link[0]
    folder = ROOT if page.name in ELSEWHERE.values() and len(page.parts) == 1 else (DOCS / page).parent
    named = (folder / target).resolve()
    up = "../" * (len(page.parts) - 1)
    if named.parent == ROOT and named.name in ELSEWHERE:
        return f"{link['image']}[{link['words']}]({up}{ELSEWHERE[named.name]}{mark}{place})"
    if named.is_relative_to(DOCS) and named.is_file() and named.suffix in {".md", ".pdf", ".png", ".svg"}:
        return f"{link['image']}[{link['words']}]({up}{named.relative_to(DOCS).as_posix()}{mark}{place})"
    return str(link["words"])


def starters_page(pictures: Path) -> str:
    """Return the page that shows each starter beside its source, and draw the pictures."""
    pictures.mkdir()
    parts = [
        "# Starters, and how they are written\n\n"
        "Each picture is made from the text beside it, by one command. [Starters](starters.md) says how to begin with one.\n"
    ]
    for name in starter_names():
        source = draw_starter(name, pictures / f"{name}.png")
        parts.append(
            f"## {name}\n\n{starter_summaries()[name]}\n\n"
            f'<div class="beside" markdown>\n\n![The starter {name}: its pages beside each other](starters/{name}.png)\n\n'
            f"```` {{ .markdown .source }}\n{source.rstrip()}\n````\n\n</div>\n"
        )
    return "\n".join(parts)


def draw_starter(name: str, target: Path) -> str:
    """Draw the pages of a starter into ``target``, and return its source."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in starter_files(read_starter(name, "en"), Answers(), DAY).items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        source = Path(folder) / "source" / f"{name}.md"
        made = leaflet.compose(source, formats=["pdf"], today=DAY)
        target.write_bytes(_picture(made.files[f"{name}.pdf"]))
        return source.read_text(encoding="utf-8")


def _picture(pdf: bytes) -> bytes:
    """Return the pages of a PDF beside each other, three in a row, as PNG."""
    pages = [page.render(scale=0.9).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    across = min(len(pages), 3)
    width = WIDTH // across
    small = [page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS) for page in pages]
    height = max(page.height for page in small)
    rows = -(-len(small) // across)
    sheet = Image.new("RGB", (width * across + 6 * (across - 1), (height + 6) * rows - 6), "#C9D2D6")
    for number, page in enumerate(small):
        sheet.paste(page, (number % across * (width + 6), number // across * (height + 6)))
    out = BytesIO()
    sheet.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
