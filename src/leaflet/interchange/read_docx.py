"""Reader of .docx files (Office Open XML, ECMA-376 and ISO/IEC 29500)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from leaflet.interchange.citation_fields import word_sources
from leaflet.interchange.cited_items import ItemData
from leaflet.interchange.docx_blocks import DocxBlocks
from leaflet.interchange.docx_context import DocxContext, R, W, element_text
from leaflet.interchange.docx_formats import ListCounter, read_numbering, read_styles
from leaflet.interchange.import_log import ImportPlace
from leaflet.interchange.manuscript import DocumentFacts, Manuscript, ReadingOptions
from leaflet.interchange.office_package import OfficePackage, Relationship, open_package, refused, relationships

DOCUMENT = "word/document.xml"
CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
PREFERENCES = "ZOTERO_PREF_"
NO_TITLE = re.compile(
    r"microsoft word\b.*|word document|document ?\d*|untitled.*|dokument ?\d*|.*\.(?:docx?|rtf|odt)", re.IGNORECASE
)
"""Titles that a program made up."""
NO_AUTHOR = re.compile(r"python-docx|microsoft office user|user|admin(?:istrator)?|unknown|author", re.IGNORECASE)
SIDES = {"header": "the header", "footer": "the footer"}
REFERENCES = re.compile(r"\b(?:REF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")
ANCHORS = re.compile(r"\\l\s+\"?([^\s\"\\]+)")


def read_docx(data: bytes, options: ReadingOptions) -> Manuscript:
    """Return the document of a .docx file.

    Raises:
        SourceError: it is damaged, encrypted, too large, or no document of Word.
    """
    package = open_package(data, options.name)
    main = _main_part(package)
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        hint = "name a .docx file; a spreadsheet or a presentation is none"
        raise refused(options.name, "this is no document of Word", hint)
    context = _context(package, main, root, options)
    _report_package(package, context)
    reader = DocxBlocks(context=context)
    blocks = reader.read(body)
    _report_pages(body, context)
    _report_changes(context)
    return Manuscript(
        blocks=tuple(blocks),
        log=context.log,
        pictures=context.pictures,
        items=context.items,
        front=tuple(reader.front),
        facts=_facts(package, context),
        fields=context.fields,
        numbers_headings=context.numbers_headings,
        places=context.targets,
    )


def _main_part(package: OfficePackage) -> str:
    links = relationships(package, "")
    return next((link.target for link in links.values() if link.kind == "officeDocument"), DOCUMENT)


def _context(package: OfficePackage, main: str, root: _Element, options: ReadingOptions) -> DocxContext:
    links = relationships(package, main)
    parts = {link.kind: link.target for link in links.values() if not link.is_external}

    def part(kind: str) -> _Element | None:
        return package.xml(parts[kind]) if kind in parts else None

    context = DocxContext(
        package=package,
        styles=read_styles(part("styles")),
        counter=ListCounter(lists=read_numbering(part("numbering"))),
        rules=options.rules,
        pictures=options.pictures,
        shows_changes=options.shows_changes,
        links={"document": links},
    )
    stories = [root]
    for kind in ("footnotes", "endnotes"):
        notes = part(kind)
        if notes is not None:
            stories.append(notes)
            context.links[kind] = relationships(package, parts[kind])
            for note in notes:
                if note.get(f"{W}type") in {None, "normal"}:
                    context.notes[kind.removesuffix("s"), note.get(f"{W}id", "")] = note
    comments = part("comments")
    for comment in comments if comments is not None else ():
        context.remarks[comment.get(f"{W}id", "")] = (comment.get(f"{W}author", ""), element_text(comment))
    context.targets = frozenset(name for story in stories for name in _targets(story))
    context.sources = _sources(package, links)
    context.zotero_bookmarks = _zotero_bookmarks(package)
    width = _text_width(root)
    context.text_width = width or context.text_width
    return context


def _targets(root: _Element) -> Iterator[str]:
    """Yield the bookmarks to which links and references lead."""
    for link in root.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") and not link.get(f"{R}id"):
            yield link.get(f"{W}anchor", "")
    codes = " ".join("".join(text.itertext()) for text in root.iter(f"{W}instrText"))
    codes += " ".join(simple.get(f"{W}instr", "") for simple in root.iter(f"{W}fldSimple"))
    for pattern in (REFERENCES, ANCHORS):
        yield from (found[1] for found in pattern.finditer(codes))


def _sources(package: OfficePackage, links: Mapping[str, Relationship]) -> dict[str, ItemData]:
    """Return the sources that Word itself manages."""
    found: dict[str, ItemData] = {}
    for link in links.values():
        if link.kind == "customXml" and not link.is_external:
            root = package.xml(link.target)
            if root is not None:
                found |= word_sources(root)
    return found


def _custom_properties(package: OfficePackage) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    return {each.get("name", ""): "".join(each.itertext()) for each in root.iter(f"{CUSTOM}property")}


def _zotero_bookmarks(package: OfficePackage) -> dict[str, str]:
    """Return codes of Zotero's fields that are stored as bookmarks: in properties, cut into numbered pieces."""
    pieces: dict[str, list[tuple[int, str]]] = {}
    for name, text in _custom_properties(package).items():
        found = re.fullmatch(r"(ZOTERO_BREF_\w+?)_(\d+)", name)
        if found:
            pieces.setdefault(found[1], []).append((int(found[2]), text))
    return {name: "".join(text for _, text in sorted(parts)) for name, parts in pieces.items()}


