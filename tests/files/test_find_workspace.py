"""The search for the workspace: a folder that says it is one, or that has the folders of one around the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.files import open_workspace

CASES = {
    "settings": (("work/leaflet.toml",), "work/notes/x.md", "work"),
    "the nearest settings": (("leaflet.toml", "work/leaflet.toml"), "work/source/x.md", "work"),
    "settings before a source folder": (("leaflet.toml", "work/source/"), "work/source/x.md", ""),
    "in its source folder": (("work/source/",), "work/source/deep/x.md", "work"),
    "beside a source folder": (("work/source/",), "work/x.md", "work"),
    "a source folder far above": (("source/",), "work/letters/x.md", "work/letters"),
    "layouts beside a source folder": (("work/source/", "work/layouts/"), "work/notes/x.md", "work"),
    "styles beside a source folder": (("work/source/", "work/styles/"), "work/notes/x.md", "work"),
    "layouts alone": (("layouts/",), "work/x.md", "work"),
    "nothing": ((), "work/x.md", "work"),
    "a repository": (("work/.git/",), "work/joss/x.md", "work"),
    "a book within a repository": ((".git/", "work/myst.yml"), "work/deep/x.md", "work"),
    "settings around a repository": (("leaflet.toml", "work/.git/"), "work/x.md", ""),
    "settings that are a folder, which is refused later": (("leaflet.toml/",), "work/x.md", ""),
}


@pytest.mark.parametrize(("there", "start", "root"), CASES.values(), ids=list(CASES))
def test_the_workspace_of_a_source(there: tuple[str, ...], start: str, root: str, tmp_path: Path) -> None:
    for name in there:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text("", encoding="utf-8")
    source = tmp_path / start
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("", encoding="utf-8")
    assert open_workspace(source).root == (tmp_path / root).resolve()
    assert open_workspace(source.parent).root == (tmp_path / root).resolve()
