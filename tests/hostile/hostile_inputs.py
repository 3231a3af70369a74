"""The hostile inputs: workspaces that want too much, lie about themselves, or are nonsense; each with its command."""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeAlias

REPOSITORY = Path(__file__).parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {0}>{1}</svg>'
FRONT = "---\ntitle: Harmless\nlang: en-GB\nlayout: handout-a4\nstyle: editorial\n"
BATCH = ("batch", "source/x.md", "--dry-run")
BUILD_ROWS = ("batch", "source/x.md", "--data", "a.csv", "--format", "text")
FIELD = 'fields:\n  who: ""\n'
ITEM = "@book{a, title={T}, author={A, B}, year=2001}"
CSL = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id>'
    "<updated>2020-01-01T00:00:00Z</updated></info>{0}<citation><layout>{1}</layout></citation>"
    "<bibliography><layout>{1}</layout></bibliography></style>"
)
LAYOUT = """description = "x"
family = "handout"
bleed = 3
[sheet]
width = 210
height = 297
[fold]
kind = "none"
[fit]
smallest = 0.9
largest = 1
minimum-points = 8
[type]
body = 12
line = 15
small = 10
fine = 9
lead = 13
title = 30
heading = 18
phone = 18
subtitle = 16
[[panel]]
name = "page"
margins = [16, 16, 20, 16]
repeats = true
holds = ["cover", "at-a-glance", "body", "author", "references", "further-reading", "related", "cite", "end-plate"]
"""
HUGE = "{huge}"
"""The place of a cell of 300 MB."""
BUILD = ("build", "source/x.md", "--format", "pdf", "--format", "html")


class Special(StrEnum):
    """A file that is none."""

    FIFO = "pipe"
    FOLDER = "folder"
    SOCKET = "socket"


FIFO, FOLDER, SOCKET = Special
Made: TypeAlias = Callable[[int], bytes]
"""A maker of a content that is large or compressed: called when it is needed, with the port of the listening socket."""
Content: TypeAlias = bytes | str | Path | Special | Made
"""The content of a file; a ``Path`` is the target of a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A workspace, and the command that is run in it."""

    kind: str
    name: str
    files: Mapping[str, Content]
    command: tuple[str, ...] = BUILD
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the command's environment; "{root}" in them is the workspace, "{port}" the listening socket."""
    is_quick: bool = False
    """True if it is tried at every change."""


def all_inputs() -> tuple[Input, ...]:
    """Return every input, in the order of the table."""
    makers = (
        *(front_matter, markdown, nesting, long_runs, svg, pictures, html, bibliographies, json_references, csl),
        *(toml, templates, css, data, databases, workbooks, plans, pdfs, names, links, commands),
    )
    from command_inputs import command_inputs
    from content_inputs import content_inputs
    from document_inputs import document_inputs
    from file_inputs import file_inputs
    from machine_inputs import machine_inputs
    from more_inputs import more_inputs

    return (
        *(found for make in makers for found in make()),
        *more_inputs(),
        *document_inputs(),
        *command_inputs(),
        *file_inputs(),
        *machine_inputs(),
        *content_inputs(),
    )


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def with_source(
    kind: str,
    name: str,
    *,
    front: str = "",
    body: str = "Words.",
    files: Mapping[str, Content] | None = None,
    command: tuple[str, ...] = BUILD,
    environment: Mapping[str, str] | None = None,
    quick: bool = False,
) -> Input:
    """Return an input whose source has a body and a front matter, which overrides keys of the usual one."""
    keys = {line.partition(":")[0] for line in front.split("\n")}
    usual = "".join(line for line in FRONT.splitlines(keepends=True) if line.partition(":")[0] not in keys)
    given = {"source/x.md": f"{usual}{front}---\n\n## Part\n\n{body}\n", **(files or {})}
    return Input(kind=kind, name=name, files=given, command=command, environment=environment or {}, is_quick=quick)


def with_rows(
    kind: str,
    name: str,
    files: Mapping[str, Content],
    *options: str,
    body: str = "{{ who }}",
    command: tuple[str, ...] | None = None,
    quick: bool = False,
) -> Input:
    """Return an input of a batch whose rows, in the first of the files, give a value to the field ``who`` of its source."""
    line = (*(command or (*BATCH, "--data", next(iter(files)))), *options)
    return with_source(kind, name, front=FIELD, body=body, files=files, command=line, quick=quick)


