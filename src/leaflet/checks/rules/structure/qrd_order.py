"""Headings of a package leaflet in another order.

What it finds:
Headings that are those of the QRD template for package leaflets, in another order, and parts that are missing.

Why:
Directive 2001/83/EC, article 59, and the EMA's QRD template set six parts and their order.

Bad:
    ## 2. How to take it

    ## 1. What it is and what it is used for

Good:
    ## 1. What it is and what it is used for

    ## 2. What you need to know before you take it

When to ignore it:
In a leaflet about a medicine that is not its package leaflet: do not use the pack ``qrd`` for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

PARTS = {
    "en": (
        r"what .+ (?:is|are) and what (?:it is|they are) used for",
        r"what you need to know before",
        r"how to (?:take|use|give)",
        r"possible side effects",
        r"how to store",
        r"contents of the pack",
    ),
    "de": (
        r"was ist .+ und wofür",
        r"was sollten sie vor der",
        r"wie ist .+ (?:einzunehmen|anzuwenden)",
        r"welche nebenwirkungen",
        r"wie ist .+ aufzubewahren",
        r"inhalt der packung",
    ),
    "fr": (
        r"qu[’']est-ce que .+ et dans quels? cas",
        r"quelles sont les informations à connaître",
        r"comment (?:prendre|utiliser)",
        r"quels sont les effets indésirables",
        r"comment conserver",
        r"contenu de l[’']emballage",
    ),
    "es": (
        r"qué es .+ y para qué se utiliza",
        r"qué necesita saber antes",
        r"cómo (?:tomar|usar)",
        r"posibles efectos adversos",
        r"conservación de",
        r"contenido del envase",
    ),
}


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield parts in a wrong place, then those that are missing."""
    latest = -1
    seen: set[int] = set()
    parts = PARTS.get(subject.language, ())
    for block in subject.headings():
        number = next((index for index, part in enumerate(parts) if re.search(part, block.text, re.IGNORECASE)), None)
        if number is None:
            continue
        seen.add(number)
        if number < latest:
            message = f"this is part {number + 1} of a package leaflet, but it comes after part {latest + 1}"
            yield subject.hit(block, 0, len(block.text), message, "keep the order of the QRD template")
        latest = max(latest, number)
    missing = [str(index + 1) for index in range(len(parts)) if index not in seen]
    if missing:
        named = "part {} of a package leaflet is" if len(missing) == 1 else "parts {} of a package leaflet are"
        hint = "the QRD template names the headings"
        yield Hit(message=f"{named.format(', '.join(missing))} missing", at=subject.key("title"), hint=hint)


RULE = Rule(code="L409", name="qrd-order", area=Area.SOURCE, packs=packs(Pack.QRD), check=find, page=__doc__)
