"""Habits of other programs that need the whole build: bylines, addresses on paper, symbols, identifiers as keys, dates."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from leaflet.errors import Problem, SourceError
from leaflet.model.walk import plain_text
from leaflet.pipeline import Choices, Composition, Session, compose
from leaflet.pipeline.cite_source import cite_source
from leaflet.pipeline.unprintable import without_unprintable

DAY = date(2026, 5, 12)
PEOPLE = """
author:
  - name: Norah Jones
    affiliations: [1, 2]
    corresponding: true
    email: norah@example.org
    equal-contrib: true
  - name: Bill Gates
    affiliations: 2
    attributes: {equal-contributor: true}
affiliations: [University of Town, Institute B]
"""
BIB = """@article{gauge, title = {Gauges}, author = {Lime, Ada}, year = 2020, doi = {10.1000/ABC.1}, pmid = {0123},
  url = {https://www.example.org/gauges/}, journal = {Water}}
@book{tower, title = {Towers}, author = {Swift, Jo}, year = 2019, isbn = {978-0-306-40615-7}, publisher = {Mill}}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source" / "x.md"


def made(source: Path, text: str, *formats: str, layout: str = "handout-a4") -> Composition:
    source.write_text(text, encoding="utf-8")
    return compose(source, Choices(formats=formats or ("html",), layout=layout), today=DAY)


def page_of(source: Path, text: str, layout: str = "handout-a4") -> str:
    return made(source, text, layout=layout).files["x.html"].decode()


def paper(source: Path, text: str, layout: str = "handout-a4") -> str:
    from pypdf import PdfReader

    data = made(source, text, "pdf", layout=layout).files["x.pdf"]
    return "\n".join(found.extract_text() for found in PdfReader(BytesIO(data)).pages)


def words(problems: tuple[Problem, ...]) -> str:
    return "\n".join(problem.message for problem in problems)


# ---------------------------------------------------------------- bylines


def test_a_byline_has_affiliations_equal_contribution_and_the_one_to_write_to(source: Path) -> None:
    page = page_of(source, f"---\ntitle: T\n{PEOPLE}date: 2024-03-05\nlang: en-GB\n---\n\nText.\n")
    byline = page[page.index('<div class="byline">') : page.index("</header>")]
    assert '<span class="name">Norah Jones</span><sup>1,2,*,†</sup>' in byline
    assert '<span class="name">Bill Gates</span><sup>2,*</sup>' in byline
    assert "<sup>1</sup>\u00a0University of Town<br><sup>2</sup>\u00a0Institute B" in byline
    assert "These authors contributed equally." in byline
    assert '<a href="mailto:norah@example.org">' in byline
    assert '<time datetime="2024-03-05">5 March 2024</time>' in byline


def test_one_author_has_no_marks(source: Path) -> None:
    page = page_of(
        source, "---\ntitle: T\nauthor: [{name: Ada Lime, affiliation: Mill, corresponding: yes}]\n---\n\nText.\n"
    )
    assert '<span class="name">Ada Lime</span></p>' in page
    assert '<p class="affiliations">Mill</p>' in page


def test_a_booklet_and_a_handout_print_the_byline_and_a_folded_leaflet_does_not(source: Path) -> None:
    text = f"---\ntitle: T\n{PEOPLE}abstract: In short.\n---\n\n## One\n\nText.\n"
    for layout, expected in (("handout-a4", True), ("booklet-a5", True), ("trifold-a4", False)):
        found = page_of(source, text, layout)
        assert ('<div class="byline">' in found) is expected, layout
        assert ('<div class="abstract">' in found) is expected, layout
    assert "Norah Jones" in paper(source, text).split("Text.")[0]


def test_no_byline_where_the_author_wants_none(source: Path) -> None:
    assert '<div class="byline">' not in page_of(source, f"---\ntitle: T\n{PEOPLE}byline: false\n---\n\nText.\n")


def test_an_abstract_keeps_its_paragraphs_and_its_emphasis(source: Path) -> None:
    front = "---\ntitle: T\nauthor: Ada Lime\nabstract: |\n  On *Bellis*.\n\n  And H~2~O.\n---\n\nText.\n"
    page = page_of(source, front)
    assert "<p><strong>Summary</strong> On <em>Bellis</em>.</p>\n<p>And H<sub>2</sub>O.</p>" in page


def test_a_title_keeps_its_emphasis_on_paper_and_screen_and_nowhere_else(source: Path) -> None:
    page = page_of(source, '---\ntitle: "On *Bellis* in \\"towns\\""\nlang: en-GB\n---\n\nText.\n')
    assert "<h1>On <em>Bellis</em> in “towns”</h1>" in page
    assert "<title>On Bellis in “towns”</title>" in page


def test_a_field_in_a_title_never_turns_into_markup(source: Path) -> None:
    page = page_of(source, "---\ntitle: '*On* {{ x }}'\nfields: {x: '<b>*bold*</b>'}\n---\n\nText.\n")
    assert "<h1><em>On</em> &lt;b&gt;*bold*&lt;/b&gt;</h1>" in page


# ---------------------------------------------------------------- addresses of links on paper

LINKS = "---\ntitle: T\n{}---\n\nSee [the map](https://example.org/map), [again](https://example.org/map) and\n<https://example.net/a>.\n"


def test_a_handout_prints_addresses_as_notes_each_once(source: Path) -> None:
    text = paper(source, LINKS.format(""))
    assert text.count("example.org/map") == 1
    assert re.search(r"the map\s*1", text)
    assert re.search(r"again\s*1", text)
    assert text.count("example.net/a") == 1


def test_addresses_stand_behind_the_words_where_the_author_wants_them(source: Path) -> None:
    text = paper(source, LINKS.format("links: inline\n"))
    assert "the map (example.org/map), again and" in " ".join(text.split())


def test_no_address_is_printed_where_the_author_wants_none_or_the_leaflet_is_folded(source: Path) -> None:
    assert "example.org/map" not in paper(source, LINKS.format("links: none\n"))
    assert "example.org/map" not in paper(source, LINKS.format(""), layout="trifold-a4")


def test_the_web_page_has_no_notes_for_addresses(source: Path) -> None:
    assert page_of(source, LINKS.format("links: notes\n")) == page_of(source, LINKS.format("links: none\n"))


def test_links_as_notes_of_pandoc_and_lists_of_quarto_are_understood(source: Path) -> None:
    assert "example.org/map" not in paper(source, LINKS.format("links-as-notes: false\n"))
    found = made(source, LINKS.format("links:\n  - text: Code\n    href: https://example.org\n"))
    assert '"links" is in the form of another program' in words(found.problems)


def test_many_addresses_are_printed_only_where_the_author_asks(source: Path) -> None:
    many = " ".join(f"[word](https://example.org/{number})" for number in range(30))
    assert "example.org/7" not in paper(source, f"---\ntitle: T\n---\n\n{many}\n")
    assert "example.org/7" in paper(source, f"---\ntitle: T\nlinks: notes\n---\n\n{many}\n")


def test_where_citations_are_notes_addresses_stand_behind_the_words(source: Path) -> None:
    (source.parent / "x.bib").write_text(BIB, encoding="utf-8")
    front = "---\ntitle: T\ncsl: chicago-notes\nbibliography: x.bib\n---\n\n"
    text = " ".join(paper(source, f"{front}A [map](https://example.org/map) and a tower [@tower].\n").split())
    assert "A map (example.org/map) and a tower" in text


# ---------------------------------------------------------------- symbols


def covers_letters(sign: str) -> bool:
    return ord(sign) < 0x2000


def test_symbols_without_a_font_are_left_out_and_named_once(source: Path) -> None:
    source.write_text(
        "---\ntitle: Fun 🎉 here\n---\n\nA 🚀 start, ❤️ and `☂ x`. ℝ stays a letter. 🚀\n", encoding="utf-8"
    )
    cited, _ = cite_source(source, Choices(layout="handout-a4"), today=DAY)
    document, citations, problems = without_unprintable(cited.document, cited.citations, covers_letters)
    assert document.metadata.title == "Fun here"
    assert " ".join(plain_text(document.blocks).split()) == "A start, and x. R stays a letter."
    assert "🎉" not in "".join(own.html for own in citations.own)
    assert len(problems) == 2
    assert "no font for paper has 🚀 (U+1F680)" in problems[0].message
    assert problems[0].location is not None
    assert problems[0].location.line == 5
    assert "plain letters" in problems[1].message


def test_what_a_font_has_stays_as_it_is(source: Path) -> None:
    source.write_text("---\ntitle: T\n---\n\nA 🚀 start → here.\n", encoding="utf-8")
    cited, _ = cite_source(source, Choices(layout="handout-a4"), today=DAY)
    assert without_unprintable(cited.document, cited.citations, lambda _: True) == (cited.document, cited.citations, ())


def test_letters_without_a_font_are_never_left_out(source: Path) -> None:
    source.write_text("---\ntitle: T\n---\n\nᚠᚢᚦ\n", encoding="utf-8")
    with pytest.raises(Exception, match="in none of the bundled fonts"):
        compose(source, Choices(layout="handout-a4", formats=("pdf",)), today=DAY)


def test_emoji_are_printed_in_one_colour_with_the_extra_and_left_out_without(source: Path) -> None:
    found = made(source, "---\ntitle: T\n---\n\nA 🚀 start.\n", "pdf")
    has_font = Session().renderer.covers("🚀")
    assert ("🚀" in words(found.problems)) is not has_font


# ---------------------------------------------------------------- identifiers as keys


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("@doi:10.1000/abc.1", "Lime"),
        ("@pmid:123", "Lime"),
        ("@url:https://example.org/gauges", "Lime"),
        ("@https://example.org/gauges", "Lime"),
        ("@isbn:0306406152", "Swift"),
        ("@https://doi.org/10.1000/abc.1", "Lime"),
    ],
)
def test_a_source_is_found_by_its_identifier(source: Path, key: str, expected: str) -> None:
    (source.parent / "x.bib").write_text(BIB, encoding="utf-8")
    found = made(source, f"---\ntitle: T\nbibliography: x.bib\n---\n\nSee [{key}].\n")
    assert f"({expected}, 20" in re.sub("<[^>]*>", "", found.files["x.html"].decode())
    assert "identifier" not in words(found.problems)


