"""Columns are balanced by their lines, and each paragraph is broken into lines once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.column_balance import column_balance, first_that_fits
from leaflet.weasy.layout.line_cache import line_cache
from leaflet.weasy.layout.text_wrap import text_wrap
from leaflet.weasy.patch import Replacement, patched

FONTS = BundledFonts(isolated=True)
WORDS = "When rain falls on the hills the river rises slowly and the path beside it is closed until the water is gone. "
PAGE = """<style>
@page {{ size: 600px {height}px; margin: 0; @footnote {{ margin-top: 10px }} }}
body {{ margin: 0; --text-wrap: pretty; font: 16px/20px "Source Sans 3" }} h2 {{ font-size: 20px; break-after: avoid }}
p {{ margin: 0 0 10px; orphans: 2; widows: 2 }} .c {{ columns: 2; column-gap: 20px; --column-balance: lines }}
.note {{ float: footnote }} .toc::after {{ content: target-counter(attr(href), page) }}
</style><div class="c">{text}</div><p>after</p>"""


def rendered(text: str, *replacements: Replacement, height: int = 900) -> list[Any]:
    """The boxes of the pages of ``text`` in two columns."""
    with patched(*replacements):
        document = weasyprint.HTML(string=PAGE.format(text=text, height=height)).render(font_config=FONTS)
    return [page._page_box for page in document.pages]


def columns_of(box: Any) -> list[Any]:
    """The columns in ``box``."""
    if getattr(box, "is_column", False):
        return [box]
    return [column for child in getattr(box, "children", ()) for column in columns_of(child)]


def lines_of(box: Any) -> Iterator[Any]:
    """The lines in ``box``."""
    if type(box).__name__ == "LineBox":
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from lines_of(child)


def text_of(line: Any) -> str:
    """The words of a line."""
    return "".join(part.text for part in line.descendants() if hasattr(part, "text"))


def words_of(pages: list[Any]) -> str:
    """All words of the columns of some pages, in reading order."""
    return " ".join(
        " ".join(text_of(line) for column in columns_of(page) for line in lines_of(column)) for page in pages
    )


def paragraphs(*lengths: int) -> str:
    """Paragraphs of so many sentences."""
    return "".join(f"<p>{WORDS * length}</p>" for length in lengths)


@pytest.mark.parametrize("lengths", [(1, 1), (3, 2, 4), (1, 6), (5, 1, 1, 1), (2, 2, 2, 2, 2)])
def test_columns_end_within_three_lines_of_each_other(lengths: tuple[int, ...]) -> None:
    (page,) = rendered(paragraphs(*lengths), column_balance())
    ends = [max(line.position_y + line.height for line in lines_of(column)) for column in columns_of(page)]
    assert len(ends) == 2
    assert abs(ends[0] - ends[1]) <= 60
    assert words_of([page]).split() == (WORDS * sum(lengths)).split()


def test_columns_are_no_higher_than_weasyprint_makes_them() -> None:
    text = paragraphs(3, 2) + "<h2>Why it is closed</h2>" + paragraphs(1, 2)
    (ours,), (plain,) = rendered(text, column_balance()), rendered(text)
    assert columns_of(ours)[0].height <= columns_of(plain)[0].height + 20


def test_text_that_fills_more_than_a_page_goes_on() -> None:
    pages = rendered(paragraphs(9, 9, 9, 9), column_balance(), height=300)
    assert len(pages) > 1
    assert words_of(pages).split() == (WORDS * 36).split()


def test_a_footnote_stays_on_the_page_of_its_mark() -> None:
    text = f"<p>{WORDS}<span class=note>A note of one line.</span>{WORDS * 3}</p>" + paragraphs(2, 2)
    (page,) = rendered(text, column_balance())
    areas = [child for child in page.children if type(child).__name__ == "FootnoteAreaBox"]
    assert ["".join(map(text_of, lines_of(area))) for area in areas] == ["1. A note of one line."]
    assert len(columns_of(page)) == 2


@given(count=st.integers(1, 60), lowest=st.integers(0, 59))
def test_the_first_candidate_that_fits_is_found_in_few_trials(count: int, lowest: int) -> None:
    lowest = min(lowest, count - 1)
    tried: list[int] = []

    def fits(number: int) -> bool:
        tried.append(number)
        return number >= lowest

    assert first_that_fits(count, fits) == lowest
    assert len(tried) <= 2 * count.bit_length() + 1


def test_lines_are_the_same_with_the_cache_and_without() -> None:
    text = paragraphs(3, 2, 4)

    def placed(pages: list[Any]) -> list[tuple[str, float, float]]:
        found = [line for page in pages for line in lines_of(page)]
        return [(text_of(line), round(line.position_x, 6), round(line.position_y, 6)) for line in found]

    assert placed(rendered(text, line_cache())) == placed(rendered(text))


def test_a_paragraph_is_broken_once_however_often_it_is_laid_out() -> None:
    broken = []

    def counting(plain: Any) -> Any:
        def lines(context: Any, box: Any, *rest: Any) -> Any:
            broken.append(box)
            return plain(context, box, *rest)

        return lines

    import weasyprint.layout.block as blocks

    counted = Replacement(owner=blocks, name="iter_line_boxes", make=counting)
    rendered(paragraphs(3, 3, 3), counted)
    before = len(broken)
    broken.clear()
    rendered(paragraphs(3, 3, 3), counted, line_cache())
    assert len(broken) < before
    assert len({id(box) for box in broken}) == len(broken)


def test_the_rest_of_a_divided_paragraph_has_the_lines_of_the_whole() -> None:
    text = paragraphs(9)
    (whole,) = rendered(text, text_wrap(), line_cache(), height=2000)
    parts = rendered(text, text_wrap(), line_cache(), height=150)
    assert len(parts) > 1
    wanted = [text_of(line) for column in columns_of(whole) for line in lines_of(column)]
    found = [text_of(line) for page in parts for column in columns_of(page) for line in lines_of(column)]
    assert found == wanted


def test_numbers_of_pages_are_those_of_the_last_layout() -> None:
    links = '<p><a class="toc" href="#there">There: </a></p>' + paragraphs(20) + '<h2 id="there">There</h2>'
    pages = rendered(links, line_cache(), column_balance(), height=300)
    first = text_of(next(lines_of(pages[0])))
    here = next(number for number, page in enumerate(pages, start=1) if "There" in words_of([page]).split())
    assert first.startswith("There: ")
    assert int(first.removeprefix("There: ")) >= here
    assert all(one.position_x <= other.position_x for one, other in pairwise(columns_of(pages[0])))
