"""Formulas of the kinds that papers and school sheets use are set, and what cannot be set says why."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.formulas import Unset, alternative_text, drawing, drawing_in_lines, mathml, own_number, unset_reason

FORMULAS = (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines()
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def test_there_are_a_hundred() -> None:
    assert len(set(FORMULAS)) >= 100


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas_are_set_as_mathml_and_as_drawings(tex: str) -> None:
    assert unset_reason(tex) is None
    root = ElementTree.fromstring(mathml(tex, display=True))
    assert root.tag == f"{MATHML}math"
    assert root.get("display") == "block"
    assert "\\" not in "".join(node.text or "" for node in root.iter() if not node.tag.endswith("mtext"))
    drawn = drawing(tex, display=True)
    assert ElementTree.fromstring(drawn.svg).tag.endswith("svg")
    assert 0 < drawn.width < 40
    assert 0 <= drawn.below < drawn.height < 12
    assert drawing(tex, display=True) == drawn


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\unknown{x}", r"\unknown is not known"),
        (r"\frac{a", "not complete"),
        ("", "nothing in it"),
        ("x" * 5000, "longer than"),
        ("{" * 100 + "}" * 100, "nested too deeply"),
        (r"\input{/etc/passwd}", "not known"),
    ],
)
def test_what_cannot_be_set_says_why(tex: str, reason: str) -> None:
    assert reason in str(unset_reason(tex))
    with pytest.raises(Unset):
        drawing(tex, display=False)


@settings(max_examples=200)
@given(st.text(alphabet="\\{}^_&$#%~ abx12()[]|<>\"'\n", max_size=60))
def test_any_tex_is_set_or_refused(tex: str) -> None:
    try:
        page = mathml(tex, display=False)
    except Unset:
        return
    ElementTree.fromstring(page)
    assert alternative_text(tex, "en").strip()


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas_have_words_in_four_languages(tex: str) -> None:
    for language in ("en", "de-AT", "fr", "es"):
        spoken = alternative_text(tex, language)
        assert not set(spoken) & set("\\{}^_&=<>+()[]|∑∫√→≤∈"), spoken
        assert spoken.strip() == spoken != ""


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x", "x"),
        (r"\alpha", "alpha"),
        ("n = 12", "n equals 12"),
        ("f(x)", "f of x"),
        ("a(b + c)", "a open bracket b plus c close bracket"),
        (r"\frac{dy}{dx}", r"d y over d x"),
        ("x^{n+1} - 1", "x to the power of n plus 1, end power, minus 1"),
        (r"\sqrt{x} + 1", r"the square root of x plus 1"),
        (r"\sqrt{x + 1}", r"the square root of x plus 1, end root"),
        (r"\sum_{i=1}^n x_i", r"the sum from i equals 1 to n of x sub i"),
        (r"\lim_{h \to 0} h", r"the limit as h goes to 0 of h"),
        (r"\binom{n}{k}", r"n choose k"),
        ("|x|", "the absolute value of x, end absolute value"),
        (r"P(A \mid B)", r"capital P of open bracket capital A given capital B close bracket"),
        (r"\begin{cases} a \\ b \end{cases}", r"case 1: a; case 2: b"),
        (r"30^\circ", r"30 degrees"),
        ("3{,}14", "3,14"),
        (r"a \hookrightarrow b", r"a \hookrightarrow b"),
        (r"\unknown{x}", r"\unknown{x}"),
    ],
)
def test_formulas_are_read_aloud_as_from_the_board(tex: str, words: str) -> None:
    assert alternative_text(tex, "en-GB") == words


def test_other_languages_have_their_words_or_the_tex() -> None:
    tex = r"\frac{1}{2} \le x^2"
    assert alternative_text(tex, "de") == r"1 durch 2 kleiner oder gleich x Quadrat"
    assert alternative_text(tex, "fr") == r"1 sur 2 inférieur ou égal à x au carré"
    assert alternative_text(tex, "es") == r"1 sobre 2 menor o igual que x al cuadrado"
    assert alternative_text(tex, "ja") == tex


SUM = "f(x) = " + " + ".join(f"a_{{{power}}} x^{{{power}}}" for power in range(2, 6))
BRACKETED = r"p \left( " + " + ".join(f"x_{index}" for index in range(4)) + r" \right)"
ALIGNED = rf"\begin{{aligned}} {SUM.replace('=', '&=', 1)} \\ &= b \end{{aligned}}"


@pytest.mark.parametrize(("tex", "most", "rows"), [(SUM, 12, 2), (BRACKETED, 8, 2), (ALIGNED, 10, 3)])
def test_a_formula_wider_than_its_column_is_divided(tex: str, most: float, rows: int) -> None:
    whole, divided = drawing(tex, display=True), drawing_in_lines(tex, most)
    assert divided.width <= most < whole.width
    assert rows * 1.1 < divided.height < rows * 2.5


@pytest.mark.parametrize(
    ("tex", "most"),
    [
        ("x + y", 25),
        (r"\frac{" + SUM + "}{2}", 5),
        (ALIGNED, drawing(ALIGNED, display=True).width / 1.2),
        (r"\begin{aligned} a &= b & c &= d & e &= f \end{aligned}", 5),
        ("x^+ y_- z^{a = b} [-1", 1),
    ],
)
def test_other_formulas_are_drawn_as_they_are(tex: str, most: float) -> None:
    assert drawing_in_lines(tex, most) == drawing(tex, display=True)


def test_a_number_of_the_authors_is_set() -> None:
    assert own_number(r"x = y \tag{A.1}") == "A.1"
    assert own_number("x = y % \\tag{1}") is None
    assert "(A.1)" in mathml(r"x = y \tag{A.1}", display=True)
    assert ">i<" in mathml(r"x = y \tag*{i}", display=True)
