"""The box cites the leaflet alone, so numbered styles leave their number out."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.html import without_number
from leaflet.model.workspace import Workspace
from leaflet.pipeline.format_citations import cite_own

OWN = {"id": "x", "type": "book", "title": "1. Walk & rest", "author": [{"family": "Cole", "given": "Amara"}]}


@pytest.mark.parametrize("style", ["ieee", "nlm-citation-sequence", "nature", "american-chemical-society"])
def test_numbered_styles_print_no_number(style: str, tmp_path: Path) -> None:
    (line,) = cite_own(OWN, [style], lang="en-GB", workspace=Workspace(root=tmp_path, shipped=tmp_path))
    assert line.text.startswith(("A. Cole", "Cole"))
    assert line.html.startswith(("A. Cole", "Cole"))
    assert "1. walk &#38; rest" in line.html.lower()


def test_other_entries_stay_as_they_are() -> None:
    assert without_number("Cole. <i>1. Walk</i>.", "Cole. 1. Walk.") == ("Cole. <i>1. Walk</i>.", "Cole. 1. Walk.")
