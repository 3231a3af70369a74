"""Conversion of authors from the forms of other programs to leaflet's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from leaflet.source.key_names import PERSON_ALIASES
from leaflet.source.person_names import ORGANISATION_WORDS

KNOWN = frozenset(
    "family given literal suffix particle role affiliation orcid email bio name equal-contribution corresponding".split()
) | frozenset(PERSON_ALIASES)
FOREIGN = frozenset(
    "attributes note "
    "url github gitlab twitter mastodon bluesky linkedin website phone fax degrees degree id number deceased credit "
    "image avatar img address city country metadata acknowledgements funding affiliation-url funder dropping position "
    "orcid-url scholar nickname username links social cre ror isni".split()
)
"""Keys of a person that are for other programs."""
OTHERS_NAMES = {"given-names": "given", "surname": "family", "institute": "affiliation", "affil": "affiliation"} | {
    "corresponding-author": "corresponding",
    "correspondence": "corresponding",
    "equal-contrib": "equal-contribution",
    "equal-contributor": "equal-contribution",
    "equal": "equal-contribution",
}
SWITCHES = frozenset({"equal-contribution", "corresponding"})
MARKS = re.compile(
    r"\^[^^\s]{1,12}\^|\\textsuperscript\{[^{}]*\}|<sup>.*?</sup>|\$\^\{?[^$]*\}?\$|[*†‡§¶]+$|\[\^[^\]]*\]"
)
NOTE = re.compile(r"\^\[(?P<note>[^\]]*)\]")
LINK = re.compile(r"\[(?P<words>[^\]]+)\]\([^)]*\)")
CONTRIBUTION = re.compile(r"author|contribut|correspond|equal", re.IGNORECASE)
COMMAND = re.compile(r"\\\w+\{(?P<words>[^{}]*)\}")
"""A value in one command of LaTeX: ``\\email{name@example.org}``."""
MAIL = re.compile(r"<?(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?")
REFERENCE = re.compile(r"[\w-]+(?:\s*[,;]\s*[\w*-]+)*")


class People(Struct, kw_only=True):
    """Authors in leaflet's form, and other facts about them."""

    people: list[object] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """The keys that are for other programs."""
    unknown: list[str] = field(default_factory=list)
    """The numbers of affiliations that the list does not have."""


def normal_people(value: object, affiliations: object) -> People:
    """Return the people of ``value``; ``affiliations`` is the list that their numbers and names refer to."""
    registry = _registry(affiliations)
    found = People()
    entries = value if isinstance(value, list) else [value]
    for entry in entries:
        if isinstance(entry, str):
            found.people += [_from_text(name) for name in _several(entry)]
        elif isinstance(entry, Mapping):
            found.people.append(_from_group(_spread(entry), registry, found))
        else:
            found.people.append(entry)
    return found


def is_registry(value: object) -> bool:
    """Return whether affiliations are a list that people refer to, and not the one of all authors."""
    return isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value)


def _registry(value: object) -> dict[str, str]:
    """Return the affiliations by index, id and place in the list."""
    names: dict[str, str] = {}
    for place, entry in enumerate(value if isinstance(value, list) else [], start=1):
        if isinstance(entry, str):
            names.setdefault(str(place), entry)
            continue
        if not isinstance(entry, Mapping):
            continue
        group = dict(entry)
        if len(group) == 1 and not ({"name", "ref", "id"} & set(group)):
            key, inner = next(iter(group.items()))  # pandoc-scholar: the id is the key
            names[str(key)] = _name_of(inner) if isinstance(inner, Mapping) else str(inner or key)
            continue
        name = _name_of(group)
        for key in ("index", "id", "ref", "code"):
            if group.get(key) not in (None, ""):
                names[str(group[key])] = name
        names.setdefault(str(place), name)
    return names


def _name_of(group: Mapping[str, object]) -> str:
    name = next((group[key] for key in ("name", "institution", "institute", "address") if group.get(key)), None)
    parts = [group.get("department"), name]
    return ", ".join(str(part) for part in parts if part) or str(group.get("id", ""))


