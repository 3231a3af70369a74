"""Small rules of the source stage, each by itself."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from leaflet.errors import Location
from leaflet.files.value_checks import Invalid, isbn, language, orcid
from leaflet.model.document import Document, FieldReference, Paragraph, Text
from leaflet.model.metadata import Metadata
from leaflet.model.walk import clusters
from leaflet.source import check_keys, open_workspace, read_source, resolve
from leaflet.source import condition as conditions
from leaflet.source.links import check_link, fill_link
from leaflet.source.locators import split_locator, terms
from leaflet.source.typography import QUOTES, Typographer

MODULES = (
    "files.value_checks source.person_names source.locators source.links source.typography source.syntax.attributes "
    "source.syntax.brackets source.tree.sections source.tree.cells source.tree.images source.tree.roles "
    "source.heading_identifiers source.foreign_keys source.written_dates source.language_names source.reference_words formulas.rewrite"
)


@pytest.mark.parametrize("module", MODULES.split())
def test_the_examples_in_the_code_are_true(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"leaflet.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


# ---------------------------------------------------------------- values


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_of_ten_isbns_that_differ_in_the_check_digit_one_is_right(number: int) -> None:
    for body in (f"978{number:09d}", f"{number:09d}"):
        digits = "0123456789" if len(body) == 12 else "0123456789X"
        right = [digit for digit in digits if _accepts(isbn, body + digit)]
        assert len(right) == 1


@settings(deadline=None)
@given(st.integers(0, 999_999_999_999_999))
def test_of_eleven_orcids_that_differ_in_the_last_character_one_is_right(number: int) -> None:
    body = f"{number:015d}"
    spaced = "-".join((body[:4], body[4:8], body[8:12], body[12:]))
    assert sum(_accepts(orcid, spaced + digit) for digit in "0123456789X") == 1


def _accepts(check: object, text: str) -> bool:
    try:
        check(text)  # type: ignore[operator]
    except Invalid:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("EN-gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"), ("de-1996", "de-1996"), ("es-419", "es-419"), ("gsw", "gsw")],
)
def test_language_tags_get_their_usual_spelling(typed: str, tag: str) -> None:
    assert language(typed) == tag


@pytest.mark.parametrize("typed", ["english", "e", "en_GB", "xx", "en-UK", "", "en-", "12", "en GB"])
def test_what_is_no_language_tag_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="is not a language tag"):
        language(typed)


# ---------------------------------------------------------------- conditions

FIELDS = {"audience": "carer", "n": "5", "clinic.open": "true", "empty": "", "no": "no", "kinds": "a, b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("audience == 'carer'", True),
        ('audience != "carer"', False),
        ("n == 5 and clinic.open", True),
        ("clinic.open == True", True),
        ("empty or no", False),
        ("not empty", True),
        ("audience in ('nurse', 'carer')", True),
        ("audience not in ['nurse']", True),
        ("'a' in kinds and 'c' not in kinds", True),
        ("not (audience == 'carer' or n == 6)", False),
        ("n == '5' == n", True),
        ("missing == ''", True),
    ],
)
def test_conditions(text: str, expected: bool) -> None:
    assert conditions.holds(text, FIELDS) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "a.b()",
        "__import__('os')",
        "a[0]",
        "lambda: 1",
        "[x for x in a]",
        "f'{a}'",
        "a < 1",
        "a = 1",
        "a if b else c",
        "(" * 200,
        "a and",
        "'unclosed",
        "a\n==b; import os",
        "-a",
        "x" * 600,
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        conditions.check(text, {"a", "b", "c"})


@settings(deadline=None)
@given(st.text(alphabet="ab ='()[]andorti,!.\"\\", max_size=20))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        conditions.check(text, {"a", "b"})
    except Invalid:
        return
    assert conditions.holds(text, {"a": "x", "b": ""}) in {True, False}


# ---------------------------------------------------------------- locators


@pytest.mark.parametrize(
    ("suffix", "label", "value", "rest"),
    [
        (", pp. 33-35", "page", "33-35", ""),
        (" p. iv", "page", "iv", ""),
        (", 12", "page", "12", ""),
        (", 12ff. passim", "page", "12ff", ". passim"),
        (", chapters 3 and beyond", "chapter", "3", " and beyond"),
        (", ¶¶ 3–4", "paragraph", "3–4", ""),
        (", sub verbo 3", "sub-verbo", "3", ""),
        (", n. 3, emphasis added", "note", "3", ", emphasis added"),
        (", {chap. Two, end}, see", "chapter", "Two, end", ", see"),
        (", {A7}", "page", "A7", ""),
    ],
)
def test_locators(suffix: str, label: str, value: str, rest: str) -> None:
    found, left = split_locator(suffix, terms("en"))
    assert found is not None
    assert (found.label, found.value, left) == (label, value, rest)


@pytest.mark.parametrize(
    "suffix", ["", ", and so on", " A12", ", part of it", ", figures", ", note that", " {unclosed"]
)
def test_suffixes_without_a_locator_stay_whole(suffix: str) -> None:
    assert split_locator(suffix, terms("en")) == (None, suffix)


@settings(deadline=None)
@given(st.text(alphabet="p. 1iv,{}&-ch", max_size=25))
def test_a_locator_and_its_rest_lose_no_digit(suffix: str) -> None:
    found, rest = split_locator(suffix, terms("en"))
    digits = "".join(filter(str.isdigit, (found.value if found else "") + rest))
    assert digits == "".join(filter(str.isdigit, suffix))


# ---------------------------------------------------------------- links and typography


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_field_never_changes_where_a_link_leads(value: str) -> None:
    target = check_link("https://example.org/find?q={{ a }}&x=1#top", {"a": value})
    filled = fill_link(target, {"a": value})
    assert filled.startswith("https://example.org/find?q=")
    assert filled.endswith("&x=1#top")
    inner = filled.removeprefix("https://example.org/find?q=").removesuffix("&x=1#top")
    assert not set(inner) & set("&#?/:<>\"' ")


@settings(deadline=None, max_examples=300)
@given(lang=st.sampled_from(sorted(QUOTES)), text=st.text(alphabet="a \"'.-()5m", max_size=30))
def test_typography_leaves_no_straight_mark_and_is_done_once(lang: str, text: str) -> None:
    token = Token("text", "", 0, content=text)
    typographer = Typographer(lang)
    typographer.polish([token])
    assert '"' not in token.content
    assert "'" not in token.content
    again = Token("text", "", 0, content=token.content)
    typographer.polish([again])
    assert again.content == token.content


# ---------------------------------------------------------------- keys, variants, workspaces


def test_unknown_keys_are_located_with_a_suggestion(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text("---\ntitle: T\nnocite: '@nobody'\n---\nText [see @mandal2018; @ifnb1993] and @home.\n", "utf-8")
    document = read_source(source, open_workspace(source)).document
    assert [str(problem) for problem in check_keys(document, {"mandal2019", "ifnb1993"})] == [
        'x.md:5:11: "mandal2018" is in no bibliography\n  hint: did you mean "mandal2019"?',
        'x.md:5:39: "home" is in no bibliography\n  hint: write \\@home if this is no citation',
        'x.md:3:9: nocite: "nobody" is in no bibliography\n  hint: add the reference, or correct the key',
    ]
    assert [place.cluster.cites[0].key for place in clusters(document)] == ["mandal2018", "home"]


def test_resolving_shares_what_does_not_change() -> None:
    place = Location(file="x.md", line=1, column=1)
    steady = Paragraph(children=(Text(text="a"),))
    varying = Paragraph(children=(FieldReference(name="n", location=place),))
    document = Document(metadata=Metadata(title="T"), blocks=(steady, varying), source="x.md")
    resolved = resolve(document, {"n": "<b>"})
    assert resolved.blocks[0] is steady
    assert resolved.blocks[1] == Paragraph(children=(Text(text="<b>"),))


def test_the_workspace_is_the_nearest_folder_that_looks_like_one(tmp_path: Path) -> None:
    (tmp_path / "a" / "source" / "deep").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "leaflet.toml").write_text("", encoding="utf-8")
    assert open_workspace(tmp_path / "a" / "source" / "deep" / "x.md").root == tmp_path / "a"
    assert open_workspace(tmp_path / "b").root == tmp_path / "b"
    assert (open_workspace(tmp_path).shipped / "layouts").is_dir()
