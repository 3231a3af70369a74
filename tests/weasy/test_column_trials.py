"""A column that would be laid out as before is not laid out again, and nothing of that is seen in the PDF."""

from __future__ import annotations

from typing import Any

import pytest

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.column_trials import column_trials
from leaflet.weasy.patch import Replacement, patched
from leaflet.weasy.writer.font_dates import font_dates

import weasyprint.layout.block as block_layout  # isort: skip

FONTS = BundledFonts(isolated=True)
TEXT = "Some words that fill a line and a half or so of a narrow column, and a few more. "
SECTION = "<section><h2>Head {0}</h2><p>{1}</p><ul><li>One<li>Two {1}<li>Three</ul></section>"
PAGE = "<html lang=en><body><h1>Title</h1><div class=columns>{}</div><p>After</p></body></html>"
CSS = (
    "@page {{ size: {}mm 160mm; margin: 8mm }} p, ul {{ margin: 2mm 0 }} .columns {{ columns: 2; column-gap: 6mm }} {}"
)
RULES = {
    "sections kept whole": "section { break-inside: avoid }",
    "sections divided": "p { orphans: 2; widows: 2 }",
    "headings": "h2 { break-after: avoid; margin: 4mm 0 1mm } section { margin-bottom: 3mm }",
    "columns in columns": "section { break-inside: avoid } ul { columns: 1 }",
    "two columns in columns": "ul { columns: 2 } ul, h2 { break-inside: avoid }",
    "three columns": ".columns { columns: 3 } section { break-inside: avoid }",
    "filled in order": ".columns { column-fill: auto }",
    "over all columns": "section:nth-child(2) h2 { column-span: all }",
    "floats": "h2 { float: left; width: 20mm }",
    "positioned": "section { position: relative; break-inside: avoid } li:first-child { position: absolute; right: 0; top: 0 }",
    "footnotes": "li:nth-child(3) { float: footnote }",
    "fixed heights": "section { height: 41mm } .columns { height: 150mm }",
    "flexible": "ul { display: flex; gap: 2mm; flex-wrap: wrap } li { width: 40% }",
    "grids": "ul { display: grid; grid-template-columns: 1fr 1fr } section { break-inside: avoid }",
    "breaks": "section:nth-child(2) { break-before: column } section { break-inside: avoid }",
    "taller than a column": "section { break-inside: avoid } h2 { height: 170mm }",
}


def document(sections: int) -> str:
    return PAGE.format("".join(SECTION.format(number, TEXT * (number % 4 + 1)) for number in range(sections)))


def made(html: str, css: str, *replacements: Replacement) -> tuple[bytes, int]:
    """The PDF, and how many boxes WeasyPrint laid out for it."""
    calls = 0

    def counting(lay_out: Any) -> Any:
        def counted(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            return lay_out(*arguments, **named)

        return counted

    counter = Replacement(owner=block_layout, name="block_container_layout", make=counting)
    sheet = weasyprint.CSS(string=css, font_config=FONTS)
    with patched(counter, *replacements):
        rendered = weasyprint.HTML(string=html).render(font_config=FONTS, stylesheets=[sheet])
    with patched(font_dates()):
        return bytes(rendered.write_pdf(uncompressed_pdf=True)), calls


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_columns_come_out_as_without_the_reuse(rules: str) -> None:
    html, css = document(3), CSS.format(160, rules)
    assert made(html, css, column_trials())[0] == made(html, css)[0]


def test_most_trials_are_not_made_twice() -> None:
    html, css = document(5), CSS.format(210, RULES["sections kept whole"])
    assert made(html, css, column_trials())[1] * 3 < made(html, css)[1]
