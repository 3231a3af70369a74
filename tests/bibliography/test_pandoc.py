"""The library beside pandoc's reading of it, where pandoc is there: no difference but those that docs/references.md explains."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from compare_pandoc import differences, leaflet_items, pandoc_items

HERE = Path(__file__).parent


def test_every_difference_from_pandoc_is_a_known_one() -> None:
    if not os.environ.get("PANDOC"):
        pytest.skip("PANDOC is not set: it names a pandoc program to compare with")
    text = (HERE / "library.bib").read_text(encoding="utf-8")
    ours, theirs = leaflet_items(text, "biblatex"), pandoc_items(text, "biblatex")
    assert set(ours) <= set(theirs)
    found = [line for key in sorted(ours) for line in differences(ours[key], theirs[key])]
    known = (HERE / "pandoc-differences.txt").read_text(encoding="utf-8").splitlines()
    assert found == known[:-1]
