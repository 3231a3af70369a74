"""Reading the attributes of CSL elements into typed values, collecting every mistake."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from leaflet.citations.csl.tree import PLAIN, Display, Form, Formatting, Look, NameOptions, TextCase
from leaflet.citations.csl.xml import XmlElement
from leaflet.errors import Location, Problem
from leaflet.files import closest

Choice = TypeVar("Choice", bound=StrEnum)

FONT_VALUES = {
    "font-style": ("normal", "italic", "oblique"),
    "font-variant": ("normal", "small-caps"),
    "font-weight": ("normal", "bold", "light"),
    "text-decoration": ("none", "underline"),
    "vertical-align": ("baseline", "sup", "sub"),
}
_TWO_SPACES = re.compile(r"\s\s")
PRECEDES = ("contextual", "after-inverted-name", "always", "never")


class AttributeReader:
    """Reader of the attributes of one file; mistakes go to ``problems``."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def report(self, element: XmlElement, message: str, hint: str | None = None) -> None:
        """Add a problem at the place of ``element``."""
        location = Location(file=self.file, line=element.line)
        self.problems.append(Problem(location=location, message=message, hint=hint))

    def word(self, element: XmlElement, name: str, allowed: tuple[str, ...]) -> str | None:
        """Return the attribute as one of ``allowed``, None when it is not there."""
        value = element.get(name)
        if value is None or value in allowed:
            return value
        self.report(
            element,
            f'{name}="{value}" on <{element.tag}> is not a CSL value',
            f"use {did_you_mean(value, allowed)}",
        )
        return None

    def choice(self, element: XmlElement, name: str, kind: type[Choice]) -> Choice | None:
        """Return the attribute as a member of ``kind``, or None."""
        value = self.word(element, name, tuple(kind))
        return None if value is None else kind(value)

    def flag(self, element: XmlElement, name: str) -> bool | None:
        """Return an attribute that is true or false, or None."""
        value = self.word(element, name, ("true", "false"))
        return None if value is None else value == "true"

    def integer(self, element: XmlElement, name: str) -> int | None:
        """Return the attribute as a whole number, or None."""
        value = element.get(name)
        if value is None:
            return None
        if value.strip().isdecimal() and len(value) < 10:
            return int(value)
        self.report(element, f'{name}="{value}" on <{element.tag}> is not a whole number', "use digits, for example 3")
        return None

    def required(self, element: XmlElement, name: str) -> str:
        """Return an attribute that must be there; empty where it is not."""
        value = element.get(name)
        if value is None:
            self.report(element, f"<{element.tag}> lacks the attribute {name}", f'add {name}="…"')
            return ""
        return value

    def spaced(self, element: XmlElement, name: str) -> str | None:
        """Return text to print, in which two spaces, or a line's end of two signs, show as wide as typed."""
        value = element.get(name)
        return None if value is None else _TWO_SPACES.sub("\u00a0 ", value)

    def look(self, element: XmlElement) -> Look:
        """Return the attributes that any rendering element may carry."""
        formatting = self._formatting(element)
        look = Look(
            formatting=formatting,
            prefix=self.spaced(element, "prefix") or "",
            suffix=self.spaced(element, "suffix") or "",
            text_case=self.choice(element, "text-case", TextCase),
            quotes=self.flag(element, "quotes"),
            strip_periods=bool(self.flag(element, "strip-periods")),
            display=self.choice(element, "display", Display),
        )
        return PLAIN if look == PLAIN else look

    def _formatting(self, element: XmlElement) -> Formatting | None:
        found = {
            name.replace("-", "_"): self.word(element, name, allowed)
            for name, allowed in FONT_VALUES.items()
            if name in element.attributes
        }
        return Formatting(**found) if found else None

    def name_options(self, element: XmlElement, *, inherited: bool) -> NameOptions:
        """Return the options of names.

        On ``cs:name`` (not ``inherited``) form and delimiter go without their prefix.
        """
        return NameOptions(
            and_=self.word(element, "and", ("text", "symbol")),
            delimiter_precedes_et_al=self.word(element, "delimiter-precedes-et-al", PRECEDES),
            delimiter_precedes_last=self.word(element, "delimiter-precedes-last", PRECEDES),
            et_al_min=self.integer(element, "et-al-min"),
            et_al_use_first=self.integer(element, "et-al-use-first"),
            et_al_subsequent_min=self.integer(element, "et-al-subsequent-min"),
            et_al_subsequent_use_first=self.integer(element, "et-al-subsequent-use-first"),
            et_al_use_last=self.flag(element, "et-al-use-last"),
            # “true” is what holds where nothing is said: it takes no “false” of an outer element back.
            initialize=self.flag(element, "initialize") and None,
            initialize_with=_single_spaced(element.get("initialize-with")),
            name_as_sort_order=self.word(element, "name-as-sort-order", ("first", "all")),
            sort_separator=_single_spaced(element.get("sort-separator")),
            form=self.choice(element, "name-form" if inherited else "form", Form),
            delimiter=self.spaced(element, "name-delimiter" if inherited else "delimiter"),
            names_delimiter=self.spaced(element, "names-delimiter") if inherited else None,
        )


def _single_spaced(text: str | None) -> str | None:
    """Return the text between parts of a name, with one space where a style has more by mistake."""
    return None if text is None else re.sub("  +", " ", text)


def did_you_mean(word: str, choices: tuple[str, ...]) -> str:
    """Return a short list of likely words."""
    close = closest(word, choices, most=3)
    return " or ".join(close or choices)
