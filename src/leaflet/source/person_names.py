"""Names of persons in one text, read as family and given names, or as an organisation's name."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "af al bin d' da dal de del della den der des di dos du el la le ten ter van vom von zu zur".split()
)

ORGANISATION_WORDS = frozenset(
    "academy agency alliance archive archives association authority board bureau cancer care centre center charity "
    "church clinic club college commission committee company consortium corporation council department division "
    "editors foundation fund government group guild health hospital inc institute institution laboratory league "
    "library limited ltd ministry museum network nhs office organisation organization partnership press programme "
    "project trust research school service services society studio support surgery team union university and & of "
    "for the gmbh".split()
)
"""Words that occur in the names of organisations and not in those of people."""


def read_name(text: str) -> dict[str, str]:
    """Return the parts of a name.

    >>> read_name("Ludwig van Beethoven")
    {'given': 'Ludwig', 'particle': 'van', 'family': 'Beethoven'}
    >>> read_name("Riverside Health Library")
    {'literal': 'Riverside Health Library'}
    """
    name = " ".join(text.split())
    words = name.split(" ")
    if len(words) == 1 or len(words) > 6 or any(_plain(word) in ORGANISATION_WORDS for word in words):
        return {"literal": name}
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return {"family": family, "given": given} if family and given else {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES and words[start - 1].islower():
        start -= 1
    parts = {"given": " ".join(words[:start])}
    particle = " ".join(words[start:-1])
    if particle:
        parts["particle"] = particle
    return {**parts, "family": words[-1]}


def _plain(word: str) -> str:
    return re.sub(r"[.,;:()]", "", word).lower()
