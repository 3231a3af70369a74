"""Vocabularies of BibTeX and BibLaTeX and the words that CSL has for them."""

from __future__ import annotations

TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "bibnote": "document", "book": "book",
    "bookinbook": "chapter", "booklet": "pamphlet", "collection": "book", "commentary": "book",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage", "image": "graphic",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia", "jurisdiction": "legal_case", "legal": "treaty",
    "legislation": "legislation", "letter": "personal_communication", "manual": "book", "mastersthesis": "thesis",
    "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book",
    "reference": "book", "report": "report", "review": "review", "software": "software", "standard": "standard",
    "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture",
    "www": "webpage",
    # Not in the manual, but written by much-used programs: JabRef, Zotero, Mendeley, Google Scholar.
    "figure": "figure", "map": "map", "interview": "interview", "speech": "speech", "blog": "post-weblog",
    "hearing": "hearing", "bill": "bill", "webpage": "webpage", "presentation": "speech", "talk": "speech",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "preprint": "article",
}  # fmt: skip
"""Entry types and CSL types. ``custom`` types (customa to customf) are documents."""

SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
PERIODICALS = frozenset({"article", "suppperiodical", "periodical", "review", "newspaper", "magazine"})
"""Entry types whose ``number`` is the issue of a periodical."""
ISSUED_IN_ISSUES = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "review"})
"""CSL types of which the same holds, whatever entry carries them."""
SERIES = frozenset(
    "book mvbook inbook bookinbook suppbook collection mvcollection incollection suppcollection proceedings "
    "mvproceedings inproceedings conference reference mvreference inreference commentary".split()
)
"""Entry types whose ``number`` counts the series they appear in."""
COUNTED = frozenset("book mvbook techreport report manual booklet thesis phdthesis mastersthesis".split())
"""Entry types of which one page is their number of pages."""
PROPER_TITLES = frozenset({"jurisdiction", "legislation", "legal", "bill", "hearing"})
"""The titles of these are names, and names keep their capitals."""

GENRES = {
    "mastersthesis": "Master’s thesis", "mathesis": "Master’s thesis", "phdthesis": "PhD thesis",
    "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis", "techreport": "technical report",
    "resreport": "research report", "software": "computer software", "datacd": "data CD", "audiocd": "audio CD",
    "patent": "patent", "patentde": "German patent", "patenteu": "European patent", "patentfr": "French patent",
    "patentuk": "British patent", "patentus": "U.S. patent", "patreq": "patent request",
    "patreqde": "German patent request", "patreqeu": "European patent request",
    "patreqfr": "French patent request", "patrequk": "British patent request", "patrequs": "U.S. patent request",
}  # fmt: skip
"""biblatex's localisation keys for the ``type`` field, with its English words."""

THESIS_WORDS = {
    "de": {"mathesis": "Masterarbeit", "phdthesis": "Dissertation", "bathesis": "Bachelorarbeit"},
    "fr": {"mathesis": "mémoire de master", "phdthesis": "thèse de doctorat"},
    "es": {"mathesis": "tesis de maestría", "phdthesis": "tesis doctoral"},
    "it": {"mathesis": "tesi di laurea magistrale", "phdthesis": "tesi di dottorato"},
    "nl": {"mathesis": "masterscriptie", "phdthesis": "proefschrift"},
}
COUNTRIES = {
    "countryde": "Germany", "countryeu": "European Union", "countryep": "European Union", "countryfr": "France",
    "countryuk": "United Kingdom", "countryus": "United States of America",
}  # fmt: skip
STATES = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming", "inpress": "in press",
    "prepublished": "pre-published",
}  # fmt: skip

