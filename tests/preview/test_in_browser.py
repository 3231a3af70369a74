"""The preview in a real browser: what somebody who makes a leaflet does there, from the first look to the last save."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from previews import BROWSER, FLAGS, PATIENCE, SHORT, Running, preview, workspace

playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="the browser Chromium is not installed")
LONG = int(PATIENCE * 1000)
"""Milliseconds that a busy machine may take."""
IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.org")
PHONE = {"width": 390, "height": 844}
AXE = importlib.util.find_spec("axe_core_python")
VIEWS = ("panels", "sheet", "fold", "web", "reading", "files")
BIBLIOGRAPHY = """@book{okakura1906,
  title = {The Book of Tea},
  author = {Okakura, Kakuzō},
  year = {1906},
  publisher = {Fox Duffield}
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = workspace(tmp_path_factory.mktemp("browser") / "ws")
    (folder / "source" / "tea.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    with preview(folder, "source/tea.md") as started:
        yield started


@pytest.fixture
def source(running: Running) -> Path:
    """The source, as it was at first."""
    path = running.folder / "source" / "tea.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def page(browser, running: Running, source: Path) -> Iterator[object]:
    """A tab in which the leaflet is shown; nothing that it says may be an error."""
    context = browser.new_context(viewport={"width": 1500, "height": 950})
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    tab.goto(running.address)
    finished(tab)
    yield tab
    context.close()
    assert errors == []


def finished(tab) -> None:
    """Wait until all files are made and shown."""
    wait_for(tab, "document.documentElement.dataset.depth === 'full'")


def wait_for(tab, holds: str, arg: object = None) -> None:
    """Wait until an expression or function holds; the page's policy forbids the browser driver's own way."""
    end = time.monotonic() + PATIENCE
    while not tab.evaluate(holds, arg):
        assert time.monotonic() < end, holds
        tab.wait_for_timeout(50)


def keys(tab) -> list[str]:
    return tab.eval_on_selector_all(".panels .page", "all => all.map(one => one.dataset.key)")


def wait_for_change(tab, before: list[str]) -> list[str]:
    wait_for(
        tab,
        "before => { const now = [...document.querySelectorAll('.panels .page')].map(one => one.dataset.key);"
        " return now.length && JSON.stringify(now) !== before }",
        arg=str(before).replace("'", '"').replace(", ", ","),
    )
    return keys(tab)


def editor(tab) -> None:
    tab.click("#write-button")
    tab.wait_for_selector(".cm-content", timeout=LONG)


def test_an_edit_on_the_disk_is_shown_and_only_its_panel_changes(page, source: Path) -> None:
    before = keys(page)
    assert len(before) == 4
    source.write_text(SHORT.replace("awake", "quite awake"), encoding="utf-8")
    after = wait_for_change(page, before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_a_broken_source_shows_its_error_above_the_old_page_until_it_is_mended(page, source: Path) -> None:
    before = keys(page)
    source.write_text(SHORT.replace("layout: half-fold-a4", "layout: half-fold-a5"), encoding="utf-8")
    page.wait_for_selector("#banner:not([hidden])", timeout=LONG)
    words = page.inner_text("#banner")
    assert "half-fold-a5" in words
    assert "Line 6" in words
    assert keys(page) == before
    assert "mistake" in page.inner_text("#status")
    source.write_text(SHORT, encoding="utf-8")
    page.wait_for_selector("#banner[hidden]", state="attached", timeout=LONG)
    assert keys(page) == before


def test_a_source_that_is_deleted_or_empty_comes_back(page, source: Path) -> None:
    count = len(keys(page))
    source.unlink()
    page.wait_for_selector("#banner:not([hidden])", timeout=LONG)
    before = keys(page)
    assert len(before) == count
    source.write_text("", encoding="utf-8")
    source.write_text(SHORT.replace("Tea is", "Green tea is"), encoding="utf-8")
    wait_for_change(page, before)
    page.wait_for_selector("#banner[hidden]", state="attached", timeout=LONG)


def test_too_much_text_is_red_where_it_is(page, source: Path) -> None:
    source.write_text(SHORT + "\n\nMore words about tea than any panel holds. " * 400, encoding="utf-8")
    page.wait_for_selector(".over", timeout=LONG)
    page.wait_for_selector(".too-much", timeout=LONG)
    assert "too full" in page.inner_text("#findings")


def test_it_folds_and_unfolds_by_keyboard(page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("3")
    page.wait_for_selector(".scene .face img[src]", timeout=LONG)
    page.get_by_role("button", name="Fold", exact=True).last.focus()
    page.keyboard.press("Enter")
    assert page.inner_text(".view [role=status]").startswith("Folded")
    turned = page.eval_on_selector_all(".strip", "all => all.map(one => one.style.transform)")
    assert any("180deg" in one for one in turned)
    page.get_by_role("button", name="Unfold").press("Enter")
    assert page.inner_text(".view [role=status]").startswith("Open")
    page.focus("#folded")
    page.keyboard.press("End")
    assert page.inner_text(".view [role=status]").startswith("Folded")


def test_a_click_on_the_page_leads_to_the_line_and_back(page) -> None:
    page.locator('.block[data-line="12"]').first.click(
        timeout=LONG
    )  # finds the block again where a new build replaces it
    page.wait_for_selector(".cm-content", timeout=LONG)
    wait_for(page, "document.querySelector('.cm-activeLine')?.textContent.includes('Tea is warm')")
    page.keyboard.press("Control+End")
    wait_for(page, "Number(document.querySelector('.block.here')?.dataset.line) >= 16")


def test_a_click_on_the_web_page_leads_to_the_line(page) -> None:
    page.keyboard.press("4")
    page.wait_for_selector(".phone iframe[src]", timeout=LONG)
    frame = page.frame_locator(".phone iframe")
    frame.get_by_text("Tea is warm").click(timeout=LONG)
    wait_for(page, "document.querySelector('.cm-activeLine')?.textContent.includes('Tea is warm')")


def test_another_style_is_tried_without_touching_the_file_and_kept_when_wanted(page, source: Path) -> None:
    before = keys(page)
    page.click("#try-button")
    page.select_option("select[name=style]", "editorial")
    after = wait_for_change(page, before)
    assert source.read_text(encoding="utf-8") == SHORT
    assert all(one != other for one, other in zip(before, after, strict=True))
    finished(page)
    page.click("#keep")
    wait_for(page, "document.querySelector('#kept').textContent.startsWith('Written')")
    assert source.read_text(encoding="utf-8") == SHORT.replace("---\n\n## Why", "style: editorial\n---\n\n## Why", 1)
    assert "style=" not in page.url


def test_typed_words_are_shown_before_they_are_saved(page, source: Path) -> None:
    editor(page)
    before = keys(page)
    page.click(".cm-line >> text=Boil the water")
    page.keyboard.press("End")
    page.keyboard.type(" Use a kettle.")
    wait_for_change(page, before)
    assert source.read_text(encoding="utf-8") == SHORT
    assert page.inner_text("#saved") == "Not saved yet"
    page.keyboard.press("Control+s")
    wait_for(page, "document.querySelector('#saved').textContent === 'Saved'")
    assert source.read_text(encoding="utf-8") == SHORT.replace("the water.", "the water. Use a kettle.")


def test_undo_reaches_back_over_a_reload(page, source: Path) -> None:
    editor(page)
    page.click(".cm-line >> text=Boil the water")
    page.keyboard.press("End")
    page.keyboard.type(" Slowly.")
    page.wait_for_timeout(600)
    page.reload()
    finished(page)
    editor(page)
    wait_for(page, "document.querySelector('.cm-content').textContent.includes('Slowly.')")
    page.get_by_role("button", name="Undo").click()
    assert "Slowly." not in page.inner_text(".cm-content")
    assert source.read_text(encoding="utf-8") == SHORT


def test_a_conflict_shows_both_texts_and_loses_neither(page, source: Path) -> None:
    editor(page)
    page.click(".cm-line >> text=Boil the water")
    page.keyboard.press("End")
    page.keyboard.type(" Mine.")
    theirs = SHORT.replace("four minutes", "five minutes, theirs")
    source.write_text(theirs, encoding="utf-8")
    page.wait_for_selector("text=Somebody else changed this file", timeout=LONG)
    page.keyboard.press("Control+s")
    assert source.read_text(encoding="utf-8") == theirs
    page.get_by_role("button", name="Look at both").click()
    shown = page.inner_text("dialog")
    assert "theirs" in shown
    assert "Mine." in shown
    page.get_by_role("button", name="Keep mine").click()
    wait_for(page, "document.querySelector('#saved').textContent === 'Saved'")
    assert source.read_text(encoding="utf-8") == SHORT.replace("the water.", "the water. Mine.")


def test_a_file_that_changes_under_a_clean_editor_is_simply_shown(page, source: Path) -> None:
    editor(page)
    source.write_text(SHORT.replace("four minutes", "three minutes"), encoding="utf-8")
    wait_for(page, "document.querySelector('.cm-content').textContent.includes('three minutes')")


def test_two_tabs_show_the_same_leaflet_and_each_its_own_choice(page, running: Running, source: Path) -> None:
    other = page.context.new_page()
    other.goto(f"{running.address}leaflet?source=source/tea.md&style=clear")
    finished(other)
    first, second = keys(page), keys(other)
    assert first != second
    source.write_text(SHORT.replace("warm", "hot"), encoding="utf-8")
    wait_for_change(page, first)
    wait_for_change(other, second)
    other.close()


def test_a_source_is_cited_by_a_dialogue_that_shows_how_it_prints(page, source: Path) -> None:
    source.write_text(SHORT.replace("lang: en-GB", "lang: en-GB\nbibliography: tea.bib"), encoding="utf-8")
    page.wait_for_timeout(500)
    editor(page)
    page.click(".cm-line >> text=Tea is warm")
    page.keyboard.press("End")
    page.get_by_role("group", name="Insert").get_by_role("button", name="Source").click()
    page.fill("dialog input[type=search]", "book tea")
    page.click(".works li")
    page.wait_for_selector("text=(Okakura, 1906)", timeout=LONG)
    page.get_by_role("button", name="Insert", exact=True).click()
    wait_for(page, "document.querySelector('.cm-content').textContent.includes('[@okakura1906]')")


def test_citation_keys_are_completed(page, source: Path) -> None:
    source.write_text(SHORT.replace("lang: en-GB", "lang: en-GB\nbibliography: tea.bib"), encoding="utf-8")
    page.wait_for_timeout(500)
    editor(page)
    page.click(".cm-line >> text=Tea is warm")
    page.keyboard.press("End")
    page.keyboard.type(" [@oka")
    page.wait_for_selector(".cm-tooltip-autocomplete >> text=okakura1906", timeout=LONG)
    assert "1906" in page.inner_text(".cm-tooltip-autocomplete")


def test_details_are_changed_in_a_form_and_stay_plain_text(page) -> None:
    editor(page)
    page.get_by_role("button", name="Details").click()
    page.wait_for_selector("#detail-subtitle", timeout=LONG)
    page.fill("#detail-subtitle", "A warm drink")
    page.press("#detail-subtitle", "Tab")
    page.get_by_role("button", name="Text", exact=True).click()
    wait_for(page, "document.querySelector('.cm-content').textContent.includes('subtitle: A warm drink')")


@pytest.mark.parametrize("kind", ["sheet", "pdf", "html", "bib"])
def test_every_file_can_be_downloaded(page, kind: str, tmp_path: Path) -> None:
    page.keyboard.press("6")
    with page.expect_download() as waiting:
        page.click(f'.files a[href$="/{kind}"]')
    waiting.value.save_as(tmp_path / "file")
    assert waiting.value.suggested_filename.startswith("tea")
    assert (tmp_path / "file").stat().st_size > 100


def test_the_reading_order_is_that_of_the_text(page) -> None:
    page.keyboard.press("5")
    page.wait_for_selector(".spoken li", timeout=LONG)
    words = page.inner_text(".spoken")
    assert re.search(r"Heading 1\s+Tea\b", words)
    assert words.index("Why tea") < words.index("Tea is warm") < words.index("Boil the water")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_what_is_new_since_the_last_version_is_marked(page, source: Path) -> None:
    page.click("#see-button")
    new = page.get_by_role("button", name="New since the last version")
    new.click()
    wait_for(page, "document.querySelector('#changes-said').textContent.startsWith('There is no earlier version')")
    assert new.get_attribute("aria-pressed") == "false"
    for command in (["init", "-q"], ["add", "tea.md"], [*IDENTITY, "commit", "-qm", "1"]):
        subprocess.run(["git", *command], cwd=source.parent, check=True)
    before = keys(page)
    source.write_text(SHORT.replace("awake", "quite awake"), encoding="utf-8")
    wait_for_change(page, before)
    new.click()
    page.wait_for_selector(".changed", state="attached", timeout=LONG)
    assert new.get_attribute("aria-pressed") == "true"
    assert page.locator(".changed").count() == 1
    shutil.rmtree(source.parent / ".git")


def test_a_leaflet_is_shown_as_each_row_of_a_batch_fills_it(page, running: Running) -> None:
    folder = running.folder / "source"
    text = SHORT.replace("url:", 'fields:\n  shop: ""\nurl:').replace("Tea is warm", "Tea from {{ shop }} is warm")
    (folder / "shops.md").write_text(text, encoding="utf-8")
    (folder / "shops.csv").write_text("id,shop\nhill,Hill shop\nlake,Lake shop\n", encoding="utf-8")
    (folder / "shops.batch.toml").write_text('source = "shops.md"\ndata = "shops.csv"\n', encoding="utf-8")
    page.goto(f"{running.address}leaflet?source=source/shops.md")
    finished(page)
    page.click("#try-button")
    page.wait_for_selector("#rows:not([hidden])", timeout=LONG)
    first = keys(page)
    page.get_by_role("button", name="Next row").click()
    hill = wait_for_change(page, first)
    assert page.inner_text("#row-now") == "1 of 2: hill · Hill shop"
    page.fill("#row-search", "lake")
    page.press("#row-search", "Enter")
    assert wait_for_change(page, hill) != first
    assert page.inner_text("#row-now") == "2 of 2: lake · Lake shop"
    assert (folder / "shops.md").read_text(encoding="utf-8") == text


def test_a_picture_that_is_dropped_onto_the_text_is_put_beside_it(page, running: Running) -> None:
    editor(page)
    drop = """data => {
        const files = new DataTransfer();
        files.items.add(new File([Uint8Array.from(data)], 'My cup.png', {type: 'image/png'}));
        document.querySelector('.cm-content').dispatchEvent(
            new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true, clientX: 300, clientY: 300}));
    }"""
    stream = BytesIO()
    Image.new("RGB", (2, 2), "red").save(stream, "PNG")
    page.evaluate(drop, list(stream.getvalue()))
    wait_for(page, "document.querySelector('.cm-content').textContent.includes('![](images/My-cup.png)')")
    assert (running.folder / "source" / "images" / "My-cup.png").read_bytes() == stream.getvalue()


def test_two_choices_are_shown_side_by_side(page, running: Running) -> None:
    page.goto(running.address + "compare?source=source/tea.md&style=editorial")
    panes = [page.frame_locator(f"iframe[title={side}]") for side in ("Left", "Right")]
    for pane in panes:
        pane.locator(".panels .page[data-key]").first.wait_for(timeout=LONG)
    left, right = (pane.locator(".panels .page").first.get_attribute("data-key") for pane in panes)
    assert left != right
    box = panes[0].locator(".paper").first.bounding_box()
    assert box is not None
    assert box["height"] < 850  # a panel is whole in its pane


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "drawers", "writing", "details", "cite"])
def test_axe_finds_nothing(page, view: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if scheme == "dark":  # colours do not depend on the width, so the narrow page is tested with the dark ones
        page.set_viewport_size(PHONE)
    if view in VIEWS:
        page.evaluate("view => { location.hash = view }", view)
        page.wait_for_timeout(1_000)
    elif view == "drawers":
        page.click("#try-button")
        page.click("#see-button")
    else:
        editor(page)
        page.wait_for_timeout(500)
        if view == "details":
            page.get_by_role("button", name="Details").click()
            page.wait_for_selector("#detail-subtitle", timeout=LONG)
        if view == "cite":
            page.get_by_role("group", name="Insert").get_by_role("button", name="Source").click()
    assert axe(page) == []


@pytest.mark.parametrize("address", ["?all", "compare?source=source/tea.md"])
def test_axe_finds_nothing_on_the_other_pages(page, running: Running, address: str) -> None:
    page.goto(running.address + address)
    page.wait_for_timeout(2_000)
    assert axe(page) == []


def axe(page) -> list[str]:
    """Return what axe finds wrong with a page; its own script is run by the browser, not by the page."""
    if AXE is None or AXE.origin is None:
        pytest.skip("the package axe-core-python is not installed")
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(result => result.violations.map(one => one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | ')))"
    )
    return [str(one)[:600] for one in found]


def test_somebody_without_markdown_finishes_a_leaflet(page, running: Running) -> None:
    page.goto(running.address + "?all")
    page.fill("#new-title", "Sleeping well")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".cm-content", timeout=LONG)
    finished(page)
    page.get_by_role("button", name="Details").click()
    page.wait_for_selector("#detail-title", timeout=LONG)
    assert page.input_value("#detail-title") == "Sleeping well"
    for field, words in {
        "subtitle": "Small changes that help",
        "audience": "For everybody who lies awake",
        "publisher": "Lake Library",
    }.items():
        page.fill(f"#detail-{field}", words)
        page.press(f"#detail-{field}", "Tab")
        page.wait_for_timeout(300)
    page.fill("#detail-author-0-given", "Ines")
    page.press("#detail-author-0-given", "Tab")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Text", exact=True).click()
    page.click(".cm-line >> text=Why it matters")
    page.keyboard.press("End")
    page.get_by_role("group", name="Insert").get_by_role("button", name="Box").click()
    page.fill("dialog textarea", "Put the telephone into another room.")
    page.get_by_role("button", name="Insert", exact=True).click()
    page.get_by_role("button", name="Save").click()
    wait_for(page, "document.querySelector('#saved').textContent === 'Saved'")
    wait_for(
        page,
        "document.documentElement.dataset.depth === 'full' && document.querySelector('#title').textContent === 'Sleeping well'",
    )
    page.evaluate("location.hash = 'files'")
    with page.expect_download() as waiting:
        page.click('.files a[href$="/sheet"]', timeout=LONG)
    assert waiting.value.suggested_filename == "sleeping-well-sheet.pdf"
    written = (running.folder / "source" / "sleeping-well.md").read_text(encoding="utf-8")
    assert "subtitle: Small changes that help" in written
    assert "Put the telephone into another room." in written
    assert (running.folder / "source" / "sleeping-well.bib").is_file()
