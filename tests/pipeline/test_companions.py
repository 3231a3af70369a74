"""A large-print and an easy-read version beside a leaflet, each checked."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from running import run_leaflet


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    text = "---\ntitle: Tea\nlayout: handout-a4\n---\n\n## Steps\n\nBoil water.\n"
    (tmp_path / "source" / "tea.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_companions_stand_beside_the_leaflet_with_their_names(workspace: Path) -> None:
    made = run_leaflet("build", "source/tea.md", "--format", "pdf", "--companions", cwd=workspace)
    written = sorted(path.name for path in (workspace / "output").iterdir())
    assert written == ["tea-easy-read.pdf", "tea-large-print.pdf", "tea.pdf"]
    assert "output/tea-large-print.pdf" in made.stdout.splitlines()
    with pypdfium2.PdfDocument(workspace / "output" / "tea-large-print.pdf") as large:
        text = large[0].get_textpage().get_text_range()
    assert "Boil water." in text


def test_what_is_wrong_with_a_companion_is_said_with_its_name(workspace: Path) -> None:
    source = workspace / "source" / "tea.md"
    source.write_text(source.read_text(encoding="utf-8").replace("## Steps", "## Steps {panel=page}"), encoding="utf-8")
    made = run_leaflet("build", "source/tea.md", "--format", "pdf", "--companions", cwd=workspace, check=False)
    assert made.returncode == 1
    assert "easy-read: " in made.stderr or "large-print: " in made.stderr
    assert not (workspace / "output" / "tea.pdf").exists()
