"""Terms, dates and options in one language: the style's own, then the official locales, by CSL's order of fallback."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.citations.csl.style_library import DEFAULT_LANG, PRIMARY_DIALECTS, StyleLibrary, dialect
from leaflet.citations.csl.tree import CslStyle, Date, LocaleData, Term

# A term without such a form falls back along this chain (CSL, "Locale Fallback").
FORM_FALLBACK = {
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
    "verb": ("verb", "long"),
    "short": ("short", "long"),
    "long": ("long",),
}

_GENERAL_ORDINAL = "ordinal"


class Locale:
    """All locale data that hold for one style in one language, nearest first."""

    def __init__(self, style: CslStyle, lang: str, library: StyleLibrary) -> None:
        self._library = library
        self.lang = dialect(lang)
        self.language = self.lang.partition("-")[0]
        self.sources = tuple(self._sources(style))
        foreign = DEFAULT_LANG not in (self.lang, PRIMARY_DIALECTS.get(self.language))
        self._own = len(self.sources) - foreign  # how many of the sources speak the language itself
        self._terms: dict[tuple[str, str, str], Term | None] = {}
        self.punctuation_in_quote = self._option("punctuation_in_quote")
        self.limit_day_ordinals = self._option("limit_day_ordinals")
        self.ordinals = self._ordinals()

    def _sources(self, style: CslStyle) -> Iterator[LocaleData]:
        """Yield data in the style (dialect, language, primary dialect, all), then the dialect's file, its primary's
        and en-US.
        """
        tags = {data.lang: data for data in style.locales if data.lang}
        exact = tags.pop(self.lang, None)
        if exact:
            yield exact
        primary = PRIMARY_DIALECTS.get(self.language, "")
        yield from (tags[tag] for tag in (self.language, primary) if tag in tags)
        yield from (data for data in style.locales if not data.lang)
        wanted = (self.lang, primary, DEFAULT_LANG)
        for lang in dict.fromkeys(wanted):
            data = self._library.load_locale(lang)
            if data:
                yield data

    def _option(self, name: str) -> bool:
        found = (getattr(data, name) for data in self.sources)
        return next((value for value in found if value is not None), False)

    def _ordinals(self) -> dict[tuple[str, str, str], Term]:
        """Return the ordinal suffixes, those of the nearest source with a general one (“ordinal”), never mixed.

        A nearer source without it, as CSL 1.0 had them, only gives other words for the suffixes that are there.
        """
        nearer: list[LocaleData] = []
        for data in self.sources:
            if (_GENERAL_ORDINAL, "long", "") in data.terms:
                found = {key: term for key, term in data.terms.items() if key[0].startswith(_GENERAL_ORDINAL)}
                for other in reversed(nearer):
                    found.update((key, other.terms[key]) for key in found.keys() & other.terms.keys())
                return found
            nearer.append(data)
        return {}

    def term(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """Return the term in that form, or in the form that it falls back to; None when it is not defined at all."""
        key = (name, form, gender)
        try:
            return self._terms[key]
        except KeyError:
            found = self._terms[key] = self._find(name, form, gender)
            return found

    def _find(self, name: str, form: str, gender: str) -> Term | None:
        """Return a form in the language itself, before the exact form of en-US, which completes every locale."""
        for sources in (self.sources[: self._own], self.sources):
            for candidate in FORM_FALLBACK.get(form, ("long",)):
                for data in sources:
                    found = data.terms.get((name, candidate, gender))
                    if found is not None:
                        return found
        return None

    def exact(self, name: str, form: str) -> Term | None:
        """Return the term in exactly that form, from any source."""
        return next((data.terms[name, form, ""] for data in self.sources if (name, form, "") in data.terms), None)

    def text(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """Return the text of a term, empty when it is not defined."""
        term = self.term(name, form)
        if term is None:
            return ""
        return term.multiple if plural else term.single

    def gender(self, name: str) -> str:
        """Return the grammatical gender of a noun term, empty when it has none."""
        for data in self.sources:
            term = data.terms.get((name, "long", ""))
            if term is not None:
                return term.gender or ""
        return ""

    def date(self, form: str) -> Date | None:
        """Return the localised date of that form."""
        return next((data.dates[form] for data in self.sources if form in data.dates), None)
