"""Fields as libraries hold them: capitals throughout, the site in the title of a page, a stop behind a title.

Databases and browsers write them so, and no manual prints them so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.citations.data.item import Item
from leaflet.citations.data.person import PersonName

_SITE = re.compile(r"(?P<title>.+?) [-–—|] (?P<site>[^-–—|]+)")
_STOPPED = frozenset(("article", "article-journal", "chapter", "paper-conference", "book"))
_PAGES = frozenset(("webpage", "post-weblog", "motion_picture"))
_REVIEW = re.compile(r"(?:Book )?[Rr]eview of (?P<title>.+), by (?P<people>[^,;:]+)")
_PERSON = re.compile(r"(?P<given>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*) (?P<family>[A-Z][\w’'-]+)")
_REVIEWING = frozenset(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"))
_EPISODE = re.compile(r"S(?:eason )?(\d+)[ ,:]*E(?:p(?:isode)?)?\.? ?(\d+)|(\d+)x(\d+)", re.IGNORECASE)
_EDITION = re.compile(r"(\d+)(?:st|nd|rd|th)? (?:edition|ed\.)", re.IGNORECASE)
_VERSION = re.compile(r"(?:version |ver\. |v\. ?|v)(\d.*)", re.IGNORECASE)
_PUBLIC_LAW = re.compile(r"(?:Pub(?:lic|\.) ?L(?:aw|\.)|P\.?L\.?),? ?(?:No\. ?)?(\d+[-–]\d+)", re.IGNORECASE)
_SECTIONS = re.compile(r"(\d{3,})-(\d{3,})")
_SUPREME_COURT = frozenset(("U.S.", "U. S.", "US", "U.S. Reports", "United States Reports"))


def tidied(item: Item) -> Item:
    """Return the item with its title, names and version as its publisher would have them."""
    if item.type in _REVIEWING:
        item = _untitled_review(item)
    text = item.text
    title = text.get("title", "")
    shown = title.replace(" : ", ": ")  # cataloguing rules have a space before the colon
    if item.type in _STOPPED and re.search(r"[^\W\d_]{4}\.$", shown):
        shown = shown[:-1]  # PubMed ends titles with a stop
    if len(shown.split()) > 2 and shown.isupper():
        shown = _without_capitals(shown)
    if shown != title:
        text = {**text, "title": shown}
    if item.type in _PAGES and (found := _SITE.fullmatch(shown)):
        text = _without_site(item, text, found["title"], found["site"])
    if version := text.get("version", ""):
        text = _with_version(text, version.strip())
    if item.type == "broadcast" and "volume" not in text and (found := _EPISODE.fullmatch(text.get("number", ""))):
        season, episode = (part for part in found.groups() if part)
        text = {**text, "volume": str(int(season)), "number": str(int(episode))}
    kind = item.type
    if kind in ("legislation", "bill"):
        text = _with_law(text, bill=kind == "bill")
    if kind == "legal_case" and text.get("container-title") in _SUPREME_COURT:
        # The reports say which court it was.
        text = {name: value for name, value in text.items() if name != "authority"} | {"container-title": "U.S."}
    if kind == "paper-conference" and {"container-title", "volume", "issue"} <= text.keys():
        kind = "article-journal"  # proceedings that are a journal
    if kind == "chapter" and "container-title" not in text and "container-author" not in item.names:
        kind = "book"  # pages of a book that is the author's own
    own = item.names.get("author")
    names = {
        role: _readable(people)
        for role, people in item.names.items()
        if role != "container-author" or people != own  # the author of a chapter is not named again for its book
    }
    if text is item.text and kind == item.type and names == item.names:
        return item
    return replace(item, type=kind, text=text, names=names)


def _with_law(text: Mapping[str, str], *, bill: bool) -> Mapping[str, str]:
    """Return the ``text`` of a law with its bare number, “111-2” of “Pub. L. No. 111-2”, and a range of its sections.

    The number of another country's law is in its title, or behind it.
    """
    number, title = text.get("number", ""), text.get("title", "")
    if found := _PUBLIC_LAW.fullmatch(number):
        text = {**text, "number": found[1]}
    elif number and title and not bill and not re.fullmatch(r"\d+[-–]\d+", number) and "container-title" not in text:
        whole = title if number in title else f"{title}, {number}"
        text = {name: value for name, value in text.items() if name != "number"}
        text = {"title-short": title, **text, "title": whole}
    found = _SECTIONS.fullmatch(text.get("section", ""))
    if found and len(found[1]) == len(found[2]) and found[1] < found[2]:
        text = {**text, "section": f"{found[1]}–{found[2]}"}
    return text


def _with_version(text: Mapping[str, str], version: str) -> Mapping[str, str]:
    """Return ``text`` with a version as a number, as “2” of “2nd edition” or “v2”.

    “V1” of a data set, whose version has no other name, stays.
    """
    found = _EDITION.fullmatch(version) or (None if version.startswith("V") else _VERSION.fullmatch(version))
    found = found or re.fullmatch(r"Version (\d.*)", version)
    return {**text, "version": found[1]} if found else text


def _untitled_review(item: Item) -> Item:
    """Return a review that is called “Review of Soap, by Ann Ash” as one without a title of its own."""
    found = _REVIEW.fullmatch(item.text.get("title", ""))
    if not found or "reviewed-title" in item.text or "reviewed-author" in item.names:
        return item
    people = [_PERSON.fullmatch(person) for person in found["people"].split(" and ")]
    if not all(people):
        return item
    text = {name: value for name, value in item.text.items() if name not in ("title", "title-short")}
    reviewed = tuple(PersonName(family=person["family"], given=person["given"]) for person in people if person)
    kind = item.type if item.type.startswith("review") else "review"
    return replace(
        item,
        type=kind,
        text={**text, "reviewed-title": found["title"]},
        names={**item.names, "reviewed-author": reviewed},
    )


def _without_site(item: Item, text: Mapping[str, str], title: str, site: str) -> Mapping[str, str]:
    """Return a page with its site apart, which browsers add to the title, if something else says that it is the site."""
    same = _letters(site)
    authors = item.names.get("author", ()) + item.names.get("director", ())
    named = {_letters(text.get("container-title", "")), *(_letters(one.literal or one.family) for one in authors)}
    if same in named:
        return {**text, "title": title}
    host = _letters(text.get("URL", "").partition("//")[2].partition("/")[0])
    if item.type != "webpage" or "container-title" in text or not same or same not in host:
        return text
    return {**text, "title": title, "container-title": site}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


_ACRONYMS = frozenset(
    "AIDS ADHD BMI CDC COVID CT DNA EU GP HIV HPV ICU IT MRI MRSA MS NHS NICE PCR RNA RCT SARS TB TV UK UN US USA WHO".split()
)


def _without_capitals(title: str) -> str:
    """Return a title that is in capitals throughout in small letters, but for its first and for abbreviations."""
    words = re.sub(r"[^\W\d_]+", lambda match: match[0] if match[0] in _ACRONYMS else match[0].lower(), title)
    return re.sub(r"(?:^|(?<=[:?!] ))\W*[^\W\d_]", lambda match: match[0].upper(), words)


def _readable(people: tuple[PersonName, ...]) -> tuple[PersonName, ...]:
    """Return names of people that are in capitals throughout as they are written."""
    if not all(len(one.family) > 1 and one.family.isupper() and one.given for one in people):
        return people
    return tuple(one._replace(family=_capitalised(one.family), given=_given(one.given)) for one in people)


def _capitalised(name: str) -> str:
    words = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)
    return re.sub(r"\b(Mc)([a-z])", lambda match: match[1] + match[2].upper(), words)


def _given(given: str) -> str:
    return _capitalised(given) if re.search(r"[^\W\d_]{3}", given) else given
