"""Formulas of web pages: TeX between delimiters, in scripts of MathJax, and in the annotations of MathML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from leaflet.interchange.html_mathjax import PageMathematics
from leaflet.interchange.import_log import ImportLog
from leaflet.interchange.imported_content import TexFormula, Words
from leaflet.interchange.text_pieces import TextPiece

DELIMITED = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)
"""TeX in running text, by the delimiters that MathJax and KaTeX know without settings."""
IN_DOLLARS = re.compile(r"\s*(?P<mark>\$\$?)(?P<tex>[^$]+)(?P=mark)\s*")
DRAWN = frozenset({"katex-html", "MathJax", "MathJax_Preview", "MathJax_SVG", "MathJax_CHTML"})
"""Classes of what a program has drawn of a formula that is in the page as TeX or MathML, too."""


def is_drawn_formula(element: _Element) -> bool:
    """Return whether an element repeats a formula for the eye."""
    return element.tag in {"mjx-math", "mjx-speech"} or not DRAWN.isdisjoint(element.get("class", "").split())


def script_formula(element: _Element, page: PageMathematics, log: ImportLog) -> TexFormula | None:
    """Return the formula of a script that MathJax reads; None for another element."""
    kind, _, mode = element.get("type", "").partition(";")
    tex = " ".join((element.text or "").replace("% <![CDATA[", "").replace("%]]>", "").split())
    if element.tag != "script" or kind.strip() != "math/tex" or not (plain := page.plain(tex)):
        return None
    log.count("formula")
    return TexFormula(tex=plain, display="display" in mode)


def dollar_formula(element: _Element, page: PageMathematics, log: ImportLog) -> TexFormula | None:
    """Return the formula of an element for mathematics whose text is TeX between dollar signs; None for another."""
    is_math = element.tag == "math-renderer" or "math" in element.get("class", "").split()
    found = IN_DOLLARS.fullmatch(element.text or "") if is_math and not len(element) else None
    if found is None or not (plain := page.plain(found["tex"])):
        return None
    log.count("formula")
    log.replaced.append(element.text or "")
    return TexFormula(tex=plain, display=found["mark"] == "$$")


def text_and_formulas(text: str, page: PageMathematics, log: ImportLog) -> Iterator[str | TexFormula]:
    """Yield the words of a text and the formulas between them; those that only define commands are left out."""
    at = 0
    for start, end, tex, display in sorted((*_delimited(text), *page.in_dollars(text))):
        if start < at or not tex.strip():
            continue
        yield page.words(text[at:start])
        log.replaced.append(text[start:end])
        if plain := page.plain(tex):
            log.count("formula")
            yield TexFormula(tex=plain, display=display)
        at = end
    yield page.words(text[at:])


def _delimited(text: str) -> Iterator[tuple[int, int, str, bool]]:
    for found in DELIMITED.finditer(text):
        yield found.start(), found.end(), found["inline"] or found["display"], found["display"] is not None


def formula_piece(element: _Element, page: PageMathematics, log: ImportLog) -> TextPiece:
    """Return a formula whose page has its TeX; another is its characters."""
    for annotation in element.iter("annotation"):
        if "tex" in annotation.get("encoding", "").lower() and (annotation.text or "").strip():
            log.count("formula")
            log.replaced.append(element.text_content())
            tex = page.plain(annotation.text or "")
            return TextPiece(node=TexFormula(tex=tex, display=element.get("display") == "block"))
    log.say("a formula is plain text: write it again in TeX")
    return TextPiece(node=Words(text=" ".join(element.text_content().split())))
