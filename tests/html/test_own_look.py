"""A look of one's own: fonts of the workspace, styles and layouts based on others, and CSS for a leaflet or for all."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from running import run_leaflet

TEXT = "---\ntitle: Our look\nstyle: {style}\nlayout: {layout}\n---\n\n## A heading\n\nSome text with **bold** words.\n"


def _workspace(folder: Path, *, settings: str = "", style: str = "clinic", layout: str = "flyer-a5") -> Path:
    (folder / "source").mkdir(parents=True)
    (folder / "leaflet.toml").write_text(settings, encoding="utf-8")
    (folder / "source" / "it.md").write_text(TEXT.format(style=style, layout=layout), encoding="utf-8")
    return folder


def _font(folder: Path, name: str, *, licence: int = 0, face: str = "Regular", family: str = "House Sans") -> None:
    """Put a font of a family of its own into the workspace; its shapes are those of one that comes with leaflet."""
    spec = find_spec("fontpkg_atkinson_hyperlegible")
    assert spec
    assert spec.submodule_search_locations
    font = TTFont(Path(spec.submodule_search_locations[0]) / "files" / f"AtkinsonHyperlegible-{face}.ttf")
    for number in (1, 4, 6, 16):
        if font["name"].getDebugName(number):
            font["name"].setName(family if number != 6 else f"HouseSans-{face}", number, 3, 1, 0x409)
            font["name"].removeNames(nameID=number, platformID=1)
    font["OS/2"].fsType = licence
    (folder / "fonts").mkdir(exist_ok=True)
    font.flavor = "woff2" if name.endswith(".woff2") and find_spec("brotli") else None
    font.save(folder / "fonts" / name)


def _build(folder: Path, *options: str, check: bool = True) -> tuple[Path, str]:
    done = run_leaflet("build", "source/it.md", "--format", "pdf", *options, cwd=folder, check=check)
    return folder / "output" / "it.pdf", done.stderr


def _fonts(pdf: Path) -> set[str]:
    found: set[str] = set()
    for page in PdfReader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found


def test_a_font_of_the_workspace_is_one_line(tmp_path: Path) -> None:
    _workspace(tmp_path, settings='[organisation]\ntext = "House Sans"\n')
    _font(tmp_path, "a.ttf")
    _font(tmp_path, "b.ttf", face="Bold")
    pdf, said = _build(tmp_path)
    assert any("House" in name for name in _fonts(pdf))
    assert not any("Source" in name for name in _fonts(pdf))
    assert "warning" not in said


def test_a_typeface_that_is_nowhere_is_reported_with_its_place_and_the_folder(tmp_path: Path) -> None:
    _workspace(tmp_path, settings='[organisation]\ntext = "House Sanz"\n')
    _font(tmp_path, "a.ttf")
    _, said = _build(tmp_path, check=False)
    assert 'leaflet.toml:2:8: "House Sanz" is not a typeface that comes with leaflet or is in the folder fonts' in said
    assert 'did you mean "House Sans"?' in said


@pytest.mark.parametrize(
    ("licence", "message"),
    [
        (0x0002, "may not be embedded in a PDF"),
        (0x0100, "may only be embedded whole"),
        (0x0200, "may only be embedded as a picture"),
    ],
)
def test_a_font_whose_licence_forbids_embedding_is_refused(licence: int, message: str, tmp_path: Path) -> None:
    _workspace(tmp_path)
    _font(tmp_path, "a.ttf", licence=licence)
    _, said = _build(tmp_path, check=False)
    assert f"fonts/a.ttf: the font {message}: its licence bits (fsType) say so" in said


def test_a_font_that_may_be_embedded_for_print_is_used(tmp_path: Path) -> None:
    _workspace(tmp_path, settings='[organisation]\nheadings = "House Sans"\n')
    _font(tmp_path, "a.ttf", licence=0x0004)
    pdf, _ = _build(tmp_path)
    assert any("House" in name for name in _fonts(pdf))


def test_a_damaged_font_is_reported(tmp_path: Path) -> None:
    _workspace(tmp_path)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.otf").write_bytes(b"no font")
    _, said = _build(tmp_path, check=False)
    assert "fonts/a.otf: the font is damaged or no font at all" in said


def test_characters_that_a_font_has_not_are_reported(tmp_path: Path) -> None:
    _workspace(tmp_path, settings='[organisation]\ntext = "House Sans"\n')
    _font(tmp_path, "a.ttf")
    source = tmp_path / "source" / "it.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nЖ is a letter.\n", encoding="utf-8")
    _, said = _build(tmp_path)
    assert "House Sans has no Ж, so that another typeface prints it" in said


def test_a_style_based_on_another_says_only_what_differs(tmp_path: Path) -> None:
    folder = _workspace(tmp_path, style="house")
    (folder / "styles" / "house").mkdir(parents=True)
    (folder / "styles" / "house" / "style.toml").write_text(
        'based-on = "editorial"\n\n[colours]\nbrand = "#12285F"\n', encoding="utf-8"
    )
    run_leaflet("build", "source/it.md", "--format", "html", cwd=folder)
    page = (folder / "output" / "it.html").read_text(encoding="utf-8")
    assert "--brand:#12285F" in page
    assert "--paper:#FDFAF4" in page
    assert "Editorial: a serif with hairlines" in page


@pytest.mark.parametrize("base", ["nowhere", "house", "../clinic"])
def test_a_style_based_on_nothing_or_on_itself_is_refused(base: str, tmp_path: Path) -> None:
    folder = _workspace(tmp_path, style="house")
    (folder / "styles" / "house").mkdir(parents=True)
    (folder / "styles" / "house" / "style.toml").write_text(f'based-on = "{base}"\n', encoding="utf-8")
    _, said = _build(folder, check=False)
    assert f'styles/house/style.toml:1:12: there is no style "{base}" to be based on' in said


def test_a_layout_based_on_another_keeps_its_panels_and_adds_its_css(tmp_path: Path) -> None:
    folder = _workspace(tmp_path, layout="pocket")
    (folder / "layouts" / "pocket").mkdir(parents=True)
    (folder / "layouts" / "pocket" / "layout.toml").write_text(
        'based-on = "french-fold-a4"\ndescription = "Pocket"\n\n[sheet]\nsize = "A3"\n', encoding="utf-8"
    )
    pdf, _ = _build(folder)
    pages = PdfReader(pdf).pages
    assert len(pages) == 4
    assert round(float(pages[0].trimbox.width) / 72 * 25.4, 1) == 148.5


def test_css_of_a_leaflet_comes_after_that_of_its_workspace(tmp_path: Path) -> None:
    folder = _workspace(tmp_path, settings='css = "house.css"\n')
    (folder / "house.css").write_text("h2 { letter-spacing: 1px }\n", encoding="utf-8")
    run_leaflet("build", "source/it.md", "--format", "html", cwd=folder)
    assert "h2 { letter-spacing: 1px }" in (folder / "output" / "it.html").read_text(encoding="utf-8")
    (folder / "source" / "own.css").write_text("h2 { letter-spacing: 2px }\n", encoding="utf-8")
    source = folder / "source" / "it.md"
    source.write_text(source.read_text(encoding="utf-8").replace("title:", "css: own.css\ntitle:"), encoding="utf-8")
    run_leaflet("build", "source/it.md", "--format", "html", cwd=folder)
    assert "h2 { letter-spacing: 2px }" in (folder / "output" / "it.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("h2 { background: url(https://example.org/a.png) }", "own.css asks for 'url(https://example.org/a.png'"),
        (None, 'there is no CSS file "own.css"'),
    ],
)
def test_css_opens_nothing(css: str | None, message: str, tmp_path: Path) -> None:
    folder = _workspace(tmp_path, settings='css = "own.css"\n')
    if css:
        (folder / "own.css").write_text(css, encoding="utf-8")
    _, said = _build(folder, check=False)
    assert message in re.sub(r"\s+", " ", said)
