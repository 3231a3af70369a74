"""Documents in the habits of other programs build unchanged, and no word of theirs is lost without a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare import DAY, HERE, compared, documents, explanations, printed, unexplained

from leaflet.errors import Severity
from leaflet.pipeline import Choices, compose

DOCUMENTS = documents()
ON_PAPER = ("pandoc/03", "pandoc/08", "quarto/01", "rmarkdown/08", "myst/01", "joss/01", "github/01")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_no_word_is_lost_without_a_warning_or_a_reason(path: Path) -> None:
    assert unexplained(path, compared(path)) == set()


def test_there_are_ten_documents_for_each_program() -> None:
    counts = {folder.name: len(list(folder.glob("[0-9]*.md"))) for folder in HERE.iterdir() if folder.is_dir()}
    counts.pop("__pycache__", None)
    assert set(counts) == {"pandoc", "quarto", "rmarkdown", "myst", "joss", "github"}
    assert min(counts.values()) >= 10


def test_a_lost_word_would_be_noticed() -> None:
    path = next(path for path in DOCUMENTS if name(path) == "pandoc/06-parish-minutes")
    outcome = compared(path)
    outcome.missing["lamps"] += 1
    assert unexplained(path, outcome) == {"lamps"}


@pytest.mark.parametrize("key", sorted(explanations()))
def test_each_reason_explains_a_difference_that_is_there(key: str) -> None:
    path = HERE / f"{key}.md"
    missing = compared(path).missing
    for reason, text in explanations()[key].items():
        for word in text.split():
            assert word in missing, f"{reason}: {word}"


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if name(path).startswith(ON_PAPER)], ids=name)
def test_documents_are_set_on_paper(path: Path) -> None:
    made = compose(path, Choices(layout="handout-a4", formats=("pdf",)), today=DAY)
    assert made.files[f"{path.stem}.pdf"].startswith(b"%PDF")


def test_warnings_have_places_and_hints() -> None:
    for path in DOCUMENTS:
        for problem in printed(path)[1]:
            assert problem.severity is Severity.WARNING
            assert problem.location is not None, problem
            assert problem.hint, problem


def test_references_within_a_document_have_numbers_and_words_of_its_language() -> None:
    page = printed(HERE / "quarto" / "01-water-study.md")[0]
    for place, text in (("fig-map", "Figure"), ("tbl-wells", "Table"), ("eq-mean", "Equation")):
        assert f'<a href="#{place}">{text}\u00a01</a>' in page
    assert '<a href="#sec-methods">Section\u00a02</a>' in page
    german = printed(HERE / "quarto" / "09-paper-de.md")[0]
    assert "Siehe <a" in german
    assert ">Abbildung\u00a01</a>" in german