def _text_width(root: _Element) -> int:
    """Return the width of a line of the last section in EMU, or 0."""
    size = next(iter(reversed(list(root.iter(f"{W}pgSz")))), None)
    margins = next(iter(reversed(list(root.iter(f"{W}pgMar")))), None)
    if size is None or margins is None:
        return 0
    twips = [size.get(f"{W}w", ""), margins.get(f"{W}left", ""), margins.get(f"{W}right", "")]
    numbers = [int(text) for text in twips if text.lstrip("-").isdigit()]
    width = numbers[0] - numbers[1] - numbers[2] if len(numbers) == 3 else 0
    return max(width, 0) * 635


# ---------------------------------------------------------------- reports


def _report_package(package: OfficePackage, context: DocxContext) -> None:
    if any(name.endswith("vbaproject.bin") for name in package.parts):
        context.log.say("the document holds macros, which are not read and never run", place=ImportPlace())


def _report_pages(body: _Element, context: DocxContext) -> None:
    """Report headers, footers and columns, which are the layout's matter."""
    links = context.links["document"]
    seen: set[str] = set()
    for side, noun in SIDES.items():
        for reference in body.iter(f"{W}{side}Reference"):
            link = links.get(reference.get(f"{R}id", ""))
            root = context.package.xml(link.target) if link is not None and not link.is_external else None
            words = element_text(root) if root is not None else ""
            if words and words not in seen:
                seen.add(words)
                place = ImportPlace(words=f"{noun} of the pages")
                context.log.say("left out, because a layout has its own", left_out=words, place=place)
    columns = [number for each in body.iter(f"{W}cols") if (number := each.get(f"{W}num", "1")).isdigit()]
    several = [number for number in columns if int(number) > 1]
    if several:
        message = f"text in {several[0]} columns is in one: the layout decides, and ::: two-column sets a part in two"
        context.log.say(message, place=ImportPlace(words="columns"))


def _report_changes(context: DocxContext) -> None:
    if not context.changes and not context.deleted:
        return
    number = f"{context.changes} tracked {'change' if context.changes == 1 else 'changes'}"
    if context.shows_changes:
        context.log.say(f"{number} are in the source as CriticMarkup", place=ImportPlace(words="tracked changes"))
        return
    words = " ".join(context.deleted)
    message = f"{number} accepted; --changes show would leave them visible" + ("; deleted" if words.strip() else "")
    context.log.say(message, left_out=words, place=ImportPlace(words="tracked changes"))


# ---------------------------------------------------------------- properties


def _facts(package: OfficePackage, context: DocxContext) -> DocumentFacts:
    links = relationships(package, "")
    core = next((link.target for link in links.values() if link.kind == "core-properties"), "docProps/core.xml")
    root = package.xml(core)
    language = context.styles.language if re.fullmatch(r"[a-z]{2,3}(?:-[A-Z]{2})?", context.styles.language) else ""
    style = _citation_style(package)
    if root is None:
        return DocumentFacts(language=language, citation_style=style)

    def text(tag: str) -> str:
        return " ".join((root.findtext(tag) or "").split())

    title, description = text(f"{DC}title"), text(f"{DC}description")
    authors = [part.strip() for part in re.split(r"[;\n]", text(f"{DC}creator")) if part.strip()]
    modified = re.match(r"\d{4}-\d\d-\d\d", text(f"{DCTERMS}modified"))
    return DocumentFacts(
        title="" if NO_TITLE.fullmatch(title) else title,
        authors=tuple(author for author in authors if not NO_AUTHOR.fullmatch(author)),
        keywords=tuple(word.strip() for word in re.split(r"[;,]", text(f"{CP}keywords")) if word.strip()),
        abstract="" if description.lower().startswith("generated by") else description,
        language=text(f"{DC}language") or language,
        modified=modified[0] if modified else "",
        citation_style=style,
    )


def _citation_style(package: OfficePackage) -> str:
    """Return the name of the citation style in Zotero's preferences for the document."""
    properties = _custom_properties(package)
    numbered = sorted(
        (int(name.removeprefix(PREFERENCES)), text)
        for name, text in properties.items()
        if re.fullmatch(rf"{PREFERENCES}\d+", name)
    )
    found = re.search(
        r"<style [^>]*?\bid=\"(?:https?://(?:www\.)?zotero\.org/styles/)?([\w-]+)\"",
        "".join(text for _, text in numbered),
    )
    return found[1] if found else ""