def _several(text: str) -> list[str]:
    """Return the names in one text: ``Norah Jones, Bill Gates and Ada Hall`` are three."""
    plain = NOTE.sub(lambda found: f"\0{found['note'].replace(',', chr(1))}\0", text)
    plain = MARKS.sub("", plain)
    words = {re.sub(r"\W", "", word).lower() for word in plain.split()} - {"and", "the", "of", "for", "und", "et"}
    if words & ORGANISATION_WORDS:
        return [text]
    parts = [part for part in re.split(r"\s*;\s*|\s+(?:and|und|et|y|&)\s+|,\s+and\s+", plain) if part.strip()]
    several = []
    for part in parts:
        commas = [piece.strip() for piece in part.split(",") if piece.strip()]
        whole = len(commas) > 1 and all(len(MARKS.sub("", piece).split()) > 1 or "\0" in piece for piece in commas)
        several += commas if whole else [part.strip().rstrip(",")]
    return [re.sub(r"\0(.*?)\0", lambda found: f"^[{found[1].replace(chr(1), ',')}]", name) for name in several]


def _from_text(text: str) -> object:
    """Return the person of a line without marks of affiliations; a note behind the name is the workplace."""
    note = NOTE.search(text)
    name = LINK.sub(lambda found: found["words"], NOTE.sub("", text))
    mail = MAIL.search(name)
    name = MARKS.sub("", MARKS.sub("", MAIL.sub("", name)).strip()).strip(" ,\\*")
    if not note and not mail:
        return name if name else text
    person: dict[str, object] = {"name": name}
    if note and not MAIL.search(note["note"]) and not CONTRIBUTION.search(note["note"]):
        person["affiliation"] = note["note"].strip()
    if mail:
        person["email"] = mail["mail"]
    return person


def _spread(group: Mapping[str, object]) -> dict[str, object]:
    """Return ``Albert Krewinkel: {institute: x}``, pandoc-scholar's form, as a group with a name."""
    if len(group) == 1:
        key, value = next(iter(group.items()))
        if key.lower() not in KNOWN | set(OTHERS_NAMES) and (isinstance(value, Mapping) or value is None):
            return {"name": key, **(value or {})}
    return dict(group)


def _from_group(group: dict[str, object], registry: Mapping[str, str], found: People) -> dict[str, object]:
    if isinstance(own := group.get("attributes"), Mapping):
        group = {**{key: value for key, value in group.items() if key != "attributes"}, **own}
    person: dict[str, object] = {}
    for key, value in group.items():
        if isinstance(value, str) and (command := COMMAND.fullmatch(value.strip())):
            value = command["words"]
        if isinstance(value, list) and len(value) == 1 and key.lower() == "name":
            value = value[0]
        plain = key.lower().replace("_", "-")
        name = OTHERS_NAMES.get(plain, plain)
        if name in SWITCHES:
            person[name] = value not in {False, None, "", "no", "No", "false", "False"}
        elif name in FOREIGN:
            found.left_out.append(f"author.{key}")
        elif name not in KNOWN:
            person[key] = value
        elif PERSON_ALIASES.get(name, name) == "affiliation":
            person["affiliation"] = _affiliation(value, registry, found)
        elif PERSON_ALIASES.get(name, name) == "role":
            person["role"] = _role(value)
        elif name == "name" and isinstance(value, Mapping):
            person["name"] = {OTHERS_NAMES.get(part, part): text for part, text in value.items() if text is not None}
        elif name == "name" and isinstance(value, str):
            cleaned = _from_text(value)
            person |= cleaned if isinstance(cleaned, dict) else {"name": cleaned}
        else:
            person[name] = value
    return person


def _role(value: object) -> object:
    if isinstance(value, list):
        return [
            next(iter(entry)) if isinstance(entry, Mapping) and len(entry) == 1 else _text_of(entry) for entry in value
        ]
    return value


def _text_of(entry: object) -> object:
    return entry.get("name") or entry.get("role") or entry.get("value") or "" if isinstance(entry, Mapping) else entry


def _affiliation(value: object, registry: Mapping[str, str], found: People) -> str:
    """Return the names of affiliations that are written out, or referred to by number, id or ``ref``."""
    entries: Sequence[object] = value if isinstance(value, list) else [value]
    names: list[str] = []
    for entry in entries:
        if isinstance(entry, Mapping):
            reference = entry.get("ref")
            names.append(registry.get(str(reference), str(reference)) if reference is not None else _name_of(entry))
            continue
        text = str(entry).strip()
        parts = [part.strip(" *") for part in re.split(r"[,;]", text)] if REFERENCE.fullmatch(text) else []
        known = [registry[part] for part in parts if part in registry]
        numbers = [part for part in parts if part.isdigit() and part not in registry]
        found.unknown += numbers if registry else []
        # A number without an affiliation, such as that of a journal's template, means nothing to a reader.
        names += known if known else [] if re.fullmatch(r"[\d,;*\s]+", text) else [registry.get(text, text)]
    return "; ".join(dict.fromkeys(name for name in names if name))
