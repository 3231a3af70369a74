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
PAGES = sorted(
    path.relative_to(REPOSITORY).as_posix() for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"))
)
DESIGNS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for folder in (REPOSITORY / "layouts", REPOSITORY / "styles", PACKAGE / "html" / "templates", PACKAGE / "starter")
    for path in folder.rglob("*")
    if path.suffix in {".css", ".toml", ".j2", ".csl"}
)
VOCABULARIES = {"checks/rules/wording/passive.py": "participles that the rule looks for"}
"""Modules whose texts are lists of words, and what these are for."""

OPENING = re.compile(r"\W*(?:What|Where|How|Which|Whether)\b")
UNPLAIN = re.compile(
    r"(?<!--)\b(?:stands(?! out)|stood|told|anew|afresh|doors?(?![- ]hangers?)|roomier|room|dress|dressed|crew|kept|remembered|comes along"
    r"|(?:is|are|was|were) asked for|taken over)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"^ *```.*?^ *```|`[^`]*`|“[^”]*”|\"[^\"\n]*\"|\b(?:is|are) kept\b|\| kept \|", re.DOTALL | re.MULTILINE
)
"""Examples and quotations in a page, and "kept" where it has its plain meaning: not taken away."""
CSS_NAME = re.compile(r"--[\w-]+")
"""A custom property of CSS, which is no word of a message."""
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->|^[ \t]*#[ \t].*?$", re.DOTALL | re.MULTILINE)


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
    texts = list(prose(file))
    found = [f"{line}: opens with {text.split()[0]}" for line, text in texts if OPENING.match(text)]
    found += [f"{line}: {word[0]}" for line, text in texts for word in UNPLAIN.finditer(text)]
    assert found == []


@pytest.mark.parametrize("folder", ["benchmarks", "docs/tools", "tests"])
def test_docstrings_of_tests_and_tools_open_plainly(folder: str) -> None:
    files = (file for file in sorted((REPOSITORY / folder).rglob("*.py")) if "broken" not in file.parts)
    texts = ((file, line, text) for file in files for line, text in prose(file))
    assert [f"{file.name}:{line} {text[:50]}" for file, line, text in texts if OPENING.match(text)] == []


def unplain(text: str) -> list[str]:
    """Return the words of the list in ``text``, each with its line."""
    return [f"{text.count(chr(10), 0, word.start()) + 1}: {word[0]}" for word in UNPLAIN.finditer(text)]


def blanked(found: re.Match[str]) -> str:
    """Return as many line ends as a stretch of text has, and nothing else of it."""
    return "\n" * found[0].count("\n")


def messages(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that people read: constants of several words that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    for node in constants:
        if isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


@pytest.mark.parametrize("page", PAGES)
def test_pages_use_plain_words(page: str) -> None:
    assert unplain(QUOTED.sub(blanked, (REPOSITORY / page).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("design", DESIGNS)
def test_comments_of_layouts_and_styles_use_plain_words(design: str) -> None:
    text = (REPOSITORY / design).read_text(encoding="utf-8")
    assert [word for comment in COMMENT.findall(text) for word in unplain(comment)] == []


def test_messages_use_plain_words() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}: {word[0]}"
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.relative_to(PACKAGE).as_posix() not in VOCABULARIES
        for line, text in messages(file)
        for word in UNPLAIN.finditer(CSS_NAME.sub("", text))
    ]
    assert found == []


def test_the_checks_find_what_they_look_for(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text('"""What it is."""\nVALUE = 1\n"""Kept for later."""\n# Where it comes from.\n')
    assert [line for line, text in prose(file) if OPENING.match(text)] == [1, 4]
    assert [line for line, text in prose(file) if UNPLAIN.search(text)] == [3]
    file.write_text('def f():\n    """Kept here."""\n    return "the door is shut", "door"\n')
    assert [line for line, text in messages(file) if UNPLAIN.search(text)] == [3]
    page = "A door.\n```\na door\n```\n“a door”\n"
    assert unplain(QUOTED.sub(blanked, page)) == ["1: door"]
    assert COMMENT.findall("a { } /* door */\n# door\n{# door #}") == ["/* door */", "# door", "{# door #}"]
