"""Laws that hold for any reference: what is written reads back the same, and no text brings a reader down."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.bibliography import Format, check, merge, read_text, write
from leaflet.errors import SourceError
from leaflet.model.citation import Reference

WORDS = st.text(alphabet="abc XYZ äéßøŁ 012 &%$#_{}~^\\<>'’\"“”–—-:;.,?!@=()/", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
TEXTS = WORDS.filter(bool)
PLAIN = st.text(alphabet="abcdefghijXYZäéø", min_size=1, max_size=10)
FAMILIES = PLAIN.map(str.capitalize)
GIVENS = st.lists(FAMILIES, min_size=1, max_size=2).map(" ".join)
YEARS = st.integers(min_value=1000, max_value=2100)
DATES = st.one_of(
    st.builds(lambda year: {"date-parts": [[year]]}, YEARS),
    st.builds(lambda year, month: {"date-parts": [[year, month]]}, YEARS, st.integers(1, 12)),
    st.builds(
        lambda year, month, day: {"date-parts": [[year, month, day]]}, YEARS, st.integers(1, 12), st.integers(1, 28)
    ),
    st.builds(lambda year, later: {"date-parts": [[year], [year + later]]}, YEARS, st.integers(1, 9)),
    st.builds(lambda year, season: {"date-parts": [[year]], "season": season}, YEARS, st.integers(1, 4)),
    st.builds(lambda year: {"date-parts": [[year]], "circa": True}, YEARS),
    st.builds(lambda year: {"date-parts": [[-year]]}, YEARS),
    st.builds(lambda year: {"date-parts": [[year], [0]]}, YEARS),
)
NAMES = st.one_of(
    st.fixed_dictionaries({"family": FAMILIES, "given": GIVENS}),
    st.fixed_dictionaries({"family": FAMILIES, "given": GIVENS, "suffix": st.sampled_from(["Jr.", "III"])}),
    st.fixed_dictionaries(
        {"family": FAMILIES, "given": GIVENS, "dropping-particle": st.sampled_from(["von", "de la"])}
    ),
    st.fixed_dictionaries(
        {"family": FAMILIES, "given": GIVENS, "non-dropping-particle": st.sampled_from(["van", "van der", "d’"])}
    ),
    st.fixed_dictionaries({"literal": st.lists(FAMILIES, min_size=2, max_size=3).map(" ".join)}),
)
TYPES = [
    "article-journal",
    "book",
    "chapter",
    "report",
    "thesis",
    "webpage",
    "pamphlet",
    "article",
    "dataset",
    "map",
    "speech",
]
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES), "title": TEXTS},
    optional={
        "author": st.lists(NAMES, min_size=1, max_size=3),
        "editor": st.lists(NAMES, min_size=1, max_size=2),
        "issued": DATES,
        "container-title": TEXTS,
        "publisher": TEXTS,
        "volume": st.integers(1, 99).map(str),
        "page": st.sampled_from(["1-9", "e12", "33-34, 40"]),
        "URL": st.sampled_from(["https://example.org/a_b?c=d&e=%20#f", "https://example.org/~x"]),
        "DOI": st.just("10.5555/a_b(1)<2>"),
        "note": TEXTS,
        "abstract": TEXTS,
        "language": st.sampled_from(["en-GB", "de-DE", "en", "cy-GB"]),
    },
)


def reference(item: dict[str, Any], key: str = "k1") -> Reference:
    return Reference(id=key, item={"id": key, **item})


def back(item: dict[str, Any], kind: str) -> dict[str, Any]:
    text = write((reference(item),), kind)
    references, problems = read_text(text, kind, "back")
    assert problems == (), text
    assert len(references) == 1, text
    return dict(references[0].item)


@given(ITEMS, st.sampled_from(["csl-json", "csl-yaml"]))
@settings(max_examples=150, deadline=None)
def test_csl_formats_give_the_same_item_back(item: dict[str, Any], kind: str) -> None:
    assert back(item, kind) == {"id": "k1", **item}


def without_marks_of_case(item: dict[str, Any]) -> dict[str, Any]:
    """A .bib file tells straight from curly quotes and plain from protected capitals no more than TeX does."""
    text = (
        json.dumps(item, ensure_ascii=False)
        .replace('<span class=\\"nocase\\">', "<keep>")
        .replace("</span>", "</keep>")
    )
    evened: dict[str, Any] = json.loads(re.sub(r"</?keep>", "", text).replace("'", "’"))
    return evened


@given(ITEMS)
@settings(max_examples=200, deadline=None)
def test_biblatex_gives_the_same_item_back(item: dict[str, Any]) -> None:
    assert without_marks_of_case(back(item, "biblatex")) == without_marks_of_case({"id": "k1", **item})


@given(ITEMS)
@settings(max_examples=100, deadline=None)
def test_a_second_round_through_biblatex_changes_nothing(item: dict[str, Any]) -> None:
    once = back(item, "biblatex")
    assert back({key: value for key, value in once.items() if key != "id"}, "biblatex") == once


PLAIN_ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "report", "pamphlet", "webpage", "chapter"]), "title": GIVENS},
    optional={
        "author": st.lists(NAMES, min_size=1, max_size=3),
        "editor": st.lists(NAMES, min_size=1, max_size=2),
        "issued": DATES,
        "accessed": DATES,
        "container-title": GIVENS,
        "publisher": GIVENS,
        "page": st.sampled_from(["1-9", "e12", "33-34, 40"]),
        "URL": st.just("https://example.org/a_b"),
        "DOI": st.just("10.5555/a_b(1)"),
        "abstract": GIVENS,
    },
)


@given(PLAIN_ITEMS)
@settings(max_examples=150, deadline=None)
def test_ris_gives_the_same_item_back(item: dict[str, Any]) -> None:
    assert back(item, "ris") == {"id": "k1", **item}


FRAGMENTS = st.sampled_from(
    '@book{k, @article( } { " = , # title author date crossref xdata {\\ \\" \\emph \\\'e $ ^ _ ~ and 2001 \n @string{a = TY  - JOUR\n '
    'AU  - X\n ER  - \n ID  - PY  - - id: [ ] : & * \' {"id":"a"} null | > <i> </i> <span ... --- %'.split(" ")
)
SOUP = st.one_of(
    st.text(max_size=200), st.lists(FRAGMENTS, max_size=60).map(" ".join), st.lists(FRAGMENTS, max_size=60).map("".join)
)


@pytest.mark.parametrize("kind", list(Format))
@given(text=SOUP)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_brings_a_reader_down(kind: Format, text: str) -> None:
    references, problems = read_text(text, kind, "soup")
    merge([references, references])
    assert all(str(problem) for problem in (*problems, *check(references)))
    for target in Format:
        write(references, target).encode("utf-8")


@given(text=SOUP)
@settings(max_examples=100, deadline=None)
def test_a_text_of_unknown_kind_is_read_or_refused(text: str) -> None:
    with suppress(SourceError):
        references, _ = read_text(text, None, "soup")
        assert all(reference.location for reference in references)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "author", "issued", "date-parts", "title", "family"]), inner, max_size=4
        )
    ),
    max_leaves=15,
)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_no_json_brings_a_writer_down(value: Any) -> None:
    references, _ = read_text(json.dumps([value]), "csl-json", "x")
    check(references)
    for target in Format:
        write(references, target).encode("utf-8")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("biblatex", "@book{a, title = " + "{" * 5000 + "}" * 5000 + "}"),
        ("biblatex", "@book{a, title = {" + "\\emph{" * 3000 + "x" + "}" * 3000 + "}}"),
        ("biblatex", "@book{a, title = {" + "\\'" * 5000 + "}}"),
        ("biblatex", "".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(500))),
        ("csl-json", "[" * 20000),
        ("csl-yaml", "[" * 3000),
        (
            "csl-yaml",
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
            + "id: *j\n",
        ),
        ("ris", "TY  - JOUR\n" + "x" * 100000 + "\nER  - \n"),
    ],
    ids=["braces", "commands", "accents", "crossrefs", "json", "yaml", "aliases", "long line"],
)
def test_hostile_files_end_in_bounded_time(kind: str, text: str) -> None:
    references, problems = read_text(text, kind, "hostile")
    assert references or problems
