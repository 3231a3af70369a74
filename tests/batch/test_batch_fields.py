"""Things that a row can change: pictures, the QR code, and the sources that the reference list names."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_samples import Ran, batch

SOURCE = """\
---
title: Where to find us
author: Rosa Bell
url: https://example.org/{{ clinic.page }}
layout: handout-a4
bibliography: us.bib
cite: {access: none}
fields:
  clinic: {page: "", map: ""}
  region: south
---

## Where

![A map of the way](maps/{{ clinic.map }}.svg)

Our rooms are easy to find [@rooms2020].

::: {when="region == 'north'"}
The bus stops at our door [@buses2021].
:::
"""
REFERENCES = """\
@book{rooms2020, author={Hill, Ada}, title={Rooms}, year={2020}, publisher={Hill Press}}
@book{buses2021, author={Lake, Ben}, title={Buses}, year={2021}, publisher={Lake Press}}
"""
MAP = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><title>{0}</title><path d="M0 0h{1}v80z"/></svg>'


def run(folder: Path, *rows: str, source: str = SOURCE, more: tuple[str, ...] = ()) -> Ran:
    """A batch over ``rows`` of id, page, map and region, as web pages."""
    maps = folder / "source" / "maps"
    maps.mkdir(parents=True)
    (folder / "source" / "us.md").write_text(source, encoding="utf-8")
    (folder / "source" / "us.bib").write_text(REFERENCES, encoding="utf-8")
    for place, (name, width) in enumerate((("hill", 20), ("lake", 60))):
        (maps / f"{name}.svg").write_text(MAP.format(name, width + place), encoding="utf-8")
    (folder / "data.csv").write_text("\n".join(("id,clinic.page,clinic.map,region", *rows)) + "\n", encoding="utf-8")
    return batch(
        folder, "source/us.md", "--data", "data.csv", "--no-thumbnails", "--format", "html", *more, check=False
    )


def page(folder: Path, name: str) -> str:
    return (folder / "output" / f"us-{name}.html").read_text(encoding="utf-8")


def test_each_row_has_its_own_picture(tmp_path: Path) -> None:
    ran = run(tmp_path, "a,one,hill,south", "b,two,lake,south")
    assert ran.returncode == 0, ran.stderr
    assert page(tmp_path, "a") != page(tmp_path, "b")
    hill = tmp_path / "source" / "maps" / "hill.svg"
    hill.write_text(hill.read_text().replace("h20", "h30"))
    again = batch(tmp_path, "source/us.md", "--data", "data.csv", "--format", "html", "--explain")
    assert again.stdout == "us-a: source/maps/hill.svg changed\n"


@pytest.mark.parametrize("value", ["../maps/hill", "/etc/passwd", ".hidden", "https://example.org/x", "a\\b"])
def test_a_row_cannot_lead_a_picture_elsewhere(value: str, tmp_path: Path) -> None:
    ran = run(tmp_path, f"a,one,{value},south")
    assert ran.returncode == 1
    assert "which cannot stand in the path of an image" in ran.stderr
    assert not list(tmp_path.glob("output/us-*"))


def test_a_picture_that_is_missing_is_told_for_its_row_before_anything_is_built(tmp_path: Path) -> None:
    ran = run(tmp_path, "a,one,hill,south", "b,two,moor,south")
    assert ran.returncode == 1
    assert 'data.csv:3: clinic.map: there is no image "maps/moor.svg"' in ran.stderr
    assert not (tmp_path / "output").exists()


def test_the_address_behind_the_qr_code_is_the_rows_own(tmp_path: Path) -> None:
    ran = run(tmp_path, "a,one,hill,south", "b,two,hill,south")
    assert ran.returncode == 0, ran.stderr
    assert "https://example.org/one" in page(tmp_path, "a")
    assert "https://example.org/two" in page(tmp_path, "b")


def test_a_source_that_a_variant_drops_leaves_its_reference_list(tmp_path: Path) -> None:
    ran = run(tmp_path, "a,one,hill,north", "b,one,hill,south")
    assert ran.returncode == 0, ran.stderr
    assert "Buses" in page(tmp_path, "a")
    assert "Buses" not in page(tmp_path, "b")
    assert "Rooms" in page(tmp_path, "b")


def test_only_variants_that_show_a_changed_paragraph_or_reference_are_built_again(tmp_path: Path) -> None:
    ran = run(tmp_path, "a,one,hill,north", "b,one,hill,south")
    assert ran.returncode == 0, ran.stderr
    again = ("source/us.md", "--data", "data.csv", "--no-thumbnails", "--format", "html")

    def replaced(name: str, old: str, new: str) -> None:
        path = tmp_path / "source" / name
        path.write_text(path.read_text().replace(old, new))

    replaced("us.md", "The bus stops", "A bus stops")
    explained = batch(tmp_path, *again, "--explain").stdout
    assert explained == "us-a: the source source/us.md changed; source/us.md changed\n"
    before = (tmp_path / "output" / "us-b.html").stat().st_mtime_ns
    batch(tmp_path, *again)
    assert "A bus stops" in page(tmp_path, "a")
    assert (tmp_path / "output" / "us-b.html").stat().st_mtime_ns == before
    assert "2 unchanged" in batch(tmp_path, *again).stderr
    replaced("us.bib", "title={Buses}", "title={All buses}")
    assert batch(tmp_path, *again, "--explain").stdout == "us-a: source/us.bib changed\n"
    replaced("us.bib", "title={Rooms}", "title={Our rooms}")
    assert len(batch(tmp_path, *again, "--explain").stdout.splitlines()) == 2
    batch(tmp_path, *again)
    assert "Our rooms" in page(tmp_path, "b")
