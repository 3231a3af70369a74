"""Layouts, pages and validators that the tests of the panel PDF and of the sheet share."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.model.fold import Fold, Margins, Panel, fold_sides
from leaflet.model.layout import FitBounds, Layout
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace
from leaflet.panels import PanelPdf, render_panels
from running import find_verapdf, outloud

MARGINS = Margins(top=9, right=9, bottom=9, left=9)
NAMES = ("cover", "flap", "inside", "inside", "inside", "back")
WIDTHS = (100.0, 97.0, 100.0, 100.0, 97.0, 100.0)

TRIFOLD = Layout(
    name="trifold-a4",
    description="Six panels",
    folder=Path(),
    fold=Fold.LETTER,
    sheet_width=297,
    sheet_height=210,
    bleed=3,
    panels=tuple(
        Panel(name=name, width=width, height=210, margins=MARGINS) for name, width in zip(NAMES, WIDTHS, strict=True)
    ),
    sides=fold_sides(Fold.LETTER, (100.0, 100.0, 97.0), 210.0),
)
HANDOUT = Layout(
    name="handout-a4",
    description="Pages",
    folder=Path(),
    fold=Fold.NONE,
    sheet_width=210,
    sheet_height=297,
    bleed=3,
    panels=(Panel(name="page", width=210, height=297, margins=MARGINS, repeats=True),),
    sides=(),
)
STEADY = replace(TRIFOLD, fit=FitBounds(smallest=1.0, largest=1.0))
"""The trifold without any scaling: one layout is enough, which is quick."""

CSS = """
@page { margin: 9mm }
@page cover { background: #cfe3f3 } @page flap { background: #fdf3d8 }
@page inside { background: #eeeeee } @page back { background: #e3f3e3 }
.cover { page: cover } .flap { page: flap } .inside { page: inside } .back { page: back }
html { font-family: "Source Sans 3"; font-size: calc(10.5pt * var(--fit)); line-height: 1.35 }
body { margin: 0 } h2 { font-size: 1.3em; break-after: avoid }
table { border-collapse: collapse } td, th { border: 0.5pt solid #888888; padding: 1mm }
svg { width: 5mm; height: 5mm }
"""
SENTENCES = (
    "The medicine slows the condition in many people. It does not cure it, and it does not help everyone. "
    "Ask your nurse when you are not sure what to do. "
)
ORNAMENT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>A round tablet</title>'
    '<circle cx="5" cy="5" r="4"/></svg>'
)
TABLE = """<table><caption>Two doses</caption>
<thead><tr><th scope="col">Dose</th><th scope="col">Morning</th><th scope="col">Evening</th></tr></thead>
<tbody><tr><th scope="row">Low</th><td>one</td><td>none</td></tr>
<tr><th scope="row">High</th><td>one</td><td>one</td></tr>
<tr><th scope="row">Highest</th><td>two</td><td>one</td></tr></tbody></table>"""


def section(number: int, sentences: int = 2) -> str:
    """One section of running text whose source line is ten times its number."""
    return (
        f'<section data-source="{10 * number}"><h2 id="s{number}">Question {number}</h2>'
        f"<p>{SENTENCES * sentences}</p></section>"
    )


def page(inside: str | None = None, *, cover: str = "", flap: str = "", back: str = "", css: str = "") -> str:
    """A page for the trifold with a little of everything; the arguments add to its panels."""
    inside = "".join(section(number) for number in range(1, 10)) if inside is None else inside
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>Living with it</title>
<meta name="author" content="Ada Example"><style>{CSS}{css}</style></head><body>
<div class="cover"><h1 id="top">Living with it</h1>{ORNAMENT}{cover}</div>
<div class="flap"><h2>At a glance</h2><p>{SENTENCES}<em lang="fr">Bonjour.</em></p>{FIGURE}{flap}</div>
<div class="inside">{inside}</div>
<div class="back"><h2>More</h2>{TABLE}<p><a href="#top">Start again</a> or
<a href="https://example.org/more">read more</a></p>{back}</div></body></html>"""


def handout(body: str, css: str = "") -> str:
    """A page for the handout, with page numbers in its margin."""
    own = '@page { margin: 20mm; @bottom-right { content: counter(page) " of " counter(pages) } }'
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>A handout</title><style>
{own} html {{ font: calc(12pt * var(--fit))/1.4 "Source Serif 4" }} body {{ page: page; margin: 0 }} {css}</style></head>
<body><h1>A handout</h1>{body}</body></html>"""


def workspace_at(root: Path) -> Workspace:
    """An empty workspace in ``root``."""
    for name in ("source", "shipped"):
        (root / name).mkdir(parents=True, exist_ok=True)
    real = root.resolve()
    return Workspace(root=real, shipped=real / "shipped")


def rendered(
    html: str,
    root: Path,
    layout: Layout = STEADY,
    *,
    created: str | None = None,
    allow_overflow: bool = False,
    for_ua_2: bool = False,
) -> PanelPdf:
    """The panel PDF of ``html`` in a workspace at ``root``."""
    workspace = workspace_at(root)
    return render_panels(
        PrintPage.of_document(html),
        layout=layout,
        workspace=workspace,
        base=workspace.root / "source",
        source="source/it.md",
        created=created,
        allow_overflow=allow_overflow,
        for_ua_2=for_ua_2,
    )


needs_verapdf = pytest.mark.skipif(
    find_verapdf() is None, reason="veraPDF: LEAFLET_VERAPDF is not set, or Java is not installed"
)
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")


def failed_rules(*files: Path) -> str:
    """The faults that veraPDF finds in ``files`` as PDF/UA-1; empty when all pass."""
    validator = find_verapdf()
    assert validator is not None
    done = subprocess.run([validator, "ua1", *files], capture_output=True, text=True, check=False)
    passed = [line for line in done.stdout.splitlines() if line.startswith("PASS")]
    return "" if len(passed) == len(files) else done.stdout + done.stderr


def outloud_errors(file: Path) -> list[str]:
    """The errors that ``outloud`` finds in ``file``."""
    report = outloud(file)
    assert file.name in report
    return [line for line in report.splitlines() if line.strip().startswith("ERROR")]
