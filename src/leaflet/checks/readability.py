"""Readability formulas, which only say which sections to look at first.

They count syllables and words, so they know nothing of sense: the NHS content guide advises against scores as a goal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from math import sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from leaflet.checks.sentences import LETTER_WORD, sentences

if TYPE_CHECKING:
    from leaflet.checks.source_subject import SourceSubject
    from leaflet.errors import Location

FEWEST_WORDS = 40
"""Below this a formula says nothing."""
MOST_SECTIONS = 3

VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "de": re.compile(r"aa|ee|ie|oo|ei|ai|au|äu|eu|[aeiouyäöü]"),
    "fr": re.compile(
        r"(?<![bcdfgptv][lr])i(?:eu|ai|au|[aeoéèêà])|eau|aî|ai|ei|oî|oi|oû|où|ou|au|eû|eu|œu|uî|ui|"
        r"[aeiouyàâäéèêëîïôöùûüœæ]"
    ),
    "es": re.compile(
        r"[iuü][aeoáéó][iuüy]?|[aeoáéó][iuüy](?![a-z])|[aeoáéó][iu]|[iu][iu]|[aeiouáéíóúü]|y(?![a-záéíóú])"
    ),
}


SPOKEN_ENT = frozenset(
    "absent accent accident adolescent agent apparent argent avent cent client cohérent compétent content continent couvent décent "
    "dent différent efficient équivalent évident excellent fréquent imminent incident indifférent intelligent lent "
    "occident orient parent patient permanent pertinent précédent présent président prudent quotient récent résident serpent "
    "silencieux souvent talent transparent urgent vent violent".split()
)
"""French words whose ending "-ent" is spoken, as in all that end in "-ment"; in verbs it is not."""


class Counts(Struct, frozen=True, kw_only=True):
    """Counts of a text that the formulas need."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int
    """Words of three syllables or more."""
    long_words: int
    """Words of more than six letters."""


def count_syllables(word: str, language: str) -> int:
    """Return the syllables of a word by the vowels in it, at least 1."""
    low = word.casefold()
    if language == "en":
        return max(1, _english_syllables(low))
    if language == "fr":
        low = _spoken_french(low)
    elif language == "es":
        low = SILENT_U.sub("", low)
    elif language == "de":
        low = re.sub(r"(?<=[dglnrst])ien$", "i-en", low)
    return max(1, len(VOWELS.get(language, VOWELS["en"]).findall(low)))


SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eéèêií])")


def _spoken_french(word: str) -> str:
    """Return a French word without letters that are written and not spoken, and without "y" between vowels."""
    is_spoken = word in SPOKEN_ENT
    word = re.sub(r"(?<=[aeou])y(?=[aeéèêio])", "", SILENT_U.sub("", word))
    word = re.sub(r"(?<=[éiu])es?$|(?<=ai|oi)ent$", "", word)
    return word if is_spoken else re.sub(r"(?<=[^aeiouyàâéèêîôû\W])(?:es?|(?<!m)(?<!^.)ent)$", "", word)


ONE_MORE = re.compile(
    r"(?<![ct])ia|(?:[ct]|sh)ia(?=t)|i(?:o(?!us|n)|u[ms])|(?<![ct])i(?=e(?:t|nc|nt))|sci(?=e)|cie(?=t)|(?<![ctg])iou(?=s)|"
    r"eo(?!us|ple)|eum|(?<![gq])ua|[^aeiouq]uou|creat|react|(?<=[aeiou][^aeiou])eas?$|(?<=\w)y(?=[aeiou])(?!es?$)|(?<![aeou])ier(?=s?$)|"
    r"(?<=[bcdfgklmnprtvz])[lr]e(?=s$)|(?<=[bcgt])re$|(?:be|do|go|se)ing|(?:th|s)m(?=s?$)"
)
"""Letters that make one syllable more than there are groups of vowels."""
ONE_LESS = re.compile(
    r"(?<=[^aeiouy])e$(?<![^aeiouy]le)|(?<=[^aeiouy])[lr]es$|(?<=[^aeiouytd])ed$(?<!hundred)|"
    r"(?<=[^aeiouysxzcg])es$(?<!ches)(?<!shes)|(?<=[^aeiouy])e(?:ly|ful|less|ness)|(?<=[^aeiouyl])ement|ically$|"
    r"que(?=s?$)|[aeo]gue(?=s?$)|^(?:every|business)|"
    r"^(?:some|else|there|where|here|time|pipe|type|frame|guide|life|home|care|name|space|safe|fire|whole)(?=[^aeiouysrd])"
)
"""Letters that make one syllable less, such as an "e" that is not spoken."""


