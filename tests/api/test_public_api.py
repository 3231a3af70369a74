"""The functions that Python programs call, and the examples of docs/python.md."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import leaflet
from documented import fenced_blocks
from running import REPOSITORY, copy_workspace, run_leaflet

DAY = date(2026, 11, 1)
SOURCE = """---
title: Soap
layout: handout-a4
lang: en-GB
fields:
  place: nowhere
---

## Words

Come to {{ place }}.
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "soap.md").write_text(SOURCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")
    return tmp_path


def test_importing_loads_only_the_standard_library() -> None:
    code = (
        "import sys, leaflet; print(sorted({name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names))"
    )
    shown = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=_path())
    assert set(shown.stdout.strip("[]\n").replace("'", "").split(", ")) <= {"leaflet", "__main__"}
    code = "import sys, leaflet; print([name for name in sys.modules if name.startswith('leaflet.')])"
    shown = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=_path())
    assert shown.stdout.strip() == "['leaflet.version']"


def _path() -> dict[str, str]:
    """Return an environment in which this leaflet is importable without site packages."""
    return {**os.environ, "PYTHONPATH": str(Path(leaflet.__file__).parents[1])}


def test_every_public_name_is_there() -> None:
    for name in leaflet.__all__:
        assert getattr(leaflet, name) is not None
    assert dir(leaflet) == sorted(leaflet.__all__)
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        _ = leaflet.bild  # type: ignore[attr-defined]


def test_a_build_writes_the_files_that_the_command_writes(workspace: Path) -> None:
    result = leaflet.build("source/soap.md")
    written = {path.name: path.read_bytes() for path in result.files}
    run_leaflet("build", "source/soap.md", "--output", "other", cwd=workspace)
    assert written == {path.name: path.read_bytes() for path in (workspace / "other").iterdir()}
    assert result.fit is not None
    assert result.sheets
    assert {path.parent.resolve() for path in result.files} == {workspace.resolve() / "output"}


def test_composing_gives_the_same_bytes_and_writes_nothing(workspace: Path) -> None:
    made = leaflet.compose(Path("source/soap.md"), formats=["pdf", "bib"])
    assert sorted(made.files) == ["soap.bib", "soap.pdf"]
    assert not (workspace / "output").exists()
    written = leaflet.build("source/soap.md", formats=["pdf", "bib"]).files
    assert {path.name: path.read_bytes() for path in written} == dict(made.files)


def test_options_choose_the_variant(workspace: Path) -> None:
    made = leaflet.compose("source/soap.md", formats="html", fields={"place": "<b>York</b>"}, style="clear")
    assert "Come to &lt;b&gt;York&lt;/b&gt;." in made.files["soap.html"].decode()


def test_all_problems_are_raised_together_with_their_places(workspace: Path) -> None:
    (workspace / "source" / "soap.md").write_text(SOURCE.replace("lang: en-GB", "lang: klingonese\ndate: 2026-13-01"))
    with pytest.raises(leaflet.LeafletError) as caught:
        leaflet.build("source/soap.md")
    places = [problem.location and (problem.location.file, problem.location.line) for problem in caught.value.problems]
    assert places == [("source/soap.md", 4), ("source/soap.md", 5)]
    assert all(problem.severity is leaflet.Severity.ERROR and problem.hint for problem in caught.value.problems)
    found = leaflet.check("source/soap.md")
    assert not found.ok
    assert found.problems == caught.value.problems


def test_a_check_of_a_sound_source_says_how_full_it_is(workspace: Path) -> None:
    found = leaflet.check("source/soap.md", today=DAY)
    assert found.ok
    assert found.fit is not None
    assert not (workspace / "output").exists()


def test_a_citation_is_printed_in_the_style_that_is_named(workspace: Path) -> None:
    (line,) = leaflet.cite("source/soap.md", citation_style="apa").lines
    assert line.text == "Soap. (n.d.). [Leaflet]."
    assert str(leaflet.cite("source/soap.md", citation_style=["apa"])) == line.text
    assert len(leaflet.cite("source/soap.md").lines) == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"formats": ["docx"]}, 'formats: "docx" is not known here\n  hint: choose among sheet, pdf'),
        ({"formats": ["pfd"]}, 'did you mean "pdf"?'),
        ({"fit": "squeeze"}, 'fit: "squeeze" is not known here'),
        ({"layout": "nope"}, 'there is no layout called "nope"'),
        ({"citation_style": "nope"}, 'there is no citation style named "nope"'),
        ({"ink_limit": 200.0}, "limits the ink of a press"),
        ({"attach_source": True}, "attaches to an archive file"),
    ],
    ids=str,
)
def test_wrong_options_are_refused(options: dict[str, object], message: str, workspace: Path) -> None:
    with pytest.raises(leaflet.LeafletError) as caught:
        leaflet.compose("source/soap.md", **options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_an_unknown_option_is_a_type_error(workspace: Path) -> None:
    with pytest.raises(TypeError, match="there is no option 'styl'"):
        leaflet.build("source/soap.md", styl="clear")  # type: ignore[call-arg]


def test_a_field_that_is_not_text_is_a_type_error(workspace: Path) -> None:
    with pytest.raises(TypeError, match="the value of the field 'place' is not text"):
        leaflet.compose("source/soap.md", fields={"place": 3})  # type: ignore[dict-item]


def test_a_source_that_is_not_there_is_refused(workspace: Path) -> None:
    with pytest.raises(leaflet.SourceError, match=r"there is no source .source/soup\.md."):
        leaflet.check("source/soup.md")


def test_the_paths_of_a_workspace_start_at_its_folder(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    os.chdir(elsewhere)
    styles = workspace / "styles" / "citations"
    styles.mkdir(parents=True)
    house = REPOSITORY / "styles" / "citations" / "news-medical-apa.csl"
    (styles / "house.csl").write_bytes(house.read_bytes())
    opened = leaflet.Workspace(workspace)
    made = opened.build("source/soap.md", formats="html", output="made", citation_style="styles/citations/house.csl")
    assert [path.resolve() for path in made.files] == [workspace.resolve() / "made" / "soap.html"]
    assert opened.compose("source/soap.md", formats="html").files.keys() == {"soap.html"}
    assert opened.check("source/soap.md").ok
    (line,) = opened.cite("source/soap.md", citation_style=Path("styles/citations/house.csl")).lines
    assert line.text.startswith("Soap")
    assert repr(opened) == f"Workspace({str(workspace.resolve())!r})"
    assert list(elsewhere.iterdir()) == []


def test_a_workspace_is_a_folder_and_reads_nothing_outside_it(workspace: Path) -> None:
    with pytest.raises(leaflet.LeafletError, match='"nowhere" is not a folder'):
        leaflet.Workspace("nowhere")
    (workspace / "a").mkdir()
    with pytest.raises(leaflet.UnsafeError, match="lies outside the workspace"):
        leaflet.Workspace(workspace / "a").build("../source/soap.md")


def test_examples_run_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_workspace(tmp_path / "workspace"))
    blocks = [block for block in fenced_blocks(REPOSITORY / "docs" / "python.md") if block.language == "python"]
    assert len(blocks) >= 6
    for block in blocks:
        exec(compile(block.body, str(block), "exec"), {"__name__": "example"})
