"""An item in the words of a manual.

Libraries say the same thing in many ways: “2nd edn”, “Second edition” and “2” are one edition, “US Patent 4,586,960” is a
country, a kind and a number. CSL cannot look into a variable, so that this is done before formatting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from leaflet.citations.csl.manual_rules import ManualRules
from leaflet.citations.data.item import Item
from leaflet.citations.evaluate.british_law import british
from leaflet.citations.evaluate.library_habits import tidied
from leaflet.citations.evaluate.online_media import online_media

DOCTORAL_THESES = ("phdthesis", "PhD thesis")
"""Replacements of BibTeX's word for a thesis, whatever the work calls itself; the work's own words stay as they are."""
RESEARCH_DATABASES = frozenset((
    "academic search complete", "academic search ultimate", "apa psycarticles", "apa psycinfo", "apa psycnet",
    "business source complete", "cinahl", "cinahl complete", "ebook central", "ebscohost", "google scholar", "jstor",
    "medline", "nexis uni", "ovid", "project muse", "proquest", "proquest central", "proquest ebook central", "pubmed",
    "pubmed central", "sage journals", "sciencedirect", "scopus", "springerlink", "taylor & francis online",
    "web of science", "wiley online library",
))  # fmt: skip
"""Databases that APA 7, 9.30, does not name, except for theses, and others of their kind."""
PERIODICALS = frozenset(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"))


def reworded(item: Item, rules: ManualRules, lang: str) -> Item:
    """Return the item in the manual's terms; ``lang`` is the language of the document."""
    if rules.proceedings_are_books:
        item = _as_chapter(item)
    if rules.british_law:
        item = british(item, undated=rules.undated_acts)
    if rules.library_habits:
        item = tidied(item)
    item = online_media(item, rules)
    text = item.text
    english = (text.get("language", "").lower() or lang).startswith("en")
    if rules.library_habits and _is_said_twice(text):
        text = {name: value for name, value in text.items() if name != "medium"}
    if rules.library_habits and "edition" in text:
        text = _with_edition(text, rules, lang, periodical=item.type in PERIODICALS)
    match item.type:
        case "thesis" if rules.doctoral_thesis:
            text = _thesis(text, rules.doctoral_thesis)
        case "article-journal" if rules.article_numbers:
            text = _article_number(text)
        case "article-journal" if rules.bare_volumes:
            text = _bare_volume(item)
        case "report" if rules.named_numbers:
            text = _named_number(text)
        case "patent" if rules.library_habits:
            text = _patent(text, in_words=rules.worded_applications, countries=rules.patent_countries)
        case "post-weblog" if rules.blogs_are_named:
            text = _blog(text)
        case _:
            pass
    if rules.unnamed_databases and item.type != "thesis" and text.get("archive", "").casefold() in RESEARCH_DATABASES:
        text = {name: value for name, value in text.items() if name not in ("archive", "archive_location")}
    if rules.small_genres and "number" not in text:
        text = _with_small_genre(text)
    issued = item.dates.get("issued")
    if issued and issued.start and issued.start.year < rules.places_before:
        text = _with_place(text)
    text = _with_cases(text, rules, english=english)
    return item if text is item.text else replace(item, text=text)


def _with_cases(text: Mapping[str, str], rules: ManualRules, *, english: bool) -> Mapping[str, str]:
    """Return ``text`` with subtitles that begin as the manual has them, and with a short title."""
    if rules.capital_after_colon and english:
        text = {name: _with_capital(value) if name in _CASED else value for name, value in text.items()}
    if rules.small_subtitles and english:
        text = {name: _with_small(value) if name in _CASED else value for name, value in text.items()}
    if rules.short_titles and "title-short" not in text and "title" in text:
        text = _with_short_title(text, english=english)
    return text


def _is_said_twice(text: Mapping[str, str]) -> bool:
    medium, genre = (text.get(name, "").casefold().strip(" .") for name in ("medium", "genre"))
    return bool(medium) and medium == genre


_GENRES = frozenset(
    "audio blog booklet brochure computer data email e-mail fact film flyer guideline handout keynote large leaflet lecture "
    "letter map memo message painting pamphlet paper photograph photographs photo photos podcast post poster press preprint presentation "
    "software speech text thread tweet unpublished video working".split()
)
"""First words of kinds of works that are nobody's names."""


