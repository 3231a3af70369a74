"""Rows of leaflets whose pages repeat: what one row leaves in the caches of a session changes no byte of the next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaflet.pipeline import Choices, Session, compose
from leaflet.weasy.layout.block_cache import CachedBlock

DAY = date(2026, 5, 12)
SOURCE = """---
title: Swimming lessons in {{place}}
author: Ada Example
code: "{{code}}"
running-head: true
fields: {place: Leeds, code: SW-1, item: a towel}
---

::: {#at-a-glance}
- Ask at the desk.
- Lessons are on Mondays.
:::

# Things to bring

Bring these things with you.[^1] Lockers take a coin.

- A costume that fits
- Goggles, if you like
- {{item}}

[^1]: The shop at {{place}} sells them.

# When to come

Come ten minutes before your lesson, so that you have time to change and to find your teacher at the pool.

1. Shower.
2. Wait at the shallow end.
3. Listen to your teacher, who will say when to go in.

| Level | Day | Pool |
|-------|-----|------|
| First | Monday | Small |
| Second | Tuesday | {{place}} |

# If you are ill

Stay at home. Ring us, and we will keep your place for two weeks. Do not swim for two days after you feel well again.

- Ring before nine.
- Say which lesson you are in.
- Tell us if you cannot come for longer.
"""
ROWS = (
    {"place": "Leeds", "code": "SW-1", "item": "a towel"},
    {"place": "York", "code": "SW-2", "item": "a large towel, and a small one for your hair"},
    {"place": "Kingston upon Hull", "code": "SW-3", "item": "soap"},
)


@pytest.mark.parametrize("layout", ["handout-a4", "booklet-a5"])
def test_rows_have_the_bytes_of_builds_of_their_own(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source" / "swimming.md"
    source.parent.mkdir()
    source.write_text(SOURCE)
    copied: list[CachedBlock] = []
    copy = CachedBlock.copied
    monkeypatch.setattr(CachedBlock, "copied", lambda block, element: copied.append(block) or copy(block, element))
    shared = Session()
    for row in ROWS:
        choices = Choices(layout=layout, fields=row, formats=("pdf",))
        copied.clear()
        together = compose(source, choices, today=DAY, session=shared)
        blocks = len(copied)
        alone = compose(source, choices, today=DAY, session=Session())
        assert dict(together.files) == dict(alone.files), row
    assert blocks > len(copied) - blocks  # the last row took blocks of those before it
