"""A print page in parts: runs of panels that stand alone, unless something makes one depend on another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import LAYOUTS, REPOSITORY, STYLES, citations, document

from leaflet.design import load_layout, load_style
from leaflet.design.panel_dependence import spans_panels
from leaflet.errors import LayoutError
from leaflet.html import PrintPages
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace

LAYOUT = """\
[sheet]
width = 210
height = 148
[fold]
kind = "half"
[[panel]]
name = "cover"
margins = [10, 10, 10, 10]
holds = ["cover"]
[[panel]]
name = "inside"
margins = [10, 10, 10, 10]
holds = ["body"]
[[panel]]
name = "inside"
margins = [10, 10, 10, 10]
[[panel]]
name = "back"
margins = [10, 10, 10, 10]
holds = ["end-plate"]
"""


def page(root: Path, layout: str = LAYOUT, **files: str) -> PrintPage:
    """The page of a layout of one's own, with the files that lie beside its layout.toml."""
    folder = root / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(layout, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return rendered(folder, Workspace(root=root.resolve(), shipped=REPOSITORY))


def rendered(folder: Path, workspace: Workspace) -> PrintPage:
    style = load_style(STYLES / "clinic")
    pages = PrintPages.of(document(), citations(), load_layout(folder), style, font_css="", workspace=workspace)
    return pages.page(pages.arranged(0))


def test_each_run_of_panels_stands_alone(tmp_path: Path) -> None:
    found = page(tmp_path)
    assert [re.search(r"panel-\w+", run)[0] for run in found.runs] == ["panel-cover", "panel-inside", "panel-back"]  # type: ignore[index]
    assert not found.whole
    assert "--fit:1;" in found.css[0]
    assert "<title>Walking well</title>" in found.head
    assert "style=" not in found.root


def test_a_layout_whose_css_spans_panels_is_one_run(tmp_path: Path) -> None:
    found = page(tmp_path, **{"layout.css": "h1 { font-size: 3vw }"})
    (run,) = found.runs
    assert found.whole
    assert found.css
    assert all(f"panel-{name}" in run for name in ("cover", "inside", "back"))


def test_a_layout_whose_pages_are_counted_is_one_run() -> None:
    found = rendered(LAYOUTS / "booklet-a5", Workspace(root=REPOSITORY, shipped=REPOSITORY))
    assert len(found.runs) == 1
    assert not found.whole
    assert found.body.startswith("<body data-foot=")


def test_css_in_a_part_of_ones_own_concerns_all_panels(tmp_path: Path) -> None:
    parts = (LAYOUTS / "shared" / "parts.html.j2").read_text(encoding="utf-8")
    styled = parts.replace("{% macro cover() %}", "{% macro cover() %}<style>p { color: red }</style>")
    found = page(tmp_path, **{"parts.html.j2": styled})
    assert found.whole
    assert not found.css
    assert found.runs[0].count("<style>") >= 2


def test_a_page_of_ones_own_is_one_document_and_asks_for_its_scale(tmp_path: Path) -> None:
    plain = page(tmp_path / "plain", **{"page.html.j2": "<p>{{ m.title }}</p>"})
    assert (plain.runs, plain.css, plain.scale) == (("<p>Walking well</p>",), (), 1.0)
    scaled = page(tmp_path / "scaled", **{"page.html.j2": '<html style="--fit: {{ fit }}"><p>x'})
    assert f"--fit: {scaled.scale}" in scaled.runs[0] or scaled.scale == 1.0


def test_css_that_is_no_utf_8_is_an_error_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(LAYOUT, encoding="utf-8")
    (folder / "layout.css").write_bytes("p::before { content: 'é' }".encode("latin-1"))
    with pytest.raises(LayoutError) as caught:
        rendered(folder, Workspace(root=tmp_path.resolve(), shipped=REPOSITORY))
    assert str(caught.value.problems[0].location) == "layouts/mine/layout.css"


@pytest.mark.parametrize(
    "css",
    [
        "@page { @bottom-left { content: counter(page) } }",
        "@page { @bottom-left { content: counter( pages ) } }",
        "figcaption::before { content: counter(figure) }",
        "a::after { content: target-counter(attr(href), page) }",
        "h1 { string-set: title content() }",
        ".logo { position: fixed }",
        "@page :first { margin: 0 }",
        "@page a:left { margin: 0 }",
        "@page :nth(2) { margin: 0 }",
        "h1 { break-before: right }",
        "h1 { font-size: 3vw }",
        ".panel:nth-child(2) { color: red }",
        ".panel-a + .panel-b { color: red }",
    ],
)
def test_css_that_reaches_from_panel_to_panel_is_known(css: str) -> None:
    assert spans_panels(css)


@pytest.mark.parametrize(
    "css",
    [
        "@page :nth(2 of inside) { margin: 0 }",
        ".panel-top > :last-child { margin: 0 }",
        'p { background: url("data:image/png;base64,A3vw+counter(page)") }',
        "::footnote-call { content: counter(footnote) }",
    ],
)
def test_css_within_panels_is_none_of_it(css: str) -> None:
    assert not spans_panels(css)
