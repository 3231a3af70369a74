"""Citations are numbered in reading order, wherever they are in the tree."""

from __future__ import annotations

from pathlib import Path

from leaflet.model.citation_places import number_citations
from leaflet.model.walk import clusters
from leaflet.source import open_workspace, read_source

SOURCE = """---
title: T
---

::: {#at-a-glance}
- A fact [@a]
:::

## Heading [@b]

Words [@c] and a note.^[With [@d] in it.] **Strong [@e]** [span [@f]]{.x}

| a [@g] | b |
|---|---|
| c | d [@h] |

Table: Caption [@i]

- item [@j]

  1. inner [@k]

> quoted [@l]

Term [@m]
:   meaning [@n]

::: {.callout-tip}
### Tip [@o]

text [@p]
:::

::: timeline
- **1 day [@q]** rest [@r]
:::

::: {.statistic number="3"}
of four [@s]
:::

::: write-in
- line [@t]
:::

::: anything
inside [@u]
:::

::: {.refs section=x}
### Refs [@v]
:::
"""


def test_every_citation_has_its_number(tmp_path: Path) -> None:
    source = tmp_path / "it.md"
    source.write_text(SOURCE.replace(" section=x", ""), encoding="utf-8")
    document = read_source(source, open_workspace(source)).document
    places = clusters(document)
    assert len(places) == 22
    assert {place.number for place in places} == {None}
    numbered = clusters(number_citations(document))
    assert [place.number for place in numbered] == list(range(22))
    assert [place.cluster for place in numbered] == [place.cluster for place in places]
