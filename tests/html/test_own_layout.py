"""A layout of one's own is a small folder: its file alone, or with a template that replaces a shared one."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import REPOSITORY, STYLES, citations, document, parsed

from leaflet.design.layouts import load_layout
from leaflet.design.styles import load_style
from leaflet.errors import LayoutError
from leaflet.html import PrintPages
from leaflet.model.workspace import Workspace

CARD = """\
[sheet]
width = 105
height = 148
[[panel]]
name = "card"
margins = [10, 10, 10, 10]
holds = ["cover", "body", "end-plate"]
repeats = true
"""


def rendered(root: Path, template: str | None = None) -> str:
    folder = root / "layouts" / "card"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(CARD, encoding="utf-8")
    if template is not None:
        (folder / "page.html.j2").write_text(template, encoding="utf-8")
    pages = PrintPages.of(
        document(),
        citations(),
        load_layout(folder),
        load_style(STYLES / "clinic"),
        font_css="",
        workspace=Workspace(root=root.resolve(), shipped=REPOSITORY),
    )
    return pages.page(pages.arranged(0)).complete


def test_one_file_is_enough(tmp_path: Path) -> None:
    page = rendered(tmp_path)
    assert "@page card{size:105mm 148mm;margin:10mm 10mm 10mm 10mm}" in page
    assert parsed(page).xpath("//div[@class='panel panel-card']//h1")


def test_its_template_wins(tmp_path: Path) -> None:
    assert rendered(tmp_path, "<p>{{ m.title }}</p>") == "<p>Walking well</p>"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ m.__class__.__mro__ }}", "access to attribute '__class__' of 'Metadata' object is unsafe"),
        ("{% if %}", "Expected an expression"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% include '../../../../etc/passwd' %}", "../../../../etc/passwd"),
    ],
)
def test_a_template_sees_its_context_and_nothing_else(template: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as caught:
        rendered(tmp_path, template)
    (problem,) = caught.value.problems
    assert problem.message.startswith("the template cannot be filled: ")
    assert message in problem.message
    assert "layouts/card/" in str(problem.location)
