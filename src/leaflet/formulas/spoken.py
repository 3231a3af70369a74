"""Formulas in words, for those who listen: the way a teacher reads them from the board."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from leaflet.formulas.spoken_words import (
    ACCENTS,
    BIG,
    FUNCTIONS,
    GREEK,
    LANGUAGES,
    PHRASES,
    SIGNS,
    VARIANTS,
)

Words = Mapping[str, tuple[str, str, str, str]]
PAIRS = {"(": ")", "[": "]", "{": "}"}
BARS = frozenset({"|", "‖", "∥"})
APPLIED = frozenset("fghFGHP")
"""Letters that are functions where a bracket follows them."""
STYLES = {
    "SCRIPT": "script",
    "FRAKTUR": "fraktur",
    "BLACK-LETTER": "fraktur",
    "DOUBLE-STRUCK": "double",
    "BOLD": "bold",
}
"""The styles of letters, by the words for them in Unicode's names."""
QUIET = frozenset({"mspace", "mphantom"})
LONGEST = 2000
"""Characters of words; a formula that needs more is better read in its TeX."""


class UnspokenError(ValueError):
    """A formula has a sign for which the language has no word."""


def spoken(root: Element, language: str) -> str:
    """Return a tree of MathML in words, or nothing where the language has no words for it."""
    short = language.split("-")[0].lower()
    if short not in LANGUAGES:
        return ""
    try:
        words = _Speaker(LANGUAGES.index(short)).row(list(root))
    except UnspokenError:
        return ""
    words = re.sub(r"[ \u00a0]+", " ", words)
    words = re.sub(r" (?=[,;])", "", words).replace(",,", ",").replace(",;", ";")
    words = re.sub(r"(?:, )+(?=, )", "", words).strip(" ,;")
    return words if len(words) <= LONGEST else ""


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


