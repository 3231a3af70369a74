"""The glossary against the other pages: its terms are in use, and abbreviations that the pages use are in it."""

from __future__ import annotations

import re
from collections import defaultdict

from documented import REPOSITORY

GLOSSARY = REPOSITORY / "docs" / "glossary.md"
PAGES = [REPOSITORY / "README.md", *sorted(set((REPOSITORY / "docs").glob("*.md")) - {GLOSSARY})]
GENERATED = {
    "rules.md",
    "gallery.md",
    "citation-manuals.md",
    "citation-deviations.md",
    "check-corpus.md",
    "conformance.md",
    "hostile-inputs.md",
}
"""Pages of examples and tables, whose abbreviations are those of their sources."""
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
ABBREVIATION = re.compile(r"(?<![\w/-])[A-Z][A-Z]{1,}(?:[/-][A-Z]+)?(?![\w-])")
EVERYDAY = set(
    "AVIF CSV GIF HTML HTTP JPEG JSON MB NHS PDF PNG QR README SECURITY SVG TOML UK URL US UTF XML YAML ZIP CSS IDE CI".split()
)
"""Formats and words that readers of these pages know."""


def terms() -> list[str]:
    """Return the words that the glossary explains; a row may explain several."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return [term for row in rows if row != "Word" for term in row.split(", ")]


def test_a_term_is_explained_once() -> None:
    found = [term.casefold() for term in terms()]
    assert sorted(found) == sorted(set(found))


def test_every_term_is_used_in_a_page_or_in_the_code() -> None:
    files = [*PAGES, *(REPOSITORY / "src").rglob("*.py"), *(REPOSITORY / "layouts").rglob("*.css")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files).casefold()
    assert [term for term in terms() if not re.search(rf"\b{re.escape(term.casefold())}", text)] == []


def test_abbreviations_of_several_pages_are_explained() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for page in PAGES:
        if page.name not in GENERATED:
            for word in ABBREVIATION.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
                used[word].add(page.name)
    known = " ".join(terms())
    missing = {word for word, pages in used.items() if len(pages) > 1 and word not in EVERYDAY and word not in known}
    assert missing == set()
