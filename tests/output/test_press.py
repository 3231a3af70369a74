"""Files for the press: PDF/X-4 by its clauses, and what Ghostscript's separations show on each plate."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from leaflet.errors import LeafletError, Severity, SourceError
from leaflet.model.metadata import Metadata
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace
from leaflet.output.colour import Press, open_press
from leaflet.output.pdfx import pressed
from leaflet.panels import render_panels
from leaflet.sheet import impose
from leaflet.sheet.placement import SLUG
from panel_samples import STEADY, page, rendered, section, workspace_at
from press_icc import press_profile
from x4_checks import most_ink, plates, x4_faults

DAY = date(2026, 5, 12)
METADATA = Metadata(title="Living with it")
DARK = "rgb(8 4 40)"
COLOURFUL = f"""
.flap {{ background: linear-gradient(#9fd6ee, rgb(255 255 255 / 20%)) }}
.back {{ background: radial-gradient(#fbeeea, #e2a79c) }}
html {{ color: #1b2b34 }} h2 {{ color: #0b4f6c }} .grey {{ color: rgb(128 128 128) }}
.box {{ background: radial-gradient(#220022, {DARK}); height: 20mm; width: 40mm }} .pale {{ background: lab(80 -20 -20) }}
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" style="width: 40mm; height: 20mm">
<title>A fading disc</title><defs><linearGradient id="g"><stop offset="0" stop-color="#a8321f"/>
<stop offset="1" stop-color="#a8321f" stop-opacity="0.1"/></linearGradient>
<mask id="m"><rect width="10" height="10" fill="#fff"/></mask></defs>
<circle cx="10" cy="5" r="4" fill="url(#g)"/><g mask="url(#m)"><circle cx="9" cy="5" r="2" fill="#0b4f6c"/></g></svg>"""


def picture(mode: str, kind: str, side: int = 400, millimetres: int = 30) -> str:
    """A picture with all shades, the darkest among them, as an element."""
    shades = Image.linear_gradient("L").resize((side, side))
    image = Image.merge("RGB", (shades, shades.rotate(90), shades.rotate(180))).convert(mode)
    written = BytesIO()
    image.save(written, format=kind)
    address = f"data:image/{kind};base64,{b64encode(written.getvalue()).decode()}"
    return f'<img src="{address}" alt="Many colours" data-source="7" style="width: {millimetres}mm">'


def everything() -> str:
    """A leaflet with each kind of colour that WeasyPrint can write."""
    pictures = "".join(
        picture(mode, kind) for mode, kind in (("RGB", "png"), ("RGBA", "png"), ("L", "png"), ("RGB", "jpeg"))
    )
    body = section(1) + DRAWING + '<div class="box"></div>' + pictures + picture("CMYK", "jpeg")
    pale = '<p class="pale">Black words on a pale blue ground.</p><p class="grey" style="opacity: .5">Grey.</p>'
    return page(body + section(2), flap=pale, css=COLOURFUL)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return impose(rendered(everything(), tmp_path_factory.mktemp("press")).data, STEADY, job="it")


@pytest.fixture(scope="module")
def press() -> Press:
    return open_press(press_profile(), name="press.icc", limit=240)


@pytest.fixture(scope="module")
def printed(sheet: bytes, press: Press) -> bytes:
    return pressed(sheet, METADATA, press, day=DAY)


def test_a_press_file_keeps_every_clause(printed: bytes) -> None:
    assert x4_faults(printed) == []


def test_the_checks_find_what_an_ordinary_sheet_lacks(sheet: bytes) -> None:
    faults = " ".join(x4_faults(sheet))
    for fault in ("one output intent", "painted in RGB", "annotations", "an action", "is PDF/X-4", "/DeviceRGB"):
        assert fault in faults


def test_no_spot_gets_more_ink_than_the_limit(printed: bytes, press: Press, tmp_path: Path) -> None:
    margin = round((SLUG + STEADY.bleed) / 25.4 * 72) + 3
    found = [most_ink(page, margin) for page in plates(printed, tmp_path)]
    assert max(found) <= press.limit
    assert max(found) > press.limit * 0.9  # the dark box and the pictures go up to it


def test_black_words_leave_the_ground_below_them_whole(tmp_path: Path) -> None:
    css = "html { color: #1b2b34 } .flap { background: #9fd6ee } h1, h2 { color: #1b2b34 }"
    flap = "<p>" + "Many black words. " * 60 + "</p>"
    sheet = impose(rendered(page(section(1), flap=flap, css=css), tmp_path).data, STEADY)
    outside = plates(pressed(sheet, METADATA, open_press(press_profile(), name="p", limit=300), day=DAY), tmp_path)[0]
    mm = 72 / 25.4
    top = round((SLUG + STEADY.bleed + 55) * mm)
    words = tuple(round(value) for value in ((SLUG + 3 + 12) * mm, top, (SLUG + 3 + 80) * mm, top + 20 * mm))
    cyan, black = outside["Cyan"].crop(words), outside["Black"].crop(words)
    assert cyan.getextrema()[0] == cyan.getextrema()[1] > 40
    assert black.getextrema()[1] > 200


def test_a_press_file_is_the_same_each_time_and_another_for_another_limit(sheet: bytes, press: Press) -> None:
    first = pressed(sheet, METADATA, press, day=DAY)
    assert first == pressed(sheet, METADATA, press, day=DAY)
    other = open_press(press_profile(), name="press.icc", limit=200)
    assert first != pressed(sheet, METADATA, other, day=DAY)


def test_paper_gets_no_ink_and_black_only_black(press: Press) -> None:
    assert press.ink((1, 1, 1)) == (0, 0, 0, 0)
    assert press.ink((0, 0, 0)) == press.text_ink((0, 0, 0)) == (0, 0, 0, 1)
    assert press.ink((0.5, 0.5, 0.5))[:3] == (0, 0, 0)


def test_dark_text_is_printed_in_black_alone_and_coloured_text_is_not(press: Press) -> None:
    assert press.text_ink((0x1B / 255, 0x2B / 255, 0x34 / 255)) == (0, 0, 0, 1)
    assert press.ink((0x1B / 255, 0x2B / 255, 0x34 / 255))[:3] != (0, 0, 0)
    brand = (0x0B / 255, 0x4F / 255, 0x6C / 255)
    assert press.text_ink(brand) == press.ink(brand)


def test_ink_over_the_limit_turns_its_grey_into_black() -> None:
    press = Press(profile=b"", name="none", limit=200)
    cyan, magenta, yellow, black = press.limited((0.9, 0.8, 0.7, 0.2))
    assert cyan + magenta + yellow + black <= 2.0
    assert black > 0.2
    assert cyan > magenta > yellow
    assert press.limited((1, 1, 0, 0)) != (1, 1, 0, 0)
    assert press.limited((0.5, 0.5, 0, 0)) == (0.5, 0.5, 0, 0)


def test_a_profile_for_screens_is_refused() -> None:
    from PIL import ImageCms

    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pytest.raises(SourceError, match="this ICC profile is for RGB"):
        open_press(screen, name="screen.icc", limit=300)


def test_what_is_no_profile_is_refused_with_its_name() -> None:
    with pytest.raises(SourceError, match=r"press\.icc: this is not an ICC profile"):
        open_press(b"not a profile", name="press.icc", limit=300)


def coarse(html: str, workspace: Workspace) -> list[str]:
    done = render_panels(
        PrintPage.of_document(html),
        layout=STEADY,
        workspace=workspace,
        base=workspace.root / "source",
        source="source/it.md",
        for_press=True,
    )
    return [str(problem) for problem in done.problems if problem.severity is Severity.WARNING and "dpi" in str(problem)]


def test_a_coarse_picture_is_a_warning_with_its_line_and_what_it_needs(tmp_path: Path) -> None:
    body = "".join(section(number, 4) for number in range(1, 8)) + picture("RGB", "png", side=150, millimetres=30)
    (warning,) = coarse(page(body), workspace_at(tmp_path))
    assert "source/it.md:7" in warning
    assert "an image of 150 × 150 pixels prints 30 × 30 mm, which is only 127 dpi" in warning
    assert "use one of at least 354 × 354 pixels" in warning


def test_a_fine_picture_is_none_and_a_ground_counts_too(tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path)
    Image.new("RGB", (100, 200), "#0b4f6c").save(workspace.root / "source" / "ground.png")
    fine = "".join(section(number, 4) for number in range(1, 7)) + picture("RGB", "png", side=400, millimetres=30)
    assert coarse(page(fine), workspace) == []
    css = "@page cover { background: url(ground.png) 0 0 / 100mm 200mm }"
    (warning,) = coarse(page(fine, css=css), workspace)
    assert "100 × 200 pixels prints 100 × 200 mm" in warning


def test_contradicting_choices_are_told(tmp_path: Path) -> None:
    from leaflet.pipeline.pdf_outputs import OutputIntent, opened_press

    workspace = workspace_at(tmp_path)
    with pytest.raises(LeafletError, match="--attach-source attaches to an archive file"):
        opened_press(OutputIntent(attach_source=True), STEADY.ink_limit, workspace)
    with pytest.raises(LeafletError, match="--ink-limit limits the ink of a press"):
        opened_press(OutputIntent(ink_limit=280), STEADY.ink_limit, workspace)
    elsewhere = tmp_path.parent / "outside.icc"
    with pytest.raises(LeafletError, match="lies outside the workspace"):
        opened_press(OutputIntent(press=elsewhere), STEADY.ink_limit, workspace)