class _Speaker:
    """Speaker of one language."""

    def __init__(self, column: int) -> None:
        self.column = column

    def phrase(self, table: Words, key: str, *parts: str) -> str:
        return table[key][self.column].format(*parts)

    def row(self, nodes: Sequence[Element]) -> str:
        """Return the words of elements beside each other."""
        parts = _joined([node for node in nodes if _name(node) not in QUIET and (len(node) or node.text)])
        said: list[str] = []
        at = 0
        while at < len(parts):
            words, at = self.part(parts, at)
            said.append(words)
        return " ".join(word for word in said if word)

    def part(self, parts: list[Element | str], at: int) -> tuple[str, int]:
        """Return the words of one part of a row, or of several that belong together, and where the next one is."""
        node = parts[at]
        if isinstance(node, str):
            return (self.phrase(FUNCTIONS, node) if node in FUNCTIONS else node), at + 1
        sign = _sign(node) if _name(node) in {"mo", "mi"} else ""
        if sign in BARS and (found := self.between_bars(parts, at, sign)) is not None:
            return found
        if sign in PAIRS and (found := self.bracketed(parts, at, sign)) is not None:
            return found
        if sign in {"|", "∣"} and any(isinstance(one, Element) and one.text == "{" for one in parts[:at]):
            return self.phrase(PHRASES, "such-that"), at + 1
        words = self.node(node)
        if not self.is_applied(node, parts[at + 1 :]):
            return words, at + 1
        inner = parts[at + 2 : at + 4]
        is_plain = len(inner) == 2 and _sign(parts[at + 1]) == "(" and _sign(inner[1]) == ")"
        if is_plain and isinstance(inner[0], Element) and _is_short([inner[0]]):
            return f"{self.phrase(PHRASES, 'of', words)} {self.node(inner[0])}", at + 4
        return self.phrase(PHRASES, "of", words), at + 1

    def is_applied(self, node: Element, after: Sequence[Element | str]) -> bool:
        """Return whether an element is a function of what comes after it."""
        while _name(node) in {"msup", "msub", "msubsup"} and len(node):
            node = node[0]
        text = node.text or ""
        if not after or not isinstance(after[0], Element):
            return text in FUNCTIONS and text != "mod" and bool(after)
        if text in FUNCTIONS:
            return text != "mod" and after[0].text not in {",", ")", "=", "+", "−"}
        return text in APPLIED and after[0].text == "("

    def between_bars(self, parts: list[Element | str], at: int, sign: str) -> tuple[str, int] | None:
        """Return the words of an absolute value, a norm or a determinant."""
        signs = [_sign(one) for one in parts]
        try:
            end = signs.index(sign, at + 1)
        except ValueError:
            return None
        inner = parts[at + 1 : end]
        if not inner or (sign == "∥" and at > 0):
            return None
        if len(inner) == 1 and isinstance(inner[0], Element) and (table := _table(inner[0])) is not None:
            return self.phrase(PHRASES, "determinant", self.rows(table, "row")), end + 1
        kind = "absolute" if sign == "|" else "norm"
        return self.phrase(PHRASES, kind, self.all(inner)), end + 1

    def bracketed(self, parts: list[Element | str], at: int, sign: str) -> tuple[str, int] | None:
        """Return the words of a matrix, of cases, or of a binomial."""
        inner = parts[at + 1] if at + 1 < len(parts) else None
        if not isinstance(inner, Element):
            return None
        closing = parts[at + 2] if at + 2 < len(parts) else None
        is_closed = isinstance(closing, Element) and closing.text == PAIRS[sign]
        table = _table(inner)
        if table is not None and sign == "{" and not is_closed:
            return self.rows(table, "case"), at + 2
        if table is not None and is_closed:
            return self.phrase(PHRASES, "matrix", self.rows(table, "row")), at + 3
        if _name(inner) == "mfrac" and inner.get("linethickness") == "0" and is_closed:
            return self.phrase(PHRASES, "choose", self.node(inner[0]), self.node(inner[1])), at + 3
        return None

    def all(self, parts: list[Element | str]) -> str:
        said: list[str] = []
        at = 0
        while at < len(parts):
            words, at = self.part(parts, at)
            said.append(words)
        return " ".join(said)

    def rows(self, table: Element, kind: str) -> str:
        """Return the rows of a table, each with its number; a single row without."""
        lines = [[self.row(list(cell)) for cell in row] for row in table if _name(row) == "mtr"]
        between = ", " if kind != "line" else " "
        texts = [between.join(cell for cell in line if cell) for line in lines]
        if len(texts) == 1:
            return texts[0]
        return "; ".join(self.phrase(PHRASES, kind, str(at), text) for at, text in enumerate(texts, start=1))

    def node(self, node: Element) -> str:
        """Return the words of one element."""
        match _name(node):
            case "mi" if node.get("mathvariant") == "normal" and (node.text or "").isascii():
                return node.text or ""
            case "mi" | "mo":
                return self.sign(node.text or "")
            case "mn" | "mtext":
                return (node.text or "").replace("\u00a0", " ")
            case "mfrac":
                return self.fraction(node)
            case "msqrt":
                inner = self.row(list(node))
                return self.phrase(PHRASES, "root" if _is_short(list(node)) else "root-long", inner)
            case "mroot":
                return self.phrase(PHRASES, "nth-root", self.node(node[1]), self.node(node[0]))
            case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
                return self.scripted(node)
            case "mtable":
                return self.rows(node, "line")
            case "menclose":
                return self.phrase(PHRASES, "crossed", self.row(list(node)))
            case "mspace" | "mphantom":
                return ""
            case "mrow" | "mstyle" | "mpadded" | "math" | "mtd":
                return self.row(list(node))
            case other:
                raise UnspokenError(other)

    def fraction(self, node: Element) -> str:
        kind = "over" if _is_short([node[0]]) and _is_short([node[1]]) else "fraction"
        return self.phrase(PHRASES, kind, self.node(node[0]), self.node(node[1]))

    def scripted(self, node: Element) -> str:
        """Return the words of an element with something above or below it."""
        base, name = node[0], _name(node)
        low = node[1] if name in {"msub", "msubsup", "munder", "munderover"} else None
        high = node[-1] if name in {"msup", "msubsup", "mover", "munderover"} else None
        key = (_text(base) or "").replace("\u2006", " ")
        if key in BIG:
            return self.bounded(key, low, high)
        if name in {"mover", "munder"} and (mark := _text(node[1])) in ACCENTS:
            return self.phrase(ACCENTS, mark, self.node(base))
        if name in {"mover", "munder", "munderover"}:
            words = self.node(base)
            words = words if low is None else self.phrase(PHRASES, "below", words, self.node(low))
            return words if high is None else self.phrase(PHRASES, "above", words, self.node(high))
        words = self.node(base)
        if low is not None:
            words = self.phrase(PHRASES, "sub" if _is_short([low]) else "sub-long", words, self.node(low))
        return words if high is None else self.raised(words, high)

    def raised(self, words: str, high: Element) -> str:
        """Return the words of something with an exponent, a prime or another sign at its top."""
        text = _text(high)
        if text in {"2", "3", "′", "″", "‴"}:
            return self.phrase(PHRASES, text, words)
        if text in {"∘", "°"}:
            return self.phrase(PHRASES, "degrees", words)
        if text in {"⊤", "𝖳", "T", "⊺"}:
            return self.phrase(PHRASES, "transposed", words)
        if text in {"*", "∗", "+", "−", "±"}:
            return f"{words} {self.phrase(SIGNS, text)}"
        return self.phrase(PHRASES, "power" if _is_short([high]) else "power-long", words, self.node(high))

    def bounded(self, key: str, low: Element | None, high: Element | None) -> str:
        """Return the words of a sum, an integral, a limit and the like, up to what they are taken of."""
        name = self.phrase(BIG, key)
        if low is not None and high is not None:
            return self.phrase(PHRASES, "from-to", name, self.node(low), self.node(high))
        if low is not None:
            return self.phrase(PHRASES, "as" if key.startswith("lim") else "over-range", name, self.node(low))
        return self.phrase(PHRASES, "of", name)

    def sign(self, text: str) -> str:
        """Return the word of a letter or a sign."""
        key = text.replace("\u2006", " ")
        if key in BIG:
            return self.phrase(PHRASES, "of", self.phrase(BIG, key))
        for table in (FUNCTIONS, SIGNS):
            if key in table:
                return self.phrase(table, key)
        if len(text) > 1:
            return text
        return self.letter(text)

    def letter(self, text: str) -> str:
        """Return the name of a letter, with its style and its case."""
        plain = unicodedata.normalize("NFKC", VARIANTS.get(text, text))
        word = plain = VARIANTS.get(plain, plain)
        if len(plain) != 1 or unicodedata.category(plain) not in {"Ll", "Lu", "Lo", "Nd"}:
            raise UnspokenError(text)
        if "α" <= plain.lower() <= "ω":
            word = GREEK[LANGUAGES[self.column]].split()[ord(plain.lower()) - ord("α")]
        if plain.isupper():
            word = self.phrase(PHRASES, "capital", word)
        name = unicodedata.name(text, "")
        style = next((style for mark, style in STYLES.items() if mark in name), None)
        return self.phrase(PHRASES, style, word) if style else word