def front_matter() -> Iterator[Input]:
    raw = {
        "anchors that double": "a: &a [x,x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)),
        "a thousand brackets": f"fields: {'[' * 1000}{']' * 1000}\n",
        "a hundred thousand brackets": f"fields: {'[' * 100_000}\n",
        "five thousand levels of maps": "fields:\n" + "".join(f"{' ' * i}a:\n" for i in range(1, 600)),
        "a tag that runs code": "fields: !!python/object/apply:os.system [id]\n",
        "a number of 10,000 digits": f"edition: {'9' * 10_000}\n",
        "a date of the year 99999": "date: 99999-01-01\n",
        "an infinite number": "edition: .inf\n",
        "a binary value": "edition: !!binary aGFsbG8=\n",
        "a merge of itself": "fields: &a\n  <<: *a\n",
        "a list for the language": "lang: [en, de]\n",
        "a map for the authors": "authors: {a: {b: {c: d}}}\n",
        "20,000 authors": "authors:\n" + "".join(f"- {{family: F{i}, given: G}}\n" for i in range(20_000)),
        "5,000 fields": "fields:\n" + "".join(f"  f{i}: v\n" for i in range(5_000)),
        "keys with escape codes": '"a\\e[31mred\\a": 1\n',
        "a key of 100,000 letters": f"{'k' * 100_000}: 1\n",
        "direction marks in a key": '"a\\u202eb": 1\n',
        "a layout that is a path": "layout: ../../etc\n",
        "a style that is a path": "style: /etc\n",
        "a style of citations that is a path": "csl: ../../secret.csl\n",
        "a bibliography outside": "bibliography: ../../secret.txt\n",
        "a bibliography that is a device": "bibliography: /dev/zero\n",
        "a bibliography that is a folder": "bibliography: .\n",
        "a cover that is a device": "cover: /dev/urandom\n",
        "a cover outside": "cover: ../../secret.svg\n",
        "a link that runs a script": "url: javascript:alert(1)\n",
        "an address of 100,000 letters": f"url: https://example.org/{'a' * 100_000}\n",
        "a condition with 10,000 parts": f"strict: {' and '.join(['a'] * 10_000)}\n",
        "all is null": "title: null\nauthors: null\nfields: null\nbibliography: null\ncite: null\n",
    }
    for name, front in raw.items():
        yield with_source(
            "front matter",
            name,
            front=front,
            quick=name
            in {
                "a thousand brackets",
                "keys with escape codes",
                "a bibliography that is a device",
            },
        )
    for name, letters in {
        "a title of 100,000 letters": "t" * 100_000,
        "a title of 20,000 words": "word " * 20_000,
    }.items():
        text = f"---\ntitle: {letters}\nlayout: handout-a4\n---\n\nWords.\n"
        yield Input(kind="front matter", name=name, files={"source/x.md": _text(text)})
    for name, data in {
        "nothing at all": b"",
        "only a NUL": b"\0",
        "only a byte order mark": b"\xef\xbb\xbf",
        "half a character": b"---\ntitle: a\xc3\n---\n",
        "UTF-16": "---\ntitle: a\n---\n".encode("utf-16"),
        "a megabyte of noise": bytes((i * 7919 + i // 251) % 256 for i in range(1_000_000)),
        "only dashes": b"---\n" * 50_000,
        "a list as front matter": b"---\n- a\n- b\n---\nWords.\n",
        "a number as front matter": b"---\n17\n---\nWords.\n",
    }.items():
        yield Input(kind="front matter", name=name, files={"source/x.md": data})


def nesting() -> Iterator[Input]:
    for count in (100, 5_000):
        shapes = {
            "quotes": "> " * count + "a",
            "lists": "".join(f"{'  ' * i}- a\n" for i in range(count if count < 1000 else 800)),
            "brackets of links": "[" * count + "a" + "](b)" * count,
            "emphasis": "*a **b " * count,
            "divs": "".join(f"{':' * (count - i + 3)} {{.note}}\n" for i in range(min(count, 900))) + "a\n",
            "spans": "[" * count + "a" + "]{.b}" * count,
            "HTML elements": "<div>" * count + "a" + "</div>" * count,
            "HTML elements in a line": "a " + "<b>" * count + "a" + "</b>" * count,
            "footnotes": "^[" * count + "a" + "]" * count,
            "citations": "[@a [" * count + "]" * count,
            "formulas": f"${'{' * count}a{'}' * count}$",
            "fractions": "$" + "\\frac{" * count + "a" + "}{b}" * count + "$",
            "tables in cells": "+---+\n| " * count,
            "directives": "".join(f"{'`' * (i + 3)}{{note}}\n" for i in range(min(count, 500), 0, -1)) + "a\n",
        }
        for name, body in shapes.items():
            yield with_source(
                "nesting",
                f"{count:,} levels of {name}",
                body=body,
                quick=count == 5000 and name in {"quotes", "brackets of links"},
            )


def long_runs() -> Iterator[Input]:
    for sign in (
        "[",
        "]",
        "`",
        "_",
        "*",
        "~",
        "^",
        "$",
        "!",
        "(",
        "<",
        ">",
        "&",
        "\\",
        "|",
        ":",
        "{",
        "#",
        "-",
        "@",
        "'",
        '"',
        "=",
        "\u0301",
    ):
        name = "a combining accent" if sign == "\u0301" else sign.replace("|", "&#124;")
        yield with_source("long runs", f"30,000 times {name}", body=f"a{sign * 30_000}b", quick=sign == "\u0301")
    pairs = {
        "`a ": 1,
        "_a* ": 1,
        "[a][": 1,
        "![a](": 1,
        "<a ": 1,
        "$a$ ": 1,
        "a_b": 1,
        "~a^": 1,
        "[@a": 1,
        "{{a": 1,
        "'a\"": 1,
        "<!--": 1,
        "[^a]": 1,
    }
    for pair in pairs:
        yield with_source("long runs", f"10,000 times {pair.replace('|', '')}", body=pair * 10_000)


def markdown() -> Iterator[Input]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    bodies = {
        "a word of 10,000 letters": letters * 400,
        "twenty words of 10,000 letters": " ".join([letters * 400] * 20),
        "a word of 10,000 letters and signs": "ab-c/d." * 1500,
        "500 footnotes in a paragraph": " ".join(f"a[^{i}]" for i in range(500))
        + "\n\n"
        + "\n\n".join(f"[^{i}]: Note {i}." for i in range(500)),
        "500 inline footnotes": "word^[note] " * 500,
        "a footnote within itself": "a[^1]\n\n[^1]: b[^1]",
        "footnotes in a circle": "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]",
        "5,000 headings": "\n\n".join(f"### H{i}" for i in range(5_000)),
        "a table of 300 columns": "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n|" + "b|" * 300,
        "a table of 3,000 rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * 3_000,
        "5,000 definitions of links": "\n".join(f"[a{i}]: http://b/{i}" for i in range(5_000)) + "\n\n[a1]",
        "5,000 links of one definition": "[a]: http://b\n\n" + "[a] " * 5_000,
        "a field in a field": "{{ a.{{ b }} }}",
        "a field that is not there": "{{ nobody.knows }}",
        "a field of dunder names": "{{ ''.__class__.__mro__ }}",
        "a condition of 5,000 parentheses": '::: {when="' + "(" * 5_000 + '"}\na\n:::',
        "a list that begins at 10^18": "999999999999999999. a",
        "an attribute of 100,000 letters": "[a]{." + "b" * 100_000 + "}",
        "5,000 attributes": "[a]{" + " ".join(f"k{i}=v" for i in range(5_000)) + "}",
        "a code block without an end": "```\n" + "a\n" * 20_000,
        "a picture on the web": "![a](http://127.0.0.1:{port}/x.png)",
        "a picture by a file address": "![a](file:///etc/passwd)",
        "a picture outside": "![a](../../secret.svg)",
        "a picture that is a device": "![a](/dev/zero)",
        "2,000 pictures that are not there": "![a](b.png)\n\n" * 2_000,
        "an included file that includes": ":::{include} x.md\n:::",
        "control characters": "a\x1b[31mb\x07c",
        "direction marks": "a\u202eb\u2066c",
        "a formula of 30,000 letters": f"${'a' * 30_000}$",
        "a formula that defines itself": r"$\def\a{\a\a}\a$",
        "a formula that reads a file": r"$\input{/etc/passwd}$",
        "a matrix of 10,000 cells": "$$\\begin{matrix}" + "a&" * 10_000 + "\\end{matrix}$$",
        "a picture a kilometre wide": "![a](a.svg){width=1000000mm}",
        "a picture of a negative size": "![a](a.svg){width=-5mm height=0}",
    }
    picture = {"source/a.svg": SVG.format('viewBox="0 0 9 9"', '<rect width="9" height="9"/>')}
    for name, body in bodies.items():
        yield with_source(
            "Markdown",
            name,
            body=body,
            files=picture,
            quick=name
            in {
                "a footnote within itself",
                "a formula that defines itself",
                "a picture that is a device",
            },
        )


def svg() -> Iterator[Input]:
    uses = "".join(f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 10 + "</g>" for i in range(9))
    drawings = {
        "uses that multiply": SVG.format(
            'viewBox="0 0 9 9"', f'<g id="a0"><rect width="1" height="1"/></g>{uses}<use href="#a9"/>'
        ),
        "uses that multiply by xlink": SVG.format(
            'viewBox="0 0 9 9"',
            f'<defs><g id="a0"><rect width="1" height="1"/></g>{uses.replace("href", "xlink:href")}</defs><use xlink:href="#a9"/>',
        ),
        "a use of itself": SVG.format('viewBox="0 0 9 9"', '<g id="a"><use href="#a"/></g>'),
        "uses in a circle": SVG.format(
            'viewBox="0 0 9 9"', '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
        ),
        "a pattern of itself": SVG.format(
            'viewBox="0 0 9 9"',
            '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/>',
        ),
        "a pattern of tiny tiles": SVG.format(
            'viewBox="0 0 1000000 1000000"',
            '<pattern id="p" width="0.0001" height="0.0001" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern><rect width="1000000" height="1000000" fill="url(#p)"/>',
        ),
        "a mask of itself": SVG.format(
            'viewBox="0 0 9 9"',
            '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>',
        ),
        "a clip of itself": SVG.format(
            'viewBox="0 0 9 9"',
            '<clipPath id="c"><rect clip-path="url(#c)" width="9" height="9"/></clipPath><rect clip-path="url(#c)" width="9" height="9"/>',
        ),
        "a marker of itself": SVG.format(
            'viewBox="0 0 9 9"',
            '<marker id="m"><path d="M0 0L1 1" marker-end="url(#m)"/></marker><path d="M0 0L1 1" marker-end="url(#m)"/>',
        ),
        "a gradient of itself": SVG.format(
            'viewBox="0 0 9 9"', '<linearGradient id="g" href="#g"/><rect width="9" height="9" fill="url(#g)"/>'
        ),
        "10,000 gradients": SVG.format(
            'viewBox="0 0 9 9"',
            "".join(
                f'<linearGradient id="g{i}"><stop offset="0"/></linearGradient><rect width="9" height="9" fill="url(#g{i})"/>'
                for i in range(10_000)
            ),
        ),
        "a gradient that repeats a million times": SVG.format(
            'viewBox="0 0 9 9"',
            '<linearGradient id="g" x1="0" x2="0.0000001" spreadMethod="repeat"><stop offset="0"/><stop offset="1" stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>',
        ),
        "a radial gradient that repeats": SVG.format(
            'viewBox="0 0 9 9"',
            '<radialGradient id="g" r="0.00000001" spreadMethod="reflect"><stop offset="0"/><stop offset="1" stop-color="red"/></radialGradient><rect width="9" height="9" fill="url(#g)"/>',
        ),
        "a view box of 10^12": SVG.format('viewBox="0 0 1e12 1e12"', "<rect width='1e12' height='1e12'/>"),
        "a view box of 10^308": SVG.format('viewBox="0 0 1e308 1e308"', "<rect width='1e308' height='1e308'/>"),
        "a view box of nothing": SVG.format('viewBox="0 0 0 0"', "<rect width='1' height='1'/>"),
        "a view box of words": SVG.format('viewBox="a b c d"', "<rect width='1' height='1'/>"),
        "a width of 10^9": SVG.format('width="1000000000" height="1000000000"', "<rect width='1' height='1'/>"),
        "a matrix of 10^9": SVG.format(
            'viewBox="0 0 9 9"', "<g transform='matrix(1e9 0 0 1e9 0 0)'><text font-size='1e9'>a</text></g>"
        ),
        "a matrix that folds all to a line": SVG.format(
            'viewBox="0 0 9 9"', "<g transform='matrix(0 0 0 0 0 0)'><rect width='1' height='1'/></g>"
        ),
        "a transform of nonsense": SVG.format(
            'viewBox="0 0 9 9"', "<g transform='rotate() scale(a) matrix(1)'><rect width='1' height='1'/></g>"
        ),
        "2,000 levels of groups": SVG.format('viewBox="0 0 9 9"', "<g>" * 2_000 + "</g>" * 2_000),
        "200 levels of groups": SVG.format(
            'viewBox="0 0 9 9"', "<g opacity='.5'>" * 200 + "<rect width='1' height='1'/>" + "</g>" * 200
        ),
        "a path of 300,000 points": SVG.format('viewBox="0 0 9 9"', f'<path d="M0 0{"L1 1" * 300_000}"/>'),
        "a path of nonsense": SVG.format('viewBox="0 0 9 9"', '<path d="M0 A a b c z 1e999 -- .."/>'),
        "dashes of almost nothing": SVG.format(
            'viewBox="0 0 9 9"', '<path d="M0 0H9" stroke="#000" stroke-dasharray="0.0000001"/>'
        ),
        "a hundred thousand shapes": SVG.format('viewBox="0 0 9 9"', '<rect width="1" height="1"/>' * 100_000),
        "entities that multiply": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + SVG.format("", "<text>&b;</text>"),
        "an entity outside": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + SVG.format("", "<text>&a;</text>"),
        "a script": SVG.format("", "<script>alert(1)</script>"),
        "a script on loading": SVG.format('onload="alert(1)"', ""),
        "an image on the web": SVG.format("", '<image href="http://127.0.0.1:{port}/x.png"/>'),
        "an image outside": SVG.format("", '<image href="../../secret.svg"/>'),
        "an image in itself by data": SVG.format(
            "", f'<image href="data:image/svg+xml;base64,{base64.b64encode(b"<svg/>").decode()}"/>'
        ),
        "a style sheet on the web": SVG.format("", "<style>@import url(http://127.0.0.1:{port}/x.css);</style>"),
        "a style of 10,000 levels": SVG.format('viewBox="0 0 9 9"', "<style>" + "a{" * 10_000 + "</style>"),
        "a font size of 10^9": SVG.format('viewBox="0 0 9 9"', '<text font-size="1000000000">a</text>'),
        "a text of 100,000 letters": SVG.format('viewBox="0 0 9 9"', f"<text>{'a' * 100_000}</text>"),
        "a text along a path of itself": SVG.format(
            'viewBox="0 0 9 9"',
            '<path id="p" d="M0 0L9 9"/><text><textPath href="#p">a<textPath href="#p">b</textPath></textPath></text>',
        ),
        "no XML": "<svg",
        "nothing": "",
        "half of it": SVG.format("", "<g>")[:90],
        "a size that is no number": SVG.format('width="nan" height="inf"', ""),
        "filters": SVG.format(
            'viewBox="0 0 9 9"',
            '<filter id="f"><feTurbulence baseFrequency="1e9" numOctaves="99999"/></filter><rect filter="url(#f)" width="9" height="9"/>',
        ),
    }
    for name, drawing in drawings.items():
        quick = name in {
            "uses that multiply",
            "a view box of 10^12",
            "a use of itself",
            "2,000 levels of groups",
            "a matrix of 10^9",
        }
        yield with_source("SVG", name, body="![a](a.svg)", files={"source/a.svg": drawing}, quick=quick)
    bomb = drawings["uses that multiply"]
    yield with_source("SVG", "uses that multiply, as cover", front="cover: a.svg\n", files={"source/a.svg": bomb})
    yield with_source(
        "SVG", "uses that multiply, as art", front="art-outside: a.svg\nlayout-x: 1\n", files={"source/a.svg": bomb}
    )
    yield with_source(
        "SVG", "uses that multiply, as logo", files={"a.svg": bomb, "leaflet.toml": '[organisation]\nlogo = "a.svg"\n'}
    )


def packed(part: bytes, size: int) -> bytes:
    """Return ``part`` repeated up to ``size`` bytes and compressed, without holding it all."""
    packer, block = zlib.compressobj(9), part * (1_000_000 // len(part))
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def png(width: int, height: int, data: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pictures() -> Iterator[Input]:
    whole = png(8, 8, zlib.compress(b"\0" * 72))
    found: dict[str, tuple[str, Content]] = {
        "a PNG of 60,000 by 60,000": ("a.png", png(60_000, 60_000, zlib.compress(b"\0" * 1000))),
        "a PNG of 2^31 by 2^31": ("a.png", png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0"))),
        "a PNG of nothing": ("a.png", png(0, 0, zlib.compress(b""))),
        "a PNG that grows to 300 MB": ("a.png", lambda _: png(17_000, 17_000, packed(b"\0", 300_000_000))),
        "half a PNG": ("a.png", whole[:60]),
        "a PNG of noise": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        "a JPEG of noise": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40),
        "a GIF of 65,535 by 65,535": ("a.gif", b"GIF89a\xff\xff\xff\xff\xf0\0\0" + b"\0" * 20),
        "a WebP of noise": ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(range(256))),
        "an AVIF of noise": ("a.avif", b"\0\0\0\x20ftypavif" + bytes(range(256))),
        "a PDF of noise": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        "a PDF in the form of a PNG": ("a.pdf", whole),
        "a file of nothing": ("a.png", b""),
        "a text called PNG": ("a.png", b"words"),
    }
    for name, (file, content) in found.items():
        yield with_source(
            "pictures",
            name,
            body=f"![a]({file})",
            files={f"source/{file}": content},
            quick=name in {"half a PNG", "a PNG of 60,000 by 60,000"},
        )


def html() -> Iterator[Input]:
    bodies = {
        "a cell over 10^8 columns": "<table><tr><td colspan=100000000>a</td></tr></table>",
        "a cell over 10^8 rows": "<table><tr><td rowspan=100000000>a</td></tr></table>",
        "a group of 10^8 columns": "<table><colgroup span=100000000></colgroup><tr><td>a</td></tr></table>",
        "a column over 10^8": "<table><col span=100000000><tr><td>a</td></tr></table>",
        "a cell over 1,000 by 1,000": "<table><tr><td colspan=1000 rowspan=1000>a</td></tr></table>",
        "300 cells over 1,000 columns": "<table><tr>" + "<td colspan=1000>a</td>" * 300 + "</tr></table>",
        "a span of -1": "<table><tr><td colspan=-1 rowspan=-1>a</td></tr></table>",
        "a span of words": "<table><tr><td colspan=a>a</td></tr></table>",
        "a list that begins at 10^20": "<ol start=100000000000000000000><li>a</li></ol>",
        "a script": "<script>alert(1)</script>",
        "an image on the web": '<img src="http://127.0.0.1:{port}/x.png" alt="a">',
        "an image that fails on purpose": "<img src=x onerror=alert(1)>",
        "a frame": '<iframe src="file:///etc/passwd"></iframe>',
        "a style of its own": '<p style="background:url(http://127.0.0.1:{port}/x)">a</p>',
        "a width of 10^9": '<img src="a.svg" alt="a" width="1000000000">',
        "a link element": '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
        "5,000 attributes": "<p " + " ".join(f"a{i}=b" for i in range(5_000)) + ">a</p>",
        "an element of 100,000 letters": f"<{'a' * 100_000}>",
        "a comment without an end": "<!--" + "a" * 50_000,
        "3,000 levels of tables": "<table><tr><td>" * 3_000,
        "200 levels of tables": "<table><tr><td>" * 200 + "a" + "</td></tr></table>" * 200,
    }
    picture = {"source/a.svg": SVG.format('viewBox="0 0 9 9"', "")}
    for name, body in bodies.items():
        yield with_source("HTML", name, body=body, files=picture, quick="10^8" in name or "3,000 levels" in name)


def bibliographies() -> Iterator[Input]:
    doubling = '@string{a0 = "aaaaaaaaaa"}\n' + "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(40))
    bibs = {
        "strings that double": doubling + "@book{a, title = a40, year = 2001}",
        "a string of itself": "@string{a = a}\n@book{a, title = a, year = 2001}",
        "5,000 braces": "@book{a, title = {" + "{" * 5_000 + "a" + "}" * 5_000 + "}, year = 2001}",
        "a brace without an end": "@book{a, title = {" + "a" * 100_000,
        "a name of 10,000 authors": "@book{a, title = {T}, author = {"
        + " and ".join(["A, B"] * 10_000)
        + "}, year = 2001}",
        "a title of 100,000 letters": "@book{a, title = {" + "a" * 100_000 + "}, year = 2001}",
        "a year of 10,000 digits": "@book{a, title = {T}, year = " + "9" * 10_000 + "}",
        "a parent of itself": "@book{a, title = {T}, crossref = {a}}",
        "parents in a circle": "@book{a, crossref = {b}}\n@book{b, crossref = {a}}",
        "1,000 parents in a row": "".join(f"@book{{a{i or ''}, crossref = {{a{i + 1}}}}}\n" for i in range(1_000)),
        "5,000 commands": "@book{a, title = {" + "\\textbf{" * 5_000 + "}" * 5_000 + "}}",
        "keys with escape codes": "@book{a\x1b[31m, title = {T}}\n" + ITEM,
        "5,000 references": "".join(f"@book{{k{i}, title = {{T{i}}}, year = 2001}}\n" for i in range(5_000)) + ITEM,
        "only at signs": "@" * 50_000,
        "NUL": "@book{a, title = {\0}}",
        "a command that reads a file": "@book{a, title = {\\input{/etc/passwd}}}",
    }
    for name, text in bibs.items():
        yield with_source(
            "BibTeX",
            name,
            front="bibliography: a.bib\n",
            body="A [@a].",
            files={"source/a.bib": text},
            quick=name in {"strings that double", "parents in a circle", "5,000 braces"},
        )
    ris = {
        "no end": "TY  - BOOK\nTI  - T\n" * 3_000,
        "a line of 500,000 letters": f"TY  - BOOK\nTI  - {'a' * 500_000}\nER  - \n",
        "20,000 authors": "TY  - BOOK\nID  - a\n" + "AU  - A, B\n" * 20_000 + "ER  - \n",
        "a year of words": "TY  - BOOK\nID  - a\nPY  - " + "x" * 10_000 + "\nER  - \n",
        "tags only": "TY  - \n" * 10_000,
        "an unknown type of 10,000 letters": f"TY  - {'B' * 10_000}\nID  - a\nER  - \n",
    }
    for name, text in ris.items():
        yield with_source("RIS", name, front="bibliography: a.ris\n", body="A [@a].", files={"source/a.ris": text})


def json_references() -> Iterator[Input]:
    one = {"id": "a", "type": "book", "title": "T"}
    texts = {
        "100,000 brackets": "[" * 100_000,
        "5,000 objects in each other": '{"a":' * 5_000 + "1" + "}" * 5_000,
        "a lone surrogate": '[{"id": "a", "type": "book", "title": "\\ud800"}]',
        "a number of 10,000 digits": f'[{{"id": "a", "type": "book", "edition": {"9" * 10_000}}}]',
        "NaN": '[{"id": "a", "type": "book", "edition": NaN}]',
        "a date of lists": json.dumps([{**one, "issued": {"date-parts": [[[[2001]]]]}}]),
        "a date of the year 10^30": json.dumps([{**one, "issued": {"date-parts": [[10**30, 99, 99]]}}]),
        "a month of -1": json.dumps([{**one, "issued": {"date-parts": [[2001, -1]]}}]),
        "authors that are numbers": json.dumps([{**one, "author": [1, None, True, "x"]}]),
        "a title that is an object": json.dumps([{**one, "title": {"a": 1}}]),
        "20,000 quotes in a title": json.dumps([{**one, "title": '"' * 20_000}]),
        "nested quotes": json.dumps([{**one, "title": "“" * 3_000 + "a" + "”" * 3_000}]),
        "nested markup": json.dumps([{**one, "title": "<i>" * 3_000 + "a" + "</i>" * 3_000}]),
        "markup without an end": json.dumps([{**one, "title": '<span class="nocase">' * 3_000}]),
        "a script in a title": json.dumps([{**one, "title": "<script>alert(1)</script>"}]),
        "escape codes": json.dumps([{**one, "id": "a\x1b[31m"}]),
        "3,000 times one key": json.dumps([one] * 3_000),
        "no list": "17",
        "null": "[null]",
    }
    for name, text in texts.items():
        yield with_source(
            "CSL-JSON",
            name,
            front="bibliography: a.json\n",
            body="A [@a].",
            files={"source/a.json": text},
            quick=name in {"100,000 brackets", "a lone surrogate", "a number of 10,000 digits"},
        )


def csl() -> Iterator[Input]:
    doubling = "".join(f'<macro name="m{i + 1}">' + f'<text macro="m{i}"/>' * 10 + "</macro>" for i in range(9))
    styles = {
        "macros that multiply": CSL.format(
            f'<macro name="m0"><text variable="title"/></macro>{doubling}', '<text macro="m9"/>'
        ),
        "a macro of itself": CSL.format('<macro name="m"><text macro="m"/></macro>', '<text macro="m"/>'),
        "macros in a circle": CSL.format(
            '<macro name="m"><text macro="n"/></macro><macro name="n"><text macro="m"/></macro>', '<text macro="m"/>'
        ),
        "1,000 macros in a row": CSL.format(
            "".join(f'<macro name="m{i}"><text macro="m{i + 1}"/></macro>' for i in range(1_000))
            + '<macro name="m1000"><text variable="title"/></macro>',
            '<text macro="m0"/>',
        ),
        "2,000 groups": CSL.format("", "<group>" * 2_000 + '<text variable="title"/>' + "</group>" * 2_000),
        "200 groups": CSL.format("", "<group>" * 200 + '<text variable="title"/>' + "</group>" * 200),
        "a prefix of a megabyte": CSL.format("", f'<text variable="title" prefix="{"a" * 1_000_000}"/>'),
        "entities that multiply": '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + CSL.format("", '<text value="&b;"/>'),
        "an entity outside": '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + CSL.format("", '<text value="&a;"/>'),
        "a parent on the web": CSL.format("", "").replace(
            "</info>", '<link rel="independent-parent" href="http://127.0.0.1:{port}/x"/></info>'
        ),
        "no macro of that name": CSL.format("", '<text macro="nobody"/>'),
        "et al. of 10^30": CSL.format(
            "", f'<names variable="author"><name et-al-min="{10**30}" et-al-use-first="{10**30}"/></names>'
        ),
        "no XML": "<style",
        "nothing": "",
        "another XML": "<svg/>",
        "20,000 macros": CSL.format(
            "".join(f'<macro name="m{i}"><text value="a"/></macro>' for i in range(20_000)), '<text macro="m1"/>'
        ),
        "10,000 sort keys": CSL.format("", '<text variable="title"/>').replace(
            "<bibliography>", "<bibliography><sort>" + '<key variable="title"/>' * 10_000 + "</sort>"
        ),
    }
    for name, style in styles.items():
        yield with_source(
            "CSL",
            name,
            front="csl: mine\nbibliography: a.bib\n",
            body="A [@a].",
            files={"source/a.bib": ITEM, "styles/citations/mine.csl": style},
            quick=name
            in {
                "macros that multiply",
                "a macro of itself",
                "2,000 groups",
                "1,000 macros in a row",
                "a prefix of a megabyte",
            },
        )


def toml() -> Iterator[Input]:
    broken = {
        "10,000 brackets": f"a = {'[' * 10_000}",
        "10,000 tables in each other": "a = " + "{b = " * 10_000,
        "a key of 3,000 parts": ".".join(["a"] * 3_000) + " = 1",
        "a number of 10,000 digits": f"bleed = {'9' * 10_000}",
        "a byte order mark": "\ufeffa = 1",
        "a day that is none": "a = 2001-99-99",
        "NUL": "a = \0",
        "half a text": 'a = "',
        "not UTF-8": b"a = '\xff'",
        "escape codes in a key": '"a\\u001b[31m" = 1',
    }
    for name, text in broken.items():
        yield with_source(
            "leaflet.toml", name, files={"leaflet.toml": text}, quick=name in {"10,000 brackets", "a byte order mark"}
        )
        yield with_source(
            "layout.toml",
            name,
            front="layout: mine\n",
            files={
                "layouts/mine/layout.toml": text,
                "source/x.md": FRONT.replace("handout-a4", "mine") + "---\n\nWords.\n",
            },
            quick=name == "10,000 brackets",
        )
        yield with_source(
            "style.toml",
            name,
            files={
                "styles/mine/style.toml": text,
                "styles/mine/style.css": "",
                "source/x.md": FRONT.replace("editorial", "mine") + "---\n\nWords.\n",
            },
        )
    changes = {
        "a sheet of 10^9 mm": ("width = 210", "width = 1000000000"),
        "a sheet of nothing": ("width = 210", "width = 0"),
        "a sheet that is infinite": ("width = 210", "width = inf"),
        "a sheet that is no number": ("width = 210", "width = nan"),
        "a sheet of words": ("width = 210", 'width = "wide"'),
        "a sheet of minus 5": ("width = 210", "width = -5"),
        "type of 10^9 points": ("body = 12", "body = 1000000000"),
        "type of no points": ("body = 12", "body = 0"),
        "a fit of 10^9": ("largest = 1\n", "largest = 1000000000\n"),
        "a fit of nothing": ("smallest = 0.9", "smallest = 0"),
        "margins wider than the page": ("[16, 16, 20, 16]", "[500, 500, 500, 500]"),
        "margins of words": ("[16, 16, 20, 16]", '["a"]'),
        "a bleed of 10^9": ("bleed = 3", "bleed = 1000000000"),
        "a fold of no kind": ('kind = "none"', 'kind = "origami"'),
        "a fold that is a table": ('kind = "none"', "kind = {a = 1}"),
        "10,000 panels": (
            "[[panel]]",
            '[[panel]]\nname = "page"\nmargins = [1, 1, 1, 1]\nholds = []\n' * 10_000 + "[[panel]]",
        ),
        "10^9 sheets on the press": ("[fold]", "[press-sheet]\ncolumns = 1000000000\nrows = 1000000000\n[fold]"),
        "panels that are a number": ("[[panel]]", "panel = 3\n[other]"),
    }
    for name, (before, after) in changes.items():
        text = LAYOUT.replace(before, after, 1)
        source = FRONT.replace("handout-a4", "mine") + "---\n\nWords.\n"
        yield with_source(
            "layout.toml",
            name,
            files={"layouts/mine/layout.toml": text, "source/x.md": source},
            quick=name in {"a sheet of 10^9 mm", "a sheet that is no number"},
        )
    for name, text in {
        "limits of words": '[limits]\nseconds = "all"',
        "limits that are a number": "limits = 3",
        "a logo that is a device": '[organisation]\nlogo = "/dev/zero"',
        "a colour of words": '[organisation]\nbrand = "loud"',
        "an organisation that is a list": "organisation = [1]",
    }.items():
        yield with_source("leaflet.toml", name, files={"leaflet.toml": text})


def templates() -> Iterator[Input]:
    found = {
        "an endless loop": "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
        "a range of 10^9": "{% for i in range(1000000000) %}x{% endfor %}",
        "a text times 10^9": "{{ 'a' * 1000000000 }}",
        "a text that doubles": "{% set ns = namespace(a='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}{{ ns.a }}",
        "a power of powers": "{{ 9 ** 9 ** 9 }}",
        "a format of 10^9": "{{ '%1000000000d' % 1 }}",
        "a centre of 10^9": "{{ 'a'.center(1000000000) }}",
        "a macro of itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "an include of itself": "{% include 'panel.html.j2' %}",
        "an extension of itself": "{% extends 'panel.html.j2' %}",
        "an include outside": "{% include '../../../secret.txt' %}",
        "a division by nothing": "\n\n{{ 1 / 0 }}",
        "a name that is not there": "\n{{ nobody }}",
        "a block without an end": "\n{% if a %}",
        "a filter that is not there": "{{ 'a' | nobody }}",
        "the class of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "a call of a text": "{{ 'a'() }}",
        "3,000 parentheses": "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
        "a comparison of kinds": "{{ 'a' < 1 }}",
        "a list that grows": "{% set a = [] %}{% for i in range(100000) %}{% set _ = a.append(a) %}{% endfor %}",
        "lorem ipsum of 10^6": "{{ lipsum(n=1000000) }}",
        "a cycle of batches": "{{ range(100000) | batch(1) | list | string | length }}",
        "indent of 10^9": "{{ 'a\nb' | indent(1000000000) }}",
        "a title that is tested by itself": "{{ ('a' * 50000) | wordwrap(1) | length }}",
        "surrogates": "{{ '\\ud800' }}",
    }
    for name, text in found.items():
        source = FRONT.replace("handout-a4", "mine") + "---\n\nWords.\n"
        yield with_source(
            "templates",
            name,
            files={"layouts/mine/layout.toml": LAYOUT, "layouts/mine/panel.html.j2": text, "source/x.md": source},
            quick=name in {"a text times 10^9", "a division by nothing", "a macro of itself", "a power of powers"},
        )


def css() -> Iterator[Input]:
    sheets = {
        "10,000 blocks": "a{" * 10_000,
        "10,000 parentheses": f"a{{width:calc{'(' * 10_000}1{')' * 10_000}}}",
        "10,000 brackets": f"a{'[' * 10_000}",
        "10,000 functions": f"a:{'not(' * 10_000}b{')' * 10_000}{{}}",
        "variables that double": ":root{--a0:aaaaaaaaaa;"
        + "".join(f"--a{i + 1}:var(--a{i}) var(--a{i});" for i in range(40))
        + "}p{font-family:var(--a40)}",
        "a variable of itself": ":root{--a:var(--a)}p{color:var(--a)}",
        "a font of 10^9": "p{font-size:1000000000px}",
        "a border of 10^9": "p{border:1000000000mm solid}",
        "a page of 10^9": "@page{size:1000000000mm}",
        "a page of nothing": "@page{size:0}",
        "columns of 10^9": "section{columns:1000000000}",
        "a grid of 10^9": "body{display:grid;grid-template-columns:repeat(1000000000,1px)}",
        "a counter of 10^30": f"p{{counter-increment:a {10**30}}}p::before{{content:counter(a)}}",
        "Roman numerals of 10^9": "p{counter-reset:a 1000000000}p::before{content:counter(a,symbolic)}",
        "a background tile of almost nothing": "p{background:linear-gradient(red,blue);background-size:.0001px .0001px}",
        "a shadow of words": "p{box-shadow:a b c;text-shadow:1e99px 1e99px}",
        "an import on the web": "@import url(http://127.0.0.1:{port}/x.css);",
        "an import outside": "@import url(../../../secret.txt);",
        "a picture on the web": "p{background:url(http://127.0.0.1:{port}/x)}",
        "a font by a file address": "@font-face{font-family:a;src:url(file:///etc/passwd)}p{font-family:a}",
        "20,000 rules": "p{color:red}" * 20_000,
        "20,000 selectors": ",".join(["p"] * 20_000) + "{color:red}",
        "a selector of 3,000 parts": "div " * 3_000 + "{color:red}",
        "nested rules": "p{&" * 3_000,
        "a content of 10^6 letters": f"p::before{{content:'{'a' * 1_000_000}'}}",
        "everything floats": "*{float:left;width:1px;display:flex;position:absolute}",
        "line height of nothing": "*{line-height:0;font-size:0}",
        "a zoom of nonsense": "*{transform:scale(1e30) rotate(1e30deg);opacity:1e30}",
        "NUL": "p{color:\0}",
        "nothing but an end": "}" * 10_000,
        "letter spacing of -10^6": "p{letter-spacing:-1000000px;word-spacing:1e9px}",
        "a margin that pushes pages": "p{margin-top:99999999px}",
        "breaks before everything": "*{break-before:page!important;display:block}",
    }
    source = FRONT.replace("editorial", "mine") + "---\n\nWords.\n"
    toml_text = (Path(__file__).parents[2] / "styles/editorial/style.toml").read_text(encoding="utf-8")
    for name, sheet in sheets.items():
        yield with_source(
            "CSS",
            name,
            files={"styles/mine/style.toml": toml_text, "styles/mine/style.css": sheet, "source/x.md": source},
            quick=name in {"10,000 blocks", "a page of 10^9"},
        )


def data() -> Iterator[Input]:
    files = {
        "a CSV of only quotes": ("a.csv", '""'),
        "a CSV of nothing": ("a.csv", ""),
        "a CSV of one quote": ("a.csv", '"'),
        "a CSV of NUL": ("a.csv", "id,who\n1,\0\n"),
        "a CSV cell of a megabyte": ("a.csv", f"id,who\n1,{'a' * 1_000_000}\n"),
        "a CSV of 20,000 columns": ("a.csv", ",".join(f"c{i}" for i in range(20_000)) + "\n"),
        "a CSV with one name 5,000 times": ("a.csv", ",".join(["who"] * 5_000) + "\n"),
        "a CSV with paths as names": ("a.csv", "id,who\n../../x,a\n"),
        "a CSV with escape codes": ("a.csv", "id,who\n\x1b[31m,a\n"),
        "a CSV with twins": ("a.csv", "id,who\n1,a\n1,b\n"),
        "a CSV of 100,000 empty lines": ("a.csv", "id,who\n" + "\n" * 100_000),
        "a CSV with formulas": ("a.csv", "id,who\n1,=cmd()\n"),
        "a CSV in UTF-16": ("a.csv", "id,who\n1,a\n".encode("utf-16")),
        "a CSV of noise": ("a.csv", bytes(range(256)) * 100),
        "a JSON of 100,000 brackets": ("a.json", "[" * 100_000),
        "a JSON with a lone surrogate": ("a.json", '[{"id": "1", "who": "\\ud800"}]'),
        "a JSON with a lone surrogate as a key": ("a.json", '[{"id": "1", "who": "a", "\\ud800": "b"}]'),
        "a JSON of 10,000 digits": ("a.json", f'[{{"id": {"9" * 10_000}}}]'),
        "a JSON of infinity": ("a.json", '[{"id": Infinity, "who": NaN}]'),
        "a JSON of 3,000 objects in each other": (
            "a.json",
            '[{"id": "1", "who": ' + '{"a": ' * 3_000 + "1" + "}" * 3_000 + "}]",
        ),
        "a JSON of nested texts": ("a.json", '["' + '\\"' * 50_000 + '"]'),
        "a JSON that is a number": ("a.json", "17"),
        "JSON lines of nonsense": ("a.jsonl", "{\n" * 5_000),
        "a YAML of anchors that double": (
            "a.yaml",
            "a: &a [x,x]\n"
            + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)),
        ),
        "a YAML of 10,000 brackets": ("a.yaml", "[" * 10_000),
        "a YAML with a tag": ("a.yaml", "- !!python/object/apply:os.system [id]\n"),
        "a workbook of noise": ("a.xlsx", b"PK\x03\x04" + bytes(range(256)) * 10),
        "a database of noise": ("a.sqlite", b"SQLite format 3\0" + bytes(range(256)) * 40),
        "a database of nothing": ("a.sqlite", b""),
        "a kind that nobody knows": ("a.doc", b"words"),
    }
    for name, (file, content) in files.items():
        quick = name in {"a CSV of only quotes", "a JSON with a lone surrogate", "a JSON of 100,000 brackets"}
        yield with_rows("data", name, {file: content}, quick=quick)


def _database(*statements: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()


def databases() -> Iterator[Input]:
    endless = "WITH RECURSIVE n(id, who) AS (SELECT 1, 'a' UNION ALL SELECT id + 1, 'a' FROM n) SELECT * FROM n"
    found = {
        "a view without end": (f"CREATE VIEW rows AS {endless}",),
        "a view that never has a row": (f"CREATE VIEW rows AS SELECT * FROM ({endless}) WHERE id < 0",),
        "a view of a huge text": ("CREATE VIEW rows AS SELECT 1 AS id, printf('%900000000d', 1) AS who",),
        "a view of a huge blob": ("CREATE VIEW rows AS SELECT 1 AS id, zeroblob(900000000) AS who",),
        "a table of two thousand columns": ("CREATE TABLE rows (" + ",".join(f"c{i}" for i in range(1_999)) + ")",),
        "a view of a file": ("CREATE VIEW rows AS SELECT 1 AS id, readfile('/etc/passwd') AS who",),
        "a table with no rows": ("CREATE TABLE rows (id, who)",),
        "a table with a name of escape codes": ('CREATE TABLE "r\x1b[31m" (id, who)',),
        "a trigger": (
            "CREATE TABLE rows (id, who)",
            "INSERT INTO rows VALUES (1, 'a')",
            "CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM rows; END",
        ),
    }
    for name, statements in found.items():
        rows = {"a.sqlite": _database(*statements)}
        yield with_rows("SQLite", name, rows, "--limit", "2", quick="without end" in name)


def _workbook(sheet: str, *, shared: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        whole = f"{shared}<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>"
        before, huge, after = whole.partition(HUGE)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(before.encode())
            for _ in range(300 if huge else 0):
                stream.write(b"a" * 1_000_000)
            stream.write(after.encode())
    return made.getvalue()


def _workbook_of(sheet: str, port: int) -> bytes:
    return _workbook(sheet)


def workbooks() -> Iterator[Input]:
    def cell(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    head = f'<row r="1">{cell("A1", "id")}{cell("B1", "who")}</row>'
    sheets = {
        "one far row": head + f'<row r="1048576">{cell("A1048576", "1")}</row>',
        "one far column": head + f'<row r="2">{cell("XFD2", "1")}</row>',
        "one far cell": head + f'<row r="1048576">{cell("XFD1048576", "1")}</row>',
        "a row of 10^12": head + f'<row r="1000000000000">{cell("A1000000000000", "1")}</row>',
        "a row of -5": head + f'<row r="-5">{cell("A-5", "1")}</row>',
        "a cell that grows to 300 MB": head + f'<row r="2">{cell("A2", HUGE)}</row>',
        "no rows": "",
    }
    for name, sheet in sheets.items():
        yield with_rows("workbooks", name, {"a.xlsx": partial(_workbook_of, sheet)}, quick="far" in name)
    bomb = _workbook(head, shared='<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')
    yield with_rows("workbooks", "entities that multiply", {"a.xlsx": bomb})


def plans() -> Iterator[Input]:
    layouts = [path.parent.name for path in sorted(REPOSITORY.glob("layouts/*/layout.toml"))]
    many = f'source = "source/x.md"\ndata = "a.csv"\n[matrix]\nlayout = {json.dumps(layouts)}\nstyle = ["clear", "editorial"]'
    texts = {
        "10,000 brackets": f"a = {'[' * 10_000}",
        "a number of 10,000 digits": f"source = {'9' * 10_000}",
        "a source outside": 'source = ["../../secret.txt"]',
        "a source that is a device": 'source = ["/dev/zero"]',
        "sources that are tables": "source = [{a = 1}]",
        "a million variants": many,
        "a name that is a path": 'source = ["source/x.md"]\nname = "../../{source}"',
        "a name of itself": 'source = ["source/x.md"]\nname = "{name}{name}"',
        "data outside": 'source = ["source/x.md"]\ndata = "../secret.txt"',
        "an output that is the source": 'source = ["source/x.md"]\noutput = "source"',
        "only wrong keys": "\n".join(f"k{i} = {i}" for i in range(2_000)),
        "not UTF-8": b"a = '\xff'",
    }
    rows = "id\n" + "".join(f"{i}\n" for i in range(20_000))
    for name, text in texts.items():
        yield with_source(
            "plans",
            name,
            files={"plan.toml": text, "a.csv": rows},
            command=("batch", "plan.toml", "--dry-run"),
            quick=name == "10,000 brackets",
        )
    for name, data_ in {
        "noise": b"SQLite format 3\0" + bytes(range(256)) * 40,
        "text": b"words",
        "nothing": b"",
    }.items():
        files = {"output/.leaflet-journal.sqlite": data_, "a.csv": "id,who\n1,a\n"}
        yield with_rows("plans", f"a journal of {name}", files, command=BUILD_ROWS)


def pdf(*objects: str, trailer: str = "") -> bytes:
    """Return a PDF of numbered objects; the first is the catalogue."""
    body = "%PDF-1.7\n" + "".join(f"{i} 0 obj\n{entry}\nendobj\n" for i, entry in enumerate(objects, 1))
    return f"{body}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} {trailer} >>\n%%EOF\n".encode("latin-1")


def pdfs() -> Iterator[Input]:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"
    catalogue, tree = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    found: dict[str, Content] = {
        "10^9 declared pages": pdf(catalogue, "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", page),
        "minus one page": pdf(catalogue, "<< /Type /Pages /Kids [3 0 R] /Count -1 >>", page),
        "one page 100,000 times": pdf(
            catalogue, f"<< /Type /Pages /Kids [{'3 0 R ' * 100_000}] /Count 100000 >>", page
        ),
        "a tree of itself": pdf(catalogue, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "no pages": pdf(catalogue, "<< /Type /Pages /Kids [] /Count 0 >>"),
        "no tree": pdf("<< /Type /Catalog >>"),
        "a page of 10^9 points": pdf(catalogue, tree, page.replace("595 842", "1000000000 1000000000")),
        "a page of nothing": pdf(catalogue, tree, page.replace("595 842", "0 0")),
        "a page of words": pdf(catalogue, tree, page.replace("595 842", "/a /b")),
        "a page without a box": pdf(catalogue, tree, page.replace("/MediaBox [0 0 595 842]", "")),
        "a box of two numbers": pdf(catalogue, tree, page.replace("[0 0 595 842]", "[0 0]")),
        "a turn of 17 degrees": pdf(catalogue, tree, page.replace("/Resources", "/Rotate 17 /Resources")),
        "a turn of words": pdf(catalogue, tree, page.replace("/Resources", "/Rotate /a /Resources")),
        "contents that are a number": pdf(catalogue, tree, page.replace("/Resources", "/Contents 17 /Resources")),
        "contents that are themselves": pdf(
            catalogue, tree, page.replace("/Resources", "/Contents [3 0 R] /Resources")
        ),
        "a user unit of 10^9": pdf(catalogue, tree, page.replace("/Resources", "/UserUnit 1000000000 /Resources")),
        "a script on opening": pdf(
            catalogue.replace(">>", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"), tree, page
        ),
        "a program on opening": pdf(
            catalogue.replace(">>", "/OpenAction << /S /Launch /F (cmd.exe) >> >>"), tree, page
        ),
        "annotations that are numbers": pdf(catalogue, tree, page.replace("/Resources", "/Annots [1 2 3] /Resources")),
        "an annotation without a place": pdf(
            catalogue, tree, page.replace("/Resources", "/Annots [<< /Subtype /Link >>] /Resources")
        ),
        "bookmarks in a circle": pdf(
            catalogue.replace(">>", "/Outlines 4 0 R >>"),
            tree,
            page,
            "<< /First 5 0 R /Last 5 0 R >>",
            "<< /Title (a) /Next 5 0 R /First 5 0 R /Parent 4 0 R >>",
        ),
        "tags in a circle": pdf(
            catalogue.replace(">>", "/MarkInfo << /Marked true >> /StructTreeRoot 4 0 R >>"),
            tree,
            page,
            "<< /Type /StructTreeRoot /K 5 0 R >>",
            "<< /S /P /K [5 0 R] /P 5 0 R >>",
        ),
        "a form in a circle": pdf(
            catalogue.replace(">>", "/AcroForm << /Fields [4 0 R] >> >>"),
            tree,
            page,
            "<< /FT /Tx /T (a) /Kids [4 0 R] /Parent 4 0 R >>",
        ),
        "5,000 arrays in each other": pdf(
            catalogue, tree, page.replace("/Resources", f"/A {'[' * 5_000}{']' * 5_000} /Resources")
        ),
        "encrypted": pdf(catalogue, tree, page, trailer="/Encrypt << /Filter /Standard /V 5 /R 6 >>"),
        "half a PDF": pdf(catalogue, tree, page)[:100],
        "a PDF of noise": b"%PDF-1.7\n" + bytes(range(256)) * 100,
        "a PDF of nothing": b"",
        "a PDF of words": b"words",
        "a stream that grows to 300 MB": lambda _: _stream_bomb(catalogue, tree, page),
    }
    for name, content in found.items():
        yield Input(
            kind="impose",
            name=name,
            files={"a.pdf": content, "source/x.md": b""},
            command=("impose", "a.pdf", "--layout", "booklet-a5"),
            is_quick=name in {"10^9 declared pages", "a tree of itself", "a page of words", "half a PDF"},
        )


def _stream_bomb(catalogue: str, tree: str, page: str) -> bytes:
    data_ = packed(b"0 0 m ", 300_000_000).decode("latin-1")
    return pdf(
        catalogue,
        tree,
        page.replace("/Resources", "/Contents 4 0 R /Resources"),
        f"<< /Length {len(data_)} /Filter /FlateDecode >>\nstream\n{data_}\nendstream",
    )


def names() -> Iterator[Input]:
    for name, stem in {
        "escape codes": "a\x1b[31mb",
        "a line end": "a\nb",
        "dashes": "--help",
        "200 letters": "a" * 200,
        "direction marks": "a\u202eb",
        "a quote": "a'\"b",
        "spaces": "  ",
        "half a character": "a\udcffb",
    }.items():
        yield Input(
            kind="file names",
            name=name,
            files={f"source/{stem}.md": _text(f"{FRONT}---\n\nWords.\n")},
            command=("build", f"source/{stem}.md"),
            is_quick=name in {"escape codes", "half a character"},
        )


def links() -> Iterator[Input]:
    secret = Path("../../secret.txt")
    text = _text(f"{FRONT}---\n\nWords.\n")
    style = _text(f"{FRONT.replace('editorial', 'mine')}---\n\nWords.\n")
    layout = _text(f"{FRONT.replace('handout-a4', 'mine')}---\n\nWords.\n")
    places = {
        "leaflet.toml": ({"leaflet.toml": Path("../secret.txt")}, text),
        "style.css": ({"styles/mine/style.css": Path("../../../secret.txt"), "styles/mine/style.toml": b""}, style),
        "style.toml": ({"styles/mine/style.css": b"", "styles/mine/style.toml": Path("../../../secret.txt")}, style),
        "layout.toml": ({"layouts/mine/layout.toml": Path("../../../secret.txt")}, layout),
        "layout.css": (
            {"layouts/mine/layout.toml": _text(LAYOUT), "layouts/mine/layout.css": Path("../../../secret.txt")},
            layout,
        ),
        "a template": (
            {"layouts/mine/layout.toml": _text(LAYOUT), "layouts/mine/panel.html.j2": Path("../../../secret.txt")},
            layout,
        ),
        "a citation style": (
            {"styles/citations/mine.csl": Path("../../../secret.txt"), "source/a.bib": _text(ITEM)},
            _text(f"{FRONT}csl: mine\nbibliography: a.bib\n---\n\nA [@a].\n"),
        ),
        "a bibliography": ({"source/a.bib": secret}, _text(f"{FRONT}bibliography: a.bib\n---\n\nA [@a].\n")),
        "a picture": ({"source/a.svg": Path("../../secret.svg")}, _text(f"{FRONT}---\n\n![a](a.svg)\n")),
        "a folder of pictures": ({"source/images": Path("../..")}, _text(f"{FRONT}---\n\n![a](images/secret.svg)\n")),
        "the output": ({"output": Path("..")}, text),
        "a result": ({"output/x.pdf": Path("../../secret.txt")}, text),
        "a picture that is a device": ({"source/a.svg": Path("/dev/zero")}, _text(f"{FRONT}---\n\n![a](a.svg)\n")),
        "a link of itself": ({"source/a.svg": Path("a.svg")}, _text(f"{FRONT}---\n\n![a](a.svg)\n")),
        "the source": ({}, Path("../../secret.txt")),
    }
    for name, (files, source) in places.items():
        yield Input(
            kind="links outside",
            name=name,
            files={"source/x.md": source, **files},
            is_quick=name in {"style.css", "the output"},
        )


def commands() -> Iterator[Input]:
    files = {"source/x.md": _text(f"{FRONT}---\n\nWords.\n")}
    lines = {
        "styles that have an a": ("styles", "--citations", "a"),
        "styles of 10,000 letters": ("styles", "--citations", "a" * 10_000),
        "styles by an unsound pattern": ("styles", "--citations", "((((["),
        "a field of escape codes": ("build", "source/x.md", "--set", "a\x1b[31m=b"),
        "a field of 100,000 letters": ("build", "source/x.md", "--set", f"a={'b' * 100_000}"),
        "a layout of escape codes": ("build", "source/x.md", "--layout", "\x1b[31m"),
        "a style of citations that is a device": ("build", "source/x.md", "--csl", "/dev/zero"),
        "a style of citations that is a folder": ("build", "source/x.md", "--csl", "."),
        "a press that is a device": ("build", "source/x.md", "--press", "/dev/zero"),
        "a press that is a text": ("build", "source/x.md", "--press", "source/x.md"),
        "an output that is a file": ("build", "source/x.md", "--output", "source/x.md"),
        "references from a device": ("refs", "/dev/zero"),
        "references from a source": ("refs", "source/x.md", "--from", "csl-json"),
        "citations from a device": ("cite", "--library", "/dev/zero"),
        "data from a device": ("batch", "source/x.md", "--data", "/dev/zero", "--dry-run"),
        "a condition of 5,000 parentheses": ("batch", "source/x.md", "--dry-run", "--where", "(" * 5_000),
        "a source that is a folder": ("build", "source"),
        "a source that is a device": ("build", "/dev/zero"),
        "a limit of 1 second and a thousand pages": ("build", "source/y.md", "--max-seconds", "1"),
    }
    files["source/y.md"] = _text(f"{FRONT}---\n\n" + "Some words in a paragraph.\n\n" * 20_000)
    for name, line in lines.items():
        yield Input(
            kind="commands",
            name=name,
            files=files,
            command=line,
            is_quick=name in {"a press that is a device", "a field of escape codes", "references from a device"},
        )
