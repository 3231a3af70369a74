"""Reader of LaTeX in bibliography fields, which becomes the rich text that CSL items carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e",
}  # fmt: skip
"""Accent commands and their combining characters."""

SYMBOLS = {
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "SS": "SS", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£",
    "textsterling": "£", "euro": "€", "texteuro": "€", "texttrademark": "™", "textregistered": "®",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "glq": "‚",
    "grq": "‘", "flqq": "«", "frqq": "»", "ldots": "…", "dots": "…", "textellipsis": "…", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textdollar": "$", "textdegree": "°", "degree": "°", "textmu": "µ", "textquotesingle": "'",
    "textquotedbl": '"', "slash": "/", "hyphen": "-", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "quad": " ", "qquad": " ", "space": " ", "textasteriskcentered": "*", "textperiodcentered": "·",
    "textbullet": "•", "textordmasculine": "º", "textordfeminine": "ª", "textexclamdown": "¡",
    "textquestiondown": "¿", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "approx": "≈", "sim": "∼",
    "pm": "±", "times": "×", "cdot": "⋅", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞",
    "textbraceleft": "{", "textbraceright": "}", "backslash": "\\", "lbrace": "{", "rbrace": "}",
    "mkbibemph": "", "bibrangedash": "–", "bibrangessep": ", ", "textvisiblespace": "␣",
}  # fmt: skip
"""Commands for single characters. The rarer ones are in pylatexenc's wider table."""

STYLES = {
    "emph": "i", "textit": "i", "mkbibemph": "i", "mkbibitalic": "i", "textsl": "i", "mathit": "i",
    "textbf": "b", "mkbibbold": "b", "mathbf": "b",
    "textsc": "sc", "textsuperscript": "sup", "mkbibsuperscript": "sup", "textsubscript": "sub",
    "mkbibsubscript": "sub",
}  # fmt: skip
DECLARATIONS = {
    "em": "i",
    "it": "i",
    "itshape": "i",
    "sl": "i",
    "slshape": "i",
    "bf": "b",
    "bfseries": "b",
    "sc": "sc",
    "scshape": "sc",
}
QUOTES = {"enquote": ("“", "”"), "mkbibquote": ("“", "”"), "mkbibparens": ("(", ")"), "mkbibbrackets": ("[", "]")}
NO_CASE = frozenset({"NoCaseChange", "mkbibacro", "textup", "textnormal"})
IGNORED = frozenset(
    {
        "relax",
        "noopsort",
        "adddot",
        "isdot",
        "nobreak",
        "allowbreak",
        "protect",
        "normalfont",
        "rmfamily",
        "upshape",
        "bgroup",
        "egroup",
    }
)
DROPPED_WITH_ARGUMENT = frozenset({"noopsort", "SortNoop", "nocite", "label", "vphantom", "phantom"})
"""Commands whose argument is there for sorting or for TeX, never for print."""

NOCASE = "nocase"
OPENING = {
    "i": "<i>", "b": "<b>", "sup": "<sup>", "sub": "<sub>", NOCASE: '<span class="nocase">',
    "sc": '<span style="font-variant:small-caps;">',
}  # fmt: skip
CLOSING = {"i": "</i>", "b": "</b>", "sup": "</sup>", "sub": "</sub>", NOCASE: "</span>", "sc": "</span>"}

DEEPEST = 60
"""Braces nested deeper than this are read as text: no reference has them, and a hostile file might."""

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)(?P<star>\*?)[ \t\r\n]*|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}$])"
    r"|(?P<space>[ \t\r\n]+)|(?P<ligature>---|--|``|''|~|[_^])|(?P<text>[^\\{}$ \t\r\n\-`'~_^]+|[\\\-`'])",
    re.DOTALL,
)


_MARKUP = re.compile(r"[\\{}$~^_`'\t\r\n]|--|  ")
"""The characters that a plain text does not hold; most fields are plain."""


