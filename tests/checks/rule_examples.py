"""Examples of the rules: Markdown files in which the expected finding is beside the line that causes it.

A fenced block ``markdown`` is a source; without front matter of its own it gets one. ``<!-- expect: L201 5 "words" -->``
in the text, ``# expect:`` in front matter and ``% expect:`` in a ``bibtex`` block that follows name a rule, the column
(which may be left out) and a part of the message. A fenced block ``python`` plants a fault into the PDF ``pdf``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documented import FencedBlock, fenced_blocks
from leaflet.checks import Area, Examination, Finding, Registry, Selection, SourceSubject, examine
from leaflet.pipeline import Choices, Session, check_leaflet, cite_source
from leaflet.source import open_workspace

FOLDER = Path(__file__).parent / "rules"
TODAY = date(2025, 11, 22)
EXPECT = re.compile(
    r'[ \t]*(?:<!--|#|%) expect: (?P<code>L\d+)(?: (?P<column>\d+))?(?: "(?P<words>[^"\n]*)")?(?: -->)?[ \t]*$', re.M
)
FRONT_MATTER = """\
---
title: An example
author: Rosa Bell
publisher: Riverside Health Library
date: 2025-05-12
next-review: 2028-05
version: "1.0"
{bibliography}---

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A finding that an example promises."""

    file: str
    line: int
    code: str
    column: int | None
    words: str

    def is_met_by(self, finding: Finding) -> bool:
        place = finding.location
        return (
            finding.code == self.code
            and place is not None
            and place.file == self.file
            and place.line == self.line
            and (self.column is None or place.column == self.column)
            and self.words in finding.message
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One source with its bibliography and what is to be found in it."""

    block: FencedBlock
    bibliography: FencedBlock | None
    code: str

    def __str__(self) -> str:
        return f"{Path(self.block.file).stem}:{self.block.line}"

    @property
    def select(self) -> tuple[str, ...]:
        return tuple(self.block.options.get("select", self.code).split(","))

    @property
    def today(self) -> date:
        return date.fromisoformat(self.block.options.get("today", TODAY.isoformat()))

    def written(self, workspace: Path) -> tuple[Path, list[Expected]]:
        """Write the example into ``workspace``, and return its source and the findings that it promises."""
        folder = workspace / "source"
        (folder / "images").mkdir(parents=True, exist_ok=True)
        text = self.block.body
        if not text.startswith("---"):
            named = "bibliography: example.bib\n" if self.bibliography else ""
            text = FRONT_MATTER.format(bibliography=named) + text
        source, expected = without_expectations(text, "source/example.md")
        (folder / "example.md").write_text(source, encoding="utf-8")
        if self.bibliography is not None:
            entries, more = without_expectations(self.bibliography.body, "source/example.bib")
            (folder / "example.bib").write_text(entries, encoding="utf-8")
            expected += more
        return folder / "example.md", expected


def without_expectations(text: str, file: str) -> tuple[str, list[Expected]]:
    """Return a text without the comments that name findings, and these."""
    expected = [
        Expected(
            file=file,
            line=text.count("\n", 0, found.start()) + 1,
            code=found["code"],
            column=int(found["column"]) if found["column"] else None,
            words=found["words"] or "",
        )
        for found in EXPECT.finditer(text)
    ]
    return EXPECT.sub("", text), expected


def examples(language: str = "markdown") -> list[Example]:
    """Return the examples of all rules."""
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        blocks = list(fenced_blocks(path))
        for number, block in enumerate(blocks):
            if block.language == language:
                after = blocks[number + 1] if number + 1 < len(blocks) else None
                library = after if after is not None and after.language == "bibtex" else None
                found.append(Example(block=block, bibliography=library, code=path.stem.split("-")[0]))
    return found


def findings(source: Path, select: tuple[str, ...], today: date, session: Session) -> tuple[Finding, ...]:
    """Return what the rules of ``select`` find in a source; panels are only laid out for rules that look at them."""
    workspace = open_workspace(source)
    codes = session.rules.matching(select)
    if any(rule.code in codes and rule.area not in (Area.SOURCE, Area.EXCEPTIONS) for rule in session.rules.rules):
        checked = check_leaflet(source, Choices(), today=today, session=session, workspace=workspace, select=select)
        return checked.findings
    cited, _ = cite_source(source, Choices(), today=today, workspace=workspace, session=session)
    subject = SourceSubject(
        document=cited.document,
        lines=tuple(source.read_text(encoding="utf-8").split("\n")),
        today=today,
        citations=cited.citations,
        own_references=cited.references,
    )
    return examine(Examination(source=subject), Selection(codes=codes), Registry())
