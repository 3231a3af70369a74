"""Loads every official style and formats the mixed library of the tests with it: prints what fails and the time.

python benchmarks/citations_all_styles.py [every-nth]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from leaflet.citations import CitationProcessor, list_styles
from leaflet.errors import LeafletError

LIBRARY = Path(__file__).parents[1] / "tests" / "citations" / "library.json"


def main() -> int:
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    items = json.loads(LIBRARY.read_text(encoding="utf-8"))
    clusters = [
        {"citationItems": [{"id": item["id"], "locator": "3"}], "properties": {"noteIndex": index}}
        for index, item in enumerate(items, start=1)
    ]
    names = list_styles()[::step]
    failed: list[str] = []
    started = time.perf_counter()
    for name in names:
        try:
            CitationProcessor(name, items).process(clusters)
        except LeafletError as error:
            failed.append(f"{name}: {error}")
        except Exception as error:  # a crash of the engine is what this looks for
            failed.append(f"{name}: CRASH {error!r}")
    print(f"{len(names)} styles, {len(failed)} failed, {time.perf_counter() - started:.0f} s")
    print("\n".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
