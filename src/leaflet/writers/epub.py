"""EPUB 3.3: the text of a leaflet as a book for e-readers, with metadata about its accessibility."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from io import BytesIO
from urllib.parse import unquote_to_bytes
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct, field

from leaflet.files import read_packaged
from leaflet.model.html_tree import HtmlElement, HtmlNode, rewritten
from leaflet.model.metadata import Metadata
from leaflet.model.reading_text import ReadingText
from leaflet.model.typefaces import EmbeddedFont, css_name
from leaflet.writers.reading_blocks import plain_words
from leaflet.writers.serialise import as_xml

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold: the same files make the same bytes."""
CORE_PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
"""The kinds of pictures that every e-reader shows (EPUB 3.3, core media types), with the endings of their files."""
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
GENERATOR = '<meta name="generator" content="leaflet"/>'
HEADINGS = ("h2", "h3")
"""The headings that the table of contents lists."""
FACES = {"text": "body", "headings": "h1,h2,h3,h4", "labels": "th,td,caption,figcaption"}
"""The elements that are set in each typeface of a style."""


class _Entry(Struct, frozen=True, kw_only=True):
    level: int
    id: str
    title: str


class _Book(Struct, kw_only=True):
    """Pictures and fonts of a text, and its headings for the table of contents, as they are found on the way."""

    pictures: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    """The name, the media type and the data of each picture, by its address."""
    entries: list[_Entry] = field(default_factory=list)
    fonts: Mapping[str, EmbeddedFont] = field(default_factory=dict)
    """The fonts by the names of their files."""


def epub_file(text: ReadingText, *, day: date, fonts: Callable[[str], Sequence[EmbeddedFont]] | None = None) -> bytes:
    """Return ``text`` as an EPUB; a text without a date is of ``day``. ``fonts`` returns the fonts for a page of it."""
    book = _Book()
    (content,) = rewritten(text.content, lambda element: _for_readers(element, book))
    assert isinstance(content, HtmlElement)
    body = "".join(map(as_xml, content.children))
    navigation, page = _page(text, _navigation(text, book), "nav"), _page(text, f"<main>{body}</main>", "text")
    if fonts is not None:
        book.fonts = {f"fonts/font-{at}.woff2": font for at, font in enumerate(fonts(navigation + page), start=1)}
    parts: dict[str, bytes] = {
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/package.opf": _package(text, book, content, day).encode(),
        "EPUB/nav.xhtml": navigation.encode(),
        "EPUB/text.xhtml": page.encode(),
        "EPUB/style.css": _css(text, book.fonts).encode(),
    }
    parts |= {f"EPUB/{name}": data for name, _, data in book.pictures.values()}
    parts |= {f"EPUB/{name}": font.data for name, font in book.fonts.items()}
    return _packed(parts)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive; its first entry is the type of the file, not compressed (EPUB 3.3, OCF)."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in {"mimetype": b"application/epub+zip", **parts}.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return target.getvalue()


def _for_readers(element: HtmlElement, book: _Book) -> tuple[HtmlNode, ...]:
    """Return an element with the address of its picture in the book; a heading gets an id."""
    attributes = {name: value for name, value in element.attributes if not name.startswith("data-")}
    if element.name == "img":
        place = _picture(attributes.get("src", ""), book)
        if place is None:
            return (f"[{attributes['alt']}]",) if attributes.get("alt") else ()
        attributes["src"] = place
        attributes.setdefault("alt", "")
    if element.name in HEADINGS and (title := plain_words(element.children)):
        attributes.setdefault("id", f"leaflet-heading-{len(book.entries) + 1}")
        book.entries.append(_Entry(level=int(element.name[1]), id=attributes["id"], title=" ".join(title.split())))
    return (HtmlElement(name=element.name, attributes=tuple(attributes.items()), children=element.children),)


def _picture(address: str, book: _Book) -> str | None:
    """Return the name of the file that a ``data:`` address becomes, or None where e-readers show no such picture."""
    head, comma, content = address.partition(",")
    kind = head.removeprefix("data:").partition(";")[0].lower()
    if not comma or not head.startswith("data:") or kind not in CORE_PICTURES:
        return None
    data = unquote_to_bytes(content)
    if head.endswith(";base64"):
        data = base64.b64decode(data)
    name = f"images/picture-{len(book.pictures) + 1}.{CORE_PICTURES[kind]}"
    return book.pictures.setdefault(address, (name, kind, data))[0]


def _page(text: ReadingText, body: str, kind: str) -> str:
    lang = escape(text.metadata.lang)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{lang}" xml:lang="{lang}" dir="{text.direction}">\n'
        f'<head><title>{escape(text.metadata.title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f'<body class="{kind}">{body}</body>\n</html>\n'
    )


def _navigation(text: ReadingText, book: _Book) -> str:
    title = escape(text.labels["contents"])
    entries = book.entries or [_Entry(level=2, id="", title=text.metadata.title)]
    return f'<nav epub:type="toc" role="doc-toc" aria-label="{title}"><h1>{title}</h1>{_listed(entries)}</nav>'


