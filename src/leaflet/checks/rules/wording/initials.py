"""Initials that are never spelled out.

What it finds:
Words of two to six capitals that no place in the leaflet spells out: neither "multiple sclerosis (MS)" nor "MS
(multiple sclerosis)", nor words in a row with these first letters. It leaves out some that everybody knows, initials of
the authors, initials at the beginning of a name such as "IWK Health Centre", words that are in capitals for emphasis, and longer ones that are read as a word, as many trade names are.

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

INITIALS = re.compile(r"(?<![\w&./-])[A-ZÄÖÜÉ][A-ZÄÖÜÉ]{1,5}(?:s)?(?![\w&]|-\d|-[A-Z]{2}|[’'][a-z]?\w|\.\w)")
KNOWN = frozenset(
    "BWV RV HWV KV MIT NHS UK US USA EU UN WHO GP GPs DNA HIV AIDS BBC CD DVD PDF TV PC ID OK AM PM SOS QR URL HTML ISBN DOI UTC BC AD CC BY SA "
    "NC ND PIN SMS GPS FAQ CEO VAT PO COVID IT MRI CT ECG MP MPs IQ LGBT LGBTQ SPF XL XXL "
    "DIN BRD DDR EKG CDU SPD ARD ZDF LKW PKW WC AG GMBH GMBH EV ICD TÜV SNCF RER SAMU SIDA VIH ADN ONG ONU UE OMS TVA IVA "
    "DNI EPS NIE AVE SOS CPU GPU USB CSV XML HTTP HTTPS WLAN".split()
)
EMPHASIS = frozenset(
    "NOT NO DO NEVER ALL ANY ONLY MUST YES OPEN NEW FREE STOP AND OR IF BOTH ALWAYS NOW OUT OFF ON THE "
    "NICHT KEIN KEINE NEU NUR IMMER JA NEIN UND ODER BITTE FREI "
    "NE PAS JAMAIS TOUT TOUS OUI NON NOUS ET OU SANS GRATUIT SÍ NUNCA TODO TODOS SIN SOLO".split()
)
"""Words that are written in capitals to be loud."""
LOUD = re.compile(r"[A-ZÀ-ÖØ-Þ]{5,}")
"""Words of a run in capitals, which no initials are."""
SHORT = 4
"""The most letters of initials that nobody reads as a word."""
NAME = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zß-ÿ]+")
"""A word after initials that makes a name of them, as in “IWK Health Centre”; in German every noun looks like it."""
ROMAN = re.compile(r"[IVXLCDM]+")


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield the first place of initials that the leaflet does not explain."""
    everything = " ".join([subject.metadata.title, subject.metadata.audience, *(block.text for block in subject.texts)])
    names = " ".join([subject.metadata.publisher, *(author.name for author in subject.metadata.authors)]).split()
    signs = {"".join(part[0] for part in author.name.split()) for author in subject.metadata.authors if author.name}
    seen: set[str] = set()
    for block in subject.own_texts:
        if _is_shouting(block.text):
            continue
        for found in INITIALS.finditer(block.text):
            word = found[0].removesuffix("s") if found[0][-1:] == "s" else found[0]
            is_known = word in KNOWN or found[0] in KNOWN or word in signs or ROMAN.fullmatch(word) is not None
            is_known |= subject.language != "de" and NAME.match(found.string, found.end()) is not None
            if word in seen or is_known or not word.isalpha() or _is_word(word, found, everything):
                continue
            seen.add(word)
            if not _is_explained(word, everything) and word not in names:
                message = f'"{word}" is never spelled out'
                hint = f"spell it out where it comes first: the words ({word})"
                yield subject.hit(block, found.start(), len(found[0]), message, hint)


def _is_shouting(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and sum(word.isupper() for word in words) > len(words) / 2


def _is_word(word: str, found: re.Match[str], everything: str) -> bool:
    """Return whether capitals are an ordinary word or a name, and no initials."""
    if word in EMPHASIS or (len(word) > SHORT and len(re.findall("[AEIOUYÄÖÜÉ]+", word)) > 1):
        return True
    before, after = found.string[: found.start()].split(" ")[-2:-1], found.string[found.end() :].split(" ")[1:2]
    is_run = any(LOUD.match(neighbour) for neighbour in (*before, *after))
    return is_run or (len(word) > 2 and re.search(rf"\b{word.lower()}\b", everything) is not None)


def _is_explained(word: str, everything: str) -> bool:
    letters = re.escape(word)
    if re.search(rf"\w\W+\({letters}s?(?:[,;\s][^)]{{0,60}})?\)|\b{letters}s?\s\((?=[^)]*\w+\W+\w+)", everything):
        return True
    firsts = r"[^)]*".join(rf"\b{re.escape(letter)}\w+" for letter in word)
    if re.search(rf"\b{letters}\b[^.()]{{0,30}}\({firsts}", everything):
        return True
    gaps = r"(?:\W+(?:of|the|and|for|in|de|der|des|und|et|la|le|du|y|del)\b)*\W+"
    spelled = gaps.join(rf"{re.escape(letter)}\w+" for letter in word)
    return re.search(rf"\b{spelled}", everything, re.IGNORECASE) is not None


RULE = Rule(code="L206", name="initials", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
