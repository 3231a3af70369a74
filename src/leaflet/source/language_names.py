"""Names of languages, as LaTeX's babel and people write them."""

from __future__ import annotations

import re

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
BABEL = {
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
    "ngerman": "de",
    "german": "de",
    "naustrian": "de-AT",
    "austrian": "de-AT",
    "nswissgerman": "de-CH",
    "francais": "fr",
    "frenchb": "fr",
    "canadien": "fr-CA",
    "brazilian": "pt-BR",
    "brazil": "pt-BR",
    "portuges": "pt",
    "magyar": "hu",
    "en-uk": "en-GB",
}


def language_tag(written: str) -> str:
    """Return the tag of a language that is written as a locale or by its name; anything else as it is.

    >>> language_tag("en_US.UTF-8"), language_tag("english")
    ('en-US', 'en')
    """
    plain = written.strip().partition(".")[0].replace("_", "-")
    name = plain.casefold()
    if TAG.fullmatch(plain):
        return BABEL.get(name, plain)
    return BABEL.get(name) or _names().get(name) or plain


def _names() -> dict[str, str]:
    from babel import Locale

    english = Locale("en").languages
    names = {str(name).casefold(): str(code) for code, name in english.items() if len(str(code)) in {2, 3}}
    own = {}
    for code in ("de", "fr", "es", "it", "pt", "nl", "pl", "cy", "sv", "da", "fi", "nb", "cs", "ru"):
        own[str(Locale(code).languages[code]).casefold()] = code
    return {**names, **own, "english": "en"}
