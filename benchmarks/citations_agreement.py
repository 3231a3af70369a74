"""Compares this engine with citeproc-js on generated libraries, and says which kind every difference is of.

    python benchmarks/citations_agreement.py [--modules FOLDER] [--styles 300] [--seed 1] [--differences FILE]

FOLDER is a node_modules folder that holds the npm package ``citeproc`` (or LEAFLET_CITEPROC_JS names it). Compared are
eight styles in five locales and a number of official styles drawn by the seed, each with a library and citations of
its own. The other engine is a black box: only what it prints is read.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generated_library import GIVENS, Generator

from leaflet.citations import CitationCaches, CitationProcessor
from leaflet.citations.csl.style_library import StyleLibrary, official_locales, official_styles

CACHES = CitationCaches()
SCRIPT = Path(__file__).with_suffix(".js")
STYLES = (
    "apa",
    "modern-language-association",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "american-medical-association",
    "nlm-citation-sequence",
    "ieee",
)
LOCALES = ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES")
ITEMS = CITATIONS = 40
AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two prints of one citation or entry."""

    style: str
    locale: str
    place: str
    kind: str
    ours: str
    theirs: str


def tasks(drawn: int, seed: int, *, fixed: bool) -> Iterator[dict[str, Any]]:
    """The tasks of both engines: a style, a locale, a library and citations each."""
    for name in STYLES if fixed else ():
        for locale in LOCALES:
            yield _task("five locales", name, locale, seed)
    library = StyleLibrary()
    names = sorted(file.stem for file in official_styles().glob("*.csl"))
    for name in random.Random(seed).sample(names, drawn):
        yield _task("drawn", name, library.load_style(name).default_locale or "en-US", seed)


def _task(kind: str, name: str, locale: str, seed: int) -> dict[str, Any]:
    generator = Generator(f"{name} {locale} {seed}")
    items = generator.library(ITEMS)
    return {
        "kind": kind,
        "name": name,
        "style": str(official_styles() / f"{name}.csl"),
        "locale": locale,
        "items": items,
        "clusters": generator.clusters(items, CITATIONS),
        "nocite": [],
    }


