"""Conversion of BibTeX name lists into CSL names: particles, suffixes, corporate bodies and biblatex's name parts."""

from __future__ import annotations

import re

from leaflet.bibliography.latex_text import plain, split_top

Name = dict[str, str]

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_SPACE = re.compile(r"(?:\s|~)+")
FUSED = re.compile(r"(?:[dl]['’]|(?:al|el|ad|ar|as|at|an|ash)-)(?=[^\W\d_a-z])")
"""Particles that are written together with the name and never dropped: d’Ormesson, al-Hakim."""
_PART = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|id|given-i|family-i|prefix-i|suffix-i)\s*=\s*(.*)", re.DOTALL
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")


def names(text: str, *, use_prefix: bool = False) -> list[Name]:
    """Return the names of one field.

    ``use_prefix`` is biblatex's option of that name: with it a particle sorts and prints with the family name (CSL's
    non-dropping particle), without it the particle drops.
    """
    listed = (name(part.strip(), use_prefix=use_prefix) for part in split_top(text.strip(), _AND))
    return [entry for entry in listed if entry]


def literals(text: str) -> list[str]:
    """Return the members of a literal list, such as places."""
    return [shown for part in split_literals(text) if (shown := plain(part))]


def split_literals(text: str) -> list[str]:
    """Return the members of a literal list as LaTeX."""
    return [member for part in split_top(text.strip(), _AND) if (member := part.strip())]


def name(text: str, *, use_prefix: bool) -> Name:
    """Return one name, empty for an empty one."""
    if not text:
        return {}
    if text.startswith("{") and _wrapped(text):
        return _without_blanks({"literal": plain(text)})
    if text.lower() == "others":
        return {"literal": "others"}
    parts = [part.strip() for part in split_top(text, _COMMA)]
    if all(_PART.fullmatch(part) for part in parts):
        return _from_labelled(parts, use_prefix)
    if len(parts) == 1:
        words = _words(text)
        # “William Strunk Jr.” needs a comma by BibTeX's rules, and is written without one.
        suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
        given, particle, family = _first_von_last(words)
    else:
        particle, family = _von_last(_words(parts[0]))
        suffix = parts[1] if len(parts) > 2 else ""
        given = " ".join(parts[2:] if len(parts) > 2 else parts[1:])
    return _name(family=family, given=given, particle=particle, suffix=suffix, use_prefix=use_prefix)


def _name(*, family: str, given: str, particle: str, suffix: str, use_prefix: bool) -> Name:
    if not family and not given:
        return {}
    if not given and not particle and not suffix:
        # A name of one word has no parts to invert.
        return _without_blanks({"family": plain(family)} if family else {"literal": plain(given)})
    shown, kind = plain(family), "non-dropping-particle" if use_prefix else "dropping-particle"
    fused = FUSED.match(shown) if not particle and not family.startswith("{") else None
    if fused:
        shown, kind, particle = shown[fused.end() :], "non-dropping-particle", fused[0]
    return _without_blanks(
        {
            "family": shown,
            "given": spaced_initials(plain(given)),
            kind: plain(particle),
            "suffix": plain(suffix),
        }
    )


_FUSED_INITIALS = re.compile(r"[^\W\d_]{2,3}")


def spaced_initials(given: str) -> str:
    """Return “J. N.” for “JN”, as PubMed and Google Scholar write initials."""
    return " ".join(f"{letter}." for letter in given) if given.isupper() and _FUSED_INITIALS.fullmatch(given) else given


def _from_labelled(parts: list[str], use_prefix: bool) -> Name:
    """Return a name in biblatex's extended format: ``family=Berg, given=Jan, prefix=van den, useprefix=true``."""
    found: dict[str, str] = {}
    for part in parts:
        match = _PART.fullmatch(part)
        if match:
            found[match[1]] = match[2].strip().strip('"')
    prefix = found.get("useprefix")
    return _name(
        family=found.get("family", ""),
        given=found.get("given", ""),
        particle=found.get("prefix", ""),
        suffix=found.get("suffix", ""),
        use_prefix=use_prefix if prefix is None else prefix.lower() == "true",
    )


def _words(text: str) -> list[str]:
    return [word for word in split_top(text, _SPACE) if word]


def _first_von_last(words: list[str]) -> tuple[str, str, str]:
    """Return the parts of ``First von Last``.

    The particle is the stretch from the first to the last word in lower case, but the last word is always of the
    family.
    """
    lower = [number for number, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return " ".join(words[:-1]), "", words[-1] if words else ""
    start, end = lower[0], lower[-1] + 1
    return " ".join(words[:start]), " ".join(words[start:end]), " ".join(words[end:])


def _von_last(words: list[str]) -> tuple[str, str]:
    count = 0
    for number, word in enumerate(words[:-1], start=1):
        if _is_lower(word):
            count = number
        else:
            break
    return " ".join(words[:count]), " ".join(words[count:])


def _is_lower(word: str) -> bool:
    r"""Return whether BibTeX takes the word for a particle: its first letter outside braces is in lower case.

    A word in braces has no case, but an accented letter (``{\'e}``) has its own.
    """
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    shown = plain(word)
    letter = next((sign for sign in shown if sign.isalpha()), "")
    return letter.islower()


def _wrapped(text: str) -> bool:
    """Return whether one pair of braces holds the whole name."""
    depth = 0
    for number, sign in enumerate(text):
        if sign == "{" and text[number - 1 : number] != "\\":
            depth += 1
        elif sign == "}" and text[number - 1 : number] != "\\":
            depth -= 1
            if depth == 0:
                return number == len(text) - 1
    return False


def _without_blanks(entry: Name) -> Name:
    return {key: value for key, value in entry.items() if value}
