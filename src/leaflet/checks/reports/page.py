"""The report as one HTML page without scripts or files: findings with their lines, drawn on pictures of the panels."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import BUILD, Finding
from leaflet.checks.registry import Registry
from leaflet.checks.reports.text_report import summary

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

    from leaflet.weasy import PageArea

DPI = 90
MM = 72 / 25.4
FOUND = ' class="found"'
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #bbb }
article { border-left: .4rem solid #8a6100; padding: .1rem 1rem; margin: 1rem 0; background: #faf7f0 }
article.error { border-color: #a4161a; background: #fbf1f1 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #fff; border: 1px solid #ddd; padding: .5rem }
mark { background: #ffe08a } .panels { display: flex; flex-wrap: wrap; gap: 1rem }
figure { margin: 0; flex: 1 1 18rem; max-width: 27rem } figure svg { border: 1px solid #999; width: 100%; height: auto }
figure.found svg { outline: .15rem solid #a4161a } figcaption { font-size: .85rem }
svg rect { fill: #ffe08a; fill-opacity: .3; stroke: #a4161a; stroke-width: .4 }
svg circle { fill: #a4161a } svg text { fill: #fff; font: bold 3px sans-serif; text-anchor: middle }
article > b:first-child { float: right }
"""


def html_report(files: Sequence[CheckedFile], registry: Registry) -> str:
    """Return the report of ``files`` as a page."""
    titles = {rule.code: rule.title for rule in registry.rules}
    body = "\n".join(part for file in files for part in _file(file, titles))
    counts = escape(summary(files) or "no problem found")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>leaflet check</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>leaflet check</h1>\n<p>{counts}</p>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _file(file: CheckedFile, titles: dict[str, str]) -> Iterator[str]:
    yield f"<h2>{escape(file.source)}</h2>"
    found = file.everything
    if not found:
        yield "<p>No problem found.</p>"
    for number, finding in enumerate(found, start=1):
        yield _finding(finding, file, titles, number)
    for words, place in file.pointers:
        yield f"<p>Read first: {escape(words)}{f', line {place.line}' if place and place.line else ''}</p>"
    if file.fit:
        yield f"<p>{escape(str(file.fit))}</p>"
    if "pdf" in file.files:
        yield from _panels(file)


def _finding(finding: Finding, file: CheckedFile, titles: dict[str, str], number: int) -> str:
    kind = "error" if finding.severity == "error" else "warning"
    code = "" if finding.code == BUILD else f"<b>{finding.code} {escape(finding.name)}</b>: "
    place = escape(str(finding.location or file.source))
    panel = f", panel {escape(finding.panel)}" if finding.panel else ""
    hint = f"<p>Hint: {escape(finding.hint)}</p>" if finding.hint else ""
    title = escape(titles.get(finding.code, "Reported by every build"), quote=True)
    return (
        f'<article class="{kind}"><b>{number}</b><p title="{title}">{code}{escape(finding.message)}</p>'
        f"<p><small>{kind}, {place}{panel}</small></p>{_line(finding, file)}{hint}</article>"
    )


def _line(finding: Finding, file: CheckedFile) -> str:
    place = finding.location
    if place is None or place.line is None or place.file != file.source or place.line > len(file.lines):
        return ""
    line, start = file.lines[place.line - 1], (place.column or 1) - 1
    end = start + max(finding.length, 1)
    marked = f"{escape(line[:start])}<mark>{escape(line[start:end])}</mark>{escape(line[end:])}"
    return f"<pre>{marked if place.column else escape(line)}</pre>"


def _panels(file: CheckedFile) -> Iterator[str]:
    import pypdfium2

    numbers = {finding: number for number, finding in enumerate(file.everything, start=1)}
    labels = [page.label for page in file.fit.pages] if file.fit else []
    with pypdfium2.PdfDocument(file.files["pdf"]) as pdf:
        yield '<div class="panels">'
        for index, page in enumerate(pdf):
            label = labels[index] if index < len(labels) else f"page {index + 1}"
            marks = [
                (number, place.area)
                for finding, number in numbers.items()
                for place in file.drawn.get(finding, ())
                if place.page == index
            ]
            named = {number for finding, number in numbers.items() if finding.panel == label}
            yield _panel(page, label, marks, named)
        yield "</div>"


def _panel(page: PdfPage, label: str, marks: Sequence[tuple[int, PageArea]], named: set[int]) -> str:
    """Return the picture of a panel with the numbers of the findings at their places; ``named`` are about all of it."""
    left, bottom, right, top = page.get_trimbox()
    page.set_cropbox(left, bottom, right, top)
    stream = io.BytesIO()
    page.render(scale=DPI / 72).to_pil().save(stream, "PNG", optimize=True)
    data = base64.b64encode(stream.getvalue()).decode()
    width, height = (right - left) / MM, (top - bottom) / MM
    found = sorted({number for number, _ in marks} | named)
    words = f"{label}: {', '.join(map(str, found))}" if found else label
    return (
        f"<figure{FOUND if found else ''}>"
        f'<svg viewBox="0 0 {width:.2f} {height:.2f}" role="img" aria-label="Panel {escape(label, quote=True)}">'
        f'<image width="{width:.2f}" height="{height:.2f}" href="data:image/png;base64,{data}"/>'
        f"{''.join(_marks(marks, width))}</svg><figcaption>{escape(words)}</figcaption></figure>"
    )


def _marks(marks: Sequence[tuple[int, PageArea]], width: float) -> Iterator[str]:
    numbered: set[int] = set()
    for number, area in marks:
        size = f'width="{area.right - area.left:.2f}" height="{area.bottom - area.top:.2f}"'
        yield f'<rect x="{area.left:.2f}" y="{area.top:.2f}" {size}/>'
        if number not in numbered:
            numbered.add(number)
            across, down = min(area.right + 1, width - 2), max(area.top, 2.5)
            yield f'<circle cx="{across:.2f}" cy="{down:.2f}" r="2.2"/>'
            yield f'<text x="{across:.2f}" y="{down + 1:.2f}">{number}</text>'
