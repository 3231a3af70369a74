"""``leaflet check``: what it prints, its exit codes, exceptions, packs, fixes, and any PDF."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from leaflet.checks import Examination, Selection, SourceSubject, examine
from leaflet.pipeline import Choices, Session, cite_source
from leaflet.source import open_workspace
from running import REPOSITORY, copy_workspace, run_leaflet

SOURCE = """\
---
title: Clean hands
author: Rosa Bell
date: 2025-05-12
next-review: 2025-10
layout: handout-a4
---

Utilise soap, e.g. a mild one. For more [click here](https://example.org).
"""
LATER = {"SOURCE_DATE_EPOCH": "1795996800"}
"""A day after those of the samples."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "hands.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def codes(printed: str) -> list[str]:
    return re.findall(r": (L\d{3}) ", printed)


def test_the_text_report_shows_the_line_and_marks_the_place(workspace: Path) -> None:
    done = run_leaflet("check", "source/hands.md", cwd=workspace, check=False)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert 'source/hands.md:9:1: warning: L201 "Utilise" has a plainer word' in lines
    at = lines.index('source/hands.md:9:1: warning: L201 "Utilise" has a plainer word')
    assert lines[at + 1].startswith("    9 | Utilise soap, e.g. a mild one.")
    assert lines[at + 2] == "      | ^^^^^^^"
    assert lines[at + 3] == "  hint: write use"
    assert lines[-1] == "1 error, 2 warnings in 1 file"


def test_exit_codes_are_those_of_the_manual(workspace: Path) -> None:
    path = workspace / "source" / "hands.md"
    assert run_leaflet("check", "source/hands.md", cwd=workspace, check=False).returncode == 1
    path.write_text(SOURCE.replace("2025-10", "2028-01"), encoding="utf-8")
    assert run_leaflet("check", "source/hands.md", cwd=workspace, check=False).returncode == 0
    assert run_leaflet("check", "source/hands.md", "--strict", cwd=workspace, check=False).returncode == 1
    assert run_leaflet("check", "source/hands.md", "--select", "L999", cwd=workspace, check=False).returncode == 1
    assert run_leaflet("check", "source/none.md", cwd=workspace, check=False).returncode == 2


def test_packs_hold_the_base_rules_and_their_own(workspace: Path) -> None:
    base = codes(run_leaflet("check", "source/hands.md", cwd=workspace, check=False).stdout)
    health = codes(run_leaflet("check", "source/hands.md", "--select", "health", cwd=workspace, check=False).stdout)
    assert set(base) < set(health)
    assert {"L107", "L109", "L210"} <= set(health)
    only = codes(run_leaflet("check", "source/hands.md", "--select", "L2", cwd=workspace, check=False).stdout)
    assert set(only) == {"L201", "L209", "L210", "L212"}


def test_settings_choose_rules_for_single_sources_with_a_reason(workspace: Path) -> None:
    settings = workspace / "leaflet.toml"
    settings.write_text(
        '[check]\nselect = ["health"]\nignore = ["L107"]\n\n'
        '[[check.per-file]]\nfiles = "hands.*"\nignore = ["L101"]\nreason = "shown in a museum"\n',
        encoding="utf-8",
    )
    found = codes(run_leaflet("check", "source/hands.md", cwd=workspace, check=False).stdout)
    assert "L109" in found
    assert not {"L101", "L107"} & set(found)
    settings.write_text('[[check.per-file]]\nfiles = "hands.*"\nignore = ["L101"]\n', encoding="utf-8")
    refused = run_leaflet("check", "source/hands.md", cwd=workspace, check=False)
    assert refused.returncode == 1
    assert 'leaflet.toml:1:9: the exception for "hands.*" gives no reason' in refused.stderr
    settings.write_text('[check]\nselect = ["helth"]\n', encoding="utf-8")
    refused = run_leaflet("check", "source/hands.md", cwd=workspace, check=False)
    assert 'leaflet.toml:2:10: there is no rule or pack "helth"' in refused.stderr
    assert "health" in refused.stderr


def test_a_fix_changes_only_what_it_names_and_keeps_the_ends_of_lines(workspace: Path) -> None:
    path = workspace / "source" / "hands.md"
    path.write_bytes(SOURCE.replace("\n", "\r\n").encode())
    done = run_leaflet("check", "source/hands.md", "--select", "L210", "--fix", cwd=workspace, check=False)
    assert done.returncode == 0
    assert "1 fixed" in done.stderr
    assert path.read_bytes() == SOURCE.replace("e.g.", "for example").replace("\n", "\r\n").encode()


def test_reports_for_programs_say_the_same(workspace: Path) -> None:
    def report(form: str) -> str:
        return run_leaflet("check", "source/hands.md", "--format", form, cwd=workspace, check=False).stdout

    found = json.loads(report("json"))["files"][0]["findings"]
    places = [(one["code"], one["line"], one["column"]) for one in found]
    assert places == [("L101", 5, 14), ("L201", 9, 1), ("L209", 9, 41)]
    run = json.loads(report("sarif"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["L101", "L201", "L209"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert [(region["startLine"], region["startColumn"]) for region in regions] == [(5, 14), (9, 1), (9, 41)]
    commands = report("github").splitlines()
    assert commands[0].startswith("::error file=source/hands.md,title=L101 review-overdue,line=5,col=14::")
    assert "%0Ahint" in commands[1]
    suite = ElementTree.fromstring(report("junit").encode()).find("testsuite")
    assert suite is not None
    assert suite.get("failures") == "3"
    page = report("html")
    assert page.count("<article") == 3
    assert "<mark>Utilise</mark>" in page
    assert "<script" not in page
    assert page.count("<image") == 1
    drawn = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', page)
    assert len(drawn) == 2  # of the three the date is not on the page
    (left, top, width), (other, beside, _) = (tuple(map(float, place)) for place in drawn)
    assert top == beside
    assert left + width < other


def test_a_check_goes_on_after_a_source_that_cannot_be_built(workspace: Path) -> None:
    (workspace / "source" / "broken.md").write_text(
        "---\ntitle: A\nbibliography: no.bib\n---\n\nText.\n", encoding="utf-8"
    )
    done = run_leaflet("check", "source/broken.md", "source/hands.md", cwd=workspace, check=False)
    assert "source/broken.md:3:" in done.stdout
    assert '"no.bib"' in done.stdout
    assert "L201" in codes(done.stdout)


def test_any_pdf_is_checked(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "other.pdf")
    done = run_leaflet("check", "other.pdf", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert codes(done.stdout) == ["L701", "L701", "L702", "L703"]
    assert "other.pdf: L703 the file has no tags" in done.stdout
    (tmp_path / "text.pdf").write_text("no PDF", encoding="utf-8")
    refused = run_leaflet("check", "text.pdf", cwd=tmp_path, check=False)
    assert "text.pdf: this PDF cannot be read" in refused.stderr


def test_many_files_are_checked_by_several_processes_in_their_order(tmp_path: Path) -> None:
    names = [f"{name}.pdf" for name in "cabfed"]
    for name in names:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(tmp_path / name)
    one = run_leaflet("check", *names, "-j", "1", cwd=tmp_path, check=False)
    two = run_leaflet("check", *names, "-j", "2", cwd=tmp_path, check=False)
    assert two.stdout == one.stdout
    found = re.findall(r"^(\w\.pdf): L703", two.stdout, re.MULTILINE)
    assert found == names


def test_samples_pass_their_packs(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path / "workspace")
    for name, pack in {"ms-beta-interferon": "health", "ms-in-brief": "base", "washing-hands": "health"}.items():
        options = ("--select", pack, "--strict")
        done = run_leaflet("check", f"source/{name}.md", *options, cwd=workspace, check=False, environment=LATER)
        assert done.returncode == 0, done.stdout
    easy = "source/washing-hands-easy-read.md"
    done = run_leaflet(
        "check", easy, "--select", "easy-read", "--strict", cwd=workspace, check=False, environment=LATER
    )
    assert done.returncode == 0, done.stdout


PACKS = {
    "health": "ms-beta-interferon washing-hands gallery/diabetes-booklet gallery/vaccines-handout",
    "handout": "reading-a-map gallery/vaccines-handout gallery/mla-guide",
    "easy-read": "washing-hands-easy-read",
}
"""The packs of samples; all others are checked by the pack base."""


def test_the_words_of_all_samples_pass_their_packs() -> None:
    """`leaflet check source/**/*.md --strict` looks at their pages, too, which takes a minute."""
    session, workspace = Session(), open_workspace(REPOSITORY / "source" / "x.md")
    packs = {name: pack for pack, names in PACKS.items() for name in names.split()}
    found = []
    for path in sorted((REPOSITORY / "source").rglob("*.md")):
        cited, problems = cite_source(path, Choices(), today=date(2026, 11, 29), workspace=workspace, session=session)
        about = SourceSubject(
            document=cited.document,
            lines=tuple(path.read_text(encoding="utf-8").split("\n")),
            today=date(2026, 11, 29),
            citations=cited.citations,
            own_references=cited.references,
        )
        name = path.relative_to(REPOSITORY / "source").with_suffix("").as_posix()
        selection = Selection(codes=session.rules.matching([packs.get(name, "base")]))
        found += [*problems, *examine(Examination(source=about), selection, session.rules)]
    assert [str(one) for one in found] == []


def test_the_page_of_exit_codes_names_them_all() -> None:
    text = (REPOSITORY / "docs" / "checks.md").read_text(encoding="utf-8")
    for code in ("`0`", "`1`", "`2`"):
        assert code in text
