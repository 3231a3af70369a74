"""One formula, set: as MathML, or as an SVG drawing with its size and its baseline."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from msgspec import Struct

from leaflet.formulas.rewrite import rewritten
from leaflet.formulas.spoken import spoken

LONGEST = 4000
"""Characters of a formula; a longer one is a text or an attack."""
DEEPEST = 60
SIZE = 12.0
"""The size in which a formula is drawn; all lengths are given in parts of it."""
MATHML = "http://www.w3.org/1998/Math/MathML"
BINARY, RELATION = "0.222em", "0.278em"
BINOMIAL = "2.047em"
"""The height that the converter gives to the brackets of a binomial, also within a line."""
SPACED = dict.fromkeys("×÷∪∩∧∨∖⧵⊕⊗∘±∓", BINARY) | dict.fromkeys("∼⊥⟺⟸⟹∥∣⊢⊨≅≃", RELATION)
"""The spaces of TeX around operators that the drawing sets without (TeXbook, chapter 18)."""
SIGNS = {"~": "∼", "⟂": "⊥"}
"""Operators that the converter takes for letters, in Unicode's form."""
UNKNOWN = re.compile(r"\\[A-Za-z]+")


class Unset(ValueError):  # noqa: N818 - the formula is judged, no operation failed
    """A formula cannot be set; the message is the reason, as the end of a sentence."""


class FormulaDrawing(Struct, frozen=True, kw_only=True):
    """A formula as SVG; lengths are in ems of the text around it."""

    svg: str
    width: float
    height: float
    below: float
    """Its reach below the baseline."""


def unset_reason(tex: str) -> str | None:
    """Return why a formula cannot be set, or None where it can."""
    try:
        drawing(tex, display=False)
    except Unset as reason:
        return str(reason)
    return None


def mathml(tex: str, *, display: bool) -> str:
    """Return a formula as MathML.

    Raises:
        Unset: the formula cannot be set.
    """
    return ElementTree.tostring(_tree(tex, display=display), encoding="unicode")


def alternative_text(tex: str, language: str) -> str:
    """Return a formula as it is read aloud, or its TeX where ``language`` has no words for it."""
    try:
        words = spoken(_tree(tex, display=False), language)
    except Unset:
        words = ""
    return words or " ".join(tex.split())


def drawing(tex: str, *, display: bool) -> FormulaDrawing:
    """Return a formula as a drawing.

    Raises:
        Unset: the formula cannot be set.
    """
    from ziamath.zmath import Math

    tree = _tree(tex, display=display)
    try:
        drawn = Math(ElementTree.tostring(tree, encoding="unicode"), size=SIZE)
        svg = drawn.svg()
        width, height = drawn.getsize()
        offset = drawn.getyofst()
    except RecursionError:
        raise Unset("it is nested too deeply") from None
    except Exception as error:
        raise Unset("its TeX is not complete, or it cannot be drawn") from error
    found = re.match(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"', svg)
    if found:
        width, height = float(found[1]), float(found[2])
    return FormulaDrawing(svg=svg, width=width / SIZE, height=height / SIZE, below=max(0.0, -offset / SIZE))


def _tree(tex: str, *, display: bool) -> ElementTree.Element:
    from latex2mathml.converter import convert_to_element

    if len(tex) > LONGEST:
        raise Unset(f"it is longer than {LONGEST} characters")
    if _depth(tex) > DEEPEST:
        raise Unset("it is nested too deeply")
    if not tex.strip():
        raise Unset("there is nothing in it")
    braces = re.sub(r"\\.", "", tex, flags=re.DOTALL)
    if braces.count("{") != braces.count("}"):
        raise Unset("its TeX is not complete: a brace has no partner")
    try:
        root = convert_to_element(rewritten(tex), display="block" if display else "inline")
    except RecursionError:
        raise Unset("it is nested too deeply") from None
    except Exception as error:
        raise Unset("its TeX is not complete") from error
    return _checked(root, display=display)


def _checked(root: ElementTree.Element, *, display: bool) -> ElementTree.Element:
    """Return ``root`` with its characters as such; what the converter did not understand is refused."""
    before: ElementTree.Element | None = None
    for node in root.iter():
        text = _characters(node.text or "")
        if node.tag.rpartition("}")[2] != "mtext" and (unknown := UNKNOWN.search(text)):
            raise Unset(f"{unknown[0]} is not known")
        name = node.tag.rpartition("}")[2]
        text = SIGNS.get(text, text) if name == "mi" else text
        node.text = text or None
        if text in SPACED and name in {"mi", "mo"}:
            node.tag = node.tag.removesuffix("mi").removesuffix("mo") + "mo"
            if not _is_sign(before):
                node.set("lspace", SPACED[text])
                node.set("rspace", SPACED[text])
        before = node
        if node.tail:
            node.tail = _characters(node.tail)
        for key, value in tuple(node.attrib.items()):
            node.set(key, _characters(value))
        if not display and node.get("minsize") == BINOMIAL:
            node.set("minsize", "1.2em")
            node.set("maxsize", "1.2em")
    return root


def _is_sign(before: ElementTree.Element | None) -> bool:
    """Return whether an operator is set over or under something, or is the first of its row."""
    return before is None or before.tag.rpartition("}")[2] in {"mrow", "mover", "munder", "mstyle", "math", "mtd"}


def _characters(text: str) -> str:
    """Return ``text`` with the numeric references that the converter writes as their characters."""
    return re.sub(r"&#x([0-9A-Fa-f]{1,6});", lambda found: chr(int(found[1], 16)), text)


def _depth(tex: str) -> int:
    depth = deepest = 0
    for mark in re.findall(r"\\[{}]|[{}]|\\begin|\\end|\\left(?![a-z])|\\right(?![a-z])", tex):
        if mark in {"{", r"\begin", r"\left"}:
            depth += 1
            deepest = max(deepest, depth)
        elif mark in {"}", r"\end", r"\right"}:
            depth -= 1
    return deepest
