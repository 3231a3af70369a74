"""Reference lists that an author typed: recognised, and offered as entries to complete."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from leaflet.interchange.imported_content import HeadingLine, ImportedBlock, ImportedList, TextParagraph
from leaflet.interchange.text_pieces import plain_words
from leaflet.source import REFERENCE_TITLES

YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)[a-z]?\b")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,]*[^\s;,.]")
URL = re.compile(r"https?://[^\s<>]*[^\s<>.,;)]")
NUMBER = re.compile(r"^\s*[\[(]?\d{1,3}[\]).]?\s+")
PARENTHESISED_YEAR = re.compile(r"\(\s*(?:1[5-9]\d\d|20\d\d)[a-z]?[^)]*\)\s*[.:,]?\s*")
INITIALS_END = re.compile(r"((?:\b[A-Z]\.[ -]?)+),\s*(?=[A-Z][^\W\d_]+,)")
"""The end of an author's initials before the next author, in lists such as "Bell, R., Okafor, A."."""
QUOTED = re.compile(r"[“\"‘'](?P<title>[^”\"’']{8,}?)[,.]?[”\"’']")


class TypedReference(Struct, frozen=True, kw_only=True):
    """An entry of a typed list, with those of its parts that could be recognised."""

    text: str
    key: str
    author: str = ""
    year: str = ""
    title: str = ""
    doi: str = ""
    url: str = ""


def typed_references(blocks: Sequence[ImportedBlock]) -> tuple[TypedReference, ...]:
    """Return the entries of the lists of references that are text in ``blocks``."""
    found: list[TypedReference] = []
    taken: set[str] = set()
    for number, block in enumerate(blocks):
        if isinstance(block, HeadingLine) and is_title(plain_words(block.children)):
            for text in _entries(blocks[number + 1 :]):
                entry = _parsed(text, taken)
                taken.add(entry.key)
                found.append(entry)
    return tuple(found)


def is_title(text: str) -> bool:
    """Return whether a heading is the title of a list of references, in any of leaflet's languages."""
    plain = re.sub(r"^[\d.\s]+", "", text).strip().rstrip(":").casefold()
    return plain in REFERENCE_TITLES


def _entries(blocks: Sequence[ImportedBlock]) -> list[str]:
    entries: list[str] = []
    for block in blocks:
        if isinstance(block, HeadingLine):
            break
        if isinstance(block, TextParagraph):
            entries.append(plain_words(block.children))
        elif isinstance(block, ImportedList):
            entries += [
                plain_words(item[0].children) for item in block.items if item and isinstance(item[0], TextParagraph)
            ]
    lines = [" ".join(entry.split()) for entry in entries]
    return [line for line in lines if len(line) > 20 and (YEAR.search(line) or DOI.search(line) or URL.search(line))]


def _parsed(text: str, taken: set[str]) -> TypedReference:
    plain = NUMBER.sub("", text)
    year, doi, url = YEAR.search(plain), DOI.search(plain), URL.search(plain)
    bracketed, quoted = PARENTHESISED_YEAR.search(plain), QUOTED.search(plain)
    if bracketed:
        author, rest = plain[: bracketed.start()], plain[bracketed.end() :]
    else:
        author, _, rest = plain.partition(". ")
    title = quoted["title"] if quoted else re.split(r"[.?!](?:\s|$)", rest.strip(), maxsplit=1)[0]
    author = re.sub(r",?\s*(?:&|\band\b)\s*", " and ", INITIALS_END.sub(r"\1 and ", author)).strip(" .,;:")
    word = re.search(r"[^\W\d_]{2,}", author or title)
    wanted = (word[0].lower() if word else "source") + (year[1] if year else "")
    key, number = wanted, ord("b")
    while key in taken:
        key, number = f"{wanted}{chr(number)}", number + 1
    return TypedReference(
        text=text,
        key=key,
        author=author,
        year=year[1] if year else "",
        title=title.strip(' .,“”"'),
        doi=doi[0] if doi else "",
        url="" if doi or not url else url[0],
    )


def offered_entries(entries: Sequence[TypedReference]) -> str:
    """Return typed references as commented entries of a ``.bib`` file."""
    lines = [
        "% References that were typed in the document. To cite one: complete its entry, take the % away,",
        "% write an @ before its kind (article, book, report, online), and write [@key] in the text.",
    ]
    for entry in entries:
        lines += ["%", f"% {entry.text.replace('@', '(at)')}", f"% misc{{{entry.key},"]
        parts = {"author": entry.author, "date": entry.year, "title": entry.title, "doi": entry.doi, "url": entry.url}
        lines += [f"%   {name} = {{{value.replace('@', '(at)')}}}," for name, value in parts.items() if value]
        lines.append("% }")
    return "\n".join(lines) + "\n"
