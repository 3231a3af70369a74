"""A section that asks for a panel which the layout has not is told of, whatever files are wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.errors import LeafletError
from leaflet.pipeline import Choices, compose


@pytest.mark.parametrize("form", ["html", "bib", "pdf"])
def test_an_unknown_panel_stops_every_kind_of_build(form: str, tmp_path: Path) -> None:
    source = tmp_path / "source" / "soap.md"
    source.parent.mkdir()
    source.write_text("---\ntitle: Soap\n---\n\n## Why {panel=flop}\n\nSo.\n", encoding="utf-8")
    with pytest.raises(LeafletError) as caught:
        compose(source, Choices(formats=(form,)), today=date(2026, 1, 1))
    assert str(caught.value) == (
        'source/soap.md:5:1: there is no panel called "flop" in this layout\n'
        "  hint: choose one of cover, flap, inside, back"
    )
