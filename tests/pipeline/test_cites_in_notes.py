"""Note styles where the author's own footnotes cite."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from leaflet.pipeline import Choices
from leaflet.pipeline.cite_source import cite_source
from running import copy_workspace

SOURCE = """---
title: Notes
references:
  - {id: book, type: book, title: Soap, issued: 2002, author: [{family: Bell}], publisher: Soap Press}
---
Soap helps.[^a] It does.[^b]

[^a]: As @book [p. 3] says, it is good; see also [@book, p. 9].
[^b]: [@book, p. 5]
"""


def test_the_mark_that_ends_a_note_stands_at_its_end_only(tmp_path: Path) -> None:
    source = copy_workspace(tmp_path / "workspace") / "source" / "notes.md"
    source.write_text(SOURCE, encoding="utf-8")
    found, _ = cite_source(source, Choices(csl="chicago-notes"), today=date(2026, 1, 1))
    narrative, before_a_stop, last = (cluster.html for cluster in found.citations.clusters)
    assert narrative.endswith(", 3")
    assert before_a_stop.endswith(", 9")
    assert last.endswith(", 5.")
