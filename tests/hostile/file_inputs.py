"""Hostile inputs of files: folders and sockets in their place, names and lines of great length, line ends, encodings, pictures.

And texts for which the patterns of a program may take a time that grows with the square of their length.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping

from hostile_inputs import (
    BATCH,
    BUILD,
    FOLDER,
    FRONT,
    ITEM,
    LAYOUT,
    SOCKET,
    SVG,
    Content,
    Input,
    packed,
    pdf,
    png,
    with_source,
)

CHECK = ("check", "source/x.md")
LONG = "n" * 255


def file_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (
        no_files,
        long_names,
        line_ends,
        encodings,
        long_lines,
        patterns,
        picture_forms,
        chunks,
        glyphs,
        tables,
    ):
        yield from make()


def no_files() -> Iterator[Input]:
    places: dict[str, tuple[str, str, str]] = {
        "a picture": ("source/a.png", "", "![a](a.png)"),
        "a bibliography": ("source/a.bib", "bibliography: a.bib\n", "A [@a]."),
        "a citation style": ("styles/citations/mine.csl", "csl: mine\n", "Words."),
        "the settings": ("leaflet.toml", "", "Words."),
        "the CSS of a source": ("source/own.css", "css: own.css\n", "Words."),
        "the CSS of a style": ("styles/mine/style.css", "style: mine\n", "Words."),
        "a layout": ("layouts/mine/layout.toml", "layout: mine\n", "Words."),
        "a font": ("fonts/a.ttf", "", "Words."),
        "a result": ("output/x.pdf", "", "Words."),
        "the lock": ("leaflet.lock", "", "Words."),
    }
    for kind, content in {"folder": FOLDER, "socket": SOCKET}.items():
        for name, (file, front, body) in places.items():
            yield with_source(
                f"a {kind}",
                f"in place of {name}",
                front=front,
                body=body,
                files={file: content},
                command=("build", "source/x.md", "--verify") if name == "the lock" else BUILD,
                quick=kind == "socket" and name == "a picture",
            )
        files: Mapping[str, Content] = {"a.csv": content}
        yield with_source(f"a {kind}", "in place of data", files=files, command=(*BATCH, "--data", "a.csv"))
        yield with_source(f"a {kind}", "in place of a plan", files={"a.toml": content}, command=("batch", "a.toml"))
        yield Input(kind=f"a {kind}", name="in place of the source", files={"source/x.md": content})
        yield with_source(
            f"a {kind}", "in place of a document", files={"a.docx": content}, command=("import", "a.docx")
        )


def long_names() -> Iterator[Input]:
    text = f"{FRONT}---\n\nWords.\n"
    yield Input(
        kind="long names",
        name="a source of 255 letters",
        files={f"source/{LONG[:252]}.md": text},
        command=("build", f"source/{LONG[:252]}.md"),
    )
    yield Input(
        kind="long names",
        name="a source of 85 letters of three bytes",
        files={f"source/{'字' * 84}.md": text},
        command=("build", f"source/{'字' * 84}.md"),
    )
    deep = "/".join(["d" * 200] * 18)
    yield Input(
        kind="long names",
        name="a source 18 long folders deep",
        files={f"source/{deep}/x.md": text},
        command=("build", f"source/{deep}/x.md"),
    )
    picture = png(8, 8, zlib.compress(b"\0" * 72))
    bodies: dict[str, tuple[str, Mapping[str, Content]]] = {
        "a picture of 255 letters": (f"![a]({LONG[:251]}.png)", {f"source/{LONG[:251]}.png": picture}),
        "a picture of 5,000 letters": (f"![a]({'n' * 5_000}.png)", {}),
        "a picture 3,000 folders up": (f"![a]({'../' * 3_000}etc/passwd)", {}),
        "a picture with a NUL": ("![a](a%00b.png)", {}),
    }
    for name, (body, files) in bodies.items():
        yield with_source("long names", name, body=body, files=files)
    for name, row in {"of 255 letters": LONG, "of 10,000 letters": "n" * 10_000, "of a NUL": "a\0b"}.items():
        files = {"a.csv": f"id,who\n{row},a\n"}
        yield with_source("long names", f"a row {name}", files=files, command=(*BATCH, "--data", "a.csv"))
    yield with_source("long names", "a layout of 5,000 letters", front=f"layout: {'n' * 5_000}\n")


def line_ends() -> Iterator[Input]:
    text = f"{FRONT}bibliography: a.bib\n---\n\n## Part\n\nA [@a].\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    for name, end in {"CR": "\r", "CR LF": "\r\n", "LF CR": "\n\r", "NEL": "\x85", "LS": "\u2028", "VT": "\v"}.items():
        files = {"source/x.md": text.replace("\n", end), "source/a.bib": ITEM.replace(", ", f",{end}")}
        yield Input(kind="line ends", name=f"a source of {name}", files=files)
        files = {"a.csv": f"id,who{end}a,b{end}"}
        yield with_source("line ends", f"rows of {name}", files=files, command=(*BATCH, "--data", "a.csv"))
        settings = {"leaflet.toml": f"[limits]{end}seconds = 60{end}"}
        yield with_source("line ends", f"settings of {name}", files=settings)
        yield with_source(
            "line ends",
            f"a style of {name}",
            front="css: own.css\n",
            files={"source/own.css": f"p {{{end}color: red;{end}}}"},
        )


def encodings() -> Iterator[Input]:
    text = f"{FRONT}---\n\n## Part\n\nWörds.\n"
    for name, data in {
        "UTF-32": text.encode("utf-32"),
        "UTF-16 without a mark": text.encode("utf-16-le"),
        "UTF-7": text.encode("utf-7"),
        "Latin-1": text.encode("latin-1"),
        "a slash of two bytes": f"{FRONT}---\n\na".encode() + b"\xc0\xaf",
        "five bytes for a sign": f"{FRONT}---\n\na".encode() + b"\xf8\x88\x80\x80\x80",
        "a byte order mark in the middle": f"{FRONT}---\n\na\ufeffb".encode(),
        "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(),
        "a NUL between all letters": "\0".join(text).encode(),
    }.items():
        yield Input(kind="encodings", name=name, files={"source/x.md": data})
    for name, value in {
        "half a sign by its number": '"\\ud800"',
        "a NUL by its number": '"a\\0b"',
        "a turn of direction by its number": '"a\\u202eb\\u2066c"',
        "no sign by its number": '"\\uffff"',
        "a delete by its number": '"a\\x7fb\\x9bc"',
    }.items():
        yield with_source("encodings", f"a title of {name}", front=f"title: {value}\n")
        files = {"a.json": f'[{{"id": "a", "who": {value.replace(chr(92) + "x", chr(92) + "u00")}}}]'}
        yield with_source("encodings", f"a cell of {name}", files=files, command=(*BATCH, "--data", "a.json"))


def long_lines() -> Iterator[Input]:
    yield with_source("long lines", "a paragraph of a megabyte", body="word " * 200_000)
    yield with_source("long lines", "a heading of 100,000 letters", body=f"## {'word ' * 20_000}")
    yield with_source("long lines", "a line of code of a megabyte", body=f"```\n{'code ' * 200_000}\n```")
    yield with_source("long lines", "a comment of ten megabytes", body=f"<!-- {'word ' * 2_000_000} -->")
    yield with_source("long lines", "a megabyte of blanks", body=f"a{' ' * 1_000_000}b")
    yield with_source("long lines", "a megabyte of line ends", body="\n" * 1_000_000)
    yield with_source("long lines", "a cell of 100,000 letters", body=f"|a|\n|-|\n|{'word ' * 20_000}|")
    yield with_source("long lines", "a picture described by 100,000 letters", body=f"![{'word ' * 20_000}](a.png)")
    yield with_source("long lines", "a link of 100,000 letters", body=f"[{'word ' * 20_000}](https://example.org/)")
    yield with_source("long lines", "a note of 100,000 letters", body=f"a^[{'word ' * 20_000}]")


def patterns() -> Iterator[Input]:
    """Yield texts that search patterns begin to match at each letter."""
    texts = {
        "identifiers": f"10.1000/{'(' * 20_000}",
        "addresses": "http://" * 10_000,
        "hosts": f"http://{'a.' * 20_000}",
        "mail addresses": f"{'a.' * 10_000}@",
        "numbers": "1,000," * 10_000,
        "dates": "1/1/" * 10_000,
        "ranges": "1-1-" * 10_000,
        "initials": "A. " * 10_000,
        "quotation marks": '"a ' * 10_000,
        "apostrophes": "'a' " * 10_000,
        "dots": "." * 30_000,
        "dashes": "a--b---" * 5_000,
        "brackets and words": "(a " * 10_000,
        "units": "1 mg/" * 10_000,
        "capitals": "AB " * 10_000,
        "a sentence without an end": "word, and " * 5_000,
        "slashes": "a/" * 20_000,
        "percentages": "5 % of " * 5_000,
        "attributes": "[a]{.b " * 5_000,
        "shortcodes": "{{< a " * 5_000,
        "marks of changes": "{++a{--b" * 5_000,
        "roles": "{a}`b" * 5_000,
        "line blocks": "| " * 15_000,
        "entities": "&amp" * 10_000,
        "references": "@a:b.c-" * 5_000,
        "locators": f"[@a, {'pp. 1-2, ' * 3_000}]",
    }
    for name, text in texts.items():
        files = {"source/a.bib": ITEM}
        yield with_source("patterns", f"{name}, built", front="bibliography: a.bib\n", body=text, files=files)
    for name in (
        "numbers",
        "initials",
        "units",
        "capitals",
        "a sentence without an end",
        "percentages",
        "dates",
        "dots",
    ):
        yield with_source("patterns", f"{name}, checked", body=texts[name], command=CHECK)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _drawn(form: str, **options: object) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new(str(options.pop("mode", "RGB")), (64, 64)).save(made, form, **options)
    return made.getvalue()


def picture_forms() -> Iterator[Input]:
    jpeg, webp = _drawn("JPEG"), _drawn("WEBP")
    scan = jpeg[jpeg.index(b"\xff\xda") : -2]
    frame = jpeg.index(b"\xff\xc0")
    found: dict[str, tuple[str, Content]] = {
        "a JPEG of 65,000 by 65,000": ("a.jpg", jpeg[: frame + 5] + b"\xfd\xe8\xfd\xe8" + jpeg[frame + 9 :]),
        "a JPEG of 3,000 scans": ("a.jpg", _drawn("JPEG", progressive=True)[:-2] + scan * 3_000 + b"\xff\xd9"),
        "a JPEG of three inks": ("a.jpg", _drawn("JPEG", mode="CMYK")),
        "a JPEG of 10,000 comments": ("a.jpg", jpeg[:2] + b"\xff\xfe\0\4ab" * 10_000 + jpeg[2:]),
        "a JPEG without an end": ("a.jpg", jpeg[:-2]),
        "a JPEG of a turn that is none": ("a.jpg", _drawn("JPEG", exif=b"Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\xff\xff\0\0\0\0\0\0")),
        "a JPEG with half a profile": ("a.jpg", _drawn("JPEG", icc_profile=b"\0\0\2\0acsp" * 20)),
        "a WebP of 16,383 by 16,383": ("a.webp", webp[:26] + b"\xff\x3f\xff\x3f" + webp[30:]),
        "half a WebP": ("a.webp", webp[: len(webp) // 2]),
        "a WebP of a size that is a lie": ("a.webp", webp[:4] + b"\xff\xff\xff\x7f" + webp[8:]),
        "a TIFF of 10^9 rows": ("a.tif", _drawn("TIFF").replace(b"\1\1\4\0\1\0\0\0@\0\0\0", b"\1\1\4\0\1\0\0\0\0\xca\x9a;")),
        "a BMP": ("a.bmp", _drawn("BMP")),
        "a GIF called JPEG": ("a.jpg", _drawn("GIF")),
    }  # fmt: skip
    for name, (file, content) in found.items():
        yield with_source("forms of pictures", name, body=f"![a]({file})", files={f"source/{file}": content})
    drawing = SVG.format('viewBox="0 0 9 9"', '<rect width="9" height="9"/>')
    yield with_source(
        "forms of pictures",
        "an SVG in UTF-16",
        body="![a](a.svg)",
        files={"source/a.svg": f'<?xml version="1.0" encoding="UTF-16"?>{drawing}'.encode("utf-16")},
    )
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << >> >>"
    tree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    file = "<< /Type /Filespec /F (a.exe) /UF (a.exe) /EF << /F 5 0 R >> >>"
    for name, catalogue in {
        "an attachment": "/Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >> /AF [4 0 R]",
        "a script that runs when it opens": "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "names in a circle": "/Names << /EmbeddedFiles 6 0 R >>",
    }.items():
        circle, stream = "<< /Kids [6 0 R] >>", "<< /Length 1 /Type /EmbeddedFile >>\nstream\na\nendstream"
        data = pdf(f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>", tree, page, file, stream, circle)
        yield with_source("forms of pictures", f"a PDF with {name}", body="![a](a.pdf)", files={"source/a.pdf": data})
        command = ("impose", "a.pdf", "--layout", "booklet-a5")
        yield Input(kind="impose", name=f"a PDF with {name}", files={"a.pdf": data}, command=command)


def chunks() -> Iterator[Input]:
    whole = png(8, 8, zlib.compress(b"\0" * 72))
    head, end = whole[:33], whole[-12:]
    data = zlib.compress(b"\0" * 72)
    found: dict[str, Content] = {
        "50,000 pieces of data": head + b"".join(_chunk(b"IDAT", data[i : i + 1]) for i in range(len(data))) + _chunk(b"IDAT", b"") * 50_000 + end,
        "a profile that grows to 100 MB": lambda _: head + _chunk(b"iCCP", b"a\0\0" + packed(b"\0", 100_000_000)) + whole[33:],
        "100,000 comments": head + _chunk(b"tEXt", b"a\0b") * 100_000 + whole[33:],
        "a palette of nothing": head.replace(b"\x08\x00\x00\x00\x00", b"\x08\x03\x00\x00\x00") + whole[33:],
        "10,000 frames": head + _chunk(b"acTL", struct.pack(">II", 10_000, 0)) + whole[33:],
        "data beyond its rows": png(8, 8, packed(b"\0", 50_000_000)),
        "a row of a million": png(1_000_000, 1, zlib.compress(b"\0" * 1_000_001)),
        "a checksum that is wrong": whole[:29] + b"\0\0\0\0" + whole[33:],
        "words after its end": whole + b"word" * 100_000,
    }  # fmt: skip
    for name, content in found.items():
        yield with_source("PNG", name, body="![a](a.png)", files={"source/a.png": content})


def glyphs() -> Iterator[Input]:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables import _g_l_y_f

    def font(features: str = "", *, within: str = "", copies: int = 0) -> bytes:
        names = [".notdef", "a", "b"]
        glyph = {name: _g_l_y_f.Glyph() for name in names}
        if within:
            part = _g_l_y_f.GlyphComponent()
            part.glyphName, part.x, part.y, part.flags = within, 0, 0, 4
            glyph["a"].numberOfContours, glyph["a"].components = -1, [part] * max(copies, 1)
            glyph["a"].xMin = glyph["a"].yMin = glyph["a"].xMax = glyph["a"].yMax = 0
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({97: "a", 98: "b"})
        builder.setupGlyf(glyph, calcGlyphBounds=False)
        builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
        builder.setupHorizontalHeader(ascent=800, descent=-200)
        builder.setupNameTable({"familyName": "Mine", "styleName": "Regular"})
        builder.setupOS2()
        builder.setupPost()
        if features:
            builder.addOpenTypeFeatures(features)
        made = io.BytesIO()
        builder.font.recalcBBoxes = False
        builder.save(made)
        return made.getvalue()

    grows = "".join(f"lookup l{i} {{ sub a by {'a ' * 10}; }} l{i};" for i in range(10))
    found: dict[str, Content] = {
        "a glyph within itself": lambda _: font(within="a"),
        "60,000 glyphs in a glyph": lambda _: font(within="b", copies=60_000),
        "a letter that becomes 10^10": lambda _: font(f"feature liga {{ {grows} }} liga;"),
    }
    for name, content in found.items():
        files: Mapping[str, Content] = {"fonts/a.ttf": content, "source/own.css": "p{font-family:Mine}"}
        yield with_source("fonts", name, front="css: own.css\n", body="aab " * 20, files=files)


def tables() -> Iterator[Input]:
    """Yield tables of TOML, YAML and HTML that are large in ways of their own."""
    for name, text in {
        "a key of 5,000 parts": f"{'.'.join(['a'] * 5_000)} = 1\n",
        "20,000 tables": "".join(f"[a{i}]\n" for i in range(20_000)),
        "20,000 tables of a list": "[[a]]\n" * 20_000,
        "a text of five megabytes": f"a = '''{'word ' * 1_000_000}'''\n",
        "a month 99": "a = 2026-99-99T99:99:99Z\n",
        "a number of 10^5 powers": f"a = 1e{'9' * 100_000}\n",
    }.items():
        yield with_source("leaflet.toml", name, files={"leaflet.toml": text})
        yield with_source(
            "layout.toml", name, front="layout: mine\n", files={"layouts/mine/layout.toml": f"{text}{LAYOUT}"}
        )
    for name, front in {
        "a key that is a list": "? [a, b]\n: c\n",
        "10,000 documents": "---\n" * 10_000,
        "an alias of nothing": "fields: *nobody\n",
        "a directive": "%YAML 9.9\n",
        "a text of five megabytes": f"description: |\n{'  word' * 1_000_000}\n",
        "a key twice": "lang: de\nlang: fr\n",
    }.items():
        yield with_source("front matter", name, front=front)
    for name, body in {
        "10,000 cells in a row": f"<table><tr>{'<td>a' * 10_000}</table>",
        "5,000 attributes of an element": f"<p {' '.join(f'a{i}=b' for i in range(5_000))}>a</p>",
        "an attribute of a megabyte": f'<p title="{"a" * 1_000_000}">a</p>',
        "10,000 ends of nothing": "</b>" * 10_000,
    }.items():
        yield with_source("HTML", name, body=body)