def test_the_role_of_myst_cites_by_a_doi_and_with_words_around(source: Path) -> None:
    (source.parent / "x.bib").write_text(BIB, encoding="utf-8")
    text = "---\ntitle: T\nbibliography: x.bib\n---\n\n{cite:p}`10.1000/abc.1` and {cite:p}`{see}tower{p. 3}`.\n"
    page = re.sub("<[^>]*>", "", page_of(source, text))
    assert "(Lime, 2020)" in page
    assert "(see Swift, 2019, p.\u00a03)" in page


def test_an_identifier_in_no_bibliography_is_printed_as_a_link_with_a_warning(source: Path) -> None:
    (source.parent / "x.bib").write_text(BIB, encoding="utf-8")
    text = "---\ntitle: T\nbibliography: x.bib\n---\n\nSee [@tower; @doi:10.5555/12, p. 3] and @pmid:99.\n"
    found = made(source, text)
    page = found.files["x.html"].decode()
    assert '(<a href="https://doi.org/10.5555/12">doi:10.5555/12</a>, 3)' in page
    assert 'and <span><a href="https://pubmed.ncbi.nlm.nih.gov/99">PMID 99</a></span>' in page
    assert "Swift" in page
    assert "printed: doi:10.5555/12, pmid:99" in words(found.problems)


