"""Zotero on this computer: its items in CSL-JSON, by its local interface, all of them or those of a collection.

Better BibTeX, where it is installed, gives the citation keys of items without one of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import quote

from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import suggestion
from leaflet.network.connection import Answer, ask_this_computer

PORT = 23119
"""The port of Zotero; Zotero's ``httpServer.port`` is another one only where somebody changed it."""
BASE = "/api/users/0"
BETTER_BIBTEX = "/better-bibtex/json-rpc"
ITEM = re.compile(r"/items/(?P<key>\w+)$")
"""The key of an item of Zotero, at the end of its address."""
LARGEST = 200_000_000
SECONDS = 120.0
SWITCH = "in Zotero, open Settings, Advanced, and tick “Allow other applications on this computer to communicate with Zotero”"


def zotero_items(collection: str = "", *, port: int = PORT) -> bytes:
    """Return Zotero's items, or those of the collection of a name or key, as a list of CSL-JSON.

    Raises:
        LeafletError: Zotero does not run, does not answer, or has no such collection.
    """
    path = f"{BASE}/items/top"
    if collection:
        path = f"{BASE}/collections/{quote(_collection_key(collection, port), safe='')}/items/top"
    answer = _ask(f"{path}?format=csljson&itemType=-attachment", port)
    return _with_keys(answer.data, port)


def _with_keys(data: bytes, port: int) -> bytes:
    """Return items with the keys of Better BibTeX; those that Zotero itself names a key for keep that."""
    try:
        items = json.loads(data)
    except (ValueError, RecursionError):
        return data  # the reader of CSL-JSON says what is wrong with it
    nameless: dict[str, dict[str, object]] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and not item.get("citation-key") and (found := ITEM.search(str(item.get("id")))):
            nameless[found["key"]] = item
    keys = _better_bibtex_keys(list(nameless), port) if nameless else {}
    for key, item in nameless.items():
        if keys.get(key):
            item["citation-key"] = keys[key]
    return json.dumps(items, ensure_ascii=False).encode() if keys else data


def _better_bibtex_keys(items: list[str], port: int) -> Mapping[str, str]:
    """Return the citation keys of items of the own library; none where Better BibTeX is not installed.

    Raises:
        LeafletError: it is installed, and does not answer with keys, so that others would be printed than it shows.
    """
    request = {"jsonrpc": "2.0", "id": 1, "method": "item.citationkey", "params": [items]}
    answer = _ask(BETTER_BIBTEX, port, body=json.dumps(request).encode(), missing=404)
    if answer.status == 404:
        return {}
    try:
        found = json.loads(answer.data)
        return {str(key): str(value or "") for key, value in found["result"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _refuse("Better BibTeX did not answer with its citation keys", "wait until Zotero is ready, and try again")


def _collection_key(wanted: str, port: int) -> str:
    """Return the key of a collection, which may be given by its key, its name, or its path with slashes."""
    answer = _ask(f"{BASE}/collections?format=json", port)
    try:
        listed = json.loads(answer.data)
        found = {str(entry["key"]): entry["data"] for entry in listed}
        names = {key: str(data["name"]) for key, data in found.items()}
        parents = {key: str(data.get("parentCollection") or "") for key, data in found.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _refuse("Zotero did not answer with a list of collections", "is it Zotero 7 or later?")
    paths = {key: _path(key, names, parents) for key in names}
    same = [key for key in names if wanted in (key, names[key], paths[key])]
    if len(same) == 1:
        return same[0]
    if same:
        choices = ", ".join(f'"{paths[key]}"' for key in same)
        _refuse(f'Zotero has several collections called "{wanted}"', f"write the path of one of them: {choices}")
    known = ", ".join(f'"{path}"' for path in sorted(paths.values())[:10])
    hint = suggestion(wanted, tuple(paths.values())) or (f"there are {known}" if known else "there are none")
    message = f'Zotero has no collection "{wanted}"'
    raise LeafletError(Problem(message=message, location=Location(file="zotero"), hint=hint))


def _path(key: str, names: dict[str, str], parents: dict[str, str]) -> str:
    parts: list[str] = []
    while key in names and len(parts) < len(names):
        parts.append(names[key])
        key = parents[key]
    return "/".join(reversed(parts))


def _ask(path: str, port: int, *, body: bytes | None = None, missing: int = 200) -> Answer:
    """Return an answer of Zotero; its status is 200, or that of a ``missing`` extension."""
    try:
        answer = ask_this_computer(port, path, body=body, largest=LARGEST, seconds=SECONDS)
    except LeafletError as error:
        _refuse(f"Zotero does not answer: {error.problems[0].message}", "start Zotero, and try again")
    if answer.status == 403:
        _refuse("Zotero lets no other program ask it", SWITCH)
    if answer.status not in (200, missing):
        _refuse(f"Zotero answered with the error {answer.status}", "is it Zotero 7 or later?")
    return answer


def _refuse(message: str, hint: str) -> NoReturn:
    raise LeafletError(Problem(message=message, location=Location(file="zotero"), hint=hint)) from None
