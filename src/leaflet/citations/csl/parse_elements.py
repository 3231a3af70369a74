"""The rendering elements of CSL, from XML to the typed tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from leaflet.citations.csl.attribute_reader import AttributeReader
from leaflet.citations.csl.tree import (
    Branch,
    Choose,
    Date,
    DatePart,
    Element,
    EtAl,
    Form,
    Group,
    Label,
    Match,
    Name,
    NameOptions,
    Names,
    Number,
    NumberForm,
    Plural,
    Test,
    TextMacro,
    TextTerm,
    TextValue,
    TextVariable,
)
from leaflet.citations.csl.xml import XmlElement
from leaflet.citations.data.vocabulary import NUMBERS

CONDITIONS = ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position", "disambiguate")
DATE_PRECISIONS = ("year", "year-month", "year-month-day")


class ElementReader(AttributeReader):
    """Reader of rendering elements, which lists the macros that they call."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.macro_calls: list[tuple[XmlElement, str]] = []
        self._readers: dict[str, Callable[[XmlElement], Element | None]] = {
            "text": self.text,
            "number": self.number,
            "label": self.label,
            "date": self.date,
            "names": self.names,
            "group": self.group,
            "choose": self.choose,
        }

    def elements(self, parent: XmlElement) -> tuple[Element, ...]:
        """Return the rendering elements inside ``parent``."""
        found: list[Element] = []
        for child in parent.children:
            reader = self._readers.get(child.tag)
            if reader is None:
                self.report(
                    child,
                    f"<{child.tag}> is not allowed inside <{parent.tag}>",
                    f"use {', '.join(sorted(self._readers))}",
                )
                continue
            element = reader(child)
            if element is not None:
                found.append(element)
        return tuple(_beside_number(element, index, found) for index, element in enumerate(found))

    def text(self, element: XmlElement) -> Element | None:
        """Return ``cs:text``, or None where it names no source of text."""
        look = self.look(element)
        if (macro := element.get("macro")) is not None:
            self.macro_calls.append((element, macro))
            # The engine by which the official styles were tried leaves the letters of a whole macro alone: cased, its
            # “vitamin D” and its names would come out wrong.
            return TextMacro(name=macro, look=look if look.text_case is None else replace(look, text_case=None))
        if (variable := element.get("variable")) is not None:
            return TextVariable(variable=variable, short=element.get("form") == "short", look=look)
        if (term := element.get("term")) is not None:
            form = self.choice(element, "form", Form) or Form.LONG
            return TextTerm(term=term, form=form, plural=bool(self.flag(element, "plural")), look=look)
        if (value := self.spaced(element, "value")) is not None:
            return TextValue(value=value, look=look)
        self.report(element, "<text> names nothing to print", "add variable, macro, term or value")
        return None

    def number(self, element: XmlElement) -> Number:
        """Return ``cs:number``."""
        return Number(
            variable=self.required(element, "variable"),
            form=self.choice(element, "form", NumberForm) or NumberForm.NUMERIC,
            look=self.look(element),
        )

    def label(self, element: XmlElement) -> Label:
        """Return ``cs:label``."""
        return Label(
            variable=element.get("variable") or "",
            form=self.choice(element, "form", Form) or Form.LONG,
            plural=self.choice(element, "plural", Plural) or Plural.CONTEXTUAL,
            look=self.look(element),
        )

    def date(self, element: XmlElement) -> Date:
        """Return a date of a style or, without a variable, the form that a locale defines."""
        return Date(
            variable=element.get("variable") or "",
            form=self.word(element, "form", ("text", "numeric")) or "",
            precision=self.word(element, "date-parts", DATE_PRECISIONS) or "year-month-day",
            parts=tuple(self._date_part(child) for child in element.children if child.tag == "date-part"),
            delimiter=self.spaced(element, "delimiter") or "",
            look=self.look(element),
        )

    def _date_part(self, element: XmlElement) -> DatePart:
        return DatePart(
            name=self.word(element, "name", ("year", "month", "day")) or "year",
            form=element.get("form"),
            range_delimiter=element.get("range-delimiter"),
            look=self.look(element),
        )

    def names(self, element: XmlElement) -> Names:
        """Return ``cs:names``."""
        name, et_al, label, substitute = (element.find(tag) for tag in ("name", "et-al", "label", "substitute"))
        order = [child.tag for child in element.children]
        label_first = label is not None and name is not None and order.index("label") < order.index("name")
        return Names(
            variables=tuple(self.required(element, "variable").split()),
            name=self._name(name) if name else None,
            et_al=EtAl(term=et_al.get("term") or "et-al", look=self.look(et_al)) if et_al else None,
            label=self.label(label) if label else None,
            label_first=label_first,
            substitute=self.elements(substitute) if substitute else (),
            delimiter=self.spaced(element, "delimiter"),
            look=self.look(element),
        )

    def _name(self, element: XmlElement) -> Name:
        parts = {part.get("name"): self.look(part) for part in element.children if part.tag == "name-part"}
        options: NameOptions = self.name_options(element, inherited=False)
        return Name(options=options, look=self.look(element), given=parts.get("given"), family=parts.get("family"))

    def group(self, element: XmlElement) -> Group:
        """Return ``cs:group``."""
        return Group(
            children=self.elements(element), delimiter=self.spaced(element, "delimiter") or "", look=self.look(element)
        )

    def choose(self, element: XmlElement) -> Choose | None:
        """Return ``cs:choose``, or None without a branch."""
        branches = tuple(self._branch(child) for child in element.children if child.tag in ("if", "else-if", "else"))
        return Choose(branches=branches) if branches else None

    def _branch(self, element: XmlElement) -> Branch:
        tests = tuple(
            Test(kind=kind, values=tuple(words)) for kind in CONDITIONS if (words := (element.get(kind) or "").split())
        )
        if not tests and element.tag != "else":
            self.report(element, f"<{element.tag}> has no condition", f"add one of {', '.join(CONDITIONS)}")
        return Branch(
            tests=tests, match=self.choice(element, "match", Match) or Match.ALL, children=self.elements(element)
        )


def _beside_number(element: Element, index: int, siblings: Sequence[Element]) -> Element:
    """Return a label with the number beside it, where its own variable is printed nowhere beside it."""
    if not isinstance(element, Label) or any(_prints(other, element.variable) for other in siblings):
        return element
    near = (*siblings[index + 1 : index + 2], *siblings[max(index - 1, 0) : index])
    beside = next((other.variable for other in near if isinstance(other, TextVariable | Number)), "")
    return replace(element, beside=beside) if beside in NUMBERS else element


def _prints(element: Element, variable: str) -> bool:
    return isinstance(element, TextVariable | Number) and element.variable == variable
