"""The leaflets to begin with: whole in every language, and clean to the last finding in some variant of each."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from leaflet import Workspace
from leaflet.starter import LANGUAGES, Answers, read_starter, starter_files, starter_names, starter_summaries

DAY = date(2026, 6, 1)
CLEAR = {"handout", "poster"}
"""Starters whose layouts have space for the large type of the style ``clear``."""
EXAMINED = [
    (
        name,
        LANGUAGES[number % len(LANGUAGES)],
        "clear" if name in CLEAR else "editorial" if number // 2 % 2 else "clinic",
    )
    for number, name in enumerate(starter_names())
]
"""One language and style for each starter, each language several times; benchmarks/starters.py runs all."""
DONE = {(name, language) for name, language, _ in EXAMINED}
TRANSLATED = [pair for pair in product(starter_names(), LANGUAGES[1:]) if pair not in DONE]


def workspace_with(name: str, language: str, folder: Path) -> Path:
    """Write the workspace of a starter and return the path of its source."""
    for path, content in starter_files(read_starter(name, language), Answers(), DAY).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / "source" / f"{name}.md"


def test_there_are_twelve_in_four_languages_and_each_is_described() -> None:
    assert set(starter_names()) == set(
        "medicine operation service event handout zine menu programme museum rights booklet poster".split()
    )
    assert LANGUAGES == ("en", "de", "fr", "es")
    assert all(20 < len(about) < 110 for about in starter_summaries().values())
    assert {language for _, language, _ in EXAMINED} == set(LANGUAGES)
    assert {style for _, _, style in EXAMINED} == {"clinic", "editorial", "clear"}


@pytest.mark.parametrize(("name", "language"), list(product(starter_names(), LANGUAGES)))
def test_no_mark_is_left_and_all_languages_have_the_same_parts(name: str, language: str, tmp_path: Path) -> None:
    source = workspace_with(name, language, tmp_path).read_text(encoding="utf-8")
    english = read_starter(name, "en").source
    assert not re.search(r"@[A-Z]+@", source)
    assert "example.org" in (tmp_path / "leaflet.toml").read_text(encoding="utf-8") + source
    assert source.count("\n## ") == english.count("\n## ")
    assert source.count("\n::: ") == english.count("\n::: ")
    assert re.findall(r"\[@\w+", source) == re.findall(r"\[@\w+", english)
    assert f"lang: {'en-GB' if language == 'en' else language}\n" in source


@pytest.mark.parametrize(("name", "language", "style"), EXAMINED)
def test_a_starter_fits_and_the_check_finds_nothing(name: str, language: str, style: str, tmp_path: Path) -> None:
    source = workspace_with(name, language, tmp_path)
    examined = Workspace(tmp_path).examine(source, style=style, today=DAY)
    assert [str(finding) for finding in examined.everything] == []
    assert examined.fit is not None


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_the_web_page_of_a_starter_is_made_without_a_complaint(name: str, language: str, tmp_path: Path) -> None:
    source = workspace_with(name, language, tmp_path)
    made = Workspace(tmp_path).compose(source, formats=("html",), today=DAY)
    assert [str(problem) for problem in made.problems] == []
