"""LaTeX within Markdown: commands with a meaning are read, and everything else is reported and left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from leaflet.model.document import Attributes
from leaflet.source.syntax.lines import container_end, line_text
from leaflet.source.tex_macros import definition_end

COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+\*?)")
ARGUMENT = re.compile(
    r"[ \t]*(?:\[(?P<optional>[^\]\n]*)\]|\{(?P<needed>(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*)\})", re.DOTALL
)
TICKS = re.compile(r"`+")
RAW_FORMAT = re.compile(r"\{=(?P<format>[\w+-]+)\}")
ENVIRONMENT = re.compile(r"\\begin\{(?P<name>[A-Za-z]+\*?)\}")
BOOKDOWN = re.compile(r"\\@ref\((?P<target>[\w:.-]+)\)")
BEFORE = re.compile(r"[\w:/\\]")

VERBATIM = re.compile(r"\\(?:verb|lstinline)\*?(?P<sign>[+|!/=@])(?P<text>[^\n]*?)(?P=sign)")

WRAPPERS = {
    "textbf": "strong",
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "underline": "span.underline",
    "uline": "span.underline",
    "textsc": "span.smallcaps",
    "textsuperscript": "sup",
    "textsubscript": "sub",
    "sout": "s",
    "textrm": "span",
    "textsf": "span",
    "textmd": "span",
    "textup": "span",
    "mbox": "span",
    "hbox": "span",
    "textnormal": "span",
    "footnotesize": "span",
}
TEXTS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "XeTeX": "XeTeX",
    "LaTeXe": "LaTeX2e",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textregistered": "®",
    "texttrademark": "™",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "EUR": "€",
    "degree": "°",
    "textdegree": "°",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "ss": "ß",
    "ae": "æ",
    "oe": "œ",
    "o": "ø",
    "aa": "å",
    "quad": "\u2003",
    "qquad": "\u2003",
    "newline": "\n",
    "linebreak": "\n",
    "par": "\n",
}
NOTHING = frozenset(
    "noindent vspace vspace* hspace hspace* bigskip medskip smallskip hfill vfill centering raggedright raggedleft label "
    "newpage* indent null allowbreak nobreak sloppy fussy small large Large LARGE huge Huge normalsize tiny "
    "scriptsize protect relax leavevmode break goodbreak FloatBarrier singlespacing doublespacing onehalfspacing "
    "appendix frontmatter mainmatter backmatter tableofcontents listoffigures listoftables maketitle thispagestyle "
    "pagestyle pagenumbering setcounter addtocounter setlength addtolength renewcommand newcommand providecommand "
    "def let usepackage definecolor hypersetup addcontentsline addtocontents markboth phantomsection selectlanguage "
    "bibliographystyle printbibliography nocite index glossary printindex".split()
)
"""Commands that change only how a page of LaTeX looks; nothing of the text is lost without them."""
PAGE_BREAKS = frozenset({"newpage", "pagebreak", "clearpage", "cleardoublepage", "eject"})
REFERENCES = frozenset({"ref", "autoref", "cref", "Cref", "eqref", "vref", "nameref", "pageref", "subref"})
CITES = {
    "cite": "normal",
    "citep": "normal",
    "parencite": "normal",
    "autocite": "normal",
    "footcite": "normal",
    "citealp": "normal",
    "citealt": "normal",
    "cites": "normal",
    "citet": "narrative",
    "textcite": "narrative",
    "citeauthor": "narrative",
    "citeyear": "suppress",
    "citeyearpar": "suppress",
}
KEPT_INSIDE = frozenset(
    "center flushleft flushright quote quotation abstract landscape multicols spacing small large minipage "
    "singlespace doublespace onehalfspace samepage adjustwidth titlepage tcolorbox mdframed framed".split()
)
"""Environments around text that is Markdown; the text is read and the environment left out."""


FORMULAS = frozenset(
    "equation align alignat aligned flalign gather gathered multline eqnarray split math displaymath cases array matrix "
    "pmatrix bmatrix vmatrix Vmatrix Bmatrix smallmatrix subequations".split()
)


def latex_plugin(md: MarkdownIt) -> None:
    """Read commands and environments, and code that is marked as being for one format."""
    md.inline.ruler.before("escape", "latex", _command)
    md.inline.ruler.before("escape", "bookdown_reference", _bookdown_reference)
    md.inline.ruler.before("backticks", "raw_code", _raw_code)
    md.block.ruler.before(
        "fence", "environment", _environment, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _bookdown_reference(state: StateInline, silent: bool) -> bool:
    r"""Read bookdown's ``\@ref(fig:name)``."""
    if not state.src.startswith("\\@ref(", state.pos):
        return False
    found = BOOKDOWN.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("latex_reference", "", 0).meta.update(target=found["target"], bare=True)
    state.pos = found.end()
    return True


