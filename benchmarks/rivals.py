"""Programs that a user might pick instead of ``leaflet batch``, doing the same work: one tagged PDF for each clinic.

Each function makes the leaflets of some numbers in a folder. The plain loop gets the HTML that leaflet made, with
placeholders, and so need neither read Markdown nor cite nor look for the scale that fits. Pandoc and Typst get the same
words, headings, lists and references in simple panels of the same size, without the design.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

Contestant = Callable[[Path, Sequence[int]], int]
PANEL = "@page { size: 99mm 210mm; margin: 12mm 10mm } body { font: 9.8pt/13pt 'Source Sans 3' }"


def values(number: int) -> dict[str, str]:
    """The facts that differ from clinic to clinic."""
    return {"name": f"Clinic {number:06d}", "phone": f"01632 {number:06d}", "hours": f"Open on day {number % 7}"}


def plain_loop(root: Path, numbers: Sequence[int]) -> int:
    """Fill ``page.html`` by Jinja2 and print it with WeasyPrint, one leaflet after another, with its fonts ready."""
    from jinja2 import Environment

    from leaflet.source import open_workspace
    from leaflet.weasy.engine import weasyprint
    from leaflet.weasy.fetch import WorkspaceFetcher
    from leaflet.weasy.font_configuration import BundledFonts

    compiled = Environment(autoescape=True).from_string((root / "page.html").read_text())
    fetcher = WorkspaceFetcher(open_workspace(root))
    base = fetcher.address(root / "source")
    fonts = BundledFonts(isolated=True)
    for number in numbers:
        page = weasyprint.HTML(string=compiled.render(**values(number)), base_url=base, url_fetcher=fetcher)
        page.write_pdf(root / f"plain-{number}.pdf", font_config=fonts, pdf_variant="pdf/ua-1")
    return len(numbers)


def pandoc(root: Path, numbers: Sequence[int]) -> int:
    """``pandoc --citeproc`` to HTML, then WeasyPrint, for each leaflet; in pandoc's own style, as it brings no other."""
    from leaflet.weasy.engine import weasyprint
    from leaflet.weasy.font_configuration import BundledFonts

    fonts = BundledFonts(isolated=True)
    css = root / "panel.css"
    css.write_text(PANEL)
    for number in numbers:
        source = root / "source" / f"pandoc-{number}.md"
        markdown = re.sub(r"(?m)^csl: .*\n", "", (root / "source" / "leaflet.md").read_text())
        source.write_text(_filled(markdown, number))
        command = [str(pandoc_program()), source.name, "--citeproc", "-s", "--metadata", "lang=en-GB", "-t", "html"]
        html = subprocess.run(command, cwd=source.parent, check=True, capture_output=True, text=True).stdout
        page = weasyprint.HTML(string=html, base_url=str(source.parent))
        page.write_pdf(root / f"pandoc-{number}.pdf", stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
    return len(numbers)


def typst_afresh(root: Path, numbers: Sequence[int]) -> int:
    """Typst with a new compiler for each leaflet."""
    import typst

    for number in numbers:
        source = _with_row(root, number)
        source.with_suffix(".pdf").write_bytes(typst.Compiler(source).compile())
    return len(numbers)


def typst_kept(root: Path, numbers: Sequence[int]) -> int:
    """Typst with one compiler, which remembers what it laid out."""
    import typst

    if not numbers:
        return 0
    compiler = typst.Compiler(_with_row(root, numbers[0]))
    for number in numbers:
        source = _with_row(root, number, numbers[0])
        source.with_name(f"typst-{number}.pdf").write_bytes(compiler.compile())
    return len(numbers)


def _with_row(root: Path, number: int, folder: int | None = None) -> Path:
    """The source for Typst, in a folder that no other process uses, beside the row that it reads."""
    there = root / "typst" / str(number if folder is None else folder)
    if not there.is_dir():
        shutil.copytree(root / "source", there)
    (there / "row.json").write_text(json.dumps(values(number)))
    return there / "leaflet.typ"


def pandoc_program() -> Path | None:
    """The path of pandoc, on the search path or in the package pypandoc_binary."""
    if found := shutil.which("pandoc"):
        return Path(found)
    spec = find_spec("pypandoc")
    inside = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    return inside if inside and inside.is_file() else None


def has_typst() -> bool:
    """True if the package ``typst`` is installed."""
    return find_spec("typst") is not None


def typst_source(markdown: str) -> str:
    """The leaflet in Typst's markup: its panels, words, lists, headings and references."""
    body = markdown.split("\n---\n", 1)[1]
    lines = [_typst_line(line) for line in body.split("\n") if not line.startswith((":::", "|", "Table:", "!["))]
    return (
        '#let row = json("row.json")\n#set document(title: "Beta interferon and MS")\n'
        "#set page(width: 99mm, height: 210mm, margin: (x: 10mm, y: 12mm))\n"
        '#set text(size: 9.8pt, lang: "en", region: "GB")\n'
        "= Beta interferon and MS\nFor people with MS at #row.name\n#pagebreak()\n"
        + "\n".join(lines)
        + '\n#pagebreak()\n#bibliography(("ms-beta-interferon.bib", "reading-a-map.bib"), style: '
        '"american-medical-association", full: true)\n== Talk to us\n#row.hours\n\n#row.phone\n'
    )


def _typst_line(line: str) -> str:
    line = re.sub(r"\{[^}]*\}|\[\]", "", line)
    cites: list[str] = []

    def keep(found: re.Match[str]) -> str:
        cites.extend(re.findall(r"@([\w:-]+)", found[0]))
        return "\x00" * len(re.findall(r"@[\w:-]+", found[0]))

    line = re.sub(r"\[[^\]]*@[^\]]*\]", keep, line)
    line = (
        re.sub(r"([#$@<>_`\\])", r"\\\1", line)
        if not line.startswith("#")
        else "=" * (len(line) - len(line.lstrip("#"))) + line.lstrip("#")
    )
    line = re.sub(r"\*\*(.+?)\*\*", r"#strong[\1]", line)
    line = re.sub(r"(?<![\w*])\*(?!\s)(.+?)\*", r"#emph[\1]", line)
    for key in cites:
        line = line.replace("\x00", f"#cite(<{key}>)", 1)
    return line


def _filled(markdown: str, number: int) -> str:
    for key, value in values(number).items():
        markdown = markdown.replace("{{ clinic." + key + " }}", value)
    return markdown
