"""Import of a document of another program: one file becomes a source with its pictures and its bibliography."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from leaflet.errors import Location, Problem, SourceError, UnsafeError
from leaflet.files import CONFIGURATION, Invalid, read_file
from leaflet.interchange.gathered_blocks import with_headings
from leaflet.interchange.import_log import ImportLog, ImportNotice, ImportPlace
from leaflet.interchange.imported_content import (
    BoxedBlocks,
    HeadingLine,
    ImportedBlock,
    ImportedInline,
    MarkedWords,
    ReferencePlace,
    TextMark,
    TextParagraph,
)
from leaflet.interchange.imported_pictures import ImportedPictures
from leaflet.interchange.imported_walk import place_names
from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.place_names import PlaceNames, slug
from leaflet.interchange.style_rules import StyleRole, StyleRules
from leaflet.interchange.text_pieces import plain_words
from leaflet.interchange.typed_references import is_title, offered_entries, typed_references
from leaflet.interchange.write_blocks import BlockWriter

Reader = Callable[[bytes, ReadingOptions], Manuscript]
LARGEST = 200_000_000
LONGEST_FAKE_HEADING = 70
PLAIN_YAML = re.compile(r"[A-Za-zÀ-ÿ][\w À-ÿ,.()/'–-]*[\w).]")
WORDS_OF_YAML = frozenset("true false yes no on off null y n".split())


class ImportOptions(Struct, frozen=True, kw_only=True):
    """Choices for an import."""

    folder: Path
    """The folder of the source."""
    name: str = ""
    """The name of the source without its suffix; that of the document without it."""
    styles: Mapping[str, str]
    """``[import.styles]`` of the workspace."""
    shows_changes: bool = False
    is_citation_style: Callable[[str], bool] = lambda name: False  # noqa: ARG005


class ImportResult(Struct, frozen=True, kw_only=True):
    """A document as the files of a source, and everything that is to be said about it."""

    source: str
    """The name of the source."""
    files: Mapping[str, bytes]
    """All files by their paths from the folder of the source."""
    counts: Mapping[str, int]
    """The parts that were imported, by their nouns in the singular."""
    notices: tuple[ImportNotice, ...]
    replaced: tuple[str, ...]
    """Words of the document that leaflet makes by itself, such as formatted citations."""


def import_document(file: Path, options: ImportOptions) -> ImportResult:
    """Return the source that a document becomes; nothing is written.

    Raises:
        SourceError: the document cannot be read, or the workspace's rules for styles are wrong.
        UnsafeError: a file of that name is there already.
    """
    stem = options.name or slug(file.stem) or "imported"
    _refuse_existing(options.folder, stem)
    reader = _reader(file)
    try:
        data = read_file(file, inside=None, largest=LARGEST)
    except OSError as error:
        message = f"this document cannot be read: {error.strerror}"
        raise SourceError(Problem(message=message, location=Location(file=str(file)))) from None
    reading = ReadingOptions(
        name=str(file),
        rules=_rules(options.styles),
        pictures=ImportedPictures(stem=stem, folder=options.folder),
        folder=file.absolute().parent,
        shows_changes=options.shows_changes,
    )
    return written(reader(data, reading), stem, options)


def _reader(file: Path) -> Reader:
    from leaflet.interchange.readers import READERS

    found = READERS.get(file.suffix.lower())
    if found is None:
        hint = f"save it as one of {', '.join(READERS)}"
        problem = Problem(
            message="leaflet cannot import this kind of file", location=Location(file=str(file)), hint=hint
        )
        raise SourceError(problem)
    return found


def _rules(styles: Mapping[str, str]) -> StyleRules:
    """Return the rules for styles, with those of the workspace's settings."""
    try:
        return StyleRules.of(styles)
    except Invalid as error:
        place = Location(file=CONFIGURATION)
        raise SourceError(Problem(message=f"import.styles: {error.message}", location=place, hint=error.hint)) from None


def _refuse_existing(folder: Path, stem: str) -> None:
    """Refuse to import where a source or a bibliography has the name already, and name one that is free."""
    taken = [path for suffix in (".md", ".bib") if (path := folder / f"{stem}{suffix}").exists()]
    if not taken:
        return
    number = 2
    while any((folder / f"{stem}-{number}{suffix}").exists() for suffix in (".md", ".bib")):
        number += 1
    raise UnsafeError(
        Problem(
            message=f'"{taken[0].name}" is there already, and is not replaced',
            location=Location(file=str(taken[0])),
            hint=f"import it under another name: --as {stem}-{number}",
        )
    )


def written(manuscript: Manuscript, stem: str, options: ImportOptions) -> ImportResult:
    """Return the files of a document that was read."""
    log = manuscript.log
    title, blocks = _title(manuscript, stem)
    blocks = with_headings(_with_bold_headings(blocks, log))
    blocks = _with_reference_heading(blocks)
    places = PlaceNames(known=place_names(tuple(blocks)) & manuscript.places)
    body = BlockWriter.of(places, log).document(blocks)
    typed = typed_references(blocks)
    bibliography, problems = manuscript.items.bibliography(f"{stem}.bib")
    for problem in problems:
        log.say(problem.message, place=ImportPlace(words=f"{stem}.bib"))
    if typed:
        plural = "entry" if len(typed) == 1 else "entries"
        message = (
            f"a typed list of references stays as text; its {len(typed)} {plural} are in {stem}.bib to be completed"
        )
        log.say(message, place=ImportPlace(words="references"))
        bibliography = "\n".join(part for part in (bibliography, offered_entries(typed)) if part)
    front = _front_matter(manuscript, title, stem if manuscript.items.items else "", options)
    files: dict[str, bytes] = {f"{stem}.md": f"{front}\n{body}".encode()}
    if bibliography:
        files[f"{stem}.bib"] = bibliography.encode()
    return ImportResult(
        source=f"{stem}.md",
        files={**files, **manuscript.pictures.files},
        counts=dict(log.counts) | ({"source": len(manuscript.items.items)} if manuscript.items.items else {}),
        notices=tuple(log.notices),
        replaced=tuple(log.replaced),
    )


