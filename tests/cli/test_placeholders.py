"""A new workspace is told of what it still says in another's name, and of nothing once that is replaced."""

from __future__ import annotations

from pathlib import Path

from leaflet.source import open_workspace, read_source
from leaflet.source.placeholders import PLACEHOLDERS
from running import run_leaflet


def test_everything_that_waits_for_its_author_is_named_with_its_place(tmp_path: Path) -> None:
    run_leaflet("new", "mine", cwd=tmp_path)
    source = tmp_path / "mine" / "source" / "first-leaflet.md"
    said = [str(problem) for problem in read_source(source, open_workspace(source)).problems]
    assert len(said) == len(PLACEHOLDERS)
    assert 'leaflet.toml:6:13: warning: "publisher" still says "Your organisation", as a new workspace does' in said[0]
    assert any(
        line.startswith('source/first-leaflet.md:6:5: warning: "author" still says "Your Name"') for line in said
    )


def test_a_leaflet_of_ones_own_is_not_told_of_anything(tmp_path: Path) -> None:
    source = tmp_path / "source" / "mine.md"
    source.parent.mkdir()
    source.write_text("---\ntitle: Soap\nauthor: Rosa Bell\ncontact: {phone: 01632 960 123}\n---\nText.\n")
    assert read_source(source, open_workspace(source)).problems == ()
