"""Passive sentence.

What it finds:
Sentences in which a form of "to be" (or "werden", "être", "ser") goes with a past participle, so that nobody acts.

Why:
The CDC index (item 6), PEMAT and the NHS content guide ask for the active voice: it says who does what.

Bad:
    The dressing must be changed every day.

Good:
    Change the dressing every day.

When to ignore it:
Where nobody knows who acts, or it does not matter: "You may be given an injection."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

IRREGULAR = (
    "given taken made done seen known shown held found put kept left sent told brought bought built caught chosen cut "
    "drawn driven eaten felt fed hidden hurt laid led lent lost meant paid read said sold shut spent spread stolen taught "
    "thrown understood withdrawn written worn begun broken forgotten frozen grown set run"
)
ADJECTIVES = (
    "allowed based concerned interested involved pleased prepared related tired used worried married advanced complicated "
    "limited experienced needed required supposed scared stressed excited embarrassed confused advised vaccinated "
    "dehydrated infected pregnant affected swollen bruised blocked closed opened retired qualified registered disabled "
    "entitled overweight relaxed bored surprised satisfied composed designed intended located situated dedicated committed "
    "trusted quarantined hidden skilled trained detailed immunocompromised compromised malnourished informed"
)
SMALL = "not also always never often usually then only first still fully partly well soon being normally sometimes"
EN = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|isn[’']t|aren[’']t|wasn[’']t|weren[’']t)\s+(?:(?:{'|'.join(SMALL.split())})\s+)*"
    rf"(?!(?:{'|'.join(ADJECTIVES.split())})\b)(?:\w{{3,}}(?<!e)ed|{'|'.join(IRREGULAR.split())})\b(?!-|\s+as\b)",
    re.IGNORECASE,
)
FUTURE = "gehen geben gelten genießen gewinnen geschehen gefallen gehören gelingen genügen gestalten geraten gewähren gewöhnen gefährden"
"""Infinitives that look like participles: with "werden" they speak of what will be."""
DE = re.compile(
    r"\b(?:wird|werden|wurde|wurden)\b(?!\s+(?:und|oder)\b)(?:\s+[\w/-]+){0,15}?\s+"
    rf"(?!\w*(?:{'|'.join(FUTURE.split())})\b)(?:(?:\w{{2,6}})?ge\w+(?:t|en)|(?:be|ver|ent|er|zer)\w+t|\w+iert)"
    r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:und|oder|durch|von|als|wie|insbesondere|werden|worden)\b)"
)
FR = re.compile(
    r"\b(?:est|sont|sera|seront|était|étaient|été|être)\s+(?:\w+ment\s+)?"
    r"(?!(?:situé|âgé|allé|venu|parti|arrivé|né|resté|entré|tombé|monté|sorti|devenu|passé|retourné|rentré|décédé)e?s?\b)"
    r"\w{3,}(?:ées?|és?|ies?|ues?|uites?|uits?|ertes?|erts?)\s+par\b",
    re.IGNORECASE,
)
ES = re.compile(
    r"\b(?:es|son|será|serán|fue|fueron|sido|ser)\s+[^\Wáéíóú]{2,}(?:ad[oa]s?|id[oa]s?|ech[oa]s?|rit[oa]s?)\b",
    re.IGNORECASE,
)
PATTERNS = {"en": EN, "de": DE, "fr": FR, "es": ES}


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield passive sentences, marked at their verb."""
    pattern = PATTERNS.get(subject.language)
    for passage in subject.passages if pattern else ():
        found = pattern.search(passage.sentence.text) if pattern else None
        if found:
            start = passage.sentence.start + found.start()
            message = f'"{" ".join(found[0].split())}" is passive'
            yield subject.hit(
                passage.block, start, len(found[0]), message, "begin with who acts, or tell the reader to do it"
            )


RULE = Rule(
    code="L205", name="passive", area=Area.SOURCE, packs=packs(Pack.CDC, Pack.EASY_READ), check=find, page=__doc__
)
