"""Makes libraries and citations by chance from a seed: every CSL type, awkward names, dates and titles included."""

from __future__ import annotations

import random
from typing import Any

Item = dict[str, Any]

FAMILIES = (
    "Adams", "Baker", "Clarke", "Davies", "Evans", "Smith", "Smith", "Jones", "Jones", "O’Neill", "Okafor", "Patel",
    "Müller", "Brontë", "Ångström", "Nakamura", "Svensson", "Smith-Jones", "García Lorca", "van der Berg", "de Groot",
    "von Falke", "d’Artois", "al-Rashid", "Le Bon", "MacKay", "Øster", "Šimić", "Zhou", "Abbott", "Barlow", "Cooper",
    "Dalton", "Ellis", "Fenwick", "Grey", "Harper", "Ito", "Jarvis", "Kaur", "Lowe", "Mandal", "Nash", "Obi", "Perry",
    "Quinn", "Reed", "Sharp", "Turner", "Usher", "Vance", "Ward", "Yates", "Bell", "Crease", "Doyle", "Eaton",
    "Fox", "Gill", "Hale", "Innes", "Kerr", "Lund", "Marsh", "Nolan", "Orr", "Pike", "Reyes", "Stone", "Tait",
)  # fmt: skip
GIVENS = (
    "Ruth", "Tom", "Una", "Mary Ann", "John", "Jane", "Jean-Paul", "Karl-Heinz", "J. T.", "S. P.", "Åsa", "Mei",
    "H.", "Chidi", "Łucja", "Ana María", "K.", "Edmund R.",
)  # fmt: skip
BODIES = (
    "Hillside Surgery", "National Institute for Imaginary Care", "World Leaflet Organization", "NHS.uk",
    "Royal College of Folding", "Müller & Söhne", "Department of Paper",
)  # fmt: skip
SUBJECTS = (
    "interferon", "needles", "the spleen", "leaflets", "sleep", "sugar and salt", "small hospitals", "the common cold",
    "vaccines", "night nurses", "patient records", "broken bones", "vitamin D", "paper", "the DNA of mice", "migraine",
    "home care", "rural clinics", "first aid", "hand washing", "the UN and the WHO", "<i>Escherichia coli</i>",
)  # fmt: skip
OPENINGS = (
    "A history of {0}", "Living with {0}", "On {0} and {1}", "{0}: a review", "Why think about {0}", "Notes on {0}",
    "The care of {0}", "{0} in the 1990s", "Can {0} work? Evidence from {1}", "Handbook of {0}", "{0} and {1}",
    "“Don’t wait”: {0} at home", "Reading {0}: a guide", "A guide to {0}", "{0} and its uses", "Measuring {0}",
    "Three views of {0}", "{0} after {1}", "Advances in {0}", "The \"{0}\" problem", "{0} – a study of {1}", "What we know about {0}", "An atlas of {0}: {1} in pictures",
    "The {0} question", "{0} (second part)", "Teaching {0} through {1}", "{0}, {1} and {2}", "From {0} to {1}",
    "Mortality after {0}: results of the ABC-2 trial", "How safe is {0}?", "Let’s talk about {0}", "{0} today!",
)  # fmt: skip
JOURNALS = (
    ("Journal of Imaginary Neurology", "J. Imag. Neurol."), ("Annals of Paper", "Ann. Paper"),
    ("The Folding Review", ""), ("Nursing by Night", "Nurs. Night"), ("Care & Cure", ""), ("Leaflet", ""),
    ("British Journal of Small Things", "Br. J. Small Things"),
)  # fmt: skip
PUBLISHERS = ("Hedgehog Press", "Vellum", "University of Nowhere Press", "Folio & Sons", "Quarto", "Lantern Books")
PLACES = ("Bristol", "Leeds", "Oslo", "New York", "Berlin", "London")
PAGES = ("101-118", "14-19", "3", "e1234", "321-28", "1-12", "77", "iv-xii", "1101-1108", "45, 48", "S12-S19", "A1")

