"""Habits of authors for other programs that were once refused or damaged: titles, anchors, tables, lone backslashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflet.model.document import CodeBlock, Link, Math, Paragraph, Section, Span, Table
from leaflet.model.walk import plain_text, walk
from leaflet.source import open_workspace, understand
from leaflet.source.read import SourceResult


def read(folder: Path, text: str, name: str = "x.md", **settings: str) -> SourceResult:
    for file, content in settings.items():
        (folder / f"{file}.yml").write_text(content, encoding="utf-8")
    source = folder / name
    source.write_text(text, encoding="utf-8")
    return understand(source, open_workspace(source))


def body(folder: Path, text: str) -> SourceResult:
    return read(folder, f"---\ntitle: T\n---\n\n{text}\n")


@pytest.mark.parametrize(
    ("name", "text", "title", "warning"),
    [
        ("x.qmd", "---\nformat:\n  html:\n    title: Rubrics\n---\n\nText.", "Rubrics", ""),
        ("x.md", '<a name="s"></a>\n\n## A case study\n\nText.', "A case study", "the first heading is taken"),
        ("index.md", "---\nauthor: A. Lee\n---\n\nText.", "Our site", "that of _config.yml is taken"),
        ("02.wash-your_hands.md", "Text.\n\n## Soap\n", "Wash your hands", "the name of the file is taken"),
        ("notes.Rmd", "---\noutput: html_document\n---\n\nText.", "Notes", "the name of the file is taken"),
    ],
)
def test_a_title_is_found_where_other_programs_have_it(
    tmp_path: Path, name: str, text: str, title: str, warning: str
) -> None:
    result = read(tmp_path, text, name, _config="title: Our site\n")
    assert result.document.metadata.title == title
    assert any(warning in problem.message for problem in result.problems) or not warning


def test_a_rule_above_the_first_heading_opens_no_front_matter(tmp_path: Path) -> None:
    result = read(tmp_path, "---\n\n# Soap\n\nUse soap.\n")
    assert result.document.metadata.title == "Soap"


def test_words_alone_have_no_title(tmp_path: Path) -> None:
    assert any("the title is missing" in problem.message for problem in read(tmp_path, "Use soap.").problems)


def test_links_lead_to_anchors_of_html(tmp_path: Path) -> None:
    result = body(tmp_path, "<a name=\"one\"></a>\n\n## One\n\n[a](#one) [b](#two) <span id='two'>words</span>")
    nodes = list(walk(result.document.blocks))
    assert [node.target for node in nodes if isinstance(node, Link)] == ["#one", "#two"]
    names = [node.attributes.id for node in nodes if isinstance(node, Span | Section) and node.attributes.id]
    assert sorted(names) == ["one", "one-2", "two"]
    assert not result.problems


def test_a_caption_that_no_table_takes_stays_a_paragraph(tmp_path: Path) -> None:
    table = "| A | B |\n|---|---|\n| 1 | 2 |"
    nodes = list(
        walk(body(tmp_path, f"Table: Above.\n\n{table}\n\nTable: Below.\n\n{table}\n\n: Its own").document.blocks)
    )
    assert [plain_text(node.caption) for node in nodes if isinstance(node, Table)] == ["Above.", "Below."]
    assert "Table: Its own" not in plain_text(nodes)
    assert ": Its own" in [plain_text(node.children) for node in nodes if isinstance(node, Paragraph)]


@pytest.mark.parametrize("head", ["| A | B |", "A | B", "| A | B | C | D |"])
def test_a_table_of_bars_with_an_uneven_head_is_a_table(tmp_path: Path, head: str) -> None:
    result = body(tmp_path, f"{head}\n|---|--:|---|\n| 1 | 2 | 3 |\n| 4 |\n")
    table = next(node for node in walk(result.document.blocks) if isinstance(node, Table))
    assert [plain_text(cell.children) for cell in table.rows[0]][:3] == ["1", "2", "3"]
    assert len(table.head) == len(table.rows[1]) == max(3, head.strip("| ").count("|") + 1)


def test_a_backslash_at_the_end_of_a_paragraph_is_white(tmp_path: Path) -> None:
    result = body(tmp_path, "\\  \n\nOne\\\n\n- two\\\n- three\\\nfour")
    assert "\\" not in plain_text(result.document.blocks)
    assert len(result.document.blocks) == 2


def test_brackets_within_a_sentence_are_no_formula(tmp_path: Path) -> None:
    nodes = list(walk(body(tmp_path, r"we\[\^New note\] chose \[x_1\]").document.blocks))
    assert [node.tex for node in nodes if isinstance(node, Math)] == ["x_1"]
    assert "we[^New note]" in plain_text(nodes)


def test_a_cell_between_tags_without_empty_lines_is_a_cell(tmp_path: Path) -> None:
    result = body(
        tmp_path, "<div class=x>\n```{r, out.extra='style=\"padding:1px\"'}\na <- 1\n\nb <- 2\n```\n</div>\n\nEnd."
    )
    code = [node.text for node in walk(result.document.blocks) if isinstance(node, CodeBlock)]
    assert code == ["a <- 1\n\nb <- 2\n"]
    assert any("nobody has run" in problem.message for problem in result.problems)
