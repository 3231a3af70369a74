"""Conversion of front matter written for other programs into leaflet's form; keys without a meaning are reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct, field

from leaflet.files import EMAIL, FIELD_NAME, Invalid, LocatedData, ValuePath, value_checks
from leaflet.source.foreign_keys import WEB_LAYOUTS
from leaflet.source.front_matter_texts import finished_texts
from leaflet.source.language_names import language_tag
from leaflet.source.people import is_registry, normal_people
from leaflet.source.project_title import title_of_file, title_of_formats, title_of_project
from leaflet.source.rich_text_inlines import rich_text
from leaflet.source.surroundings import Surroundings
from leaflet.source.typography import smart
from leaflet.source.written_dates import day_of, means_today, written_date

DATES = ("date", "date-modified", "last-reviewed", "next-review")
SWITCHES = ("link-citations", "number-sections")
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
SMART = ("title", "subtitle", "abstract")
SHORTCODE = re.compile(r"\{\{<\s*([\w-]+)[^<>{}]*>\}\}")
MARKUP = re.compile(r"[*_`<>\[\]{}\n\\$]")
"""Signs that a value of MyST's substitutions has where it is Markdown, which no field may hold."""
LEFT_OUT = "write it in leaflet's form, or take it out"


def joined(first: LocatedData, later: LocatedData) -> LocatedData:
    """Return two blocks of YAML as one, in which the first takes precedence."""
    if not isinstance(first.data, dict) or not isinstance(later.data, dict):
        return first
    new = {key: value for key, value in later.data.items() if key not in first.data}
    keys = {path: place for path, place in later.keys.items() if path and path[0] in new}
    values = {path: place for path, place in later.values.items() if path and path[0] in new}
    return LocatedData(
        data={**first.data, **new},
        keys={**keys, **first.keys},
        values={**values, **first.values},
        problems=(*first.problems, *later.problems),
    )


def shows_code(front: Mapping[str, object]) -> bool:
    """Return whether Quarto's ``echo``, for the document or in all its formats, shows the code of cells."""
    formats = front.get("format")
    groups = [front.get("execute"), front, *(formats.values() if isinstance(formats, Mapping) else ())]
    return not any(isinstance(group, Mapping) and group.get("echo") in {False, "false", "no"} for group in groups)