# The fields of a reference of each type, beside a title and a date.
FIELDS: dict[str, tuple[str, ...]] = {
    "article-journal": ("people", "journal", "volume", "issue", "page", "doi"),
    "article-magazine": ("people", "journal", "issue", "page"),
    "article-newspaper": ("people", "journal", "page", "place"),
    "article": ("people", "publisher", "url"),
    "book": ("people", "publisher", "place", "edition", "pages"),
    "chapter": ("people", "container", "editors", "publisher", "place", "page"),
    "entry-encyclopedia": ("people", "container", "editors", "publisher", "page"),
    "entry-dictionary": ("container", "publisher", "url"),
    "paper-conference": ("people", "container", "editors", "event", "publisher", "page"),
    "thesis": ("people", "genre", "university"),
    "report": ("body", "genre", "number", "publisher", "url"),
    "webpage": ("people", "site", "url"),
    "post-weblog": ("people", "site", "url"),
    "post": ("people", "site", "url"),
    "pamphlet": ("body", "publisher", "place"),
    "legal_case": ("authority", "reporter", "volume", "page"),
    "legislation": ("statutes", "number", "section"),
    "bill": ("number", "authority"),
    "patent": ("people", "number", "authority"),
    "motion_picture": ("director", "publisher", "medium"),
    "broadcast": ("container", "publisher", "number"),
    "song": ("people", "publisher", "medium"),
    "interview": ("people", "interviewer", "journal"),
    "personal_communication": ("people", "recipient"),
    "manuscript": ("people", "archive", "genre"),
    "map": ("people", "publisher", "place", "scale"),
    "speech": ("people", "event", "genre"),
    "dataset": ("people", "publisher", "version", "doi"),
    "software": ("people", "publisher", "version", "url"),
    "review": ("people", "reviewed", "journal", "volume", "page"),
    "graphic": ("people", "medium", "archive"),
    "standard": ("body", "number", "publisher"),
    "figure": ("people", "container", "page"),
}
# Journals, books and web pages are most of what is cited.
WEIGHTS = {
    "article-journal": 12,
    "book": 7,
    "chapter": 5,
    "webpage": 4,
    "report": 3,
    "paper-conference": 3,
    "thesis": 2,
}


