"""More hostile inputs: fonts, forms of files, long structures, signs of Unicode, pictures within pictures, plans and presses."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterator, Mapping

from hostile_inputs import (
    BATCH,
    BUILD,
    FIFO,
    FRONT,
    ITEM,
    LAYOUT,
    SVG,
    Content,
    Input,
    packed,
    pdf,
    png,
    with_rows,
    with_source,
)


def more_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (
        fonts,
        special_files,
        structures,
        signs,
        filters,
        pictures_within,
        sheets,
        plans,
        profiles,
        grids,
        words,
    ):
        yield from make()


def _small_font() -> bytes:
    """Return a TrueType font with one empty glyph."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({97: "a"})
    builder.setupGlyf({".notdef": pen.glyph(), "a": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "a": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Mine", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _changed(font: bytes, table: bytes, change: bytes) -> bytes:
    """Return a font with another beginning of one of its tables."""
    at = font.index(table, 12)
    offset = int.from_bytes(font[at + 8 : at + 12], "big")
    return font[:offset] + change + font[offset + len(change) :]


def fonts() -> Iterator[Input]:
    font = _small_font()
    tables = int.from_bytes(font[4:6], "big")
    bomb = zlib.compress(b"\0" * 50_000_000, 9)
    woff = struct.pack(">4s4sIHHIHHIIIII", b"wOFF", b"\0\1\0\0", 0xFFFFFF, 1, 0, 0x7FFFFFFF, 1, 0, 0, 0, 0, 0, 0)
    woff += struct.pack(">4sIIII", b"glyf", 64, len(bomb), 0x7FFFFFFF, 0) + bomb
    found = {
        "noise": ("a.ttf", b"\0\1\0\0" + bytes(range(256)) * 20),
        "nothing": ("a.ttf", b""),
        "half a font": ("a.ttf", font[: len(font) // 2]),
        "65,535 tables": ("a.ttf", font[:4] + b"\xff\xff" + font[6:]),
        "a table beyond the end": ("a.ttf", font[: 12 + 8] + b"\x7f\xff\xff\xff" + font[12 + 12 :]),
        "65,535 glyphs that are not there": ("a.ttf", _changed(font, b"maxp", b"\0\1\0\0\xff\xff")),
        "no units in an em": ("a.ttf", _changed(font, b"head", b"\0\1\0\0" + b"\0" * 16)),
        "names of noise": ("a.ttf", _changed(font, b"name", bytes(range(40)))),
        "characters of noise": ("a.ttf", _changed(font, b"cmap", b"\0\0\xff\xff" + b"\xff" * 12)),
        "a WOFF that grows to two gigabytes": ("a.woff2", woff),
        "a WOFF2 of noise": ("a.woff2", b"wOF2" + bytes(range(256)) * 10),
        "a text": ("a.otf", b"words"),
        "a collection of 10^9 fonts": ("a.ttf", b"ttcf\0\1\0\0\x3b\x9a\xca\0" + bytes(200)),
        "a font of the name of a device": ("a.ttf", font * 2 + bytes([tables])),
    }
    css = "p{font-family:Mine}"
    for name, (file, content) in found.items():
        files = {f"fonts/{file}": content, "source/own.css": css}
        yield with_source("fonts", name, front="css: own.css\n", files=files, quick=name == "no units in an em")
    yield with_source("fonts", "a pipe", files={"fonts/a.ttf": FIFO})


def special_files() -> Iterator[Input]:
    places: dict[str, Mapping[str, Content]] = {
        "a picture": {"source/a.svg": FIFO},
        "a bibliography": {"source/a.bib": FIFO},
        "the settings": {"leaflet.toml": FIFO},
        "a style": {"styles/mine/style.toml": FIFO, "styles/mine/style.css": FIFO},
        "a layout": {"layouts/mine/layout.toml": FIFO},
        "an output": {"output/x.pdf": FIFO},
        "a citation style": {"styles/citations/mine.csl": FIFO, "source/a.bib": ITEM},
    }
    fronts = {
        "a bibliography": "bibliography: a.bib\n",
        "a style": "style: mine\n",
        "a layout": "layout: mine\n",
        "a citation style": "csl: mine\nbibliography: a.bib\n",
    }
    bodies = {"a picture": "![a](a.svg)", "a bibliography": "A [@a].", "a citation style": "A [@a]."}
    for name, files in places.items():
        yield with_source(
            "pipes",
            f"{name} that is a pipe",
            front=fronts.get(name, ""),
            body=bodies.get(name, "Words."),
            files=files,
            quick=name == "a picture",
        )
    yield Input(kind="pipes", name="the source that is a pipe", files={"source/x.md": FIFO}, command=BUILD)
    yield with_source("pipes", "data that are a pipe", files={"a.csv": FIFO}, command=(*BATCH, "--data", "a.csv"))
    yield Input(
        kind="pipes",
        name="a PDF that is a pipe",
        files={"a.pdf": FIFO},
        command=("impose", "a.pdf", "--layout", "booklet-a5"),
    )


def structures() -> Iterator[Input]:
    rows = "|" + "a|" * 20
    bodies = {
        "a list of 2,000 items": "- a\n" * 2_000,
        "a list of 500 items with paragraphs": "- a\n\n  b\n\n" * 500,
        "a table of 10,000 cells": rows + "\n|" + "-|" * 20 + "\n" + f"{rows}\n" * 500,
        "100 tables": "|a|b|\n|-|-|\n|c|d|\n\n" * 100,
        "300 divs beside each other": "::: {.note}\na\n:::\n\n" * 300,
        "100 pull quotes": '::: {.pull-quote}\n"a"\n:::\n\n' * 100,
        "500 horizontal rules": "---\n\n" * 500,
        "1,000 formulas": "$a^2+b^2$ " * 1_000,
        "3,000 emphasised words": "*a* **b** " * 1_500,
        "400 code blocks": "```\na\n```\n\n" * 400,
        "3,000 cross-references to one heading": "## Here {#sec-here}\n\n" + "@sec-here " * 3_000,
        "300 headings of one name": "## Same\n\na\n\n" * 300,
        "5,000 citations of nobody": "[@nobody] " * 5_000,
        "a paragraph of 8,000 lines": "word\n" * 8_000,
        "1,500 hard line ends": "word\\\n" * 1_500,
        "a definition list of 400": "a\n: b\n\n" * 400,
        "300 columns in a grid table": "+" + "-+" * 300 + "\n|" + "a|" * 300 + "\n+" + "-+" * 300,
        "a footnote of 500 paragraphs": "a[^1] " + "\n\n[^1]: b\n\n" + "    c\n\n" * 500,
    }
    for name, body in bodies.items():
        yield with_source("structures", name, body=body)


def signs() -> Iterator[Input]:
    bodies = {
        "a family of 1,000 emoji": "\u200d".join(["\U0001f469"] * 1_000),
        "5,000 emoji": "\U0001f469\U0001f3fd\u200d\U0001f680 " * 5_000,
        "10,000 flags": "\U0001f1e9\U0001f1ea" * 10_000,
        "skin of nobody": "\U0001f3fd" * 3_000,
        "3,000 turns of direction": "a\u202eb\u202c" * 3_000,
        "3,000 turns within each other": "\u202e" * 3_000 + "a",
        "isolates without an end": "\u2066" * 3_000 + "a" + "\u2067" * 3_000,
        "Arabic and Latin by turns": "abc \u0627\u0628\u062c " * 2_000,
        "NUL in the text": "a\0b" * 100,
        "every sign below a space": "".join(chr(i) for i in range(1, 32) if i not in (10, 13)),
        "signs for private use": "".join(chr(i) for i in range(0xE000, 0xE800)),
        "signs that are none": "\ufffe\uffff\U0001fffe",
        "a thousand kinds of writing": "".join(chr(i) for i in range(0x100, 0x3000) if chr(i).isprintable()),
        "soft hyphens": "a\u00ad" * 10_000,
        "zero-width spaces": "a\u200b" * 10_000,
        "fixed spaces": "a\u00a0" * 10_000,
        "line separators": "a\u2028b\u2029" * 2_000,
        "Hangul of single letters": "\u1112\u1161\u11ab" * 3_000,
        "tags of languages": "".join(chr(0xE0000 + i) for i in range(128)) * 20,
    }
    for name, body in bodies.items():
        yield with_source("signs", name, body=body, quick=name == "3,000 turns of direction")
    yield Input(
        kind="signs",
        name="half a sign in the source",
        files={"source/x.md": f"{FRONT}---\n\na".encode() + b"\xed\xa0\x80b"},
    )


def filters() -> Iterator[Input]:
    shapes = {
        "a blur of 10^9": '<filter id="f"><feGaussianBlur stdDeviation="1e9"/></filter><rect filter="url(#f)" width="9" height="9"/>',
        "5,000 filters": '<filter id="f">'
        + "<feOffset dx='1'/>" * 5_000
        + "</filter><rect filter='url(#f)' width='9' height='9'/>",
        "a filter on the web": '<rect filter="url(http://127.0.0.1:{port}/f#a)" width="9" height="9"/>',
        "a foreign object": '<foreignObject width="9" height="9"><iframe src="http://127.0.0.1:{port}/"/></foreignObject>',
        "an animation": '<rect width="9" height="9"><animate attributeName="x" dur="0.001s" repeatCount="indefinite"/></rect>',
        "a style of all the tricks": "<style>@import 'http://127.0.0.1:{port}/';*{{fill:url(http://127.0.0.1:{port}/)}}</style>",
        "a switch of 5,000": "<switch>" + "<g/>" * 5_000 + "</switch>",
        "a polygon of 200,000 corners": f'<polygon points="{"1,2 " * 200_000}"/>',
        "a thousand texts of a thousand letters": f"<text>{'a ' * 500}</text>" * 1_000,
    }
    for name, shape in shapes.items():
        yield with_source(
            "SVG", name, body="![a](a.svg)", files={"source/a.svg": SVG.format('viewBox="0 0 9 9"', shape)}
        )


def pictures_within() -> Iterator[Input]:
    whole = png(8, 8, zlib.compress(b"\0" * 72))
    deep = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    for _ in range(8):
        data = base64.b64encode(deep.encode()).decode()
        deep = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='data:image/svg+xml;base64,{data}' width='9' height='9'/></svg>"
    text = packed(b"a", 100_000_000)
    chunk = b"iTXta\0\1\0\0\0" + text
    itxt = len(chunk[4:]).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    exif = b"\xff\xd8\xff\xe1\xff\xfeExif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 1_000
    found = {
        "an SVG eight times in itself": ("a.svg", deep.encode()),
        "a PNG with a comment that grows": ("a.png", whole[:33] + itxt + whole[33:]),
        "a JPEG with an endless EXIF": ("a.jpg", exif),
        "a TIFF": ("a.tif", b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 500),
        "a GIF of 10,000 pictures": (
            "a.gif",
            b"GIF89a\1\0\1\0\0\0\0" + b",\0\0\0\0\1\0\1\0\x80\0\0\0\xff\xff\xff\x02\x02L\1\0" * 10_000 + b";",
        ),
        "an ICO": ("a.ico", b"\0\0\1\0\xff\xff" + b"\xff" * 500),
        "a PDF of 10^9 pages": (
            "a.pdf",
            pdf(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
                "<< /Type /Page >>",
            ),
        ),
        "an encrypted PDF": (
            "a.pdf",
            pdf("<< /Type /Catalog >>", trailer="/Encrypt << /Filter /Standard /V 5 /R 6 >>"),
        ),
    }
    for name, (file, content) in found.items():
        yield with_source("pictures", name, body=f"![a]({file})", files={f"source/{file}": content})


def sheets() -> Iterator[Input]:
    css = {
        "imports in a circle": "@import 'a.css';",
        "a grid of 300 by 300": "section{display:grid;grid-template:repeat(300,1px)/repeat(300,1px)}",
        "a flex of everything": "*{display:flex!important;flex-wrap:wrap}",
        "tables of everything": "*{display:table-cell!important}",
        "counters in 3,000 rules": "".join(f"p:nth-child({i}){{counter-increment:c{i}}}" for i in range(3_000)),
        "500 backgrounds": "p{background:" + ",".join(["linear-gradient(red,blue)"] * 500) + "}",
        "a gradient of 5,000 stops": "p{background:linear-gradient(" + ",".join(["red"] * 5_000) + ")}",
        "calculations in calculations": "p{width:" + "calc(1px + " * 50 + "1px" + ")" * 50 + "}",
        "2,000 pages by name": "".join(f"@page p{i}{{margin:{i}px}}" for i in range(2_000)),
        "has of has": "p" + ":has(a" * 20 + ")" * 20 + "{color:red}",
        "not of everything": ":not(:not(:not(:not(*)))){color:red}" * 500,
        "a page within a page": "@page{@top-left{content:element(a)}}*{position:running(a)}",
        "footnotes of everything": "*{float:footnote!important}",
        "columns of a hundredth of a millimetre": "section{columns:0.01mm}",
    }
    for name, sheet in css.items():
        yield with_source("CSS", f"{name}, of a source", front="css: own.css\n", files={"source/own.css": sheet})


def plans() -> Iterator[Input]:
    table = "id,who\n" + "".join(f"{i},a\n" for i in range(20_000))
    texts = {
        "a plan of 5,000 sources": "source = [" + ",".join(['"source/x.md"'] * 5_000) + "]",
        "a plan that includes a device": 'source = ["source/x.md"]\n[[include]]\nlayout = "/dev/zero"',
        "an output above": 'source = ["source/x.md"]\noutput = "../../out"',
        "an output that is a link": 'source = ["source/x.md"]\noutput = "away"',
        "a name with escape codes": 'source = ["source/x.md"]\nname = "\\u001b[31m{source}"',
        "a name of 5,000 letters": f'source = ["source/x.md"]\nname = "{"a" * 5_000}"',
    }
    for name, text in texts.items():
        yield with_source("plans", name, files={"plan.toml": text}, command=("batch", "plan.toml", "--dry-run"))
    where = ("--where", " and ".join(["who == 'a'"] * 2_000))
    yield with_rows("data", "20,000 rows", {"a.csv": table})
    yield with_rows("data", "a condition that multiplies", {"a.csv": "id,who\n1,a\n"}, *where)


def profiles() -> Iterator[Input]:
    found = {
        "a profile of noise": b"\0\0\x10\0" + bytes(range(256)) * 16,
        "a profile that lies about its size": b"\x7f\xff\xff\xff"
        + b"\0" * 32
        + b"acsp"
        + b"\0" * 88
        + b"\xff\xff\xff\xff",
        "half a profile": b"\0\0\1\0" + b"\0" * 32 + b"acsp",
        "a profile of nothing": b"",
    }
    for name, content in found.items():
        yield with_source(
            "presses", name, files={"a.icc": content}, command=("build", "source/x.md", "--press", "a.icc")
        )
    yield with_source(
        "presses",
        "a profile that is a pipe",
        files={"a.icc": FIFO},
        command=("build", "source/x.md", "--press", "a.icc"),
    )


def grids() -> Iterator[Input]:
    layout = LAYOUT.replace('name = "page"', 'name = "{}"')
    bodies = {
        "two panels of one name": LAYOUT + LAYOUT[LAYOUT.index("[[panel]]") :],
        "a panel of 100,000 letters": layout.format("a" * 100_000),
        "a layout based on itself": 'based-on = "mine"\n',
        "a press sheet of nothing": LAYOUT.replace("[fold]", "[press-sheet]\ncolumns = 0\nrows = 0\n[fold]"),
    }
    for name, text in bodies.items():
        yield with_source("layout.toml", name, front="layout: mine\n", files={"layouts/mine/layout.toml": text})
    yield with_source(
        "style.toml",
        "styles based on each other",
        front="style: mine\n",
        files={"styles/mine/style.toml": 'based-on = "yours"\n', "styles/yours/style.toml": 'based-on = "mine"\n'},
    )


def words() -> Iterator[Input]:
    fronts = {
        "an abstract of 100,000 words": f"abstract: {'word ' * 100_000}\n",
        "10,000 keywords": f"keywords: [{', '.join(f'k{i}' for i in range(10_000))}]\n",
        "a person of 100,000 letters": f"author: {'a' * 100_000}\n",
        "300 affiliations": "author:\n" + "".join(f"- {{name: N{i}, affiliation: A{i}}}\n" for i in range(300)),
        "a web address for a QR code of 1,900 letters": f"url: https://example.org/{'a' * 1_900}\n",
        "a phone number of 10,000 digits": f"contact: {{phone: '{'1' * 10_000}'}}\n",
        "fields of fields": "fields: {a: '{{ b }}', b: '{{ a }}'}\n",
    }
    for name, front in fronts.items():
        yield with_source(
            "front matter", name, front=front, body="Words {{ a }}." if name == "fields of fields" else "Words."
        )