def _raw_code(state: StateInline, silent: bool) -> bool:
    r"""Read ``\`…\`{=latex}``."""
    opening = TICKS.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    runs = TICKS.finditer(state.src, opening.end(), state.posMax)
    closing = next((run for run in runs if len(run[0]) == len(opening[0])), None)
    found = closing and RAW_FORMAT.match(state.src, closing.end(), state.posMax)
    if not closing or not found:
        return False
    if not silent:
        _push_raw(state, found["format"].lower(), state.src[opening.end() : closing.start()].strip())
    state.pos = found.end()
    return True


def _push_raw(state: StateInline, kind: str, text: str) -> None:
    if kind in {"html", "html5", "html4"}:
        for part in re.split(r"(<[^>]*>)", text):
            if part:
                token = state.push("html_inline" if part[0] == "<" else "text", "", 0)
                token.content = part
        return
    if kind in {"latex", "tex"} and (found := COMMAND.fullmatch(text)) and found["name"] in PAGE_BREAKS:
        state.push("page_break", "", 0)
        return
    if kind in {"latex", "tex"} and is_layout_only(text):
        return
    state.push("raw", "", 0).meta.update(kind=kind, text=text)


def is_layout_only(text: str) -> bool:
    """Return whether LaTeX holds only commands for the look of a page."""
    rest = text
    while found := COMMAND.match(rest.lstrip()):
        if found["name"] not in NOTHING | PAGE_BREAKS:
            return False
        rest = rest.lstrip()[found.end() :]
        while argument := ARGUMENT.match(rest):
            rest = rest[argument.end() :]
    return not rest.strip()


