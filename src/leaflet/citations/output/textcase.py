"""CSL's text-case on output nodes, with protected stretches left as they were written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from leaflet.citations.csl.tree import TextCase
from leaflet.citations.output.nodes import Node, OutputSpan, Role

# Words that title case keeps small within a title: the single words of the schema's stop-words.json (CSL 1.0.2, "Title
# Case Conversion"), articles and conjunctions, and particles of names, which the suite
# (textcase_SkipNameParticlesInTitleCase) keeps small too.
STOP_WORDS = frozenset(
    """
    across afore after against along alongside amid amidst among amongst anenst apropos apud around as aside astride at
    athwart atop barring before behind below beneath beside besides between beyond but by circa despite down during
    except for forenenst from given in inside into lest like modulo near next notwithstanding of off on onto out over
    per plus pro qua sans since than through throughout thru thruout till to toward towards under underneath until unto
    up upon v v. versus via vs vs. with within without
    a about above an and nor or so the yet
    al al. c ca d' d’ de der et et-al van von
    """.split()
)
_BREAK = "-–—/ \u00a0\t\n\u2009\u200a\u202f"
_WORD = re.compile(rf"[^{re.escape(_BREAK)}]+")
_STARTS_ANEW = re.compile(r"[:.?!][”’\"')\]»]*$")
# A tag that is text, as in a title about HTML, is no word, and neither is an address.
_TAG = re.compile(r"</?\w[^<>]*>|\bhttps?://\S+")
# Roman, Greek and Cyrillic letters after which a title may go on: nothing else is a word to capitalise.
_LETTER = re.compile(r"[^\W\d_]")


def apply_case(
    nodes: tuple[Node, ...], case: TextCase, lang: str, *, term: bool = False, capital_length: int | None = None
) -> tuple[Node, ...]:
    """Return ``nodes`` with their letters rewritten; ``lang`` is the language of the text.

    The first letter of a style's own words is raised even where other letters of the word are large (“o.O.”); “mRNA”
    of a title is left alone. In title case every word of ``capital_length`` letters or more has a capital.
    """
    if term and case in (TextCase.CAPITALIZE_FIRST, TextCase.TITLE):
        nodes = _raise_first(nodes, lang)
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return (_convert(nodes[0], None, case, lang, capital_length),)
    leaves: list[tuple[str, bool]] = []
    for node in nodes:
        _collect(node, False, leaves)
    text = "".join(leaf for leaf, _ in leaves)
    mask = "".join(("1" if protected else "0") * len(leaf) for leaf, protected in leaves)
    changed = _convert_chars(text, mask, case, lang, capital_length)
    position = [0]

    def rebuild(node: Node) -> Node:
        if isinstance(node, str):
            start = position[0]
            position[0] += len(node)
            return "".join(changed[start : position[0]])
        return node._replace(children=tuple(rebuild(child) for child in node.children))

    return tuple(rebuild(node) for node in nodes)


def _raise_first(nodes: tuple[Node, ...], lang: str) -> tuple[Node, ...]:
    if nodes and isinstance(nodes[0], str):
        return (upper(nodes[0][:1], lang) + nodes[0][1:], *nodes[1:])
    if nodes and isinstance(nodes[0], OutputSpan):
        return (nodes[0]._replace(children=_raise_first(nodes[0].children, lang)), *nodes[1:])
    return nodes


def _collect(node: Node, protected: bool, leaves: list[tuple[str, bool]]) -> None:
    if isinstance(node, str):
        leaves.append((node, protected))
        return
    inner = protected or node.role is Role.PROTECTED or _is_small(node)
    for child in node.children:
        _collect(child, inner, leaves)


def _is_small(node: OutputSpan) -> bool:
    """Return whether a span is in small capitals, raised or lowered, whose case is deliberate."""
    formatting = node.formatting
    return formatting is not None and bool(formatting.font_variant or formatting.vertical_align)


def _convert(text: str, mask: str | None, case: TextCase, lang: str, capital_length: int | None) -> str:
    return "".join(_convert_chars(text, mask or "0" * len(text), case, lang, capital_length))


def _convert_chars(text: str, mask: str, case: TextCase, lang: str, capital_length: int | None) -> list[str]:
    """Return the new form of every character of ``text``; ``mask`` marks the protected ones with 1."""
    if case is TextCase.TITLE and not lang.startswith("en"):
        return list(text)
    change = partial(_title, capital_length=capital_length) if case is TextCase.TITLE else _CASES[case]
    if "<" not in text and "://" not in text:
        return change(text, mask, lang)
    hidden = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    changed = change(hidden, mask, lang)
    return [old if old != seen else new for old, seen, new in zip(text, hidden, changed, strict=True)]


def _each(text: str, mask: str, change: Callable[[str], str]) -> list[str]:
    return [char if fixed == "1" else change(char) for char, fixed in zip(text, mask, strict=True)]


def upper(text: str, lang: str) -> str:
    """Return upper case by the rules of the language."""
    if lang.startswith(("tr", "az")):
        text = text.replace("i", "İ")
    return text.upper()


def lower(text: str, lang: str) -> str:
    """Return lower case by the rules of the language."""
    if lang.startswith(("tr", "az")):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def _uppercase(text: str, mask: str, lang: str) -> list[str]:
    return _each(text, mask, lambda char: upper(char, lang))


def _lowercase(text: str, mask: str, lang: str) -> list[str]:
    return _each(text, mask, lambda char: lower(char, lang))


def _capitalize_first(text: str, mask: str, lang: str) -> list[str]:
    chars = list(text)
    match = _WORD.search(text)
    letter = _LETTER_OR_DIGIT.search(match.group()) if match else None
    if match and letter and _begins_small(match.group()):
        _capitalize(chars, text, mask, match.start() + letter.start(), lang)
    return chars


_LETTER_OR_DIGIT = re.compile(r"\w")


def _capitalize(chars: list[str], text: str, mask: str, index: int, lang: str) -> None:
    if mask[index] == "0":
        chars[index] = upper(text[index], lang)


def _capitalize_all(text: str, mask: str, lang: str) -> list[str]:
    chars = list(text)
    for match in _WORD.finditer(text):
        letter = _LETTER_OR_DIGIT.search(match.group())
        if letter and _begins_small(match.group()):
            _capitalize(chars, text, mask, match.start() + letter.start(), lang)
    return chars


def _is_shouting(text: str, mask: str) -> bool:
    letters = [char for char, fixed in zip(text, mask, strict=True) if fixed == "0" and char.isalpha()]
    return bool(letters) and all(char.isupper() or not char.islower() for char in letters) and len(letters) > 1


def _sentence(text: str, mask: str, lang: str) -> list[str]:
    """Return the first letter large; the rest small where all was large, else only words with one initial capital."""
    if _is_shouting(text, mask):
        chars = _lowercase(text, mask, lang)
    else:
        chars = list(text)
        for match in _WORD.finditer(text):
            word = match.group()
            letters = [char for char in word if char.isalpha()]
            if letters and letters[0].isupper() and all(char.islower() for char in letters[1:]):
                index = match.start() + word.index(letters[0])
                if mask[index] == "0":
                    chars[index] = lower(text[index], lang)
    for match in _LETTER_OR_DIGIT.finditer(text):
        if mask[match.start()] == "0":
            chars[match.start()] = upper(chars[match.start()], lang)
        break
    return chars


def _title(text: str, mask: str, lang: str, *, capital_length: int | None) -> list[str]:
    words = list(_WORD.finditer(text))
    chars = list(text)
    last = len(words) - 1
    for index, match in enumerate(words):
        word = match.group()
        letter = _LETTER.search(word)
        if letter is None or mask[match.start() + letter.start()] == "1":
            continue
        begins_phrase = index == 0 or _ends_phrase(text[words[index - 1].start() : match.start()], word)
        if not (_begins_small(word) if begins_phrase else _is_lower(word)):
            continue
        bare = word.strip("“”‘’\"'()[].,;:!?«»…").lower()
        hyphen = match.start() > 0 and text[match.start() - 1] == "-"
        # “al-Rashid” is a name with its article, not a compound.
        begins_compound = not hyphen and text[match.end() : match.end() + 1] == "-" and bare != "al"
        long = capital_length is not None and len(bare) >= capital_length
        small = (bare in STOP_WORDS or word in STOP_WORDS) and not begins_compound and not long
        if small and not begins_phrase and (index != last or hyphen):
            continue
        position = match.start() + letter.start()
        if letter.start() and _DIGIT_BEFORE.search(word, 0, letter.start()):
            continue  # “4th”, “1970’s”
        if len(bare) == 1 and index and not begins_phrase:
            # “vitamin c”, “t-cells”: a single letter is a name, not a word.
            continue
        if bare.startswith(("d’", "d'")) and not begins_phrase:
            continue
        chars[position] = upper(text[position], lang)
    return chars


_DIGIT_BEFORE = re.compile(r"\d['’]?$")


def _ends_phrase(before: str, word: str) -> bool:
    """Return whether the word and marks ``before`` end a phrase, so that even a small ``word`` after them is large."""
    before = before.rstrip(" \u00a0")
    if _ABBREVIATED.fullmatch(before) and word in _JOINING:
        return False
    return bool(_STARTS_ANEW.search(before)) and before.lower() not in STOP_WORDS


# Typed small behind a stop, these go on: “Latin Amer. Lit. and Culture”, “Dept. of Health”.
_JOINING = frozenset(("and", "of", "for", "or"))
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,5}\.)+")


def _begins_small(word: str) -> bool:
    """Return whether ``word`` has small letters up to its first apostrophe, as “d’Artois” has, which becomes
    “D’Artois”.
    """
    return _is_lower(_APOSTROPHE.split(word, maxsplit=1)[0])


_APOSTROPHE = re.compile(r"(?<=\w)['’]")


def _is_lower(word: str) -> bool:
    return word == word.lower()


_CASES: dict[TextCase, Callable[[str, str, str], list[str]]] = {
    TextCase.LOWERCASE: _lowercase,
    TextCase.UPPERCASE: _uppercase,
    TextCase.CAPITALIZE_FIRST: _capitalize_first,
    TextCase.CAPITALIZE_ALL: _capitalize_all,
    TextCase.SENTENCE: _sentence,
}
