"""Colour as the only signal.

What it finds:
Sentences that point to something by its colour alone: "the red words", "shown in green", "marked in blue".

Why:
WCAG 1.4.1: about 1 in 12 men do not see some colours, and leaflets are copied in black and white.

Bad:
    Do the exercises in green first.

Good:
    Do the exercises with a tick (in green) first.

When to ignore it:
Where the thing is of that colour in life, such as a pill; the rule looks for words about printing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

EN = r"red|green|blue|yellow|orange|purple|pink|grey|gray|brown"
DE = r"rot|grün|blau|gelb|orange|lila|rosa|grau|braun"
FR = r"rouge|vert|bleu|jaune|orange|violet|rose|gris|marron"
ES = r"rojo|verde|azul|amarillo|naranja|morado|rosa|gris|marrón"
PATTERNS = {
    "en": rf"\b(?:shown|marked|printed|written|highlighted|coloured|colored|listed|given|set)\s+in\s+(?:{EN})\b"
    rf"|\bthe\s+(?:{EN})\s+(?:words?|text|lines?|box(?:es)?|bars?|parts?|items?|headings?|areas?|columns?|rows?|cells?)\b"
    rf"|\bthe\s+(?:words?|text|lines?|items?|parts?|exercises?|bars?|areas?)\s+in\s+(?:{EN})\b",
    "de": rf"\b(?:{DE})\s+(?:markiert|gedruckt|hervorgehoben|gekennzeichnet|dargestellt|geschrieben|unterlegt)\w*"
    rf"|\bin\s+(?:{DE})\s+(?:markiert|gedruckt|dargestellt)\w*|\bdie\s+(?:{DE})en\s+(?:Wörter|Zeilen|Felder|Balken|Kästen)\b",
    "fr": rf"\b(?:indiqué|marqué|écrit|imprimé|surligné|signalé)e?s?\s+en\s+(?:{FR})\b",
    "es": rf"\b(?:indicad|marcad|escrit|impres|resaltad|señalad)[oa]s?\s+en\s+(?:{ES})\b",
}
BESIDE = re.compile(r"\(|\bwith an?\b|\band (?:bold|underlined)\b|\bund fett\b|\bmit\b|\bet en gras\b|\by en negrita\b")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield words that point by colour."""
    pattern = PATTERNS.get(subject.language)
    for passage in subject.passages if pattern else ():
        found = re.search(pattern, passage.sentence.text, re.IGNORECASE) if pattern else None
        if found and not BESIDE.search(passage.sentence.text):
            start = passage.sentence.start + found.start()
            hint = "add a sign, a word or bold type that says the same"
            message = f'"{" ".join(found[0].split())}" points by colour alone'
            yield subject.hit(passage.block, start, len(found[0]), message, hint)


RULE = Rule(code="L407", name="colour-alone", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