def test_any_other_unknown_key_is_an_error(source: Path) -> None:
    (source.parent / "x.bib").write_text(BIB, encoding="utf-8")
    with pytest.raises(SourceError, match='"nobody" is in no bibliography'):
        made(source, "---\ntitle: T\nbibliography: x.bib\n---\n\n[@nobody; @doi:10.5555/12].\n")


# ---------------------------------------------------------------- dates


def git(folder: Path, *arguments: str, day: str = "2024-02-03T12:00:00Z") -> None:
    environment = {**os.environ, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull}
    own = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def dated(source: Path) -> str:
    page = page_of(source, "---\ntitle: T\nauthor: Ada Lime\ndate: last-modified\n---\n\nText.\n")
    found = re.search(r'datetime="([^"]+)"', page)
    assert found
    return found[1]


def test_last_modified_is_the_day_of_the_last_commit(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert dated(source) == "2026-05-12"
    git(source.parent, "init", "-q")
    git(source.parent, "add", "x.md")
    git(source.parent, "commit", "-qm", "x")
    assert dated(source) == "2024-02-03"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dated(source) == "2026-05-12"


def test_nothing_that_a_repository_names_is_run(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    page_of(source, "---\ntitle: T\nauthor: Ada Lime\ndate: last-modified\n---\n\nText.\n")
    git(source.parent, "init", "-q")
    git(source.parent, "add", "x.md")
    git(source.parent, "commit", "-qm", "x")
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "diff.external", "core.editor"):
        git(source.parent, "config", key, str(trap))
    git(source.parent, "config", "log.showSignature", "true")
    assert dated(source) == "2024-02-03"
    assert not (tmp_path / "sprung").exists()


# ---------------------------------------------------------------- titles, tables, code, projects


def test_the_first_heading_is_the_title_where_none_is_given(source: Path) -> None:
    found = made(source, "\\mainmatter\n\n# One\n\nText.\n\n# Two\n\nMore.\n")
    page = found.files["x.html"].decode()
    assert "<h1>One</h1>" in page
    assert ">One<" not in page[page.index("<main") : page.index("</main>")]
    assert 'the first heading is taken: "One"' in words(found.problems)


def test_cells_beyond_the_head_are_printed(source: Path) -> None:
    found = made(source, "---\ntitle: T\n---\n\n| a | b |\n|---|---|\n| one | two | *three* |\n")
    assert "<em>three</em>" in found.files["x.html"].decode()
    assert "so the head is widened" in words(found.problems)


def test_code_in_a_cell_of_a_grid_table_is_closed(source: Path) -> None:
    table = "+---------+\n| ```     |\n| foo.md  |\n| ```     |\n+---------+\n"
    found = made(source, f"---\ntitle: T\n---\n\n{table}")
    assert "foo.md" in found.files["x.html"].decode()
    assert "never closed" not in words(found.problems)


def test_code_that_is_never_closed_within_a_box_ends_with_the_box(source: Path) -> None:
    found = made(source, "---\ntitle: T\n---\n\n> ```\n> foo\n\nText.\n")
    assert "Text." in found.files["x.html"].decode()
    assert "never closed" in words(found.problems)


def test_the_folder_with_the_settings_of_a_site_is_the_workspace(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.svg").write_text(picture, encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    page = page_of(tmp_path / "_posts" / "x.md", "---\ntitle: T\n---\n\n![A box](/assets/a.svg)\n")
    assert '<img src="data:image/svg+xml' in page


def test_double_braces_of_other_programs_print_as_written(source: Path) -> None:
    found = made(source, "# T\n\n```{note}\nHi\n```\n\nUse {{ role }} here.\n")
    assert "Use {{ role }} here." in found.files["x.html"].decode()
    assert "nothing gives {{role}} a value" in words(found.problems)
    with pytest.raises(SourceError, match='there is no field "role"'):
        made(source, "# T\n\nUse {{ role }} here.\n")


def test_substitutions_of_myst_are_fields(source: Path) -> None:
    text = "---\ntitle: T\nmyst:\n  substitutions:\n    place: Town\n---\n\nIn {{ place }}.\n"
    assert "In Town." in page_of(source, text)


def test_comments_of_myst_are_not_printed(source: Path) -> None:
    page = page_of(source, "# T\n\n```{note}\nHi\n```\n\n% secret\n\nText 5 % more.\n")
    assert "secret" not in page
    assert "5\u00a0% more" in page


def test_files_of_kinds_that_cannot_be_printed_leave_their_words_in_a_frame(source: Path) -> None:
    found = made(source, "---\ntitle: T\n---\n\n![A film](a.mp4)\n\n![A plan](b.tiff)\n")
    assert found.files["x.html"].decode().count('class="absent-picture"') == 2
    assert '"a.mp4", "b.tiff" cannot be printed' in words(found.problems)


def test_markdown_within_html_is_read_as_pandoc_does(source: Path) -> None:
    text = '---\ntitle: T\n---\n\n<aside markdown="1">\n**Bold** and [a map](https://example.org/m) by `x`.\n</aside>\n'
    page = page_of(source, text)
    assert '<strong>Bold</strong> and <a href="https://example.org/m"' in page
    assert "<code>x</code>" in page


def test_a_part_of_a_figure_is_referred_to_by_its_letter(source: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (source.parent / "a.svg").write_text(picture, encoding="utf-8")
    text = "# T\n\n:::{figure}\n:label: two\n\n![One](a.svg)\n![Two](a.svg)\n\nBoth.\n:::\n\nSee [@two-b].\n"
    page = re.sub("<[^>]*>", "", page_of(source, text))
    assert "See Figure\u00a01b." in page


@pytest.mark.parametrize(("first", "second"), [("a.  x", "b.  y"), ("(i) x", "(ii) y"), ("A.  x", "B.  y")])
@pytest.mark.parametrize("indent", ["", "    "])
def test_lists_with_letters_go_on_after_an_empty_line(source: Path, first: str, second: str, indent: str) -> None:
    around = "1.  One\n\n" if indent else ""
    page = page_of(source, f"---\ntitle: T\n---\n\n{around}{indent}{first}\n\n{indent}{second}\n")
    body = page[page.index("<main") : page.index("</main>")]
    assert "<li><p>x</p></li>\n<li><p>y</p></li>" in body


def test_a_grid_table_whose_bars_are_out_of_line_is_read(source: Path) -> None:
    table = "+------+--------+\n| four | five  |\n+------+--------+\n| six | seven \\| eight  |\n+------+--------+\n"
    found = made(source, f"---\ntitle: T\n---\n\n{table}")
    assert "<td>six</td><td>seven | eight</td>" in found.files["x.html"].decode()
    assert words(found.problems) == ""


def test_commands_of_latex_are_known_in_formulas(source: Path) -> None:
    text = "---\ntitle: T\nmath: {'\\dobs': '\\mathbf{d}'}\n---\n\n\\newcommand{\\norm}[1]{|#1|}\n\n$\\dobs$ and $\\norm{x}$.\n"
    found = made(source, text)
    assert words(found.problems) == ""
    assert found.files["x.html"].decode().count("<math") == 2
    endless = "---\ntitle: T\n---\n\n\\def\\a{\\a\\a}\n\n$\\a$\n"
    assert "cannot be set" in words(made(source, endless).problems)


def test_formulas_are_tagged_as_such(source: Path) -> None:
    import pikepdf

    data = made(source, "---\ntitle: T\n---\n\n$x^2$ and\n\n$$y$$\n", "pdf").files["x.pdf"]
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Formula"]
        assert sorted((str(one.Alt), str(one.T)) for one in found) == [("x squared", "x^2"), ("y", "y")]


def test_a_div_of_another_program_with_the_name_of_a_component_is_a_block(source: Path) -> None:
    text = "---\ntitle: T\nteaching: 5\n---\n\n::: questions\n\n- How does a shell work?\n\n:::\n"
    found = made(source, text)
    assert "How does a shell work?" in found.files["x.html"].decode()
    assert "printed as a block" in words(found.problems)
    with pytest.raises(SourceError, match="no questions here"):
        made(source, text.replace("teaching: 5\n", ""))


def test_names_that_substitutions_do_not_give_print_as_written(source: Path) -> None:
    text = "---\ntitle: T\nmyst:\n  substitutions:\n    a: Town\n---\n\nIn {{ a }} and {{ b }}.\n"
    assert "In Town and {{ b }}." in page_of(source, text)


def test_a_bibliography_in_a_folder_of_the_project_is_found(source: Path) -> None:
    (source.parent / "_static").mkdir()
    (source.parent / "_static" / "all.bib").write_text(BIB, encoding="utf-8")
    found = made(source, "---\ntitle: T\n---\n\nSee [@tower].\n")
    assert "Swift" in found.files["x.html"].decode()
    assert "so _static/all.bib is taken" in words(found.problems)


# ---------------------------------------------------------------- statements, directives, formulas within text, lists

MYST = """---
title: Fields
---

::::{note} A talk with `marks`
:class: dropdown

:::{iframe} https://www.example.org/film
:width: 100%

From minute nine.
::::

:::{prf:theorem} Mill, 1901
:label: thm-wheel

A wheel turns. See {prf:ref}`thm-wheel`.
:::

:::{prf:proof}
It is plain.
:::

- The model:
\\begin{align}
a &= b
\\end{align}

Water goes on
\\begin{equation*}
h = 2
\\end{equation*}
to the wheel.
"""


def test_directives_of_myst_end_where_their_fence_says_and_statements_have_their_word(source: Path) -> None:
    built = made(source, MYST)
    page = built.files["x.html"].decode()
    assert re.search(r"A talk with <code[^>]*>marks</code>", page)
    assert "From minute nine." in page
    assert "<strong>Theorem\u00a01 (Mill, 1901)</strong></span> A wheel turns." in page
    assert '<a href="#thm-wheel">Theorem\u00a01</a>' in page
    assert "<strong>Proof</strong></span> It is plain." in page
    assert page.count("<math") == 2
    assert "align" not in re.sub(r"<math.*?</math>", "", page[page.index("<main") :], flags=re.DOTALL)
    assert words(built.problems) == "MyST's directives {iframe} are left out"


def test_a_statement_of_quarto_takes_its_heading_as_title(source: Path) -> None:
    page = page_of(source, "---\ntitle: T\n---\n\n::: {#lem-gate}\n## The gate\n\nIt shuts.\n:::\n\nSee @lem-gate.\n")
    assert "<strong>Lemma\u00a01 (The gate)</strong></span> It shuts." in page


def test_lists_may_begin_at_any_letter_that_the_next_item_follows(source: Path) -> None:
    text = "c. Corn\nd. Dill\n\nText.\n\nv. Five\nvi. Six\n\nz. B. as in Germany\n\nC. Smith\nD. Jones\n"
    page = page_of(source, f"---\ntitle: T\n---\n\n{text}")
    assert re.findall(r'<ol[^>]* start="(\d)" type="(\w)"', page) == [("3", "a"), ("5", "i")]
    assert "z. B. as in Germany" in page.replace("\u00a0", " ")
    assert "C. Smith D. Jones" in " ".join(page.replace("\u00a0", " ").split())


def test_captions_of_cells_are_markdown_and_titles_may_hold_commands_of_latex(source: Path) -> None:
    front = r"title: The package \textsf{gauge} and \emph{its} \LaTeX"
    cell = '```{r}\n#| label: fig-a\n#| fig-cap: "A **bold** use of \\\\textsf{gauge}"\nplot(1)\n```\n'
    page = page_of(source, f"---\n{front}\n---\n\n{cell}")
    assert "The package gauge and <em>its</em> LaTeX</h1>" in page
    assert re.search(r"A <strong>bold</strong> use of (<span>)?gauge", page)
    assert "textsf" not in page


# ---------------------------------------------------------------- pieces of HTML, LaTeX and Jekyll

MIXED = r"""---
title: Wheels
---

<table class="x">
<caption>Wheels of the valley</caption>
<thead><tr><th>Mill</th><th align="right">Metres</th><th>River</th></tr></thead>
<tbody>
<tr><td>Upper</td><td align="right">2.5</td><td rowspan="2"><b>Ouse</b></td></tr>
<tr><td>Lower</td><td align="right">3</td></tr>
</tbody>
</table>

<table><tr><th colspan="2">Both</th></tr><tr><td>Left</td><td>Right</td></tr></table>

The scale is as follows:
\begin{tabular}{l r}
Grade & Percentage \\ \hline
\end{tabular}
and it stays.

\begin{equation}
a = b \label{eq:one}
\end{equation}

See equation (\ref{eq:one}), or \eqref{eq:one}. The height ($$h$$) rises.

$$k$$
"""


def test_pieces_of_html_and_latex_are_read_as_their_authors_meant(source: Path) -> None:
    built = made(source, MIXED)
    page = built.files["x.html"].decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert "Wheels of the valley</caption>" in table
    assert '<td class="to-right">2.5</td><td rowspan="2"><strong>Ouse</strong></td>' in table
    assert re.search(r'<div class="raw-table"><table class="grid">.*colspan="2"', page, re.DOTALL)
    body = re.sub(r"<math.*?</math>", "", page[page.index("<main") :], flags=re.DOTALL)
    assert "hline" not in body
    assert "Percentage" not in body
    assert "and it stays." in body
    assert re.search(r'See equation \(<a href="#eq:one">1</a>\), or <a href="#eq:one">\(1\)</a>', page)
    assert page.count('<span class="math-inline">') == 1
    assert page.count('<span class="math-display">') == 2
    assert r"\begin{tabular}" in words(built.problems)


def test_an_item_with_a_long_list_within_it_is_divided_over_columns_and_pages(source: Path) -> None:
    items = "".join(f"  - Item {number} of many\n" for number in range(70))
    text = paper(source, f"---\ntitle: T\n---\n\nAn opening.\n\n## Contents\n\n- All\n{items}")
    assert text.index("An opening.") < text.index("Item 20 ") < text.index("1 / 1")


def test_front_matter_in_toml_is_read_and_its_mistakes_have_their_place(source: Path) -> None:
    block = (
        '+++\ntitle = "Open day"\ndate = 2024-10-01\ntags = ["mill"]\ncolour = 3\n[params]\nx = "y"\n+++\n\nCome in.\n'
    )
    built = made(source, block)
    page = built.files["x.html"].decode()
    assert "Open day</h1>" in page
    assert 'datetime="2024-10-01"' in page
    assert "+++" not in page
    places = [problem.location.line for problem in built.problems if problem.location and "colour" in problem.message]
    assert places == [5]
    with pytest.raises(SourceError, match=r"x.md:3:12: the front matter is no TOML: expected newline"):
        made(source, '+++\ntitle = "Open day"\ndate = 2024-13-01\n+++\n\nCome in.\n')


def test_a_picture_that_is_missing_is_one_error_for_its_figure_and_those_who_refer_to_it(source: Path) -> None:
    with pytest.raises(SourceError) as caught:
        made(
            source,
            "---\ntitle: T\n---\n\nSee @fig-path.\n\n![A path](/assets/path.jpg){#fig-path}\n\n"
            "![Another]({{ site.baseurl }}/assets/other.jpg)\n",
        )
    missing = ['there is no image "assets/path.jpg"', 'there is no image "assets/other.jpg"']
    assert [problem.message for problem in caught.value.problems] == missing


def test_contents_that_a_folded_sheet_does_not_print_are_reported(source: Path) -> None:
    text = "---\ntitle: T\ncontents: true\n---\n\n## Weir\n\nWater.\n"
    told = [problem for problem in made(source, text, layout="trifold-a4").problems if "contents" in problem.message]
    assert [(problem.message, problem.location.line if problem.location else 0) for problem in told] == [
        ('the layout "trifold-a4" has no contents: all its panels are seen at once', 3)
    ]
    assert "contents" not in words(made(source, text, layout="handout-a4").problems)
