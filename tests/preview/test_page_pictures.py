"""Pictures and places of pages: cut at the trim, in agreement with each other, and drawn once."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from previews import SHORT, workspace

from leaflet.files import open_workspace
from leaflet.pipeline import Choices, Proof, Session, full_proof, quick_proof
from leaflet.preview.page_pictures import PagePictures
from leaflet.preview.page_places import places_on, shown_pages
from leaflet.preview.spoken_text import reading_order

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("pictures") / "ws")


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@pytest.fixture(scope="module")
def proof(folder: Path, session: Session) -> Proof:
    source = folder / "source" / "tea.md"
    return full_proof(source, Choices(), today=DAY, workspace=open_workspace(source), session=session)


def quick(folder: Path, session: Session, proof: Proof, text: str) -> Proof:
    source = folder / "source" / "tea.md"
    return quick_proof(
        source,
        Choices(),
        today=DAY,
        workspace=open_workspace(source),
        session=session,
        text=text,
        before=proof.arrangement,
    )


def test_a_quick_proof_of_the_same_text_looks_the_same(folder: Path, session: Session, proof: Proof) -> None:
    again = quick(folder, session, proof, SHORT)
    assert [page.key for page in shown_pages(again)] == [page.key for page in shown_pages(proof)]


def test_another_word_changes_the_key_of_its_page_only(folder: Path, session: Session, proof: Proof) -> None:
    changed = quick(folder, session, proof, SHORT.replace("is warm", "is too warm"))
    pairs = zip(shown_pages(proof), shown_pages(changed), strict=True)
    different = [one.label for one, other in pairs if one.key != other.key]
    assert len(different) == 1


def test_a_key_names_what_the_page_looks_like(folder: Path, session: Session, proof: Proof) -> None:
    changed = quick(folder, session, proof, SHORT.replace("is warm", "is too warm"))
    before, after = PagePictures(), PagePictures()
    before.add((page.key for page in shown_pages(proof)), proof.files["pdf"])
    after.add((page.key for page in shown_pages(changed)), changed.files["pdf"])
    for one, other in zip(shown_pages(proof), shown_pages(changed), strict=True):
        same = before.draw(one.key, 1.0) == after.draw(other.key, 1.0)
        assert same == (one.key == other.key)


def test_pictures_have_the_size_of_the_trimmed_panel(proof: Proof) -> None:
    pages = shown_pages(proof)
    pictures = PagePictures()
    pictures.add((page.key for page in pages), proof.files["pdf"])
    drawn = pictures.draw(pages[0].key, 2.0)
    assert drawn is not None
    width, height = Image.open(BytesIO(drawn)).size
    assert (width, height) == pytest.approx((pages[0].width / 25.4 * 144, pages[0].height / 25.4 * 144), abs=1.5)
    assert pictures.draw(pages[0].key, 2.0) is drawn
    assert pictures.draw("none", 2.0) is None


def test_there_is_ink_where_places_say_and_none_around(proof: Proof) -> None:
    pages = shown_pages(proof)
    place = next(place for place in places_on(proof.panels) if place.line == 12)
    pictures = PagePictures()
    pictures.add((page.key for page in pages), proof.files["pdf"])
    drawn = pictures.draw(pages[place.page].key, 3.0)
    assert drawn is not None
    picture = Image.open(BytesIO(drawn)).convert("L")
    mm = 3.0 * 72 / 25.4
    inside = picture.crop(
        (int(place.x * mm), int(place.y * mm), int((place.x + place.width) * mm), int((place.y + place.height) * mm))
    )
    beside = picture.crop(
        (int((place.x - 2.5) * mm), int(place.y * mm), int((place.x - 0.3) * mm), int((place.y + place.height) * mm))
    )
    assert inside.getextrema()[0] < 100
    assert beside.getextrema()[0] > 200


def test_the_reading_order_is_that_of_the_tags(proof: Proof) -> None:
    spoken = reading_order(proof.files["pdf"])
    texts = [(one.kind, one.text) for one in spoken]
    assert ("H1", "Tea") in texts
    assert texts.index(("H2", "Why tea")) < texts.index(("H2", "How to make it"))
    assert any(one.kind in ("LI", "LBody") and one.text == "Boil the water." for one in spoken)


def test_what_does_not_fit_is_an_error_of_a_full_proof_only(folder: Path, session: Session, proof: Proof) -> None:
    text = SHORT + "\n\nMore words about tea than any panel holds. " * 400
    source = folder / "source" / "tea.md"
    full = full_proof(source, Choices(), today=DAY, workspace=open_workspace(source), session=session, text=text)
    assert any("too full" in problem.message and problem.severity == "error" for problem in full.problems)
    assert "sheet" in full.files
    assert not any("too full" in problem.message for problem in quick(folder, session, full, text).problems)
