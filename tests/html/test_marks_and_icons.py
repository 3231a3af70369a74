"""Marks of citations stand close to their word, and an unknown icon is refused with its place."""

from pathlib import Path

import pytest

from running import run_leaflet

BODY = "## Words\n\nA trial found this\n[@a]. Then came more [@a], and\nmore.\n"
REFERENCE = (
    "references:\n  - {id: a, type: book, title: T, author: [{family: B, given: C}], issued: 2020, publisher: P}\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path


def page(workspace: Path, csl: str) -> str:
    front = f"---\ntitle: T\nlayout: handout-a4\ncsl: {csl}\n{REFERENCE}---\n\n"
    (workspace / "source" / "x.md").write_text(front + BODY)
    run_leaflet("build", "source/x.md", "--format", "html", cwd=workspace)
    return (workspace / "output" / "x.html").read_text(encoding="utf-8")


def test_the_mark_of_a_note_follows_the_stop(workspace: Path) -> None:
    html = page(workspace, "chicago-notes-bibliography")
    assert 'found this.<span class="citation" id="cited-1"><sup class="mark">' in html
    assert 'came more,<span class="citation" id="cited-2"><sup class="mark">' in html


def test_a_raised_number_is_close_to_its_word_and_before_the_stop(workspace: Path) -> None:
    html = page(workspace, "nature")
    assert 'found this<span class="citation" id="cited-1"><sup>' in html
    assert "</sup></span>. Then" in html


def test_an_unknown_icon_is_refused_with_its_place_and_the_nearest(workspace: Path) -> None:
    text = "---\ntitle: T\nlayout: handout-a4\n---\n\n::: {#at-a-glance}\n- []{.icon-phon} **One.** Two.\n:::\n\n## W\n\nWords.\n"
    (workspace / "source" / "x.md").write_text(text)
    shown = run_leaflet("build", "source/x.md", "--format", "pdf", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert shown.stderr.startswith("source/x.md:7:")
    assert 'there is no icon "phon"\n  hint: did you mean icon-phone?' in shown.stderr