# ---------------------------------------------------------------- title and headings


def _title(manuscript: Manuscript, stem: str) -> tuple[str, list[ImportedBlock]]:
    """Return the title, and the blocks without the heading that it was taken from."""
    blocks = list(manuscript.blocks)
    by_style = " ".join(line.text for line in manuscript.front if line.role is StyleRole.TITLE)
    if by_style:
        return by_style, blocks
    headings = [block for block in blocks if isinstance(block, HeadingLine)]
    highest = min((block.level for block in headings), default=0)
    tops = [block for block in headings if block.level == highest]
    is_at_head = bool(headings) and len(tops) == 1 and headings[0] is tops[0] and len(headings) > 1
    if is_at_head and blocks.index(tops[0]) <= 2 and plain_words(tops[0].children).strip():
        blocks.remove(tops[0])
        return " ".join(plain_words(tops[0].children).split()), blocks
    if manuscript.facts.title:
        return manuscript.facts.title, blocks
    title = stem.replace("-", " ").capitalize()
    manuscript.log.say(f"it names no title, so its file's name is the title: “{title}”", place=ImportPlace())
    return title, blocks


def _with_bold_headings(blocks: list[ImportedBlock], log: ImportLog) -> list[ImportedBlock]:
    """Return blocks in which short lines in bold are headings, where the document has no other headings."""
    if any(isinstance(block, HeadingLine) for block in blocks):
        return blocks
    made = list(blocks)
    for number, block in enumerate(blocks):
        words = _bold_line(block)
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if words is not None and after is not None and _bold_line(after) is None and isinstance(block, TextParagraph):
            made[number] = HeadingLine(level=1, children=words, number=block.number)
            place = ImportPlace(paragraph=block.number, words=plain_words(words))
            log.say("this line in bold is taken for a heading", place=place)
            log.count("heading")
    return made


def _bold_line(block: ImportedBlock) -> tuple[ImportedInline, ...] | None:
    if not isinstance(block, TextParagraph) or len(block.children) != 1:
        return None
    (only,) = block.children
    if not isinstance(only, MarkedWords) or only.mark is not TextMark.STRONG:
        return None
    text = plain_words(only.children).strip()
    return only.children if 0 < len(text) <= LONGEST_FAKE_HEADING and text[-1] not in ".,;:!" else None


def _with_reference_heading(blocks: list[ImportedBlock]) -> list[ImportedBlock]:
    """Return blocks in which the heading of the list of references is the end where it is: leaflet puts the list there."""
    made = list(blocks)
    at = next((number for number, block in enumerate(made) if isinstance(block, ReferencePlace)), None)
    if at is None:
        return made
    before = made[at - 1] if at else None
    is_headed = isinstance(before, HeadingLine) and is_title(plain_words(before.children))
    if at == len(made) - 1 and is_headed:
        made.pop()
    elif is_headed and isinstance(before, HeadingLine):
        made[at - 1 : at + 1] = [BoxedBlocks(name="{#refs}", blocks=(before,))]
    return made


# ---------------------------------------------------------------- front matter


def _front_matter(manuscript: Manuscript, title: str, bibliography: str, options: ImportOptions) -> str:
    """Return the front matter of a source."""
    facts = manuscript.facts
    found = {role: [line.text for line in manuscript.front if line.role is role and line.text] for role in StyleRole}
    authors = [name for text in found[StyleRole.AUTHOR] for name in re.split(r"\s*[;\n]\s*", text) if name] or [
        *facts.authors
    ]
    lines = [f"title: {yaml_text(title)}"]
    for key, role in (("subtitle", StyleRole.SUBTITLE), ("audience", StyleRole.AUDIENCE)):
        lines += [f"{key}: {yaml_text(' '.join(found[role]))}"] if found[role] else []
    if authors:
        lines += (
            [f"author: {yaml_text(authors[0])}"]
            if len(authors) == 1
            else ["author:", *(f"  - {yaml_text(name)}" for name in authors)]
        )
    lines += [f"date: {yaml_text(found[StyleRole.DATE][0])}"] if found[StyleRole.DATE] else []
    lines += [f"date-modified: {facts.modified}"] if facts.modified else []
    lines += [f"lang: {facts.language}"] if facts.language else []
    abstract = " ".join(found[StyleRole.ABSTRACT]) or facts.abstract
    lines += [f"abstract: {yaml_text(abstract)}"] if abstract else []
    lines += [f"keywords: [{', '.join(map(yaml_text, facts.keywords))}]"] if facts.keywords else []
    if bibliography:
        lines.append(f"bibliography: {bibliography}.bib")
        if facts.citation_style and options.is_citation_style(facts.citation_style):
            lines.append(f"csl: {facts.citation_style}")
    lines += ["number-sections: true"] if manuscript.numbers_headings else []
    if manuscript.fields:
        lines += ["fields:", *(f"  {name}: {yaml_text(text or name)}" for name, text in manuscript.fields.items())]
    return "\n".join(["---", *lines, "---", ""])


def yaml_text(text: str) -> str:
    """Return a text as a value of YAML, in quotes where it would be read as something else.

    >>> yaml_text("Ward guide"), yaml_text("Tips: one")
    ('Ward guide', '"Tips: one"')
    """
    text = " ".join(text.split())
    if PLAIN_YAML.fullmatch(text) and text.lower() not in WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)
