"""XML of a CSL style or locale to the typed tree, with every mistake located."""

from __future__ import annotations

from msgspec import Struct

from leaflet.citations.csl.attribute_reader import did_you_mean
from leaflet.citations.csl.element_walk import walk
from leaflet.citations.csl.manual_rules import GroupAbbreviation, ManualRules, Repetition, official_rules
from leaflet.citations.csl.parse_elements import ElementReader
from leaflet.citations.csl.tree import (
    Bibliography,
    Choose,
    Citation,
    CslLayout,
    CslStyle,
    Element,
    Group,
    LocaleData,
    Names,
    SortKey,
    Term,
    TextMacro,
)
from leaflet.citations.csl.xml import DEEPEST, XML_LANG, XmlElement, read_xml
from leaflet.errors import CitationError, Location, Problem

RANGE_FORMATS = ("chicago", "chicago-15", "chicago-16", "expanded", "minimal", "minimal-two")
COLLAPSE = ("citation-number", "year", "year-suffix", "year-suffix-ranged")
RULE_NAMES = tuple(name.replace("_", "-") for name in ManualRules.__struct_fields__)
GIVENNAME_RULES = ("all-names", "all-names-with-initials", "primary-name", "primary-name-with-initials", "by-cite")


class DependentStyle(Struct, frozen=True, kw_only=True):
    """A style that only names its parent."""

    title: str
    parent: str
    default_locale: str | None


def parse_style(text: str, file: str, name: str) -> CslStyle | DependentStyle:
    """Return the style in ``text``; raise a CitationError with all mistakes."""
    root = read_xml(text, file)
    if root.tag != "style":
        raise CitationError(
            Problem(
                location=Location(file=file, line=root.line),
                message=f"the root element is <{root.tag or '?'}>, not <style>",
                hint='a CSL style starts with <style xmlns="http://purl.org/net/xbiblio/csl" …>',
            )
        )
    parent = _parent_of(root)
    if parent and root.find("citation") is None:
        return DependentStyle(title=_title(root), parent=parent, default_locale=root.get("default-locale"))
    reader = StyleReader(file)
    style = reader.style(root, name)
    if reader.problems or style is None:
        raise CitationError(reader.problems)
    return style


def parse_locale(text: str, file: str) -> LocaleData:
    """Return the locale in ``text``."""
    root = read_xml(text, file)
    reader = StyleReader(file)
    if root.tag != "locale":
        reader.report(root, f"the root element is <{root.tag or '?'}>, not <locale>")
    data = reader.locale(root)
    if reader.problems:
        raise CitationError(reader.problems)
    return data


def _parent_of(root: XmlElement) -> str:
    info = root.find("info")
    for link in info.children if info else ():
        if link.tag == "link" and link.get("rel") == "independent-parent":
            return (link.get("href") or "").rstrip("/").rpartition("/")[2]
    return ""


def _title(root: XmlElement) -> str:
    info = root.find("info")
    title = info.find("title") if info else None
    return " ".join(title.text.split()) if title else ""


def _identifier(root: XmlElement) -> str:
    info = root.find("info")
    found = info.find("id") if info else None
    return found.text.strip() if found else ""


MOST_EXPANDED = 100_000
"""Elements of a macro with those of the macros that it calls; the largest official style has a hundredth of them."""


