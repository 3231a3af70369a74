"""Readability formulas against hand counts, and syllables and sentences of chosen words and texts."""

from __future__ import annotations

import pytest

from leaflet.checks.readability import (
    Counts,
    amstad_ease,
    count,
    count_syllables,
    fernandez_huerta_ease,
    flesch_kincaid_grade,
    flesch_reading_ease,
    kandel_moles_ease,
    smog_grade,
)
from leaflet.checks.sentences import sentences

COUNTS = Counts(sentences=5, words=100, syllables=150, polysyllables=12, long_words=20)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (flesch_reading_ease, 206.835 - 1.015 * 20 - 84.6 * 1.5),
        (flesch_kincaid_grade, 0.39 * 20 + 11.8 * 1.5 - 15.59),
        (smog_grade, 1.043 * 72**0.5 + 3.1291),
        (amstad_ease, 180 - 20 - 58.5 * 1.5),
        (kandel_moles_ease, 207 - 1.015 * 20 - 73.6 * 1.5),
        (fernandez_huerta_ease, 206.84 - 60 * 1.5 - 1.02 * 20),
    ],
)
def test_a_formula_has_the_value_of_its_publication(formula: object, value: float) -> None:
    assert formula(COUNTS) == pytest.approx(value)  # type: ignore[operator]


def test_a_text_is_counted() -> None:
    counts = count(["The cat sat on the mat. It was happy."], "en")
    assert (counts.sentences, counts.words, counts.syllables, counts.polysyllables) == (2, 9, 10, 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            {"water": 2, "vaccine": 2, "treatment": 2, "medicine": 3, "area": 3, "wanted": 2, "helped": 1, "table": 2},
        ),
        ("de", {"Wasser": 2, "Impfung": 2, "Medizin": 3, "Bäuerin": 3, "heute": 2}),
        ("fr", {"eau": 1, "médecin": 3, "maladie": 3, "porte": 1}),
        ("es", {"agua": 2, "médico": 3, "ciudad": 2, "tiempo": 2}),
    ],
)
def test_syllables_of_words(language: str, words: dict[str, int]) -> None:
    assert {word: count_syllables(word, language) for word in words} == words


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Ask Dr. Bell. She is in at 9 a.m. on weekdays. Take 2.5 mg, e.g. with water.", 3),
        ("de", "Nehmen Sie z. B. Tee. Am 3. Oktober ist zu. Fragen Sie Dr. Bell!", 3),
        ("fr", "Demandez à M. Petit. Prenez 2,5 mg, p. ex. le soir.", 2),
        ("es", "Pregunte a la Dra. Gil. ¿Tiene fiebre? Llame.", 3),
    ],
)
def test_sentences_are_divided_where_they_end(language: str, text: str, number: int) -> None:
    assert len(list(sentences(text, language))) == number
