r"""Conversion of English titles in title case into the sentence case in which CSL items are written.

BibLaTeX entries hold English titles in title case with braces around what must keep its capitals; a CSL style that
wants title case makes it itself. So the capitals outside braces go, as biblatex's ``\MakeSentenceCase`` does it.
Reference managers export titles as they were typed, though: a title that is in sentence case already keeps every
capital it has, since those are the capitals of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.bibliography.latex_text import FormattedRun
from leaflet.bibliography.proper_nouns import NAMES, PHRASES

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AFTER_STOP = re.compile(r"[:.?!—][\s“‘’`\"'(\[¿¡«„]+$")
_OPENERS = " \t\u00a0“‘’`\"'([¿¡«„"

_SMALL = frozenset(
    "a an the and but or nor for yet so as if than that when while because although though until unless since whether "
    "about above across after against along among amid around at before behind below beneath beside besides between "
    "beyond by concerning despite down during except from in inside into like near of off on onto out outside over past "
    "per regarding through throughout to toward towards under underneath up upon versus via vs with within without "
    "de del der des die du el et la le les van von zu y e is its it be are".split()
)
"""Words that title case may leave in small letters: articles, conjunctions and prepositions (The Chicago Manual of
Style 8.159 and APA 6.17 differ in the longer ones and in forms of to be), and those of names from other languages."""
_STRAGGLERS = 4
"""One word in so many may be in small letters by mistake before a title no longer counts as title case."""

_BEFORE_NAMES = re.compile(r"\b(?:Dr|Drs|Mr|Mrs|Ms|Mx|Prof|Rev|Hon|Gov|Sen|Gen|Capt|Lt|Col|Sgt|St|Ste|Sts|Mt|Ft)\.\s+$")
"""Titles and their like, behind which a name follows."""
_INITIALS = re.compile(r"(?<![^\W\d_.])(?:[^\W\d_]\.\s?)+$")
_STATES = re.compile(
    r"(?:U\.\s?S\.(?:\s?A\.)?|U\.\s?K\.|E\.\s?U\.|U\.\s?N\.|D\.\s?C\.|[ap]\.\s?m\.)\s+$", re.IGNORECASE
)
_MONTHS = ("March", "May", "August")
"""Months that are other words too: names beside the number of a day or a year."""
_AFTER_DAY = re.compile(r"\d[ –-]$")
_BEFORE_DAY = re.compile(r" \d")
_ABBREVIATED = re.compile(r"\b(?:vs|vol|vols|pp|ca|cf|al|approx|dept|univ)\.\s+$", re.IGNORECASE)
"""Abbreviations behind which a sentence goes on."""


_GERMAN = frozenset(
    "das und für im zur zum mit auf dem eine einer eines einem bei über nach aus als oder zwischen durch gegen unter vom "
    "beim ist nicht sich auch wird werden ihre seine deutsche deutschen".split()
)
_ENGLISH = frozenset("the of and a an to for with on by from how what why".split())


def _is_german(title: str) -> bool:
    """Return whether a title is in German, whose nouns have capitals in sentences too."""
    words = set(re.findall(r"[^\W\d_]+", title.lower()))
    return not words & _ENGLISH and (bool(words & _GERMAN) or any(letter in title for letter in "äöüß"))


def sentence_case(runs: tuple[FormattedRun, ...]) -> tuple[FormattedRun, ...]:
    """Lower the first capital of each unprotected word, except at the start and after a colon, stop or question mark.

    Words with capitals further inside (DNA, iPhone, McDonald) are left: nobody means them to be lowered.
    """
    if not is_title_case(runs):
        return runs
    done: list[FormattedRun] = []
    before = ""
    for run in runs:
        text = run.text if run.protected else _lowered(run.text, before)
        done.append(FormattedRun(text=text, marks=run.marks))
        before += run.text
    return tuple(done)


def is_title_case(runs: tuple[FormattedRun, ...]) -> bool:
    """Return whether a title capitalises its words throughout; protected words and the first ones say nothing."""
    if _is_german("".join(run.text for run in runs)):
        return False
    small = capital = 0
    for word in _telling(runs):
        small += word.islower()
        capital += is_capitalised(word)
    return small == 0 or small * _STRAGGLERS < small + capital


def _telling(runs: tuple[FormattedRun, ...]) -> Iterator[str]:
    """Yield the words whose case depends on how the whole title is written."""
    before = ""
    for run in runs:
        for match in WORD.finditer("" if run.protected else run.text):
            word, at = match[0], match.start()
            lead = run.text[max(0, at - 24) : at] if at >= 24 else (before + run.text[:at])[-24:]
            if (
                len(word) > 1
                and lead[-1:] not in "-–/’'"
                and word.lower() not in _SMALL
                and not starts_sentence(lead)
                and not _after_abbreviation(lead)
            ):
                yield word
        before += run.text


def _lowered(text: str, before: str) -> str:
    phrases = [match.span() for match in PHRASES.finditer(text)]

    def lower(match: re.Match[str]) -> str:
        word, at = match[0], match.start()
        lead = text[at - 24 : at] if at >= 24 else (before + text[:at])[-24:]
        if starts_sentence(lead) or not is_capitalised(word) or _BEFORE_NAMES.search(lead):
            return word
        if word.lower() in NAMES or any(start <= at < end for start, end in phrases):
            return word
        if word in _MONTHS and (_AFTER_DAY.search(lead) or _BEFORE_DAY.match(text[match.end() :])):
            return word
        if _is_abbreviation(word, text[match.end() :]) or (_INITIALS.search(lead) and not _STATES.search(lead)):
            return word
        # A lone capital (vitamin D, X-ray, a middle initial) is a name of its own; only the article is not.
        return word if len(word) == 1 and word != "A" else word.lower()

    return WORD.sub(lower, text)


def _is_abbreviation(word: str, rest: str) -> bool:
    """Return whether the word is one of the titles before names, with its stop."""
    return rest.startswith(". ") and bool(_BEFORE_NAMES.search(f"{word}. "))


def _after_abbreviation(lead: str) -> bool:
    lead = lead[-24:]  # longer than any abbreviation or row of initials
    return "." in lead and any(pattern.search(lead) for pattern in (_BEFORE_NAMES, _INITIALS, _ABBREVIATED))


def starts_sentence(lead: str) -> bool:
    """Return whether the word after ``lead`` is the first of a title or of a subtitle.

    The stop of an abbreviation ends no sentence.
    """
    if not lead.strip(_OPENERS):
        return True
    return bool(_AFTER_STOP.search(lead[-12:])) and not _after_abbreviation(lead)


def is_capitalised(word: str) -> bool:
    """Return whether the first letter alone is a capital."""
    return word[0].isupper() and word[1:] == word[1:].lower()
