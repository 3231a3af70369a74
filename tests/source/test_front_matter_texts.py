"""Typography of the front matter: quotation marks, dashes, emphasis and spaces, as in the text."""

from __future__ import annotations

from leaflet.source.front_matter_texts import finished_texts
from leaflet.source.typography import Typographer

FIXED = "\u00a0"


def test_printed_texts_are_set_as_the_body_is() -> None:
    given = {
        "audience": 'For "beginners" -- and *others* ...',
        "contact": {"hours": "Monday to Friday, 9 am to 5 pm", "phone": "01632 960 411", "email": "a--b@example.org"},
        "author": [{"family": "Cole", "bio": "She edits *The Weir*."}, "Rosa Bell"],
        "event": {"place": 'The "Mill"', "date": "2027-05-01"},
        "further-reading": [{"text": "MS -- a guide", "url": "https://example.org/a--b"}, "https://example.org/c--d"],
        "title": "Left -- to others",
    }
    finished, rich = finished_texts(given, "en-GB")
    assert finished["audience"] == "For “beginners” – and others …"
    assert finished["contact"] == {
        "hours": f"Monday to Friday, 9{FIXED}am to 5{FIXED}pm",
        "phone": "01632 960 411",
        "email": "a--b@example.org",
    }
    assert finished["event"] == {"place": "The “Mill”", "date": "2027-05-01"}
    assert finished["further-reading"] == [
        {"text": "MS – a guide", "url": "https://example.org/a--b"},
        "https://example.org/c--d",
    ]
    assert finished["title"] == given["title"]
    assert rich == {
        "audience": "For “beginners” – and <em>others</em> …",
        "author.0.bio": "She edits <em>The Weir</em>.",
    }
    assert given["contact"] != finished["contact"], "what was read stays as it was"


def test_abbreviations_and_numbers_stay_together() -> None:
    german = Typographer("de-DE").spaces("z. B. § 32a Abs. 1, Nr. 321, 12 348 Euro ab 16 Uhr, Weber et al. 2024")
    together = "z.~B. §~32a Abs.~1, Nr.~321, 12~348 Euro ab 16~Uhr, Weber et~al. 2024"
    assert german == together.replace("~", FIXED)
    assert Typographer("en-GB").spaces("in 1 000 of a. b. cases, Art. 5") == f"in 1{FIXED}000 of a. b. cases, Art. 5"