class FormattedRun(Struct, frozen=True, kw_only=True):
    """A stretch of text under the same formatting, the outermost mark first."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def protected(self) -> bool:
        """Return whether its capitals are meant: it was in braces."""
        return NOCASE in self.marks


class _Reader:
    """Reader of the tokens of one field, which gathers its runs."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.position = 0
        self.runs: list[FormattedRun] = []
        self.math = False

    def add(self, text: str, marks: tuple[str, ...]) -> None:
        if not text:
            return
        if self.runs and self.runs[-1].marks == marks:
            text = self.runs.pop().text + text
        self.runs.append(FormattedRun(text=text, marks=marks))

    def group(self, marks: tuple[str, ...], depth: int) -> None:
        """Read up to the brace that closes this group, or to the end of the field."""
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            kind = token.lastgroup
            if kind == "brace" and token["brace"] == "}":
                if depth:
                    return
            elif kind == "brace" and token["brace"] == "{":
                self.nested(marks, depth)
            elif kind == "brace":
                self.math = not self.math
            elif kind in ("word", "star"):
                marks = self.command(token, marks, depth)
            elif kind == "sign":
                self.sign(token["sign"], marks, depth)
            elif kind == "space":
                self.add("" if self.math else " ", marks)
            elif kind == "ligature":
                self.ligature(token["ligature"], marks, depth)
            else:
                self.add(token[0], marks)

    def nested(self, marks: tuple[str, ...], depth: int) -> None:
        r"""Read a group.

        ``{DNA}`` keeps its capitals; one that opens with an accent (``{\"u}``) does not. That is BibTeX's own rule for
        "special characters".
        """
        special = self.position < len(self.tokens) and _is_letter_command(self.tokens[self.position])
        if depth < DEEPEST:
            self.group(marks if special and depth == 0 else _with(marks, NOCASE), depth + 1)

    def argument(self, marks: tuple[str, ...], depth: int) -> None:
        """Read the next group or the next single character, as the argument of a command."""
        self.skip_space()
        if self.position >= len(self.tokens) or depth >= DEEPEST:
            return
        token = self.tokens[self.position]
        if token[0] == "{":
            self.position += 1
            self.group(marks, depth + 1)
        elif token[0] == "}":
            return
        elif token.lastgroup == "text" and len(token[0]) > 1:
            self.tokens[self.position : self.position + 1] = list(_TOKEN.finditer(token[0][0])) + list(
                _TOKEN.finditer(token[0][1:])
            )
            self.argument(marks, depth)
        elif token.lastgroup in ("word", "star"):
            self.position += 1
            self.command(token, marks, depth + 1)
        elif token.lastgroup == "sign":
            self.position += 1
            self.sign(token["sign"], marks, depth + 1)
        else:
            self.position += 1
            self.add(token[0], marks)

    def skip_space(self) -> None:
        while self.position < len(self.tokens) and self.tokens[self.position].lastgroup == "space":
            self.position += 1

    def plain_argument(self, depth: int) -> str:
        """Return an argument's text on its own, apart from what was read before."""
        before, self.runs = self.runs, []
        self.argument((), depth)
        text = "".join(run.text for run in self.runs)
        self.runs = before
        return text

    def command(self, token: re.Match[str], marks: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """Carry out one command and return the formatting for the rest of the group."""
        name = token["word"]
        if name in STYLES:
            # BibTeX leaves the capitals in a command's braces alone: mostly species and titles.
            self.argument(_with(_with(marks, STYLES[name]), NOCASE), depth)
        elif name in DECLARATIONS:
            return _with(marks, DECLARATIONS[name])
        elif name in DROPPED_WITH_ARGUMENT:
            self.plain_argument(depth)
        elif name in QUOTES:
            opening, closing = QUOTES[name]
            self.add(opening, marks)
            self.argument(_with(marks, NOCASE), depth)
            self.add(closing, marks)
        elif name in NO_CASE:
            self.argument(_with(marks, NOCASE), depth)
        elif name == "href":
            self.plain_argument(depth)
            self.argument(marks, depth)
        elif name in ACCENTS and len(name) == 1:
            self.accent(ACCENTS[name], marks, depth)
        elif name in SYMBOLS:
            self.add(SYMBOLS[name], marks)
        elif name not in IGNORED:
            from leaflet.bibliography.latex_symbols import symbol  # slow to import, seldom needed

            self.add(symbol(name), marks)
        return marks

    def sign(self, sign: str, marks: tuple[str, ...], depth: int) -> None:
        r"""Carry out ``\'e``, ``\&``, ``\ `` and the other commands of one sign."""
        if sign in ACCENTS:
            self.accent(ACCENTS[sign], marks, depth)
        elif sign in "-/":
            return
        elif sign in "()[]":
            self.math = sign in "(["
        elif sign in " \n\t\r\\":
            self.add(" ", marks)
        elif sign == ",":
            self.add("\u202f", marks)
        else:
            self.add("" if sign in ";:!" else sign, marks)

    def accent(self, combining: str, marks: tuple[str, ...], depth: int) -> None:
        base = self.plain_argument(depth).replace("ı", "i").replace("ȷ", "j")
        accented = base[:1] + combining + base[1:] if base else ""
        self.add(unicodedata.normalize("NFC", accented), marks)

    def ligature(self, text: str, marks: tuple[str, ...], depth: int) -> None:
        if text in ("_", "^") and self.math:
            self.argument(_with(marks, "sub" if text == "_" else "sup"), depth)
            return
        spelt = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}.get(text, text)
        self.add(spelt, marks)


