"""Details that a manual prints once, although the item has them twice.

Organisations are author, publisher and site; laws have their year in the title and beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.citations.csl.manual_rules import ManualRules, Repetition
from leaflet.citations.data.item import Item
from leaflet.citations.evaluate.manual_wording import reworded

SITES = frozenset(("post", "post-weblog", "webpage"))
"""Types whose container is a site, which an organisation may be both author and name of."""


def without_repetitions(items: Mapping[str, Item], rules: ManualRules, lang: str) -> dict[str, Item]:
    """Return ``items`` in the manual's terms, without the variables that ``rules`` leave out beside an equal one.

    CSL cannot compare two variables, so that this is done before formatting.
    """
    return {identifier: _without_repetition(reworded(item, rules, lang), rules) for identifier, item in items.items()}


def _without_repetition(item: Item, rules: ManualRules) -> Item:
    author = _organisation(item)
    publisher = _folded(item.text.get("publisher", ""))
    container = _folded(item.text.get("container-title", ""))
    omitted: set[Repetition] = set()
    if publisher and publisher in author:
        omitted.add(rules.author_is_publisher)
    if container and container in author and item.type in SITES:
        omitted.add(rules.author_is_container)
    if publisher and publisher == container:
        omitted.add(rules.publisher_is_container)
    if rules.dated_acts and item.type in ("bill", "legislation"):
        item = _with_dated_title(item)
    if rules.undated_acts:
        item = _with_undated_title(item)
    if "title" not in item.text:
        omitted.discard(Repetition.AUTHOR)  # a work needs something to begin with
    return _without(item, omitted)


def _with_dated_title(item: Item) -> Item:
    """Return a law with its year at the end of its title, unless the title has it already."""
    issued, title = item.dates.get("issued"), item.text.get("title", "")
    if issued is None or issued.start is None or not title or str(issued.start.year) in title:
        return item
    return replace(item, text={**item.text, "title": f"{title} {issued.start.year}"})


def _with_undated_title(item: Item) -> Item:
    """Return a law with a short title of its own, where its title ends with its year, with or without “of”."""
    issued = item.dates.get("issued")
    whole = item.text.get("title", "")
    title, of, year = whole.rpartition(" of ") if " of " in whole[-8:] else whole.rpartition(" ")
    if item.type != "legislation" or "title-short" in item.text or issued is None or issued.start is None:
        return item
    if not (title and of and year == str(issued.start.year)):
        return item
    return replace(item, text={**item.text, "title-short": title})


def _without(item: Item, omitted: set[Repetition]) -> Item:
    left_out: set[str] = set()
    if Repetition.PUBLISHER in omitted:
        left_out |= {"publisher", "publisher-place"}
    if Repetition.CONTAINER in omitted:
        left_out |= {"container-title", "container-title-short"}
    if Repetition.AUTHOR in omitted:
        names = {variable: people for variable, people in item.names.items() if variable != "author"}
        item = replace(item, names=names)
    if not left_out:
        return item
    return replace(item, text={name: text for name, text in item.text.items() if name not in left_out})


def _organisation(item: Item) -> frozenset[str]:
    """Return the name and the abbreviation of the organisation that is the only author."""
    authors = item.names.get("author", ())
    if len(authors) != 1 or not authors[0].literal:
        return frozenset()
    return frozenset(_folded(name) for name in (authors[0].literal, authors[0].short) if name)


def _folded(text: str) -> str:
    """Return ``text`` as it is compared: capitals, spaces and a last full stop make no difference."""
    return " ".join(text.casefold().split()).rstrip(".")
