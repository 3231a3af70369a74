"""``leaflet build`` as a user meets it: what it writes, what it refuses, and that it tells everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import REPOSITORY, run_leaflet


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("source", "layouts", "styles", "output"):
        (tmp_path / name).mkdir()
    return tmp_path


def write(workspace: Path, front: str, body: str) -> None:
    text = f"---\ntitle: Hands\nlayout: handout-a4\n{front}---\n\n## Words\n\n{body}\n"
    (workspace / "source" / "x.md").write_text(text, encoding="utf-8")


def refusal(workspace: Path, *options: str) -> str:
    result = run_leaflet("build", "source/x.md", *options, cwd=workspace, check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert list((workspace / "output").iterdir()) == []
    return result.stderr


def test_all_mistakes_of_all_stages_are_told_at_once(workspace: Path) -> None:
    (workspace / "source" / "x.bib").write_text("@book{a, title = {T}, author = {A, B}, date = {2020}}\n")
    source = (
        "---\ntitle: T\ncsl: nope\nlayout: nope\nfoo: 3\ndate: 2026-13-01\nbibliography: x.bib\n---\n\n"
        "## A\n\n[@nobody] [@a] ![](x.png)\n"
    )
    (workspace / "source" / "x.md").write_text(source)
    layouts = ", ".join(sorted(path.parent.name for path in (REPOSITORY / "layouts").glob("*/layout.toml")))
    assert refusal(workspace) == (
        'source/x.md:5:1: warning: "foo" is not a key that leaflet knows\n'
        '  hint: put a value of your own under "fields:"\n'
        'source/x.md:12:16: warning: "x.png" has no words for those who cannot see it, so it is treated as decoration\n'
        '  hint: say what it shows: ![caption](picture.png){alt="what the picture shows"}\n'
        'source/x.md:3:6: there is no citation style named "nope"\n'
        "  hint: did you mean genome or copeia?\n"
        'source/x.md:4:9: there is no layout called "nope"\n'
        f"  hint: choose one of {layouts}, or add layouts/nope/layout.toml\n"
        'source/x.md:6:7: date: "2026-13-01" is not a date: there is no month 13\n'
        "  hint: write the year first: 2026, 2026-05 or 2026-05-12\n"
        'source/x.md:12:2: "nobody" is in no bibliography\n'
        "  hint: add the reference, or correct the key\n"
        'source/x.md:12:16: there is no image "x.png"\n'
        "  hint: put the file at source/x.png\n"
        "5 errors, 2 warnings; nothing was written\n"
    )


def test_strict_makes_each_warning_an_error(workspace: Path) -> None:
    (workspace / "source" / "x.md").write_text("---\ntitle: T\nfoo: 3\n---\n\n## A\n\n[a](b.md)\n")
    told = refusal(workspace, "--strict")
    assert "warning" not in told
    assert told.endswith("2 errors; nothing was written\n")
    (workspace / "leaflet.toml").write_text("strict = true\n")
    assert refusal(workspace) == told


def test_too_much_text_names_panel_section_line_and_millimetres(workspace: Path) -> None:
    words = "Some plain words that fill the panel. " * 400
    write(workspace, "", words)
    message = refusal(workspace, "--layout", "trifold-a4")
    assert "source/x.md:" in message
    assert 'the section "Words"' in message
    assert " mm too full" in message
    assert "cut about" in message


def test_a_draft_is_built_although_it_does_not_fit(workspace: Path) -> None:
    write(workspace, "", "Some plain words that fill the panel. " * 400)
    options = ("--layout", "trifold-a4", "--allow-overflow", "--format", "pdf")
    result = run_leaflet("build", "source/x.md", *options, cwd=workspace)
    assert "mm too full" in result.stderr
    assert (workspace / "output" / "x.pdf").exists()


def test_only_the_formats_asked_for_are_written(workspace: Path) -> None:
    write(workspace, "", "Some words.")
    result = run_leaflet("build", "source/x.md", "--format", "html", "--format", "ris", cwd=workspace)
    assert result.stdout.split() == [str(Path("output/x.html")), str(Path("output/x.ris"))]
    assert sorted(path.name for path in (workspace / "output").iterdir()) == ["x.html", "x.ris"]


def test_a_field_is_given_on_the_command_line(workspace: Path) -> None:
    write(workspace, "fields:\n  place: nowhere\n", "Come to {{ place }}.")
    run_leaflet("build", "source/x.md", "--format", "html", "--set", "place=<b>Leeds</b>", cwd=workspace)
    page = (workspace / "output" / "x.html").read_text(encoding="utf-8")
    assert "Come to &lt;b&gt;Leeds&lt;/b&gt;." in page


def test_an_access_date_is_the_day_of_the_build(workspace: Path) -> None:
    write(workspace, "url: https://example.org/x\ncite:\n  styles: [harvard-cite-them-right]\n", "Some words.")
    shown = run_leaflet("cite", "source/x.md", cwd=workspace, environment={"SOURCE_DATE_EPOCH": "1701500000"})
    assert "(Accessed: 2 December 2023)" in shown.stdout


def test_a_wrong_epoch_is_refused(workspace: Path) -> None:
    write(workspace, "", "Some words.")
    shown = run_leaflet(
        "build", "source/x.md", cwd=workspace, check=False, environment={"SOURCE_DATE_EPOCH": "yesterday"}
    )
    assert shown.returncode == 1
    assert "SOURCE_DATE_EPOCH" in shown.stderr


HOUSE_LINES = {
    "apa": (
        "Mandal, Ananya. (2019, February 27). Multiple sclerosis and beta interferon. News-Medical. "
        "Retrieved on December 02, 2023 from"
    ),
    "mla": 'Mandal, Ananya. "Multiple sclerosis and beta interferon". News-Medical. 02 December 2023. <>.',
    "chicago": (
        'Mandal, Ananya. "Multiple sclerosis and beta interferon". News-Medical. (accessed December 02, 2023).'
    ),
    "harvard": "Mandal, Ananya. 2019. Multiple sclerosis and beta interferon. News-Medical, viewed 02 December 2023,",
}
OFFICIAL_LINES = {
    "apa": "Mandal, A. (2019, February 27). <i>Multiple sclerosis and beta interferon</i>. News-Medical. URL",
    "modern-language-association": (
        "Mandal, Ananya. ‘Multiple Sclerosis and Beta Interferon’. <i>News-Medical</i>, 27 Feb. 2019, URL."
    ),
    "chicago-author-date": (
        "Mandal, Ananya. 2019. ‘Multiple Sclerosis and Beta Interferon’. News-Medical, February 27. URL."
    ),
    "harvard-cite-them-right": (
        "Mandal, A. (2019) <i>Multiple sclerosis and beta interferon</i>, <i>News-Medical</i>. "
        "Available at: URL (Accessed: 2 December 2023)."
    ),
}
ARTICLE = """---
title: Multiple sclerosis and beta interferon
author: {{given: Ananya, family: Mandal}}
container-title: News-Medical
date: 2019-02-27
lang: en-GB
layout: handout-a4
{url}cite:
  type: webpage
  access: fixed
  accessed: 2023-12-02