def _is_letter_command(token: re.Match[str]) -> bool:
    word, sign = token["word"], token["sign"]
    return sign in ACCENTS if sign else bool(word) and (word in SYMBOLS or (len(word) == 1 and word in ACCENTS))


def _with(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return marks if mark in marks else (*marks, mark)


def runs(text: str) -> tuple[FormattedRun, ...]:
    """Return the formatted runs of a field, with white space made single and the ends trimmed."""
    if not _MARKUP.search(text):
        return (FormattedRun(text=text.strip()),) if text.strip() else ()
    reader = _Reader(text)
    reader.group((), 0)
    return tuple(_single_spaced(reader.runs))


def _single_spaced(found: list[FormattedRun]) -> Iterator[FormattedRun]:
    after_space = True
    for number, run in enumerate(found):
        text = re.sub(r"[ \t\r\n]+", " ", run.text)
        if after_space:
            text = text.removeprefix(" ")
        if number == len(found) - 1:
            text = text.rstrip(" ")
        if text:
            after_space = text.endswith(" ")
            yield FormattedRun(text=text, marks=run.marks)


def rich(found: tuple[FormattedRun, ...], *, protect: bool) -> str:
    """Return runs as CSL's rich text. With ``protect``, braces that held capitals become ``<span class="nocase">``."""
    parts: list[str] = []
    open_marks: tuple[str, ...] = ()
    curled = _curled("".join(run.text for run in found))
    place = 0
    for run in found:
        text, place = curled[place : place + len(run.text)], place + len(run.text)
        keep = protect and run.text.lower() != run.text
        marks = run.marks if keep else tuple(mark for mark in run.marks if mark != NOCASE)
        shared = _shared(open_marks, marks)
        parts += [CLOSING[mark] for mark in reversed(open_marks[shared:])]
        parts += [OPENING[mark] for mark in marks[shared:]]
        parts.append(text)
        open_marks = marks
    parts += [CLOSING[mark] for mark in reversed(open_marks)]
    return "".join(parts)


_QUOTED = re.compile(
    r"(?<![\w'])'(?=[^\W\d_])(?!(?:tis|twas|til|em|cause|round|n)\b)(?=(?:[^']|\b'\b)*[^\s']'(?!\w))", re.IGNORECASE
)
"""A straight sign that opens a quotation: before a word, and one that closes follows."""


def _curled(text: str) -> str:
    """Return the text with typographic quote signs, as TeX prints the two of its input.

    For TeX a straight sign never opens, and whoever writes for it writes “`”; programs write the straight sign for both.
    """
    if "'" in text and "`" not in text:
        text = _QUOTED.sub("‘", text)
    return text.replace("`", "‘").replace("'", "’")


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def plain(text: str) -> str:
    """Return a field's text without any formatting."""
    return _curled("".join(run.text for run in runs(text)))


def to_rich(text: str) -> str:
    """Return a field's text with its formatting but without protection of capitals, for fields that no style re-cases."""
    return rich(runs(text), protect=False)


def balanced(text: str) -> bool:
    """Return whether every brace that opens is closed, escaped braces left aside."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def split_top(text: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    """Split where ``separator`` is outside all braces."""
    parts: list[str] = []
    depth = start = at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth == 0 and (match := separator.match(text, at)):
            parts.append(text[start:at])
            start = at = match.end()
            continue
        at += 1
    parts.append(text[start:])
    return tuple(parts)
