"""Pages that bring all their files along, followed from the first file to the last command."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_documented_commands import Reader

from documented import REPOSITORY, fenced_blocks

DOCS = REPOSITORY / "docs"


def followed(page: str, folder: Path) -> Reader:
    """Do what a page says, with the files that it shows, and return its reader."""
    reader = Reader(folder=folder)
    for block in fenced_blocks(DOCS / page):
        if "create" in block.options:
            path = folder / block.options["create"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        else:
            reader.follow(block)
    return reader


def test_the_print_office_gets_its_file(tmp_path: Path) -> None:
    assert len(followed("print-office.md", tmp_path).done) == 5
    made = {path.name for path in (tmp_path / "output").iterdir()}
    assert {"hands-sea-sheet.pdf", "hands-print-run.pdf", "hands.zip", "index.html"} <= made


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("coming-from-mail-merge.md", "lunch-print-run.pdf"),
        ("coming-from-publisher.md", "bereavement-group-sheet.pdf"),
    ],
)
def test_the_pages_for_those_who_come_from_elsewhere_end_in_a_file_for_the_printer(
    page: str, made: str, tmp_path: Path
) -> None:
    assert len(followed(page, tmp_path).done) == 2
    assert (tmp_path / "output" / made).is_file()
