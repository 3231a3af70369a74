"""Reads one file with leaflet and with pandoc and prints every difference: PANDOC=path compare_pandoc.py FILE FORMAT.

Development only: pandoc is no dependency. ``docs/references.md`` explains each kind of difference that is left out here
or still printed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from leaflet.bibliography import read_text

NAMES_OF_FORMATS = {"csl-json": "csljson", "csl-yaml": "markdown"}


def pandoc_items(text: str, kind: str) -> dict[str, dict[str, Any]]:
    """The items that pandoc makes of the text, by id."""
    program = os.environ["PANDOC"]
    if kind == "csl-yaml" and not text.startswith("---"):
        text = f"---\n{text}\n---\n"  # pandoc reads references in YAML as the metadata of a document
    command = [program, "-f", NAMES_OF_FORMATS.get(kind, kind), "-t", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return {item["id"]: item for item in json.loads(done.stdout)}


def leaflet_items(text: str, kind: str) -> dict[str, dict[str, Any]]:
    """The items that leaflet makes of it, by id."""
    return {reference.id: dict(reference.item) for reference in read_text(text, kind, "library")[0]}


def alike(item: dict[str, Any]) -> dict[str, Any]:
    """An item in the common terms of both programs. What is evened out here is explained in docs/references.md."""
    text = json.dumps(item, ensure_ascii=False)
    text = re.sub(r'<span class=\\"nocase\\">(.*?)</span>', r"\1", text)
    even = json.loads(text)
    even.pop("archive", None)
    if "event" in even:
        even["event-title"] = even.pop("event")
    if "title" in even and even["title"][:1].islower():
        even["title"] = even["title"][0].upper() + even["title"][1:]
    even["type"] = {"": "document"}.get(even.get("type", ""), even.get("type", ""))
    for name, value in list(even.items()):
        if isinstance(value, dict) and "date-parts" in value:
            if value.get("season") and len(value["date-parts"][0]) == 1:
                value["date-parts"] = [[value["date-parts"][0][0], 20 + int(value.pop("season"))]]
            even[name] = value
    if "keyword" in even:
        even["keyword"] = ", ".join(re.split(r"\s*[,;]\s*", even["keyword"]))
    return even


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """One line for each variable that differs."""
    left, right = alike(ours), alike(theirs)
    return [
        f"{ours['id']}: {name}: {left.get(name)!r} | pandoc: {right.get(name)!r}"
        for name in sorted(set(left) | set(right))
        if left.get(name) != right.get(name)
    ]


def main() -> None:
    """Print all differences of a file, and how many items agree."""
    path, kind = Path(sys.argv[1]), sys.argv[2]
    text = path.read_text(encoding="utf-8")
    ours, theirs = leaflet_items(text, kind), pandoc_items(text, kind)
    agree = 0
    for key in sorted(set(ours) | set(theirs)):
        if key not in ours or key not in theirs:
            print(f"{key}: only {'pandoc' if key in theirs else 'leaflet'} has it")  # noqa: T201
            continue
        found = differences(ours[key], theirs[key])
        agree += not found
        for line in found:
            print(line)  # noqa: T201
    print(f"{agree} of {len(ours)} items agree")  # noqa: T201


if __name__ == "__main__":
    main()