def _command(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    found = COMMAND.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if (verbatim := VERBATIM.match(state.src, state.pos, state.posMax)) is not None:
        if not silent:
            state.push("code_inline", "code", 0).content = verbatim["text"]
        state.pos = verbatim.end()
        return True
    if (definition := definition_end(state.src, state.pos)) is not None:
        state.pos = definition
        return True
    end = found.end()
    arguments: list[tuple[int, int]] = []
    optional: list[str] = []
    while (more := ARGUMENT.match(state.src, end, state.posMax)) is not None and len(arguments) < 4:
        if more.group().startswith((" ", "\t")):
            break
        if more["needed"] is None:
            optional.append(more["optional"])
        else:
            arguments.append(more.span("needed"))
        end = more.end()
    before = state.src[state.pos - 1] if state.pos else " "
    has_any = bool(arguments or optional) or _is_alone(state, end)
    if before == "\\" or (not arguments and BEFORE.match(before) and found["name"] not in NAMES):
        return False  # a path
    if not _is_latex(found["name"], has_any=has_any):
        return False  # a text about such things
    if not silent:
        _push(state, found["name"], arguments, optional)
    state.pos = end
    return True


NAMES = frozenset({"LaTeX", "TeX", "XeTeX", "LaTeXe"})


def _is_latex(name: str, *, has_any: bool) -> bool:
    """Return whether a backslash and a word are LaTeX and not part of a path or of a text about such things."""
    known = name in NOTHING or name in PAGE_BREAKS or name in TEXTS
    return known or has_any


def _is_alone(state: StateInline, end: int) -> bool:
    """Return whether a command is alone on its line."""
    before, after = state.src.rfind("\n", 0, state.pos) + 1, state.src.find("\n", end)
    return not state.src[before : state.pos].strip() and not state.src[end : after if after >= 0 else None].strip()


def _push(state: StateInline, name: str, arguments: list[tuple[int, int]], optional: list[str]) -> None:
    first = state.src[slice(*arguments[0])] if arguments else ""
    if name in WRAPPERS and arguments:
        _push_wrapped(state, WRAPPERS[name], arguments[0])
    elif name in {"texttt", "verb", "code", "path"} and arguments:
        state.push("code_inline", "code", 0).content = re.sub(r"\\([_%&#$])", r"\1", first)
    elif name == "url" and arguments:
        _push_link(state, first, None)
    elif name == "href" and len(arguments) > 1:
        _push_link(state, first, arguments[1])
    elif name == "footnote" and arguments:
        state.push("note_open", "", 1)
        _tokenize(state, arguments[0])
        state.push("note_close", "", -1)
    elif name in REFERENCES and arguments:
        bare = name in {"ref", "eqref", "subref", "pageref"}
        for target in first.split(","):
            inside = name == "ref" and state.src[state.pos - 1 : state.pos] == "("
            state.push("latex_reference", "", 0).meta.update(target=target.strip(), bare=bare, in_brackets=inside)
    elif name in CITES and arguments:
        keys = [key.strip() for key in first.split(",") if key.strip()]
        state.push("latex_citation", "", 0).meta.update(keys=keys, mode=CITES[name], optional=tuple(optional))
    elif name == "label" and arguments:
        state.push("latex_label", "", 0).meta["attributes"] = Attributes(id=first.strip())
    elif name in PAGE_BREAKS:
        state.push("page_break", "", 0)
    elif name in TEXTS:
        if TEXTS[name] == "\n":
            state.push("hardbreak", "br", 0)
        else:
            state.push("text_special", "", 0).content = TEXTS[name]
    elif name not in NOTHING:
        text = "\\" + name + "".join(f"[{words}]" for words in optional)
        text += "".join(f"{{{state.src[slice(*span)]}}}" for span in arguments)
        state.push("raw", "", 0).meta.update(kind="latex", text=text)


def _push_wrapped(state: StateInline, kind: str, span: tuple[int, int]) -> None:
    name, _, style = kind.partition(".")
    opening = state.push(f"{name}_open", name, 1)
    if name == "span":
        opening.meta["attributes"] = Attributes(classes=(style,) if style else ())
    _tokenize(state, span)
    state.push(f"{name}_close", name, -1)


def _push_link(state: StateInline, address: str, words: tuple[int, int] | None) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs["href"] = re.sub(r"\\([_%&#$~])", r"\1", address)
    if words is None:
        opening.info = "auto"
        state.push("text", "", 0).content = str(opening.attrs["href"])
    else:
        _tokenize(state, words)
    state.push("link_close", "a", -1)


def _tokenize(state: StateInline, span: tuple[int, int]) -> None:
    """Read the argument of a command as text of its own."""
    at, last = state.pos, state.posMax
    state.pos, state.posMax = span
    state.md.inline.tokenize(state)
    state.pos, state.posMax = at, last


def _environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Read ``\begin{…}`` to ``\end{…}``: Markdown within an environment around text; any other is left out whole."""
    if state.is_code_block(start):
        return False
    line = line_text(state, start)
    found = ENVIRONMENT.match(line)
    if not found or found["name"].rstrip("*") in FORMULAS:
        return False
    close = _end_of(state, start, end, found["name"])
    if close is None:
        return False
    if silent:
        return True
    name = found["name"].rstrip("*")
    if name in KEPT_INSIDE:
        state.push("environment", "", 0).map = [start, start + 1]
        parent, last = state.parentType, state.lineMax
        state.parentType, state.lineMax = "div", close
        state.md.block.tokenize(state, start + 1, close)
        state.parentType, state.lineMax = parent, last
    else:
        token = state.push("raw_block", "", 0)
        token.map = [start, close + 1]
        token.content = "\n".join(_lines(state, start, close + 1))
        token.meta.update(kind="latex", text=f"\\begin{{{found['name']}}}")
    state.line = close + 1
    return True


def _end_of(state: StateBlock, start: int, end: int, name: str) -> int | None:
    depth = 0
    for number in range(start, container_end(state, start, end)):
        line = line_text(state, number)
        depth += line.count(f"\\begin{{{name}}}") - line.count(f"\\end{{{name}}}")
        if depth <= 0:
            return number
    return None


def _lines(state: StateBlock, start: int, end: int) -> Iterator[str]:
    return (line_text(state, number) for number in range(start, end))
