"""The words before the numbers of figures, tables and other places, by language."""

from __future__ import annotations

WORDS = {
    "ar": ("الشكل", "الجدول", "القسم", "المعادلة", "القائمة"),
    "cs": ("Obrázek", "Tabulka", "Oddíl", "Rovnice", "Výpis"),
    "cy": ("Ffigur", "Tabl", "Adran", "Hafaliad", "Rhestr"),
    "da": ("Figur", "Tabel", "Afsnit", "Ligning", "Kode"),
    "de": ("Abbildung", "Tabelle", "Abschnitt", "Gleichung", "Listing"),
    "en": ("Figure", "Table", "Section", "Equation", "Listing"),
    "es": ("Figura", "Tabla", "Sección", "Ecuación", "Listado"),
    "fi": ("Kuva", "Taulukko", "Luku", "Yhtälö", "Listaus"),
    "fr": ("Figure", "Tableau", "Section", "Équation", "Listing"),
    "he": ("איור", "טבלה", "סעיף", "משוואה", "קוד"),
    "it": ("Figura", "Tabella", "Sezione", "Equazione", "Listato"),
    "nb": ("Figur", "Tabell", "Avsnitt", "Ligning", "Kode"),
    "nl": ("Figuur", "Tabel", "Paragraaf", "Vergelijking", "Codeblok"),
    "pl": ("Rysunek", "Tabela", "Rozdział", "Równanie", "Listing"),
    "pt": ("Figura", "Tabela", "Secção", "Equação", "Listagem"),
    "ru": ("Рисунок", "Таблица", "Раздел", "Уравнение", "Листинг"),
    "sv": ("Figur", "Tabell", "Avsnitt", "Ekvation", "Kod"),
    "zh": ("图", "表", "节", "方程", "代码"),
}
KINDS = ("figure", "table", "section", "equation", "listing")
STATEMENTS = {
    "theorem": "Theorem",
    "lemma": "Lemma",
    "corollary": "Corollary",
    "proposition": "Proposition",
    "conjecture": "Conjecture",
    "definition": "Definition",
    "example": "Example",
    "exercise": "Exercise",
    "proof": "Proof",
    "remark": "Remark",
    "axiom": "Axiom",
    "algorithm": "Algorithm",
    "assumption": "Assumption",
    "observation": "Observation",
    "property": "Property",
    "criterion": "Criterion",
}
"""Words of mathematics, in English: leaflets of other languages name them in their own text."""

STATEMENT_LABEL = "statement-label"
"""The class of the word before a statement, and of its number and title."""


def reference_word(kind: str, language: str) -> str:
    """Return the word before the number of a place, in ``language`` or else in English.

    >>> reference_word("table", "de-AT")
    'Tabelle'
    """
    if kind in STATEMENTS:
        return STATEMENTS[kind]
    words = WORDS.get(language.split("-")[0].lower(), WORDS["en"])
    return words[KINDS.index(kind)]
