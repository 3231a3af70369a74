"""One work prints the same from what EndNote and Mendeley export of it, in four styles, as from CSL-JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from exports import CACHES, STYLES

from leaflet.bibliography import read_text
from leaflet.citations import CitationProcessor

WORKS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("programs.yaml").read_text(encoding="utf-8"))
FORMS = [
    (work["work"], form, work["item"], text)
    for work in WORKS
    for form, text in work.items()
    if form not in ("work", "item")
]


def item_of(fields: dict[str, Any]) -> dict[str, Any]:
    """Return CSL-JSON of the short form of the file."""
    item: dict[str, Any] = {"id": "x"}
    for name, value in fields.items():
        if name in ("author", "editor"):
            names = [person.split(", ") for person in value.split(" | ")]
            item[name] = [
                {"family": one[0], "given": one[1]} if len(one) == 2 else {"literal": one[0]} for one in names
            ]
        elif name == "issued":
            item[name] = {"date-parts": [[int(part) for part in str(value).split("-")]]}
        else:
            item[name] = str(value)
    return item


@pytest.mark.parametrize(
    ("work", "form", "fields", "text"), FORMS, ids=[f"{work}, {form}" for work, form, _, _ in FORMS]
)
def test_a_work_prints_the_same(work: str, form: str, fields: dict[str, Any], text: str) -> None:
    (reference,), problems = read_text(text, "ris" if form.endswith("ris") else "bibtex", form)
    assert problems == ()
    read = {**reference.item, "id": "x"}
    for style in STYLES:
        printed = [
            CitationProcessor(style, [item], "en-US", caches=CACHES).process([], nocite=["x"]).bibliography[0].html
            for item in (item_of(fields), read)
        ]
        assert printed[1] == printed[0]
