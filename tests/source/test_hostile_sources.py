"""Sources that mean harm, and sources that are merely strange: refused or harmless, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.errors import LeafletError, Severity, SourceError
from leaflet.files.svg import read_svg
from leaflet.model.document import Image, Link, Paragraph, SafeHtml, SafeInlineHtml, Text
from leaflet.model.walk import plain_text, walk
from leaflet.source import SourceResult, open_workspace, read_source, understand
from leaflet.source.raw_html import clean_block

FRONT = "---\ntitle: T\n---\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "source").mkdir(parents=True)
    return folder


def read(workspace: Path, text: str | bytes) -> SourceResult:
    source = workspace / "source" / "x.md"
    data = text.encode() if isinstance(text, str) else text
    source.write_bytes(data)
    return read_source(source, open_workspace(source))


def outcome(workspace: Path, text: str) -> str:
    """``as expected`` where a text gives a document or problems that all have a place."""
    try:
        read(workspace, text.encode("utf-8", "replace"))
    except SourceError as error:
        lost = [str(problem) for problem in error.problems if problem.location is None]
        return "\n".join(lost) or "as expected"
    return "as expected"


def refusal(workspace: Path, text: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(workspace, text)
    return str(caught.value)


# ---------------------------------------------------------------- files


def test_a_link_in_the_file_system_that_leads_outside_is_not_followed(workspace: Path) -> None:
    secret = workspace.parent / "secret.svg"
    secret.write_text(SVG.format(""), encoding="utf-8")
    (workspace / "source" / "inside.svg").symlink_to(secret)
    assert "lies outside the workspace" in refusal(workspace, f"{FRONT}![A secret](inside.svg)")


def test_a_folder_that_is_a_link_outside_is_not_followed(workspace: Path) -> None:
    (workspace.parent / "secret.svg").write_text(SVG.format(""), encoding="utf-8")
    (workspace / "source" / "images").symlink_to(workspace.parent)
    assert "lies outside the workspace" in refusal(workspace, f"{FRONT}![A secret](images/secret.svg)")


def test_a_source_that_is_a_link_outside_is_not_read(workspace: Path) -> None:
    secret = workspace.parent / "secret.md"
    secret.write_text(FRONT, encoding="utf-8")
    source = workspace / "source" / "x.md"
    source.symlink_to(secret)
    with pytest.raises(LeafletError, match="lies outside the workspace"):
        read_source(source, open_workspace(source))


@pytest.mark.parametrize("key", ["bibliography: {}", "cover: {}"])
@pytest.mark.parametrize("path", ["../../secret.svg", "/etc/passwd.svg", "images/../../../secret.svg"])
def test_front_matter_names_no_file_outside(key: str, path: str, workspace: Path) -> None:
    (workspace.parent / "secret.svg").write_text(SVG.format(""), encoding="utf-8")
    message = refusal(workspace, f"---\ntitle: T\n{key.format(path)}\n---\n")
    assert "lies outside the workspace" in message
    assert "source/x.md:3:" in message


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:/etc/x.png",
        "data:image/png;base64,AAAA",
    ],
)
def test_an_image_is_a_file_of_the_workspace(address: str, workspace: Path) -> None:
    assert "is not a file of the workspace" in refusal(workspace, f"{FRONT}![Words](<{address}>)")


@pytest.mark.parametrize("address", ["//example.org/a.png", "http://127.0.0.1/a.png", "HTTPS://example.org/a.png"])
def test_an_image_of_the_web_is_never_opened(address: str, workspace: Path) -> None:
    result = read(workspace, f"{FRONT}![Words](<{address}>)")
    assert "pictures on the web are not opened" in str(result.problems[0])
    pictures = [node for node in walk(result.document.blocks) if isinstance(node, Image)]
    assert [(node.path, node.alt, node.absent) for node in pictures] == [("", "Words", True)]


def test_an_encoded_path_does_not_lead_outside(workspace: Path) -> None:
    assert "lies outside" in refusal(workspace, f"{FRONT}![Words](%2e%2e/%2e%2e/secret.png)")


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        " javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "http:",
        "https://",
        "mailto:nobody",
        "tel:none",
    ],
)
def test_links_lead_only_to_the_web_mail_phones_and_places_within(address: str, workspace: Path) -> None:
    refusal(workspace, f"{FRONT}[x](<{address}>)")
    if address.strip():
        refusal(workspace, f"{FRONT}[x]\n\n[x]: <{address}>")


@pytest.mark.parametrize(
    "address", ["java\tscript:alert(1)", "file:///etc/passwd", "ftp://x.org", "//x.org", "other.md", ""]
)
def test_a_link_that_leads_nowhere_prints_its_words_alone(address: str, workspace: Path) -> None:
    result = read(workspace, f"{FRONT}[words](<{address}>)")
    assert [problem.severity for problem in result.problems] == [Severity.WARNING]
    assert not [node for node in walk(result.document.blocks) if isinstance(node, Link)]
    assert plain_text(result.document.blocks) == "words"


# ---------------------------------------------------------------- drawings and HTML


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<foreignObject/>",
        '<rect onclick="x"/>',
        '<image href="http://example.org/x.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        '<a href="https://example.org"/>',
        '<rect fill="url(http://example.org/#a)"/>',
        "<rect style=\"fill: url('x.svg#a')\"/>",
        "<style>@import 'x.css';</style>",
        "<style>rect { fill: url(x.png) }</style>",
        "<animate/>",
        "<unclosed>",
    ],
)
def test_drawings_that_run_or_fetch_are_refused(inside: str) -> None:
    assert read_svg(SVG.format(inside).encode())[0]


def test_drawings_with_entities_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>{SVG.format("<text>&x;</text>")}'
    bomb = f'<!DOCTYPE svg [<!ENTITY a "{"x" * 9}"><!ENTITY b "&a;&a;">]>{SVG.format("<text>&b;</text>")}'
    assert read_svg(entity.encode())[0]
    assert read_svg(bomb.encode())[0]
    assert read_svg(f'<?xml-stylesheet href="x.css"?>{SVG.format("")}'.encode())[0]


def test_plain_drawings_are_taken() -> None:
    shapes = '<defs><g id="a"/></defs><use href="#a"/><rect fill="url(#a)" style="stroke: #111"/><title>Words</title>'
    picture = '<image xlink:href="data:image/png;base64,AAAA"/>'
    assert read_svg(SVG.format(shapes + picture).encode())[0] == ()


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<iframe src='file:///etc/passwd'></iframe>",
        "<p style='background: url(http://x)'>",
        "<form action=x><input></form>",
        "<svg onload=alert(1)>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        '<a href="java&#x09;script:alert(1)">x</a>',
        "<object data=x></object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh><base href=x>",
    ],
)
def test_html_that_runs_or_fetches_is_taken_out_and_named(html: str, workspace: Path) -> None:
    source = workspace / "source" / "x.md"
    source.write_text(f"{FRONT}Text {html} text\n\n<div>{html}</div>\n", encoding="utf-8")
    result = understand(source, open_workspace(source))
    assert result.problems
    found = [node for node in walk(result.document.blocks) if isinstance(node, SafeHtml | SafeInlineHtml)]
    printed = "".join(node.html for node in found)
    for word in ("script", "onerror", "onload", "style", "src", "url", "iframe", "form", "svg", "javascript"):
        assert word not in printed


@settings(deadline=None)
@given(st.text(alphabet="<>/abpsx=\"' &;:!-\n", max_size=60))
def test_cleaned_html_stays_as_it_is_when_cleaned_again(html: str) -> None:
    cleaned, _ = clean_block(html)
    assert clean_block(cleaned)[0] == cleaned


# ---------------------------------------------------------------- strange, not hostile


def test_an_empty_file_and_one_without_front_matter_lack_a_title(workspace: Path) -> None:
    for text in ("", "\n\n", "\ufeff", "Text only"):
        assert "the title is missing" in refusal(workspace, text)


def test_a_byte_order_mark_and_windows_line_ends_do_not_move_places(workspace: Path) -> None:
    with pytest.raises(SourceError, match=r"source/x\.md:5:6: there is no field"):
        read(workspace, b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n\r\ntext {{ x }}\r\n")


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u0007", "\u0085", "\u2028", "a\u2067b", "b\u2069"])
def test_signs_that_control_or_turn_text_are_refused_with_their_place(sign: str, workspace: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(workspace, f"{FRONT}first\nwords {sign} words")
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert problem.location.line == FRONT.count("\n") + 2
    assert problem.location.column in {7, 8}


def test_a_field_may_not_control_or_turn_text(workspace: Path) -> None:
    source = workspace / "source" / "fields.md"
    source.write_text("---\ntitle: T\nfields: {name: x}\n---\n{{ name }}\n", encoding="utf-8")
    with pytest.raises(SourceError, match='the field "name": the character U\\+202E turns'):
        read_source(source, open_workspace(source), fields={"name": "a\u202eb"})


def test_words_of_elements_that_are_taken_out_stay_apart(workspace: Path) -> None:
    html = "<details><summary>One</summary>Two</details>"
    block, paragraph = read(workspace, f"{FRONT}{html}\n\nText {html} end\n").document.blocks
    assert isinstance(block, SafeHtml)
    assert block.html.strip() == "<div><div>One</div>Two</div>"
    assert isinstance(paragraph, Paragraph)
    shown = "".join(
        node.html if isinstance(node, SafeInlineHtml) else plain_text([node]) for node in paragraph.children
    )
    assert shown.split() == ["Text", "One", "Two", "end"]


def test_isolates_that_are_closed_and_odd_scripts_are_text(workspace: Path) -> None:
    text = "\u2067abc\u2069\u200d👩‍⚕️ العربية"
    block = read(workspace, FRONT + text).document.blocks[0]
    assert isinstance(block, Paragraph)
    assert isinstance(block.children[0], Text)
    assert plain_text([block]) == text


PILES: dict[str, tuple[int, Callable[[int], str]]] = {
    "quotations": (5000, lambda n: "> " * n + "x"),
    "lists": (300, lambda n: "".join("  " * depth + "- a\n" for depth in range(n))),
    "divs": (2000, lambda n: "::: a\n" * n),
    "brackets": (20000, lambda n: "[" * n + "]" * n),
    "images": (2000, lambda n: "![a" * n + "](x.png)" * n),
    "links": (2000, lambda n: "[a" * n + "](#x)" * n),
    "emphasis": (5000, lambda n: "*a **b " * n),
    "strong": (3000, lambda n: "**" * n + "a" + "**" * n),
    "notes": (2000, lambda n: "^[" * n + "a" + "]" * n),
    "note chain": (1500, lambda n: "".join(f"[^{note}]: [^{note + 1}]\n\n" for note in range(n)) + "[^0]"),
    "citations": (2000, lambda n: "[a " * n + "@x" + "]" * n),
    "open citations": (3000, lambda n: "[@a; " * n),
    "code": (300, lambda n: "".join("`" * length + " " for length in range(1, n))),
    "fields": (10000, lambda n: "{{ a " * n),
    "attributes": (5000, lambda n: "[x]{.a " * n),
    "one line of a megabyte": (200_000, lambda n: "word " * n),
    "html": (5000, lambda n: "<b>" * n),
    "html blocks": (5000, lambda n: "<div>" * n),
    "comments": (20000, lambda n: "<!--" * n),
    "attributes of a heading": (5000, lambda n: "# {" + '"' * n),
    "attributes of a caption": (5000, lambda n: "| a |\n|---|\n\nTable: " + '{"' * n),
    "quotes": (10000, lambda n: "\" ' " * n),
}
"""Syntax piled up: its full size, and the text of a pile of a size."""


@pytest.mark.parametrize("pile", PILES)
def test_piles_of_syntax_are_read_or_refused(pile: str, workspace: Path) -> None:
    size, text = PILES[pile]
    assert outcome(workspace, FRONT + text(size)) == "as expected"


@pytest.mark.parametrize("pile", PILES)
def test_twice_as_much_syntax_takes_about_twice_as_many_steps(pile: str, workspace: Path) -> None:
    size, text = PILES[pile]
    outcome(workspace, FRONT + text(1))  # whatever is loaded or compiled once
    small, large = (calls(lambda part=part: outcome(workspace, FRONT + text(size // part))) for part in (8, 4))
    assert large < 3 * small + 10_000


def calls(work: Callable[[], object]) -> int:
    """Return how many functions ``work`` calls: a measure of its time that no other program disturbs."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


