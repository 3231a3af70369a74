"""A session shared by builds changes how long they take, and not what they make."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from leaflet.pipeline import Choices, Session, cite_source, compose
from running import REPOSITORY

DAY = date(2026, 5, 12)
PAGE = Choices(formats=("html",))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("session")
    shutil.copytree(REPOSITORY / "source", root / "source")
    shutil.copytree(REPOSITORY / "layouts" / "flyer-a5", root / "layouts" / "mine")
    return root


def test_threads_that_share_a_session_make_the_pages_of_builds_alone(workspace: Path) -> None:
    sources = sorted((workspace / "source" / "languages").glob("*.md")) * 2
    alone = {source: dict(compose(source, PAGE, today=DAY).files) for source in set(sources)}
    session = Session()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda source: dict(compose(source, PAGE, today=DAY, session=session).files), sources))
    assert made == [alone[source] for source in sources]


def test_a_template_that_changes_is_read_again(workspace: Path) -> None:
    from leaflet.html import PrintPages

    session = Session()
    template = workspace / "layouts" / "mine" / "page.html.j2"
    for words in ("first", "second time"):
        template.write_text(f"<p>{words} {{{{ m.title }}}}</p>", encoding="utf-8")
        cited, _ = cite_source(
            workspace / "source" / "washing-hands.md", Choices(layout="mine"), today=DAY, session=session
        )
        pages = PrintPages.of(
            cited.document,
            cited.citations,
            cited.layout,
            cited.style,
            font_css="",
            workspace=cited.workspace,
            resources=session.page_resources,
        )
        page = pages.page(pages.arranged(0))
        assert page.complete == f"<p>{words} {cited.document.metadata.title}</p>"


def test_sessions_share_nothing(workspace: Path) -> None:
    one, other = Session(), Session()
    assert one != other
    assert one.page_resources is one.page_resources
    assert one.page_resources is not other.page_resources
