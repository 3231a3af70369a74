"""Sign-off: what changed after it is refused, what did not is built, anywhere; and the register knows the state."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from leaflet.checks import is_release, read_release
from leaflet.errors import SourceError
from running import REPOSITORY, run_leaflet, run_process

SOURCE = """\
---
title: =Clean hands
author: Rosa Bell
date: 2025-05-12
next-review: 2028-01
version: "1.0"
layout: handout-a4
style: own
---

## Why

![Clean.](picture.svg){alt="Three corners"}

Soap takes germs away.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><title>x</title><path d="M0 0h80v80z"/></svg>'
SIGN = ("release", "source/hands.md", "--by", "Rosa Bell", "--role", "clinical lead")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "hands.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "source" / "picture.svg").write_text(PICTURE, encoding="utf-8")
    shutil.copytree(REPOSITORY / "styles" / "clinic", tmp_path / "styles" / "own")
    run_leaflet(*SIGN, "--confirm", cwd=tmp_path)
    return tmp_path


def test_the_points_for_people_come_first_and_nothing_is_written(workspace: Path) -> None:
    (workspace / "source" / "hands.release.json").unlink()
    done = run_leaflet(*SIGN, cwd=workspace, check=False)
    assert done.returncode == 1
    assert "10. " in done.stdout
    assert not (workspace / "source" / "hands.release.json").exists()


def test_an_unchanged_leaflet_is_built_on_another_day_in_another_folder_by_another_user(
    workspace: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(workspace, other, ignore=shutil.ignore_patterns("other"))
    later = {"SOURCE_DATE_EPOCH": "1790000000", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    user = {
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "USER": "somebody",
        "LC_ALL": "C",
    }
    run_process("build", "source/hands.md", "--release", cwd=other, environment=later | user)
    signed = json.loads((workspace / "source" / "hands.release.json").read_text(encoding="utf-8"))
    assert sorted(signed["files"]) == sorted(path.name for path in (other / "output").iterdir())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("source/hands.md", "Soap takes", "Water takes"),
        ("source/picture.svg", "h80v80z", "h80v70z"),
        ("styles/own/style.toml", "#0B4F6C", "#0B4F6D"),
    ],
)
def test_a_change_after_the_release_is_refused(workspace: Path, name: str, old: str, new: str) -> None:
    path = workspace / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run_leaflet("build", "source/hands.md", "--release", cwd=workspace, check=False)
    assert done.returncode == 1
    assert "hands.pdf" in done.stderr
    assert "differ from what Rosa Bell released on 2025-11-22" in done.stderr
    assert not (workspace / "output").exists()


def house_font(workspace: Path, *, wider: int) -> None:
    """Put a font into the workspace whose letter "a" is so much wider than that of a font that comes with leaflet."""
    spec = find_spec("fontpkg_atkinson_hyperlegible")
    assert spec
    assert spec.submodule_search_locations
    font = TTFont(Path(spec.submodule_search_locations[0]) / "files" / "AtkinsonHyperlegible-Regular.ttf")
    for number in (1, 4, 6, 16):
        if font["name"].getDebugName(number):
            font["name"].setName("House Sans" if number != 6 else "HouseSans-Regular", number, 3, 1, 0x409)
            font["name"].removeNames(nameID=number, platformID=1)
    width, bearing = font["hmtx"]["a"]
    font["hmtx"]["a"] = (width + wider, bearing)
    font["OS/2"].fsType = 0
    (workspace / "fonts").mkdir(exist_ok=True)
    font.save(workspace / "fonts" / "house.ttf")


def test_another_font_after_the_release_is_refused(workspace: Path) -> None:
    (workspace / "leaflet.toml").write_text('[organisation]\ntext = "House Sans"\n', encoding="utf-8")
    house_font(workspace, wider=0)
    run_leaflet(*SIGN, "--confirm", cwd=workspace)
    house_font(workspace, wider=40)
    done = run_leaflet("build", "source/hands.md", "--release", cwd=workspace, check=False)
    assert done.returncode == 1
    assert "differ from what Rosa Bell released" in done.stderr


def test_a_leaflet_with_errors_is_not_released(workspace: Path) -> None:
    path = workspace / "source" / "hands.md"
    path.write_text(SOURCE.replace("2028-01", "2024-01"), encoding="utf-8")
    before = (workspace / "source" / "hands.release.json").read_bytes()
    done = run_leaflet(*SIGN, "--confirm", cwd=workspace, check=False)
    assert done.returncode == 1
    assert "L101" in done.stderr
    assert (workspace / "source" / "hands.release.json").read_bytes() == before


def test_a_leaflet_that_was_never_released_is_refused(workspace: Path) -> None:
    (workspace / "source" / "hands.release.json").unlink()
    done = run_leaflet("build", "source/hands.md", "--release", cwd=workspace, check=False)
    assert done.returncode == 1
    assert "was not released" in done.stderr


def test_the_register_says_what_changed(workspace: Path) -> None:
    def row() -> dict[str, str]:
        return next(csv.DictReader(io.StringIO(run_leaflet("register", cwd=workspace).stdout)))

    assert row()["state"] == "released"
    assert row()["released by"] == "Rosa Bell"
    assert row()["title"] == "'=Clean hands"
    assert row()["review"] == "later"
    path = workspace / "source" / "hands.md"
    path.write_text(SOURCE.replace("germs", "dirt"), encoding="utf-8")
    assert row()["state"] == "changed"
    page = run_leaflet("register", "--format", "html", cwd=workspace).stdout
    assert "<td>changed</td>" in page


def test_a_build_can_report_what_it_made(workspace: Path) -> None:
    run_leaflet("build", "source/hands.md", "--report", cwd=workspace)
    path = workspace / "output" / "hands.report.json"
    first = path.read_bytes()
    report = json.loads(first)
    assert report["files"]["hands.pdf"]["claims"] == {"PDF/UA": "1"}
    content = (workspace / "output" / "hands.html").read_bytes()
    assert report["files"]["hands.html"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert report["check"]["findings"] == []
    run_leaflet("build", "source/hands.md", "--report", "--output", "elsewhere", cwd=workspace)
    run_leaflet("build", "source/hands.md", "--report", "--output", "elsewhere", cwd=workspace)
    assert (workspace / "elsewhere" / "hands.report.json").read_bytes() == first


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"\xff", b"[1]", b'{"leaflet-release": {"date": [}', b'{"files": [], "by": 1}']
)
def test_a_damaged_sign_off_is_refused_in_plain_words(data: bytes) -> None:
    assert not is_release(data)
    with pytest.raises(SourceError, match="no sign-off of leaflet's"):
        read_release(data, name="hands.release.json")
