"""Files for the archive: PDF/A and PDF/UA at once, with the source inside where that is wanted."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from leaflet.errors import LayoutError
from leaflet.model.metadata import Metadata
from leaflet.output.pdfa import Attachment, archived
from leaflet.output.xmp import Standard
from leaflet.sheet import impose
from panel_samples import STEADY, page, rendered, section
from running import verapdf

METADATA = Metadata(title="Living with it", doi="10.5555/12345678", keywords=("salt",))
SOURCE = Attachment(name="source/it.md", data=b"---\ntitle: Living with it\n---\n", media_type="text/markdown")


def picture(mode: str, **options: object) -> str:
    """A little picture as an element."""
    written = BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(written, **options)  # type: ignore[arg-type]
    kind = str(options["format"]).lower()
    address = f"data:image/{kind};base64,{b64encode(written.getvalue()).decode()}"
    return f'<img src="{address}" alt="A grey wedge" style="width: 30mm">'


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    body = "".join(section(number, 3) for number in range(1, 8)) + picture("RGBA", format="PNG")
    return rendered(page(body), tmp_path_factory.mktemp("archive")).data


@pytest.mark.parametrize("standard", [Standard.A_2A, Standard.A_3A])
def test_both_files_pass_as_archive_and_stay_accessible(panels: bytes, standard: Standard, tmp_path: Path) -> None:
    attachments = [SOURCE] if standard is Standard.A_3A else []
    files = []
    for name, data in (("panels", panels), ("sheet", impose(panels, STEADY, job="it"))):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(archived(data, METADATA, standard, attachments))
    assert verapdf("ua1", *files) == ""
    assert verapdf(standard.value[-2:], *files) == ""


def test_the_source_is_attached_as_what_the_file_was_made_from(panels: bytes) -> None:
    reader = PdfReader(BytesIO(archived(panels, METADATA, Standard.A_3A, [SOURCE])))
    (attached,) = reader.attachment_list
    assert (attached.name, attached.content) == ("source/it.md", SOURCE.data)
    assert attached.associated_file_relationship == "/Source"
    assert attached.subtype == "/text/markdown"
    assert attached.description == "What this file was made from: source/it.md"


def test_an_archive_is_the_same_each_time(panels: bytes) -> None:
    first, second = (archived(panels, METADATA, Standard.A_3A, [SOURCE]) for _ in range(2))
    assert first == second


def test_pictures_made_of_printing_inks_are_refused(tmp_path: Path) -> None:
    body = section(1) + picture("CMYK", format="JPEG")
    with pytest.raises(LayoutError) as caught:
        archived(rendered(page(body), tmp_path).data, METADATA, Standard.A_2A)
    assert caught.value.problems[0].message.endswith("(CMYK): 40 × 30 pixels")
