"""Bounds at the edge: what nests or repeats more than any honest leaflet does is refused, or stays as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from jinja2 import DictLoader, TemplateError

from leaflet.citations.output.nodes import Node, OutputSpan
from leaflet.citations.output.richtext import DEEPEST, parse_rich
from leaflet.design.css_variables import growth_problem
from leaflet.errors import LeafletError
from leaflet.files import forbidden, open_workspace, without_forbidden
from leaflet.files.svg import read_svg
from leaflet.html.page_templates import sandbox, template_code
from leaflet.source import read_source
from running import run_leaflet


def depth(nodes: Sequence[Node]) -> int:
    return max((1 + depth(node.children) for node in nodes if isinstance(node, OutputSpan)), default=0)


def words(nodes: Sequence[Node]) -> str:
    return "".join(node if isinstance(node, str) else words(node.children) for node in nodes)


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("<i>", "</i>"), ('<span class="nocase">', "</span>")])
def test_marks_in_references_that_nest_without_end_stay_as_written(opening: str, closing: str) -> None:
    nodes = parse_rich(f"{opening * 3_000}a{closing * 3_000}")
    assert depth(nodes) == DEEPEST
    assert words(nodes).count(opening) == 3_000 - DEEPEST
    assert "a" in words(nodes)


def test_accents_on_one_letter_have_a_bound() -> None:
    assert list(forbidden("a" + "\u0301" * 30)) == []
    ((place, message, _),) = forbidden("ba" + "\u0301" * 31 + "c")
    assert (place, message) == (2, "31 accents are on one letter, and 30 are the most")
    assert without_forbidden("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * 30 + "b"


BODIES = {
    "<table><tr><td>" * 60 + "a": "this HTML is nested too deeply",
    "$a$ " * 301: "this paragraph holds 301 formulas, and 300 are the most",
    ("a " + "$a$ " * 290 + "\n\n") * 7: "this source has more than 2,000 formulas",
    "*a* " * 1_001: "this paragraph holds 1,001 links, notes, emoji or other elements, and 1,000 are the most",
    "word " * 40_001: "this paragraph has 200,004 letters, and 200,000 are the most",
    "b" * 5_001: "a word of this paragraph has more than 5,000 letters",
    "b\u00a0" * 2_501: "a word of this paragraph has more than 5,000 letters",
    "\U0001f600" * 1_001: "this paragraph holds 1,001 links, notes, emoji or other elements, and 1,000 are the most",
    f"```\n{'a ' * 10_001}\n```": "a line of this code block has 20,002 letters, and 20,000 are the most",
    "```\n" + "line\n" * 40_001 + "```": "this code block has 200,005 letters, and 200,000 are the most",
    "# a\n\n" * 2_001: "the text has 2,001 headings, and 2,000 are the most",
}


@pytest.mark.parametrize("body", BODIES)
def test_a_source_beyond_a_bound_is_refused_at_its_line(body: str, tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text(f"---\ntitle: T\nlang: en\nlayout: handout-a4\n---\n\n{body}\n", encoding="utf-8")
    with pytest.raises(LeafletError) as caught:
        read_source(source, open_workspace(source))
    assert any(problem.message == BODIES[body] and problem.location for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p{border:0.0001mm dotted red}", "a line of dots or dashes is 0.0001mm thick"),
        ("p{outline: 1e-5px dashed}", "a line of dots or dashes is 1e-5px thick"),
        ("p{grid-column:span 1000000000}", "a grid has a line 1000000000, and 999 is the last"),
        ("@counter-style a{pad:1000000000 '0'}", "a counter is padded to 1000000000 signs"),
        (f"p{{width:{'9' * 101}mm}}", "the number 999999999999… has more than 100 digits"),
        ("@import '';" * 101, "the CSS has 101 imports, and 100 are the most"),
    ],
)
def test_css_that_is_drawn_or_counted_without_end_is_refused(css: str, message: str) -> None:
    problem = growth_problem(f"a{{}}\n{css}", "a.css")
    assert problem is not None
    assert problem.message.startswith(message)


def test_css_within_bounds_is_no_problem() -> None:
    css = (
        "p{border:0.5pt dotted #12345678;grid-area:1/2/span 3/999;outline:0}@counter-style a{pad:3 '0'}li{width:1000px}"
    )
    assert growth_problem(css, "a.css") is None


def test_a_word_of_very_many_parts_may_end_a_line(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(
        f"---\ntitle: T\nlang: en\nlayout: handout-a4\n---\n\nC~6~H~12~O~6~ and {'~a^b^' * 40}\n", encoding="utf-8"
    )
    run_leaflet("build", "x.md", "--format", "fragment", "--output", ".", cwd=tmp_path)
    (made,) = tmp_path.glob("x*.html")
    page = made.read_text(encoding="utf-8")
    assert "<wbr>" in page
    assert "<wbr>" not in page[: page.index(" and ")]


def test_an_output_that_is_a_link_of_itself_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.md").write_text(
        "---\ntitle: T\nlang: en\nlayout: handout-a4\n---\n\na\n", encoding="utf-8"
    )
    (tmp_path / "output").symlink_to("output")
    done = run_leaflet("build", "source/x.md", "--format", "text", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "cannot be made" in done.stderr


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
        "{% set ns = namespace(a='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
        "{% macro m() %}{% for i in range(99999) %}{{ 'x' * 4000 }}{% endfor %}{% endmacro %}{{ m() | length }}",
        "{{ lipsum(n=100000) }}",
        "{{ 'a\\nb' | indent(1000000000) }}",
    ],
)
def test_a_template_makes_nothing_huge(template: str) -> None:
    environment = sandbox(DictLoader({"a": template}), template_code())
    with pytest.raises(TemplateError, match=r"would make more than|makes more than|undefined|beyond"):
        environment.get_template("a").render()


def test_a_template_joins_texts_as_ever() -> None:
    template = "{{ a ~ 1 ~ (b | safe) }}{% macro m() %}x{{ 2 }}{% endmacro %}{{ m() }}"
    environment = sandbox(DictLoader({"a": template}), template_code())
    assert environment.get_template("a").render(a="a<", b="<i>") == "a&lt;1<i>x2"


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (f"<text>{'a' * 200_001}</text>", "grows to more than 200,000 elements and letters"),
        ("<g " + " ".join(f"a{i}='b'" for i in range(501)) + "/>", "has an element with more than 500 attributes"),
    ],
)
def test_a_drawing_of_very_many_letters_or_attributes_is_refused(drawing: str, reason: str) -> None:
    assert read_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{drawing}</svg>'.encode())[0] == (reason,)


def test_boxes_that_are_flexible_in_each_other_beyond_a_bound_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("*{display:flex!important}", encoding="utf-8")
    (tmp_path / "x.md").write_text(
        "---\ntitle: T\nlang: en\nlayout: handout-a4\ncss: own.css\n---\n\na\n", encoding="utf-8"
    )
    done = run_leaflet("build", "x.md", "--format", "pdf", "--output", ".", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "boxes with display: flex are nested more than 6 deep" in done.stderr
