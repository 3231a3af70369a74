"""The files of a new workspace, made from a starter and from what its user says of themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from importlib.resources.abc import Traversable

from msgspec import Struct

from leaflet.files import CONFIGURATION, read_file, read_packaged
from leaflet.starter.answers import Answers
from leaflet.starter.read_starter import SampleOrganisation, Starter

FIRST_LEAFLET = "source/first-leaflet.md"
PLAIN = (CONFIGURATION, "source")
"""The first leaflet that ``leaflet new`` makes where no other is chosen."""
EVENT_IN = timedelta(weeks=10)
REVIEW_AFTER = 2
"""Years until somebody has to look at the leaflet again."""
SATURDAY = 5

COMMENTS = {
    "en": (
        "Settings that all leaflets of this workspace share. A leaflet's own front matter wins.",
        "The name and the contact are invented: put your own here.",
        "Your colour and your logo, in any style:",
    ),
    "de": (
        "Einstellungen für alle Faltblätter dieses Arbeitsordners. Was in einem Faltblatt selbst steht, geht vor.",
        "Name und Kontakt sind erfunden: Tragen Sie hier Ihre eigenen ein.",
        "Ihre Farbe und Ihr Logo, in jedem Stil:",
    ),
    "fr": (
        "Réglages communs à tous les dépliants de ce dossier. Ceux d'un dépliant l'emportent.",
        "Le nom et le contact sont inventés : mettez ici les vôtres.",
        "Votre couleur et votre logo, dans tous les styles :",
    ),
    "es": (
        "Ajustes comunes a todos los folletos de esta carpeta. Los de cada folleto tienen prioridad.",
        "El nombre y el contacto son inventados: ponga aquí los suyos.",
        "Su color y su logotipo, en cualquier estilo:",
    ),
}
"""The comments of ``leaflet.toml`` in the language of its user."""


class _Facts(Struct, frozen=True, kw_only=True):
    """Facts that the marks of a starter are replaced by."""

    author: str
    contact: tuple[tuple[str, str], ...]
    organisation: str
    web: str


def starter_files(starter: Starter, answers: Answers, today: date) -> dict[str, bytes]:
    """Return the files of a workspace that begins with ``starter``, by their paths in it."""
    facts = _facts(starter.sample, answers)
    files = {
        CONFIGURATION: _settings(starter, facts, answers),
        f"source/{starter.name}.md": _filled(starter.source, facts, today),
    }
    if starter.bibliography is not None:
        files[f"source/{starter.name}.bib"] = starter.bibliography
    pictures = {f"source/images/{picture}": content for picture, content in starter.pictures.items()}
    return {path: text.encode() for path, text in files.items()} | pictures | _logo(answers)


def plain_files(answers: Answers, today: date) -> dict[str, bytes]:
    """Return the files of a workspace with a first leaflet that explains itself."""
    home = resources.files("leaflet") / "starter"
    files = {
        path: read_packaged("leaflet", "starter", *path.split("/")).decode().replace("@TODAY@", today.isoformat())
        for name in PLAIN
        for path in _paths(home / name, name)
    }
    if answers.say_something:
        facts = _facts(SampleOrganisation(organisation="Your organisation", heading="Talk to us"), answers)
        files[CONFIGURATION] = _answered(files[CONFIGURATION], facts)
        files[FIRST_LEAFLET] = _with_author(files[FIRST_LEAFLET], facts)
    files[CONFIGURATION] += _look(answers)
    return {path: text.encode() for path, text in files.items()} | _logo(answers)


def _paths(entry: Traversable, path: str) -> Iterator[str]:
    """Yield the paths of all files at and below ``entry`` in a fixed order."""
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda inner: inner.name):
            yield from _paths(inner, f"{path}/{inner.name}")
    else:
        yield path


def _facts(sample: SampleOrganisation, answers: Answers) -> _Facts:
    """Return what is known of the organisation: its answers alone, or all that is invented of the sample."""
    if not answers.say_something:
        invented = ("heading", "contact", "phone", "email", "hours", "address")
        contact = tuple((key.replace("contact", "name"), getattr(sample, key)) for key in invented)
        return _Facts(
            author=_author(sample, answers), contact=contact, organisation=sample.organisation, web=sample.web
        )
    person = answers.name if not sample.author else ""
    contact = (
        ("heading", sample.heading),
        ("name", person),
        ("phone", answers.phone),
        ("email", answers.email),
        ("address", answers.address),
        ("url", _address(answers.web)),
    )
    organisation = answers.organisation or answers.name
    return _Facts(
        author=_author(sample, answers), contact=contact, organisation=organisation, web=_address(answers.web)
    )


def _author(sample: SampleOrganisation, answers: Answers) -> str:
    """Return the author as a line of YAML, with the role of an invented one."""
    if answers.name:
        return f"name: {_quoted(answers.name)}"
    if answers.say_something or not sample.author:
        return f"literal: {_quoted(answers.organisation or sample.organisation)}"
    return f"name: {_quoted(sample.author)}\n  role: {_quoted(sample.role)}"


def _address(web: str) -> str:
    """Return an address of the web with its scheme."""
    return web if not web or "://" in web else f"https://{web}"


def _filled(source: str, facts: _Facts, today: date) -> str:
    """Return a starter's source with the facts in place of its marks; a line without its fact is left out."""
    event = today + EVENT_IN
    event += timedelta(days=(SATURDAY - event.weekday()) % 7)
    marks = {
        "@TODAY@": today.isoformat(),
        "@REVIEW@": f"{today.year + REVIEW_AFTER}-{today.month:02}",
        "@EVENT@": event.isoformat(),
        "@AUTHOR@": f"author:\n  {facts.author}",
        "@URL@": f"url: {facts.web}" if facts.web else "",
    }
    lines = source.split("\n")
    known = (line for line in lines if line not in marks or marks[line])
    return re.sub(r"@[A-Z]+@", lambda mark: marks[mark[0]], "\n".join(known))


