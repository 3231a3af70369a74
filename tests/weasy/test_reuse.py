"""A renderer that is used again must leave no trace: the bytes are those of a build with a new one."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pytest

from leaflet.pipeline import Choices, Session, compose
from leaflet.weasy import Renderer

REPOSITORY = Path(__file__).resolve().parents[2]
DAY = date(2026, 1, 1)
SOURCE = """---
title: Reading a map
audience: For walkers near {{ place }}
author: {given: Ada, family: Field, bio: Ada draws maps.}
layout: trifold-a4
lang: en-GB
contact: {heading: Ask us, phone: "{{ phone }}", email: maps@example.org}
references:
  - {id: a, type: book, title: Lines and levels, author: [{family: Stone, given: A.}], issued: {date-parts: [[2001]]}}
fields: {place: Hill, phone: 01632 960 123}
---

::: {#at-a-glance}
- **Look first.** A map is read from its key.
:::

# The key {#key}

Every sign has its place in the key [@a]. A note belongs here.^[The key is at the edge.]

![A hill](hill.png)

# The lines

Lines join places of one height, as [the key](#key) says. A second note.^[Lines never cross.]

::: {.callout}
Steep ground has its lines close together.
:::
"""
ROWS = [("Hill", "01632 960 123"), ("Vale", "01632 960 123"), ("Hill", "01632 960 456"), ("Ångström & Søn", "07 8–9")]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A leaflet with all that could go from one panel to another: notes, links, references, an image."""
    folder = tmp_path / "source"
    folder.mkdir()
    draw(folder / "hill.png", 0)
    file = folder / "map.md"
    file.write_text(SOURCE)
    renew()
    return file


_sessions: list[Session] = []


def renew() -> None:
    """Use a new session from here on."""
    _sessions[:] = [Session()]


def draw(path: Path, shade: int) -> None:
    from PIL import Image

    Image.new("RGB", (40, 20), (shade, 90, 60)).save(path)


def built(source: Path, row: tuple[str, str], layout: str = "trifold-a4", **more: str) -> dict[str, bytes]:
    fields = {"place": row[0], "phone": row[1]}
    choices = Choices(layout=layout, fields=fields, formats=("pdf", "sheet"), allow_overflow=True, **more)  # type: ignore[arg-type]
    return dict(compose(source, choices, today=DAY, session=_sessions[0]).files)


def built_alone(source: Path, row: tuple[str, str], layout: str = "trifold-a4", **more: str) -> dict[str, bytes]:
    renew()
    return built(source, row, layout, **more)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The places of the runs of panels that were really laid out."""
    places: list[int] = []
    lay_out = Renderer._lay_out

    def counted(self: Renderer, opened: object, css: object, place: int, *rest: object) -> object:
        places.append(place)
        return lay_out(self, opened, css, place, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Renderer, "_lay_out", counted)
    return places


@pytest.mark.parametrize("layout", ["trifold-a4", "half-fold-a4", "handout-a4"])
def test_reuse_leaves_no_trace(layout: str, source: Path) -> None:
    expected = [built_alone(source, row, layout) for row in ROWS]
    renew()
    assert [built(source, row, layout) for row in ROWS] == expected
    assert built(source, ROWS[1], layout) == expected[1]


@pytest.mark.parametrize("csl", ["american-medical-association", "chicago-notes-bibliography"])
def test_words_of_any_length_leave_no_trace(csl: str, source: Path) -> None:
    """Lines that a word pushes on are laid out again; those that stay where they are, are not."""
    text = SOURCE.replace("# The lines", "- Look at {{ place }} first.\n- Then at the *rest*.\n\n# The lines")
    source.write_text(text.replace("A second note.", 'Ask at "{{ place }}".\n\n1. One\n2. Two\n'))
    rows = [(name, "1") for name in ("Hill", "Vale", "Hill " * 12, "Hill")]
    expected = {row: built_alone(source, row, csl=csl) for row in dict.fromkeys(rows)}
    renew()
    assert [built(source, row, csl=csl) for row in rows] == [expected[row] for row in rows]


def test_styles_and_notes_in_turns_leave_no_trace(source: Path) -> None:
    kinds = [{"style": "clinic"}, {"style": "editorial"}, {"csl": "chicago-notes-bibliography"}]
    expected = [built_alone(source, ROWS[0], **kind) for kind in kinds]
    renew()
    for _ in range(2):
        assert [built(source, ROWS[0], **kind) for kind in kinds] == expected


def test_only_what_a_row_changes_is_laid_out_again(source: Path, laid_out: list[int]) -> None:
    built(source, ROWS[0])
    assert set(laid_out) == {0, 1, 2, 3}
    laid_out.clear()
    built(source, ROWS[1])
    assert set(laid_out) == {0}
    laid_out.clear()
    built(source, ROWS[2])
    assert set(laid_out) == {3}
    laid_out.clear()
    built(source, ROWS[0])
    assert laid_out == []
    other_words = built(source, ("Dale", ROWS[0][1]))
    assert laid_out == []
    assert other_words == built_alone(source, ("Dale", ROWS[0][1]))


def test_a_picture_that_changes_is_seen(source: Path) -> None:
    before = built(source, ROWS[0])
    draw(source.parent / "hill.png", 200)
    after = built(source, ROWS[0])
    assert after != before
    assert after == built_alone(source, ROWS[0])


def test_a_picture_that_goes_is_missed(source: Path) -> None:
    from leaflet.errors import SourceError

    built(source, ROWS[0])
    (source.parent / "hill.png").unlink()
    with pytest.raises(SourceError, match=r"hill\.png"):
        built(source, ROWS[0])


def test_another_folder_with_the_same_leaflet_has_its_own_pictures(source: Path, tmp_path: Path) -> None:
    first = built(source, ROWS[0])
    twin = tmp_path / "twin"
    shutil.copytree(source.parents[0], twin / "source")
    draw(twin / "source" / "hill.png", 200)
    assert built(twin / "source" / source.name, ROWS[0]) != first


def test_footnotes_are_counted_over_all_panels(source: Path) -> None:
    text = SOURCE.replace("# The lines", "# The lines {panel=back}")
    source.write_text(text)
    for row in ROWS[:2]:
        reader = pypdf.PdfReader(_stream(built(source, row)["map.pdf"]))
        notes = [
            match
            for page in reader.pages
            for match in re.findall(r"(\d)\. (?:The key|Lines never)", page.extract_text())
        ]
        assert notes == ["1", "2"]


def test_links_of_taken_over_panels_have_their_tags(source: Path) -> None:
    for row in (*ROWS, ROWS[0]):
        reader = pypdf.PdfReader(_stream(built(source, row)["map.pdf"]))
        links = [link.get_object() for page in reader.pages for link in page.get("/Annots", ())]
        assert links
        numbers = [int(link["/StructParent"]) for link in links]
        assert len(set(numbers)) == len(numbers)
        tree = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        parents = dict(zip(tree[0::2], tree[1::2], strict=True))
        for link in links:
            element = parents[int(link["/StructParent"])].get_object()
            held = [kid.get_object() for kid in element["/K"] if not isinstance(kid, int)]
            assert any(kid.get("/Obj") and kid.raw_get("/Obj").get_object() == link for kid in held)


def two_fonts() -> list[Path]:
    """Two of the bundled fonts."""
    fonts = sorted((REPOSITORY / ".venv").glob("lib/python3*/site-packages/fontpkg_atkinson_hyperlegible/files/*.ttf"))
    if len(fonts) < 2:
        pytest.skip("the bundled fonts are not where this test looks")
    return fonts[:2]


def own_layout(source: Path) -> Path:
    """A layout of the workspace's own, called ``own``."""
    layout = source.parents[1] / "layouts" / "own"
    shutil.copytree(REPOSITORY / "layouts" / "trifold-a4", layout)
    return layout


def test_the_first_font_of_a_name_does_not_stay(source: Path) -> None:
    """A shared font configuration would silently give a leaflet the font that another one brought."""
    layout, fonts = own_layout(source), two_fonts()
    made = []
    for font in fonts:
        shutil.copy(font, source.parent / f"{font.stem}.ttf")
        face = f'@font-face {{ font-family: Mine; src: url("{font.stem}.ttf") }} h2 {{ font-family: Mine }}'
        (layout / "layout.css").write_text(face)
        made.append((built(source, ROWS[0], "own"), face))
    assert made[0][0] != made[1][0]
    for files, face in made:
        (layout / "layout.css").write_text(face)
        assert built_alone(source, ROWS[0], "own") == files


def test_a_font_that_changes_is_seen(source: Path) -> None:
    layout, fonts = own_layout(source), two_fonts()
    (layout / "layout.css").write_text(
        '@font-face { font-family: Mine; src: url("mine.ttf") } h2 { font-family: Mine }'
    )
    made = []
    for font in fonts:
        shutil.copy(font, source.parent / "mine.ttf")
        made.append(built(source, ROWS[0], "own"))
    assert made[0] != made[1]
    assert made[1] == built_alone(source, ROWS[0], "own")


def _stream(data: bytes):  # type: ignore[no-untyped-def]
    from io import BytesIO

    return BytesIO(data)
