"""Docstrings, comments and pages in plain words: the noun or verb of the thing first, and none of the words below."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from documented import REPOSITORY

PACKAGE = REPOSITORY / "src" / "leaflet"
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/glossary.md", "docs/python.md")

OPENING = re.compile(r"\W*(?:What|Where|How|Which|Whether)\b")
UNPLAIN = re.compile(
    r"\b(?:stands|stood|told|anew|afresh|doors?|roomier|room|dress|dressed|crew|kept|remembered|comes along"
    r"|(?:is|are|was|were) asked for|taken over)\b",
    re.IGNORECASE,
)


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and comments of a module with their lines; docstrings of attributes too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value
    with file.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_docstrings_and_comments_use_plain_words(file: Path) -> None:
    found = [f"{line}: opens with {text.split()[0]}" for line, text in prose(file) if OPENING.match(text)]
    found += [f"{line}: {word[0]}" for line, text in prose(file) for word in UNPLAIN.finditer(text)]
    assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_use_plain_words(page: str) -> None:
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    found = [f"{text.count(chr(10), 0, word.start()) + 1}: {word[0]}" for word in UNPLAIN.finditer(text)]
    assert found == []


def test_the_checks_find_what_they_look_for(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text('"""What it is."""\nVALUE = 1\n"""Kept for later."""\n# Where it comes from.\n')
    assert [line for line, text in prose(file) if OPENING.match(text)] == [1, 4]
    assert [line for line, text in prose(file) if UNPLAIN.search(text)] == [3]
