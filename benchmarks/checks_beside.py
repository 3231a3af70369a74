"""`leaflet check` beside other programs, on the same files: what they find and it does not.

    python benchmarks/checks_beside.py FOLDER

PDF files: those of the corpus with one planted fault each, and files that Chromium and LibreOffice make of a page with
and without faults. They are judged by veraPDF (LEAFLET_VERAPDF), `outloud` and `pdfua` (PDFUA names its command). Texts:
the sources of this repository, judged by `write-good` (WRITE_GOOD names its command) and `textstat` (TEXTSTAT names a
Python that has it). A program that is not there is named and left out. The files stay in FOLDER.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).parents[1]
sys.path[:0] = [str(REPOSITORY / "tests"), str(REPOSITORY / "tests" / "checks")]

from click.testing import CliRunner  # noqa: E402 - the path comes first
from outloud.cli import main as outloud_command  # noqa: E402
from rule_examples import Faultless, planted, promised  # noqa: E402 - the path comes first

from leaflet.checks.readability import count, flesch_reading_ease  # noqa: E402 - the path comes first
from leaflet.checks.sentences import sentences  # noqa: E402 - the path comes first
from leaflet.checks.source_subject import PROSE  # noqa: E402 - the path comes first
from leaflet.checks.text_blocks import text_blocks  # noqa: E402 - the path comes first
from leaflet.clock import build_day  # noqa: E402 - the path comes first
from leaflet.pipeline import Choices, Session, check_pdf, cite_source  # noqa: E402 - the path comes first
from leaflet.source import open_workspace  # noqa: E402

PAGE = """<!DOCTYPE html><html{lang}><head><meta charset="utf-8">{title}</head><body><h1>Clean hands</h1>
<{next}>Why</{next}><p>Soap takes germs away. <a href="https://example.org/germs">About germs</a></p>
<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
{alt} width="90" height="90"><ul><li>before you cook</li><li>after you cough</li></ul>
<table><tr><{head}>When</{head}><{head}>How long</{head}></tr><tr><td>Always</td><td>20 seconds</td></tr></table></body></html>"""
GOOD = {
    "lang": ' lang="en"',
    "title": "<title>Clean hands</title>",
    "next": "h2",
    "alt": 'alt="A square"',
    "head": "th",
}
FAULTS = {
    "no-language": {"lang": ""},
    "no-title": {"title": ""},
    "skipped-heading": {"next": "h4"},
    "no-alternative": {"alt": ""},
    "no-table-head": {"head": "td"},
}


def foreign(folder: Path) -> None:
    """Write the files of other programs: a page without fault, and one for each fault."""
    for name, changed in {"good": {}, **FAULTS}.items():
        page = folder / f"{name}.html"
        page.write_text(PAGE.format(**(GOOD | changed)), encoding="utf-8")
        chromium = shutil.which("chromium")
        if chromium:
            target = folder / f"chromium-{name}.pdf"
            command = [chromium, "--headless", "--no-sandbox", f"--print-to-pdf={target}", page.as_uri()]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
    office = shutil.which("soffice")
    if office:
        kinds = {"untagged": "writer_web_pdf_Export", "tagged": TAGGED}
        for kind, export in kinds.items():
            for name in ("good", *FAULTS):
                command = [
                    office,
                    "--headless",
                    "--convert-to",
                    f"pdf:{export}",
                    "--outdir",
                    str(folder),
                    f"{folder}/{name}.html",
                ]
                subprocess.run(command, capture_output=True, check=True, timeout=240)
                (folder / f"{name}.pdf").rename(folder / f"libreoffice-{kind}-{name}.pdf")


TAGGED = 'writer_web_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'


def corpus(folder: Path) -> None:
    """Write the files with planted faults."""
    with TemporaryDirectory() as work:
        faultless = Faultless.built(Path(work) / "whole")
    for number, (code, block) in enumerate(planted()):
        if promised(block) and block.options.get("of", "pdf") in ("pdf", "sheet"):
            (folder / f"planted-{code}-{number:02}.pdf").write_bytes(faultless.faulty(block)[0])
    (folder / "planted-none.pdf").write_bytes(faultless.files["pdf"])


def ours(path: Path) -> list[str]:
    """Return the codes of the rules that find something."""
    return sorted({finding.code for finding in check_pdf(path, session=Session()).findings})


def verapdf(files: list[Path]) -> dict[Path, list[str]]:
    """Return the clauses that each file breaks; nothing where veraPDF is not there."""
    tool = os.environ.get("LEAFLET_VERAPDF")
    if not tool:
        return {}
    printed = subprocess.run([tool, "ua1", *map(str, files)], capture_output=True, text=True, check=False).stdout
    found: dict[Path, list[str]] = {}
    for line in printed.splitlines():
        head = re.match(r"(?:PASS|FAIL|ERROR) ua1 (\S+\.pdf)", line)
        if head:
            now = found.setdefault(Path(head[1]), [])
        elif line.startswith("   ") and (clause := re.match(r"\s+(\S+) x\d+", line)):
            now.append(clause[1])
    return found


def outloud(path: Path) -> list[str]:
    """Return the identifiers of what `outloud` calls an error."""
    printed = CliRunner().invoke(outloud_command, [str(path), "--json", "-", "-q"], catch_exceptions=False).output
    reports = json.loads(printed[printed.index("{") :])
    found = [one for report in reports["results"] for one in report["findings"]]
    return sorted({one["rule"] for one in found if one["severity"] == "error"})


def pdfua(path: Path) -> list[str]:
    """Return the identifiers of what `pdfua` calls an error."""
    tool = os.environ.get("PDFUA")
    if not tool:
        return []
    command = [tool, "check", str(path), "--format", "json", "--min-severity", "error"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return sorted({finding["rule_id"] for finding in json.loads(printed)["findings"] if finding["severity"] == "error"})


def write_good() -> Counter[str]:
    """Return how often `write-good` objects to the English samples, by the kind of objection."""
    command = os.environ.get("WRITE_GOOD")
    if not command:
        print("write-good: WRITE_GOOD is not set")
        return Counter()
    counts: Counter[str] = Counter()
    for path in sorted((REPOSITORY / "source").glob("*.md")):
        printed = subprocess.run([command, str(path)], capture_output=True, text=True, check=False).stdout
        counts.update(re.findall(r'^".*?" (.+?) on line', printed, re.MULTILINE))
    return counts


SCORES = """
import sys, json, textstat
texts = json.load(sys.stdin)
print(json.dumps([[textstat.flesch_reading_ease(text), textstat.syllable_count(text)] for text in texts]))
"""


def textstat() -> Iterator[str]:
    """Yield for each English sample its reading ease and syllables, by leaflet and by `textstat`."""
    python = os.environ.get("TEXTSTAT")
    if not python:
        yield "TEXTSTAT is not set"
        return
    session, texts = Session(), {}
    for path in sorted((REPOSITORY / "source").glob("*.md")):
        document = cite_source(path, Choices(), today=build_day(), workspace=open_workspace(path), session=session)[
            0
        ].document
        if document.metadata.lang.startswith("en"):
            prose = [block.text for block in text_blocks(document) if block.kind in PROSE]
            texts[path.stem] = [sentence.text for text in prose for sentence in sentences(text, "en")]
    joined = json.dumps([" ".join(one.rstrip(".!?") + "." for one in found) for found in texts.values()])
    printed = subprocess.run([python, "-c", SCORES], input=joined, capture_output=True, text=True, check=True).stdout
    for (name, found), (ease, syllables) in zip(texts.items(), json.loads(printed), strict=True):
        own = count(found, "en")
        yield f"{name}: leaflet {flesch_reading_ease(own):.1f}, {own.syllables}; textstat {ease:.1f}, {syllables}"


def main() -> None:
    """Print one line for each file, then the files in which another program finds something and leaflet nothing."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    corpus(folder)
    foreign(folder)
    files = sorted(folder.glob("*.pdf"))
    real = verapdf(files)
    missed = []
    for path in files:
        own = ours(path)
        others = {"veraPDF": real.get(path, []), "outloud": outloud(path), "pdfua": pdfua(path)}
        words = "; ".join(f"{name}: {', '.join(found)}" for name, found in others.items() if found) or "nothing"
        print(f"{path.stem}: leaflet: {', '.join(own) or 'nothing'}; {words}")
        missed += [f"{path.stem}: {words}"] if any(others.values()) and not own else []
    print(f"\n{len(files)} files; others find something and leaflet nothing in {len(missed)}:")
    print("\n".join(missed))
    print("\nReading ease and syllables:")
    print("\n".join(textstat()))
    print("\nwrite-good:", json.dumps(dict(write_good().most_common()), indent=1))


if __name__ == "__main__":
    main()
