"""Typography of a language for straight input: quotation marks, apostrophes, dashes, dots and spaces."""

from __future__ import annotations

import re

from markdown_it.token import Token
from msgspec import Struct

NARROW = "\u202f"
FIXED = "\u00a0"

QUOTES = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "de-CH": "«»‹›",
    "fr": f"«{NARROW}|{NARROW}»|“|”",
    "fr-CH": "«»‹›",
    "it": "«»“”",
    "es": "«»“”",
    "pt": "“”‘’",
    "nl": "“”‘’",
    "da": "»«›‹",
    "nb": "«»‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "sv": "””’’",
    "fi": "””’’",
    "pl": "„”«»",
    "cs": "„“‚‘",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "hr": "„“‚‘",
    "hu": "„”»«",
    "ro": "„”«»",
    "ru": "«»„“",
    "uk": "«»„“",
    "bg": "„“‚‘",
    "el": "«»“”",
    "tr": "“”‘’",
    "cy": "‘’“”",
    "ga": "“”‘’",
}
"""Outer and inner marks by language (CLDR's delimiters); a bar parts marks that are longer than one character."""

UNITS = (
    "mg|µg|μg|mcg|ng|kg|g|ml|mL|µl|l|L|cl|dl|cm|mm|km|m|nm|mmol|mol|IU|MIU|kcal|kJ|bpm|mmHg|kPa|hPa|Hz|kHz|MHz|MB|GB|"
    "°C|°F|°|%|‰|h|min|am|pm|a\\.m\\.|p\\.m\\.|Uhr|£|€|\\$"
)
MEASURE = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?![\w]))")
NUMBERED = re.compile(r"(?<![\w])((?:pp?|no|nos|vol|ch|fig|figs|eq|sec)\.|§§?|№) (?=[\dIVXLC])", re.IGNORECASE)
GROUPED = re.compile(r"(?<![\d.,])(\d{1,3}) (?=\d{3}(?!\d))")
"""A space between thousands."""
ET_AL = re.compile(r"(?<=\bet) (?=al\b)")
GERMAN_NUMBERED = re.compile(r"(?<![\w])((?:Abb|Abs|Art|Aufl|Bd|Kap|Nr|Rn|Rz|S|Tab|Ziff)\.) (?=[\dIVXLC])")
GERMAN_SHORT = re.compile(r"(?<![\w.])([a-zA-ZÄÖÜäöü]\.) (?=[a-zA-ZÄÖÜäöü]\.)")
"""Such as "z. B." and "e. V.": parts of one abbreviation."""
TITLED = re.compile(r"(?<![\w])((?:Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Herr|Frau|Mme|Mlle)\.?) (?=[^\W\d_a-z])")
DASHES = re.compile(r"(?<!-)---?(?!-)")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
FRENCH_TALL = re.compile(r"(?<=\S) (?=[;!?»])|(?<=«) ")
FRENCH_COLON = re.compile(r"(?<=\S) (?=:)")

OPENERS = frozenset(" \t\n\u00a0\u202f([{<«„“‘‚—–-/")
TRANSPARENT = frozenset(
    f"{name}_{side}" for name in ("em", "strong", "s", "span", "link", "sub", "sup") for side in ("open", "close")
)
BREAKS = frozenset({"softbreak", "hardbreak"})


class Marks(Struct, frozen=True, kw_only=True):
    """A language's outer and inner quotation marks."""

    open: str
    close: str
    inner_open: str
    inner_close: str


def marks(language: str) -> Marks:
    """Return the quotation marks of a language tag; English ones where the language is not known."""
    text = QUOTES.get(language) or QUOTES.get(language.split("-")[0].lower()) or QUOTES["en"]
    if "|" in text:
        left, right, inner_open, inner_close = text.replace(f"{NARROW}|{NARROW}", f"{NARROW}|\0{NARROW}").split("|")
        return Marks(open=left, close=right.replace("\0", ""), inner_open=inner_open, inner_close=inner_close)
    return Marks(open=text[0], close=text[1], inner_open=text[2], inner_close=text[3])


