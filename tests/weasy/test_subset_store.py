"""Font subsets on the disk save time and never change a byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.weasy.writer.font_subset import FontSubsetCache
from leaflet.weasy.writer.subset_store import Subset, SubsetStore
from panel_samples import page, rendered, section

SUBSET = Subset(content=b"\x00\x01font\n\xff", tables=("glyf", "OS/2"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the subsets that were really made."""
    names: list[str] = []
    plain = FontSubsetCache._made

    def counted(self: FontSubsetCache, font: object, wanted: object, hinting: bool, clean: object, name: str) -> Subset:
        names.append(name)
        return plain(self, font, wanted, hinting, clean, name)  # type: ignore[arg-type]

    monkeypatch.setattr(FontSubsetCache, "_made", counted)
    return names


def test_a_file_is_the_same_with_the_store_without_it_and_with_a_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    html = page(section(1) + "<p><b>bold</b> <i>italic</i></p>")
    monkeypatch.setenv("LEAFLET_CACHE", "off")
    expected = rendered(html, tmp_path).data
    count = len(made)
    assert count > 2
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "cache"))
    for again in (count, 0):
        made.clear()
        assert rendered(html, tmp_path).data == expected
        assert len(made) == again
    for file in (tmp_path / "cache").rglob("*.font"):
        file.write_bytes(file.read_bytes()[:-9] + b"damaged!!")
    made.clear()
    assert rendered(html, tmp_path).data == expected
    assert len(made) == count


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    store = SubsetStore(tmp_path / "subsets")
    store.put("one", SUBSET)
    assert store.get("one") == SUBSET
    assert store.get("two") is None
    assert SubsetStore(None).get("one") is None
