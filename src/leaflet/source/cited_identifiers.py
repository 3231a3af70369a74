"""Keys of citations that are identifiers: ``@doi:10.1000/182`` as Manubot and MyST write them, and their addresses."""

from __future__ import annotations

import re
from urllib.parse import quote

from msgspec import Struct

from leaflet.files import is_doi

PREFIXES = {"doi": "doi", "pmid": "pmid", "pubmed": "pmid", "pmc": "pmc", "pmcid": "pmc", "isbn": "isbn"} | {
    name: name for name in ("url", "https", "http", "arxiv", "wikidata")
}
"""The kinds of identifiers, by the words that Manubot writes before a colon."""
ADDRESSES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "arxiv": "https://arxiv.org/abs/",
    "wikidata": "https://www.wikidata.org/wiki/",
}
KEY = re.compile(rf"(?P<prefix>{'|'.join(PREFIXES)}):(?P<value>\S+)", re.IGNORECASE)
DOI_ADDRESS = re.compile(r"(?:https?:)?//(?:dx\.)?doi\.org/", re.IGNORECASE)

BARE_DOI_ADDRESS = re.compile(r"(?:dx\.)?doi\.org/", re.IGNORECASE)


class CitedIdentifier(Struct, frozen=True, kw_only=True):
    """An identifier that is cited: its kind, and its value as it was written."""

    kind: str
    value: str

    @property
    def compared(self) -> str:
        """The value in the form that is the same for all ways to write it."""
        match self.kind:
            case "doi":
                return self.value.casefold()
            case "isbn":
                digits = re.sub(r"[^0-9xX]", "", self.value).upper()
                return digits[3:12] if len(digits) == 13 else digits[:9]
            case "pmid":
                return self.value.lstrip("0")
            case "pmc":
                return self.value.upper().removeprefix("PMC")
            case "url":
                return re.sub(r"^https?://(?:www\.)?", "", self.value.casefold()).rstrip("/")
            case _:
                return self.value

    @property
    def address(self) -> str | None:
        """The web address of what is cited; None where an identifier has none."""
        if self.kind == "url":
            return self.value
        start = ADDRESSES.get(self.kind)
        value = f"PMC{self.compared}" if self.kind == "pmc" else self.value
        return None if start is None else start + quote(value, safe="/:;().,-_")

    @property
    def words(self) -> str:
        """The identifier as a reader knows it."""
        if self.kind == "url":
            return self.value
        names = {
            "doi": "doi:",
            "arxiv": "arXiv:",
            "pmid": "PMID ",
            "pmc": "PMC",
            "isbn": "ISBN ",
            "wikidata": "Wikidata ",
        }
        return names[self.kind] + (self.compared if self.kind == "pmc" else self.value)


def read_identifier(key: str) -> CitedIdentifier | None:
    """Return the identifier that a citation key is; None for a key of another form.

    >>> read_identifier("doi:10.1000/182").address
    'https://doi.org/10.1000/182'
    """
    bare = BARE_DOI_ADDRESS.sub("", key)
    if is_doi(bare):
        return CitedIdentifier(kind="doi", value=bare)
    found = KEY.fullmatch(key)
    if not found:
        return None
    kind, value = PREFIXES[found["prefix"].lower()], found["value"]
    if kind in {"https", "http"}:
        kind, value = "url", key
    if kind in {"doi", "url"} and (address := re.sub(DOI_ADDRESS, "", value)) != value and is_doi(address):
        return CitedIdentifier(kind="doi", value=address)
    if kind == "doi" and not is_doi(value):
        return None
    if kind == "url" and not re.match(r"https?://[^/\s]", value):
        return None
    return CitedIdentifier(kind=kind, value=value)
