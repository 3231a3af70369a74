"""Conversion of formulas of Office (OMML) to TeX."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

SIGNS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    "±": "pm", "∓": "mp", "×": "times", "÷": "div", "·": "cdot", "⋅": "cdot", "∗": "ast", "∘": "circ", "≤": "leq",
    "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim", "≅": "cong", "∝": "propto", "∞": "infty",
    "∂": "partial", "∇": "nabla", "∈": "in", "∉": "notin", "⊂": "subset", "⊆": "subseteq", "∪": "cup", "∩": "cap",
    "∅": "emptyset", "∀": "forall", "∃": "exists", "¬": "neg", "∧": "wedge", "∨": "vee", "→": "rightarrow",
    "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow", "↦": "mapsto",
    "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "∑": "sum", "∏": "prod", "∫": "int", "∬": "iint",
    "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap", "ℝ": "mathbb{R}", "ℕ": "mathbb{N}", "ℤ": "mathbb{Z}",
    "ℚ": "mathbb{Q}", "ℂ": "mathbb{C}", "ℏ": "hbar", "ℓ": "ell", "⟨": "langle", "⟩": "rangle", "‖": "|", "†": "dagger",
}  # fmt: skip
"""Signs of mathematics, and the commands of TeX for them."""
SPECIAL = {char: "\\" + char for char in "#$%&_{}"} | {"\\": "\\backslash ", "^": "\\hat{}", "~": "\\sim "}
ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0307": "dot", "\u0308": "ddot",
    "\u20d7": "vec", "\u030c": "check", "\u0301": "acute", "\u0300": "grave", "\u0306": "breve", "^": "hat", "~": "tilde",
    "→": "vec", "¯": "bar", "˙": "dot", "¨": "ddot",
}  # fmt: skip
OPERATORS = {"∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap"}
FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp lim max min sup inf det gcd arg deg dim".split()
)


class UnreadableFormulaError(ValueError):
    """A formula holds a part for which there is no TeX here."""


def to_tex(element: _Element) -> str:
    """Return a formula (``m:oMath``) in TeX.

    Raises:
        UnreadableFormulaError: a part of it cannot be expressed.
    """
    return " ".join(_children(element).split())


def formula_text(element: _Element) -> str:
    """Return the characters of a formula, for a message."""
    return "".join(text.text or "" for text in element.iter(f"{M}t"))


def _children(element: _Element | None) -> str:
    return "" if element is None else "".join(_node(child) for child in element)


def _node(element: _Element) -> str:
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if name in SILENT or (isinstance(element.tag, str) and element.tag.startswith(W)):
        return _children(element) if element.tag in {f"{W}ins", f"{W}smartTag"} else ""
    rule = RULES.get(name)
    if rule is None:
        raise UnreadableFormulaError(name)
    return rule(element)


def _value(element: _Element, properties: str, key: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{key}")
    return default if found is None else (found.get(f"{M}val") or "")


def _is_on(element: _Element, properties: str, key: str) -> bool:
    return _value(element, properties, key, "0") not in {"0", "off", "false"} or (
        (found := element.find(f"{M}{properties}/{M}{key}")) is not None and found.get(f"{M}val") is None
    )


def _part(element: _Element, name: str) -> str:
    return _children(element.find(M + name))


def _run(element: _Element) -> str:
    text = "".join(part.text or "" for part in element.iter(f"{M}t"))
    is_plain = element.find(f"{M}rPr/{M}nor") is not None
    is_upright = _value(element, "rPr", "sty", "i") == "p"
    if is_plain or (is_upright and len(text.strip()) > 1 and text.strip().isalpha() and text.strip() not in FUNCTIONS):
        return f"\\text{{{_escaped(text)}}}"
    if text.strip() in FUNCTIONS:
        return f"\\{text.strip()} "
    return tex_signs(text)


def tex_signs(text: str) -> str:
    """Return characters of a formula as TeX writes them."""
    return "".join(f"\\{SIGNS[char]} " if char in SIGNS else SPECIAL.get(char, char) for char in text)


def _escaped(text: str) -> str:
    return "".join(SPECIAL.get(char, char) for char in text)


def _fraction(element: _Element) -> str:
    parts = f"{{{_part(element, 'num')}}}{{{_part(element, 'den')}}}"
    match _value(element, "fPr", "type", "bar"):
        case "noBar":
            return f"\\binom{parts}"
        case "lin" | "skw":
            return f"{_part(element, 'num')}/{_part(element, 'den')}"
        case _:
            return f"\\frac{parts}"


def _root(element: _Element) -> str:
    degree = "" if _is_on(element, "radPr", "degHide") else _part(element, "deg")
    return f"\\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e')}}}"


def _scripts(below: str, above: str) -> Callable[[_Element], str]:
    def rule(element: _Element) -> str:
        tex = f"{{{_part(element, 'e')}}}"
        tex += f"_{{{_part(element, 'sub')}}}" if below else ""
        return tex + (f"^{{{_part(element, 'sup')}}}" if above else "")

    return rule


def _before(element: _Element) -> str:
    return f"{{}}_{{{_part(element, 'sub')}}}^{{{_part(element, 'sup')}}}{{{_part(element, 'e')}}}"


def _large(element: _Element) -> str:
    sign = _value(element, "naryPr", "chr", "∫")
    if sign not in OPERATORS:
        raise UnreadableFormulaError(sign)
    tex = f"\\{OPERATORS[sign]}"
    if not _is_on(element, "naryPr", "subHide") and (below := _part(element, "sub")):
        tex += f"_{{{below}}}"
    if not _is_on(element, "naryPr", "supHide") and (above := _part(element, "sup")):
        tex += f"^{{{above}}}"
    return f"{tex} {_part(element, 'e')}"


def _brackets(element: _Element) -> str:
    opening, closing = _value(element, "dPr", "begChr", "("), _value(element, "dPr", "endChr", ")")
    middle = _value(element, "dPr", "sepChr", "|")
    inner = f" {_delimiter(middle)} ".join(_children(part) for part in element.findall(f"{M}e"))
    if opening == "{" and not closing and inner.startswith("\\begin{matrix}"):
        return inner.replace("{matrix}", "{cases}")
    return f"\\left{_delimiter(opening)} {inner} \\right{_delimiter(closing)}"


def _delimiter(char: str) -> str:
    named = {
        "": ".",
        "{": "\\{",
        "}": "\\}",
        "⟨": "\\langle",
        "⟩": "\\rangle",
        "‖": "\\|",
        "⌈": "\\lceil",
        "⌉": "\\rceil",
    }
    return (named | {"⌊": "\\lfloor", "⌋": "\\rfloor", "∣": "|"}).get(char, char)


def _matrix(element: _Element) -> str:
    rows = (" & ".join(_children(cell) for cell in row.findall(f"{M}e")) for row in element.findall(f"{M}mr"))
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


def _equations(element: _Element) -> str:
    rows = [_children(row) for row in element.findall(f"{M}e")]
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


def _function(element: _Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _accent(element: _Element) -> str:
    sign = _value(element, "accPr", "chr", "\u0302")
    if sign not in ACCENTS:
        raise UnreadableFormulaError(sign)
    return f"\\{ACCENTS[sign]}{{{_part(element, 'e')}}}"


def _bar(element: _Element) -> str:
    name = "underline" if _value(element, "barPr", "pos", "bot") == "bot" else "overline"
    return f"\\{name}{{{_part(element, 'e')}}}"


def _grouped(element: _Element) -> str:
    above = _value(element, "groupChrPr", "pos", "bot") == "top"
    return f"\\{'overbrace' if above else 'underbrace'}{{{_part(element, 'e')}}}"


def _limit(sign: str) -> Callable[[_Element], str]:
    def rule(element: _Element) -> str:
        base, limit = _part(element, "e").strip(), _part(element, "lim")
        if base.startswith("\\") and base[1:].isalpha():
            return f"{base}{sign}{{{limit}}}"
        return f"\\{'underset' if sign == '_' else 'overset'}{{{limit}}}{{{base}}}"

    return rule


SILENT = frozenset(
    "rPr ctrlPr fPr radPr sSupPr sSubPr sSubSupPr sPrePr naryPr dPr mPr funcPr accPr barPr groupChrPr limLowPr limUppPr "
    "boxPr borderBoxPr eqArrPr phantPr oMathParaPr argPr".split()
)
RULES: dict[str, Callable[[_Element], str]] = {
    "r": _run,
    "f": _fraction,
    "rad": _root,
    "sSup": _scripts("", "sup"),
    "sSub": _scripts("sub", ""),
    "sSubSup": _scripts("sub", "sup"),
    "sPre": _before,
    "nary": _large,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _equations,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _grouped,
    "limLow": _limit("_"),
    "limUpp": _limit("^"),
    "box": lambda element: _part(element, "e"),
    "borderBox": lambda element: f"\\boxed{{{_part(element, 'e')}}}",
    "phant": lambda element: f"\\phantom{{{_part(element, 'e')}}}",
    "oMath": lambda element: _children(element),
    "e": lambda element: _children(element),
}