# fmt: off
PIECES = [
    "# ", "## ", ":::", "::: {.a}", "::: timeline", "::: write-in", "::: statistic", "::: figure", "::: {#refs}",
    "::: {#at-a-glance}", "{#a}", "{.b}", "[@a]", "@b", "-@c", "[", "]", "(", ")", "{", "}", "{{ a }}", "{{ b }}",
    "{{a", "*", "**", "_", "`", "```", "~~~", "~", "^", "^[", "[^1]", "[^1]: x", "\n", "\n\n", "    ", "\t", "- ",
    "1. ", "> ", "Table: x", "\n: y", "<b>", "</b>", "<div>", "<script>", "<!--", "&amp;", "\\", "!", "![a](b.png)",
    "![](x)", "http://x", "<http://x>", "--", "...", "'", "\"", "5 mg", "; ", ", p. 3", "é", "\u202e", "---", "---\n",
    "title: x\n", "a: [", "&a", "*a", "::: {when=\"a == 'b'\"}", "::: {when=\"a ==\"}", "[x]{when=\"a\"}", "\r\n",
    "\u0000", "=", "$", "%", "[]{.icon-a}", "[x](#y)", "[x](javascript:y)", "[x]: y", "Term\n: def",
    "| a | b |\n|---|---|\n", "|",
]
# fmt: on


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40), front=st.booleans())
def test_whatever_is_written_gives_a_document_or_located_problems(
    pieces: list[str], front: bool, workspace: Path
) -> None:
    opening = "---\ntitle: T\nfields: {a: b}\n---\n" if front else ""
    assert outcome(workspace, opening + "".join(pieces)) == "as expected"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "title",
                    "author",
                    "date",
                    "lang",
                    "url",
                    "doi",
                    "isbn",
                    "keywords",
                    "cite",
                    "contact",
                    "fields",
                    "references",
                    "nocite",
                    "further-reading",
                    "bibliography",
                    "cover",
                    "csl",
                    "copyright",
                    "affiliation",
                    "x",
                ]
            ),
            st.sampled_from(
                [
                    "a",
                    "1",
                    "true",
                    "~",
                    "[]",
                    "{}",
                    "[a, b]",
                    "{a: b}",
                    "[[a]]",
                    "[{}]",
                    "{name: {a: b}}",
                    "{name: [a]}",
                    "|",
                    "&a [*a]",
                    "*a",
                    "!x y",
                    "'",
                    '"',
                    "@",
                    "`",
                    "- ",
                    "{text: [a]}",
                    "[~]",
                    "{show: 1}",
                    "\t",
                    "{styles: {}}",
                ]
            )
            | st.text(max_size=6),
        ),
        max_size=5,
    )
)
def test_whatever_the_front_matter_says_gives_metadata_or_located_problems(
    lines: list[tuple[str, str]], workspace: Path
) -> None:
    front = "".join(f"{key}: {value}\n" for key, value in lines)
    assert outcome(workspace, f"---\ntitle: T\n{front}---\n") == "as expected"
