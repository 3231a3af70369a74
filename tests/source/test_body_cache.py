"""Trees of bodies that are read once for several rows: they are those of a text that is read for the first time."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.source import SourceCache, SourceResult, understand

FRONT = """---
title: Hands
audience: "For {{ place }}"
fields: {place: "", hours: all day}
---
"""
BODY = """
## One

Open {{ hours }} in {{ place }}. {{< meta audience >}}

::: {if="place == 'Hill'"}
Only there.
:::

{{< include part.md >}}
"""


def read(path: Path, root: Path, cache: SourceCache, **fields: str) -> tuple[SourceResult, WatchedWorkspace]:
    workspace = WatchedWorkspace(root=root, shipped=root)
    return understand(path, workspace, fields=fields, cache=cache), workspace


def make(root: Path) -> Path:
    source = root / "source" / "hands.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(FRONT + BODY)
    (source.parent / "part.md").write_text("A part.\n")
    return source


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["Hill", "Lake", "*Sea*"]), st.sampled_from(["at noon", "{{ x }}"]))))
def test_a_row_is_read_as_if_it_were_the_first(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    source, cache = make(tmp_path.resolve()), SourceCache()
    for place, hours in rows:
        found, workspace = read(source, tmp_path.resolve(), cache, place=place, hours=hours)
        fresh, fresh_workspace = read(source, tmp_path.resolve(), SourceCache(), place=place, hours=hours)
        assert replace(found, undecided=None) == replace(fresh, undecided=None)
        assert found.undecided == fresh.undecided
        assert sorted(workspace.inputs) == sorted(fresh_workspace.inputs)


def test_a_part_that_changes_is_read_again(tmp_path: Path) -> None:
    root, cache = tmp_path.resolve(), SourceCache()
    source = make(root)
    before, _ = read(source, root, cache, place="Hill")
    same, _ = read(source, root, cache, place="Hill")
    assert same.undecided is not None
    assert before.undecided is not None
    assert same.undecided.blocks is before.undecided.blocks
    part = root / "source" / "part.md"
    part.write_text("Another part.\n")
    os.utime(part, ns=(1, 1))
    assert "Another part" in str(read(source, root, cache, place="Hill")[0].document)


def test_a_workspace_that_forbids_a_file_is_asked_again(tmp_path: Path) -> None:
    root, cache = tmp_path.resolve(), SourceCache()
    source = make(root)
    understand(source, Workspace(root=root, shipped=root), fields={"place": "Hill"}, cache=cache)
    (root / "source" / "part.md").unlink()
    again = understand(source, Workspace(root=root, shipped=root), fields={"place": "Hill"}, cache=cache)
    assert not again.is_sound