---

## Words

Some words.
"""


@pytest.mark.parametrize("name", HOUSE_LINES)
def test_the_house_styles_print_the_publishers_lines(name: str, workspace: Path) -> None:
    (workspace / "source" / "x.md").write_text(ARTICLE.format(url=""))
    shown = run_leaflet("cite", "source/x.md", "--csl", f"news-medical-{name}", cwd=workspace)
    assert shown.stdout == f"{HOUSE_LINES[name]}\n"


def test_the_four_formats_print_the_lines_of_their_manuals(workspace: Path) -> None:
    address = "https://example.org/x"
    (workspace / "source" / "x.md").write_text(ARTICLE.format(url=f"url: {address}\n"))
    for style, line in OFFICIAL_LINES.items():
        shown = run_leaflet("cite", "source/x.md", "--csl", style, "--as", "html", cwd=workspace).stdout
        assert shown == line.replace("URL", f'<a href="{address}">{address}</a>') + "\n"


def test_results_never_replace_what_they_are_made_from(workspace: Path) -> None:
    write(workspace, "", "Some words.")
    (workspace / "source" / "x.bib").write_text("mine")
    shown = run_leaflet("build", "source/x.md", "--format", "bib", "--output", "source", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert 'results are not written into "source/"' in shown.stderr
    assert (workspace / "source" / "x.bib").read_text() == "mine"


def test_two_sources_of_one_name_are_refused_before_anything_is_written(workspace: Path) -> None:
    write(workspace, "", "Some words.")
    (workspace / "source" / "b").mkdir()
    (workspace / "source" / "b" / "x.md").write_text("---\ntitle: Other\n---\n\n## A\n\nWords.\n")
    shown = run_leaflet("build", "source/x.md", "source/b/x.md", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert "would both write x-sheet.pdf" in shown.stderr
    assert list((workspace / "output").iterdir()) == []


def test_a_mistake_in_an_option_is_placed_at_the_option(workspace: Path) -> None:
    write(workspace, "", "Some words.")
    assert refusal(workspace, "--csl", "nope").startswith("--csl: there is no citation style")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '[{"id":"a","type":"book","title":"\\ud800"}]', f'[{{"id":"a","volume":{"9" * 5000}}}]', "{"],
)
def test_strange_libraries_are_refused_with_their_place(text: str, workspace: Path) -> None:
    (workspace / "l.json").write_text(text)
    shown = run_leaflet("cite", "--library", "l.json", cwd=workspace, check=False)
    assert shown.returncode == 1
    assert shown.stderr.startswith("l.json:")
    assert "Traceback" not in shown.stderr


def test_an_accented_second_letter_is_no_part_of_the_initial(workspace: Path) -> None:
    (workspace / "l.json").write_text(
        '[{"id":"a","type":"book","title":"T","author":[{"family":"Aa","given":"Käthe"},{"family":"Bb","given":"Þórir"}]}]'
    )
    shown = run_leaflet("cite", "--library", "l.json", "--csl", "apa", cwd=workspace)
    assert shown.stdout.startswith("Aa, K., & Bb, Þ.")
