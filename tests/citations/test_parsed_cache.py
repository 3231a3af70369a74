"""The cache of parsed styles: the same trees as parsing gives, and never more than a saving of time."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaflet.citations import CitationProcessor
from leaflet.citations.csl.disk_cache import DiskCache
from leaflet.citations.csl.pack import pack, unpack
from leaflet.citations.csl.parse import DependentStyle, parse_locale, parse_style
from leaflet.citations.csl.style_library import official_locales, official_styles
from leaflet.citations.csl.tree import CslStyle, LocaleData
from leaflet.files import OFF, cache_folder

STYLES = ("apa", "chicago-notes-bibliography", "nlm-citation-sequence", "dependent/nature-genetics", "ieee")
TEXT = (official_styles() / "ieee.csl").read_text(encoding="utf-8")
ITEM = {"id": "a", "type": "book", "title": "On maps", "author": [{"family": "Reed", "given": "Ann"}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def read(text: str = TEXT, name: str = "ieee") -> CslStyle | DependentStyle:
    return kept(text, name, lambda: parse_style(text, "x.csl", name))


def kept(text: str, name: str, parse: Callable[[], CslStyle | DependentStyle]) -> CslStyle | DependentStyle:
    return DiskCache(cache_folder(os.environ)).get(text, name, CslStyle | DependentStyle, parse)


def not_parsed() -> CslStyle | DependentStyle:
    pytest.fail("parsed although it was kept")


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


@pytest.mark.parametrize("name", STYLES)
def test_a_style_comes_out_as_it_went_in(name: str) -> None:
    style = parse_style((official_styles() / f"{name}.csl").read_text(encoding="utf-8"), "x.csl", name)
    again = unpack(pack(style))
    assert again == style
    assert repr(again) == repr(style)  # in the same order, with the same types


@pytest.mark.parametrize("lang", ["en-GB", "fr-FR", "ar"])
def test_a_locale_comes_out_as_it_went_in(lang: str) -> None:
    locale = parse_locale((official_locales() / f"locales-{lang}.xml").read_text(encoding="utf-8"), "x.xml")
    assert repr(unpack(pack(locale))) == repr(locale)


def test_the_second_time_nothing_is_parsed(folder: Path) -> None:
    first = read()
    assert kept(TEXT, "ieee", not_parsed) == first


def test_another_text_name_or_engine_is_another_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read()
    read(TEXT + " ")
    read(name="other")
    monkeypatch.setattr(DiskCache, "_parser", "another parser")
    read()
    assert len(list(folder.iterdir())) == 4


def test_output_is_the_same_with_without_and_from_the_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def printed() -> list[str]:
        result = CitationProcessor("apa", [ITEM], "en-GB").process([], ["a"])
        return [entry.html for entry in result.bibliography]

    first, second = printed(), printed()
    assert len(list(folder.iterdir())) == 3  # the style and two locales
    monkeypatch.setenv("LEAFLET_CACHE", "off")
    assert first == second == printed()


def test_only_the_user_may_read_and_write_it(folder: Path) -> None:
    read()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only_file(folder).stat().st_mode) == 0o600


UNSIGNED = b"?"


def _signed(text: str) -> bytes:
    return UNSIGNED + b"\n" + text.encode()


def with_digest(data: bytes, name: str) -> bytes:
    """Put the digest of a file of the name before a content that is to have one."""
    before, _, content = data.partition(b"\n")
    digest = hashlib.sha256(name.encode() + content).hexdigest().encode() if before == UNSIGNED else before
    return digest + data[len(before) :]


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": _cut,
    "changed": lambda data: data.replace(b"ieee", b"eeei"),
    "pickle": lambda _: b"\x80\x05cposix\nsystem\n(S'true'\ntR.",
    "not a tree": lambda _: _signed("[]"),
    "too deep": lambda _: _signed("[" * 100_000),
    "an unknown class": lambda _: _signed(json.dumps({"shapes": [["Path"]], "rows": [[0]]})),
    "another kind": lambda _: _signed(pack(LocaleData(lang="en"))),
    "a row that is not there": lambda _: _signed(json.dumps({"shapes": [["()"]], "rows": [[0, [7]]]})),
    "too few fields": lambda _: _signed(json.dumps({"shapes": [["CslStyle"]], "rows": [[0]]})),
    "not UTF-8": lambda _: UNSIGNED + b"\n\xff",
    "of another name": lambda data: hashlib.sha256(b"a" + data[65:]).hexdigest().encode() + data[64:],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_ignored_and_written_again(damage: Callable[[bytes], bytes], folder: Path) -> None:
    first = read()
    file = only_file(folder)
    sound = file.read_bytes()
    file.write_bytes(with_digest(damage(sound), file.stem))
    assert read() == first
    assert only_file(folder).read_bytes() == sound


def test_a_link_and_a_file_that_others_may_write_are_ignored(folder: Path, tmp_path: Path) -> None:
    first = read()
    file = only_file(folder)
    file.chmod(0o666)
    assert read() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    elsewhere = tmp_path / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert read() == first
    assert not file.is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no numbered owners here")
def test_a_file_of_another_user_is_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read()
    monkeypatch.setattr(os, "geteuid", lambda: 4_294_967_000)
    calls: list[str] = []

    def parse() -> CslStyle | DependentStyle:
        calls.append("parsed")
        return parse_style(TEXT, "x.csl", "ieee")

    kept(TEXT, "ieee", parse)
    assert calls == ["parsed"]


def test_a_folder_that_cannot_be_made_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("in the way")
    assert isinstance(read(), CslStyle)
    monkeypatch.setenv("LEAFLET_CACHE", str(folder / "below"))
    assert isinstance(read(), CslStyle)


def test_the_oldest_files_go_first(folder: Path) -> None:
    cache = DiskCache(folder, most_files=4)
    folder.mkdir(mode=0o700)
    (folder / "mine.txt").write_text("not of the cache")
    for number in range(9):
        text = TEXT + "\n" * number
        cache.get(text, "ieee", CslStyle | DependentStyle, lambda text=text: parse_style(text, "x.csl", "ieee"))
    assert len(list(folder.glob("*.json"))) <= 4
    assert (folder / "mine.txt").is_file()


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"HOME": "/home/ann"}, "linux", "/home/ann/.cache/leaflet"),
        ({"HOME": "/home/ann", "XDG_CACHE_HOME": "/var/ann"}, "linux", "/var/ann/leaflet"),
        ({"HOME": "/Users/ann", "XDG_CACHE_HOME": "/var/ann"}, "darwin", "/Users/ann/Library/Caches/leaflet"),
        ({"HOME": "/home/ann", "XDG_CACHE_HOME": "relative"}, "linux", "/home/ann/.cache/leaflet"),
        ({"HOME": "/home/ann", "LEAFLET_CACHE": "/elsewhere"}, "linux", "/elsewhere"),
        ({"HOME": "/home/ann", "LEAFLET_CACHE": "relative"}, "linux", None),
        ({}, "linux", None),
        *(({"HOME": "/home/ann", "LEAFLET_CACHE": word.upper()}, "linux", None) for word in sorted(OFF)),
    ],
)
def test_where_it_is(environment: dict[str, Any], platform: str, expected: str | None) -> None:
    assert cache_folder(environment, platform) == (Path(expected) if expected else None)