class Adapter(Struct, kw_only=True):
    """One pass over the values of a front matter, by the schema's names."""

    data: dict[str, object]
    typed: Mapping[str, str]
    raw: Mapping[str, object]
    language: str
    surroundings: Surroundings | None
    warnings: list[tuple[ValuePath, str, str]] = field(default_factory=list)
    """The path of the value, the message and the hint of each warning."""
    rich: dict[str, str] = field(default_factory=dict)
    """Safe HTML of texts that hold emphasis, by key."""
    body_title_line: int | None = None
    """The line of a title that was found in the body."""

    def adapt(self) -> None:
        """Put every value into leaflet's form."""
        self.texts()
        self.languages()
        self.title()
        for key in DATES:
            if key in self.data:
                self.date(key)
        self.identifier()
        self.people()
        self.switches()
        self.choices()
        self.citation_style()
        self.parameters()
        self.references()
        self.data, rich = finished_texts(self.data, self.language)
        self.rich |= rich

    def warn(self, key: str | ValuePath, message: str, hint: str = LEFT_OUT) -> None:
        """Keep a warning about the value of a key, or about the one at a path within it."""
        self.warnings.append(((key,) if isinstance(key, str) else key, message, hint))

    def texts(self) -> None:
        """Turn groups and lists of one text into texts, and finish the typography of titles."""
        for key in ("title", "subtitle", "license", "copyright", "abstract", "publisher"):
            value = self.data.get(key)
            if isinstance(value, Mapping) and key != "copyright":
                parts = [value.get(part) for part in ("text", "plain", "name", "content", "id", "code")]
                self.data[key] = next((part for part in parts if isinstance(part, str)), "")
            elif isinstance(value, list) and key == "license" and all(isinstance(part, str) for part in value):
                self.data[key] = ", ".join(value)
        for key in SMART:
            value = self.data.get(key)
            if isinstance(value, str):
                value = self.without_shortcodes(key, value)
                found = rich_text(value, self.language)
                self.data[key] = found.plain
                if found.html:
                    self.rich[key] = found.html
        keywords = self.data.get("keywords")
        if isinstance(keywords, Mapping):
            self.data["keywords"] = [
                str(word) for group in keywords.values() for word in (group if isinstance(group, list) else [group])
            ]

    def without_shortcodes(self, key: str, text: str) -> str:
        """Return a text without Quarto's shortcodes, which only Quarto can fill."""
        bare = SHORTCODE.sub(lambda found: "LaTeX" if found[1] == "latex" else "", text)
        if bare != SHORTCODE.sub("LaTeX", text):
            names = ", ".join(dict.fromkeys(found[0] for found in SHORTCODE.finditer(text)))
            self.warn(
                key,
                f"{names} in the {key} is left out, because only Quarto can fill it",
                "write here what it would show",
            )
        return bare

    def title(self) -> None:
        """Take the title of an output format, of the body or of the site where the front matter has none."""
        if self.data.get("title") or self.surroundings is None:
            return
        if of_format := title_of_formats(self.raw):
            self.data["title"] = smart(of_format, self.language)
            return
        found = self.surroundings.body_title()
        if found is not None:
            self.data["title"], self.body_title_line = smart(found.text, self.language), found.line + 1
            if not found.is_certain:
                message = f'no title is given, so the first heading is taken: "{found.text[:60]}"'
                self.warn("title", message, "begin the file with a line ---, a line title: …, and a line ---")
        elif of_project := title_of_project(self.surroundings):
            text, name = of_project
            self.data["title"] = smart(text, self.language)
            self.warn("title", f'no title is given, so that of {name} is taken: "{text[:60]}"', "write title: …")
        elif named := title_of_file(self.raw, self.surroundings):
            self.data["title"] = named
            hint = "begin the file with a line ---, a line title: …, and a line ---"
            self.warn("title", f'no title is given, so the name of the file is taken: "{named[:60]}"', hint)

    def languages(self) -> None:
        """Write the language as a tag, and use it for the other values."""
        value = self.data.get("lang")
        if isinstance(value, list | Mapping):
            self.warn(
                "lang", f'"{self.typed.get("lang", "lang")}" is in the form of another program, so it is left out'
            )
            del self.data["lang"]
        if isinstance(value, str):
            self.data["lang"] = self.language = language_tag(value)

    def date(self, key: str) -> None:
        """Write a date in ISO form, whatever form it was typed in; leave out words that are no date."""
        value = self.data[key]
        if not isinstance(value, str):
            return
        if not value.strip():
            del self.data[key]
            return
        if means_today(value):
            self.today(key, value)
            return
        try:
            value_checks.date(value)
        except Invalid as wrong:
            try:
                self.data[key] = written_date(value, self.language)
            except Invalid as unread:
                if re.fullmatch(r"\s*\d{4}-\d{1,2}(?:-\d{1,2})?\s*", value):
                    return  # an ISO date with a mistake in it, which the schema explains
                self.warn(key, f"{key}: {unread.message}, so it is left out", wrong.hint)
                del self.data[key]

    def today(self, key: str, value: str) -> None:
        """Put the day of the build in the place of a date that means it."""
        today = self.surroundings.today if self.surroundings else None
        if "last-modified" in value.lower() and self.surroundings and (day := self.surroundings.last_commit()):
            self.data[key] = day_of(day)
            return
        if "`" in value or "!" in value or "last-modified" in value.lower():
            self.warn(key, f"{key}: the day of the build is printed here", "write the date itself: 2026-05-12")
        if today is None:
            del self.data[key]
        else:
            self.data[key] = day_of(today)

    def identifier(self) -> None:
        """Leave out a DOI that is none: a wrong one must not be printed."""
        value = self.data.get("doi")
        if not isinstance(value, str | int) or isinstance(value, bool):
            return
        try:
            value_checks.doi(str(value))
        except Invalid as wrong:
            self.warn("doi", f"doi: {wrong.message}, so it is left out", wrong.hint or LEFT_OUT)
            del self.data["doi"]

    def people(self) -> None:
        """Write authors and reviewers in leaflet's form, with the affiliations that they refer to."""
        registry = next(
            (
                self.raw[key]
                for key in ("affiliations", "affiliation", "institute", "institution", "address")
                if is_registry(self.raw.get(key))
            ),
            None,
        )
        others: list[str] = []
        for key in ("author", "reviewers"):
            if key in self.data:
                found = normal_people(self.data[key], registry or self.data.get("affiliation"))
                people = [person for person in found.people if person not in ("", None)]
                people = [{"literal": person} if person == self.data.get("publisher") else person for person in people]
                self.data[key] = [self.with_identifiers((key, at), person) for at, person in enumerate(people)]
                others += found.left_out
                if found.unknown:
                    numbers = ", ".join(dict.fromkeys(found.unknown))
                    message = f"an author has the affiliation {numbers}, which is not in the list, so it is left out"
                    self.warn(key, message, "add it to affiliations:, or correct the number")
        affiliation = self.data.get("affiliation")
        if isinstance(affiliation, Mapping) and not affiliation.get("name"):
            typed = self.typed.get("affiliation", "affiliation")
            self.warn("affiliation", f'"{typed}" is in the form of another program, so it is left out')
            del self.data["affiliation"]
        elif is_registry(affiliation):
            del self.data["affiliation"]
        if others:
            names = ", ".join(dict.fromkeys(others))
            self.warn("author", f"for other programs, not for leaflet: {names}", "nothing needs to be done")

    def with_identifiers(self, path: ValuePath, person: object) -> object:
        """Return a person without an ORCID iD or address that is invalid: a wrong one must not be printed."""
        if not isinstance(person, dict):
            return person
        email = person.get("email")
        if isinstance(email, str) and not EMAIL.fullmatch(email.strip()):
            self.warn(
                (*path, "email"),
                f'"{email[:60]}" is not an e-mail address, so it is left out',
                "write it as in name@example.org",
            )
            person = {name: value for name, value in person.items() if name != "email"}
        orcid = person.get("orcid")
        if isinstance(orcid, str) and re.fullmatch(r"(?:0000-?){4}|x+[-x]*|.*[Xx]{3}.*", orcid.strip()):
            self.warn(
                (*path, "orcid"),
                f'"{orcid}" is a placeholder for an ORCID iD, so it is left out',
                "copy yours from orcid.org",
            )
            return {name: value for name, value in person.items() if name != "orcid"}
        if isinstance(orcid, str) and "orcid.org" in orcid:
            orcid = orcid.rstrip("/").rpartition("/")[2]
            person = {**person, "orcid": orcid}
        wrong = _wrong_orcid(orcid) if isinstance(orcid, str) else None
        if wrong is not None:
            self.warn(
                (*path, "orcid"), f"{wrong.message}, so it is left out", wrong.hint or "copy it from orcid.org again"
            )
            return {name: value for name, value in person.items() if name != "orcid"}
        return person

    def switches(self) -> None:
        """Read ``yes`` and ``no``, and switches under an output format."""
        for key in SWITCHES:
            value = self.data.get(key)
            if isinstance(value, str) and value.lower() in YES_NO:
                self.data[key] = YES_NO[value.lower()]
        for outputs in (self.raw.get("format"), self.raw.get("output")):
            for options in outputs.values() if isinstance(outputs, Mapping) else ():
                asked = isinstance(options, Mapping) and (
                    options.get("number-sections", options.get("number_sections")) in {True, "yes", "true"}
                )
                if asked:
                    self.data.setdefault("number-sections", True)

    def choices(self) -> None:
        """Leave out layouts, themes, covers and addresses that are for other programs."""
        for key, kind in (("layout", "layouts"), ("style", "styles")):
            value = self.data.get(key)
            if value is not None and self.is_foreign(key, kind, value):
                typed = self.typed.get(key, key)
                shown = value if isinstance(value, str) else "a group"
                self.warn(
                    key,
                    f'"{typed}: {shown}" is for another program, so leaflet\'s own {key} is taken',
                    "nothing needs to be done",
                )
                del self.data[key]
        links = self.data.get("links")
        if isinstance(links, bool) or (isinstance(links, str) and links in YES_NO):
            asked = links if isinstance(links, bool) else YES_NO[str(links)]
            self.data["links"] = "notes" if asked else "none"
        for key in ("links", "cover", "version", "code", "series", "series-number", "edition"):
            if isinstance(self.data.get(key), list | Mapping):
                self.warn(key, f'"{self.typed.get(key, key)}" is in the form of another program, so it is left out')
                del self.data[key]
        url = self.data.get("url")
        if isinstance(url, str) and url.startswith("/"):
            self.warn(
                "url",
                f'"url: {url[:40]}" leads nowhere without its site, so it is left out',
                "write https:// and all of it",
            )
            del self.data["url"]

    def is_foreign(self, key: str, kind: str, value: object) -> bool:
        """Return whether the name of a layout or style is for another program."""
        if not isinstance(value, str):
            return True
        if ".." in value:
            return False  # a path that climbs is refused where layouts and styles are looked for
        if self.surroundings is None or self.surroundings.has_one(kind, value):
            return False
        borrowed = self.typed.get(key, key).lower() != key
        return borrowed or "." in value or "/" in value or (key == "layout" and value.lower() in WEB_LAYOUTS)

    def citation_style(self) -> None:
        """Take the name of a style whose file is named by path or address, where it comes with leaflet."""
        value = self.data.get("csl")
        if not isinstance(value, str) or self.surroundings is None:
            return
        named = re.sub(r"[?#].*$", "", value.strip())
        if not ("/" in named or named.endswith(".csl")) or ".." in named or self.surroundings.has_file(named):
            return
        name = PurePosixPath(named).name.removesuffix(".csl")
        self.warn(
            "csl",
            f'"{value[:60]}" is not in the workspace, so the style "{name}" that comes with leaflet is taken',
            f"write csl: {name}",
        )
        self.data["csl"] = name

    def parameters(self) -> None:
        """Take the values of R Markdown's parameters, without the form's settings, and MyST's substitutions as fields."""
        own = self.raw.get("myst")
        substitutions = self.raw.get("substitutions", own.get("substitutions") if isinstance(own, Mapping) else None)
        if isinstance(substitutions, Mapping) and "fields" not in self.data:
            plain = {
                key: value
                for key, value in substitutions.items()
                if isinstance(value, str | int | float)
                and re.fullmatch(FIELD_NAME, str(key))
                and not MARKUP.search(str(value))
            }
            self.data["fields"] = plain
        value = self.data.get("fields")
        if isinstance(value, Mapping) and self.typed.get("fields") != "fields":
            self.data["fields"] = {key: _parameter(entry) for key, entry in value.items()}

    def references(self) -> None:
        """Let references without a type be documents."""
        entries = self.data.get("references")
        if isinstance(entries, Mapping):
            entries = [entries]
        if not isinstance(entries, list):
            return
        untyped = [
            entry for entry in entries if isinstance(entry, Mapping) and entry.get("id") and not entry.get("type")
        ]
        if untyped:
            names = ", ".join(str(entry["id"]) for entry in untyped[:6])
            hint = "add type:, for example article-journal or book"
            self.warn("references", f"references without a type are taken for documents: {names}", hint)
        self.data["references"] = [{"type": "document", **entry} if entry in untyped else entry for entry in entries]


def _wrong_orcid(text: str) -> Invalid | None:
    try:
        value_checks.orcid(text)
    except Invalid as wrong:
        return wrong
    return None


def _parameter(value: object) -> object:
    if isinstance(value, Mapping):
        inner = value.get("value", value)
        return _parameter(inner) if inner is not value else {key: _parameter(entry) for key, entry in value.items()}
    return ", ".join(str(entry) for entry in value) if isinstance(value, list) else value
