"""The caches of layout and painting must leave the bytes that WeasyPrint makes by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from leaflet.weasy.engine import weasyprint
from leaflet.weasy.font_configuration import BundledFonts
from leaflet.weasy.layout.block_cache import BlockCache, CachedBlock, block_cache
from leaflet.weasy.layout.cascade_cache import CascadeCache, cascade_cache, shape_of, unseen_by
from leaflet.weasy.layout.column_footer import column_footer
from leaflet.weasy.layout.column_trials import column_trials
from leaflet.weasy.layout.style_cache import StyleCache, style_cache
from leaflet.weasy.paint.operator_cache import operator_cache
from leaflet.weasy.paint.reading_order import paint_in_reading_order
from leaflet.weasy.paint.recorder import RecordedPage, Recorder
from leaflet.weasy.patch import patched
from leaflet.weasy.writer.compression import CompressionCache, compression
from leaflet.weasy.writer.font_dates import font_dates
from leaflet.weasy.writer.font_subset import FontSubsetCache, font_subset
from leaflet.weasy.writer.subset_store import SubsetStore
from leaflet.weasy.writer.tags import TagRepair

ROWS = ("one", "", "two words", "word " * 60, "")
PAGE = """<html lang=en><body><section class=a><h2 id=head>Signs {}</h2><p>Before <a href="#x{}">here</a>.</p></section>
<section class=b><h2>Lines</h2><ul><li>One <b>bold</b><li>Two<ol><li>Deep</ol></ul><p class=f>Beside</p>
<p>Long text that goes on for more than one line, so that it has something to wrap around, and more of it.</p></section>
<section class=c><p class=changed>{}</p><p>Same <q>quoted</q></p><table><tr><th>A<td>B<tr><th>C<td>{}</table></section>
<section class=d><h2>End</h2><p class=e></p><p>Last</p><svg xmlns="http://www.w3.org/2000/svg" width=9 height=9
viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg></section></body></html>"""
SIZE = "@page { size: 9cm 12cm; margin: 5mm } h2, p, ul { margin: 3mm 0 } "
CSS = {
    "plain": "",
    "float": ".f { float: left; width: 2cm; height: 3cm; background: red } .c { clear: left }",
    "float over the next": ".f { float: right; width: 2cm; height: 6cm } .d p { border: 1px solid }",
    "margins through": ".e { margin: 9mm 0 } .d { margin: -2mm 0 4mm } section { margin: 6mm 0 }",
    "counter of items": "ul { list-style: decimal } ol { list-style: upper-roman inside }",
    "markers": "li::marker { color: red; font-size: 2em }",
    "footnote": "b { float: footnote }",
    "positioned": ".b { position: relative } .f { position: absolute; right: 0; top: 0 } .d p { position: relative; top: 2mm }",
    "positioned far": ".f { position: absolute; bottom: 0; right: 1cm }",
    "percent": ".c { height: 50%; min-height: 3cm } .c p { height: 50% } .d { width: 60%; margin: auto }",
    "has": "section:has(.changed:empty) + .d { color: red; font-size: 2em }",
    "sees emptiness": ".changed:empty + p { font-size: 3em }",
    "children": "p:nth-child(2) { font-size: 1.4em } p:last-of-type { color: blue }",
    "quotes": "q { quotes: '(' ')' '[' ']' } h2::before { content: open-quote } h2::after { content: close-quote }",
    "sees addresses": 'a[href="#xone"] { font-size: 2em }',
    "shows addresses": "a::after { content: attr(href) }",
    "letters": "p::first-letter { font-size: 3em; float: left } p::first-line { color: red }",
    "columns": ".b { columns: 2; column-gap: 4mm }",
    "columns of the page": "body { columns: 2; column-gap: 4mm } ul { break-inside: avoid }",
    "flexible": ".c { display: flex; gap: 2mm } .b { display: flex; flex-direction: column; justify-content: space-between }",
    "grid": ".b { display: grid; grid-template-columns: 1fr 1fr }",
    "inline blocks": ".b li, .d p { display: inline-block; width: 40% }",
    "breaks": ".d { break-before: page } p { break-inside: avoid; orphans: 3; widows: 3 }",
    "breaks late": "@page { size: 9cm 7cm } ul { break-inside: avoid } h2 { break-after: avoid }",
    "see-through": ".b { opacity: .5 } .d { transform: rotate(3deg) } .c { overflow: hidden; max-height: 2cm }",
    "few lines": ".c { max-lines: 2; block-ellipsis: auto }",
    "leftwards": "section { direction: rtl; text-align: justify; hyphens: auto }",
    "pictures": ".b { background: linear-gradient(red, blue); border-radius: 3mm; box-shadow: 0 0 2mm red }",
    "bookmarks": "h2 { bookmark-level: 1; bookmark-label: content(text) '!' } h2 { string-set: title content(text) }",
}


FONTS = BundledFonts(isolated=True)


@dataclass(slots=True, kw_only=True)
class Caches:
    """The caches of pages with the same CSS."""

    styles: StyleCache = field(default_factory=StyleCache)
    cascades: CascadeCache = field(default_factory=CascadeCache)
    blocks: BlockCache = field(default_factory=BlockCache)


SUBSETS = FontSubsetCache(SubsetStore(None))
STREAMS = CompressionCache()


def rendered(words: str, css: Any, text: str, caches: Caches | None) -> bytes:
    page = weasyprint.HTML(string=PAGE.format(words[:9], words[:3], words, words[:20]))
    replacements = [column_footer()]
    if caches:
        replacements += [style_cache(caches.styles), cascade_cache(caches.cascades, unseen_by([text]))]
        replacements += [block_cache(caches.blocks), column_trials()]
    with patched(*replacements):
        document = page.render(font_config=FONTS, stylesheets=[css], pdf_variant="pdf/ua-1")
    paint_in_reading_order(document.pages)
    document.pages = [
        RecordedPage(page, f"p{number}", FONTS, [], drops_font_files=True) for number, page in enumerate(document.pages)
    ]
    writing = [font_dates(), font_subset(SUBSETS), compression(STREAMS), operator_cache()]
    with patched(*writing, *TagRepair(document).replacements()):
        return bytes(document.write_pdf(uncompressed_pdf=True, pdf_variant="pdf/ua-1"))


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The elements whose blocks were copied."""
    made: list[str] = []
    copied = CachedBlock.copied

    def counted(self: CachedBlock, element: Any) -> Any:
        made.append(element.get("class", element.tag))
        return copied(self, element)

    monkeypatch.setattr(CachedBlock, "copied", counted)
    return made


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of boxes of each layer whose marks were drawn again."""
    made: list[int] = []
    replay = Recorder.replay

    def counted(self: Recorder, cached: Any, parts: Any) -> None:
        made.append(len(parts))
        replay(self, cached, parts)

    monkeypatch.setattr(Recorder, "replay", counted)
    return made


@pytest.mark.parametrize("text", CSS.values(), ids=CSS.keys())
def test_what_is_kept_leaves_no_trace(text: str, copies: list[str], drawn: list[int]) -> None:
    css = weasyprint.CSS(string=SIZE + text, font_config=FONTS)
    caches = Caches()
    plain: dict[str, bytes] = {}
    for words in ROWS:
        if words not in plain:
            plain[words] = rendered(words, css, text, None)
        assert rendered(words, css, text, caches) == plain[words], words
    assert copies
    assert drawn


def test_the_largest_unchanged_blocks_are_copied(copies: list[str]) -> None:
    css = weasyprint.CSS(string=SIZE.replace("12cm", "22cm"), font_config=FONTS)
    caches = Caches()
    for words in ("a", "b", "c"):
        copies.clear()
        rendered(words, css, "", caches)
    assert {"b", "d"} <= set(copies)
    assert "ul" not in copies


def test_too_much_is_forgotten(monkeypatch: pytest.MonkeyPatch, copies: list[str]) -> None:
    monkeypatch.setattr("leaflet.weasy.layout.block_cache.MOST_FINGERPRINTS", 10)
    css = weasyprint.CSS(string=SIZE, font_config=FONTS)
    caches = Caches()
    for words in ("a", "b", "c"):
        rendered(words, css, "", caches)
    assert not copies


def test_a_shape_has_no_words_but_tells_whether_there_are_any() -> None:
    def shape(html: str, css: str = "") -> tuple[Any, ...]:
        return shape_of(weasyprint.HTML(string=html).etree_element, unseen_by([css]))

    one = "<p class=x>One<b>!</b> tail<a href=y>z</a><img src=a.svg alt=hill>"
    assert shape(one) == shape(one.replace("One", "Other").replace("tail", "end"))
    assert shape(one) == shape(one.replace("href=y", "href=q"))
    sees_links, other = "a[href^=q] { color: red }", one.replace("href=y", "href=q")
    assert shape(one, sees_links) != shape(other, sees_links)
    picture = one.replace("a.svg", "b.svg").replace("hill", "vale")
    assert shape(one) == shape(picture) != shape(one.replace(" alt=hill", ""))
    assert shape(one, "[src$='.svg'] { width: 1em }") == shape(picture, "[src$='.svg'] { width: 1em }")
    for css in (
        "img[src=a]",
        "[src$='a.svg'] b",
        "[ alt|='vale']",
        "p::after { content: attr(alt) }",
        "[a\\lt]",
        "[/**/src]",
    ):
        assert shape(one, css) != shape(picture, css)
    for old, new in (("One", ""), ("One", " "), (" tail", ""), ("class=x", "class=y"), ("<b>!</b>", "<i>!</i>")):
        assert shape(one) != shape(one.replace(old, new))
