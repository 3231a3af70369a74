"""CSL-JSON references to typed items, with every mistake named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from leaflet.citations.data.date import DateValue, NotADateError, read_date
from leaflet.citations.data.person import PersonName, read_person
from leaflet.citations.data.vocabulary import ALIASES, DATES, NAMES, TYPES
from leaflet.errors import CitationError, Location, Problem
from leaflet.files import closest

Report: TypeAlias = Callable[[str, str], None]
"""Takes the message and the hint of a mistake."""


class Item(Struct, frozen=True, kw_only=True):
    """One reference: its text, name and date variables apart."""

    id: str
    type: str
    text: Mapping[str, str]
    names: Mapping[str, tuple[PersonName, ...]]
    dates: Mapping[str, DateValue]


_NOTE_BRACES = re.compile(r"\{:([a-zA-Z_-]+)\s*:\s*([^}]*)\}")
_NOTE_LINE = re.compile(r"^([a-zA-Z_-]+)\s*:\s*(.*)$")


def read_items(references: Iterable[Mapping[str, object]]) -> dict[str, Item]:
    """Return the items by id; a CitationError with all mistakes of all references."""
    problems: list[Problem] = []
    items: dict[str, Item] = {}
    for index, reference in enumerate(references):
        if not isinstance(reference, Mapping):
            problems.append(
                Problem(
                    location=Location(file=f"references[{index}]"),
                    message="a reference is an object of CSL-JSON",
                    hint='for example {"id": "smith2020", "type": "book", "title": "…"}',
                )
            )
            continue
        found = _read_item(reference, index, problems)
        if found is not None:
            items[found.id] = found
    if problems:
        raise CitationError(problems)
    return items


def _read_item(reference: Mapping[str, object], index: int, problems: list[Problem]) -> Item | None:
    identifier = reference.get("id")
    if identifier in (None, ""):
        problems.append(
            Problem(
                location=Location(file=f"references[{index}]"),
                message="the reference has no id",
                hint='give it one, for example "id": "smith2020"',
            )
        )
        return None
    key = str(identifier)

    def report(message: str, hint: str) -> None:
        problems.append(Problem(location=Location(file=f'reference "{key}"'), message=message, hint=hint))

    text: dict[str, str] = {}
    names: dict[str, tuple[PersonName, ...]] = {}
    dates: dict[str, DateValue] = {}
    for variable, value in _with_note_fields(reference).items():
        name = ALIASES.get(variable, variable)
        if name in ("id", "type", "multi", "custom", "system_id", *ABBREVIATED_AUTHOR):
            continue
        if name in DATES:
            _read_date_variable(name, value, dates, report)
        elif name in NAMES:
            _read_name_variable(name, value, names, report)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            if value != "":
                text[name] = _clean(str(value))
        elif name == "categories" or value is None or isinstance(value, bool | Mapping | Sequence):
            continue
    _abbreviate(names, reference)
    item_type = str(reference.get("type") or "")
    _check_type(item_type, report)
    _complete(text)
    return Item(id=key, type=item_type, text=text, names=names, dates=dates)


def _clean(value: str) -> str:
    return value.replace("\r\n", "\n")


def _check_type(item_type: str, report: Report) -> None:
    if item_type and item_type not in TYPES:
        close = closest(item_type, TYPES, most=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "use a CSL type, for example article-journal or book"
        report(f'"{item_type}" is not a CSL item type', hint)


def _read_date_variable(name: str, value: object, dates: dict[str, DateValue], report: Report) -> None:
    try:
        found = read_date(value)
    except NotADateError as error:
        report(f"{name} is not a date: {error}", 'write {"date-parts": [[2020, 5, 17]]} or {"raw": "2020-05-17"}')
        return
    if found is not None:
        dates[name] = found


def _read_name_variable(name: str, value: object, names: dict[str, tuple[PersonName, ...]], report: Report) -> None:
    hint = 'write a list, for example [{"family": "Smith", "given": "Ann"}] or [{"literal": "NHS England"}]'
    if value in (None, "", []):
        return
    if not isinstance(value, Sequence) or isinstance(value, str):
        report(f"{name} is not a list of names", hint)
        return
    people: list[PersonName] = []
    for entry in value:
        if not isinstance(entry, Mapping):
            report(f"{name} holds something that is not a name: {entry!r}", hint)
            continue
        person = read_person(entry)
        if person.family or person.given or person.literal:
            people.append(person)
    if people:
        names[name] = tuple(people)


ABBREVIATED_AUTHOR = ("shortauthor", "author-short")
"""Variables of an item that hold its author's abbreviation: text, or a list of names."""


def _abbreviate(names: dict[str, tuple[PersonName, ...]], reference: Mapping[str, object]) -> None:
    """Give an organisation that is the only author the abbreviation that the item has for it."""
    authors = names.get("author", ())
    given = next((found for name in ABBREVIATED_AUTHOR if (found := reference.get(name))), None)
    if isinstance(given, Sequence) and not isinstance(given, str) and len(given) == 1:
        given = given[0]
    if isinstance(given, Mapping):
        given = given.get("literal") or given.get("family")
    if isinstance(given, str) and given.strip() and len(authors) == 1 and authors[0].literal:
        names["author"] = (authors[0]._replace(short=given.strip()),)


_PAGE_LABEL = re.compile(r"^(?:pp?|pages?|S|Seiten?)\b\.? ?(?=\d)", re.IGNORECASE)


def _complete(text: dict[str, str]) -> None:
    """Add the variables that follow from others, and take the label from pages that have one."""
    if "page" in text:
        text["page"] = _PAGE_LABEL.sub("", text["page"])
    if "page" in text and "page-first" not in text:
        first = re.match(r"\s*([^\s,–&-]+)", text["page"].replace("\\-", "\u2010"))
        if first:
            text["page-first"] = first[1].replace("\u2010", "-")


def _with_note_fields(reference: Mapping[str, object]) -> Mapping[str, object]:
    """Return ``reference`` with the variables that reference managers without a field for them keep in its note.

    They are ``name: value`` lines at its start, or ``{:name: value}``.
    """
    note = reference.get("note")
    if not isinstance(note, str) or ":" not in note:
        return reference
    found: dict[str, object] = {}
    names: dict[str, list[dict[str, str]]] = {}
    for variable, value in _note_pairs(note):
        if variable in DATES:
            found[variable] = {"raw": value}
        elif variable in NAMES:
            names.setdefault(variable, []).append(_note_name(value))
        elif variable == "type" and value in TYPES:
            continue
        elif variable not in reference:
            found[variable] = value
    return {
        **found,
        **names,
        **{k: v for k, v in reference.items() if k not in names and k not in found},
        **{k: found[k] for k in found if k in DATES},
    }


def _note_pairs(note: str) -> list[tuple[str, str]]:
    pairs = [(match[1], match[2].strip()) for match in _NOTE_BRACES.finditer(note)]
    for line in note.split("\n"):
        match = _NOTE_LINE.match(line.strip())
        if match is None or not _is_variable(match[1]):
            break
        pairs.append((match[1], match[2].strip()))
    return [(variable, value) for variable, value in pairs if value]


def _is_variable(name: str) -> bool:
    return name == name.lower() or name in ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL")


def _note_name(value: str) -> dict[str, str]:
    family, separator, given = value.partition("||")
    return {"family": family.strip(), "given": given.strip()} if separator else {"literal": value}
