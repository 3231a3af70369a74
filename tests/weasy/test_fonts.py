"""The bundled fonts, and nothing else, whatever the machine has."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from leaflet.errors import LeafletError, Severity, SourceError
from leaflet.pipeline import Choices, compose
from leaflet.weasy import fonts
from leaflet.weasy.writer import font_subset
from panel_samples import page, rendered, section


def font_names(data: bytes) -> set[str]:
    reader = PdfReader(BytesIO(data))
    found = set()
    for one in reader.pages:
        for font in one["/Resources"]["/Font"].values():
            found.add(font.get_object()["/BaseFont"].split("+")[1].rstrip(","))
    return found


def test_every_font_is_embedded_and_from_the_bundle(tmp_path: Path) -> None:
    html = page(section(1), css='h2 { font-family: "DejaVu Sans", serif } em { font-family: monospace }')
    names = font_names(rendered(html, tmp_path).data)
    assert names
    assert all(
        name.startswith(("Source-Sans-3", "Source-Serif-4", "Source-Code-Pro", "Atkinson-Hyperlegible"))
        for name in names
    )
    assert any(name.startswith("Source-Serif-4") for name in names)
    assert any(name.startswith("Source-Code-Pro") for name in names)


def test_bold_and_italic_are_real_faces(tmp_path: Path) -> None:
    html = page("<p>plain <b>bold</b> <i>italic</i> <b><i>both</i></b></p>")
    assert {"Source-Sans-3", "Source-Sans-3-Bold", "Source-Sans-3-Italic", "Source-Sans-3-Bold-Italic"} <= font_names(
        rendered(html, tmp_path).data
    )


def test_a_character_without_a_glyph_is_named_with_its_place(tmp_path: Path) -> None:
    html = page('<section data-source="7"><p>before 한 after</p></section>')
    with pytest.raises(SourceError) as caught:
        rendered(html, tmp_path)
    (problem,) = caught.value.problems
    assert str(problem.location) == "source/it.md:7"
    assert 'the character "한" (U+D55C) is in none of the bundled fonts' in problem.message


def test_characters_without_a_glyph_are_told_of_together_and_located_in_the_front_matter(tmp_path: Path) -> None:
    source = tmp_path / "source" / "it.md"
    source.parent.mkdir()
    source.write_text("---\ntitle: 한국\n---\n\nText ꜳ.\n", encoding="utf-8")
    with pytest.raises(LeafletError) as caught:
        compose(source, Choices(formats=("pdf",)), today=date(2026, 1, 1))
    assert [str(problem) for problem in caught.value.problems if problem.severity is Severity.ERROR] == [
        'source/it.md:2:8: the characters "한" (U+D55C), "국" (U+AD6D) are in none of the bundled fonts\n'
        "  hint: write them another way",
        'source/it.md:5:6: the character "ꜳ" (U+A733) is in none of the bundled fonts\n'
        "  hint: write it another way, or use an icon",
    ]


@pytest.mark.parametrize(("letter", "extra"), [("你", "chinese"), ("س", "arabic"), ("ש", "hebrew")])
def test_a_letter_of_an_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch, letter: str, extra: str) -> None:
    monkeypatch.setattr(fonts, "_home", lambda package: None)
    found = fonts.extra_for(letter)
    assert found is not None
    assert found.name == extra
    assert fonts.extra_for("a") is None


def test_the_fontconfig_file_names_the_bundled_folders_only(tmp_path: Path) -> None:
    tree = ElementTree.parse(fonts.fontconfig_file(tmp_path))
    assert [Path(str(folder.text)) for folder in tree.iter("dir")] == list(fonts.font_folders())
    (cache,) = tree.iter("cachedir")
    assert Path(str(cache.text)).parent == tmp_path
    assert not list(tree.iter("include"))


def test_the_environment_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine.conf")
    with fonts.private_fontconfig():
        assert Path(os.environ["FONTCONFIG_FILE"]).is_file()
    assert os.environ["FONTCONFIG_FILE"] == "mine.conf"


def test_a_home_that_cannot_be_written_gets_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert fonts.cache_folder().is_dir()


def test_font_css_names_every_bundled_file_once() -> None:
    rules = fonts.font_css().splitlines()
    bundled = [rule for rule in rules if any(f'"{family}"' in rule for family in fonts.FONT_PACKAGES.values())]
    assert len(bundled) == 10
    addresses = [rule.split('url("')[1].split('"')[0] for rule in rules]
    assert len(set(addresses)) == len(rules)
    files = [fonts.font_file(address) for address in addresses]
    assert all(file is not None and file.is_file() for file in files)
    assert not any(rule.count("font-weight") for rule in rules if "[" in rule or "%5B" in rule)


def test_no_other_file_has_a_font_address() -> None:
    assert fonts.font_file("leaflet-font:fontpkg_source_sans_3/../__init__.py") is None


def test_font_css_in_a_page_changes_nothing(tmp_path: Path) -> None:
    plain, with_css = page(section(1)), page(section(1), css=fonts.font_css())
    assert rendered(plain, tmp_path).data == rendered(with_css, tmp_path).data


def pixels(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    images = [one.render(scale=2).to_pil().convert("L") for one in document]
    document.close()
    return images


FACES = (
    '<p>light <span style="font-weight: 300">light</span> <b>bold</b> <i>italic</i></p>'
    '<div class="serif">serif <b>bold</b> <i>small</i></div>'
)
FACES_CSS = '.serif { font: 20pt "Source Serif 4" } .serif i { font-size: 7pt }'


def test_fonts_made_static_by_harfbuzz_look_as_those_made_by_fonttools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if font_subset._pin_function() is None:
        pytest.skip("this HarfBuzz (before version 6, or without its subset library) cannot make fonts static")
    quick = rendered(page(FACES, css=FACES_CSS), tmp_path).data
    monkeypatch.setattr(font_subset, "_pin_function", lambda: None)
    monkeypatch.setenv("LEAFLET_CACHE", "off")
    slow = rendered(page(FACES, css=FACES_CSS), tmp_path).data
    for one, other in zip(pixels(quick), pixels(slow), strict=True):
        assert ImageChops.difference(one, other).getbbox() is None


def test_no_font_in_the_file_is_variable(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(page(FACES, css=FACES_CSS), tmp_path).data))
    fonts_found = reader.pages[0]["/Resources"]["/Font"].values()
    files = [
        font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts_found
    ]
    assert len(files) > 5
    assert not any(b"fvar" in file[:400] for file in files)


def test_a_cache_of_fonts_in_which_others_can_write_is_closed_or_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "leaflet" / "fonts"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert fonts.cache_folder() == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr("os.geteuid", lambda: folder.stat().st_uid + 1)
    assert fonts.cache_folder() != folder


def test_fonts_are_not_cached_at_the_root_where_there_is_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert fonts.cache_folder().name.startswith("leaflet-fonts-")
