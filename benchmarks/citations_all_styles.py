"""Loads every official style and formats the mixed library of the tests with it: prints what fails and the time.

python benchmarks/citations_all_styles.py [every-nth]

Dependent styles are loaded one by one like all others; those that stand for the same style in the same language print
the same, so it is formatted once.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from leaflet.citations import CitationCaches, CitationProcessor, list_styles
from leaflet.citations.csl.style_library import StyleLibrary
from leaflet.errors import LeafletError

CACHES = CitationCaches()
LIBRARY = Path(__file__).parents[1] / "tests" / "citations" / "library.json"


def main() -> int:
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    items = json.loads(LIBRARY.read_text(encoding="utf-8"))
    clusters = [
        {"citationItems": [{"id": item["id"], "locator": "3"}], "properties": {"noteIndex": index}}
        for index, item in enumerate(items, start=1)
    ]
    names = list_styles()[::step]
    formatted: set[tuple[str, str | None]] = set()
    failed: list[str] = []
    library = StyleLibrary()
    started = time.perf_counter()
    for name in names:
        try:
            style = library.load_style(name)
            if (style.name, style.default_locale) not in formatted:
                formatted.add((style.name, style.default_locale))
                _format(name, items, clusters)
        except LeafletError as error:
            failed.append(f"{name}: {error}")
        except Exception as error:  # a crash of the engine is what this looks for
            failed.append(f"{name}: CRASH {error!r}")
    seconds = time.perf_counter() - started
    print(f"{len(names)} styles loaded, {len(formatted)} of them differ, {len(failed)} failed, {seconds:.0f} s")
    print("\n".join(failed))
    return bool(failed)


def _format(name: str, items: list[dict[str, Any]], clusters: list[dict[str, Any]]) -> None:
    result = CitationProcessor(name, items, caches=CACHES).process(clusters)
    if not all(result.citations):
        raise ValueError("an empty citation")


if __name__ == "__main__":
    sys.exit(main())
