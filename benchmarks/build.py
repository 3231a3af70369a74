"""How long a cold build of one leaflet takes, against a bare WeasyPrint script for the same HTML, in pairs.

    python benchmarks/build.py [SOURCE] [--pairs N] [--format sheet …]

Both start a new Python, read the same words in the same fonts and write PDF. Leaflet also reads Markdown, formats
citations, measures the fit, mends the tags and imposes the sheet.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

BARE = "import sys; from weasyprint import HTML; HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"


def page_of(source: Path) -> str:
    """The HTML that leaflet lays out for ``source``, made complete for any WeasyPrint: fonts, sizes, files, scale."""
    from leaflet.build import Choices
    from leaflet.build.cited import cite_source
    from leaflet.html import render_print
    from leaflet.pdf.fonts import FONT_SCHEME, font_css, font_folders
    from leaflet.pdf.render import page_rules

    cited, _ = cite_source(source, Choices(), today=datetime.now(UTC).date())
    css = font_css()
    for folder in font_folders():
        css = css.replace(f"{FONT_SCHEME}{folder.parent.name}/", folder.as_uri() + "/")
    html = render_print(
        cited.document, cited.citations, cited.layout, cited.style, font_css=css, workspace=cited.workspace
    )
    base = f'<base href="{cited.folder.resolve().as_uri()}/">'
    rules = f"<style>:root {{ --fit: 1 }}\n{page_rules(cited.layout)}</style>"
    return html.replace("<head>", f"<head>{base}", 1).replace("</head>", f"{rules}</head>", 1)


def seconds(command: list[str]) -> float:
    """How long ``command`` takes from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Run the pairs and print both medians and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=Path("source/ms-beta-interferon.md"))
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--format", action="append", dest="formats", help="what leaflet writes; default: everything")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder) / "page.html", Path(folder) / "bare.pdf"
        html.write_text(page_of(chosen.source), encoding="utf-8")
        bare = [sys.executable, "-c", BARE, str(html), str(pdf)]
        ours = [sys.executable, "-m", "leaflet", "build", str(chosen.source), "--output", folder, "--quiet"]
        ours += [part for kind in chosen.formats or [] for part in ("--format", kind)]
        seconds(bare), seconds(ours)  # Byte code and the fonts' cache are there from the first build on.
        pairs = [(seconds(ours), seconds(bare)) for _ in range(chosen.pairs)]
    leaflet_time, bare_time = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    print(f"leaflet {leaflet_time:.2f} s, bare WeasyPrint {bare_time:.2f} s, ratio {ratio:.2f} ({len(pairs)} pairs)")


if __name__ == "__main__":
    main()
