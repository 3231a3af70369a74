"""Sorting as readers of a language expect: letters before accents before case, each language's own letters."""

from __future__ import annotations

import re
import unicodedata

# Symbols in the order of the Unicode collation algorithm; all of them stand before digits and letters. Of punctuation
# only apostrophes are left by then (see ``sortable``).
_SYMBOLS = "'‘’`´^¯+±<=>|~$"
_RANKS = {char: chr(3 + index) for index, char in enumerate(_SYMBOLS)}
_SPECIAL = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i", "ħ": "h"}

# Letters that a language files on their own: after which letter, in which order (CLDR collation tailorings).
_TAILORINGS = {
    "sv": {"å": "z1", "ä": "z2", "æ": "z2", "ö": "z3", "ø": "z3"},
    "fi": {"å": "z1", "ä": "z2", "æ": "z2", "ö": "z3", "ø": "z3"},
    "da": {"æ": "z1", "ä": "z1", "ø": "z2", "ö": "z2", "å": "z3"},
    "nb": {"æ": "z1", "ä": "z1", "ø": "z2", "ö": "z2", "å": "z3"},
    "nn": {"æ": "z1", "ä": "z1", "ø": "z2", "ö": "z2", "å": "z3"},
    "is": {"á": "a1", "ð": "d1", "é": "e1", "í": "i1", "ó": "o1", "ú": "u1", "ý": "y1", "þ": "z1", "æ": "z2",
           "ö": "z3", "ø": "z3", "å": "z4"},
    "et": {"š": "s1", "z": "s2", "ž": "s3", "õ": "w1", "ä": "w2", "ö": "w3", "ü": "w4"},
    "es": {"ñ": "n1"},
    "pl": {"ą": "a1", "ć": "c1", "ę": "e1", "ł": "l1", "ń": "n1", "ó": "o1", "ś": "s1", "ź": "z1", "ż": "z2"},
    "cs": {"č": "c1", "ř": "r1", "š": "s1", "ž": "z1"},
    "sk": {"ä": "a1", "č": "c1", "ô": "o1", "š": "s1", "ž": "z1"},
    "hr": {"č": "c1", "ć": "c2", "đ": "d1", "š": "s1", "ž": "z1"},
    "sl": {"č": "c1", "ć": "c2", "đ": "d1", "š": "s1", "ž": "z1"},
    "hu": {"ö": "o1", "ő": "o1", "ü": "u1", "ű": "u1"},
    "tr": {"ç": "c1", "ğ": "g1", "ı": "h1", "ö": "o1", "ş": "s1", "ü": "u1"},
    "ro": {"ă": "a1", "â": "a2", "î": "i1", "ș": "s1", "ş": "s1", "ț": "t1", "ţ": "t1"},
    "lv": {"č": "c1", "ģ": "g1", "ķ": "k1", "ļ": "l1", "ņ": "n1", "š": "s1", "ž": "z1"},
    "lt": {"č": "c1", "š": "s1", "ž": "z1"},
    "cy": {},
}  # fmt: skip

# Character sets whose tables are in the order of dictionaries: Chinese by reading, or by strokes where the long forms
# are written; Japanese by reading. They hold the common characters; the rest follow by code point.
_HAN_ORDER = {"zh-CN": "gb2312", "zh-TW": "big5", "ja-JP": "euc_jp"}
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

CollationKey = tuple[str, str, str]
Weight = tuple[str, str]
_NUMBER = re.compile("[0-9]+")


def collation_key(text: str, lang: str, weights: dict[str, Weight]) -> CollationKey:
    """Return a key that sorts like the text does in that language, such as ``sv`` or ``zh-CN``.

    ``weights`` holds those of letters seen before.
    """
    tailoring = _TAILORINGS.get(lang.partition("-")[0], {})
    han_order = _HAN_ORDER.get(lang)
    primary: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        lowered = char.lower()
        cases.append("1" if lowered != char else "0")
        own = tailoring.get(lowered)
        if own is not None:
            primary.append(own[0] + chr(0xF000 + int(own[1])))
            accents.append("0")
            continue
        if han_order is not None and "\u3400" <= char <= "\u9fff":
            primary.append(_weigh_han(char, han_order))
            accents.append("0")
            continue
        found = weights.get(lowered)
        if found is None:
            found = weights[lowered] = _weigh(lowered.translate(_KATAKANA))
        weight, accent = found
        primary.append(weight)
        accents.append(accent)
    return _NUMBER.sub(_weigh_number, "".join(primary)), "".join(accents), "".join(cases)


def _weigh(char: str) -> Weight:
    if char.isspace():
        return "\x02", "0"
    if char in _RANKS:
        return _RANKS[char], "0"
    if char in _SPECIAL:
        return _SPECIAL[char], "1"
    base = unicodedata.normalize("NFD", char)
    letters = "".join(c for c in base if not unicodedata.combining(c))
    marks = "".join(c for c in base if unicodedata.combining(c))
    if not letters:
        return "", "0"
    if not letters[0].isalnum():
        return chr(0x2F), "0"
    return letters, marks or "0"


def _weigh_number(match: re.Match[str]) -> str:
    """Return a weight by the value of a number, the one with more digits being the greater; all are before letters."""
    digits = match.group().lstrip("0")
    return chr(ord("0") + min(len(digits), 48)) + digits


def _weigh_han(char: str, han_order: str) -> str:
    """Return a weight behind all letters: the character's place in the table, else its code point behind all those."""
    place = char.encode(han_order, "ignore")
    return chr(0x10000 + int.from_bytes(place)) if len(place) == 2 else chr(0x20000 + ord(char))


_TAGS = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^>]*)?>")


# Apostrophes too: “O’Neill” is sorted as “ONeill”; but particles such as “d’” stay apart from longer words
# (the suite's sort_LeadingApostropheOnNameParticle).
_PASSED_OVER = re.compile("^['‘’]+|(?<!\\b[a-z])['‘’]")


# A mark within a number, such as “1/2”, makes two numbers of it.
_WITHIN_NUMBER = re.compile(r"(?<=[0-9])[^\w\s](?=[0-9])")


_ARTICLES = {
    "de": "der die das des dem den ein eine eines einem einen",
    "en": "a an the",
    "es": "el la los las un una unos unas",
    "fr": "le la les un une des",
    "it": "il lo la i gli le un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma uns umas",
}


def without_article(title: str, lang: str) -> str:
    """Return a title without the article that begins it, which has no place in the alphabet."""
    first, space, rest = title.partition(" ")
    articles = _ARTICLES.get(lang[:2], "").split()
    return rest if space and rest and first.strip("“‘\"'«„").casefold() in articles else title


def sortable(text: str) -> str:
    """Return text without rich-text tags and without punctuation, which says nothing about the alphabet."""
    letters = _PASSED_OVER.sub("", _TAGS.sub("", text))
    if not letters.replace(" ", "").isalnum():
        letters = "".join(filter(_counts, _WITHIN_NUMBER.sub("\x01", letters)))
    return letters.strip(" \u00a0")


def _counts(char: str) -> bool:
    return char in "'‘’" or not unicodedata.category(char).startswith("P")