def reference(modules: Path, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The output of citeproc-js for a batch of tasks."""
    with tempfile.TemporaryDirectory() as folder:
        job, out = Path(folder) / "job.json", Path(folder) / "out.json"
        job.write_text(json.dumps({"tasks": batch, "locales": str(official_locales())}), encoding="utf-8")
        subprocess.run(["node", str(SCRIPT), str(modules), str(job), str(out)], check=True)
        found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
        return found


def bare(html: str) -> str:
    """``html`` as a browser shows it: any run of spaces and line ends is one space, none stands at the end of a line or
    a block, a block that holds everything is none, and a tag stands only where the looks of the letters change."""
    parts: list[str] = []
    states: list[dict[str, str]] = [{}]
    shown: dict[str, str] = {}
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", _outside_blocks(html)):
        if text:
            if states[-1] != shown:
                parts.append("".join(f"<{name}:{value}>" for name, value in sorted(states[-1].items())) or "<plain>")
                shown = states[-1]
            parts.append(text)
        elif tag.startswith("</") and len(states) > 1:
            states.pop()
            parts.append(tag if tag == "</div>" else "")
        else:
            states.append(_looks(states[-1], tag))
            parts.append(tag if tag.startswith("<div") else "")
    return "".join(parts)


def _outside_blocks(html: str) -> str:
    """``html`` without the spaces at the edges of its blocks, and without a block around all of it."""
    html = re.sub(r" ?(</?div[^>]*>) ?", r"\1", re.sub(r"[ \n]+", " ", html)).strip()
    return re.sub(r'^<div class="csl-(?:block|left-margin|right-inline)">((?:(?!</?div).)*)</div>$', r"\1", html)


TAGS = {
    "<i>": ("font-style", "italic"),
    "<em>": ("font-style", "oblique"),
    "<b>": ("font-weight", "bold"),
    "<sup>": ("vertical-align", "sup"),
    "<sub>": ("vertical-align", "sub"),
}


def _looks(state: dict[str, str], tag: str) -> dict[str, str]:
    """The looks inside ``tag``; what every letter has from the start is not named."""
    style = re.search(r'style="([\w-]+):\s*([\w-]+);?"', tag)
    name, value = TAGS.get(tag) or (style.groups() if style else ("", ""))
    rest = {one: held for one, held in state.items() if one != name}
    return rest if value in ("", "normal", "none", "baseline") else {**rest, name: value}


def kind_of(ours: str, theirs: str) -> str:
    """The first of the kinds of differences that explains the two strings."""
    return next((name for name, explains in KINDS if explains(ours, theirs)), "other")


def _same(change: Callable[[str], str]) -> Callable[[str, str], bool]:
    return lambda ours, theirs: change(ours) == change(theirs)


def _without(pattern: str, put: str = "") -> Callable[[str, str], bool]:
    return _same(lambda text: re.sub(pattern, put, text))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", re.sub(r"<[^>]*>|&#?\w+;", " ", text)))


def _only_in_one(ours: str, theirs: str) -> set[str]:
    left, right = _words(ours), _words(theirs)
    return set((left - right) + (right - left))


def _is_given_name(word: str) -> bool:
    return word in GIVEN_WORDS or (word.isupper() and len(word) <= 2)


GIVEN_WORDS = {word for given in GIVENS for word in re.findall(r"\w+", given)} | {"Jr", "III", "de"}
KINDS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("nothing printed", lambda ours, theirs: "NO_PRINTED_FORM" in theirs or "no printed form" in ours + theirs),
    ("entry left out", lambda ours, theirs: not ours or not theirs),
    ("letter case", _same(str.casefold)),
    ("quotation marks in a title", _without("[“”„‚‘’«»\"'\u00a0\u202f]")),
    ("stop after ! or ? in italics", _without(r"(?<=[!?>])\.")),
    ("formatting", _without(r"<[^>]*>")),
    ("spaces", _without(r"<[^>]*>|\s")),
    ("year suffixes", _without(r"(?<=\d{4})-?[a-z]\b")),
    ("stops and delimiters", _without(r"<[^>]*>|[\s.,;:]")),
    ("order of the cites", lambda ours, theirs: not _only_in_one(ours, theirs)),
    ("given names", lambda ours, theirs: all(map(_is_given_name, _only_in_one(ours, theirs)))),
    ("substitute for repeated names", lambda ours, theirs: ("——" in ours) != ("——" in theirs)),
    ("label without a locator", lambda ours, theirs: _only_in_one(ours, theirs) <= {"p", "pp", "S", "s", "str"}),
)


def compare(task: dict[str, Any], theirs: dict[str, Any]) -> tuple[int, list[Difference]]:
    """The number of strings that were compared, and those that differ."""
    result = CitationProcessor(task["style"], task["items"], task["locale"], caches=CACHES).process(
        task["clusters"], task["nocite"]
    )
    found: list[Difference] = []

    def note(place: str, ours: str, other: str) -> None:
        ours, other = bare(ours), bare(other)
        if ours != other:
            kind = "order of the entries" if place == "order" else kind_of(ours, other)
            name, locale = task["name"], task["locale"]
            found.append(Difference(style=name, locale=locale, place=place, kind=kind, ours=ours, theirs=other))

    for index, (ours, other) in enumerate(zip(result.citations, theirs["citations"], strict=True)):
        note(f"citation {index}", ours, other)
    entries = {entry.id: entry.html for entry in result.bibliography}
    others = dict(theirs["entries"])
    for identifier in {**entries, **others}:
        note(f"entry {identifier}", entries.get(identifier, ""), others.get(identifier, ""))
    both = [identifier for identifier in entries if identifier in others]
    note("order", " ".join(both), " ".join(name for name in others if name in entries))
    return len(result.citations) + len(entries.keys() | others.keys()) + 1, found


def main() -> int:
    options = _options()
    if options.modules is None or not (options.modules / "citeproc").is_dir() or shutil.which("node") is None:
        print("not compared: give node and a node_modules folder with the npm package citeproc (--modules)")
        return 2
    waiting = list(tasks(options.styles, options.seed, fixed=not options.only_drawn))
    compared: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    differences: list[Difference] = []
    for start in range(0, len(waiting), AT_ONCE):
        batch = waiting[start : start + AT_ONCE]
        for task, theirs in zip(batch, reference(options.modules.resolve(), batch), strict=True):
            if "error" in theirs:
                print(f"{task['name']}: the other engine fails: {theirs['error']}")
                continue
            count, found = compare(task, theirs)
            compared[task["kind"]] += count
            equal[task["kind"]] += count - len(found)
            differences += found
        _write(options.differences, differences)
    for kind, count in compared.items():
        print(f"{kind}: {count} compared, {100 * equal[kind] / count:.2f} % equal")
    for kind, count in Counter(one.kind for one in differences).most_common():
        print(f"{count:6} {kind}")
    return 0


def _write(file: Path | None, differences: list[Difference]) -> None:
    if file is not None:
        file.write_text(json.dumps(list(map(asdict, differences)), ensure_ascii=False, indent=1), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    named = os.environ.get("LEAFLET_CITEPROC_JS")
    parser.add_argument("--modules", type=Path, default=Path(named) if named else None)
    parser.add_argument("--styles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-drawn", action="store_true", help="leave out the eight styles")
    parser.add_argument("--differences", type=Path, help="a JSON file to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
