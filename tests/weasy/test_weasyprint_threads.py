"""Builds in threads have the bytes of builds in sequence, and leave other uses of WeasyPrint alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from leaflet.pipeline import Choices, Session, compose
from leaflet.weasy import Renderer
from leaflet.weasy.engine import weasyprint
from leaflet.weasy.features import PROPERTY
from leaflet.weasy.internals import INTERNALS
from leaflet.weasy.log import captured_log

DAY = date(2026, 1, 1)
THREADS, BUILDS = 4, 25
PAUSE = 0.25
"""Seconds between two plain pages."""
CHOICES = Choices(layout="flyer-a5", formats=("pdf",), allow_overflow=True)
SOURCE = """---
title: Leaflet {number}
lang: en-GB
---

## What to do {{#one}}

- Wash your hands for **{number} seconds** before you eat.
- Ask someone when you are not sure.

| Day | Dose |
|---|---|
| Monday | {number} |
"""
PLAIN = """<html lang=en><style>body { font: 12pt "Source Serif 4" } dl { --block-step: 1 }</style><h1>Plain</h1>
<p>Words before a <b>bold</b> one, and <a href="https://example.org">a link <i>with parts</i></a>.<dl><dt>A<dd>B</dl>"""


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Leaflets that differ in a number."""
    folder = tmp_path / "source"
    folder.mkdir()
    files = [folder / f"leaflet-{number}.md" for number in range(THREADS * BUILDS)]
    for number, file in enumerate(files):
        file.write_text(SOURCE.format(number=number % 10))
    return files


def built(source: Path, session: Session) -> bytes:
    (data,) = compose(source, CHOICES, today=DAY, session=session).files.values()
    return data


def plain() -> bytes:
    """A page that a program makes with WeasyPrint alone."""
    return bytes(weasyprint.HTML(string=PLAIN).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True))


def names_of_weasyprint() -> list[object]:
    """Everything of WeasyPrint's that a build may replace."""
    return [internal.found() for internal in INTERNALS if "(" in internal.signature or internal.signature == PROPERTY]


def test_threads_have_the_bytes_of_a_sequence(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads share a session, two have their own, and a fifth uses WeasyPrint alone."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")  # for the fonts of the plain page
    before, expected_plain = names_of_weasyprint(), plain()
    alone = Session()
    by_number = [built(source, alone) for source in sources[:10]]
    expected = [by_number[number % 10] for number in range(len(sources))]
    shared, ended = Session(), Event()
    sessions = [shared, shared, Session(), Session()]

    def build_all(number: int) -> list[bytes]:
        return [built(source, sessions[number]) for source in sources[number * BUILDS : (number + 1) * BUILDS]]

    def render_plain() -> list[bytes]:
        made = []
        while not ended.is_set():
            made.append(plain())
            ended.wait(PAUSE)
        return made

    with ThreadPoolExecutor(THREADS + 1) as pool:
        others = pool.submit(render_plain)
        try:
            made = [data for part in pool.map(build_all, range(THREADS)) for data in part]
        finally:
            ended.set()
    assert made == expected
    assert len(others.result()) > 3
    assert set(others.result()) == {expected_plain}
    assert names_of_weasyprint() == before


def test_another_thread_logs_as_before(caplog: pytest.LogCaptureFixture) -> None:
    def other() -> None:
        weasyprint.CSS(string="p { no-such-property: 1 }")

    with captured_log() as log, ThreadPoolExecutor(1) as pool:
        weasyprint.CSS(string="p { nor-this-one: 1 }")
        pool.submit(other).result()
    assert len(log) == 1
    assert "nor-this-one" in log[0].getMessage()
    assert "no-such-property" in caplog.text
    assert "nor-this-one" not in caplog.text


def test_a_simple_page_is_made_in_any_thread() -> None:
    renderer = Renderer()
    expected = renderer.render_simple(PLAIN)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(renderer.render_simple, [PLAIN] * 8)) == {expected}