LANGUAGES = {
    "acadian": "fr-CA", "afrikaans": "af-ZA", "american": "en-US", "arabic": "ar", "australian": "en-AU",
    "austrian": "de-AT", "bahasa": "id-ID", "basque": "eu-ES", "brazil": "pt-BR", "brazilian": "pt-BR",
    "breton": "br-FR", "british": "en-GB", "bulgarian": "bg-BG", "canadian": "en-CA", "canadien": "fr-CA",
    "catalan": "ca-AD", "chinese": "zh-CN", "croatian": "hr-HR", "czech": "cs-CZ", "danish": "da-DK",
    "dutch": "nl-NL", "english": "en-US", "esperanto": "eo", "estonian": "et-EE", "finnish": "fi-FI",
    "francais": "fr-FR", "french": "fr-FR", "galician": "gl-ES", "german": "de-DE", "germanb": "de-DE",
    "greek": "el-GR", "hebrew": "he-IL", "hindi": "hi-IN", "hungarian": "hu-HU", "icelandic": "is-IS",
    "irish": "ga-IE", "italian": "it-IT", "japanese": "ja-JP", "korean": "ko-KR", "latin": "la",
    "latvian": "lv-LV", "lithuanian": "lt-LT", "magyar": "hu-HU", "mexican": "es-MX", "naustrian": "de-AT",
    "newzealand": "en-NZ", "ngerman": "de-DE", "norsk": "nb-NO", "norwegian": "nb-NO", "nswissgerman": "de-CH",
    "nynorsk": "nn-NO", "persian": "fa-IR", "polish": "pl-PL", "polutonikogreek": "el-GR", "portuges": "pt-PT",
    "portuguese": "pt-PT", "romanian": "ro-RO", "russian": "ru-RU", "scottish": "gd", "serbian": "sr-RS",
    "slovak": "sk-SK", "slovene": "sl-SI", "slovenian": "sl-SI", "spanish": "es-ES", "swedish": "sv-SE",
    "swissgerman": "de-CH", "turkish": "tr-TR", "ukenglish": "en-GB", "ukrainian": "uk-UA",
    "usenglish": "en-US", "vietnamese": "vi-VN", "welsh": "cy-GB",
}  # fmt: skip
"""babel's and polyglossia's names of languages, as ``langid`` has them, and CSL's locales."""

VARIANTS = {
    "british": "en-GB", "uk": "en-GB", "american": "en-US", "us": "en-US", "usmax": "en-US",
    "australian": "en-AU", "canadian": "en-CA", "newzealand": "en-NZ", "austrian": "de-AT", "swiss": "de-CH",
    "brazilian": "pt-BR",
}  # fmt: skip
"""polyglossia's variants, as ``langidopts`` names them."""

EPRINTS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "hdl": "https://hdl.handle.net/{}",
    "googlebooks": "https://books.google.com/books?id={}",
}

ROLES = {
    "editor": "editor", "compiler": "compiler", "director": "director", "organizer": "organizer",
    "organiser": "organizer", "translator": "translator", "illustrator": "illustrator", "narrator": "narrator",
    "performer": "performer", "producer": "producer", "composer": "composer", "curator": "curator",
    "founder": "series-creator", "showrunner": "series-creator", "collaborator": "contributor",
    "continuator": "contributor", "redactor": "contributor", "reviser": "contributor", "annotator": "contributor",
    "commentator": "contributor", "serieseditor": "collection-editor", "host": "host", "chair": "chair",
    "guest": "guest", "writer": "script-writer", "screenwriter": "script-writer", "scriptwriter": "script-writer",
    "execproducer": "executive-producer", "executiveproducer": "executive-producer", "interviewer": "interviewer",
    "recipient": "recipient", "cast": "performer", "castmember": "performer",
}  # fmt: skip
"""Values of ``editortype``, ``authortype`` and their like, and CSL's name variables. Those after the commentator are not in the
manual; biblatex-apa and users of it write them."""

TALKS = frozenset(
    "talk lecture speech keynote presentation poster paper slides panel symposium workshop webinar".split()
)
"""Words in the ``type`` of an ``@unpublished`` that say it was spoken."""

CARRIERS = frozenset({"movie", "video", "audio", "music", "artwork", "image"})
"""Entry types whose ``howpublished`` is what the work is made of or stored on: oil on canvas, DVD."""