def _with_small_genre(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return ``text`` with a kind of work that a style can begin large or small: “leaflet” of “Leaflet”."""
    genre = text.get("genre", "")
    common = genre.partition(" ")[0].lower() in _GENRES and genre[1:] == genre[1:].lower()
    return {**text, "genre": genre[:1].lower() + genre[1:]} if common else text


def _with_place(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return ``text`` of an old book with its place in place of the publisher."""
    place = text.get("publisher-place")
    if not place:
        return text
    return {"publisher": place, **{name: value for name, value in text.items() if not name.startswith("publisher")}}


_PROCEEDINGS = ("volume", "issue")


def _as_chapter(item: Item) -> Item:
    """Return a paper in proceedings that are a book as a chapter of it."""
    text = item.text
    if item.type != "paper-conference" or not {"container-title", "publisher"} <= text.keys():
        return item
    if any(name in text for name in _PROCEEDINGS):
        return item
    without_event = {name: value for name, value in text.items() if not name.startswith("event")}
    return replace(item, type="chapter", text=without_event)


_EDITION = re.compile(
    r"\[?(?P<which>.*?\S)(?:(?<=\d)\.|,)?\s*\b(?:(?P<english>editions?|edn|ed)|aufl(?:age)?|éd(?:ition)?|edición)\b\.?\]?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\[?(\d{1,3})(?:st|nd|rd|th|er|re|e|ème|ª|a)?\.?\]?", re.IGNORECASE)
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
_REVISED = re.compile(r"\brevised\b", re.IGNORECASE)


def _with_edition(text: Mapping[str, str], rules: ManualRules, lang: str, *, periodical: bool) -> Mapping[str, str]:
    """Return ``text`` with its edition as a number, or in the language's words.

    A number has its words from the style; others have the abbreviation of “edition”, except those of newspapers.
    """
    whole = text["edition"].strip()
    found = _EDITION.fullmatch(whole)
    which = found["which"] if found else whole
    number = _ORDINAL.fullmatch(which)
    value = number[1] if number else whole
    if which.lower() in _ORDINAL_WORDS and not periodical:
        value = str(_ORDINAL_WORDS.index(which.lower()) + 1)
    if value == "1" and rules.later_editions_only:
        return {name: other for name, other in text.items() if name != "edition"}
    named = (found and found["english"]) or _REVISED.fullmatch(whole)
    if not value.isdecimal() and named and lang.startswith("en"):
        revised, edition = rules.revised_edition.split()
        short = _REVISED.sub(lambda match: revised.lower() if match.start() else revised, which)
        value = which if periodical else f"{short.replace(f', {revised.lower()}', f' {revised.lower()}')} {edition}"
    return text if value == text["edition"] else {**text, "edition": value}


def _thesis(text: Mapping[str, str], doctoral: str) -> Mapping[str, str]:
    if text.get("archive_location", "").isdigit():
        # Zotero has no other field for the number under which ProQuest publishes a thesis.
        place = text["archive_location"]
        text = {"number": place, **{name: value for name, value in text.items() if name != "archive_location"}}
    return {**text, "genre": doctoral} if text.get("genre") in DOCTORAL_THESES else text


_ARTICLE_NUMBER = re.compile(r"(?!S)[A-Za-z]{1,3}\d{3,}|\d{5,}")


def _article_number(text: Mapping[str, str]) -> Mapping[str, str]:
    page = text.get("page", "")
    if not _ARTICLE_NUMBER.fullmatch(page):
        return text
    return {"number": page, **{name: value for name, value in text.items() if name != "page"}}


def _bare_volume(item: Item) -> Mapping[str, str]:
    """Return the text of an article, with a ``division`` where its volume or issue is alone and without a month.

    CSL can test neither the month of a date nor how many of two variables there are.
    """
    text, issued = item.text, item.dates.get("issued")
    dated = issued is not None and issued.start is not None and issued.start.month
    if dated or "supplement-number" in text or ("volume" in text) == ("issue" in text):
        return text
    return {**text, "division": "year"}


def _named_number(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return ``text`` with a number such as “NG189”, which names the report, in place of its kind."""
    number = text.get("number", "")
    if "genre" in text or not re.match(r"[^\W\d_]{2}", number):
        return text
    return {"genre": number, **{name: value for name, value in text.items() if name != "number"}}


_PATENT = re.compile(
    r"(?:(?P<authority>[A-Z][\w. ]*?) )?(?P<genre>(?:patent )?application|patent)(?: (?:number|no\.?))? (?P<number>\S*\d.*)",
    re.IGNORECASE,
)


def _patent(text: Mapping[str, str], *, in_words: bool, countries: bool) -> Mapping[str, str]:
    """Return ``text`` with the country, the kind and the number of a patent, all of which its number holds.

    With ``in_words`` an application keeps the words before its number.
    """
    text = _with_patent_country(text) if countries else text
    found = _PATENT.fullmatch(text.get("number", ""))
    if not found:
        return text
    parts = {name: value for name, value in found.groupdict().items() if value}
    if in_words and parts["genre"].lower() != "patent":
        parts = {"genre": found.string[: found.start("number")].strip(), "number": parts["number"]}
    if parts["genre"].lower() == "patent":
        del parts["genre"]  # the type says so
    return {**parts, **{name: value for name, value in text.items() if name != "number"}, "number": parts["number"]}


_OFFICE = re.compile(
    r"(?P<country>[A-Z][\w.]*(?: [A-Z][\w.]*)*?) (?:Patent(?: (?:and|&) Trademark)?|Intellectual Property) Office"
)
_COUNTRIES = {"United States": "U.S.", "US": "U.S.", "United Kingdom": "UK", "European": "European"}


def _with_patent_country(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return the ``text`` of a patent with the country of the office that gave it, and the office as publisher."""
    authority = text.get("authority", "")
    found = _OFFICE.fullmatch(authority)
    if not found:
        return text
    country = _COUNTRIES.get(found["country"], found["country"])
    return {"publisher": authority, **text, "authority": country}


def _blog(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return ``text`` with an upright “(blog)” behind the name of a blog that does not say that it is one."""
    name = text.get("container-title", "")
    if not name or "genre" in text or "blog" in name.lower():
        return text
    return {**text, "container-title": f'{name} <i><span class="nocase">(blog)</span></i>'}


_SUBTITLE = re.compile(r"(: [“‘\"']?)(?!\w+://)([^\W\dA-Z_])(?=[^\WA-Z]*(?![\w]))")
_CASED = frozenset(("title", "volume-title", "reviewed-title", "part-title"))


def _with_capital(title: str) -> str:
    return _SUBTITLE.sub(lambda match: match[1] + match[2].upper(), title) if ": " in title else title


_OPENERS = frozenset(
    "a an the this these that those its their our your my his her some any all every each both two three no not new "
    "what why how when where who which whose is are was were do does did can could should will would may might must "
    "in on at by for from to towards toward with within without between among beyond across through after before "
    "during since until under over into onto about against and or of as if building comparing creating designing "
    "developing evaluating examining exploring improving investigating learning living making managing measuring "
    "rethinking teaching understanding using working anti co cross inter intra multi non post pre re self sub".split()
)
"""Words that no name begins with, so that the capital of one that opens a subtitle is the subtitle's."""
_OPENER = re.compile(r"""(: (?:<span class="nocase">)?)([A-Z][a-z]*)(?=[ ’'<]|-[a-z])""")
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}")


def _with_small(title: str) -> str:
    """Return a title in sentence case with its subtitle in small letters too; one in title case stays."""
    if ": " not in title or all(word[0] in _OPENERS for word in _SMALL_WORD.finditer(title)):
        return title
    return _OPENER.sub(lambda match: match[1] + match[2].lower() if match[2].lower() in _OPENERS else match[0], title)


_MAIN_TITLE = re.compile(r"(?P<main>[^:?!.]{3,}?)(?:: |(?<=[?!]) )\S.*", re.DOTALL)
_ARTICLE = re.compile(r"(?:The|An|A) (?=\S+ |\S{4,})")


def _with_short_title(text: Mapping[str, str], *, english: bool) -> Mapping[str, str]:
    """Return ``text`` with a short title: without the subtitle, and in English without the first article."""
    title = text["title"]
    found = _MAIN_TITLE.fullmatch(title)
    short = found["main"] if found else title
    if english:
        short = _ARTICLE.sub("", short, count=1) if _ARTICLE.match(short) else short
    # Marks that a subtitle closes would stay open.
    whole = all(short.count(one) == short.count(other) for one, other in ("()", "[]", "“”")) and short.count(
        "<"
    ) == short.count(">")
    return {**text, "title-short": short} if short != title and whole and short.count('"') % 2 == 0 else text
