"""The rules that a style names in ``<?leaflet-rules …?>``: rules of its manual for which CSL has no words."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct


class Repetition(StrEnum):
    """Variable that is left out where one organisation would be named twice."""

    NOTHING = "nothing"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    CONTAINER = "container"


class GroupAbbreviation(StrEnum):
    """Treatment of organisations that have an abbreviation."""

    NEVER = "never"
    INTRODUCED = "introduced"
    """“World Health Organization [WHO]” in the first citation, “WHO” in those that follow."""
    LISTED = "listed"
    """“WHO” in every citation, “WHO (World Health Organization)” in the list."""


class ManualRules(Struct, frozen=True, kw_only=True):
    """Rules of a style's manual for which CSL has no words; a style has them as ``<?leaflet-rules …?>``."""

    capital_length: int | None = None
    """The number of letters from which every word of a title has a capital."""
    et_al_least: int = 1
    """The fewest names that “et al.” may stand for, where names were added to tell cites apart."""
    author_is_publisher: Repetition = Repetition.NOTHING
    author_is_container: Repetition = Repetition.NOTHING
    publisher_is_container: Repetition = Repetition.NOTHING
    group_abbreviation: GroupAbbreviation = GroupAbbreviation.NEVER
    localised_days: bool = False
    """True where a day and its month, without a year, come in the order of the language, English excepted."""
    english_commas: bool = False
    """True where a comma before “and” is English: other languages have none, nor behind an inverted name."""
    skipped_articles: bool = False
    """True where the article that begins a title has no place in the alphabet."""
    dated_acts: bool = False
    """True where a law has its year behind its title, as in the title of a British Act."""
    undated_acts: bool = False
    """True where a law whose title ends with its year is cited without it: its date follows."""
    doctoral_thesis: str = ""
    """The manual's words for what BibTeX calls a phdthesis, such as “PhD diss.”."""
    article_numbers: bool = False
    """True where one page such as “e1024” or “CD012424” is the number of an article."""
    proceedings_are_books: bool = False
    """True where a paper in proceedings that have a publisher is a chapter of a book."""
    capital_after_colon: bool = False
    """True where a subtitle in English begins large in sentence case too."""
    shortened_years: bool = False
    """True where the end of a range of years is shortened as the end of a range of pages is."""
    upright_translations: bool = False
    """True where a translation in brackets at the end of a title has no part in the title's italics."""
    library_habits: bool = False
    """True where editions, titles and parts of books are put right that libraries hold in their own ways."""
    later_editions_only: bool = False
    """True where the first edition is not named."""
    revised_edition: str = ""
    """The manual's two words for a revised edition, such as “Rev. ed.”; other named editions have the second."""
    blogs_are_named: bool = False
    """True where “(blog)” follows the name of a blog that does not say so."""
    film: str = ""
    """The manual's description of a film that has none."""
    song: str = ""
    """The manual's description of a song on an album that has none."""
    video: str = ""
    """The manual's description of a video on a platform that has none."""
    podcast: str = ""
    """The manual's description of an episode of a podcast, whose author is its host."""
    plain_media: bool = False
    """True where the platform of a video is upright, and a podcast a medium."""
    british_law: bool = False
    """True where British Acts and cases follow British custom; a case has “UK” as ``jurisdiction`` then."""
    open_years: str = ""
    """The manual's English word for the end of a range of years that goes on, such as “present”."""
    bare_addresses: bool = False
    """True where the address of a page is printed without “https://”, and that of a DOI with it."""
    worded_applications: bool = False
    """True where an application for a patent is printed in the words that its number holds."""
    unnamed_databases: bool = False
    """True where the databases of research in which many works are found are not named."""
    patent_countries: bool = False
    """True where a patent is its country's, and the office of patents its publisher."""
    named_numbers: bool = False
    """True where a report's number that begins with letters, such as “NG189”, has no “No.” before it."""
    uploaded: str = ""
    """The manual's English words before who put a video on a platform, such as “uploaded by”."""
    small_subtitles: bool = False
    """True where a subtitle in English begins small in sentence case."""
    short_titles: bool = False
    """True where a short title is made of the title of a work that has none: without subtitle and first article."""
    places_before: int = 0
    """The year before which a book has its place in place of its publisher."""
    small_genres: bool = False
    """True where a common word for a kind of work, such as “Leaflet”, begins small in the midst of a sentence."""
    bare_volumes: bool = False
    """True where pages follow a volume or an issue closely that has no month; such an article has a ``division`` then."""
    narrative_and: bool = False
    """True where names in the author's sentence are joined by a word, though others are by “&”."""
    joined_organisations: bool = False
    """True where two organisations have no comma between them, which belongs to initials and inverted names."""


_OFFICIAL = re.compile(r"/(?:(?P<apa>apa)|modern-language-association|chicago|turabian)(?:-[\w-]+)?$")


def official_rules(identifier: str) -> ManualRules:
    """Return the rules for citing in an official style of APA, MLA or Chicago, by its id; none for other styles."""
    found = _OFFICIAL.search(identifier)
    return ManualRules(narrative_and=bool(found and found["apa"]), joined_organisations=found is not None)
