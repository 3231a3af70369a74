"""Hostile inputs of text, style, pictures, data, documents and PDF files that reach for files or grow in rarer ways."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from document_inputs import PLAIN, imported, open_document, relation, word
from hostile_inputs import (
    BATCH,
    CSL,
    FIFO,
    FOLDER,
    SVG,
    Content,
    Input,
    _database,
    packed,
    pdf,
    png,
    with_rows,
    with_source,
)

WEB = "http://127.0.0.1:{port}"


def content_inputs() -> Iterator[Input]:
    """Yield every input of this file."""
    for make in (
        *(addresses, repetitions, components, included, coloured_code, sheets_that_reach, sheets_that_grow, drawings),
        *(rasters, references, styles_of_citations, rows, options, workbooks, documents, open_texts, pages_of_others),
        *(reviews, printed_pdfs, imposed, printed_pictures, machine_lists),
    ):
        yield from make()


def addresses() -> Iterator[Input]:
    """Yield pictures and links whose addresses hide where they lead."""
    pictures = {
        "without a scheme": "//127.0.0.1:{port}/a.svg",
        "in numbers": "..%2f..%2fsecret.svg",
        "with dots in numbers": "%2e%2e/%2e%2e/secret.svg",
        "in numbers of numbers": "%252e%252e%252f%252e%252e%252fsecret.svg",
        "with backslashes": "..\\..\\secret.svg",
        "with a NUL in numbers": "a.svg%00.png",
        "with a question": "../../secret.svg?a#b",
        "of a share": "\\\\127.0.0.1\\share\\a.svg",
        "of a device of Windows": "CON",
        "of a stream of Windows": "a.svg::$DATA",
        "of a home": "~/.ssh/id_rsa",
        "of a user": "~root/a.svg",
        "of a process": "/proc/self/environ",
        "of an open file": "/dev/fd/0",
        "by another scheme": "ftp://127.0.0.1:{port}/a.svg",
        "in a script": "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "in data of 5 MB": f"data:image/png;base64,{'A' * 5_000_000}",
        "in a web page": "data:text/html,<script>alert(1)</script>",
        "of full stops": "....//....//secret.svg",
        "of letters that look like dots": "\u2024\u2024/\u2024\u2024/secret.svg",
        "of a slash of another width": "..\uff0f..\uff0fsecret.svg",
    }
    for name, address in pictures.items():
        yield with_source("addresses", f"a picture {name}", body=f"![a](<{address}>)", quick=name == "in numbers")
    links = {
        "a page in itself": "data:text/html,<script>alert(1)</script>",
        "a script of Windows": "vbscript:msgbox(1)",
        "a script with a tabulator": "java&#9;script:alert(1)",
        "a script in numbers": "&#106;avascript&#58;alert(1)",
        "a script with a NUL": "java\ufffdscript:alert(1)",
        "a file": "file:///etc/passwd",
        "a program": "ms-msdt:/id",
        "a blob": "blob:http://a/b",
        "a view of the source": "view-source:javascript:alert(1)",
    }
    for name, address in links.items():
        yield with_source("addresses", f"a link to {name}", body=f"[a](<{address}>) and [b][c]\n\n[c]: <{address}>")
    attributes = {
        "a style": "style='background:url(" + WEB + "/)'",
        "an event": "onclick=alert(1) onload='alert(1)'",
        "a class that ends the attribute": "class='a\"><script>alert(1)</script>'",
        "an identifier of markup": '#a"><script>alert(1)</script>',
        "a width that is CSS": "width='1mm;background:url(" + WEB + "/)'",
        "a language of markup": 'lang="a\\"><script>"',
        "a source": "src=" + WEB + "/ href=javascript:alert(1)",
    }
    for name, text in attributes.items():
        yield with_source("attributes", name, body=f"[word]{{{text}}}\n\n::: {{{text}}}\na\n:::\n\n## Here {{{text}}}\n\n![a](a.svg){{{text}}}", files={"source/a.svg": SVG.format('viewBox="0 0 9 9"', "")})  # fmt: skip


def repetitions() -> Iterator[Input]:
    bodies = {
        "inline code of 200,000 letters": f"`{'a' * 199_000}`",
        "2,000 formulas in paragraphs": ("$a_i^2$ " * 250 + "\n\n") * 8,
        "3,000 abbreviations": "".join(f"*[a{i}]: b\n" for i in range(3_000)) + "\n" + "a1 a2 a3 " * 2_000,
        "10,000 addresses in a row": "www.a.org " * 900 + "\n\n" + "a@b.org " * 900,
        "10,000 addresses without blanks": "www." * 10_000,
        "20,000 letters before an at sign": "a." * 10_000 + "@b",
        "1,000 names twice": "[a]{#b}\n\n" * 1_000,
        "10,000 signs by number": "&#x10FFFF;&NotEqualTilde;" * 5_000,
        "a note with a name of 100,000 letters": f"a[^{'n' * 100_000}]\n\n[^{'n' * 100_000}]: b",
        "3,000 notes that nobody calls": "".join(f"[^n{i}]: b\n\n" for i in range(3_000)),
        "one note 900 times": "a[^1] " * 900 + "\n\n[^1]: b",
        "5,000 keys in brackets": "[" + "; ".join(f"@k{i}" for i in range(5_000)) + "]",
        "a page number of 50,000 parts": f"[@a, pp. {'1, ' * 50_000}2]",
        "an address of 10,000 parentheses": f"[a]({'(' * 10_000}b{')' * 10_000})",
        "names of links of 999 letters": "".join(f"[{'a' * 990}{i}]: b\n" for i in range(1_000)) + f"\n[{'a' * 990}1]",
        "5,000 things to do": "- [ ] a\n" * 5_000,
        "lists in 60 steps": "".join(f"{'   ' * i}1. a\n" for i in range(60)),
        "a table head of 10,000 colons": "|a|\n|" + ":" * 10_000 + "-|\n|b|",
        "a table of a row of 3,000 bars": "|a|b|\n|-|-|\n" + "|" * 3_000,
        "10,000 empty lines in a quote": ">\n" * 10_000,
        "roots in roots": "$" + r"\sqrt{" * 59 + "a" + "}" * 59 + "$",
        "an array of 900 columns": "$$\\begin{array}{" + "c" * 900 + "}" + "a&" * 899 + "a\\end{array}$$",
        "a colour in a formula": r"$\color{red;fill:url("
        + WEB
        + r"/)}{a} \href{javascript:alert(1)}{b} \text{</svg><script>}$",
        "a formula of spaces of 10^9": r"$a\hspace{1000000000mm}b \rule{1000000000mm}{1000000000mm}$",
        "combining signs of many kinds": ("a" + "\u0300\u0301\u0302\u0303" * 6) * 500,
        "marks of changes without an end": "{++a {--b {~~c~>d " * 3_000,
        "notes in notes": "^[a " * 90 + "]" * 90,
        "emoji by name": ":tada:" * 5_000,
        "words of joined letters": "a\u200db" * 5_000,
        "words of narrow blanks": "a\u202f" * 4_000,
        "words of full stops": "a." * 10_000,
        "words of slashes": "a/" * 10_000,
        "words of hyphens": "a-" * 10_000,
        "words of apostrophes": "a’" * 10_000,
        "words of underscores": "a_" * 10_000,
        "Devanagari without blanks": "\u0915\u094d\u0937" * 3_000,
        "Thai without blanks": "\u0e01\u0e33" * 5_000,
        "Chinese without stops": "\u6f22" * 20_000,
    }
    for name, body in bodies.items():
        yield with_source("repetitions", name, body=body, files={"source/a.bib": "@book{a, title={T}, year=2001}"})


def components() -> Iterator[Input]:
    bodies = {
        "5,000 events in a timeline": "::: {.timeline}\n" + "".join(f"2001\n: a{i}\n\n" for i in range(5_000)) + ":::",
        "200 callouts in each other": "".join(f"{':' * (203 - i)} {{.note}}\n" for i in range(200)) + "a\n",
        "a chart of no numbers": "::: {.bars}\n| a | b |\n|---|---|\n| c | NaN |\n| d | inf |\n| e | 1e308 |\n| f | -1e308 |\n:::",
        "a chart of 10^30": "::: {.bars}\n| a | b |\n|---|---|\n| c | " + "9" * 400 + " |\n:::",
        "a chart of 60 by 60": "::: {.bars}\n|"
        + "a|" * 60
        + "\n|"
        + "-|" * 60
        + "\n"
        + ("|" + "1|" * 60 + "\n") * 60
        + ":::",
        "a line chart of 10^-300": "::: {.lines}\n| a | b |\n|---|---|\n| 1 | 1e-300 |\n| 2 | 1e300 |\n:::",
        "people out of 10^30": "::: {.people count=1 of=" + "9" * 30 + "}\n:::",
        "people out of -5": "::: {.people count=-1 of=-5}\n:::",
        "10,000 strips to tear off": "::: {.tear-off strips=10000}\na\n:::",
        "columns of 10^9": "::: {.columns count=1000000000}\na\n:::",
        "a steps list of 3,000": "::: {.steps}\n" + "1. a\n" * 3_000 + ":::",
        "cards of 1,000": "::: {.cards}\n" + "- a\n" * 1_000 + ":::",
        "a form of 5,000 blanks": "::: {.form}\n" + "a: ____\n\n" * 2_000 + ":::",
        "1,000 big numbers": "::: {.big-number}\n10^9\n\na\n:::\n\n" * 500,
    }
    for name, body in bodies.items():
        yield with_source("components", name, body=body)
    fronts = {
        "a condition of 5,000 brackets": "fields:\n  a: b\n",
        "events on days that are none": "events:\n- {title: T, start: 2001-02-31T99:99}\n",
        "1,000 events": "events:\n" + "- {title: T, start: 2001-02-01}\n" * 1_000,
        "a QR code of 3,000 letters": f"url: https://a.org/{'b' * 3_000}\n",
        "a contact of markup": "contact: {phone: '<script>', email: 'a@b.org?bcc=c@d.org', web: 'https://a.org/\"><script>'}\n",
        "a price of 10^400": f"events:\n- {{title: T, start: 2001-02-01, price: {'9' * 400}}}\n",
        "an identifier of markup": "doi: '10.1000/\"><script>alert(1)</script>'\nisbn: '<b>'\n",
        "a licence of markup": "license: '<script>alert(1)</script>'\n",
        "a person of 500 letters of accents": f"author: '{'a' + chr(0x301) * 29}'\n",
    }
    for name, front in fronts.items():
        yield with_source(
            "front matter", name, front=front, body=f'[a]{{when="{"(" * 5_000}"}}' if "condition" in name else "a"
        )


def included() -> Iterator[Input]:
    def chain(count: int, times: int) -> dict[str, Content]:
        return {f"source/{i}.md": f"{{{{< include {i + 1}.md >}}}}\n\n" * times for i in range(count)} | {f"source/{count}.md": "word\n"}  # fmt: skip

    places: dict[str, tuple[str, Mapping[str, Content]]] = {
        "that double thirty times": ("0.md", chain(30, 2)),
        "300 in a row": ("0.md", chain(300, 1)),
        "a pipe": ("a.md", {"source/a.md": FIFO}),
        "a folder": ("a.md", {"source/a.md": FOLDER}),
        "a device": ("a.md", {"source/a.md": Path("/dev/zero")}),
        "a link outside": ("a.md", {"source/a.md": Path("../../secret.txt")}),
        "outside": ("../../secret.txt", {}),
        "of ten megabytes": ("a.md", {"source/a.md": "word\n\n" * 1_600_000}),
        "not UTF-8": ("a.md", {"source/a.md": b"\xff\xfe"}),
        "with front matter": ("a.md", {"source/a.md": "---\nlayout: ../../x\ncss: ../../secret.txt\n---\n\na\n"}),
        "on the web": (f"{WEB}/a.md", {}),
        "of escape codes": ("\x9b31m.md", {}),
        "of a pattern": ("*.md", {}),
    }
    for name, (target, files) in places.items():
        yield with_source("included", name, body=f"{{{{< include {target} >}}}}", files=files, quick="double" in name)
        yield with_source("included", f"{name}, by MyST", body=f"```{{include}} {target}\n```", files=files)
        yield with_source("included", f"{name}, by code", body=f"```{{literalinclude}} {target}\n```", files=files)


def coloured_code() -> Iterator[Input]:
    """Yield code that the lexers of its language read slowly."""
    texts = {
        "perl": "s/" + "\\" * 10_000,
        "ruby": '"#{' * 3_000,
        "sml": "(* " * 3_000,
        "haskell": "{-" * 3_000,
        "css": "a{" * 3_000 + "url(" * 3_000,
        "javascript": "/" * 9_000 + "`${" * 3_000,
        "sql": "'" + "\\'" * 9_000,
        "html": "<a " * 5_000,
        "python": "f'{" * 3_000,
        "java": '"' + "\\" * 9_000,
        "rust": "r" + "#" * 9_000 + '"',
        "yaml": "- " * 5_000,
        "json": "[" * 9_000,
        "diff": "+" * 9_000,
        "latex": "\\begin{a}" * 2_000,
        "console": "$ " * 5_000,
        "r": "`" * 9_000,
        "xml": "<!--" * 3_000,
        "markdown": "*" * 5_000 + "[" * 3_000,
        "bash": "$((" * 3_000,
        "../../secret": "a",
        "a" * 5_000: "a",
        "__init__": "a",
    }
    for language, text in texts.items():
        body = f"```{language}\n{text}\n```"
        yield with_source("coloured code", language[:30], front="code-colours: true\n", body=body)


def sheets_that_reach() -> Iterator[Input]:
    css = {
        "a font outside": "@font-face{font-family:A;src:url(../../secret.svg)}p{font-family:A}",
        "a font of this machine": "@font-face{font-family:A;src:local('/etc/passwd'),local(DejaVu)}p{font-family:A}",
        "a font on the web": f"@font-face{{font-family:A;src:url({WEB}/a.woff2)}}p{{font-family:A}}",
        "a font in data": "@font-face{font-family:A;src:url(data:font/ttf;base64,AAEAAAAA)}p{font-family:A}",
        "an import in data": f'@import url("data:text/css,@import url({WEB}/a.css);");',
        "an import behind a comment": f"@im/**/port url({WEB}/a.css);@import/**/url({WEB}/b.css);",
        "an import in numbers": f"@\\69mport url({WEB}/a.css);",
        "an address in numbers": f"p{{background:\\75\\72\\6c({WEB}/a.png)}}",
        "a picture by its attribute": "p::before{content:attr(title url)}a::after{content:attr(href)}",
        "a picture as content": "p::before{content:url(../../secret.svg)}",
        "a picture as a mark": f"li{{list-style-image:url({WEB}/a.png)}}p{{display:list-item;list-style:url(file:///etc/passwd)}}",
        "a picture as a border": f"p{{border-image:url({WEB}/a.png) 1;mask:url({WEB}/b.png);cursor:url({WEB}/c.png)}}",
        "a set of pictures": f"p{{background:image-set(url({WEB}/a.png) 1x)}}",
        "a profile of colours": f"@color-profile a{{src:url({WEB}/a.icc)}}p{{color:color(a 1 1 1)}}",
        "a variable that is an address": f":root{{--a:url({WEB}/a.png)}}p{{background:var(--a)}}",
        "a namespace and a charset": "@charset 'utf-7';@namespace url(file:///etc/passwd);p{color:red}",
        "an attachment": "p{-weasy-attachment:url(/etc/passwd)}a{-weasy-link:attr(href);bookmark-label:url(/etc/passwd)}",
        "a link of CSS": "p{-weasy-link:url(javascript:alert\\(1\\));link:url(file:///etc/passwd);-weasy-anchor:attr(id)}",
        "a quote that is never closed": f"p{{content:'}} p{{background:url({WEB}/a.png)}}",
        "an end of the style": f"p{{color:red}}</style><img src={WEB}/a.png><script>alert(1)</script><style>",
        "expressions": "p{width:expression(alert(1));behavior:url(a.htc);-moz-binding:url(a.xml)}",
    }
    for name, text in css.items():
        yield with_source("CSS that reaches", name, front="css: own.css\n", files={"source/own.css": text}, quick=name == "an attachment")  # fmt: skip


def sheets_that_grow() -> Iterator[Input]:
    weights = ",".join(f"{10**i} 'x'" for i in range(30, 0, -1))
    css = {
        "leaders of 100,000 letters": f"p::after{{content:leader('{'a' * 100_000}')}}",
        "a hyphen of 100,000 letters": f"p{{hyphens:auto;hyphenate-character:'{'a' * 100_000}'}}",
        "5,000 features": "p{font-feature-settings:" + ",".join(["'liga' 1"] * 5_000) + "}",
        "a label of 100,000 letters": f"p{{bookmark-level:1;bookmark-label:'{'a' * 100_000}'}}",
        "1,000 media in each other": "@media print{" * 1_000 + "p{color:red}" + "}" * 1_000,
        "an n of 10^30": "p:nth-child(" + "9" * 30 + "n+" + "9" * 30 + "){color:red}",
        "counters that refer to each other": "@counter-style a{system:extends b}@counter-style b{system:extends a}p::before{counter-increment:c 9;content:counter(c,a)}",
        "a counter that adds up": f"@counter-style a{{system:additive;additive-symbols:{weights}}}p::before{{counter-increment:c 999999999;content:counter(c,a)}}",
        "a counter of tallies": "@counter-style a{system:additive;additive-symbols:1 'x'}p::before{counter-increment:c 2000000000;content:counter(c,a)}",
        "a counter that pads": "@counter-style a{system:numeric;symbols:'0' '1';pad:1000000000 '0'}p::before{content:counter(c,a)}",
        "a counter of one symbol": "@counter-style a{system:symbolic;symbols:'x'}p::before{counter-increment:c 2000000000;content:counter(c,a)}",
        "sizes that grow": "*{font-size:3em}",
        "a scale of 10^30": "p{transform:scale(1e30) rotate(1e30deg) skew(90deg)}",
        "tabulators of 10^9": "p{tab-size:1000000000;text-indent:1e9mm;word-spacing:1e9mm}",
        "everything fixed": "*{position:fixed!important}",
        "everything absolute": "*{position:absolute!important;top:-1e9mm}",
        "widows of 10^9": "p{widows:1000000000;orphans:1000000000;break-inside:avoid}",
        "lines that are cut at 10^9": "p{max-lines:1000000000;block-ellipsis:'" + "a" * 50_000 + "'}",
        "a resolution of almost nothing": "img{image-resolution:0.0000001dpi;width:auto}",
        "pages that come from pages": "section{page:a}@page a{size:10mm 10mm;margin:5mm}",
        "a page of 10^300": "@page{size:1e300mm 1e300mm}",
        "margins of a page of 10^9": "@page{margin:1e9mm}",
        "16 margin boxes of everything": "@page{" + "".join(f"@{place}{{content:'{'a' * 9_000}'}}" for place in ("top-left", "top-center", "top-right", "bottom-left", "left-middle", "right-middle")) + "}",
        "a target of itself": "p::after{content:target-counter(attr(id url),page) target-text(url(#a)) string(a)}p{string-set:a content(text) counter(page)}",
        "quotes without an end": "p::before{content:open-quote open-quote open-quote}q{quotes:'" + "a" * 50_000 + "' ''}",
        "a shadow of 10^9": "p{box-shadow:0 0 1e9mm red;text-shadow:0 0 1e9mm red;filter:blur(1e9mm)}",
        "a radius of 10^300": "p{border:1e300mm dotted red;border-radius:1e300mm}",
        "dots of almost nothing": "p{border:0.0001mm dotted red;outline:0.0001mm dashed red;height:100mm}",
        "a line of waves of almost nothing": "p{text-decoration:underline wavy 0.0001mm red}",
        "a grid that fits 10^9": "section{display:grid;grid-template-columns:repeat(auto-fill,0.0001mm)}",
        "a grid line of 10^9": "section{display:grid}p{grid-row:1/1000000000;grid-column:span 1000000000}",
        "flex of 10^300": "section{display:flex}p{flex:1e300 1e300 1e300mm}",
        "selectors of attributes": "".join(f"[a{i}~='b'] *::before{{color:red}}" for i in range(5_000)),
        "500 levels of nested rules": "a{" * 500 + "color:red" + "}" * 500,
        "numbers of 100,000 digits": f"p{{width:{'9' * 100_000}mm;color:#{'f' * 100_000}}}",
        "a range of letters of everything": "@font-face{font-family:A;src:url(a.ttf);unicode-range:U+0-10FFFFFFFF," + "U+?," * 5_000 + "U+1}",
        "100,000 imports of nothing": "@import '';" * 100_000,
        "calculations of infinity": "p{width:calc(1mm/0);height:calc(infinity*1mm);margin:calc(-1*infinity*1mm)}",
        "min and max in each other": "p{width:" + "min(1mm,max(2mm," * 40 + "1mm" + "))" * 40 + "}",
    }  # fmt: skip
    for name, text in css.items():
        yield with_source("CSS that grows", name, front="css: own.css\n", body="- a\n\nWords “a”. " * 10, files={"source/own.css": text}, quick=name == "a counter of tallies")  # fmt: skip


def drawings() -> Iterator[Input]:
    box = 'viewBox="0 0 9 9"'
    shapes = {
        "an include of XML": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="../../secret.txt" parse="text"/>',
        "a base outside": '<g xml:base="file:///etc/"><image href="passwd" width="9" height="9"/></g>',
        "a use of another file": '<use href="b.svg#a"/><use href="../../secret.svg#a"/><use href="' + WEB + '/a.svg#a"/>',
        "a link that runs a script": '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>',
        "CDATA of a script": "<script><![CDATA[alert(1)]]></script><rect onclick='alert(1)'/>",
        "5,000 rules for 5,000 shapes": "<style>" + "".join(f".a{i} .b{{fill:red}}" for i in range(3_000)) + "</style>" + "<rect class='b'/>" * 3_000,
        "2,000 drawings in each other": "<svg>" * 2_000 + "</svg>" * 2_000,
        "100 drawings in each other": "<svg viewBox='0 0 9 9'>" * 100 + "<rect width='9' height='9'/>" + "</svg>" * 100,
        "5,000 groups that shine through": '<g opacity="0.5"><rect width="1" height="1"/></g>' * 5_000,
        "80 groups that shine through each other": '<g opacity="0.5">' * 80 + "<rect width='9' height='9'/>" + "</g>" * 80,
        "steps of 100,000 letters": f'<text dx="{"1 " * 50_000}" rotate="{"9 " * 50_000}">{"a" * 500}</text>',
        "100,000 dashes": f'<path d="M0 0L9 9" stroke="red" stroke-dasharray="{"0.001 " * 50_000}"/>',
        "dashes of 10^-9 over 10^9": '<path d="M0 0L1000000000 9" stroke="red" stroke-dasharray="0.000000001"/>',
        "arcs without numbers": f'<path d="{"A1 1 0 0 1 NaN inf " * 5_000}"/>',
        "arcs of 10^300": '<path d="M0 0A1e300 1e300 1e300 1 1 1e300 1e300" stroke="red"/>',
        "a polygon of no numbers": '<polygon points="a,b 1e999 -1e999"/>',
        "a switch of languages": '<switch><g systemLanguage="' + "en," * 20_000 + '"><rect/></g></switch>',
        "a pattern in a pattern": "".join(f'<pattern id="p{i}" width="0.1" height="0.1"><rect width="1" height="1" fill="url(#p{i + 1})"/></pattern>' for i in range(12)) + '<rect width="9" height="9" fill="url(#p0)"/>',
        "clips in clips": "".join(f'<clipPath id="c{i}" clip-path="url(#c{i + 1})"><rect width="9" height="9"/></clipPath>' for i in range(60)) + '<rect width="9" height="9" clip-path="url(#c0)"/>',
        "masks in masks": "".join(f'<mask id="m{i}"><rect width="9" height="9" mask="url(#m{i + 1})"/></mask>' for i in range(60)) + '<rect width="9" height="9" mask="url(#m0)"/>',
        "markers on 100,000 points": '<marker id="m"><path d="M0 0"/></marker><path marker-mid="url(#m)" d="M0 0' + "L1 1" * 50_000 + '"/>',
        "gradients that point on": "".join(f'<linearGradient id="g{i}" href="#g{i + 1}"/>' for i in range(3_000)) + '<rect fill="url(#g0)" width="9" height="9"/>',
        "a name of 10^6 letters": f'<g id="{"a" * 1_000_000}"/>',
        "a bomb in a picture": '<image width="9" height="9" href="data:image/png;base64,' + base64.b64encode(png(30_000, 30_000, zlib.compress(b"\0" * 1_000))).decode() + '"/>',
        "symbols with boxes of nothing": '<symbol id="a" viewBox="0 0 0 0"><rect/></symbol><use href="#a" width="0" height="-1"/>',
        "a style by numbers": f"<style>rect{{fill:\\75 rl({WEB}/a)}}@\\69mport '{WEB}/b';</style><rect style=\"fill:url('{WEB}/c')\"/>",
    }  # fmt: skip
    for name, shape in shapes.items():
        files: dict[str, Content] = {"source/a.svg": SVG.format(box, shape), "source/b.svg": SVG.format(box, '<g id="a"><use href="a.svg#a"/></g>')}  # fmt: skip
        yield with_source("drawings", name, body="![a](a.svg)", files=files, quick=name == "an include of XML")
    whole: dict[str, Content] = {
        "a type of a file": f'<!DOCTYPE svg SYSTEM "../../secret.txt">{SVG.format(box, "")}',
        "a type on the web": f'<!DOCTYPE svg SYSTEM "{WEB}/a.dtd">{SVG.format(box, "")}',
        "an entity of a type": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]>' + SVG.format(box, ""),
        "a sheet by instruction": f'<?xml-stylesheet href="{WEB}/a.css"?>{SVG.format(box, "")}',
        "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + SVG.format(box, "<script>alert(1)</script>")).encode("utf-16"),
        "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-svg+AD4-',
        "EBCDIC": SVG.format(box, "<script>alert(1)</script>").encode("cp037"),
        "a drawing in gzip": lambda _: gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 100_000_000),
        "two roots": SVG.format(box, "") * 2,
        "another root": '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        "a prefix for everything": '<a:svg xmlns:a="http://www.w3.org/2000/svg"><a:script>alert(1)</a:script><a:rect onload="a"/></a:svg>',
        "20,000 namespaces": "<svg xmlns='http://www.w3.org/2000/svg' " + " ".join(f"xmlns:a{i}='b{i}'" for i in range(20_000)) + "/>",
        "20,000 attributes": "<svg xmlns='http://www.w3.org/2000/svg' " + " ".join(f"a{i}='b'" for i in range(20_000)) + "/>",
        "a comment of 20 MB": f"<!--{'a' * 20_000_000}-->{SVG.format(box, '')}",
    }  # fmt: skip
    for name, content in whole.items():
        yield with_source("drawings", f"{name}, whole", body="![a](a.svg)", files={"source/a.svg": content})
    circle: dict[str, Content] = {f"source/{i}.svg": SVG.format(box, f'<image href="{(i + 1) % 40}.svg" width="9" height="9"/>') for i in range(40)}  # fmt: skip
    yield with_source("drawings", "40 files in a circle", body="![a](0.svg)", files=circle)
    twice: dict[str, Content] = {f"source/{i}.svg": SVG.format(box, f'<image href="{i + 1}.svg" width="9" height="9"/>' * 2) for i in range(40)}  # fmt: skip
    yield with_source("drawings", "files that double", body="![a](0.svg)", files=twice)


def rasters() -> Iterator[Input]:
    def jpeg(width: int, height: int, *segments: bytes) -> bytes:
        frame = (
            b"\xff\xc0\0\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\3\1\x22\0\2\x11\1\3\x11\1"
        )
        return (
            b"\xff\xd8"
            + b"".join(segments)
            + frame
            + b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"
            + b"\0" * 99
            + b"\xff\xd9"
        )

    def riff(kind: bytes, body: bytes, size: int) -> bytes:
        return b"RIFF" + size.to_bytes(4, "little") + b"WEBP" + kind + len(body).to_bytes(4, "little") + body

    avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0\0\0\x14meta\0\0\0\0\xff\xff\xff\xffiloc"
    found: dict[str, tuple[str, Content]] = {
        "a JPEG of 65,500 by 65,500": ("a.jpg", jpeg(65_500, 65_500)),
        "a JPEG of nothing by nothing": ("a.jpg", jpeg(0, 0)),
        "a JPEG of 10,000 comments": ("a.jpg", jpeg(8, 8, b"\xff\xfe\xff\xff" + b"a" * 65_533) * 100),
        "a JPEG with profiles without end": ("a.jpg", jpeg(8, 8, *(b"\xff\xe2\0\x12ICC_PROFILE\0\1\xff" for _ in range(5_000)))),
        "a JPEG of 4,000 scans": ("a.jpg", jpeg(4_000, 4_000) + b"\xff\xda\0\x08\1\1\0\0\0\0" * 4_000),
        "a WebP of 16,383 by 16,383": ("a.webp", riff(b"VP8X", b"\x10\0\0\0\xfe\x3f\0\xfe\x3f\0", 30)),
        "a WebP of 2^24 by 2^24": ("a.webp", riff(b"VP8X", b"\x02\0\0\0\xff\xff\xff\xff\xff\xff", 0xFFFFFFFE)),
        "a WebP of 5,000 frames": ("a.webp", riff(b"VP8X", b"\2\0\0\0\7\0\0\7\0\0" + b"ANMF\x10\0\0\0" * 5_000, 99)),
        "an AVIF whose places are lies": ("a.avif", avif),
        "a GIF of a screen of 65,535 with frames": ("a.gif", b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"\0" * 768 + b",\0\0\0\0\1\0\1\0\0\2\2L\1\0;"),
        "a GIF of comments without end": ("a.gif", b"GIF89a\1\0\1\0\0\0\0" + b"!\xfe" + b"\xff" * 200_000),
        "a PNG of 10,000 texts": ("a.png", png(8, 8, zlib.compress(b"\0" * 72))[:33] + b"\0\0\0\x03tEXta\0b" * 10_000),
        "a PNG with a profile that grows": ("a.png", lambda _: png(8, 8, packed(b"\0", 200_000_000))),
        "a PNG of one row of 2^30": ("a.png", png(2**30, 1, zlib.compress(b"\0" * 9_000))),
        "a BMP of -2^31": ("a.bmp", b"BM" + b"\xff" * 12 + b"\x28\0\0\0\0\0\0\x80\0\0\0\x80" + b"\xff" * 40),
        "an EPS": ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"),
        "a PostScript that is a PNG": ("a.png", b"%!PS\n(/etc/passwd) (r) file { } loop\n"),
        "a PSD": ("a.psd", b"8BPS\0\1" + b"\xff" * 500),
        "a JPEG 2000": ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 500),
        "a list of files": ("a.svg", b"#EXTM3U\nfile:///etc/passwd\n"),
    }  # fmt: skip
    for name, (file, content) in found.items():
        yield with_source("rasters", name, body=f"![a]({file})", files={f"source/{file}": content})


def references() -> Iterator[Input]:
    front, body = "bibliography: a.bib\n", "A [@a]."
    same = "".join(
        f"@article{{k{i}, title={{T}}, author={{Brook, Ben}}, year=2001, journal={{J}}}}\n" for i in range(300)
    )
    items = {
        "a year of 9999999999": "@book{a, title={T}, date={2001/9999999999}}",
        "a year before all": "@book{a, title={T}, date={-99999999999-13-45}, year={-1e9}}",
        "pages of 10^400": f"@book{{a, title={{T}}, pages={{1--{'9' * 400}}}}}",
        "particles without a name": f"@book{{a, title={{T}}, author={{{'von ' * 10_000}}}}}",
        "commas without a name": f"@book{{a, title={{T}}, author={{{',' * 10_000}}}}}",
        "accents in accents": "@book{a, title={" + r"\'{" * 3_000 + "e" + "}" * 3_000 + "}}",
        "2,000 formulas in a title": f"@book{{a, title={{{'$a$ ' * 2_000}}}}}",
        "an address that runs a script": "@book{a, title={T}, url={javascript:alert(1)}, doi={\"><script>alert(1)</script>}}",
        "a file of the reference": "@book{a, title={T}, file={/etc/passwd:../../secret.txt:pdf}, abstract={\\input{../../secret.txt}}}",
        "5,000 pieces of data": "@xdata{x, xdata={x}}\n@book{a, title={T}, xdata={" + ",".join(["x"] * 5_000) + "}}",
        "a set of itself": "@set{a, entryset={a,b}}\n@set{b, entryset={a}}\n@book{c, title={T}, related={c}}",
        "5,000 joined texts": "@string{s={aaaaaaaaaa}}\n@book{a, title=" + " # ".join(["s"] * 5_000) + "}",
        "5,000 times one key": "@book{a, title={T}}\n" * 5_000,
        "a comment of 5 MB": "@comment{" + "a" * 5_000_000 + "}\n@book{a, title={T}}",
        "names of escape codes": "@book{a, title={T}, \x9b31m={b}, note={\\char27[31m}}",
        "languages of a path": "@book{a, title={T}, langid={../../secret}, language={\x9b}}",
        "markup for everything": "@book{a, title={<script>alert(1)</script>}, publisher={</p><img src=x onerror=alert(1)>}, year={<b>}}",
    }  # fmt: skip
    for name, text in items.items():
        yield with_source("references of BibTeX", name, front=front, body=body, files={"source/a.bib": text})  # fmt: skip
    cited = " ".join(f"[@k{i}]" for i in range(300))
    for style in ("apa", "chicago-author-date", "modern-language-association"):
        yield with_source("references of BibTeX", f"300 of one author and year in {style}", front=f"{front}csl: {style}\n", body=cited, files={"source/a.bib": same})  # fmt: skip
    others: dict[str, tuple[str, str]] = {
        "a RIS of 100,000 ends": ("a.ris", "ER  - \n" * 100_000),
        "a RIS of 5,000 dates": ("a.ris", "TY  - BOOK\nTI  - T\n" + "PY  - 99999/99/99/x\n" * 5_000 + "ER  - \n"),
        "a YAML of anchors": ("a.yaml", "references:\n- &a {id: a, title: T, type: book, a: *a}\n"),
        "a YAML of merges": ("a.yaml", "references:\n- &a {id: a, title: T}\n" + "- {<<: *a}\n" * 5_000),
        "an item whose name is a list": ("a.json", '[{"id": ["a"], "type": {"a": 1}, "title": 7}]'),
        "an item of 100,000 keys": ("a.json", json.dumps([{"id": "a", "title": "T"} | {f"k{i}": i for i in range(100_000)}])),
        "a note of keys": ("a.json", json.dumps([{"id": "a", "title": "T", "note": "{:a: b}\n" * 20_000}])),
        "a date of 10,000 parts": ("a.json", json.dumps([{"id": "a", "title": "T", "issued": {"date-parts": [[1] * 10_000] * 10}}])),
        "a season of 10^30": ("a.json", '[{"id": "a", "title": "T", "issued": {"date-parts": [[2001]], "season": 1' + "0" * 30 + "}}]"),
    }  # fmt: skip
    for name, (file, text) in others.items():
        yield with_source(
            "references", name, front=f"bibliography: {file}\n", body=body, files={f"source/{file}": text}
        )


def styles_of_citations() -> Iterator[Input]:
    locale = '<locale xml:lang="{}"><terms>{}</terms></locale>'
    parts = {
        "10,000 terms": (locale.format("en", '<term name="and">a</term>' * 10_000), '<text variable="title"/>'),
        "a locale of 10,000 letters": (locale.format("a" * 10_000, ""), '<text variable="title"/>'),
        "500 choices in each other": ("", "<choose><if type='book'>" * 500 + "<text value='a'/>" + "</if></choose>" * 500),
        "a number in Roman of 10^30": ("", '<number variable="volume" form="roman"/>'),
        "an ordinal of 10^30": ("", '<number variable="volume" form="long-ordinal"/>'),
        "substitutes in a circle": ('<macro name="m"><names variable="author"><substitute><text macro="m"/></substitute></names></macro>', '<text macro="m"/>'),
        "a name of nothing": ("", '<names variable=""><name form="a" initialize-with="' + "." * 50_000 + '"/></names>'),
        "a text of markup": ("", '<text value="&lt;script&gt;alert(1)&lt;/script&gt;" prefix="&lt;/p&gt;"/>'),
        "an attribute of an entity": ("", '<text variable="title" text-case="\x7f" display="javascript:"/>'),
        "a delimiter of a megabyte": ("", f'<group delimiter="{"a" * 1_000_000}"><text value="a"/><text value="b"/></group>'),
    }  # fmt: skip
    for name, (before, layout) in parts.items():
        files: dict[str, Content] = {
            "styles/citations/mine.csl": CSL.format(before, layout),
            "source/a.bib": f"@book{{a, title={{T}}, volume={{{'9' * 30}}}}}",
        }
        yield with_source("CSL styles", name, front="csl: mine\nbibliography: a.bib\n", body="A [@a].", files=files)


def rows() -> Iterator[Input]:
    huge = "9" * 400
    found: dict[str, tuple[str, Content]] = {
        "a view of 2*10^9 letters": ("a.sqlite", _database("CREATE VIEW rows AS SELECT 'a' AS id, printf('%.*c', 2000000000, 'x') AS who")),
        "a view of random bytes": ("a.sqlite", _database("CREATE VIEW rows AS SELECT 'a' AS id, hex(randomblob(400000000)) AS who")),
        "a view that joins itself": ("a.sqlite", _database("CREATE TABLE t (id)", "INSERT INTO t VALUES (1), (2), (3), (4), (5), (6), (7), (8)", "CREATE VIEW rows AS SELECT count(*) AS id FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l")),
        "a column of blobs": ("a.sqlite", _database("CREATE TABLE rows (id, who)", "INSERT INTO rows VALUES (x'ff00', x'fe')")),
        "a column of text that is none": ("a.sqlite", _database("CREATE TABLE rows (id, who)", "INSERT INTO rows VALUES (CAST(x'ff' AS TEXT), CAST(x'80' AS TEXT))")),
        "a table of no module": ("a.sqlite", _database("CREATE TABLE rows (id, who)", "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE VIRTUAL TABLE rows USING fsdir(a)'")),
        "a schema of noise": ("a.sqlite", _database("CREATE TABLE rows (id, who)", "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE TABLE rows (' || printf('%.*c', 100000, '(')")),
        "JSON of one key twice": ("a.json", '[{"id": "a", "id": "b", "who": "c", "who": "d"}]'),
        "JSON of 10^400": ("a.json", f'[{{"id": {huge}, "who": 1e400}}]'),
        "100,000 lines of JSON": ("a.jsonl", '{"id": "a"}\n' * 100_000),
        "YAML of days": ("a.yaml", "- id: 2001-02-03\n  who: 0o777\n- id: 12:30:45\n  who: .nan\n"),
        "names of Windows": ("a.csv", "id,who\nCON,a\nnul.txt,b\n'a ',c\n.,d\n..,e\n"),
        "names that differ by their accents": ("a.csv", "id,who\n\u00e9,a\ne\u0301,b\nE\u0301,c\n"),
        "names of 300 accents": ("a.csv", "id,who\na" + "\u0301" * 300 + ",b\n"),
        "fields of braces": ("a.csv", "id,who\n1,{{ who }}{% for i in range(10**9) %}\n"),
        "a head of paths": ("a.csv", "id,../../who,__class__.__mro__\n1,a,b\n"),
    }  # fmt: skip
    for name, (file, content) in found.items():
        yield with_rows("rows", name, {file: content}, quick=name == "a view that joins itself")
    for encoding in (
        "hex",
        "zlib_codec",
        "rot13",
        "idna",
        "unicode_escape",
        "undefined",
        "utf-7",
        "mbcs",
        "a" * 5_000,
        "\x1b",
        "../../secret",
    ):
        yield with_rows(
            "rows", f"an encoding of {encoding[:20]!a}", {"a.csv": "id,who\n1,789c\n"}, "--encoding", encoding
        )
    for name in (
        "{id!r:>1000000000}",
        "{id.__class__}",
        "{0}",
        "{id:{id}}",
        "{",
        "}{",
        "{source}/{id}",
        "{{}}",
        "{id[0]}",
        "\x1b[31m{id}",
        "{id:%Y%n%t}",
    ):
        yield with_rows("rows", f"a name of {name!a}", {"a.csv": "id,who\n1,a\n"}, "--name", name)
    for table in (
        "a'; DROP TABLE rows; --",
        "sqlite_master",
        "\x1b[31m",
        "a" * 50_000,
        "pragma_table_info('rows')",
        "",
    ):
        yield with_rows("rows", f"a table of {table[:20]!a}", {"a.sqlite": _database("CREATE TABLE rows (id, who)")}, "--table", table)  # fmt: skip


def options() -> Iterator[Input]:
    base = ("build", "source/x.md")
    lines = {
        "a scale of 10^400": ("impose", "a.pdf", "--layout", "booklet-a5", "--sheets", "9" * 400),
        "limits of infinity": (*base, "--max-seconds", "inf"),
        "limits of no number": (*base, "--max-seconds", "nan"),
        "memory of 10^30": (*base, "--max-memory", "9" * 30),
        "ink of no number": (*base, "--press", "a.icc", "--ink-limit", "nan"),
        "a shard of 10^30": (*BATCH, "--shard", "1/" + "9" * 30),
        "a shard of nothing": (*BATCH, "--shard", "0/0"),
        "a split of 10^30": (*BATCH, "--combine", "--split", "9" * 30 + "GB"),
        "a place on the web": (*BATCH, "--to", "http://127.0.0.1:{port}/a"),
        "a place of files outside": ("batch", "source/x.md", "--to", "file:///tmp/../etc/leaflet-test"),
        "a place of no kind": (*BATCH, "--to", "a" * 5_000 + "://b"),
        "a cluster of itself": (*BATCH, "--on", "dask://127.0.0.1:{port}/../.."),
        "a cluster of escape codes": (*BATCH, "--on", "\x1b[31m://a:1"),
        "a field within a field": (*base, "--set", "a.b.c.d=e", "--set", "a=b"),
        "a field of nothing": (*base, "--set", "=", "--set", "a"),
        "a rule that is a path": ("rule", "../../../etc/passwd"),
        "a rule of escape codes": ("rule", "\x1b[31m"),
        "a schema of a path": ("schema", "../../etc"),
        "a report outside": ("check", "source/x.md", "--format", "html", "--output", "../made.html"),
        "a page of the web to import": ("import", "http://127.0.0.1:{port}/a.docx"),
        "a document of standard input": ("import", "-"),
        "a PDF of standard input": ("impose", "-", "--layout", "booklet-a5"),
        "a preview of a device": ("preview", "/dev/zero"),
    }
    for name, command in lines.items():
        yield with_source("options", name, command=command)


def workbooks() -> Iterator[Input]:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def book(sheet: str, target: str = "worksheets/sheet1.xml", **more: str | bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook {space} xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="{target}"/><Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>"
            )
            for name, content in more.items():
                archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
        return made.getvalue()  # fmt: skip

    head = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>who</t></is></c></row>'
    )
    found = {
        "a shared text that is not there": book(head + '<row r="2"><c r="A2" t="s"><v>99999999999</v></c></row>'),
        "a shared text of minus one": book(head + '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', xl__sharedStrings_dot_xml=f"<sst {space}><si><t>a</t></si></sst>"),
        "a cell of no kind": book(head + '<row r="2"><c r="A2" t="zz"><v>a</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'),
        "a cell at no place": book(head + '<row r="2"><c r="2A"><v>1</v></c><c r="A0"><v>1</v></c><c><v>2</v></c></row>'),
        "a day of 10^300": book(head + '<row r="2"><c r="A2" s="0"><v>1e300</v></c></row>', xl__styles_dot_xml=f'<styleSheet {space}><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'),
        "a style that is not there": book(head + '<row r="2"><c r="A2" s="99999"><v>1</v></c></row>'),
        "a sheet outside": book(head, target="../../../secret.txt"),
        "a sheet by its whole path": book(head, target="/etc/passwd"),
        "a sheet of itself": book(head, target="workbook.xml"),
        "a formula": book(head + '<row r="2"><c r="A2"><f>WEBSERVICE("http://127.0.0.1:{port}")</f><v>1</v></c></row>'),
        "half a million cells": book(head + "<row><c><v>1</v></c></row>" * 500_000),
        "names that climb": book(head, xl__evil=b"a", **{"..__..__evil": b"a"}),
    }  # fmt: skip
    for name, content in found.items():
        yield with_rows("workbooks", name, {"a.xlsx": content})


def documents() -> Iterator[Input]:
    def nested(depth: int) -> bytes:
        data = word()(0)
        for _ in range(depth):
            made = io.BytesIO(word(related=relation("package", "embeddings/a.docx"))(0))
            with zipfile.ZipFile(made, "a") as stream:
                stream.writestr("word/embeddings/a.docx", data)
            data = made.getvalue()
        return data

    def linked(port: int) -> bytes:
        made = io.BytesIO(word(related=relation("image", "media/a.png"))(0))
        entry = zipfile.ZipInfo("word/media/a.png")
        entry.external_attr = 0o120777 << 16
        with zipfile.ZipFile(made, "a") as stream:
            stream.writestr(entry, "../../../../secret.svg")
        return made.getvalue()

    def encrypted(port: int) -> bytes:
        data = bytearray(word()(port))
        at = 0
        while (at := data.find(b"PK\1\2", at)) >= 0:
            data[at + 8] |= 1
            at += 4
        return bytes(data)

    numbering = '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    found: dict[str, tuple[str, Content]] = {
        "a document in a document, 40 times": ("a.docx", lambda _: nested(40)),
        "an entry that is a link": ("a.docx", linked),
        "entries that are encrypted": ("a.docx", encrypted),
        "names of devices": ("a.docx", word(more={"word/media/CON": b"a", "C:\\evil": b"a", "/etc/evil": b"a", "word//x": b"a"})),
        "numbers in a circle": ("a.docx", word('<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' + PLAIN, related=relation("numbering", "numbering.xml"), more={"word/numbering.xml": numbering})),
        "a relationship to itself": ("a.docx", word(related=relation("footnotes", "document.xml"))),
        "a hundred thousand relationships": ("a.docx", word(related=relation("image", "a") * 100_000)),
        "a text of changes of others": ("a.docx", word('<w:p><w:ins w:author="++} {&gt;&gt;a&lt;&lt;}" w:date="x"><w:r><w:t>{++ a ++} {-- b --}</w:t></w:r></w:ins></w:p>')),
        "a comment of markup": ("a.docx", word('<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p>', related=relation("comments", "comments.xml"), more={"word/comments.xml": "<w:comments xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:comment w:id='1' w:author='&lt;&lt;}'><w:p><w:r><w:t>&lt;&lt;} ::: {.a}</w:t></w:r></w:p></w:comment></w:comments>"})),
        "a workbook of its name": ("a.docx", b"PK\5\6" + b"\0" * 18),
        "a text of pages": ("a.pages", b"words"),
        "a Markdown of its name": ("a.md", b"---\ntitle: T\n---\n"),
        "an EPUB": ("a.epub", b"PK\3\4"),
        "LaTeX": ("a.tex", b"\\input{../../secret.txt}\\write18{echo > evil}"),
    }  # fmt: skip
    for name, (file, content) in found.items():
        yield imported("documents", name, file, content, quick=name == "an entry that is a link")
    for name in ("CON", "x.md", ".", "", "a/b", "--help", "\u202e", "a" * 300, "leaflet.toml", "a\nb"):
        yield imported("documents", f"the name {name[:20]!a}", "a.docx", word(), "--as", name)


def open_texts() -> Iterator[Input]:
    drawn = '<text:p><draw:frame><draw:image xlink:href="{}"/></draw:frame></text:p>'
    found = {
        "a picture that climbs": open_document(drawn.format("Pictures/../../../evil.svg"), more={"Pictures/../../../evil.svg": SVG.format("", "")}),
        "a picture of the document": open_document(drawn.format("content.xml")),
        "links in links": open_document('<text:p><text:a xlink:href="a">' * 300 + "a" + "</text:a></text:p>" * 300),
        "notes in notes": open_document("<text:p>" + "<text:note><text:note-body><text:p>" * 200 + "a" + "</text:p></text:note-body></text:note>" * 200 + "</text:p>"),
        "tables in tables": open_document("<table:table><table:table-row><table:table-cell>" * 100 + "<text:p>a</text:p>" + "</table:table-cell></table:table-row></table:table>" * 100),
        "an object in a circle": open_document('<text:p><draw:frame><draw:object xlink:href="./."/></draw:frame></text:p>'),
        "a body that grows": open_document("<text:p>a</text:p>" * 200_000),
        "encrypted parts": open_document("<text:p>a</text:p>", more={"META-INF/manifest.xml": "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"}),
    }  # fmt: skip
    for name, content in found.items():
        yield imported("open texts", name, "a.odt", content)


def pages_of_others() -> Iterator[Input]:
    bodies = {
        "a text without an end": "<plaintext>" + "<script>" * 50_000,
        "templates in templates": "<template>" * 5_000 + "a",
        "pictures of a set": f'<picture><source srcset="{WEB}/a.png 1x, ../../secret.svg 2x"><img src="a.png" srcset="/etc/passwd 9x"></picture><video poster="{WEB}/p.png" src="/dev/zero"></video>',
        "a page that goes elsewhere": f'<meta http-equiv="refresh" content="0;url={WEB}/"><link rel=import href="{WEB}/a">a',
        "a drawing with a page": f'<svg><foreignObject><iframe src="{WEB}/"></iframe></foreignObject><use href="../../secret.svg#a"/></svg>a',
        "formulas of a page": '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml><annotation encoding="application/x-tex">\\input{/etc/passwd}</annotation></math>a',
        "a picture in data that is a page": '<img alt="a" src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'><script>alert(1)</script></svg>">',
        "headings in headings": "<h1>" * 5_000 + "a",
        "links in links": "<a href=b>" * 5_000 + "a",
        "words of markup": "<p>{{ a }} ::: {.note} ```{include} ../../secret.txt {++ a ++} [@a] {{&lt; include a &gt;}}",
        "front matter": "<p>---<p>layout: ../../x<p>---<title>---</title>",
        "a table of 2,000 by 2,000": "<table>" + ("<tr>" + "<td>" * 300) * 300,
        "a list of 10,000 numbers": "<ol>" + "<li value=-99999999999>a" * 5_000,
        "conditions of Word": "<![if !supportLists]>" * 5_000 + "a<![endif]>",
        "an attribute 50,000 times": "<p " + "a=b " * 50_000 + ">a",
        "signs without an end": "&" + "a" * 500_000,
    }  # fmt: skip
    for name, body in bodies.items():
        yield imported("pages of others", name, "a.html", body)


def reviews() -> Iterator[Input]:
    space = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    bodies = {
        "a review of markup": '<w:p><w:ins w:author="a"><w:r><w:t>---&#10;layout: ../../x</w:t></w:r></w:ins></w:p>',
        "a review that deletes everything": '<w:p><w:del w:author="a"><w:r><w:delText>Words.</w:delText></w:r></w:del></w:p>'
        * 3_000,
        "a review of places that are not there": '<w:p><w:bookmarkStart w:id="1" w:name="leaflet-99999999-99999999"/><w:r><w:t>a</w:t></w:r></w:p>',
        "a review of escape codes": '<w:p><w:ins w:author="&#x9b;31m"><w:r><w:t>a&#x202e;b&#x9b;</w:t></w:r></w:ins></w:p>',
    }
    for name, body in bodies.items():
        for digest in ("a", "0" * 64, "9" * 100_000):
            custom = (
                f'<Properties {space}><property name="leaflet-source" pid="2"><vt:lpwstr>source/x.md</vt:lpwstr></property>'
                f'<property name="leaflet-sha256" pid="3"><vt:lpwstr>{digest}</vt:lpwstr></property></Properties>'
            )
            yield with_source("review files", f"{name}, {len(digest)}", files={"a.docx": word(body, more={"docProps/custom.xml": custom})}, command=("import", "--review", "a.docx"))  # fmt: skip


CATALOGUE, PAGES = "<< /Type /Catalog /Pages 2 0 R {} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {} >> {} >>"


def _files() -> dict[str, Content]:
    """Return PDF files that are odd inside."""

    def stream(data: bytes, keys: str = "") -> str:
        return f"<< /Length {len(data)} {keys} >>\nstream\n{data.decode('latin-1')}\nendstream"

    names = "<< /Limits [(a) (a)] /Kids [4 0 R] >>"
    return {
        "names in a circle": pdf(CATALOGUE.format("/Names << /Dests 4 0 R /JavaScript 4 0 R /EmbeddedFiles 4 0 R >>"), PAGES, PAGE.format("", ""), names),
        "a form of XFA": pdf(CATALOGUE.format("/AcroForm << /XFA [(a) 4 0 R] /Fields [] >>"), PAGES, PAGE.format("", ""), stream(b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")),
        "actions on everything": pdf(CATALOGUE.format("/AA << /WC << /S /JavaScript /JS (a) >> >>"), PAGES, PAGE.format("", "/AA << /O << /S /Launch /F (a) >> >> /Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F (../../secret.txt) >> >> << /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:alert(1)) /Next [<< /S /SubmitForm /F (http://a/) >>] >> >>]")),
        "an action that goes on to itself": pdf(CATALOGUE.format("/OpenAction 4 0 R"), PAGES, PAGE.format("", ""), "<< /S /URI /URI (https://a.org/) /Next 4 0 R >>"),
        "100,000 annotations": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Annots [" + "<< /Subtype /Link /Rect [0 0 9 9] >> " * 100_000 + "]")),
        "a million states": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(b"q " * 1_000_000)),
        "filters upon filters": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(zlib.compress(zlib.compress(b"q " * 1_000_000)), "/Filter [" + "/FlateDecode " * 2 + "]")),
        "1,000 filters": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(b"a", "/Filter [" + "/ASCIIHexDecode " * 1_000 + "]")),
        "a filter of no kind": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(b"a", "/Filter /Crypt /DecodeParms << /Columns 999999999 /Predictor 15 >>")),
        "a picture of JBIG2": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/XObject << /A 4 0 R >>", "/Contents 5 0 R"), stream(b"\0" * 50, "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode"), stream(b"/A Do")),
        "a font of 10^9 letters": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/Font << /A << /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar -5 /LastChar 1000000000 /Widths [1] >> >>", "/Contents 4 0 R"), stream(b"BT /A 9 Tf (a) Tj ET")),
        "a space of colours of itself": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/ColorSpace << /A 4 0 R >>", "/Contents 5 0 R"), "[/Indexed 4 0 R 255 (a)]", stream(b"/A cs 1 sc 0 0 9 9 re f")),
        "a pattern of itself": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/Pattern << /A 4 0 R >>", "/Contents 5 0 R"), stream(b"/Pattern cs /A scn 0 0 9 9 re f", "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.00001 /YStep 0.00001 /Resources << /Pattern << /A 4 0 R >> >>"), stream(b"/Pattern cs /A scn 0 0 595 842 re f")),
        "a function of itself": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/Shading << /A << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function 4 0 R >> >>", "/Contents 5 0 R"), "<< /FunctionType 3 /Domain [0 1] /Functions [4 0 R] /Bounds [] /Encode [0 1] >>", stream(b"/A sh")),
        "a mask of itself": pdf(CATALOGUE.format(""), PAGES, PAGE.format("/ExtGState << /A << /SMask << /S /Alpha /G 4 0 R >> >> >>", "/Contents 5 0 R"), stream(b"/A gs 0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >> /Resources << /ExtGState << /A << /SMask << /S /Alpha /G 4 0 R >> >> >> >>"), stream(b"/A gs 0 0 9 9 re f")),
        "layers without an end": pdf(CATALOGUE.format("/OCProperties << /OCGs [4 0 R] /D << /Order [[[[4 0 R]]] 4 0 R] /OFF [4 0 R] >> >>"), PAGES, PAGE.format("/Properties << /A 4 0 R >>", ""), "<< /Type /OCG /Name (a) /Intent 4 0 R >>"),
        "3,000 trees of pages in each other": pdf(CATALOGUE.format(""), *(f"<< /Type /Pages /Kids [{i + 3} 0 R] /Count 1 >>" for i in range(3_000)), PAGE.format("", "")),
        "a box that is a page": pdf(CATALOGUE.format(""), PAGES, "<< /Type /Page /Parent 2 0 R /MediaBox 3 0 R /CropBox [9 9 9 9] /Rotate 3 0 R >>"),
        "a picture within the contents": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID a EI")),
        "numbers of 100,000 digits": pdf(CATALOGUE.format(""), PAGES, PAGE.format("", "/Contents 4 0 R"), stream(b"9" * 100_000 + b" 0 0 " + b"1." + b"9" * 100_000 + b" 0 0 cm")),
        "an attachment that is a program": pdf(CATALOGUE.format("/AF [4 0 R] /Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>"), PAGES, PAGE.format("", ""), "<< /Type /Filespec /F (../../evil.exe) /UF (../../evil.exe) /EF << /F 5 0 R >> >>", stream(b"MZ")),
        "a signature": pdf(CATALOGUE.format("/AcroForm << /SigFlags 3 /Fields [4 0 R] >> /Perms << /DocMDP 5 0 R >>"), PAGES, PAGE.format("", "/Annots [4 0 R]"), "<< /FT /Sig /Subtype /Widget /Rect [0 0 9 9] /T (a) /V 5 0 R /P 3 0 R >>", "<< /Type /Sig /ByteRange [0 1 2 999999999999] /Contents <00> >>"),
    }  # fmt: skip


def printed_pdfs() -> Iterator[Input]:
    for name, content in _files().items():
        yield with_source("PDF pictures", name, body="![a](a.pdf)", files={"source/a.pdf": content})


def imposed() -> Iterator[Input]:
    for name, content in _files().items():
        impose = ("impose", "a.pdf", "--layout", "booklet-a5")
        yield Input(kind="PDF files", name=f"{name}, imposed", files={"a.pdf": content}, command=impose, is_quick="everything" in name)  # fmt: skip
        yield Input(kind="PDF files", name=f"{name}, checked", files={"a.pdf": content}, command=("check", "a.pdf"))


def printed_pictures() -> Iterator[Input]:
    """Yield a picture of the wrong kind in each place that prints one."""
    bomb: Content = lambda _: png(20_000, 20_000, packed(b"\0", 100_000_000))  # noqa: E731
    for key in ("cover", "art", "logo"):
        yield with_source(
            "places of pictures", f"a bomb as {key}", front=f"{key}: a.png\n", files={"source/a.png": bomb}
        )
    settings = "[organisation]\nname = 'O'\nlogo = '{}'\n"
    for name, path in {
        "a bomb": "a.png",
        "outside": "../secret.svg",
        "a pipe": "pipe.svg",
        "on the web": f"{WEB}/a.svg",
    }.items():
        files: dict[str, Content] = {"leaflet.toml": settings.format(path), "a.png": bomb, "pipe.svg": FIFO}
        yield with_source("places of pictures", f"a logo {name}", files=files)


def machine_lists() -> Iterator[Input]:
    front = 'title: "a\\u009b31m\\u202eb"\nfields:\n  "\\e[31m": "\\e[0m"\n'
    lines = {
        "build": ("build", "source/x.md", "--json"),
        "check": ("check", "source/x.md", "--format", "json"),
        "check as SARIF": ("check", "source/x.md", "--format", "sarif"),
        "check for JUnit": ("check", "source/x.md", "--format", "junit"),
        "check for GitHub": ("check", "source/x.md", "--format", "github"),
        "inspect": ("inspect", "source/x.md"),
        "cite": ("cite", "source/x.md", "--json"),
        "register": ("register", "--format", "json"),
        "batch": ("batch", "source/x.md", "--json", "--format", "text"),
        "layouts": ("layouts", "--json"),
        "styles": ("styles", "--json"),
        "refs": ("refs", "source/a.bib", "--json"),
    }
    for name, command in lines.items():
        yield with_source("lists for programs", name, front=front, body="[a\x9b31m\u202eb](c) @d", files={"source/a.bib": "@book{\x9b31m, title={\x1b]0;a\x07}}", "layouts/\x1b[31m/layout.toml": "a", "styles/\x1b[31m/style.toml": "a"}, command=command)  # fmt: skip
