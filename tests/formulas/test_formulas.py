"""Formulas of the kinds that papers and school sheets use are set, and what cannot be set says why."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.formulas import Unset, drawing, mathml, unset_reason

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
