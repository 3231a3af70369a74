"""A leaflet goes out as a Word document and comes back: every comment and change at its line, and a patch that applies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from PIL import Image
from reviewing import commented, edited, without_paragraph

from leaflet.files import open_workspace
from leaflet.interchange import ImportOptions, import_document
from leaflet.source import read_source
from running import run_leaflet

SOURCE = """\
---
title: Washing your hands
subtitle: For visitors
author: Rosa Bell
layout: handout-a4
references:
  - {id: bell2019, type: book, title: Soap, author: [{family: Bell, given: Rosa}], issued: 2019}
---

## Why it matters

Clean hands stop **germs** -- it's "quick".
This is the second line of the paragraph, with *more* words [@bell2019, p. 4].[^1]

- soap and water
- a clean towel

3. Wet your hands.
4. Rinse them.

| When   | What to do |
|--------|------------|
| Before | Wash       |
| After  | Dry them   |

::: {.callout-warning}
## Take care

Hot water may burn.
:::

![A tap](images/tap.png){alt="A tap that runs" width=40mm}

The last paragraph goes.

See [our site](https://example.org).

[^1]: A note on soap.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("review")
    (root / "source" / "images").mkdir(parents=True)
    (root / "source" / "hands.md").write_text(SOURCE, encoding="utf-8")
    Image.new("RGB", (60, 40), "#468").save(root / "source" / "images" / "tap.png")
    run_leaflet("export", "source/hands.md", "--to", "docx", cwd=root)
    return root


@pytest.fixture(scope="module")
def exported(workspace: Path) -> bytes:
    return (workspace / "output" / "hands-review.docx").read_bytes()


def test_the_document_has_real_styles_notes_lists_and_pictures(workspace: Path, exported: bytes) -> None:
    document = docx.Document(str(workspace / "output" / "hands-review.docx"))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.text}
    assert styles["Washing your hands"] == "Title"
    assert styles["For visitors"] == "Subtitle"
    assert styles["Why it matters"] == "Heading 1"
    assert styles["Hot water may burn."] == "Leaflet Box"
    assert any("(Bell, 2019, p. 4)" in text for text in styles)
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "A tap that runs"
    assert [cell.text for cell in document.tables[0].rows[2].cells] == ["After", "Dry them"]
    run_leaflet("export", "source/hands.md", "--to", "docx", cwd=workspace)
    assert (workspace / "output" / "hands-review.docx").read_bytes() == exported


def test_an_export_can_be_imported_again(workspace: Path) -> None:
    options = ImportOptions(folder=workspace / "again", styles={})
    result = import_document(workspace / "output" / "hands-review.docx", options)
    text = result.files[result.source].decode()
    assert "3. Wet your hands.\n4. Rinse them." in text
    assert "[our site](https://example.org)" in text
    assert "[^1]: A note on soap." in text
    assert "| Before | Wash       |" in text


def came_back(workspace: Path, data: bytes) -> str:
    (workspace / "back.docx").write_bytes(data)
    (workspace / "output" / "hands.review.patch").unlink(missing_ok=True)
    return run_leaflet("import", "--review", "back.docx", cwd=workspace).stdout


def patched(workspace: Path) -> str:
    """The source with the patch, applied by git; the file itself stays as it is."""
    copy = workspace / "copy"
    (copy / "source").mkdir(parents=True, exist_ok=True)
    (copy / "source" / "hands.md").write_text(SOURCE, encoding="utf-8")
    patch = workspace / "output" / "hands.review.patch"
    subprocess.run(["git", "apply", "--unsafe-paths", f"--directory={copy}", str(patch)], cwd="/", check=True)
    assert (workspace / "source" / "hands.md").read_text(encoding="utf-8") == SOURCE
    return (copy / "source" / "hands.md").read_text(encoding="utf-8")


def test_changes_and_comments_come_back_at_their_lines(workspace: Path, exported: bytes) -> None:
    data = commented(commented(exported, "germs", "Which ones?"), "Dry them", "With what?")
    data = edited(
        data,
        ("“quick”.", "“quick” & easy_going."),
        ("second line", "other line"),
        ("a clean towel", "a clean, dry towel"),
        ("Rinse them", "Rinse your hands"),
        ("Dry them", "Dry both"),
        ("Hot water may burn", "Hot water can burn"),
        ("+a clean", "a nail brush"),
    )
    printed = came_back(workspace, without_paragraph(data, "The last paragraph goes."))
    assert "source/hands.md:12: Ann: comment: “germs”: Which ones?" in printed
    assert "source/hands.md:24: Ann: comment: “Dry them”: With what?" in printed
    assert "source/hands.md:13: Ann: replace “second line” by “other line” [in the patch]" in printed
    assert "2 comments, 8 changes, 8 of them in the patch" in printed
    expected = (
        SOURCE.replace('"quick".', '"quick" & easy_going.')
        .replace("second line", "other line")
        .replace("a clean towel", "a clean, dry towel\n- a nail brush")
        .replace("Rinse them", "Rinse your hands")
        .replace("Dry them  ", "Dry both  ")
        .replace("Hot water may", "Hot water can")
        .replace("The last paragraph goes.\n\n", "")
    )
    assert patched(workspace) == expected


