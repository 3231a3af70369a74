"""Words that change in a run which is laid out leave the bytes of a layout with these words from the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_layout_caches import CSS, SIZE

from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace
from leaflet.weasy import PdfDetails, Renderer, renderer
from leaflet.weasy.features import Feature

RUN = """<section class="a"><h2 id="head">Signs</h2><p>Before <a href="https://example.org/{address}">here</a>, {alone}.</p>
</section><section class="b"><h2>Lines {word}</h2><ul><li>One <b>bold</b> {item}</li><li>Two</li></ul><p class="f">Beside</p>
<p>Long text that goes on for more than one line, so that it has something to wrap around, and {words}.</p></section>
<section class="c"><p class="changed">{words}</p><p>Same <q>quoted {word}</q></p><table><tr><th>A</th><td>{item}</td></tr>
</table></section><section class="d"><h2>End</h2><p class="e"></p><p>Last &amp; {words}</p><blockquote><p>{word}</p></blockquote>
</section>"""
ROWS = (
    {"words": "one & more", "word": "Hill", "address": "a", "item": "x", "alone": "alone"},
    {"words": "one \u2013 less", "word": "Vale", "address": "a", "item": "x", "alone": "alone"},
    {"words": "two & more", "word": "Hall", "address": "b?c&d", "item": "x", "alone": "alone"},
    {"words": "word " * 60, "word": "Hill", "address": "a", "item": "x", "alone": "alone"},
    {"words": "two & mere", "word": "Down", "address": "e", "item": "y", "alone": "alone"},
)
UNCHANGED = {
    *("float", "float over the next", "footnote", "positioned", "sees addresses", "letters", "columns", "flexible"),
    *("columns of the page", "grid", "inline blocks", "few lines", "bookmarks"),
}
"""The names of CSS with which some of these words are in blocks whose place other words decide."""


class Printer:
    """A renderer of one page, and whether it changes words in runs that are laid out."""

    def __init__(self, folder: Path, css: str, *, changes: bool) -> None:
        plain = renderer.supported_features
        off = frozenset() if changes else {Feature.CHANGED_TEXT}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                renderer,
                "supported_features",
                lambda *given: replace(plain(*given), features=plain(*given).features - off),
            )
            self._renderer = Renderer({"XDG_CACHE_HOME": str(folder)})
        self._workspace = Workspace(root=folder, shipped=folder)
        self._css = css
        self.changed = 0

    def printed(self, words: dict[str, str]) -> bytes:
        """Return the PDF of the run with ``words``."""
        escaped = {name: text.replace("&", "&amp;").replace("<", "&lt;") for name, text in words.items()}
        page = PrintPage(
            root='<!DOCTYPE html><html lang="en">',
            head="<title>Signs</title>",
            css=(SIZE + self._css,),
            body="<body>",
            runs=(RUN.format(**escaped),),
            whole=False,
            scale=1.0,
        )
        opened = self._renderer.open(page, workspace=self._workspace, base=self._workspace.root, page_rules="")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Renderer, "_changed", self._counted(Renderer._changed))
            laid_out = self._renderer.render(opened, 1.0)
        return self._renderer.write(opened, laid_out, PdfDetails()).data

    def _counted(self, change: object) -> object:
        def changed(*given: object) -> object:
            self.changed += 1
            return change(*given)  # type: ignore[operator]

        return changed


@pytest.mark.parametrize("name", CSS)
def test_changed_words_leave_the_bytes_of_a_layout_of_their_own(name: str, tmp_path: Path) -> None:
    changing, plain = Printer(tmp_path, CSS[name], changes=True), Printer(tmp_path, CSS[name], changes=False)
    for row in ROWS[:2]:
        changing.printed(row)
    alone = {**ROWS[1], "alone": "other"}
    assert changing.printed(alone) == plain.printed(alone)
    before = changing.changed
    assert changing.printed(ROWS[2]) == plain.printed(ROWS[2])
    assert (changing.changed > before) == (name not in UNCHANGED)
    assert not plain.changed


def test_words_are_changed_where_lines_keep_their_number(tmp_path: Path) -> None:
    printer = Printer(tmp_path, "li { display: block }", changes=True)
    for row in ROWS[:3]:
        printer.printed(row)
    assert printer.changed == 1
    printer.printed(ROWS[3])
    assert printer.changed == 1
    printer.printed({**ROWS[2], "word": "Dale"})
    assert printer.changed == 2


def test_a_run_that_is_dropped_and_comes_again_is_the_same(tmp_path: Path) -> None:
    printer = Printer(tmp_path, "li { display: block }", changes=True)
    before = [printer.printed(row) for row in ROWS[:3]]
    printer._renderer._runs.clear()
    assert [printer.printed(row) for row in ROWS[:3]] == before
    assert printer.changed == 4


def test_words_that_css_shows_elsewhere_are_not_changed(tmp_path: Path) -> None:
    printer = Printer(tmp_path, "li { display: block } h2 { string-set: title content(text) }", changes=True)
    for row in ROWS[:3]:
        printer.printed(row)
    assert not printer.changed


@pytest.fixture(scope="module")
def printers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Printer, Printer]:
    folder, css = tmp_path_factory.mktemp("words"), "li { display: block } p { --text-wrap: pretty; hyphens: auto }"
    return Printer(folder, css, changes=True), Printer(folder, css, changes=False)


WORDS = st.text(alphabet="ab\u00e4\u05d0\u4e2d .,-\u00ad\u00a0&<\"'", min_size=1, max_size=40)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS, word=WORDS, address=st.text(alphabet="az/?&=", max_size=6))
def test_any_words(printers: tuple[Printer, Printer], words: str, word: str, address: str) -> None:
    changing, plain = printers
    row = {"words": words, "word": word, "address": address, "item": "x", "alone": "alone"}
    assert changing.printed(row) == plain.printed(row)
