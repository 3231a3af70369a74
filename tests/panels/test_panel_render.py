"""The panel PDF as a file: boxes, names, dates, and the same bytes for the same page."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from leaflet.errors import LayoutError
from panel_samples import HANDOUT, WIDTHS, handout, needs_qpdf, page, rendered, section

MM = 72 / 25.4


def six(css: str = "") -> str:
    return page("".join(section(number, 4) for number in range(1, 8)), css=css)


def test_each_page_has_the_size_and_bleed_of_its_panel(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(six(), tmp_path).data))
    for one, width in zip(reader.pages, WIDTHS, strict=True):
        trim, bleed = one.trimbox, one.bleedbox
        assert (float(trim.width) / MM, float(trim.height) / MM) == pytest.approx((width, 210), abs=0.01)
        assert float(trim.left - bleed.left) / MM == pytest.approx(3, abs=0.01)
        assert float(bleed.top - trim.top) / MM == pytest.approx(3, abs=0.01)
        assert [float(value) for value in one.mediabox] == pytest.approx([float(value) for value in bleed], abs=0.01)


def test_pages_carry_the_names_of_their_panels(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(six(), tmp_path).data))
    assert reader.page_labels == ["cover", "flap", "inside 1", "inside 2", "inside 3", "back"]
    assert PdfReader(BytesIO(rendered(handout("<p>x</p>"), tmp_path, HANDOUT).data)).page_labels == ["1"]


def test_metadata_comes_from_the_page_and_no_clock(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(six(), tmp_path).data))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Living with it", "Ada Example")
    assert "/CreationDate" not in reader.metadata
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_given_date_is_the_date(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(six(), tmp_path, created="2024-05-06").data))
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20240506"


def image_page(folder: Path) -> str:
    (folder / "source").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "teal").save(folder / "source" / "dot.png")
    return six().replace("</h1>", '</h1><img src="dot.png" alt="A dot">', 1)


SCRIPT = """
import sys
from pathlib import Path
from panel_samples import rendered
from panels.test_panel_render import image_page
root = Path(sys.argv[1])
sys.stdout.buffer.write(rendered(image_page(root), root).data)
"""


def test_same_page_same_bytes_in_another_folder_process_and_hash_seed(tmp_path: Path) -> None:
    done = []
    for seed, folder in (("1", "one"), ("2", "another/and deeper")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path / folder)]
        done.append(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    assert done[0] == done[1]
    assert str(tmp_path).encode() not in done[0]


def test_no_path_of_this_machine_is_in_the_file(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(rendered(image_page(tmp_path), tmp_path).data))
    parts = b"".join(one.get_contents().get_data() for one in reader.pages)
    assert tmp_path.name.encode() not in parts
    assert b"leaflet-workspace" not in parts


def test_a_relative_link_is_written_as_it_stands(tmp_path: Path) -> None:
    html = page(section(1), back='<p><a href="other.html">other</a></p>')
    reader = PdfReader(BytesIO(rendered(html, tmp_path).data))
    links = [one.get_object() for one in reader.pages[-1]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links if "/A" in link] == ["https://example.org/more", "source/other.html"]


def test_css_that_is_not_understood_is_a_warning(tmp_path: Path) -> None:
    done = rendered(six("h2 { text-wrap: magic }"), tmp_path)
    (problem,) = done.problems
    assert "text-wrap" in problem.message
    assert "unknown property" in problem.message or "invalid value" in problem.message


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rendered(six("h2 { text-wrap: magic }"), tmp_path)
    assert capfd.readouterr() == ("", "")


def test_css_that_breaks_the_layout_engine_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaflet.weasy.engine import weasyprint

    def fails(*_: object, **__: object) -> None:
        raise ValueError("no such box")

    monkeypatch.setattr(weasyprint.HTML, "render", fails)
    with pytest.raises(LayoutError, match="WeasyPrint failed with ValueError: no such box"):
        rendered(six(), tmp_path)


@needs_qpdf
def test_qpdf_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "panels.pdf"
    file.write_bytes(rendered(six(), tmp_path).data)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_css_that_cannot_be_painted_is_told_in_words(tmp_path: Path) -> None:
    css = ".flap { background: linear-gradient(lab(60 40 30), red) }"
    with pytest.raises(LayoutError, match="the pages cannot be made: WeasyPrint failed with NotImplementedError"):
        rendered(page("<p>Words</p>", css=css), tmp_path)