class Generator:
    """Libraries and clusters, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.people: list[Item] = [self._person() for _ in range(12)]

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, values: Any) -> Any:
        return self.random.choice(values)

    def library(self, size: int) -> list[Item]:
        """``size`` references of all types; authors and years come again so that cites have to be told apart."""
        types = self.random.choices(list(FIELDS), [WEIGHTS.get(name, 1) for name in FIELDS], k=size)
        return [self._item(f"item{index}", name) for index, name in enumerate(types)]

    def _item(self, identifier: str, name: str) -> Item:
        item: Item = {"id": identifier, "type": name, "title": self._title()}
        for field in FIELDS[name]:
            if not self._chance(0.08):
                getattr(self, f"_{field}")(item)
        if not self._chance(0.06):
            item["issued"] = self._date()
        if "URL" in item and self._chance(0.8):
            item["accessed"] = {"date-parts": [[2024, self.random.randint(1, 12), self.random.randint(1, 28)]]}
        if self._chance(0.04):
            item["original-date"] = {"date-parts": [[self.random.randint(1850, 1960)]]}
        if self._chance(0.04):
            item["language"] = self._one(("en-GB", "de-DE", "fr", "en"))
        if self._chance(0.04):
            item["translator"] = self._names(1)
        return item

    def _title(self) -> str:
        subjects = self.random.sample(SUBJECTS, 3)
        title: str = self._one(OPENINGS).format(*subjects)
        if title.startswith("<i>"):
            return title
        return title[0].upper() + title[1:]

    def _date(self) -> Item:
        year = self.random.choice((2003, 2011, 2011, 2019, 2019, 2020, self.random.randint(1790, 2024)))
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        kind = self.random.random()
        if kind < 0.45:
            return {"date-parts": [[year]]}
        if kind < 0.6:
            return {"date-parts": [[year, month]]}
        if kind < 0.9:
            return {"date-parts": [[year, month, day]]}
        if kind < 0.93:
            return {"date-parts": [[year], [year + 1]]}
        if kind < 0.95:
            return {"date-parts": [[year, month, 3], [year, month, 17]]}
        if kind < 0.97:
            return {"date-parts": [[year]], "circa": True}
        if kind < 0.985:
            return {"date-parts": [[year]], "season": self.random.randint(1, 4)}
        return {"literal": "in press"}

    def _person(self) -> Item:
        person: Item = {"family": self._one(FAMILIES), "given": self._one(GIVENS)}
        if self._chance(0.03):
            person["suffix"] = self._one(("Jr.", "III"))
        if self._chance(0.03):
            person["dropping-particle"] = "de"
        return person

    def _names(self, count: int) -> list[Item]:
        names: list[Item] = []
        while len(names) < count:
            found = self._one(self.people) if self._chance(0.6) else self._person()
            if found not in names:
                names.append(found)
        return names

    def _people(self, item: Item) -> None:
        if self._chance(0.08):
            self._body(item)
        else:
            count = self.random.choices((1, 2, 3, 4, 7, 9, 22), (40, 25, 15, 8, 6, 4, 1))[0]
            item["author"] = self._names(count)

    def _body(self, item: Item) -> None:
        item["author"] = [{"literal": self._one(BODIES)}]

    def _editors(self, item: Item) -> None:
        item["editor"] = self._names(self.random.randint(1, 3))

    def _director(self, item: Item) -> None:
        item["director"] = self._names(1)

    def _interviewer(self, item: Item) -> None:
        item["interviewer"] = self._names(1)

    def _recipient(self, item: Item) -> None:
        item["recipient"] = self._names(1)

    def _reviewed(self, item: Item) -> None:
        item["reviewed-title"], item["reviewed-author"] = self._title(), self._names(1)

    def _journal(self, item: Item) -> None:
        name, short = self._one(JOURNALS)
        item["container-title"] = name
        if short and self._chance(0.5):
            item["container-title-short"] = short

    def _container(self, item: Item) -> None:
        item["container-title"] = self._title()
        if self._chance(0.15):
            item["volume"] = str(self.random.randint(1, 5))
        if self._chance(0.1):
            item["collection-title"], item["collection-number"] = "Studies in Care", str(self.random.randint(1, 40))

    def _site(self, item: Item) -> None:
        item["container-title"] = self._one(("Paper Days", "Townsquare", "News of Health", "Leaflets Today"))

    def _statutes(self, item: Item) -> None:
        item["container-title"] = "Statutes"

    def _reporter(self, item: Item) -> None:
        item["container-title"], item["title"] = (
            "Imaginary Law Reports",
            f"{self._one(FAMILIES)} v. {self._one(FAMILIES)}",
        )

    def _volume(self, item: Item) -> None:
        item["volume"] = self._one(("2", "14", "43", "IV", "105"))

    def _issue(self, item: Item) -> None:
        item["issue"] = self._one(("1", "3", "4", "2-3", "Suppl. 1"))

    def _page(self, item: Item) -> None:
        item["page"] = self._one(PAGES)

    def _pages(self, item: Item) -> None:
        item["number-of-pages"] = str(self.random.randint(40, 900))

    def _edition(self, item: Item) -> None:
        if self._chance(0.35):
            item["edition"] = self._one(("2", "3", "11", "revised"))

    def _publisher(self, item: Item) -> None:
        item["publisher"] = self._one(PUBLISHERS)

    def _university(self, item: Item) -> None:
        item["publisher"] = self._one(("University of Galway", "University of Nowhere"))

    def _place(self, item: Item) -> None:
        item["publisher-place"] = self._one(PLACES)

    def _event(self, item: Item) -> None:
        item["event-title"], item["event-place"] = self._one(("Fold 2016", "Care at Night")), self._one(PLACES)

    def _genre(self, item: Item) -> None:
        item["genre"] = self._one(
            ("PhD thesis", "MSc dissertation") if item["type"] == "thesis" else ("Keynote", "Brief")
        )

    def _number(self, item: Item) -> None:
        item["number"] = self._one(("TA127", "12", "HC 14", "EP 123456", "7"))

    def _authority(self, item: Item) -> None:
        item["authority"] = self._one(("Court of Appeal", "House of Commons", "Patent Office"))

    def _section(self, item: Item) -> None:
        item["section"] = str(self.random.randint(1, 30))

    def _medium(self, item: Item) -> None:
        item["medium"] = self._one(("film", "oil on canvas", "CD"))

    def _archive(self, item: Item) -> None:
        item["archive"], item["archive_location"] = "County Record Office", f"Box {self.random.randint(1, 9)}"

    def _scale(self, item: Item) -> None:
        item["scale"] = "1:25000"

    def _version(self, item: Item) -> None:
        item["version"] = self._one(("1.0.3", "2.1", "4"))

    def _doi(self, item: Item) -> None:
        if self._chance(0.7):
            item["DOI"] = f"10.1234/leaf.{self.random.randint(100, 9999)}"

    def _url(self, item: Item) -> None:
        item["URL"] = f"https://leaf{self.random.randint(1, 99)}.example/page"

    def clusters(self, items: list[Item], count: int) -> list[Item]:
        """``count`` citations in the order of a text: many fresh, some of the source before."""
        found: list[Item] = []
        for note in range(1, count + 1):
            if found and self._chance(0.25):
                chosen = [found[-1]["citationItems"][-1]["id"]]
            else:
                size = min(len(items), self.random.choices((1, 2, 3, 5), (65, 20, 10, 5))[0])
                chosen = [item["id"] for item in self.random.sample(items, size)]
            cites = [self._cite(identifier) for identifier in chosen]
            found.append({"citationItems": cites, "properties": {"noteIndex": note}})
        return found

    def _cite(self, identifier: str) -> Item:
        cite: Item = {"id": identifier}
        if self._chance(0.35):
            cite["locator"], cite["label"] = self._one(LOCATORS)
        if self._chance(0.07):
            cite["prefix"] = self._one(("see ", "see also ", "cf. "))
        if self._chance(0.06):
            cite["suffix"] = self._one((" and elsewhere", ", emphasis added", " [sic]"))
        if self._chance(0.03):
            cite["suppress-author"] = True
        return cite


LOCATORS = (
    ("12", "page"), ("12-14", "page"), ("12", "page"), ("101-9", "page"), ("5, 9", "page"), ("3", "chapter"), ("7", "section"), ("2", "volume"),
    ("4", "figure"), ("12v", "folio"), ("xii", "page"), ("3 & 5", "chapter"),
)  # fmt: skip