class StyleReader(ElementReader):
    """Reader of the parts of a style that hold the rendering elements."""

    def style(self, root: XmlElement, name: str) -> CslStyle | None:
        """Return the style of ``root``, or None where it has no citation."""
        citation = root.find("citation")
        if citation is None:
            self.report(root, "the style has no <citation>", "an independent style needs <citation><layout>…")
            return None
        macros = {self.required(child, "name"): self.elements(child) for child in root.children if child.tag == "macro"}
        bibliography = root.find("bibliography")
        style = CslStyle(
            name=name,
            title=_title(root),
            note=self.word(root, "class", ("in-text", "note")) == "note",
            citation=self.citation(citation),
            bibliography=self.bibliography(bibliography) if bibliography else None,
            macros=macros,
            locales=tuple(self.locale(child) for child in root.children if child.tag == "locale"),
            names=self.name_options(root, inherited=True),
            default_locale=root.get("default-locale"),
            page_range_format=self.word(root, "page-range-format", RANGE_FORMATS),
            demote_particle=self.word(root, "demote-non-dropping-particle", ("never", "sort-only", "display-and-sort"))
            or "display-and-sort",
            initialize_with_hyphen=self.flag(root, "initialize-with-hyphen") is not False,
            rules=self.rules(root.rules) if root.rules else official_rules(_identifier(root)),
        )
        self._check_macros(style)
        return style

    def rules(self, instructions: list[XmlElement]) -> ManualRules:
        """Return the rules of the manual that ``<?leaflet-rules …?>`` holds."""
        element, *others = instructions
        if others:
            self.report(others[0], f"the style has <{element.tag} …?> twice", "put all rules into one")
        for name in element.attributes:
            if name not in RULE_NAMES:
                self.report(element, f'"{name}" is not a rule of <{element.tag} …?>', f"use {_meant(name)}")
        return ManualRules(
            capital_length=self.integer(element, "capital-length"),
            doctoral_thesis=element.get("doctoral-thesis") or "",
            et_al_least=_or(self.integer(element, "et-al-least"), 1),
            author_is_publisher=self._repetition(element, "author-is-publisher"),
            author_is_container=self._repetition(element, "author-is-container"),
            publisher_is_container=self._repetition(element, "publisher-is-container"),
            group_abbreviation=self.choice(element, "group-abbreviation", GroupAbbreviation) or GroupAbbreviation.NEVER,
            localised_days=bool(self.flag(element, "localised-days")),
            english_commas=bool(self.flag(element, "english-commas")),
            skipped_articles=bool(self.flag(element, "skipped-articles")),
            article_numbers=bool(self.flag(element, "article-numbers")),
            capital_after_colon=bool(self.flag(element, "capital-after-colon")),
            proceedings_are_books=bool(self.flag(element, "proceedings-are-books")),
            dated_acts=bool(self.flag(element, "dated-acts")),
            shortened_years=bool(self.flag(element, "shortened-years")),
            undated_acts=bool(self.flag(element, "undated-acts")),
            upright_translations=bool(self.flag(element, "upright-translations")),
            library_habits=bool(self.flag(element, "library-habits")),
            later_editions_only=bool(self.flag(element, "later-editions-only")),
            revised_edition=self._two_words(element, "revised-edition"),
            blogs_are_named=bool(self.flag(element, "blogs-are-named")),
            film=element.get("film") or "",
            song=element.get("song") or "",
            video=element.get("video") or "",
            patent_countries=bool(self.flag(element, "patent-countries")),
            podcast=element.get("podcast") or "",
            plain_media=bool(self.flag(element, "plain-media")),
            british_law=bool(self.flag(element, "british-law")),
            short_titles=bool(self.flag(element, "short-titles")),
            open_years=element.get("open-years") or "",
            bare_addresses=bool(self.flag(element, "bare-addresses")),
            worded_applications=bool(self.flag(element, "worded-applications")),
            unnamed_databases=bool(self.flag(element, "unnamed-databases")),
            named_numbers=bool(self.flag(element, "named-numbers")),
            uploaded=element.get("uploaded") or "",
            small_subtitles=bool(self.flag(element, "small-subtitles")),
            places_before=_or(self.integer(element, "places-before"), 0),
            small_genres=bool(self.flag(element, "small-genres")),
            bare_volumes=bool(self.flag(element, "bare-volumes")),
            narrative_and=bool(self.flag(element, "narrative-and")),
            joined_organisations=bool(self.flag(element, "joined-organisations")),
        )

    def _two_words(self, element: XmlElement, name: str) -> str:
        words = element.get(name) or ""
        if words and len(words.split()) != 2:
            self.report(element, f'{name}="{words}" is not two words', f'write for example {name}="Rev. ed."')
            return ""
        return words

    def _repetition(self, element: XmlElement, name: str) -> Repetition:
        """Return the one of the two variables of ``name`` that is left out."""
        found = self.word(element, name, (Repetition.NOTHING.value, *name.split("-is-")))
        return Repetition(found) if found else Repetition.NOTHING

    def _check_macros(self, style: CslStyle) -> None:
        """Report macros that are called but not defined, or that call themselves."""
        known = tuple(style.macros)
        for element, name in self.macro_calls:
            if name not in style.macros:
                hint = f"did you mean {did_you_mean(name, known)}?" if known else "define it with <macro name=…>"
                self.report(element, f'the macro "{name}" is not defined', hint)
        if not self.problems:
            self._check_cycles(style)

    def _check_cycles(self, style: CslStyle) -> None:
        calls = {name: _called_macros(children) for name, children in style.macros.items()}
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                self.problems.append(
                    Problem(
                        location=Location(file=self.file),
                        message=f'the macro "{name}" calls itself: {" → ".join((*path, name))}',
                        hint="take one of the calls out",
                    )
                )
            elif len(path) > DEEPEST:
                if not self.problems:
                    message = f'macros call each other more than {DEEPEST} deep, down to "{name}"'
                    hint = "take a copy of the style from the official repository"
                    self.problems.append(Problem(location=Location(file=self.file), message=message, hint=hint))
            elif name not in done:
                for called in sorted(calls[name]):
                    visit(called, (*path, name))
                done.add(name)

        for name in calls:
            visit(name, ())
        if not self.problems:
            self._check_expansion(style)

    def _check_expansion(self, style: CslStyle) -> None:
        """Report macros that call others several times, and these others again, so that a citation has no end."""
        sizes: dict[str, int] = {}

        def total(elements: tuple[Element, ...]) -> int:
            return sum(map(rendered, elements))

        def rendered(element: Element) -> int:
            match element:
                case TextMacro():
                    return 1 + size(element.name)
                case Group():
                    return 1 + total(element.children)
                case Names():
                    return 1 + total(element.substitute)
                case Choose():
                    return 1 + max((total(branch.children) for branch in element.branches), default=0)
                case _:
                    return 1

        def size(name: str) -> int:
            if name not in sizes:
                sizes[name] = min(total(style.macros[name]), 10 * MOST_EXPANDED)
            return sizes[name]

        largest = max(style.macros, key=size, default=None)
        if largest is not None and size(largest) > MOST_EXPANDED:
            self.problems.append(
                Problem(
                    location=Location(file=self.file),
                    message=f'the macro "{largest}" grows to more than {MOST_EXPANDED:,} elements by the macros it calls',
                    hint="call each macro once where it is needed",
                )
            )

    def _layout(self, parent: XmlElement) -> CslLayout:
        element = parent.find("layout")
        if element is None:
            self.report(parent, f"<{parent.tag}> has no <layout>")
            return CslLayout(children=())
        return CslLayout(
            children=self.elements(element), delimiter=self.spaced(element, "delimiter") or "", look=self.look(element)
        )

    def citation(self, element: XmlElement) -> Citation:
        """Return the citation of a style."""
        return Citation(
            layout=self._layout(element),
            sort=self._sort(element),
            names=self.name_options(element, inherited=True),
            add_names=bool(self.flag(element, "disambiguate-add-names")),
            add_givenname=bool(self.flag(element, "disambiguate-add-givenname")),
            add_year_suffix=bool(self.flag(element, "disambiguate-add-year-suffix")),
            givenname_rule=self.word(element, "givenname-disambiguation-rule", GIVENNAME_RULES) or "by-cite",
            cite_group_delimiter=self.spaced(element, "cite-group-delimiter"),
            collapse=self.word(element, "collapse", COLLAPSE),
            year_suffix_delimiter=self.spaced(element, "year-suffix-delimiter"),
            after_collapse_delimiter=self.spaced(element, "after-collapse-delimiter"),
            near_note_distance=_or(self.integer(element, "near-note-distance"), 5),
        )

    def bibliography(self, element: XmlElement) -> Bibliography:
        """Return the bibliography of a style."""
        return Bibliography(
            layout=self._layout(element),
            sort=self._sort(element),
            names=self.name_options(element, inherited=True),
            hanging_indent=bool(self.flag(element, "hanging-indent")),
            second_field_align=self.word(element, "second-field-align", ("flush", "margin")),
            line_spacing=_or(self.integer(element, "line-spacing"), 1),
            entry_spacing=_or(self.integer(element, "entry-spacing"), 1),
            subsequent_author_substitute=element.get("subsequent-author-substitute"),
            subsequent_author_substitute_rule=self.word(
                element,
                "subsequent-author-substitute-rule",
                ("complete-all", "complete-each", "partial-each", "partial-first"),
            )
            or "complete-all",
        )

    def _sort(self, element: XmlElement) -> tuple[SortKey, ...]:
        sort = element.find("sort")
        return tuple(self._key(key) for key in sort.children if key.tag == "key") if sort else ()

    def _key(self, element: XmlElement) -> SortKey:
        macro = element.get("macro") or ""
        if macro:
            self.macro_calls.append((element, macro))
        elif not element.get("variable"):
            self.report(element, "<key> names neither a variable nor a macro", 'add variable="…" or macro="…"')
        return SortKey(
            variable=element.get("variable") or "",
            macro=macro,
            descending=self.word(element, "sort", ("ascending", "descending")) == "descending",
            names_min=self.integer(element, "names-min"),
            names_use_first=self.integer(element, "names-use-first"),
            names_use_last=self.flag(element, "names-use-last"),
        )

    def locale(self, element: XmlElement) -> LocaleData:
        """Return the terms and dates of a locale."""
        terms: dict[tuple[str, str, str], Term] = {}
        options: dict[str, bool | None] = {}
        for child in element.children:
            if child.tag == "terms":
                terms.update(self._term(term) for term in child.children if term.tag == "term")
            elif child.tag == "style-options":
                options["limit_day_ordinals"] = self.flag(child, "limit-day-ordinals-to-day-1")
                options["punctuation_in_quote"] = self.flag(child, "punctuation-in-quote")
        dates = {child.get("form") or "text": self.date(child) for child in element.children if child.tag == "date"}
        lang = element.get(XML_LANG)
        return LocaleData(lang=lang, terms=terms, dates=dates, **options)

    def _term(self, element: XmlElement) -> tuple[tuple[str, str, str], Term]:
        single, multiple = element.find("single"), element.find("multiple")
        text = element.text if single is None and multiple is None and element.text.strip(" \n\t") else ""
        term = Term(
            single=single.text if single else text,
            multiple=multiple.text if multiple else (single.text if single else text),
            gender=element.get("gender"),
            match=element.get("match"),
        )
        return (self.required(element, "name"), element.get("form") or "long", element.get("gender-form") or ""), term


def _meant(name: str) -> str:
    return did_you_mean(name, RULE_NAMES)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _called_macros(elements: tuple[Element, ...]) -> frozenset[str]:
    return frozenset(element.name for element in walk(elements) if isinstance(element, TextMacro))
