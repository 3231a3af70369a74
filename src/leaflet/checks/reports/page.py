"""The report as one HTML page without scripts or files: findings with their lines, and pictures of the panels."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from html import escape

from leaflet.checks.checked_file import CheckedFile
from leaflet.checks.finding import BUILD, Finding
from leaflet.checks.registry import Registry
from leaflet.checks.reports.text_report import summary

DPI = 60
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #bbb }
article { border-left: .4rem solid #8a6100; padding: .1rem 1rem; margin: 1rem 0; background: #faf7f0 }
article.error { border-color: #a4161a; background: #fbf1f1 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #fff; border: 1px solid #ddd; padding: .5rem }
mark { background: #ffe08a } .panels { display: flex; flex-wrap: wrap; gap: 1rem }
figure { margin: 0 } img { border: 1px solid #999; max-width: 100% } figure.found img { outline: .25rem solid #a4161a }
figcaption { font-size: .85rem }
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
    for finding in found:
        yield _finding(finding, file, titles)
    for words, place in file.pointers:
        yield f"<p>Read first: {escape(words)}{f', line {place.line}' if place and place.line else ''}</p>"
    if file.fit:
        yield f"<p>{escape(str(file.fit))}</p>"
    if "pdf" in file.files:
        yield from _panels(file)


def _finding(finding: Finding, file: CheckedFile, titles: dict[str, str]) -> str:
    kind = "error" if finding.severity == "error" else "warning"
    code = "" if finding.code == BUILD else f"<b>{finding.code} {escape(finding.name)}</b>: "
    place = escape(str(finding.location or file.source))
    panel = f", panel {escape(finding.panel)}" if finding.panel else ""
    hint = f"<p>Hint: {escape(finding.hint)}</p>" if finding.hint else ""
    title = escape(titles.get(finding.code, "Reported by every build"), quote=True)
    return (
        f'<article class="{kind}"><p title="{title}">{code}{escape(finding.message)}</p>'
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

    named = {finding.panel: finding for finding in file.everything if finding.panel}
    labels = [page.label for page in file.fit.pages] if file.fit else []
    with pypdfium2.PdfDocument(file.files["pdf"]) as pdf:
        yield '<div class="panels">'
        for number, page in enumerate(pdf):
            label = labels[number] if number < len(labels) else f"page {number + 1}"
            stream = io.BytesIO()
            page.render(scale=DPI / 72).to_pil().save(stream, "PNG", optimize=True)
            data = base64.b64encode(stream.getvalue()).decode()
            count = sum(finding.panel == label for finding in file.everything)
            kind = ' class="found"' if label in named else ""
            text = f"{label}: {count} found" if count else label
            yield f'<figure{kind}><img src="data:image/png;base64,{data}" alt="Panel {escape(label)}">'
            yield f"<figcaption>{escape(text)}</figcaption></figure>"
        yield "</div>"
