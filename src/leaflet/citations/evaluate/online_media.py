"""Videos and podcasts, of which libraries know the platform, the kind of file or the channel.

Zotero saves a video of YouTube as a recording with the platform as its library catalogue or studio, and the channel as its
author or director; a podcast is a recording or a broadcast, and only its format or genre says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from leaflet.citations.csl.manual_rules import ManualRules
from leaflet.citations.data.item import Item

_EPISODE = re.compile(r"^(?!.*podcast).*\bepisode\b", re.IGNORECASE)
_PODCAST = re.compile(r"\bpodcasts?\b", re.IGNORECASE)
_SHARED = frozenset(("youtube", "vimeo", "tiktok", "dailymotion"))
"""Platforms on which everybody may put videos."""
_SOUND_FILES = frozenset(("mp3", "m4a", "aac", "audio/mpeg", "mp3 audio"))


def online_media(item: Item, rules: ManualRules) -> Item:
    """Return a video with its platform as container, a podcast with its kind; every other item as it is."""
    match item.type:
        case "motion_picture":
            return _video(item, rules)
        case "song" | "broadcast":
            return _podcast(_described(item, rules), rules)
        case _:
            return item


def _described(item: Item, rules: ManualRules) -> Item:
    """Return a song of an album with its description; and an episode that has a number without what says so again."""
    text = item.text
    if item.type == "song" and rules.song and "container-title" in text and not {"genre", "medium"} & text.keys():
        return replace(item, text={**text, "genre": rules.song})
    if rules.plain_media and "number" in text and _EPISODE.search(text.get("genre", "")):
        return replace(item, text={name: value for name, value in text.items() if name != "genre"})
    return item


def _video(item: Item, rules: ManualRules) -> Item:
    platform = _platform(item.text)
    if not platform:
        genre = "" if "URL" in item.text else rules.film
        return item if not genre or "genre" in item.text else replace(item, text={**item.text, "genre": genre})
    text = {name: value for name, value in item.text.items() if name not in ("source", "publisher-place")}
    if _same(text.get("publisher", ""), platform):
        del text["publisher"]
    if rules.video:  # a manual that describes videos has their platform for a publisher
        text = {name: value for name, value in text.items() if name != "container-title"} | {"publisher": platform}
    else:
        text["container-title"] = f"<i>{platform}</i>" if rules.plain_media else platform
    if text.get("medium", "").casefold().startswith(platform.casefold()):
        text["medium"] = text["medium"][len(platform) :].strip()
    text = {name: value for name, value in text.items() if value}
    if rules.uploaded and "publisher" in text and _letters(platform) in _SHARED:
        text["publisher"] = f"{rules.uploaded} {text['publisher']}"
    if rules.video and "genre" not in text:
        text["genre"] = rules.video
    names = dict(item.names)
    channel = names.get("director", ())
    if "author" not in names and len(channel) == 1 and not channel[0].given:
        names["author"] = names.pop("director")
    return replace(item, text=text, names=names)


def _platform(text: Mapping[str, str]) -> str:
    """Return the platform of a video: a site that is named, and has the name of its address."""
    host = "".join(urlsplit(text.get("URL", "")).netloc.split("."))
    if not host or ("container-title" in text and not _same(text["container-title"], text.get("source", ""))):
        named = text.get("container-title", "")
        return named if host and named and _letters(named) in host else ""
    for name in ("source", "publisher", "container-title"):
        if (value := text.get(name, "")) and "." not in value and _letters(value) in host:
            return value
    return {"youtube": "YouTube", "youtu": "YouTube", "vimeo": "Vimeo"}.get(
        next((part for part in urlsplit(text["URL"]).netloc.split(".") if part in ("youtube", "youtu", "vimeo")), ""),
        "",
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or "\0"


def _same(one: str, other: str) -> bool:
    return bool(one) and _letters(one) == _letters(other)


def _podcast(item: Item, rules: ManualRules) -> Item:
    text = item.text
    medium = text.get("medium", "")
    told = _PODCAST.search(text.get("genre", "")) or _PODCAST.search(medium)
    if not told and not (item.type == "broadcast" and medium.casefold() in _SOUND_FILES):
        return item
    if not rules.podcast or not text.get("container-title"):
        return item
    kind, other = ("medium", "genre") if rules.plain_media else ("genre", "medium")
    text = {name: value for name, value in text.items() if name != other} | {kind: rules.podcast}
    names = dict(item.names)
    if "host" not in names and "author" in names:
        names["host"] = names.pop("author")
    return replace(item, type="broadcast", text=text, names=names)
