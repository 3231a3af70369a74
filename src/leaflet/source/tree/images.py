"""Pictures: files of the workspace, checked; those of the web and those that are missing as a framed place."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from leaflet.errors import Location
from leaflet.files import FIELD_REFERENCE, check_image
from leaflet.model.document import NO_ATTRIBUTES, Attributes, Image
from leaflet.source.fields import unknown
from leaflet.source.syntax.field import restore_spaces
from leaflet.source.tree.context import TreeContext

REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
BADGE = re.compile(
    r"shields\.io|badge|travis-ci|circleci\.com|codecov\.io|zenodo\.org/.*\.svg|github\.com/.*/workflows/",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"#|xref:|myst:|nb:")
"""The beginnings of addresses of what MyST embeds from another page."""
UNPRINTED = re.compile(
    r"\.(?:svgz|tiff?|eps|ps|bmp|heic|mp4|webm|mov|avi|ogv|mp3|wav|html?|ipynb|tex|drawio)$", re.IGNORECASE
)
"""Kinds of files that other programs show or embed, and that leaflet prints none of."""
SITE_ADDRESS = re.compile(r"\A\{\{ *site\.(?:base-?)?url *\}\}(?=/)", re.IGNORECASE)
"""Jekyll's name for the address of the site itself, from whose root the rest of a path leads."""
SITE_FOLDERS = ("", "static", "assets", "public", "content", "content/en", "_includes", "docs")
"""Folders from which sites name their files as if from their root."""
LENGTH = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>cm|mm|in|px|pt|pc|em|%|\\(?:textwidth|linewidth|columnwidth|hsize))?"
)


MOST_PER_CENT = 100


def picture_at(
    address: str,
    alt: str,
    place: Location,
    context: TreeContext,
    *,
    attributes: Attributes = NO_ATTRIBUTES,
    title: str | None = None,
) -> Image | None:
    """Return the picture at ``address``; its place alone, with an error, where it is none that can be printed."""
    words = " ".join(alt.split())
    path = SITE_ADDRESS.sub("", restore_spaces(unquote(address.strip())))
    attributes = _with_sizes(attributes, place, context)
    if REMOTE.match(path):
        return _remote(path, words, place, context, attributes, title)
    names = FIELD_REFERENCE.findall(path)
    if not names and (ELSEWHERE.match(path) or UNPRINTED.search(path)):
        return _framed(path, words, place, context, attributes, title)
    if names:
        problems = [unknown(name, context.fields, place) for name in names if name not in context.fields]
    else:
        path = from_root(path, context).lstrip("/")
        problems = list(check_image(path, folder=context.folder, workspace=context.workspace, asked_at=place))
    context.problems += problems
    # One that cannot be used has its place all the same, so that no reference to it is reported as well.
    path = "" if problems else path
    return Image(path=path, alt=words, absent=not path, title=title, attributes=attributes, location=place)


def _framed(
    path: str, words: str, place: Location, context: TreeContext, attributes: Attributes, title: str | None
) -> Image:
    """Return the place of something that is shown elsewhere and cannot be printed."""
    message = "{} cannot be printed: its words stand in a frame"
    context.tally(message, "give a picture as PNG, JPEG, GIF, WebP, AVIF, SVG or PDF", f'"{path[:60]}"', place)
    return Image(path="", alt=words or path, absent=True, title=title, attributes=attributes, location=place)


def _remote(
    address: str, words: str, place: Location, context: TreeContext, attributes: Attributes, title: str | None
) -> Image:
    """Return the place of a picture of the web, which no build opens; a badge leaves none."""
    if BADGE.search(address):
        context.tally(
            "badges, which are pictures of the web, are left out: {}", "take them out", words or "badge", place
        )
        return Image(path="", alt="", absent=True, location=place)
    name = (urlsplit(address).path.rstrip("/").rpartition("/")[2] or urlsplit(address).netloc)[:60]
    hint = "copy them into the workspace and name them by their paths"
    message = "pictures on the web are not opened, and their words are printed in a frame: {}"
    context.tally(message, hint, f'"{name}"', place)
    return Image(path="", alt=words or name, absent=True, title=title, attributes=attributes, location=place)


def from_root(path: str, context: TreeContext) -> str:
    """Return the path from the source's folder of a file that is named from the workspace's root: ``/images/a.png``."""
    if not path.startswith("/") or path.startswith("//"):
        return path
    folder, top = context.folder.resolve(), context.workspace.root
    above = [place for place in (folder, *folder.parents) if place.is_relative_to(top)]
    for up, root in [(up, place / static) for up, place in enumerate(above) for static in SITE_FOLDERS]:
        try:
            file = root / path.lstrip("/")
            if file.is_file() and file.resolve().is_relative_to(top):
                return "../" * up + file.relative_to(above[up]).as_posix()
        except (OSError, ValueError):
            continue
    return path


def _with_sizes(attributes: Attributes, place: Location, context: TreeContext) -> Attributes:
    """Return ``attributes`` with their sizes in CSS's form; an invalid size is reported and left out."""
    pairs = []
    for key, value in attributes.pairs:
        if key not in {"width", "height", "out-width", "out.width", "out-height", "out.height"}:
            pairs.append((key, value))
            continue
        size = css_length(value)
        if size is not None and size.endswith("%") and (float(size[:-1]) > MOST_PER_CENT or "height" in key):
            hint = "write a width of 100% at most, and a height in mm, cm, in, pt or px"
            context.warn(f'{key}: "{value[:40]}" is no part of the column, so the picture has its own', place, hint)
        elif size is None:
            hint = "write a number and cm, mm, in, px, pt or %: width=60%"
            context.warn(f'{key}: "{value[:40]}" is not a size, so the picture has its own', place, hint)
        else:
            pairs.append((key.replace("out-", "").replace("out.", ""), size))
    return attributes if tuple(pairs) == attributes.pairs else replace(attributes, pairs=tuple(pairs))


def css_length(text: str) -> str | None:
    r"""Return a length as CSS writes it, or None.

    >>> css_length("0.8\\textwidth"), css_length("300"), css_length("5 cm")
    ('80%', '300px', '5cm')
    """
    found = LENGTH.fullmatch(text.strip())
    if not found or float(found["number"]) <= 0 or float(found["number"]) > 10_000:
        return None
    unit = found["unit"] or "px"
    if unit.startswith("\\"):
        return f"{float(found['number']) * 100:g}%"
    return f"{found['number']}{unit}"
