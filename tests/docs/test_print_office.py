"""The tutorial for print offices, followed from its first file to its print run."""

from __future__ import annotations

from pathlib import Path

from test_documented_commands import Reader

from documented import REPOSITORY, fenced_blocks

DOCUMENT = REPOSITORY / "docs" / "print-office.md"


def test_the_print_office_gets_its_file(tmp_path: Path) -> None:
    reader = Reader(folder=tmp_path)
    for block in fenced_blocks(DOCUMENT):
        if "create" in block.options:
            path = tmp_path / block.options["create"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        else:
            reader.follow(block)
    assert len(reader.done) == 5
    made = {path.name for path in (tmp_path / "output").iterdir()}
    assert {"hands-sea-sheet.pdf", "hands-print-run.pdf", "hands.zip", "index.html"} <= made
