"""Names of people and organisations as CSL-JSON gives them, with their particles in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class PersonName(NamedTuple):
    """One name. ``literal`` is for organisations and all that must not be taken apart."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    static: bool = False
    literal: str = ""
    short: str = ""
    """The abbreviation of an organisation."""
    username: str = ""
    """The name under which somebody posts, with its brackets: “[@BettyMWhite]”."""


_JOINED_PARTICLE = re.compile(r"^([^\W\d_]{1,3}[’'`]|[^\W\d_]{2,4}[-‐])(?=\S)")
# Behind an organisation other brackets hold abbreviations.
_POSTING_ORGANISATION = re.compile(r"\s(\[(?:@|[a-z])[^\s\[\]]*\])$")
_POSTING_PERSON = re.compile(r"(?:^|\s)(\[[^\[\]]+\])$")
_APOSTROPHES = "'’`‘"


def read_person(value: Mapping[str, object]) -> PersonName:
    """Return a name of CSL-JSON."""
    family = _text(value, "family")
    given = _text(value, "given")
    literal = _text(value, "literal")
    if literal or (value.get("isInstitution") and family and not given):
        literal, username = _username(literal or family, _POSTING_ORGANISATION)
        return PersonName(literal=literal, short=_text(value, "short"), username=username)
    given, username = _username(given, _POSTING_PERSON)
    if username and not given:
        # “NHS England” is no person: somebody had no other place for its username
        return PersonName(literal=family, username=username)
    person = PersonName(
        family=family,
        given=given,
        dropping=_text(value, "dropping-particle"),
        non_dropping=_text(value, "non-dropping-particle"),
        suffix=_text(value, "suffix"),
        comma_suffix=_is_true(value.get("comma-suffix")),
        static=_is_true(value.get("static-ordering")),
        username=username,
    )
    if value.get("parse-names") in (0, False, "false"):
        return person
    return _parse_particles(person)


def _username(name: str, form: re.Pattern[str]) -> tuple[str, str]:
    """Return a name without a username behind it in brackets, and the username."""
    match = form.search(name)
    return (name[: match.start()].rstrip(), match[1]) if match else (name, "")


def _is_true(value: object) -> bool:
    return value not in (None, False, 0, "", "false", "0")


def _text(value: Mapping[str, object], name: str) -> str:
    found = value.get(name)
    return str(found).strip() if found not in (None, "") else ""


def _parse_particles(person: PersonName) -> PersonName:
    """Return ``person`` with the particles of its family and given names in fields of their own."""
    family, given = person.family, person.given
    if len(family) > 1 and family[0] == family[-1] == '"':
        person = person._replace(family=family[1:-1])
        family = ""
    if family and not person.non_dropping:
        particle, rest = _leading_particle(family)
        person = person._replace(non_dropping=particle, family=rest)
    if given and not person.dropping:
        rest, particle = _trailing_particle(given)
        person = person._replace(dropping=particle, given=rest)
    if person.given and not person.suffix and "," in person.given[:-1]:
        rest, _, suffix = person.given.partition(",")
        forced = suffix.startswith("!")
        person = person._replace(given=rest.strip(), suffix=suffix.lstrip("!").strip(), comma_suffix=forced)
    return person


def _is_small(word: str) -> bool:
    return word.lstrip(_APOSTROPHES)[:1].islower()


def _leading_particle(family: str) -> tuple[str, str]:
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    rest = " ".join(words[count:])
    particle = " ".join(words[:count])
    joined = _JOINED_PARTICLE.match(rest)
    if joined and _is_small(rest) and rest[joined.end() :][:1].isupper():
        particle = f"{particle} {joined[1]}".strip()
        rest = rest[joined.end() :]
    return particle, rest


def _trailing_particle(given: str) -> tuple[str, str]:
    words = given.replace("\u00a0", " ").split(" ")
    count = len(words)
    while count > 1 and _is_small(words[count - 1]):
        count -= 1
    if count == len(words) or "." in "".join(words[count:]):
        return given, ""
    return " ".join(words[:count]), " ".join(words[count:])
