"""Font subsets on the disk save time and never change a byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.weasy.writer.font_subset import FontSubsetCache
from leaflet.weasy.writer.subset_store import MOST_FILES, Subset, SubsetStore, subset_folder
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
    for file in (tmp_path / "cache" / "font-subsets").iterdir():
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


def test_a_file_of_another_name_or_another_user_is_not_trusted(tmp_path: Path) -> None:
    store = SubsetStore(tmp_path / "subsets")
    store.put("one", SUBSET)
    (file,) = (tmp_path / "subsets").iterdir()
    store._file("two").write_bytes(file.read_bytes())
    assert store.get("two") is None
    file.chmod(0o666)
    assert store.get("one") is None


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    store = SubsetStore(tmp_path / "subsets")
    store.put("one", SUBSET)
    (file,) = (tmp_path / "subsets").iterdir()
    moved = file.rename(tmp_path / "elsewhere.font")
    file.symlink_to(moved)
    assert store.get("one") is None


def test_the_store_does_not_grow_without_end(tmp_path: Path) -> None:
    store = SubsetStore(tmp_path)
    for number in range(MOST_FILES + 1):
        store.put(str(number), SUBSET)
    assert len(list(tmp_path.iterdir())) == MOST_FILES // 2
    assert store.get(str(MOST_FILES)) == SUBSET


def test_the_folder_is_the_users_own(tmp_path: Path) -> None:
    assert subset_folder({"LEAFLET_CACHE": "off", "HOME": "/home/ada"}) is None
    assert subset_folder({"LEAFLET_CACHE": "here", "HOME": "/home/ada"}) is None
    assert subset_folder({"LEAFLET_CACHE": "/var/x"}) == Path("/var/x/font-subsets")
    assert subset_folder({"HOME": "/home/ada"}, "linux") == Path("/home/ada/.cache/leaflet/font-subsets")
    assert subset_folder({"HOME": "/Users/ada"}, "darwin") == Path("/Users/ada/Library/Caches/leaflet/font-subsets")
    assert subset_folder({}, "linux") is None
