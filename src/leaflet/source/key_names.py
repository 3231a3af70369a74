"""The other names that keys of the front matter have elsewhere, and the types that CSL knows."""

from __future__ import annotations

ALIASES = {
    "authors": "author",
    "by": "author",
    "creator": "author",
    "description": "abstract",
    "summary": "abstract",
    "lastmod": "date-modified",
    "last-modified": "date-modified",
    "date-updated": "date-modified",
    "updated": "date-modified",
    "last-updated": "date-modified",
    "last-modified-date": "date-modified",
    "reviewed": "last-reviewed",
    "review-date": "next-review",
    "review-due": "next-review",
    "tags": "keywords",
    "keyword": "keywords",
    "bib": "bibliography",
    "citation-style": "csl",
    "citationstyle": "csl",
    "language": "lang",
    "locale": "lang",
    "licence": "license",
    "rights": "license",
    "canonical-url": "url",
    "reviewer": "reviewers",
    "reviewed-by": "reviewers",
    "publisher-location": "publisher-place",
    "place": "publisher-place",
    "number": "code",
    "institute": "affiliation",
    "affiliations": "affiliation",
    "institution": "affiliation",
    "theme": "style",
    "template": "layout",
    "target-audience": "audience",
    "further-readings": "further-reading",
    "see-also": "related",
    "params": "fields",
    "variables": "fields",
    "numbersections": "number-sections",
    "code-colors": "code-colours",
    "links-as-notes": "links",
}
"""Other names for keys, as pandoc, Quarto and MyST users write them."""

PERSON_ALIASES = {
    "surname": "family",
    "last": "family",
    "last-name": "family",
    "first": "given",
    "first-name": "given",
    "given-name": "given",
    "family-name": "family",
    "non-dropping-particle": "particle",
    "dropping-particle": "particle",
    "roles": "role",
    "title": "role",
    "institute": "affiliation",
    "affiliations": "affiliation",
    "institution": "affiliation",
    "organisation": "literal",
    "organization": "literal",
    "mail": "email",
    "biography": "bio",
}

CONTACT_ALIASES = {"tel": "phone", "telephone": "phone", "title": "heading", "website": "url", "opening-hours": "hours"}
TIP_ALIASES = {"title": "text", "name": "text", "href": "url", "link": "url"}
CITE_ALIASES = {"accessed": "access", "formats": "styles", "style": "styles"}

ITEM_TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage"
).split()
"""CSL 1.0.2, appendix III."""
