"""E-mails and braille files: what mail programs need, and braille that reads back as the text."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import html as html_parser

from leaflet.files import read_settings
from leaflet.model.format_settings import BrailleSettings
from leaflet.model.workspace import Workspace
from leaflet.writers.braille import wrapped
from running import SAMPLES, run_leaflet

SAMPLE = SAMPLES[0]
needs_liblouis = pytest.mark.skipif(
    not shutil.which("lou_translate"), reason="liblouis: lou_translate is not installed"
)


def source(folder: Path, text: str, settings: str = "") -> Path:
    (folder / "source").mkdir()
    (folder / "leaflet.toml").write_text(settings, encoding="utf-8")
    file = folder / "source" / "x.md"
    file.write_text(f"---\ntitle: Tea\n---\n\n{text}\n", encoding="utf-8")
    return file


def test_an_email_holds_only_what_mail_programs_show(built: Path) -> None:
    made = run_leaflet("build", f"source/{SAMPLE}.md", "--format", "email", cwd=built.parent)
    page = html_parser.document_fromstring((built / f"{SAMPLE}.email.html").read_text(encoding="utf-8"))
    assert not page.xpath("//style | //script | //link | //svg | //img | //section | //figure | //@class | //@id")
    assert not page.xpath('//a[starts-with(@href, "#")]')
    assert all(len(element.xpath("./@style")) == 1 for element in page.xpath("//p | //h1 | //h2 | //td | //a"))
    assert all(table.get("role") == "presentation" or table.xpath(".//th") for table in page.xpath("//table"))
    assert "[Two nerve fibres drawn as lines." in page.text_content()
    assert f"source/{SAMPLE}.md: warning: the e-mail says in words what these pictures show" in made.stderr
    assert "Thompson, A. J." in page.text_content()


def test_an_email_shows_pictures_from_the_web_server_of_the_settings(tmp_path: Path) -> None:
    image = '[email]\npictures = "https://example.org/p"\n'
    source(tmp_path, "![A cup](images/my%20cup.png)\n\n::: {.callout-note}\nHot!\n:::", image)
    (tmp_path / "source" / "images").mkdir()
    shutil.copy(Path(__file__).parents[2] / "docs" / "leaflet.png", tmp_path / "source" / "images" / "my cup.png")
    made = run_leaflet("build", "source/x.md", "--format", "email", cwd=tmp_path)
    text = (tmp_path / "output" / "x.email.html").read_text(encoding="utf-8")
    assert 'src="https://example.org/p/my%20cup.png" alt="A cup"' in text
    assert re.search(r'<table role="presentation"[^>]*><tr><td style="[^"]*padding:12px 16px">', text)
    assert "warning" not in made.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[email]\npictures = "http://example.org/"', "is not the address of a folder"),
        ('[braille]\ntable = "../../x.ctb"', "is not the name of a braille table"),
        ("[braille]\ncells = 5", "cells"),
        ('[network]\nallow = ["https://doi.org/"]', "is not the name of a host"),
        ('[network]\nallow = ["127.0.0.1"]', "is not the name of a host"),
        ('[network]\nallow = ["localhost"]', "is not the name of a host"),
    ],
)
def test_settings_that_cannot_be_meant_are_reported(tmp_path: Path, settings: str, message: str) -> None:
    (tmp_path / "leaflet.toml").write_text(settings, encoding="utf-8")
    found = read_settings(Workspace(root=tmp_path, shipped=tmp_path))
    assert [message in problem.message for problem in found.problems] == [True]
    assert (found.hosts, found.formats.email_pictures, found.formats.braille) == ((), None, BrailleSettings())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z]+|\d+", text.casefold().replace("’", "'").replace("₂", "2")))


@needs_liblouis
def test_braille_reads_back_as_the_text(built: Path) -> None:
    run_leaflet("build", f"source/{SAMPLE}.md", "--format", "braille", "--format", "text", cwd=built.parent)
    cells = (built / f"{SAMPLE}.brf").read_bytes().decode("ascii")
    pages = cells.split("\f")
    assert pages.pop() == ""
    assert all(len(page.splitlines()) <= 25 for page in pages)
    assert all(len(line) <= 40 for page in pages for line in page.splitlines())
    run = " ".join(line.strip() for page in pages for line in page.splitlines())
    command = ["lou_translate", "--backward", "en-us-brf.dis,en-ueb-g2.ctb"]
    pieces = re.findall(r".{1,700}(?:\s|$)", run.replace("\\", "\\\\"))
    back = subprocess.run(command, input="\n".join(pieces) + "\n", capture_output=True, encoding="utf-8", check=True)
    text = (built / f"{SAMPLE}.txt").read_text(encoding="utf-8").replace("✗", "No: ")
    said, read = words(text), words(back.stdout)
    lost = said - read
    assert sum(said.values()) > 900
    assert sum(lost.values()) < 0.02 * sum(said.values()), lost


@needs_liblouis
def test_characters_without_braille_are_reported(tmp_path: Path) -> None:
    source(tmp_path, "A \u13a3 letter, 10^6^ of them.")
    made = run_leaflet("build", "source/x.md", "--format", "braille", cwd=tmp_path)
    assert 'warning: the braille table "en-ueb-g2.ctb" has no signs for \u13a3, which are left out' in made.stderr
    assert "\\X" not in (tmp_path / "output" / "x.brf").read_text(encoding="ascii")


def test_where_braille_cannot_be_made_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source(tmp_path, "Text.")
    monkeypatch.setenv("PATH", str(tmp_path))
    made = run_leaflet("build", "source/x.md", "--format", "braille", cwd=tmp_path, check=False)
    assert made.returncode == 1
    assert "its program lou_translate is not installed" in made.stderr
    assert "apt install liblouis-bin" in made.stderr
    (tmp_path / "source" / "x.md").write_text("---\ntitle: T\nlang: sw\n---\n\nA.\n", encoding="utf-8")
    made = run_leaflet("build", "source/x.md", "--format", "braille", cwd=tmp_path, check=False)
    assert "source/x.md:3:7: leaflet knows no braille for the language sw" in made.stderr


def test_lines_of_braille_end_between_words() -> None:
    assert list(wrapped("one two three", 9, 2, 0)) == ["  one two", "three"]
    assert list(wrapped("a abcdefghijkl", 6, 0, 2)) == ["a", "  abcd", "  efgh", "  ijkl"]
    assert list(wrapped("  ", 6, 0, 2)) == []