def _settings(starter: Starter, facts: _Facts, answers: Answers) -> str:
    """Return ``leaflet.toml`` for a workspace."""
    shared, invented, _ = COMMENTS[starter.language]
    lines = [f"# {shared}", ""]
    if not answers.say_something:
        lines += [f"# {invented}"]
    lines += [f"publisher = {_quoted(facts.organisation)}", "", "[contact]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in facts.contact if value]
    return "\n".join(lines) + "\n" + _look(answers, starter.language)


def _answered(settings: str, facts: _Facts) -> str:
    """Return the plain settings with an organisation's own name and contact."""
    settings = re.sub(
        r"^publisher = .*$", lambda _: f"publisher = {_quoted(facts.organisation)}", settings, flags=re.MULTILINE
    )
    contact = "".join(f"{key} = {_quoted(value)}\n" for key, value in facts.contact if value)
    return settings.partition("[contact]")[0] + f"[contact]\n{contact}"


def _with_author(source: str, facts: _Facts) -> str:
    """Return the plain first leaflet with its author and address, and without the number that it would have."""
    address = f"url: {facts.web}\n" if facts.web else ""
    source = re.sub(r"author:\n(?:  .*\n)+", lambda _: f"author:\n  {facts.author}\n", source)
    return re.sub(
        r"^url: .*\n", lambda _: address, re.sub(r"^code: .*\n", "", source, flags=re.MULTILINE), flags=re.MULTILINE
    )


def _look(answers: Answers, language: str = "en") -> str:
    """Return the table of the organisation's own look, as a comment where nothing is known of it."""
    colour, logo = answers.colour, _logo_path(answers)
    if not colour and not logo:
        return f'\n# {COMMENTS[language][2]}\n# [organisation]\n# brand = "#1F5C8B"\n# logo = "images/logo.svg"\n'
    lines = [f"brand = {_quoted(colour)}"] if colour else []
    lines += [f"logo = {_quoted(logo)}"] if logo else []
    return "\n[organisation]\n" + "\n".join(lines) + "\n"


def _logo_path(answers: Answers) -> str:
    return f"images/logo{answers.logo.suffix.lower()}" if answers.logo else ""


def _logo(answers: Answers) -> dict[str, bytes]:
    """Return the copy of the logo by its path in the workspace."""
    return {_logo_path(answers): read_file(answers.logo, inside=None)} if answers.logo else {}


def _quoted(text: str) -> str:
    """Return a text as it is written in TOML, JSON and YAML alike."""
    return json.dumps(text, ensure_ascii=False)