def _joined(nodes: Sequence[Element]) -> list[Element | str]:
    """Return elements with upright letters joined to words, and numbers with a decimal comma in one."""
    joined: list[Element | str] = []
    for node in nodes:
        before = joined[-1] if joined else None
        text = node.text or ""
        if _name(node) == "mi" and node.get("mathvariant") == "normal" and len(text) == 1:
            joined[-1:] = [before + text] if isinstance(before, str) else [*joined[-1:], text]
        elif _name(node) == "mn" and _is_decimal_comma(joined):
            whole = joined[-2]
            joined[-2:] = [f"{whole.text if isinstance(whole, Element) else whole},{text}"]
        else:
            joined.append(node)
    return joined


def _is_decimal_comma(joined: Sequence[Element | str]) -> bool:
    if len(joined) < 2 or not isinstance(joined[-1], Element) or not isinstance(joined[-2], Element):
        return False
    return _name(joined[-2]) == "mn" and _name(joined[-1]) == "mrow" and _text(joined[-1]) == ","


def _text(node: Element) -> str:
    """Return the text of an element that holds one sign alone, whatever rows are around it."""
    while len(node) == 1 and _name(node) in {"mrow", "mstyle"}:
        node = node[0]
    return "" if len(node) else node.text or ""


def _is_short(nodes: Sequence[Element]) -> bool:
    """Return whether elements are one number or letter, with a sign or a "d" before it at most: no end need be said."""
    leaves = [leaf for node in nodes for leaf in node.iter() if not len(leaf) and leaf.text]
    if len(leaves) == 2 and (leaves[0].text in {"d", "∂"} or _name(leaves[0]) == "mo"):
        leaves = leaves[1:]
    return len(leaves) <= 1


def _sign(part: Element | str) -> str:
    return (part.text or "") if isinstance(part, Element) and not len(part) else ""


def _table(node: Element) -> Element | None:
    """Return the table that an element is or holds alone."""
    while len(node) == 1 and _name(node) in {"mrow", "mstyle"}:
        node = node[0]
    return node if _name(node) == "mtable" else None
