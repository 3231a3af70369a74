"""Locators: which words in a citation's suffix name a place in the source, by pandoc's rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

# CSL 1.0.2's locator terms in English, long, short and plural forms.
ENGLISH = {
    "act": "act acts",
    "appendix": "appendix appendices app. apps.",
    "article": "article articles art. arts.",
    "book": "book books bk. bks.",
    "chapter": "chapter chapters chap. chaps. ch. chs.",
    "column": "column columns col. cols.",
    "elocation": "location locations loc. locs.",
    "equation": "equation equations eq. eqs.",
    "figure": "figure figures fig. figs.",
    "folio": "folio folios fol. fols. f. ff.",
    "issue": "issue issues iss. no. nos. number numbers num. nums.",
    "line": "line lines l. ll.",
    "note": "note notes n. nn. footnote footnotes",
    "opus": "opus opera op. opp.",
    "page": "page pages p. pp.",
    "paragraph": "paragraph paragraphs para. paras. ¶ ¶¶",
    "part": "part parts pt. pts.",
    "rule": "rule rules r. rr.",
    "scene": "scene scenes sc. scs.",
    "section": "section sections sec. secs. § §§",
    "sub-verbo": "s.v. s.vv.",
    "supplement": "supplement supplements supp. supps.",
    "table": "table tables tbl. tbls.",
    "timestamp": "timestamp timestamps",
    "title-locator": "title titles tit. tits.",
    "verse": "verse verses v. vv.",
    "volume": "volume volumes vol. vols.",
}

OTHER_LANGUAGES = {
    "de": {
        "page": "Seite Seiten S.",
        "chapter": "Kapitel Kap.",
        "section": "Abschnitt Abschnitte Abs. Abschn.",
        "figure": "Abbildung Abbildungen Abb.",
        "table": "Tabelle Tabellen Tab.",
        "volume": "Band Bände Bd. Bde.",
        "note": "Anmerkung Anm. Fußnote Fn.",
        "line": "Zeile Zeilen Z.",
        "column": "Spalte Spalten Sp.",
        "verse": "Vers Verse",
        "part": "Teil Teile",
        "book": "Buch Bücher",
        "paragraph": "Absatz Absätze",
    },
    "fr": {
        "page": "page pages p. pp.",
        "chapter": "chapitre chapitres chap.",
        "section": "section sections sect.",
        "figure": "figure figures fig.",
        "table": "tableau tableaux tabl.",
        "volume": "volume volumes vol.",
        "note": "note notes n.",
        "line": "ligne lignes l.",
        "column": "colonne colonnes col.",
        "paragraph": "paragraphe paragraphes paragr.",
        "book": "livre livres liv.",
        "part": "partie parties part.",
    },
    "es": {
        "page": "página páginas pág. págs. p. pp.",
        "chapter": "capítulo capítulos cap. caps.",
        "section": "sección secciones secc.",
        "figure": "figura figuras fig.",
        "table": "tabla tablas",
        "volume": "volumen volúmenes vol.",
        "note": "nota notas",
        "line": "línea líneas",
        "column": "columna columnas col.",
        "paragraph": "párrafo párrafos párr.",
        "book": "libro libros",
        "part": "parte partes",
    },
}

NUMBER = r"(?=[^\s,;]*\d)[^\s,;]+"
ROMAN = r"(?=[ivxlcdmIVXLCDM])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
WORD = rf"(?:{NUMBER}|(?:(?i:{ROMAN})(?:[–-](?i:{ROMAN}))?)(?![\w]))"
PLACES = re.compile(rf"{WORD}(?:(?:\s*[,&]\s*|\s+)(?:{WORD}))*")
PLAIN = re.compile(rf"\d[^\s,;]*(?:(?:\s*[,&]\s*|\s+)(?:{NUMBER}))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A place in a source: its kind in CSL's words, and its number or name."""

    label: str
    value: str


def terms(language: str) -> dict[str, str]:
    """The kind that each locator word means, in English and in ``language``."""
    found: dict[str, str] = {}
    for table in (ENGLISH, OTHER_LANGUAGES.get(language.split("-")[0].lower(), {})):
        for kind, words in table.items():
            found |= {word.lower(): kind for word in words.split(" ")}
    found |= {"sub verbo": "sub-verbo", "sub verbis": "sub-verbo"}
    return found


def split_locator(suffix: str, words: dict[str, str]) -> tuple[Locator | None, str]:
    """The locator at the head of a suffix, and the rest of it.

    >>> split_locator(", pp. 33-35 and elsewhere", terms("en"))
    (Locator(label='page', value='33-35'), ' and elsewhere')
    """
    head = re.match(r"\s*,?\s*", suffix)
    start = head.end() if head else 0
    if suffix.startswith("{", start):
        return _explicit(suffix, start, words)
    label, after = _label(suffix, start, words)
    found = (PLACES if label else PLAIN).match(suffix, after)
    if not found:
        return None, suffix
    value = found[0]
    trimmed = value.rstrip(".:!?") if not label or value[-1] in ".:!?" else value
    end = after + len(trimmed)
    return Locator(label=label or "page", value=" ".join(trimmed.split())), suffix[end:]


def _explicit(suffix: str, start: int, words: dict[str, str]) -> tuple[Locator | None, str]:
    """``{…}`` says where the locator ends; ``{}`` says that there is none."""
    depth = 0
    for index in range(start, len(suffix)):
        depth += {"{": 1, "}": -1}.get(suffix[index], 0)
        if depth == 0:
            inner, rest = suffix[start + 1 : index].strip(), suffix[index + 1 :]
            if not inner:
                return None, rest
            label, after = _label(inner, 0, words)
            return Locator(label=label or "page", value=inner[after:].strip()), rest
    return None, suffix


def _label(text: str, start: int, words: dict[str, str]) -> tuple[str | None, int]:
    """The locator word at ``start``, longest first, and where what it counts begins."""
    found = re.compile(r"(?:sub verb(?:o|is)|s\.vv?\.|[^\W\d]+\.?|¶+|§+)", re.IGNORECASE).match(text, start)
    if not found:
        return None, start
    word = found[0].lower()
    for candidate in (word, word.rstrip("."), f"{word.rstrip('.')}."):
        if candidate in words:
            gap = re.compile(r"\s*").match(text, found.end())
            return words[candidate], gap.end() if gap else found.end()
    return None, start