def _listed(entries: Sequence[_Entry]) -> str:
    """Return entries as a list; those of a deeper level are in a list of the entry before them."""
    items = []
    at = 0
    while at < len(entries):
        entry, start = entries[at], at + 1
        at = next((n for n in range(start, len(entries)) if entries[n].level <= entry.level), len(entries))
        address = f"text.xhtml#{entry.id}" if entry.id else "text.xhtml"
        inner = _listed(entries[start:at]) if at > start else ""
        items.append(f'<li><a href="{address}">{escape(entry.title)}</a>{inner}</li>\n')
    return f"<ol>\n{''.join(items)}</ol>"


def _package(text: ReadingText, book: _Book, content: HtmlElement, day: date) -> str:
    metadata = text.metadata
    lang = escape(metadata.lang)
    names = {element.name for element in content.elements()}
    properties = " ".join(word for word, name in (("mathml", "math"), ("svg", "svg")) if name in names)
    marked = f' properties="{properties}"' if properties else ""
    files = "".join(
        f'<item id="picture-{number}" href="{name}" media-type="{kind}"/>\n'
        for number, (name, kind, _) in enumerate(book.pictures.values(), start=1)
    )
    files += "".join(
        f'<item id="font-{number}" href="{name}" media-type="font/woff2"/>\n'
        for number, name in enumerate(book.fonts, start=1)
    )
    facts = "\n".join((GENERATOR, *_facts(metadata, text.name, day), *_access(text, names)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{lang}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{facts}\n</metadata>\n<manifest>\n'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        f'<item id="text" href="text.xhtml" media-type="application/xhtml+xml"{marked}/>\n'
        f'<item id="css" href="style.css" media-type="text/css"/>\n{files}</manifest>\n'
        f'<spine page-progression-direction="{text.direction}"><itemref idref="text"/></spine>\n</package>\n'
    )


def _facts(metadata: Metadata, name: str, day: date) -> Iterator[str]:
    """Yield what Dublin Core says of the book."""
    changed = metadata.date_modified or metadata.date
    whole = date(changed.year, changed.month or 1, changed.day or 1) if changed else day
    yield f'<dc:identifier id="id">{escape(_identifier(metadata, name))}</dc:identifier>'
    title = f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title
    yield f"<dc:title>{escape(title)}</dc:title>"
    yield f"<dc:language>{escape(metadata.lang)}</dc:language>"
    yield f'<meta property="dcterms:modified">{whole.isoformat()}T00:00:00Z</meta>'
    for number, person in enumerate(metadata.authors, start=1):
        yield f'<dc:creator id="author-{number}">{escape(person.name)}</dc:creator>'
        yield f'<meta refines="#author-{number}" property="role" scheme="marc:relators">aut</meta>'
    rights = " · ".join(part for part in (metadata.copyright, metadata.license) if part)
    lines = {
        "publisher": metadata.publisher,
        "description": metadata.abstract,
        "rights": rights,
        "date": metadata.date.iso if metadata.date else "",
    }
    yield from (f"<dc:{key}>{escape(value)}</dc:{key}>" for key, value in lines.items() if value)
    yield from (f"<dc:subject>{escape(word)}</dc:subject>" for word in metadata.keywords)


def _identifier(metadata: Metadata, name: str) -> str:
    """Return the identifier that the leaflet has, or one made of its name, title and version."""
    if metadata.isbn:
        return f"urn:isbn:{metadata.isbn.replace('-', '').replace(' ', '')}"
    if metadata.doi:
        return f"https://doi.org/{metadata.doi}"
    own = metadata.url or "\n".join((name, metadata.title, metadata.publisher, metadata.version))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, own)}"


def _access(text: ReadingText, names: set[str]) -> Iterator[str]:
    """Yield what is known of the book's accessibility (EPUB Accessibility 1.1); no conformance is claimed."""
    pictures = [one for one in text.content.elements() if one.name == "img" and one.get("alt") != ""]
    has_pictures = bool(pictures) or "svg" in names
    described = all(one.get("alt") for one in pictures)
    features = ["structuralNavigation", "tableOfContents", "displayTransformability"]
    features += ["alternativeText"] if has_pictures and described else []
    features += ["MathML"] if "math" in names else []
    yield '<meta property="schema:accessMode">textual</meta>'
    if has_pictures:
        yield '<meta property="schema:accessMode">visual</meta>'
    if described:
        yield '<meta property="schema:accessModeSufficient">textual</meta>'
    yield from (f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in features)
    yield '<meta property="schema:accessibilityHazard">none</meta>'


def _css(text: ReadingText, fonts: Mapping[str, EmbeddedFont]) -> str:
    """Return the style sheet, in the colours of the leaflet's style and with the typefaces that the book has inside."""
    colours = "".join(f"--{name}:{value};" for name, value in text.colours.items())
    generic = "serif" if text.serif else "sans-serif"
    own = read_packaged("leaflet.writers", "epub.css").decode()
    rules = [f":root{{{colours}}}", f"body{{font-family:{generic}}}"]
    rules += [font.rule(name) for name, font in fonts.items()]
    families = {font.family for font in fonts.values()}
    for part, elements in FACES.items():
        face = text.faces.get(part, "")
        if face in families:
            rules.append(f"{elements}{{font-family:{css_name(face)},{generic}}}")
        elif families and part != "text":
            rules.append(f"{elements}{{font-family:{generic}}}")
    return "\n".join((*rules, own))
