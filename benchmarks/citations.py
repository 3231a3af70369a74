"""Times whole processes that cite a library in APA, en-GB: this engine, and citeproc-js and pandoc where they are.

    python benchmarks/citations.py [folder with node_modules/citeproc]

Prints seconds (the best of three runs) and peak memory for 80 items with 40 citations and 800 with 400.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from leaflet.citations.csl.library import official_locales, official_styles

HERE = Path(__file__).parent
LIBRARY = HERE.parent / "tests" / "citations" / "library.json"
SIZES = ((80, 40), (800, 400))
OURS = """
import json, resource, sys
from leaflet.citations import CitationProcessor
job = json.load(open(sys.argv[1], encoding="utf-8"))
result = CitationProcessor("apa", job["items"], "en-GB").process(job["clusters"], [item["id"] for item in job["items"]])
print(len(result.bibliography), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
THEIRS = """
const fs = require('fs'), CSL = require(process.argv[2] + '/node_modules/citeproc');
const job = JSON.parse(fs.readFileSync(process.argv[3])), byId = {};
job.items.forEach(item => byId[item.id] = item);
const sys = { retrieveItem: id => byId[id], retrieveLocale: lang => {
  const file = job.locales + '/locales-' + lang + '.xml';
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : false; } };
const engine = new CSL.Engine(sys, fs.readFileSync(job.style, 'utf8'), 'en-GB', true);
const clusters = job.clusters.map((c, i) => ({ citationID: 'c' + i, citationItems: c.citationItems, properties: c.properties }));
engine.rebuildProcessorState(clusters, 'html', job.items.map(item => item.id));
console.log(engine.makeBibliography()[1].length, Math.round(process.resourceUsage().maxRSS / 1024));
"""


def library(size: int) -> list[dict[str, Any]]:
    """The mixed library of the tests, repeated with other titles and, from the second round on, other names."""
    base = json.loads(LIBRARY.read_text(encoding="utf-8"))
    items = []
    for index in range(size):
        item = copy.deepcopy(base[index % len(base)])
        item["id"] = f"{item['id']}-{index}"
        item["title"] += f" part {index}"
        turn = index // len(base)
        for variable in ("author", "editor", "director"):
            for person in item.get(variable, []):
                if "family" in person and turn:
                    person["family"] += chr(96 + turn)
        items.append(item)
    return items


def clusters(items: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [
        {
            "citationItems": [
                {"id": items[(number * 7 + place) % len(items)]["id"], "locator": str(number + 1), "label": "page"}
                for place in range(1 + number % 3)
            ],
            "properties": {"noteIndex": number + 1},
        }
        for number in range(count)
    ]


def markdown(job: dict[str, Any]) -> str:
    lines = ["---", "nocite: '@*'", "---"]
    for cluster in job["clusters"]:
        cites = "; ".join(f"@{cite['id']}, p. {cite['locator']}" for cite in cluster["citationItems"])
        lines.append(f"Text [{cites}].\n")
    return "\n".join(lines)


def best_of_three(command: list[str]) -> tuple[float, str]:
    times, output = [], ""
    for _ in range(3):
        started = time.perf_counter()
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        times.append(time.perf_counter() - started)
    return min(times), output


def main() -> None:
    reference = sys.argv[1] if len(sys.argv) > 1 else ""
    style = str(official_styles() / "apa.csl")
    for size, count in SIZES:
        items = library(size)
        job = {"items": items, "clusters": clusters(items, count), "style": style, "locales": str(official_locales())}
        with tempfile.TemporaryDirectory() as folder:
            file, text, references = (Path(folder) / name for name in ("job.json", "text.md", "items.json"))
            file.write_text(json.dumps(job), encoding="utf-8")
            text.write_text(markdown(job), encoding="utf-8")
            references.write_text(json.dumps(items), encoding="utf-8")
            runs = {"leaflet": [sys.executable, "-c", OURS, str(file)]}
            if reference and shutil.which("node"):
                runs["citeproc-js"] = ["node", "-e", THEIRS, "--", "x", reference, str(file)]
            if shutil.which("pandoc"):
                options = ["--citeproc", "--csl", style, "--bibliography", str(references), "-M", "lang=en-GB"]
                runs["pandoc"] = ["pandoc", str(text), *options, "-o", str(Path(folder) / "out.html")]
            for name, command in runs.items():
                seconds, output = best_of_three(command)
                print(f"{size:4} items, {count:3} citations  {name:12} {seconds:6.2f} s  {output}")


if __name__ == "__main__":
    main()
