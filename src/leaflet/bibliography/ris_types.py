"""Vocabularies of RIS and the words that CSL has for them.

A tag means another thing in another type of record. The meanings are those of the RIS specification of 2011 and of
EndNote, whose own the format now is; where both are silent, those of Zotero.
"""

from __future__ import annotations

from collections.abc import Mapping

READ = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "figure", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset", "DBASE": "dataset",
    "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal",
    "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "EQUA": "figure", "FIGURE": "figure", "GEN": "document",
    "GOVDOC": "report", "GRANT": "document", "GRNT": "document", "HEAR": "hearing",
    "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical",
    "JOUR": "article-journal", "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "document", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "PREPRINT": "article", "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "STD": "standard", "THES": "thesis", "UNBILL": "bill",
    "UNBIL": "bill", "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""``TY`` and the CSL type. ``GEN``, ``MULTI`` and grants have no nearer type than a document."""

WRITE = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK",
    "collection": "BOOK", "dataset": "DATA", "document": "GEN", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "event": "GEN", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR",
    "interview": "PCOMM", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "patent": "PAT", "performance": "GEN", "periodical": "JFULL", "personal_communication": "PCOMM",
    "post": "BLOG", "post-weblog": "BLOG", "regulation": "LEGAL", "report": "RPRT", "review": "JOUR",
    "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "treaty": "LEGAL", "webpage": "ELEC",
}  # fmt: skip

PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
"""Types of parts of a book, whose editor and title they name."""
BOUND = frozenset({"book", "classic", *PARTS})
"""Types that belong to a series and count in it."""
PAGED = frozenset({"book", "classic", "thesis", "manuscript", "report"})
"""Types of which ``SP`` alone is the number of pages, and only with ``EP`` a range."""

ELSE = ""
"""The type under which a tag has its usual meaning."""
UNREAD = ""
"""The variable of a tag that says nothing CSL has a variable for."""

_RECORDED = ("motion_picture", "song")

NAMES = {
    "AU": {ELSE: "author", "motion_picture": "director"},
    "A1": {ELSE: "author", "motion_picture": "director"},
    "A2": {
        ELSE: "editor", "book": "collection-editor", "classic": "collection-editor", "report": "collection-editor",
        "webpage": "collection-editor", "speech": "author", "bill": "author", "personal_communication": "recipient",
        "interview": "interviewer", "song": "performer", "motion_picture": "contributor", "legal_case": UNREAD,
        "patent": UNREAD, "thesis": UNREAD,
    },
    "A3": {
        ELSE: "collection-editor", "book": "editor", "classic": "editor", "thesis": UNREAD,
        "bill": "contributor", "motion_picture": "producer", "song": "producer",
    },
    "A4": {
        ELSE: "translator", "paper-conference": "contributor", "motion_picture": "contributor",
        "dataset": "contributor", "legal_case": "contributor",
    },
    "C1": {ELSE: UNREAD, "motion_picture": "performer"},
    "C2": {ELSE: UNREAD, "chapter": "container-author"},
    "ED": {ELSE: "editor"},
    "TA": {ELSE: "translator"},
    "PB": {ELSE: UNREAD, "patent": "contributor"},
}  # fmt: skip
"""Tags of names and the CSL variable that they mean by type. EndNote and Zotero agree on all of these: in a book ``A2``
edits the series and ``A3`` the book; of a letter ``A2`` receives it, of a talk gives it; ``PB`` of a patent holds it."""

TEXTS = {
    "TI": {ELSE: "title"},
    "T1": {ELSE: "title"},
    "CT": {ELSE: "title"},
    "ST": {ELSE: "title-short"},
    "C3": {
        ELSE: UNREAD, "paper-conference": "container-title", "graphic": "dimensions", "patent": "jurisdiction",
    },
    "T2": {
        ELSE: "container-title", "book": "collection-title", "classic": "collection-title",
        "report": "collection-title", "map": "collection-title", "software": "collection-title",
        "speech": "event-title", "hearing": "section", "thesis": "division", "paper-conference": UNREAD,
    },
    "A2": {ELSE: UNREAD, "legal_case": "container-title", "patent": "authority"},
    "JF": {ELSE: "container-title"},
    "JO": {ELSE: "container-title"},
    "BT": {ELSE: "container-title", "book": "title", "manuscript": "title"},
    "T3": {ELSE: "collection-title", "hearing": "authority", "bill": "authority"},
    "J2": {ELSE: "container-title-short"},
    "JA": {ELSE: "container-title-short"},
    "J1": {ELSE: "container-title-short"},
    "VL": {ELSE: "volume", "webpage": UNREAD, "patent": UNREAD, "thesis": "genre"},
    "ET": {
        ELSE: "edition", "bill": "chapter-number", "hearing": "chapter-number", "legislation": "chapter-number",
        "software": "version", "dataset": "version", "article-journal": UNREAD,
    },
    "NV": {ELSE: "number-of-volumes", "dataset": "number"},
    "PB": {ELSE: "publisher", "legal_case": "authority", "patent": UNREAD},
    "C1": {ELSE: UNREAD, "paper-conference": "publisher-place", "map": "scale"},
    "CY": {ELSE: "publisher-place", "speech": "event-place", "paper-conference": UNREAD},
    "PP": {ELSE: "publisher-place"},
    "C4": {ELSE: UNREAD, "motion_picture": "genre"},
    "C5": {ELSE: UNREAD, **dict.fromkeys(_RECORDED, "medium")},
    "C7": {ELSE: UNREAD, "article-journal": "number"},
    "AB": {ELSE: "abstract"},
    "N2": {ELSE: "abstract"},
    "LA": {ELSE: "language"},
    "CN": {ELSE: "call-number"},
    "DB": {ELSE: "archive"},
    "DP": {ELSE: "source"},
    "SE": {ELSE: "section", "article-journal": UNREAD, "chapter": "chapter-number", "book": UNREAD, "legal_case": UNREAD},
    "SV": {ELSE: UNREAD, "chapter": "collection-number", "legal_case": "number"},
    "RI": {ELSE: "reviewed-title"},
    "OP": {ELSE: UNREAD, **dict.fromkeys(("hearing", "legislation", "bill", "legal_case"), "references")},
}  # fmt: skip
"""Tags of texts and the variable that they mean by type. The first tag that fills a variable wins."""


def meaning(table: Mapping[str, Mapping[str, str]], tag: str, kind: str) -> str:
    """Return the variable that ``tag`` has in a record of the CSL type ``kind``; empty if it has none."""
    by_type = table.get(tag, {})
    return by_type.get(kind, by_type.get(ELSE, UNREAD))
