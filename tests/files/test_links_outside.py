"""A link that leads out of the workspace is never followed, whatever reads through it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from files.commands import SECRET, contents, leaflet, workspace
from running import REPOSITORY

CSS = f"/* {SECRET} */"


def own_style(root: Path) -> Path:
    shutil.copytree(REPOSITORY / "styles" / "clinic", root / "styles" / "mine")
    return root / "styles" / "mine"


def own_layout(root: Path) -> Path:
    shutil.copytree(REPOSITORY / "layouts" / "handout-a4", root / "layouts" / "mine")
    return root / "layouts" / "mine"


def led_out(file: Path, secret: Path) -> None:
    """Replace ``file`` by a link to a file outside with the same content and a secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text() if file.is_file() else ""
    file.unlink(missing_ok=True)
    secret.write_text(before + CSS if file.suffix == ".css" else before or SECRET)
    file.symlink_to(os.path.relpath(secret, file.parent))


def style_css(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(own_style(root) / "style.css", secret)
    return "--style", "mine"


def style_toml(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(own_style(root) / "style.toml", secret)
    return "--style", "mine"


def layout_toml(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(own_layout(root) / "layout.toml", secret)
    return "--layout", "mine"


def layout_css(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(own_layout(root) / "layout.css", secret)
    return "--layout", "mine"


def layout_template(root: Path, secret: Path) -> tuple[str, ...]:
    folder = own_layout(root)
    for template in (REPOSITORY / "layouts" / "shared").glob("*.j2"):
        led_out(folder / template.name, secret)
    return "--layout", "mine"


def shared_css(root: Path, secret: Path) -> tuple[str, ...]:
    own_layout(root)
    shutil.copytree(REPOSITORY / "layouts" / "shared", root / "layouts" / "shared")
    led_out(root / "layouts" / "shared" / "components.css", secret)
    return "--layout", "mine"


def shared_folder(root: Path, secret: Path) -> tuple[str, ...]:
    own_layout(root)
    shutil.copytree(REPOSITORY / "layouts" / "shared", secret.parent / "elsewhere")
    (root / "layouts" / "shared").symlink_to(secret.parent / "elsewhere")
    return "--layout", "mine"


def style_folder(root: Path, secret: Path) -> tuple[str, ...]:
    shutil.copytree(REPOSITORY / "styles" / "clinic", secret.parent / "elsewhere")
    (root / "styles").mkdir()
    (root / "styles" / "mine").symlink_to(secret.parent / "elsewhere")
    return "--style", "mine"


def citation_style(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(root / "styles" / "citations" / "mine.csl", secret)
    return "--csl", "mine"


def settings(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(root / "leaflet.toml", secret)
    return ()


def bibliography(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(root / "source" / "hands.bib", secret)
    return ()


def source(root: Path, secret: Path) -> tuple[str, ...]:
    led_out(root / "source" / "hands.md", secret)
    return ()


ATTACKS: dict[str, Callable[[Path, Path], tuple[str, ...]]] = {
    found.__name__: found
    for found in (
        style_css,
        style_toml,
        style_folder,
        layout_toml,
        layout_css,
        layout_template,
        shared_css,
        shared_folder,
        citation_style,
        settings,
        bibliography,
        source,
    )
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_build_reads_nothing_through_a_link_that_leads_outside(attack: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    arguments = ATTACKS[attack](root, tmp_path / "secret.txt")
    ran = leaflet(root, "build", "source/hands.md", *arguments)
    assert ran.code == 1, ran.out
    assert SECRET not in ran.out + ran.err
    assert not (root / "output").exists()
    if attack != "style_folder":  # that one is no style of the workspace at all
        assert "outside the workspace, so it is not opened" in ran.err


@pytest.mark.parametrize("attack", ["style_css", "layout_css", "citation_style", "settings", "bibliography"])
def test_a_batch_reads_nothing_through_a_link_that_leads_outside(attack: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    arguments = ATTACKS[attack](root, tmp_path / "secret.txt") or ("--layout", "handout-a4")
    ran = leaflet(root, "batch", "source/hands.md", *arguments, "--format", "html", "-j", "1")
    assert ran.code == 1, ran.out
    assert SECRET not in ran.out + ran.err
    assert "outside the workspace, so it is not opened" in ran.err
    assert not [path for path in (root / "output").glob("*") if not path.name.startswith(".leaflet-journal")]


@pytest.mark.parametrize("name", ["../secret.csl", "../secret.txt", "/etc/passwd"])
@pytest.mark.parametrize("where", ["matrix", "include", "column"])
def test_a_plan_or_its_data_cannot_name_a_citation_style_outside(where: str, name: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "secret.csl").write_text("<style>")
    lines = {
        "matrix": f'[matrix]\ncsl = ["{name}"]\n',
        "include": f'[[include]]\ncsl = "{name}"\n',
        "column": 'data = "rows.csv"\n',
    }
    (root / "rows.csv").write_text(f"id,csl\none,{name}\n")
    (root / "plan.toml").write_text(f'source = "source/hands.md"\nformats = ["html"]\n{lines[where]}')
    ran = leaflet(root, "batch", "plan.toml", "-j", "1")
    assert ran.code == 1
    assert f'"{name}" lies outside the workspace, so it is not opened' in ran.err
    assert not (root / "output").exists()


@pytest.mark.parametrize("kind", ["csv", "sqlite", "xlsx"])
def test_the_data_of_a_plan_are_not_read_through_a_link_that_leads_outside(kind: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "rows").write_text(f"id\n{SECRET}\n")
    (root / f"rows.{kind}").symlink_to(tmp_path / "rows")
    (root / "plan.toml").write_text(f'source = "source/hands.md"\ndata = "rows.{kind}"\n')
    ran = leaflet(root, "batch", "plan.toml")
    assert ran.code == 1
    assert "outside the workspace" in ran.err
    assert SECRET not in ran.out + ran.err


def test_links_that_stay_inside_still_work(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    plain = leaflet(root, "build", "source/hands.md", "--style", "clinic", "--format", "html", "--quiet")
    assert plain.code == 0, plain.err
    before = (root / "output" / "hands.html").read_bytes()
    style = own_style(root)
    (root / "looks").mkdir()
    (style / "style.css").rename(root / "looks" / "style.css")
    (style / "style.css").symlink_to("../../looks/style.css")
    (root / "references").mkdir()
    (root / "source" / "hands.bib").rename(root / "references" / "all.bib")
    (root / "source" / "hands.bib").symlink_to("../references/all.bib")
    (root / "styles" / "same").symlink_to("mine")
    for name in ("mine", "same"):
        ran = leaflet(root, "build", "source/hands.md", "--style", name, "--format", "html", "--quiet")
        assert ran.code == 0, ran.err
        after = (root / "output" / "hands.html").read_bytes()
        assert after.replace(f"style-{name}".encode(), b"style-clinic") == before


@pytest.mark.parametrize("place", ["source/hands.md", "source/hands.bib", "leaflet.toml", "styles/mine/style.css"])
def test_a_fifo_in_place_of_a_file_does_not_stop_a_build(place: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    own_style(root)
    (root / place).unlink()
    os.mkfifo(root / place)
    (root / "source" / "hands.bib").touch() if "hands.bib" not in place else None
    ran = leaflet(root, "build", "source/hands.md", "--style", "mine", "--format", "html")
    assert ran.code == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["build", "batch", "dummy"])
def test_an_output_folder_that_leads_outside_must_be_named(command: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (root / "output").symlink_to("../elsewhere")
    arguments = {
        "build": ("build", "source/hands.md", "--format", "bib"),
        "batch": ("batch", "source/hands.md", "--layout", "handout-a4", "--format", "bib", "-j", "1"),
        "dummy": ("dummy", "handout-a4"),
    }[command]
    ran = leaflet(root, *arguments)
    assert ran.code == 1
    assert '"output" is a link to a folder outside the workspace, so nothing is written there' in ran.err
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert leaflet(root, *arguments, "--output", "output").code == 0
    assert list((tmp_path / "elsewhere").iterdir()) != []


def foreign_database(path: Path) -> bytes:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE variants (name TEXT)")
        database.execute("CREATE TABLE patients (name TEXT)")
        database.execute("INSERT INTO patients VALUES ('Ann')")
    database.close()
    return path.read_bytes()


BATCH = ("batch", "source/hands.md", "--layout", "handout-a4", "--format", "bib", "-j", "1")


@pytest.mark.parametrize("way", ["link", "hard link", "the file itself"])
def test_the_journal_touches_no_database_of_another(way: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "output").mkdir()
    database = tmp_path / "patients.sqlite"
    before = foreign_database(database)
    journal = root / "output" / ".leaflet-journal.sqlite"
    if way == "link":
        journal.symlink_to(database)
    elif way == "hard link":
        journal.hardlink_to(database)
    else:
        database.rename(journal)
        database = journal
    ran = leaflet(root, *BATCH)
    assert ran.code == 1
    assert "no journal is written there" in ran.err or "the database of another program" in ran.err
    assert database.read_bytes() == before
    assert [path.name for path in (root / "output").iterdir()] == [journal.name]


def test_a_journal_is_not_begun_through_a_dangling_link(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "output").mkdir()
    (root / "output" / ".leaflet-journal.sqlite").symlink_to(tmp_path / "new.sqlite")
    assert leaflet(root, *BATCH).code == 1
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize("found", [b"no database at all" * 100, "another form"])
def test_a_journal_that_cannot_be_used_is_set_aside_whole(found: bytes | str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert leaflet(root, *BATCH).code == 0
    journal = root / "output" / ".leaflet-journal.sqlite"
    if isinstance(found, bytes):
        journal.write_bytes(found)
    else:
        with sqlite3.connect(journal) as database:
            database.execute("PRAGMA user_version = 1")
        database.close()
    before = journal.read_bytes()
    for companion in ("-wal", "-shm"):
        journal.with_name(journal.name + companion).unlink(missing_ok=True)
    ran = leaflet(root, *BATCH)
    assert ran.code == 0
    assert "1 to build" in ran.err
    assert "warning: the journal cannot be used and is now called" in ran.err
    assert journal.with_name(journal.name + ".unusable").read_bytes() == before
    assert "0 to build" in leaflet(root, *BATCH).err
    assert SECRET.encode() not in b"".join(contents(root).values())
