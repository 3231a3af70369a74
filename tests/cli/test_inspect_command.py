"""``leaflet inspect`` prints the content of a source."""

from __future__ import annotations

import json
from pathlib import Path

from running import run_leaflet

SOURCE = """---
title: Soap
fields:
  clinic:
    phone: 01632 960 123
references:
  - {id: doe, type: book, title: Soap}
bibliography: more.bib
---

## Why *soap* {panel=flap}

Soap helps [see @doe, pp. 3-4, my italics; -@roe].^[As @doe [chap. 2] says.]

Call {{ clinic.phone }}.
"""


def test_everything_understood_is_printed_with_its_place(tmp_path: Path) -> None:
    source = tmp_path / "source" / "soap.md"
    source.parent.mkdir()
    source.write_text(SOURCE, encoding="utf-8")
    (source.parent / "more.bib").write_text("@book{roe, title = {More}}\n", encoding="utf-8")
    found = json.loads(run_leaflet("inspect", "source/soap.md", cwd=tmp_path).stdout)
    assert found["metadata"]["title"] == "Soap"
    assert found["metadata"]["places"]["title"] == "source/soap.md:2:8"
    assert found["sections"] == [
        {"id": "why-soap", "heading": "Why soap", "level": 2, "panel": "flap", "place": "source/soap.md:11:1"}
    ]
    first, second = found["clusters"]
    assert first == {
        "place": "source/soap.md:13:12",
        "in_note": False,
        "cites": [
            {
                "id": "doe",
                "mode": "normal",
                "prefix": "see",
                "locator": "3-4",
                "label": "page",
                "suffix": ", my italics",
                "place": "source/soap.md:13:17",
            },
            {
                "id": "roe",
                "mode": "suppress-author",
                "prefix": "",
                "locator": None,
                "label": None,
                "suffix": "",
                "place": "source/soap.md:13:45",
            },
        ],
    }
    assert second["in_note"] is True
    assert (second["cites"][0]["mode"], second["cites"][0]["label"]) == ("narrative", "chapter")
    assert found["fields"] == [
        {
            "name": "clinic.phone",
            "value": "01632 960 123",
            "place": "source/soap.md:5:12",
            "used": ["source/soap.md:15:6"],
        }
    ]
    assert found["references"] == [{"id": "doe", "type": "book", "place": "source/soap.md:7:5"}]
    assert found["bibliography"] == [{"file": "source/more.bib", "place": "source/soap.md:8:15"}]
