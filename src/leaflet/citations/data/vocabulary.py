"""The item types and variables of CSL 1.0.2 (specification, appendices III and IV)."""

from __future__ import annotations

TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
AUDIOVISUAL_TYPES = frozenset(["broadcast", "interview", "motion_picture", "performance", "song", "speech"])
"""Types whose works are heard or watched."""
LEGAL_TYPES = frozenset(["bill", "hearing", "legal_case", "legislation", "regulation", "treaty"])
"""Types whose works are cited by their title, not by an author."""
DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editor-translator",
        "editorial-director",
        "editortranslator",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
NUMBERS = frozenset(
    [
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part-number",
        "printing-number",
        "section",
        "supplement-number",
        "version",
        "volume",
    ]
)
LOCATORS = frozenset(
    [
        "act",
        "appendix",
        "article-locator",
        "article",
        "book",
        "canon",
        "chapter",
        "column",
        "elocation",
        "equation",
        "figure",
        "folio",
        "issue",
        "line",
        "note",
        "opus",
        "page",
        "paragraph",
        "part",
        "rule",
        "scene",
        "section",
        "sub-verbo",
        "sub",
        "verbo",
        "supplement",
        "table",
        "timestamp",
        "title",
        "title-locator",
        "verse",
        "version",
        "volume",
    ]
) | {"sub verbo"}

# Beginnings of locators that carry their label in their text, in English.
LOCATOR_ABBREVIATIONS = {
    "art": "article", "bk": "book", "bks": "book", "ch": "chapter", "chap": "chapter", "chaps": "chapter",
    "col": "column", "cols": "column", "fig": "figure", "figs": "figure", "fol": "folio", "fols": "folio",
    "l": "line", "ll": "line", "n": "note", "nn": "note", "no": "issue", "nos": "issue", "op": "opus", "p": "page",
    "pp": "page", "para": "paragraph", "paras": "paragraph", "pt": "part", "pts": "part", "sec": "section",
    "secs": "section", "v": "verse", "vv": "verse", "vol": "volume", "vols": "volume",
}  # fmt: skip

# Names that other programs give to variables, with their names in CSL.
ALIASES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "type": "type",
}
