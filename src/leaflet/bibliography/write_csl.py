"""Writers of CSL-JSON and CSL-YAML."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

from leaflet.model.citation import Reference


def to_csl_json(references: tuple[Reference, ...]) -> str:
    """Return a list of items: each with its id and type first and the rest in the order of the alphabet."""
    return json.dumps([_ordered(reference) for reference in references], indent=2, ensure_ascii=False) + "\n"


def to_csl_yaml(references: tuple[Reference, ...]) -> str:
    """Return ``references:`` and the items, as pandoc reads and writes them."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 1_000_000  # a folded line could lose a blank
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    out = io.StringIO()
    yaml.dump({"references": [_ordered(reference) for reference in references]}, out)
    return out.getvalue()


def _ordered(reference: Reference) -> dict[str, object]:
    item = {"id": reference.id, "type": reference.item.get("type", "document")}
    return item | {key: _plain(reference.item[key]) for key in sorted(reference.item) if key not in item}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
