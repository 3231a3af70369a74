"""Identifiers of publications and people: ISBN, ISSN, DOI and ORCID iD in their normal form, with their check digits."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import ean, isbn, issn
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.iso7064 import mod_11_2

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"^\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\.org/)", re.IGNORECASE)
_ISBN_PREFIX = re.compile(r"^\s*ISBN(?:-1[03])?:?\s*", re.IGNORECASE)
_ORCID_PREFIX = re.compile(r"^\s*https?://(?:www\.)?orcid\.org/", re.IGNORECASE)
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_NOT_SHOWN = re.compile(r"[\s‐‑–-]")
"""Blanks and hyphens, which people write between the digits in many ways."""


class IdentifierError(ValueError):
    """An identifier that cannot be right.

    ``problem`` continues a sentence about it ("is not an ISBN: …"); ``hint`` says how to correct it;
    ``last_digit`` is the check digit that would be right, where that is all that is wrong.
    """

    def __init__(self, problem: str, hint: str, *, last_digit: str = "") -> None:
        self.problem = problem
        self.hint = hint
        self.last_digit = last_digit
        super().__init__(problem)


def bare_doi(text: str) -> str:
    """Return a DOI without the address of a resolver or the word doi in front."""
    return _DOI_PREFIX.sub("", text).strip()


def is_doi(text: str) -> bool:
    """Return whether the text has the form of a DOI (ISO 26324): a prefix that opens with 10., a slash and a suffix."""
    return bool(_DOI.fullmatch(text))


def read_doi(text: str) -> str:
    """Return the DOI in ``text`` without the address of a resolver.

    Raises:
        IdentifierError: it has not the form of a DOI.
    """
    bare = bare_doi(text)
    if not is_doi(bare):
        raise IdentifierError("is not a DOI", "a DOI begins with 10., for example 10.1212/WNL.43.4.655")
    return bare


def read_isbn(text: str) -> str:
    """Return the ISBN of 10 or 13 digits in ``text`` as it was typed, without the word ISBN.

    Raises:
        IdentifierError: it has not the form of an ISBN, or its check digit is wrong (ISO 2108).
    """
    typed = _ISBN_PREFIX.sub("", text).strip()
    digits = _NOT_SHOWN.sub("", typed).upper()
    form = "an ISBN has 13 digits (978-…), or 10 in older books"
    if not re.fullmatch(r"\d{9}[\dX]|97[89]\d{10}", digits):
        raise IdentifierError("is not an ISBN", form)
    try:
        isbn.validate(digits)
    except InvalidChecksum:
        right = ean.calc_check_digit(digits[:12]) if len(digits) == 13 else _last_of_isbn10(digits[:9])
        hint = f"the last digit should be {right}: compare with the title page"
        raise IdentifierError("is not an ISBN: its check digit is wrong", hint, last_digit=right) from None
    except ValidationError:
        raise IdentifierError("is not an ISBN", form) from None
    return typed


def _last_of_isbn10(digits: str) -> str:
    """Return the check digit of nine digits; python-stdnum derives it from the ISBN-13 of the same book."""
    return isbn.to_isbn10(f"978{digits}{ean.calc_check_digit(f'978{digits}')}")[-1]


def read_issn(text: str) -> str:
    """Return the ISSN in ``text`` as it was typed.

    Raises:
        IdentifierError: it has not the form of an ISSN, or its check digit is wrong (ISO 3297).
    """
    digits = _NOT_SHOWN.sub("", text).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        raise IdentifierError("is not an ISSN", "an ISSN has eight digits; it looks like 1234-5679")
    right = issn.calc_check_digit(digits[:7])
    if digits[7] != right:
        hint = f"the last digit should be {right}: compare with the journal"
        raise IdentifierError("is not an ISSN: its check digit is wrong", hint, last_digit=right)
    return text.strip()


def is_isbn(text: str) -> bool:
    """Return whether the text is an ISBN with the right check digit."""
    return _holds(read_isbn, text)


def is_issn(text: str) -> bool:
    """Return whether the text is an ISSN with the right check digit."""
    return _holds(read_issn, text)


def _holds(read: Callable[[str], str], text: str) -> bool:
    try:
        read(text)
    except IdentifierError:
        return False
    return True


def read_orcid(text: str) -> str:
    """Return the ORCID iD in ``text`` without the address of orcid.org.

    Raises:
        IdentifierError: it has not the form of an ORCID iD, or its last character is wrong (ISO 7064 MOD 11-2).
    """
    bare = _ORCID_PREFIX.sub("", text.strip()).upper()
    if not _ORCID.fullmatch(bare):
        raise IdentifierError("is not an ORCID iD", "write it as in 0000-0002-1825-0097")
    digits = bare.replace("-", "")
    right = mod_11_2.calc_check_digit(digits[:-1])
    if digits[-1] != right:
        problem = "is not an ORCID iD: its last character does not fit"
        raise IdentifierError(problem, "copy it from orcid.org again", last_digit=right)
    return bare
