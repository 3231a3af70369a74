"""Any text that pandoc's Markdown reads gives a document or problems with places, and loses no word in silence."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leaflet.model.document import CitationReference, Code, CodeBlock, Image, Link, Math, SafeHtml, SafeInlineHtml, Text
from leaflet.model.walk import walk
from leaflet.source import open_workspace, understand

WORDS = st.sampled_from("river stone bread swift tower lime gauge harbour école straße 12 4.5".split())
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def wrapped(before: str, after: str) -> Callable[[str], str]:
    return lambda text: f"{before}{text}{after}"


INLINE = st.one_of(
    LINE,
    LINE.map(wrapped("*", "*")),
    LINE.map(wrapped("**", "**")),
    LINE.map(wrapped("~~", "~~")),
    LINE.map(wrapped("`", "`")),
    LINE.map(wrapped("[", "](https://example.org)")),
    LINE.map(wrapped("[", "](other.md)")),
    LINE.map(wrapped("[", "](#nowhere)")),
    LINE.map(wrapped("[", "]{.smallcaps}")),
    LINE.map(wrapped("^[", "]")),
    LINE.map(wrapped('"', '"')),
    LINE.map(wrapped("<u>", "</u>")),
    LINE.map(wrapped("<blink>", "</blink>")),
    LINE.map(wrapped(r"\textbf{", "}")),
    LINE.map(wrapped(r"\unknown{", "}")),
    LINE.map(wrapped("$x$ ", r" \(y^2\)")),
    LINE.map(wrapped("[see ", " @key, p. 3]")),
    LINE.map(wrapped("{{< name ", " >}}")),
    LINE.map(wrapped("![", "](https://example.org/a.png)")),
    LINE.map(wrapped("{kbd}`", "`")),
    LINE.map(wrapped("[see ", " @doi:10.1000/182]")),
    LINE.map(wrapped(r"\verb|", "|")),
    LINE.map(wrapped(r"\unknown[", "]")),
    LINE.map(wrapped("![", "](film.mp4)")),
    LINE.map(wrapped("[", "](www.example.org)")),
    LINE.map(wrapped("[", "]({{ '/page/' | relative_url }})")),
)
SENTENCE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)


def indented(text: str, mark: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))


def grid(cells: list[str]) -> str:
    width = max(map(len, cells)) + 2
    rule = "+" + "-" * width + "+"
    return "\n".join([rule, *(line for cell in cells for line in ("| " + cell.ljust(width - 1) + "|", rule))])


BLOCK = st.recursive(
    st.one_of(
        SENTENCE,
        SENTENCE.map(wrapped("## ", "")),
        SENTENCE.map(wrapped("# ", "")),
        LINE.map(wrapped("```\n", "\n```")),
        LINE.map(wrapped("```{r}\n", "\n```")),
        LINE.map(wrapped("```{note}\n", "\n```")),
        LINE.map(wrapped("| ", "")),
        LINE.map(wrapped("    ", "")),
        st.lists(LINE, min_size=1, max_size=3).map(grid),
        st.tuples(LINE, LINE).map(lambda pair: f"{pair[0]}\n: {pair[1]}"),
        st.tuples(LINE, LINE).map(lambda pair: f"| {pair[0]} | b |\n|---|---|\n| {pair[1]} | d |"),
        st.tuples(WORDS, WORDS).map(
            lambda pair: f"  {pair[0]:<12}  {pair[1]}\n  ----------  --------\n  a           b"
        ),
        LINE.map(wrapped("<div>", "</div>")),
        SENTENCE.map(wrapped('<div markdown="1">\n', "\n</div>")),
        LINE.map(wrapped("<div>\n**", "** and `code`\n</div>")),
        LINE.map(wrapped("<div>\n{{< include x.html >}} ", "\n</div>")),
        st.tuples(LINE, LINE, LINE).map(lambda cells: f"| a |\n|---|\n| {cells[0]} | {cells[1]} | {cells[2]} |"),
        LINE.map(wrapped("> ```\n> ", "")),
        LINE.map(wrapped("- ~~~\n  ", "")),
        LINE.map(lambda text: grid(["```", text, "```"])),
        LINE.map(wrapped("\\newcommand{\\R}{x}\n\n", " $\\R$")),
        LINE.map(wrapped("(some/label)=\n# ", "")),
        LINE.map(wrapped("\\begin{center}\n", "\n\\end{center}")),
        LINE.map(wrapped("$$\nx = 1\n$$\n\n", "")),
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: indented(text, "- ")),
        inner.map(lambda text: indented(text, "(a) ")),
        inner.map(lambda text: indented(text, "1.  ")),
        inner.map(lambda text: "> " + text.replace("\n", "\n> ")),
        inner.map(wrapped("::: {.callout-note}\n", "\n:::")),
        inner.map(wrapped("::: {#fig-a}\n", "\n:::")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
    ),
    max_leaves=4,
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=4).map("\n\n".join)
WORD = re.compile(r"[^\W_]+")


def printed(folder: Path, text: str) -> tuple[set[str], set[str]]:
    """The words that a text prints, and those that its warnings name."""
    source = folder / "x.md"
    source.write_text(f"---\ntitle: T\n---\n\n{text}\n", encoding="utf-8")
    result = understand(source, open_workspace(source))
    nodes = list(walk(result.document.blocks))
    parts = [result.document.metadata.title, *result.cited]
    for node in nodes:
        match node:
            case Text() | Code() | CodeBlock():
                parts.append(node.text)
            case SafeHtml() | SafeInlineHtml():
                parts.append(node.html)
            case Image():
                parts.append(node.alt)
            case Math():
                parts.append(node.tex)
            case CitationReference():
                parts += [f"{cite.prefix} {cite.suffix} {cite.locator or ''}" for cite in node.cluster.cites]
            case _:
                pass
    told = " ".join(f"{problem.message}" for problem in result.problems)
    assert all(problem.location is not None for problem in result.problems)
    return set(WORD.findall(" ".join(parts))), set(WORD.findall(told))


@settings(max_examples=150)
@given(DOCUMENT)
@example("\\unknown{stone} ![river](film.mp4) ![river](film.mp4)")
def test_no_word_is_lost_in_silence(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, told = printed(Path(folder), text)
    asked = set(re.findall(r"river|stone|bread|swift|tower|lime|gauge|harbour|école|straße", text))
    assert asked <= out | told


SIGNS = "*_`~$\\[](){}<>#|+-=:;@^!\"'&%.\n 1aéx"


@settings(max_examples=200)
@given(st.text(alphabet=SIGNS, max_size=200))
def test_any_text_gives_a_document_or_problems_with_places(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        printed(Path(folder), text)


def test_pictures_beside_each_other_keep_their_links(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text("---\ntitle: T\n---\n\n[![river](film.mp4)](https://example.org/) ![stone](film.mp4)\n")
    nodes = walk(understand(source, open_workspace(source)).document.blocks)
    assert [node.target for node in nodes if isinstance(node, Link)] == ["https://example.org/"]
