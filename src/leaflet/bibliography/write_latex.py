"""Writer of LaTeX for bibliography fields: escapes, formatting, and braces around capitals that must stay."""

from __future__ import annotations

import re
import unicodedata

from leaflet.bibliography.latex_text import ACCENTS, NOCASE, SYMBOLS, FormattedRun
from leaflet.bibliography.rich_text_runs import parse
from leaflet.bibliography.sentence_case import WORD, is_capitalised, starts_sentence

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~",
    "\u202f": r"\,",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&%#_~^\u00a0\u202f]|(?<=-)-|(?<=[`'])[`']")
_COMMANDS = {
    "i": r"\emph",
    "b": r"\textbf",
    "sc": r"\textsc",
    "sup": r"\textsuperscript",
    "sub": r"\textsubscript",
    NOCASE: "",
    "nodecor": r"\textnormal",
}
_TYPOGRAPHY = {"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "…": r"{\ldots}"}
_ACCENT_OF = {combining: name for name, combining in ACCENTS.items()}
_COMMAND_OF = {
    sign: name for name, sign in SYMBOLS.items() if len(sign) == 1 and not sign.isascii() and sign not in "ıȷ…"
} | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ß": "ss", "£": "pounds", "§": "S", "«": "guillemotleft", "»": "guillemotright", "„": "glqq", "≤": "leq", "≥": "geq", "→": "rightarrow"}  # fmt: skip


def escape(text: str, *, ascii_only: bool) -> str:
    """Return plain text as LaTeX.

    ``ascii_only`` also spells accented letters out, which classic BibTeX needs to sort and abbreviate names; letters
    that LaTeX has no accents for stay as they are.
    """
    escaped = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], "{}" + match[0]), text)
    return "".join(_spelt(sign) for sign in escaped) if ascii_only else escaped


def _spelt(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _TYPOGRAPHY:
        return _TYPOGRAPHY[sign]
    if sign in _COMMAND_OF:
        return "{\\" + _COMMAND_OF[sign] + "}"
    base, *combining = list(unicodedata.normalize("NFD", sign))
    if len(combining) == 1 and base.isascii() and combining[0] in _ACCENT_OF:
        name = _ACCENT_OF[combining[0]]
        return "{\\" + name + (" " if name.isalpha() else "") + base + "}"
    return sign


def rich_field(text: str, *, ascii_only: bool) -> str:
    """Return CSL's rich text as LaTeX, for fields whose capitals no style changes."""
    return _commands(parse(text), lambda run, _: escape(run.text, ascii_only=ascii_only))


def title_field(text: str, *, ascii_only: bool, protect: bool) -> str:
    """Return a title as LaTeX.

    With ``protect``, words whose capitals a style would take away get braces: all that BibTeX or biblatex would lower,
    and no more.
    """

    def shown(run: FormattedRun, before: str) -> str:
        if not protect or run.protected:
            return escape(run.text, ascii_only=ascii_only)
        return _braced(run.text, before, ascii_only)

    return _commands(parse(text), shown)


def _braced(text: str, before: str, ascii_only: bool) -> str:
    parts: list[str] = []
    at = 0
    for match in WORD.finditer(text):
        word = match[0]
        first = starts_sentence(before + text[: match.start()]) and (is_capitalised(word) or word == word.lower())
        parts.append(escape(text[at : match.start()], ascii_only=ascii_only))
        shown = escape(word, ascii_only=ascii_only)
        parts.append(shown if first or word == word.lower() else f"{{{shown}}}")
        at = match.end()
    parts.append(escape(text[at:], ascii_only=ascii_only))
    return "".join(parts)


def _commands(runs: tuple[FormattedRun, ...], shown: object) -> str:
    parts: list[str] = []
    opened: tuple[str, ...] = ()
    before = ""
    for run in runs:
        shared = 0
        while shared < min(len(opened), len(run.marks)) and opened[shared] == run.marks[shared]:
            shared += 1
        parts.append("}" * (len(opened) - shared))
        parts += [_COMMANDS[mark] + "{" for mark in run.marks[shared:]]
        parts.append(shown(run, before))  # type: ignore[operator]
        opened, before = run.marks, before + run.text
    return "".join(parts) + "}" * len(opened)


def address(text: str) -> str:
    """Return an address or a DOI, which biblatex takes letter by letter: only what would break the braces is encoded."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", text)
