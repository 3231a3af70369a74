"""Words that an editor can offer: citation keys with their works, keys of the front matter, classes, icons and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from leaflet.errors import LeafletError

if TYPE_CHECKING:
    from leaflet.model.citation import Reference
    from leaflet.model.workspace import Workspace

Entry: TypeAlias = Mapping[str, str]
MOST_REFERENCES = 5_000
MARKUP = re.compile(r"</?[a-z][^>]*>")
BLOCKS = {
    "at-a-glance": "The most important facts, each with an icon",
    "statistic": "One large number with what it means",
    "timeline": "Steps in time",
    "write-in": "Lines to write on",
    "contact": "Who to ask, as the front matter says",
    "lead": "A first paragraph in larger type",
    "two": "A list in two columns",
    "plain": "A list without bullets",
    "tick": "A list of what to do",
    "cross": "A list of what not to do",
    "compare": "A table to compare columns",
}


def blocks() -> Mapping[str, str]:
    """Return the classes of blocks, each with what it becomes."""
    from leaflet.model.document import CalloutKind  # here, as the server starts without it

    return BLOCKS | {f"callout-{kind.value}": f"A box: {kind.value}" for kind in CalloutKind}


def icons() -> tuple[str, ...]:
    """Return the names of the icons."""
    from leaflet.design import load_icons

    return tuple(sorted(load_icons().shapes))


def front_matter_schema() -> Mapping[str, object]:
    """Return the JSON Schema of the front matter."""
    from leaflet.source import json_schema

    return json_schema()


def front_matter(text: str, name: str) -> Mapping[str, object]:
    """Return the front matter of a text as plain data; nothing where it is none.

    Raises:
        LeafletError: it is not YAML.
    """
    from leaflet.files import load_yaml
    from leaflet.source import split

    halves = split(text, name=name)
    if not halves.yaml.strip():
        return {}
    data = load_yaml(halves.yaml, name=name, first_line=halves.yaml_line).data
    return data if isinstance(data, dict) else {}


def references(workspace: Workspace, path: Path) -> tuple[Entry, ...]:
    """Return the works that a source can cite, each with its key, title, authors and year."""
    return tuple(_entry(reference) for reference in _references(workspace, path))[:MOST_REFERENCES]


def _references(workspace: Workspace, path: Path) -> Iterator[Reference]:
    from leaflet.bibliography import read_bibliography
    from leaflet.source import understand

    try:
        found = understand(path, workspace)
    except LeafletError:
        return
    for file, _ in found.bibliography_paths:
        try:
            yield from read_bibliography(file, name=workspace.name_of(file), inside=workspace.roots)[0]
        except LeafletError:  # a build says what is wrong with it
            continue
    yield from found.references


def _entry(reference: Reference) -> Entry:
    item = reference.item
    return {
        "key": reference.id,
        "title": MARKUP.sub("", str(item.get("title") or item.get("title-short") or "")),
        "who": _who(item.get("author") or item.get("editor")),
        "year": _year(item.get("issued")),
        "type": str(item.get("type") or ""),
    }


def _who(names: object) -> str:
    listed = names if isinstance(names, list | tuple) else ()
    found = [str(name.get("family") or name.get("literal") or "") for name in listed if isinstance(name, Mapping)]
    return f"{found[0]} et al." if len(found) > 2 else " and ".join(found)


def _year(issued: object) -> str:
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    try:
        return str(parts[0][0]) if parts else ""
    except (IndexError, TypeError):
        return ""


def printed_reference(workspace: Workspace, path: Path, key: str, style: str) -> Mapping[str, str]:
    """Return how a work is cited in the text and listed, as HTML, in a citation style.

    Raises:
        LeafletError: there is no such style.
    """
    from leaflet.citations import CitationProcessor
    from leaflet.pipeline import SHORT_NAMES

    found = next((reference for reference in _references(workspace, path) if reference.id == key), None)
    if found is None:
        return {"citation": "", "entry": ""}
    processor = CitationProcessor(SHORT_NAMES.get(style, style), [found.item])
    made = processor.process([{"citationID": "c", "citationItems": [{"id": key}], "properties": {"noteIndex": 0}}])
    return {
        "citation": "".join(made.texts),
        "entry": "".join(entry.text for entry in made.bibliography),
    }
