"""Writer of CSL names as BibTeX name lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from leaflet.bibliography.csl_items import NAMES
from leaflet.bibliography.write_latex import escape
from leaflet.model.citation import Item

_SPLITTING = re.compile(r"(?i),|\sand\s|^and\s|\sand$|=")
_FUSED = re.compile(r"(?:[dl]['’]|(?:al|el|ad|ar|as|at|an|ash)-)")


def needs_use_prefix(item: Item) -> bool:
    """Return whether the entry's particles are all of the kind that does not drop, so that one option can say so."""
    every = people(item)
    return any(_fixed(name) for name in every) and not any(name.get("dropping-particle") for name in every)


def people(item: Item) -> list[Mapping[str, object]]:
    """Return every name of the item, in all roles."""
    return [name for variable in NAMES for name in item.get(variable) or () if isinstance(name, Mapping)]


def name_list(names: Iterable[Mapping[str, object]], *, classic: bool, use_prefix: bool) -> str | None:
    """Return the names with " and " between them; None for no names."""
    written = [_name(name, classic, use_prefix) for name in names]
    return " and ".join(name for name in written if name) or None


def short_names(names: Iterable[Mapping[str, object]], *, classic: bool) -> str | None:
    """Return the abbreviations of organisations as a list in which each has the place of its name; None for none."""
    listed = list(names)
    if not any(name.get("short") for name in listed):
        return None
    shown = [str(name.get("short") or name.get("literal") or name.get("family") or "") for name in listed]
    return " and ".join("{" + escape(short, ascii_only=classic) + "}" for short in shown)


def _fixed(name: Mapping[str, object]) -> str:
    """Return the particle that does not drop, unless it is written together with the name."""
    particle = str(name.get("non-dropping-particle", ""))
    return "" if _FUSED.fullmatch(particle) else particle


def _name(name: Mapping[str, object], classic: bool, use_prefix: bool) -> str:
    if not name.get("family"):
        literal = str(name.get("literal") or name.get("given") or "")
        if literal == "others":
            return literal
        return "{" + escape(literal, ascii_only=classic) + "}" if literal else ""
    family, given, suffix = (str(name.get(part, "")) for part in ("family", "given", "suffix"))
    dropping, fixed = str(name.get("dropping-particle", "")), _fixed(name)
    particle = f"{dropping} {fixed}".strip()
    if not classic and _needs_labels(name, use_prefix):
        return _labelled(family, given, suffix, particle, keeps=bool(fixed))
    shown = _family(family, name, classic)
    shown = f"{_part(particle, classic)} {shown}" if particle else shown
    if suffix:
        return f"{shown}, {_part(suffix, classic)}, {_part(given, classic)}"
    if not given and not particle:
        return shown if " " not in family else "{" + escape(family, ascii_only=classic) + "}"
    return f"{shown}, {_part(given, classic)}"


def _needs_labels(name: Mapping[str, object], use_prefix: bool) -> bool:
    """Return whether a reader would take the plain form for another name.

    It does so with a particle of the other kind, in capitals, or a family name of several words without a given name.
    """
    family, particle = str(name["family"]), f"{name.get('dropping-particle', '')} {_fixed(name)}".strip()
    alone = not name.get("given") and not name.get("suffix")
    return (
        (bool(_fixed(name)) and not use_prefix)
        or bool(particle and not all(word[:1].islower() for word in particle.split()))
        or (alone and (" " in family or bool(particle) or not family[:1].isalpha()))
    )


def _labelled(family: str, given: str, suffix: str, particle: str, *, keeps: bool) -> str:
    parts = {"family": family, "given": given, "prefix": particle, "suffix": suffix}
    written = [f"{label}={{{escape(text, ascii_only=False)}}}" for label, text in parts.items() if text]
    return ", ".join([*written, "useprefix=true"] if keeps else written)


def _family(family: str, name: Mapping[str, object], classic: bool) -> str:
    fused = str(name.get("non-dropping-particle", ""))
    if fused and _FUSED.fullmatch(fused):
        return escape(fused + family, ascii_only=classic)
    if _FUSED.match(family) or (" " in family and family[:1].islower()):
        return "{" + escape(family, ascii_only=classic) + "}"
    return _part(family, classic)


def _part(text: str, classic: bool) -> str:
    written = escape(text, ascii_only=classic)
    return "{" + written + "}" if _SPLITTING.search(text) else written
