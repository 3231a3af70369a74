"""Fit: what fills the panels, what shrinks or grows to, and what is said where it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace

from leaflet.errors import FitError, LayoutError, Severity
from leaflet.model.layout import FitBounds
from leaflet.model.print_page import PlannedPage, PrintPage
from leaflet.panels import render_panels
from leaflet.panels.search import search
from leaflet.weasy import PageMeasure
from leaflet.weasy.measure import PageArea, PagePiece
from panel_samples import HANDOUT, SENTENCES, STEADY, TRIFOLD, handout, page, rendered, section, workspace_at


def sections(count: int, sentences: int = 2) -> str:
    return "".join(section(number, sentences) for number in range(1, count + 1))


def test_content_that_fits_is_laid_out_once(tmp_path: Path) -> None:
    done = rendered(page(sections(7, 4)), tmp_path, TRIFOLD)
    assert (done.fit.scale, done.fit.trials) == (1.0, 1)
    assert done.panels == (0, 1, 2, 3, 4, 5)
    assert done.problems == ()
    assert [one.label for one in done.fit.pages] == ["cover", "flap", "inside 1", "inside 2", "inside 3", "back"]
    assert all(0 < one.fill <= 1 and one.free >= 0 and one.over == 0 for one in done.fit.pages)


def test_a_title_at_the_foot_of_its_cover_leaves_the_rest_of_it_free(tmp_path: Path) -> None:
    done = rendered(page(sections(7, 4), css=".cover { padding-top: 120mm }"), tmp_path, TRIFOLD)
    cover = done.fit.pages[0]
    assert cover.fill < 0.5
    assert cover.free > 90


def test_a_little_too_much_is_set_smaller_until_it_fits(tmp_path: Path) -> None:
    done = rendered(page(sections(9, 4)), tmp_path, TRIFOLD)
    assert TRIFOLD.fit.smallest <= done.fit.scale < 1.0
    assert done.fit.trials <= 5
    assert done.fit.fits


def test_a_nearly_empty_leaflet_grows_within_its_bounds(tmp_path: Path) -> None:
    done = rendered(page(sections(4)), tmp_path, TRIFOLD)
    assert 1.0 < done.fit.scale <= TRIFOLD.fit.largest
    assert done.fit.fits


def test_a_handout_grows_on_its_only_page_and_never_onto_another(tmp_path: Path) -> None:
    layout = replace(HANDOUT, fit=FitBounds(smallest=1.0, largest=1.25))
    short, full = (rendered(handout(sections(count, 6)), tmp_path, layout).fit for count in (1, 2))
    assert (short.scale, len(short.pages)) == (1.25, 1)
    assert (full.scale < 1.25, len(full.pages)) == (True, 1)


def test_text_never_goes_below_the_legal_minimum(tmp_path: Path) -> None:
    strict = replace(TRIFOLD, fit=FitBounds(smallest=0.5, largest=1.0, minimum_points=10.0))
    with pytest.raises(FitError):
        rendered(page(sections(10, 4)), tmp_path, strict)
    done = rendered(page(sections(8, 4)), tmp_path, strict)
    assert done.fit.body_points is not None
    assert done.fit.body_points >= 10.0


def test_too_much_text_names_panels_section_line_excess_and_words(tmp_path: Path) -> None:
    with pytest.raises(FitError) as caught:
        rendered(page(sections(30, 4)), tmp_path, TRIFOLD)
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert problem.location.file == "source/it.md"
    section_number = (problem.location.line or 0) // 10
    assert 'the 3 panels "inside" together are' in problem.message
    assert f'mm too full in the section "Question {section_number}"' in problem.message
    assert problem.hint is not None
    assert problem.hint.startswith("cut about ")


def test_the_words_to_cut_are_about_right(tmp_path: Path) -> None:
    def text(count: int) -> str:
        return page(f"<p>{SENTENCES * count}</p>")

    with pytest.raises(FitError) as caught:
        rendered(text(60), tmp_path)
    words = int(str(caught.value.problems[0].hint).split()[2])
    too_many = -(-words // len(SENTENCES.split()))
    assert rendered(text(60 - too_many), tmp_path).fit.fits
    with pytest.raises(FitError):
        rendered(text(60 - too_many + 2), tmp_path)


def test_one_overfull_panel_is_named_alone(tmp_path: Path) -> None:
    flap = f'<div data-source="4"><h2>Long</h2><p>{SENTENCES * 30}</p></div>'
    with pytest.raises(FitError) as caught:
        rendered(page(sections(3), flap=flap), tmp_path)
    (problem,) = caught.value.problems
    assert str(problem).startswith('source/it.md:4: panel "flap" is ')
    assert 'in the section "Long"' in problem.message


def test_all_misfits_come_at_once(tmp_path: Path) -> None:
    long = f"<p>{SENTENCES * 40}</p>"
    with pytest.raises(FitError) as caught:
        rendered(page(sections(3), flap=long, back=long), tmp_path)
    assert [problem.message.split('"')[1] for problem in caught.value.problems] == ["flap", "back"]


def test_a_word_that_is_too_wide_is_named(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenwitwe"
    with pytest.raises(FitError) as caught:
        rendered(page(f'<section data-source="9"><h2>Ships</h2><p>{word}</p></section>'), tmp_path)
    (problem,) = caught.value.problems
    assert str(problem).startswith('source/it.md:9: panel "inside 1": "Donaudampfschifffahrtsgesells…" is ')
    assert 'mm too wide in the section "Ships"' in problem.message


def test_a_table_that_is_too_wide_is_named_in_a_handout_too(tmp_path: Path) -> None:
    cells = "".join(f"<td>Columnheading{number}</td>" for number in range(12))
    table = f'<div data-source="3"><table><tr>{cells}</tr></table></div>'
    with pytest.raises(FitError, match=r"source/it.md:3: page 1: .* mm too wide"):
        rendered(handout(table), tmp_path, HANDOUT)


def test_a_wide_image_is_named_but_art_over_both_edges_is_not(tmp_path: Path) -> None:
    image = '<div data-source="2"><svg xmlns="http://www.w3.org/2000/svg" style="width: {}" {}></svg></div>'
    wide = image.format("95mm; height: 5mm", "")
    with pytest.raises(FitError, match=r'it.md:2: panel "inside 1": an image is 13.0 mm too wide'):
        rendered(page(sections(3) + wide), tmp_path)
    art = image.format("110mm; height: 5mm; margin: 0 -14mm", "")
    assert rendered(page(sections(3) + art), tmp_path).fit.fits


def test_an_image_that_is_too_tall_is_measured(tmp_path: Path) -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" data-source="6" style="height: 200mm; width: 5mm"></svg>'
    with pytest.raises(FitError, match=r'it.md:6: panel "inside 1": an image is 8.\d mm too tall'):
        rendered(page(tall), tmp_path)


def test_text_laid_over_other_text_is_named(tmp_path: Path) -> None:
    css = ".note { position: absolute; top: 20mm; left: 0 }"
    body = '<div style="position: relative"><p class="note" data-source="8">A note on top</p>' + sections(3) + "</div>"
    with pytest.raises(FitError, match=r'it.md:8: panel "inside 1": "A note on top" lies on other text'):
        rendered(page(body, css=css), tmp_path)


def test_a_table_that_lies_on_the_column_beside_it_is_named(tmp_path: Path) -> None:
    """It stays within its page, so that nothing sticks out."""
    css = "section { columns: 2 } .beside { break-before: column } table { WIDTH }"
    cells = "".join(f'<td data-source="8">{word}</td>' for word in ("Monday", "Tuesday", "Wednesday"))
    body = f'<section><table><tr>{cells}</tr></table><p class="beside">{SENTENCES}</p></section>'
    assert rendered(page(body, css=css.replace("WIDTH", "font-size: 6pt")), tmp_path).fit.fits
    with pytest.raises(FitError, match=r'it.md:8: panel "inside 1": "Wednesday" lies on other text'):
        rendered(page(body, css=css.replace("WIDTH", "width: 70mm")), tmp_path)


def test_a_float_under_other_text_is_named(tmp_path: Path) -> None:
    css = ".back { display: flex; flex-direction: column } .side { float: left; width: 30mm; margin: 0 }"
    aside = f'<div><p class="side" data-source="9">{SENTENCES}</p></div>'
    plate = "<div><p>Talk to us, on any day of the week, about whatever else you would like to know.</p></div>"
    with pytest.raises(FitError, match=r'it.md:9: panel "back": ".*" lies on other text'):
        rendered(page(sections(3), back=aside + plate, css=css), tmp_path)


def test_text_beside_a_float_is_no_misfit(tmp_path: Path) -> None:
    css = ".side { float: left; width: 30mm; margin: 0 }"
    body = f'<p class="side">{SENTENCES[:60]}</p><p>{SENTENCES}</p>' + sections(3)
    assert rendered(page(body, css=css), tmp_path).fit.scale


def test_text_too_near_the_trim_is_named(tmp_path: Path) -> None:
    css = ".note { position: absolute; bottom: -8mm; left: 0; margin: 0 }"
    with pytest.raises(FitError, match='panel "back"'):
        rendered(page(sections(3), back='<p class="note">At the edge</p>', css=css), tmp_path)


def test_a_draft_shows_what_is_too_full(tmp_path: Path) -> None:
    draft = rendered(page(sections(30, 4)), tmp_path, allow_overflow=True)
    assert None in draft.panels
    assert not draft.fit.fits
    assert all(problem.severity is Severity.WARNING for problem in draft.problems)
    assert draft.fit.pages[draft.panels.index(None)].over > 0


def test_an_empty_panel_is_a_warning(tmp_path: Path) -> None:
    done = rendered(page(sections(5, 4)), tmp_path)
    assert [problem.message for problem in done.problems] == ['panel "inside 3" is empty']
    assert done.panels == (0, 1, 2, 3, 5)


def test_a_page_of_an_unknown_name_lists_the_panels(tmp_path: Path) -> None:
    html = page(sections(2), css=".back { page: rear }")
    with pytest.raises(LayoutError) as caught:
        rendered(html, tmp_path)
    (problem,) = caught.value.problems
    assert problem.message == 'a page is called "rear", but the layout "trifold-a4" has no such panel'
    assert problem.hint == "its panels are cover, flap, inside, back"


def test_pages_without_names_are_taken_in_order(tmp_path: Path) -> None:
    html = page(sections(7, 4), css="div { page: auto !important; break-after: page }")
    assert rendered(html, tmp_path).panels == (0, 1, 2, 3, 4, 5)


def test_a_handout_has_as_many_pages_as_it_needs(tmp_path: Path) -> None:
    done = rendered(handout(sections(14, 6)), tmp_path, HANDOUT)
    assert len(done.panels) > 2
    assert set(done.panels) == {0}
    assert [one.label for one in done.fit.pages[:2]] == ["page 1", "page 2"]


def test_the_report_reads_as_a_line(tmp_path: Path) -> None:
    text = str(rendered(page(sections(7, 4)), tmp_path).fit)
    assert text.startswith("fit: text 10.5 pt, scale 1.00 after 1 layout; full: cover ")
    assert re.search(r", back \d+% \(\d+ mm free\)$", text)


def test_type_is_set_smaller_from_heights_that_were_measured(tmp_path: Path) -> None:
    """If the measured heights fit no arrangement, none is laid out at full size, and the first guess is close."""
    first = PrintPage.of_document(page(sections(9, 4)))
    other = PrintPage.of_document(page(sections(9, 4) + "<p>More</p>"))
    root = workspace_at(tmp_path)
    plain = render_panels(first, layout=TRIFOLD, workspace=root, base=root.root / "source").fit
    assert plain.scale < 1

    def measured(_: Mapping[str, float], pages: int) -> Iterator[PlannedPage]:
        yield PlannedPage.of(replace(first, fullest=(plain.scale + 0.005) ** -2))
        yield PlannedPage.of(replace(other, fullest=1.3, scale=0.87, key="other"))

    fit = render_panels(first, alternatives=measured, layout=TRIFOLD, workspace=root, base=root.root / "source").fit
    assert fit.fits
    assert fit.tried[0].scale == 1
    assert all(tried.scale < 1 for tried in fit.tried[1:])
    assert plain.scale - 0.03 < fit.scale < 1
    assert fit.trials <= 3


def test_smaller_type_is_tried_on_the_panels_that_were_too_full() -> None:
    """A layout at a smaller scale is not finished where a panel of those is still too full, and the scale is the same."""
    full = PrintPage.of_document(page(sections(9, 4)))
    measured = (PlannedPage.of(replace(full, fullest=1.05)),)
    laid_out: list[float] = []
    tried: list[float] = []

    def lay_out(_: PrintPage, scale: float) -> tuple[str, tuple[PageMeasure, ...]]:
        laid_out.append(scale)
        return f"at {scale:g}", pages_of(0 if scale < 0.94 else 1)

    def lay_out_over(_: PrintPage, scale: float, before: str) -> tuple[PageMeasure, ...] | None:
        assert before == "at 1"
        tried.append(scale)
        return pages_of(1) if scale >= 0.94 else None

    found = search(lay_out, TRIFOLD, full, lambda _: measured, lay_out_over)
    plain = search(lay_out, TRIFOLD, full, lambda _: measured)
    assert found.trial.scale == plain.trial.scale < 0.94
    assert found.trial.rendering == f"at {found.trial.scale:g}"
    assert laid_out[: len(laid_out) - len(plain.tried)] == [1, found.trial.scale]
    assert [one.scale for one in found.tried] == [1, *tried]
    assert [one.over for one in found.tried] == [True] * len(tried) + [False]
    assert "does not fit" in str(found.tried[1])


def pages_of(too_many: int) -> tuple[PageMeasure, ...]:
    """Return empty pages for all panels of the trifold and some more for its text."""
    names = [panel.name for panel in TRIFOLD.panels] + ["inside"] * too_many
    content = PageArea(left=0, top=0, right=90, bottom=190)
    return tuple(
        PageMeasure(kind=name, width=99, height=210, content=content, pieces=(), excess=(), body_points=10.5)
        for name in names
    )


def test_type_grows_only_as_far_as_no_words_are_lost() -> None:
    """A box that cannot be divided may drop what does not fit, and then nothing sticks out."""
    element = Element("p")

    def lay_out(_: PrintPage, scale: float) -> tuple[str, tuple[PageMeasure, ...]]:
        area = PageArea(left=0, top=0, right=90, bottom=100 * scale)
        text = "all the words" if scale < 1.1 else "all the"
        piece = PagePiece(area=area, element=element, text=text, positioned=False, floated=False)
        return text, tuple(replace(one, pieces=(piece,)) for one in pages_of(0))

    found = search(lay_out, TRIFOLD, PrintPage.of_document(page("")))
    assert 1 < found.trial.scale < 1.1
    assert found.trial.rendering == "all the words"


def test_a_handout_of_two_pages_grows_where_their_paper_would_be_half_empty() -> None:
    element, content = Element("p"), PageArea(left=0, top=0, right=90, bottom=200)

    def of_height(height: float) -> PageMeasure:
        area = PageArea(left=0, top=0, right=90, bottom=height)
        piece = PagePiece(area=area, element=element, text="words", positioned=False, floated=False)
        return PageMeasure(
            kind="page", width=99, height=210, content=content, pieces=(piece,), excess=(), body_points=10.5
        )

    def scale_of(*heights: float) -> float:
        def lay_out(_: PrintPage, scale: float) -> tuple[str, tuple[PageMeasure, ...]]:
            over = heights[-1] * scale**2 > 200
            pages = [of_height(min(200.0, height * scale**2)) for height in heights]
            return "", (*pages, of_height(20.0)) if over else tuple(pages)

        return search(lay_out, HANDOUT, PrintPage.of_document(page(""))).trial.scale

    assert scale_of(140, 100) == 1.15
    assert 1 < scale_of(140, 180) <= 1.06
    assert scale_of(200, 180) == 1


def test_other_arrangements_are_laid_out_only_where_they_promise_more(tmp_path: Path) -> None:
    made: list[str] = []

    def of_words(words: int, key: str) -> PrintPage:
        made.append(key)
        return replace(PrintPage.of_document(page(f"<p>{'word ' * words}</p>")), expected=900.0, key=key)

    def alternatives(heights: Mapping[str, float], pages: int) -> Iterator[PlannedPage]:
        for name, words in (("long", 4000), ("short", 3)):
            yield PlannedPage(make=partial(of_words, words, name), key=name, scale=1.0, expected=900.0, fullest=0.0)

    root = workspace_at(tmp_path)
    long, short = of_words(4000, "long"), of_words(3, "short")
    for first, expected, trials in ((short, [], 1), (long, ["short"], 2)):
        made.clear()
        done = render_panels(first, alternatives=alternatives, layout=STEADY, workspace=root, base=root.root / "source")
        assert done.fit.fits
        assert done.fit.trials == trials
        assert made == expected
