"""The time of a cold build of one leaflet, against a bare WeasyPrint script for the same HTML, in pairs.

    python benchmarks/build.py [SOURCE] [--pairs N] [--format sheet …]
    python benchmarks/build.py [SOURCE] --warm

Both start a new Python, read the same words in the same fonts and write PDF. Leaflet also reads Markdown, formats
citations, measures the fit, mends the tags and imposes the sheet. ``--warm`` builds in one process, as ``leaflet batch``
does: all files of a source that did not change, and of one whose first section has another word each time.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

BARE = "import sys; from weasyprint import HTML; HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"


def page_of(source: Path) -> str:
    """The HTML that leaflet lays out for ``source``, made complete for any WeasyPrint: fonts, sizes, files, scale."""
    from leaflet.html import PrintPages
    from leaflet.panels.render import page_rules
    from leaflet.pipeline import Choices
    from leaflet.pipeline.cite_source import cite_source
    from leaflet.weasy.fonts import FONT_SCHEME, font_css, font_folders

    cited, _ = cite_source(source, Choices(), today=datetime.now(UTC).date())
    css = font_css()
    for folder in font_folders():
        css = css.replace(f"{FONT_SCHEME}{folder.parent.name}/", folder.as_uri() + "/")
    pages = PrintPages.of(
        cited.document, cited.citations, cited.layout, cited.style, font_css=css, workspace=cited.workspace
    )
    html = pages.page(pages.arranged(0)).complete
    base = f'<base href="{cited.folder.resolve().as_uri()}/">'
    rules = f"<style>:root {{ --fit: 1 }}\n{page_rules(cited.layout)}</style>"
    return html.replace("<head>", f"<head>{base}", 1).replace("</head>", f"{rules}</head>", 1)


def seconds(command: list[str]) -> float:
    """The seconds of ``command`` from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def warm(source: Path, runs: int) -> None:
    """Print how long builds take that are not the first, and the imposition of the panels alone."""
    from leaflet.pipeline import Choices, build, compose
    from leaflet.pipeline.cite_source import cite_source
    from leaflet.sheet import impose

    today, choices = datetime.now(UTC).date(), Choices()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(source.parent, Path(folder) / "source")) / source.name
        text = copied.read_text(encoding="utf-8")
        head, heading, rest = text.partition("\n## ")

        def timed(action: Callable[[], object]) -> float:
            start = time.perf_counter()
            action()
            return time.perf_counter() - start

        def changed(number: int) -> float:
            title, _, body = rest.partition("\n")
            copied.write_text(f"{head}{heading}{title} {number % 10}\n{body}", encoding="utf-8")
            return timed(lambda: build(copied, choices, today=today))

        first = timed(lambda: build(copied, choices, today=today))
        same = median(timed(lambda: build(copied, choices, today=today)) for _ in range(runs))
        changed(0)
        other = median(changed(number) for number in range(1, runs + 1))
        cited, _ = cite_source(copied, choices, today=today)
        panels = compose(copied, Choices(formats=("pdf",)), today=today).files[f"{source.stem}.pdf"]
        imposed = median(timed(lambda: impose(panels, cited.layout)) for _ in range(runs))
    print(f"first build {first:.2f} s, unchanged {same:.2f} s, changed {other:.2f} s, imposition {imposed:.3f} s")


def main() -> None:
    """Run the pairs and print both medians and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=Path("source/ms-beta-interferon.md"))
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--format", action="append", dest="formats", help="what leaflet writes; default: everything")
    parser.add_argument("--warm", action="store_true", help="builds in one process that are not its first")
    chosen = parser.parse_args()
    if chosen.warm:
        warm(chosen.source, chosen.pairs)
        return
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder) / "page.html", Path(folder) / "bare.pdf"
        html.write_text(page_of(chosen.source), encoding="utf-8")
        bare = [sys.executable, "-c", BARE, str(html), str(pdf)]
        ours = [sys.executable, "-m", "leaflet", "build", str(chosen.source), "--output", folder, "--quiet", "--force"]
        ours += [part for kind in chosen.formats or [] for part in ("--format", kind)]
        seconds(bare), seconds(ours)  # Byte code and the fonts' cache are there from the first build on.
        pairs = [(seconds(ours), seconds(bare)) for _ in range(chosen.pairs)]
    leaflet_time, bare_time = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    print(f"leaflet {leaflet_time:.2f} s, bare WeasyPrint {bare_time:.2f} s, ratio {ratio:.2f} ({len(pairs)} pairs)")


if __name__ == "__main__":
    main()
