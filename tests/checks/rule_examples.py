"""Examples of the rules: Markdown files in which the expected finding is beside the line that causes it.

A fenced block ``markdown`` is a source; without front matter of its own it gets one. ``<!-- expect: L201 5 "words" -->``
in the text, ``# expect:`` in front matter and ``% expect:`` in a ``bibtex`` block that follows name a rule, the column
(which may be left out) and a part of the message. A ``css`` block that follows is a style of the workspace,
a ``toml`` block a layout. A fenced block ``python`` plants a fault into the PDF ``pdf`` of a faultless leaflet, or into all its ``files``. Its option
``of`` names the file: ``pdf``, ``sheet``, or ``press`` for a sheet that was made for a press.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
from PIL import Image

from documented import FencedBlock, fenced_blocks
from leaflet.checks import (
    Area,
    Examination,
    Finding,
    OutputSubject,
    PdfRole,
    PdfSubject,
    Registry,
    Selection,
    SourceSubject,
    examine,
    open_pdf,
)
from leaflet.pipeline import Choices, OutputIntent, Session, check_leaflet, cite_source, compose
from leaflet.source import open_workspace
from press_icc import press_profile
from running import REPOSITORY

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
            and (place.line or 1) == self.line
            and (self.column is None or place.column == self.column)
            and self.words in finding.message
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One source with its bibliography and what is to be found in it."""

    block: FencedBlock
    bibliography: FencedBlock | None
    code: str
    css: FencedBlock | None = None
    layout: FencedBlock | None = None

    def __str__(self) -> str:
        return f"{Path(self.block.file).stem}:{self.block.line}"

    @property
    def select(self) -> tuple[str, ...]:
        return tuple(self.block.options.get("select", self.code).split(","))

    @property
    def promises(self) -> bool:
        """Return whether the example holds a fault."""
        texts = [self.block.body, self.bibliography.body if self.bibliography else ""]
        return any(EXPECT.search(text) for text in texts)

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
        if self.css is not None:
            style = workspace / "styles" / "example"
            style.mkdir(parents=True)
            (style / "style.toml").write_bytes((REPOSITORY / "styles" / "clinic" / "style.toml").read_bytes())
            (style / "style.css").write_text(self.css.body, encoding="utf-8")
        if self.layout is not None:
            (workspace / "layouts" / "example").mkdir(parents=True)
            (workspace / "layouts" / "example" / "layout.toml").write_text(self.layout.body, encoding="utf-8")
        (folder / "images" / "picture.svg").write_text(PICTURE, encoding="utf-8")
        Image.new("RGB", (60, 40), "teal").save(folder / "images" / "coarse.png")
        Image.new("RGB", (900, 600), "teal").save(folder / "images" / "fine.png")
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
                css = after if after is not None and after.language == "css" else None
                layout = after if after is not None and after.language == "toml" else None
                code = path.stem.split("-")[0]
                found.append(Example(block=block, bibliography=library, code=code, css=css, layout=layout))
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


WHOLE = """\
---
title: Clean hands
author: Rosa Bell
publisher: Riverside Health Library
date: 2025-05-12
next-review: 2028-05
version: "1.0"
code: RHL-021
url: https://example.org/rhl-021
bibliography: whole.bib
layout: trifold-a4
contact: {name: Health library team, phone: 01632 960 123}
---

## Why it helps

Soap takes germs away [@a].[^how] Read [about germs](https://example.org/germs).

[^how]: It dissolves the coat around them.

- before you cook
- after you cough

![A square.](images/picture.svg){alt="Three corners of a square"}

| When   | How long   |
|--------|------------|
| Always | 20 seconds |

Table: Times to wash
"""
REFERENCE = (
    "@article{a, title={A trial of soap}, journaltitle={The Lancet}, date={2023}, author={Bell, Rosa}, volume={1}}\n"
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><title>A square</title><path d="M0 0h80v80z"/></svg>'


@dataclass(frozen=True, kw_only=True)
class Faultless:
    """All files of a leaflet without a fault."""

    files: dict[str, bytes]
    press: bytes
    subject: OutputSubject

    @classmethod
    def built(cls, folder: Path) -> Faultless:
        (folder / "source" / "images").mkdir(parents=True)
        source = folder / "source" / "whole.md"
        source.write_text(WHOLE, encoding="utf-8")
        (folder / "source" / "whole.bib").write_text(REFERENCE, encoding="utf-8")
        (folder / "source" / "images" / "picture.svg").write_text(PICTURE, encoding="utf-8")
        (folder / "press.icc").write_bytes(press_profile())
        session, workspace = Session(), open_workspace(source)
        checked = check_leaflet(source, Choices(), today=TODAY, session=session, workspace=workspace)
        assert [str(one) for one in checked.everything] == []
        cited, _ = cite_source(source, Choices(), today=TODAY, workspace=workspace, session=session)
        for_press = Choices(formats=("sheet",), finish=OutputIntent(press=folder / "press.icc"))
        press = compose(source, for_press, today=TODAY, workspace=workspace, session=session).files["whole-sheet.pdf"]
        subject = OutputSubject(document=cited.document, citations=cited.citations, files=checked.files)
        return cls(files=dict(checked.files), press=press, subject=subject)

    def judged(self, block: FencedBlock, code: str) -> list[Finding]:
        """Return what the rule ``code`` finds after the block has planted its fault."""
        registry = Registry()
        rule = registry.named(code)
        of = block.options.get("of", "pdf")
        data, files = self.faulty(block)
        if rule.area is Area.OUTPUTS:
            return rule.findings(
                OutputSubject(document=self.subject.document, citations=self.subject.citations, files=files)
            )  # type: ignore[arg-type]
        role = PdfRole.READING if of == "pdf" else PdfRole.SHEET
        with open_pdf(data, name=of) as saved:
            return rule.findings(PdfSubject(name=of, pdf=saved, role=role))  # type: ignore[arg-type]

    def faulty(self, block: FencedBlock) -> tuple[bytes, dict[str, bytes]]:
        """Return the PDF, and all files, after the block has planted its fault."""
        files = dict(self.files)
        of = block.options.get("of", "pdf")
        pdf = open_pdf(self.press if of == "press" else files[of], name=of)
        names = {"pdf": pdf, "files": files, "pikepdf": pikepdf, "tags": lambda kind: elements(pdf, kind)}
        exec(compile(block.body, str(block), "exec"), names)
        stream = io.BytesIO()
        names["pdf"].save(stream, **names.get("saving", {}))  # type: ignore[attr-defined, arg-type]
        return stream.getvalue(), files


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """Return the structure elements of a type."""
    return [tag.element for tag in PdfSubject(name="", pdf=pdf).all_tags() if tag.kind == kind]


def planted() -> list[tuple[str, FencedBlock]]:
    """Return the examples that plant a fault into a file, with the codes of their rules."""
    return [
        (path.stem.split("-")[0], block)
        for path in sorted(FOLDER.glob("*.md"))
        for block in fenced_blocks(path)
        if block.language == "python"
    ]


def promised(block: FencedBlock) -> list[tuple[str, str]]:
    """Return the codes and words that the comments of a block name."""
    return [(found["code"], found["words"] or "") for found in EXPECT.finditer(block.body)]
