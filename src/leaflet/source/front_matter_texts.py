"""Typography and emphasis of the texts of the front matter that are printed, as in the text of the body."""

from __future__ import annotations

from collections.abc import Mapping

from leaflet.source.rich_text_inlines import rich_text

PRINTED: Mapping[str, tuple[str, ...]] = {
    "audience": (),
    "disclaimer": (),
    "contact": ("heading", "name", "text", "hours", "address"),
    "event": ("date", "time", "place", "address", "price", "tickets"),
    "author": ("role", "bio"),
    "reviewers": ("role",),
    "further_reading": ("text",),
    "related": ("text",),
}
"""The keys whose values are printed and are no data of a citation, with the keys of the groups among them."""


def finished_texts(data: Mapping[str, object], language: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return the front matter with finished texts, and by dotted path the safe HTML of those that hold emphasis."""
    finished, rich = dict(data), dict[str, str]()
    for key in data:
        parts = PRINTED.get(key.replace("-", "_"))
        if parts is not None:
            finished[key] = _finished(data[key], parts, key.replace("-", "_"), language, rich)
    return finished, rich


def _finished(value: object, parts: tuple[str, ...], path: str, language: str, rich: dict[str, str]) -> object:
    match value:
        case str() if not parts or (parts == ("text",) and "://" not in value):
            found = rich_text(value, language, spaces=True)
            if found.html:
                rich[path if not parts else f"{path}.text"] = found.html
            return found.plain
        case list() if parts:
            return [_finished(one, parts, f"{path}.{number}", language, rich) for number, one in enumerate(value)]
        case dict():
            return {key: _part(key, one, parts, path, language, rich) for key, one in value.items()}
        case _:
            return value


def _part(key: str, value: object, parts: tuple[str, ...], path: str, language: str, rich: dict[str, str]) -> object:
    is_text = key in parts and not (key == "date" and isinstance(value, str) and value[:4].isdigit())
    return _finished(value, (), f"{path}.{key}", language, rich) if is_text else value