class Typographer:
    """Finisher of the text of one run of tokens after another, in one language."""

    def __init__(self, language: str) -> None:
        self.marks = marks(language)
        primary = language.split("-")[0].lower()
        self.french, self.german = primary == "fr", primary == "de"

    def polish(self, tokens: list[Token]) -> None:
        """Finish the text tokens in place; escaped characters, code and addresses stay as they are."""
        if any(token.type == "text" and ('"' in token.content or "'" in token.content) for token in tokens):
            self.quotes(tokens)
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type == "text" and not _is_address(before):
                token.content = self.spaces(dashes(token.content))

    def spaces(self, text: str) -> str:
        """Return ``text`` with spaces that no line may break at."""
        text = MEASURE.sub(FIXED, text)
        text = NUMBERED.sub(rf"\1{FIXED}", text)
        text = TITLED.sub(rf"\1{FIXED}", text)
        text = ET_AL.sub(FIXED, GROUPED.sub(rf"\1{FIXED}", text))
        if self.german:
            text = GERMAN_SHORT.sub(rf"\1{FIXED}", GERMAN_NUMBERED.sub(rf"\1{FIXED}", text))
        if self.french:
            text = FRENCH_COLON.sub(FIXED, FRENCH_TALL.sub(NARROW, text))
        return text

    def quotes(self, tokens: list[Token]) -> None:
        """Turn straight quotation marks and apostrophes, by the characters on either side of each."""
        text, owners = _line(tokens)
        closers = [index for index, mark in enumerate(text) if mark == "'" and _may_close(text, index)]
        last_closer = closers[-1] if closers else -1
        open_single = 0
        replaced: dict[int, str] = {}
        double_open = False
        for index, mark in enumerate(text):
            if owners[index] is None or mark not in "\"'":
                continue
            opens = _may_open(text, index)
            if mark == '"':
                double_open = opens if not (double_open and _may_close(text, index)) else False
                replaced[index] = self.marks.open if double_open else self.marks.close
            elif opens and not _is_elision(text, index) and last_closer > index + 1:
                open_single += 1
                replaced[index] = self.marks.inner_open
            elif open_single and _may_close(text, index):
                open_single -= 1
                replaced[index] = self.marks.inner_close
            else:
                replaced[index] = "’"
        _write(tokens, text, owners, replaced)


def dashes(text: str) -> str:
    """Turn ``--`` into an en dash, ``---`` into an em dash, and three dots into an ellipsis.

    >>> dashes("pages 3--4 ...")
    'pages 3–4 …'
    """
    text = DASHES.sub(lambda found: "—" if len(found[0]) == 3 else "–", text)
    return DOTS.sub("…", text)


def _is_address(before: Token | None) -> bool:
    """Return whether a token is an address in angle brackets: ``<https://example.org>``."""
    return before is not None and before.type == "link_open" and before.info == "auto"


def _line(tokens: list[Token]) -> tuple[str, list[int | None]]:
    """Return all text of a run in one line, with the token that each character belongs to."""
    text: list[str] = []
    owners: list[int | None] = []
    for index, token in enumerate(tokens):
        if token.type == "text":
            text.append(token.content)
            owners += [index] * len(token.content)
        elif token.type not in TRANSPARENT:
            text.append(" " if token.type in BREAKS else "x")
            owners.append(None)
    return "".join(text), owners


def _write(tokens: list[Token], text: str, owners: list[int | None], replaced: dict[int, str]) -> None:
    parts: dict[int, list[str]] = {}
    for index, owner in enumerate(owners):
        if owner is not None:
            parts.setdefault(owner, []).append(replaced.get(index, text[index]))
    for owner, characters in parts.items():
        tokens[owner].content = "".join(characters)


def _before(text: str, index: int) -> str:
    return text[index - 1] if index else " "


def _after(text: str, index: int) -> str:
    return text[index + 1] if index + 1 < len(text) else " "


def _may_open(text: str, index: int) -> bool:
    before, after = _before(text, index), _after(text, index)
    return (before in OPENERS or before in "\"'") and not after.isspace()


def _may_close(text: str, index: int) -> bool:
    return not _before(text, index).isspace() and not _after(text, index).isalnum()


def _is_elision(text: str, index: int) -> bool:
    """Return whether a mark is an apostrophe at the beginning of a word: ``'90s``, ``'tis``."""
    return bool(re.match(r"'(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|n'|cause\b)", text[index : index + 8], re.IGNORECASE))


def smart(text: str, language: str) -> str:
    """Return a text of its own with the quotation marks, dashes and dots of a language."""
    token = Token("text", "", 0, content=text)
    typographer = Typographer(language)
    if '"' in text or "'" in text:
        typographer.quotes([token])
    return dashes(token.content)
