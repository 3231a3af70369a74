"""Times whole processes that cite a library in APA, en-GB: this engine, citeproc-js and `pandoc --citeproc`.

    python benchmarks/citations.py [--citeproc-js FOLDER] [--pandoc PROGRAM] [--rounds 3]

FOLDER is a node_modules folder that holds the npm package ``citeproc``; the environment may name both, as
LEAFLET_CITEPROC_JS and LEAFLET_PANDOC. What is not there is left out aloud. Prints the best seconds of all rounds, in which the engines take
turns, and their peak memory, for 80 items with 40 citations and 800 with 400.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from leaflet.citations.csl.style_library import official_locales, official_styles

HERE = Path(__file__).parent
LIBRARY = HERE.parent / "tests" / "citations" / "library.json"
SIZES = ((80, 40), (800, 400))
OURS = """
import json, sys
from leaflet.citations import CitationProcessor
job = json.load(open(sys.argv[1], encoding="utf-8"))
result = CitationProcessor("apa", job["items"], "en-GB").process(job["clusters"], [item["id"] for item in job["items"]])
assert len(result.citations) == len(job["clusters"])
"""
THEIRS = """
const fs = require('fs'), CSL = require(process.argv[2] + '/citeproc');
const job = JSON.parse(fs.readFileSync(process.argv[3])), byId = {};
job.items.forEach(item => byId[item.id] = item);
const sys = { retrieveItem: id => byId[id], retrieveLocale: lang => {
  const file = job.locales + '/locales-' + lang + '.xml';
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : false; } };
const engine = new CSL.Engine(sys, fs.readFileSync(job.style, 'utf8'), 'en-GB', true);
const clusters = job.clusters.map((c, i) => ({ citationID: 'c' + i, citationItems: c.citationItems, properties: c.properties }));
engine.rebuildProcessorState(clusters, 'html', job.items.map(item => item.id));
engine.makeBibliography();
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


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds, and megabytes at the peak, of one process."""
    started = time.perf_counter()
    # Python keeps its byte code, as it does for a user whatever this shell says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return seconds, usage.ru_maxrss / 1024


def commands(folder: Path, job: Mapping[str, Any], reference: str | None, pandoc: str | None) -> dict[str, list[str]]:
    """The commands to run, by the engine's name."""
    file, text, references = (folder / name for name in ("job.json", "text.md", "items.json"))
    file.write_text(json.dumps(job), encoding="utf-8")
    text.write_text(markdown(job), encoding="utf-8")
    references.write_text(json.dumps(job["items"]), encoding="utf-8")
    found = {"leaflet": [sys.executable, "-c", OURS, str(file)]}
    if reference:
        found["citeproc-js"] = ["node", "-e", THEIRS, "--", "x", reference, str(file)]
    if pandoc:
        options = ["--citeproc", "--csl", job["style"], "--bibliography", str(references), "-M", "lang=en-GB"]
        found["pandoc"] = [pandoc, str(text), *options, "-o", str(folder / "out.html")]
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--citeproc-js", default=os.environ.get("LEAFLET_CITEPROC_JS"))
    parser.add_argument("--pandoc", default=os.environ.get("LEAFLET_PANDOC") or shutil.which("pandoc"))
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if not asked.citeproc_js or not shutil.which("node"):
        print("citeproc-js is left out: name its folder with --citeproc-js, and install node")
        asked.citeproc_js = None
    if not asked.pandoc:
        print("pandoc is left out: name it with --pandoc")
    return asked


def main() -> None:
    asked = arguments()
    for size, count in SIZES:
        items = library(size)
        style, locales = str(official_styles() / "apa.csl"), str(official_locales())
        job = {"items": items, "clusters": clusters(items, count), "style": style, "locales": locales}
        with tempfile.TemporaryDirectory() as folder:
            runs = commands(Path(folder), job, asked.citeproc_js, asked.pandoc)
            seen = [(name, *run(command)) for _ in range(asked.rounds) for name, command in runs.items()]
        for name in runs:
            seconds = min(time_ for seen_name, time_, _ in seen if seen_name == name)
            peak = max(peak for seen_name, _, peak in seen if seen_name == name)
            line = f"{size:4} items, {count:3} citations  {name:12} {seconds:6.2f} s  {peak:4.0f} MB"
            print(line, flush=True)


if __name__ == "__main__":
    main()
