"""Compares our reading of citations with pandoc's, case by case: PANDOC=path compare_citations.py writes pandoc's anew.

Development only: pandoc is no dependency. ``citation_syntax/cases.txt`` holds each case with its language, what pandoc
reads in it and, where leaflet reads something else, that as well with the name of the reason. ``docs/references.md``
explains the reasons.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leaflet.model.citation import Cite, CiteMode
from leaflet.model.walk import clusters
from leaflet.source import open_workspace
from leaflet.source.read import understand

CASES = Path(__file__).parent / "citation_syntax" / "cases.txt"
MODES = {CiteMode.NORMAL: "", CiteMode.SUPPRESS_AUTHOR: "-", CiteMode.NARRATIVE: "+"}
PANDOC_MODES = {"NormalCitation": "", "SuppressAuthor": "-", "AuthorInText": "+"}
LABELS = (
    "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page "
    "paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version volume"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A piece of source, and the clusters that pandoc and leaflet read in it, one on a line."""

    language: str
    source: str
    pandoc: str
    leaflet: str
    reason: str = ""


def read_cases() -> tuple[Case, ...]:
    """The cases of the file. Where no reading of leaflet's is given, it is pandoc's."""
    found = []
    for block in re.split(r"^%% ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        source, _, readings = rest.partition("\n-- pandoc\n")
        theirs, mark, ours = readings.partition("-- leaflet: ")
        reason, _, own = ours.partition("\n")
        theirs = theirs.rstrip("\n")
        own = own.rstrip("\n") if mark else theirs
        found.append(Case(language=head.strip(), source=source, pandoc=theirs, leaflet=own, reason=reason.strip()))
    return tuple(found)


def write_cases(cases: Iterable[Case]) -> None:
    """Write ``cases`` as they are read."""
    with CASES.open("w", encoding="utf-8") as file:
        for case in cases:
            file.write(f"%% {case.language}\n{case.source}\n-- pandoc\n{_line(case.pandoc)}")
            if case.leaflet != case.pandoc:
                file.write(f"-- leaflet: {case.reason}\n{_line(case.leaflet)}")


def _line(text: str) -> str:
    return f"{text}\n" if text else ""


def shown(mode: str, key: str, prefix: str, label: str, locator: str, suffix: str) -> str:
    """One cite on a line; what typography chooses by language (quotes, blanks, dashes) is evened out."""
    parts = [f"{{{_even(prefix)}}}" if prefix.strip() else "", f"{mode}{key}"]
    parts += [f"<{label} {_even(locator)}>" if label else "", f"{{{_even(suffix)}}}" if _even(suffix) else ""]
    return " ".join(part for part in parts if part)


def _even(text: str) -> str:
    text = re.sub("[\ue100-\ue1ff]", "", text)
    text = re.sub("[“”‘’„‚«»‹›]", '"', text.replace("…", "..."))
    text = text.replace("–", "-").replace("\u2011", "-").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return " ".join(re.sub("[\u00a0\u202f]", " ", text).split())


def our_reading(case: Case) -> str:
    """The citations that leaflet reads."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source" / "case.md"
        (source.parent / "images").mkdir(parents=True)
        (source.parent / "images" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
        source.write_text(f"---\ntitle: A case\nlang: {case.language}\n---\n{case.source}\n", encoding="utf-8")
        document = understand(source, open_workspace(source)).document
    found = clusters(document)
    inner = {id(nested) for place in found for nested in place.nested}  # pandoc's readings name only the outer ones
    return "\n".join("; ".join(map(_ours, place.cluster.cites)) for place in found if id(place) not in inner)


def _ours(cite: Cite) -> str:
    return shown(MODES[cite.mode], cite.key, cite.prefix, cite.label or "", cite.locator or "", cite.suffix)


def pandoc_readings(cases: Sequence[Case]) -> list[str]:
    """The citations that pandoc reads. It splits locators only while it formats: a style that prints their parts shows how."""
    found = [list(_cites(_pandoc(case.source, "markdown", "json")["blocks"])) for case in cases]
    split: dict[int, Iterator[tuple[str, str, str]]] = {}
    for language in dict.fromkeys(case.language for case in cases):
        places = [index for index, case in enumerate(cases) if case.language == language]
        ends = _split_suffixes([cite for index in places for place in found[index] for cite in place], language)
        split |= dict.fromkeys(places, ends)
    return [
        "\n".join("; ".join(_theirs(cite, *next(split[index])) for cite in place) for place in found[index])
        for index in range(len(cases))
    ]


def _theirs(cite: dict[str, Any], label: str, locator: str, suffix: str) -> str:
    mode = PANDOC_MODES[cite["citationMode"]["t"]]
    return shown(mode, cite["citationId"], _rich(cite["citationPrefix"]), label, locator, suffix)


def _cites(node: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(node, dict) and node.get("t") == "Cite":
        yield node["c"][0]
        for cite in node["c"][0]:
            yield from _cites(cite["citationSuffix"])
    elif isinstance(node, dict) and node.get("t") == "Figure":
        yield from _cites(node["c"][1])  # the picture repeats its caption
    elif isinstance(node, dict):
        yield from _cites(node.get("c"))
    elif isinstance(node, list):
        for part in node:
            yield from _cites(part)


MARKS = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}


def _rich(nodes: Sequence[dict[str, Any]]) -> str:
    """Pandoc's inlines as the rich text of CSL."""
    parts = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind in MARKS:
            parts.append(f"<{MARKS[kind]}>{_rich(content)}</{MARKS[kind]}>")
        elif kind == "Quoted":
            parts.append(f'"{_rich(content[1])}"')
        elif kind in {"Span", "Cite", "Link"}:
            parts.append(_rich(content[1]))
        else:
            parts.append(content[1] if kind == "Code" else content if kind == "Str" else " ")
    return "".join(parts)


def _split_suffixes(cites: Sequence[dict[str, Any]], language: str) -> Iterator[tuple[str, str, str]]:
    """The label, the locator and the rest of each suffix."""
    plain = [{**cite, "citationPrefix": [], "citationMode": {"t": "NormalCitation"}} for cite in cites]
    blocks = [{"t": "Para", "c": [{"t": "Cite", "c": [[cite], []]}]} for cite in plain]
    meta: dict[str, Any] = {"lang": {"t": "MetaString", "c": language}}
    meta["references"] = {"t": "MetaList", "c": [_item(key) for key in sorted({cite["citationId"] for cite in cites})]}
    document = {"pandoc-api-version": [1, 23, 1, 1], "meta": meta, "blocks": blocks}
    with tempfile.TemporaryDirectory() as folder:
        style = Path(folder) / "parts.csl"
        style.write_text(_style(), encoding="utf-8")
        done = _pandoc(json.dumps(document), "json", "json", "--citeproc", f"--csl={style}")
    for block in done["blocks"][: len(cites)]:
        text = _rich(block["c"][0]["c"][1])
        parts = re.fullmatch(r"¤?(?:\[([\w-]*)\]\[(.*?)\])?(.*)", text, re.DOTALL)
        assert parts, text
        yield parts[1] or "", parts[2] or "", parts[3]


def _item(key: str) -> dict[str, Any]:
    values = {"id": key, "type": "book", "title": key}
    return {"t": "MetaMap", "c": {name: {"t": "MetaString", "c": value} for name, value in values.items()}}


def _style() -> str:
    """A citation style that prints nothing but the kind and the number of a locator."""
    kinds = "".join(
        f'<{"if" if place == 0 else "else-if"} locator="{label}"><text value="[{label}]"/></{"if" if place == 0 else "else-if"}>'
        for place, label in enumerate(LABELS)
    )
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>Parts</title>'
        "<id>parts</id><updated>2026-01-01T00:00:00Z</updated></info><citation><layout>"
        f'<text value="¤"/><choose><if variable="locator"><choose>{kinds}</choose>'
        '<text variable="locator" prefix="[" suffix="]"/></if></choose></layout></citation></style>'
    )


def _pandoc(text: str, kind: str, to: str, *options: str) -> Any:
    command = [os.environ["PANDOC"], "-f", kind, "-t", to, *options]
    return json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Ask pandoc again, and keep leaflet's reading with its reason where the two differ."""
    cases = read_cases()
    readings = pandoc_readings(cases)
    known = {(case.language, case.source): case.reason for case in cases}
    write_cases(
        replace(case, pandoc=theirs, leaflet=our_reading(case), reason=known[case.language, case.source] or "new")
        for case, theirs in zip(cases, readings, strict=True)
    )


if __name__ == "__main__":
    main()