def _english_syllables(word: str) -> int:
    parts = [part for part in re.split(r"[-’']", word) if part]
    return sum(
        max(1, len(VOWELS["en"].findall(part)) + len(ONE_MORE.findall(part)) - len(ONE_LESS.findall(part)))
        for part in parts
    )


def count(texts: Iterable[str], language: str) -> Counts:
    """Return the counts of ``texts``; each text ends its last sentence."""
    found = [LETTER_WORD.findall(sentence.text) for text in texts for sentence in sentences(text, language)]
    words = [word for sentence in found for word in sentence]
    syllables = [count_syllables(word, language) for word in words]
    return Counts(
        sentences=sum(bool(sentence) for sentence in found),
        words=len(words),
        syllables=sum(syllables),
        polysyllables=sum(number >= 3 for number in syllables),
        long_words=sum(len(word) > 6 for word in words),
    )


def flesch_reading_ease(counts: Counts) -> float:
    """Return Flesch's reading ease: 206.835 - 1.015 words per sentence - 84.6 syllables per word (Flesch 1948)."""
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def flesch_kincaid_grade(counts: Counts) -> float:
    """Return the US school year of Kincaid and others (1975)."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog_grade(counts: Counts) -> float:
    """Return McLaughlin's SMOG grade (1969), which is meant for 30 sentences."""
    return 1.0430 * sqrt(counts.polysyllables * 30 / counts.sentences) + 3.1291


def amstad_ease(counts: Counts) -> float:
    """Return Amstad's German form of the reading ease (1978)."""
    return 180 - counts.words / counts.sentences - 58.5 * counts.syllables / counts.words


def kandel_moles_ease(counts: Counts) -> float:
    """Return Kandel and Moles' French form of the reading ease (1958)."""
    return 207 - 1.015 * counts.words / counts.sentences - 73.6 * counts.syllables / counts.words


def fernandez_huerta_ease(counts: Counts) -> float:
    """Return Fernández Huerta's Spanish form of the reading ease (1959), with words per sentence."""
    return 206.84 - 60 * counts.syllables / counts.words - 1.02 * counts.words / counts.sentences


EASE: Mapping[str, Callable[[Counts], float]] = {
    "en": flesch_reading_ease,
    "de": amstad_ease,
    "fr": kandel_moles_ease,
    "es": fernandez_huerta_ease,
}


def hard_sections(subject: SourceSubject) -> tuple[tuple[str, Location | None], ...]:
    """Return the sections that the formula of the language finds hardest, each with its place.

    Only sections under 60 count, the value from which Flesch calls a text plain.
    """
    ease = EASE.get(subject.language)
    if ease is None:
        return ()
    groups: dict[str, list[str]] = {}
    places: dict[str, Location | None] = {}
    for passage in subject.passages:
        groups.setdefault(passage.block.section, []).append(passage.sentence.text)
        places.setdefault(passage.block.section, passage.block.location)
    scored: list[tuple[float, str]] = []
    for section, texts in groups.items():
        counts = count(texts, subject.language)
        if counts.words >= FEWEST_WORDS and (score := ease(counts)) < 60:
            scored.append((score, section))
    return tuple(_pointer(score, section, places) for score, section in sorted(scored)[:MOST_SECTIONS])


def _pointer(score: float, section: str, places: Mapping[str, Location | None]) -> tuple[str, Location | None]:
    name = f'"{section}"' if section else "the text before the first heading"
    return f"{name} (reading ease {score:.0f})", places[section]
