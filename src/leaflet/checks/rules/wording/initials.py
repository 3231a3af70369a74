"""Initials that are never spelled out.

What it finds:
Words of two to six capitals that no place in the leaflet spells out: neither "multiple sclerosis (MS)" nor "MS
(multiple sclerosis)", nor words in a row with these first letters. Some that everybody knows are not looked for.

Why:
The CDC index (item 7), the NHS content guide and easy read ask to explain initials where they come first.

Bad:
    COPD makes you short of breath.

Good:
    Chronic obstructive pulmonary disease (COPD) makes you short of breath.

When to ignore it:
Where the initials are a name that nobody spells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

INITIALS = re.compile(r"(?<![\w&./-])[A-ZÄÖÜÉ][A-ZÄÖÜÉ]{1,5}(?:s)?(?![\w&]|-\d|[’'][a-z]?\w|\.\w)")
KNOWN = frozenset(
    "MIT NHS UK US USA EU UN WHO GP GPs DNA HIV AIDS BBC CD DVD PDF TV PC ID OK AM PM SOS QR URL HTML ISBN DOI UTC BC AD CC BY SA "
    "NC ND PIN SMS GPS FAQ CEO VAT PO COVID IT MRI CT ECG MP MPs IQ LGBT LGBTQ SPF XL XXL "
    "DIN BRD DDR EKG CDU SPD ARD ZDF LKW PKW WC AG GMBH GMBH EV ICD TÜV SNCF RER SAMU SIDA VIH ADN ONG ONU UE OMS TVA IVA "
    "DNI EPS NIE AVE SOS MS".split()
) - {"MS"}
ROMAN = re.compile(r"[IVXLCDM]+")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield the first place of initials that the leaflet does not explain."""
    everything = " ".join([subject.metadata.title, subject.metadata.audience, *(block.text for block in subject.texts)])
    names = " ".join([subject.metadata.publisher, *(author.name for author in subject.metadata.authors)])
    seen: set[str] = set()
    for block in subject.own_texts:
        if _is_shouting(block.text):
            continue
        for found in INITIALS.finditer(block.text):
            word = found[0].removesuffix("s") if found[0][-1:] == "s" else found[0]
            if word in seen or word in KNOWN or found[0] in KNOWN or ROMAN.fullmatch(word) or not word.isalpha():
                continue
            seen.add(word)
            if not _is_explained(word, everything) and word not in names.split():
                message = f'"{word}" is never spelled out'
                hint = f"spell it out where it comes first: the words ({word})"
                yield subject.hit(block, found.start(), len(found[0]), message, hint)


def _is_shouting(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and sum(word.isupper() for word in words) > len(words) / 2


def _is_explained(word: str, everything: str) -> bool:
    letters = re.escape(word)
    if re.search(rf"\w\W+\({letters}s?(?:[,;][^)]*)?\)|\b{letters}s?\s\((?=[^)]*\w+\W+\w+)", everything):
        return True
    gaps = r"(?:\W+(?:of|the|and|for|in|de|der|des|und|et|la|le|du|y|del)\b)*\W+"
    spelled = gaps.join(rf"{re.escape(letter)}\w+" for letter in word)
    return re.search(rf"\b{spelled}", everything, re.IGNORECASE) is not None


RULE = Rule(code="L206", name="initials", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