def python_with_uno() -> str | None:
    """Return a Python that can talk to LibreOffice: that of the system, or LibreOffice's own."""
    office = shutil.which("soffice")
    places = ("/usr/bin/python3", str(Path(office).resolve().parent / "python")) if office else ()
    for place in filter(os.path.exists, places):
        if subprocess.run([place, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return place
    return None


def reviewed_in_libreoffice(source: Path, folder: Path, **work: list[object]) -> bytes:
    """Return a document after a reviewer's ``work`` on it in LibreOffice."""
    python, office = python_with_uno(), shutil.which("soffice")
    if python is None or office is None:
        pytest.skip("LibreOffice: soffice is not installed, or no Python has its module uno (python3-uno)")
    target = folder / "reviewed.docx"
    script = Path(__file__).parent / "office_reviewer.py"
    command = [python, str(script), office, str(folder / "profile"), str(source), str(target)]
    done = subprocess.run(command, input=json.dumps(work), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


@pytest.mark.usefixtures("exported")
def test_what_a_reviewer_does_in_libreoffice_comes_back_at_its_lines(workspace: Path, tmp_path: Path) -> None:
    data = reviewed_in_libreoffice(
        workspace / "output" / "hands-review.docx",
        tmp_path,
        comment=[["germs", "Which ones?"], ["Dry them", "With what?"], ["Take care", "Louder."]],
        replace=[
            ["Why it matters", "Why it is worth it"],
            ["second line", "other line"],
            ["Rinse them", "Rinse your hands"],
            ["Before", "At first"],
            ["Hot water may", "Hot water can"],
            ["A note on soap", "A note on hands"],
        ],
        add=[["a clean towel", "a nail brush"]],
        delete=["The last paragraph goes."],
    )
    printed = came_back(workspace, data)
    for line, comment in ((12, "“germs”: Which ones?"), (24, "“Dry them”: With what?"), (27, "“Take care”: Louder.")):
        assert f"source/hands.md:{line}: Ann: comment: {comment}" in printed
    assert "3 comments, 8 changes, 8 of them in the patch" in printed
    expected = (
        SOURCE.replace("Why it matters", "Why it is worth it")
        .replace("second line", "other line")
        .replace("a clean towel", "a clean towel\n- a nail brush")
        .replace("Rinse them", "Rinse your hands")
        .replace("Before ", "At first ")
        .replace("Hot water may", "Hot water can")
        .replace("The last paragraph goes.\n\n", "")
        .replace("A note on soap", "A note on hands")
    )
    assert patched(workspace) == expected


def test_what_cannot_be_placed_is_for_a_person(workspace: Path, exported: bytes) -> None:
    printed = came_back(workspace, edited(exported, ("Bell, 2019", "Bell, 2020")))
    assert "replace “19” by “20” [by hand]" in printed
    assert "0 comments, 1 changes, 0 of them in the patch" in printed
    assert not (workspace / "output" / "hands.review.patch").exists()


def test_other_documents_are_no_reviews(workspace: Path, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "other.docx"))
    done = run_leaflet("import", "--review", "other.docx", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "was not exported by leaflet for review" in done.stderr


# ---------------------------------------------------------------- CriticMarkup

MARKED = """\
---
title: T
{}---

Take {{~~two~>three~~}} a day{{++ with **water**++}}. {{==Do not drive.==}}{{>>How long?<<}} Code `{{++x++}}`, \\{{++y++}}.

{{--A paragraph that goes.

- and its list
--}}

```
{{--code--}}
```
"""
PRINTED = {
    "accept": "Take three a day with water. Do not drive. Code {++x++}, {++y++}.",
    "reject": "Take two a day. Do not drive. Code {++x++}, {++y++}.",
    "show": "Take twothree a day with water. Do not drive. [How long?] Code {++x++}, {++y++}.",
}


@pytest.mark.parametrize("shown", ["", *PRINTED])
def test_criticmarkup_prints_as_the_front_matter_says(shown: str, tmp_path: Path) -> None:
    from leaflet.model.document import CodeBlock, Paragraph, SafeInlineHtml
    from leaflet.model.walk import plain_text, walk

    source = tmp_path / "a.md"
    source.write_text(MARKED.format(f"changes: {shown}\n" if shown else ""), encoding="utf-8")
    read = read_source(source, open_workspace(source))
    first = next(block for block in read.document.blocks if isinstance(block, Paragraph))
    words = plain_text(tuple(node for node in first.children if not isinstance(node, SafeInlineHtml)))
    assert " ".join(words.replace("(", "(").split()) == PRINTED[shown or "accept"]
    assert [block.text for block in read.document.blocks if isinstance(block, CodeBlock)] == ["{--code--}\n"]
    whole = plain_text(read.document.blocks)
    assert ("goes" in whole) == (shown in {"reject", "show"})
    elements = [node.html for node in walk(read.document.blocks) if isinstance(node, SafeInlineHtml)]
    assert ("<ins>" in elements) == (shown == "show")
    warnings = [str(problem) for problem in read.problems]
    assert len(warnings) == (0 if shown else 1)
    assert (
        not warnings
        or "a.md:5:1: warning: 5 changes and comments in CriticMarkup are printed as accepted" in warnings[0]
    )
