"""Compares the samples' citations, lists and own lines in six styles with citeproc-js: samples_agreement.py FOLDER.

FOLDER is a node_modules folder that holds the npm package ``citeproc`` (or LEAFLET_CITEPROC_JS names it). Prints every text
that differs, without links and markup, and how many there were.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from leaflet.citations.csl.style_library import find_style, official_locales
from leaflet.model.walk import clusters
from leaflet.pipeline import Choices
from leaflet.pipeline.citation_styles import SHORT_NAMES
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.format_citations import cite_own

HERE = Path(__file__).parent
SAMPLES = ("ms-beta-interferon", "reading-a-map")
STYLES = ("apa", "mla", "chicago", "harvard", "vancouver", "ieee")
DAY = date(2026, 1, 2)


def text(html: str) -> str:
    """``html`` as a reader sees it."""
    return " ".join(unescape(re.sub(r"<(?!/?div)[^>]*>", "", re.sub(r"</?div[^>]*>", " ", html))).split())


def task(cited: CitedDocument, style: str) -> dict[str, Any]:
    """The request to citeproc-js: the document's own clusters, each cite by its key, locator, prefix and suffix."""
    asked = []
    for place in clusters(cited.document):
        cites = []
        for cite in place.cluster.cites:
            wanted = {"id": cite.key, "locator": cite.locator, "label": cite.label, "suffix": cite.suffix}
            if cite.prefix:
                wanted["prefix"] = f"{cite.prefix.rstrip()} "
            cites.append({name: value for name, value in wanted.items() if value})
        mode = {"mode": "composite"} if place.cluster.cites[0].mode == "narrative" else {}
        asked.append({"citationItems": cites, "properties": {"noteIndex": 0, **mode}})
    items = [dict(reference.item) for reference in cited.citations.items]
    nocite = list(cited.document.metadata.nocite)
    return {"items": items, "clusters": asked, "nocite": nocite, "style": style, "locale": cited.document.metadata.lang}


def ask(modules: Path, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answer of citeproc-js."""
    with tempfile.TemporaryDirectory() as folder:
        job, out = Path(folder) / "job.json", Path(folder) / "out.json"
        job.write_text(json.dumps({"tasks": tasks, "locales": str(official_locales())}), encoding="utf-8")
        subprocess.run(["node", str(HERE / "citations_agreement.js"), str(modules), str(job), str(out)], check=True)
        found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
        return found


def pairs(sample: str, style: str, modules: Path) -> list[tuple[str, str]]:
    """Our texts beside theirs: citations, entries, and the leaflet's own line."""
    cited, _ = cite_source(HERE.parent / "source" / f"{sample}.md", Choices(csl=style), today=DAY)
    name = SHORT_NAMES.get(style, style)
    own = dict(cited.citations.own_item or {})
    alone = {"items": [own], "clusters": [], "nocite": [own["id"]], "locale": cited.document.metadata.lang}
    file = str(find_style(name, ()))
    theirs, line = ask(modules, [task(cited, file), {**alone, "style": file}])
    ours = [cluster.html for cluster in cited.citations.clusters] + [one.html for one in cited.citations.references]
    ours += [cite_own(own, [name], lang=cited.document.metadata.lang, workspace=cited.workspace)[0].html]
    entries = [html for _, html in (*theirs["entries"], *line["entries"])]
    return [(text(one), text(other)) for one, other in zip(ours, [*theirs["citations"], *entries], strict=True)]


def main() -> None:
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LEAFLET_CITEPROC_JS")
    if not named:
        raise SystemExit("name the node_modules folder that holds citeproc")
    compared = equal = 0
    for sample in SAMPLES:
        for style in STYLES:
            for ours, theirs in pairs(sample, style, Path(named)):
                compared += 1
                equal += ours == theirs
                if ours != theirs:
                    print(f"{sample}, {style}\n  ours   {ours}\n  theirs {theirs}")
    print(f"{equal} of {compared} texts are equal")


if __name__ == "__main__":
    main()
