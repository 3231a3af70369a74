"""Published examples of the manuals, compared with what leaflet prints: ``python tests/citations/manuals.py``.

Each file of ``manuals/`` holds one manual, and says where its examples can be read (``from``). An example has a
reference as a user would enter it (``item``, or ``bib`` or ``ris`` with the text of such a file), the cites, the printed string with its italics, and its place in the source; where
leaflet prints something else it has the reason (``differs``), never another string, and says whether no field holds what
is missing (``unexpressed``), or whether the source contradicts its manual (``slip``). Sources without italics are compared without them (``plain``). The command writes the table
of ``docs/citation-manuals.md``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from leaflet.bibliography import read_text
from leaflet.citations import CitationCaches, CitationProcessor

CACHES = CitationCaches()
FOLDER = Path(__file__).parent / "manuals"
LEAFLET = Path(__file__).parents[1] / "pipeline"
"""Folder of what a leaflet's own box and its citations print; the tests there build leaflets that print it."""
PAGE = Path(__file__).parents[2] / "docs" / "citation-manuals.md"
NAMES = (
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "director",
    "editor",
    "executive-producer",
    "guest",
    "host",
    "interviewer",
    "narrator",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
)
DATES = ("issued", "accessed", "original-date", "event-date", "submitted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One published example."""

    manual: str
    style: str
    lang: str
    kind: str
    source: str
    items: tuple[dict[str, Any], ...]
    clusters: tuple[dict[str, Any], ...]
    prints: str
    differs: str
    unexpressed: bool
    slip: bool
    plain: bool
    origin: str

    @property
    def name(self) -> str:
        return f"{self.manual}: {self.source}"

    def printed(self) -> str:
        """Return what leaflet prints for the example: the last of its citations, or its entry in the list."""
        processor = CitationProcessor(self.style, self.items, self.lang, caches=CACHES)
        if self.kind == "list":
            entries = processor.process([], nocite=[item["id"] for item in self.items]).bibliography
            return self._read(next((entry.html for entry in entries if entry.id == self.items[0]["id"]), ""))
        return self._read(processor.process(self.clusters, nocite=[item["id"] for item in self.items]).citations[-1])

    def _read(self, html: str) -> str:
        text = _plain(html)
        return re.sub(r"</?i>", "", text) if self.plain else text


def examples() -> Iterator[Example]:
    """Yield the examples of all manuals."""
    for file in sorted(FOLDER.glob("*.yaml")):
        data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        works = {str(entry["source"]): _entered(str(entry["source"]), entry) for entry in data.get("list", ())}
        works |= {key: _item(key, fields) for key, fields in data.get("works", {}).items()}
        for kind in ("list", "text"):
            for entry in data.get(kind, ()):
                yield _example(data, kind, entry, works)


def _example(
    data: Mapping[str, Any], kind: str, entry: Mapping[str, Any], works: Mapping[str, dict[str, Any]]
) -> Example:
    if kind == "list":
        items: tuple[dict[str, Any], ...] = (
            _entered("x", entry),
            *(works[key] for key in entry.get("beside", ())),
        )
        clusters: tuple[dict[str, Any], ...] = ()
    else:
        clusters = tuple(_cluster(cluster) for cluster in entry["cites"])
        keys = [cite["id"] for cluster in clusters for cite in cluster["citationItems"]]
        items = tuple(works[key] for key in dict.fromkeys([*keys, *entry.get("beside", ())]))
    return Example(
        manual=data["manual"],
        style=data["style"],
        lang=data["lang"],
        kind=kind,
        source=str(entry["source"]),
        items=items,
        clusters=clusters,
        prints=entry["prints"],
        differs=entry.get("differs", ""),
        unexpressed=bool(entry.get("unexpressed")),
        slip=bool(entry.get("slip")),
        plain=bool(entry.get("plain", data.get("plain"))),
        origin=str(entry.get("from", data["from"])),
    )


def _entered(key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reference of an example, whose text in a format of files is read as such a file."""
    for field, kind in (("bib", "biblatex"), ("ris", "ris")):
        if field in entry:
            references, problems = read_text(entry[field], kind, f"{entry['source']}.{field}")
            assert not problems, problems
            return {**references[0].item, "id": key}
    return _item(key, entry["item"])


def _item(key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return CSL-JSON of the files' short form: “Family, Given | Organisation” for names, ISO days for dates."""
    item: dict[str, Any] = {"id": key}
    for name, value in fields.items():
        if name in NAMES:
            item[name] = [_name(person.strip()) for person in str(value).split(" | ")]
        elif name in DATES:
            item[name] = _date(str(value))
        else:
            item[name] = str(value)
    return item


def _name(text: str) -> dict[str, str]:
    """Return a name; “Family, Given, Jr.” has a suffix, “Organisation = Org” an abbreviation."""
    if ", " in text and not text.startswith("{"):
        family, given, *suffix = text.split(", ")
        return {"family": family, "given": given} | ({"suffix": suffix[0]} if suffix else {})
    literal, _, short = text.strip("{}").partition(" = ")
    return {"literal": literal} | ({"short": short} if short else {})


def _date(text: str) -> dict[str, Any]:
    if not re.fullmatch(r"(?:circa )?-?\d+(?:-\d+){0,2}(?:/-?\d+(?:-\d+){0,2})?", text):
        return {"raw" if re.match(r"(?:Spring|Summer|Autumn|Fall|Winter) \d", text) else "literal": text}
    circa = text.startswith("circa ")
    ends = text.removeprefix("circa ").split("/")
    parts = [[int(part) for part in re.findall(r"^-?\d+|(?<=\d-)\d+", end)] for end in ends]
    return {"date-parts": parts} | ({"circa": True} if circa else {})


def _cluster(text: str) -> dict[str, Any]:
    """Return a cluster of “@key” (narrative) or “[prefix @key, label locator; @key]”, as a source has it."""
    if text.startswith("@"):
        key, _, locator = text[1:].partition(" ")
        return {
            "citationItems": [_cite(f"@{key}, {locator}" if locator else f"@{key}")],
            "properties": {"mode": "composite", "as-written": True},
        }
    return {"citationItems": [_cite(part) for part in text.strip("[]").split("; ")], "properties": {"as-written": True}}


_LABELS = {
    "p.": "page",
    "pp.": "page",
    "chapter": "chapter",
    "para.": "paragraph",
    "section": "section",
    "time": "timestamp",
    "volume": "volume",
}


def _cite(text: str) -> dict[str, Any]:
    prefix, _, rest = text.partition("@")
    key, _, locator = rest.partition(", ")
    cite: dict[str, Any] = {"id": key, "prefix": prefix.removesuffix("-")}
    if prefix.endswith("-"):
        cite["suppress-author"] = True
    label, _, place = locator.partition(" ")
    if label in _LABELS:
        cite |= {"label": _LABELS[label], "locator": place}
    elif locator:
        cite["suffix"] = f", {locator}"
    return cite


def _plain(html: str) -> str:
    """Return the entry with its italics as they look: what is upright within italics ends and begins them again."""
    html = re.sub(r'<span style="font-style:normal;?">(.*?)</span>', r"</i>\1<i>", html)
    html = re.sub(r"( *)</i>", r"</i>\1", re.sub(r"<i>( *)</i>", r"\1", html))
    return unescape(re.sub(r"</?(?:span|div)\b[^>]*>", "", html)).strip().replace("\u202f", " ")


def table(found: Sequence[tuple[Example, str]]) -> str:
    """Return the tables of the numbers, of the sources and of the differences as Markdown."""
    lines = [
        "| manual | | examples | equal | no field holds it | source against its manual | equal of the others |",
        "|---|---|---|---|---|---|---|",
    ]
    for manual in dict.fromkeys(example.manual for example, _ in found):
        for kind, name in (("list", "in the list"), ("text", "in the text")):
            lines += _numbers(
                manual, name, [pair for pair in found if pair[0].manual == manual and pair[0].kind == kind]
            )
    lines += ["", "## Where they can be read", "", "| manual | source | examples |", "|---|---|---|"]
    for (manual, origin), count in Counter((example.manual, example.origin) for example, _ in found).items():
        lines.append(f"| {manual} | {origin} | {count} |")
    lines += [
        "",
        "## Examples that differ",
        "",
        "| example | published | leaflet prints | reason |",
        "|---|---|---|---|",
    ]
    for example, printed in found:
        if printed != example.prints:
            cells = (example.name, example.prints, printed, example.differs or "not explained yet")
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _numbers(manual: str, name: str, found: Sequence[tuple[Example, str]]) -> list[str]:
    if not found:
        return []
    equal = sum(printed == example.prints for example, printed in found)
    unexpressed = sum(example.unexpressed for example, _ in found)
    slips = sum(example.slip for example, _ in found)
    others = len(found) - unexpressed - slips
    cells = (manual, name, len(found), equal, unexpressed, slips, f"{equal / others:.1%}".replace("%", " %"))
    return [f"| {' | '.join(map(str, cells))} |"]


BOX = {
    "apa": "A brochure is a book: its version in parentheses and its kind in brackets behind the title (9.22, 10.2); a "
    "publisher that is the author is left out (9.29).",
    "mla": "A pamphlet is a book: version, publisher and date, and its kind at the end (5.105); three authors are “et al.” "
    "(5.8), and an organisation that publishes its own work is the publisher only (5.19).",
    "chicago": "A pamphlet is a book without its place (14.220); the kind and the version follow the title.",
    "harvard": "A leaflet has its title in italics and “[Leaflet]” behind it, as the manual's page on leaflets has it.",
}
"""The rule of each manual for pamphlets and brochures."""


def box() -> str:
    """Return tables of the line that the cite box prints for a leaflet, one for each style beside its manual's rule."""
    lines = YAML(typ="safe", pure=True).load((LEAFLET / "cite_box_lines.yaml").read_text(encoding="utf-8"))
    parts = []
    for style, rule in BOX.items():
        rows = [
            f"| {who} | {lang} | {styles[style]} |" for who, langs in lines.items() for lang, styles in langs.items()
        ]
        parts += [f"{rule}\n\n| by | language | `{style}` |\n|---|---|---|\n" + "\n".join(rows)]
    return "\n\n".join(parts)


CITED = (
    "two authors, in the sentence",
    "in parentheses, two works",
    "from second hand",
    "one author in one year, the first",
    "the second",
    "a namesake",
    "an organisation with an abbreviation, in the sentence",
    "the same again",
    "a reprint",
    "behind a quotation",
    "in the sentence, with a page",
)
NOTED = tuple(f"note {number}" for number in range(1, 11))


def forms() -> str:
    """Return tables of what citations print in five languages, one for each style."""
    found = YAML(typ="safe", pure=True).load((LEAFLET / "in_text_forms.yaml").read_text(encoding="utf-8"))
    parts = []
    for style in next(iter(found.values())):
        names = NOTED if style == "chicago-notes" else CITED
        columns = [found[lang][style] for lang in found]
        rows = [f"| {' | '.join(row)} |" for row in zip(names, *columns, strict=True)]
        head = f"| `{style}` | {' | '.join(found)} |\n|{'---|' * (len(found) + 1)}\n"
        parts.append(head + "\n".join(rows))
    return "\n\n".join(parts)


HEAD = """# Published examples of the manuals

References as a user would enter them, and the strings that test documents of the manuals and guides of libraries publish
for them, compared to the comma and the italics; pages that are stored without italics are compared without them.
`python tests/citations/manuals.py` writes this page from `tests/citations/manuals/`; a published string is never changed
to fit, and every difference has its reason. Facts follow the source, its misspellings included.

"""
OWN = """
## A leaflet in its own cite box

By a person, two, three and an organisation that publishes it, with a version, in five languages. The line of each is read from
the leaflet that `tests/pipeline/test_cite_box_lines.py` builds.

{box}

## Citations in a text and in its notes

Those of the source in `tests/pipeline/test_in_text_forms.py`, as it prints them. The words “as cited in” and “see” are the
author's own.

{forms}
"""
FOOT = """
## Equal the first time

Of the examples that were entered in November 2026 for lists of Chicago and Cite Them Right and for texts of MLA, before
anything was mended for them. Sources that still have the 17th edition of Chicago are among them.

| manual | | new examples | equal at once |
|---|---|---|---|
| Chicago 18, author-date | in the list | 45 | 13 |
| Chicago 18, notes | in the list | 74 | 35 |
| Cite Them Right 12 | in the list | 30 | 18 |
| MLA 9 | in the text | 51 | 37 |

18 more of the list of Chicago's author-date style were entered after the mending, from a test document of the 17th edition.
None was equal: 16 differ by what the 18th edition changed, and two by what no field holds. One of them showed besides that
the author of a chapter was named again for its book, which was mended.

A second set, from guides that were not used before, was entered later in November 2026, the lists mostly as files of
BibLaTeX and RIS. “Of the others” leaves out, as above, what no field holds and where the guide contradicts its manual.

| manual | | new examples | equal at once | of the others |
|---|---|---|---|---|
| APA 7 | in the list | 50 | 33 | 33 of 35 |
| MLA 9 | in the list | 51 | 30 | 30 of 40 |
| Cite Them Right 12 | in the list | 42 | 25 | 25 of 27 |
| Chicago 18, author-date | in the list | 10 | 6 | 6 of 6 |
| Chicago 18, author-date | in the text | 32 | 30 | 30 of 30 |
| Chicago 18, notes | in the list | 7 | 5 | 5 of 5 |
| Chicago 18, notes | in the text | 32 | 21 | 21 of 21 |

For Chicago's author-date style no further guide to the 18th edition could be reached. The tests of pandoc 3.9 print the same
edition (its default style is the official one of August 2025): of their 50 entries in lists 43 were equal at once to what the
corrected style prints. Of the others, two shorten years as the manual does (9.66, “1987–88”), one leaves out the pages of a
magazine as the manual's own guide does, and four stand in another order, in which this engine and citeproc-js agree.

Mended for all of their kind: addresses in MLA without “https://”, who uploaded a video, editions of newspapers, reviews
without a title, one editor under two tags of RIS; straight quotation marks in BibLaTeX, the repository of a thesis, numbers
of articles in digits, “2022–present” in APA; subtitles that begin small and “NG189” in Cite Them Right; in Chicago the place
of a meeting before its day, the number of an interview, applications for patents, a comma behind a day without its year.

A third set came last, from guides that had not been used before; the lists again mostly as files of BibLaTeX and RIS.

| manual | | new examples | equal at once | of the others |
|---|---|---|---|---|
| APA 7 | in the list | 20 | 17 | 17 of 18 |
| APA 7 | in the text | 9 | 8 | 8 of 8 |
| MLA 9 | in the list | 14 | 11 | 11 of 11 |
| MLA 9 | in the text | 8 | 8 | 8 of 8 |
| Cite Them Right 12 | in the list | 14 | 10 | 10 of 11 |
| Chicago 18, author-date | in the list | 3 | 2 | 2 of 2 |
| Chicago 18, notes | in the list | 2 | 1 | 1 of 1 |

The two that differed were the number “Pub. L. No. 111-2” of a law, whose kind was printed twice, and the subtitle “BERT:
Pre-training”; both were mended for all of their kind, and so were ranges of sections of a law.

The examples of Chicago that had been set aside were then read again one by one. Sixteen were no contradictions: pages that follow a
lone volume without a space and a lone issue behind a comma (14.74, which CSL alone cannot say), the volume of a series of a
journal without “vol.”, the title of a work just cited in notes (13.37), and short titles that a field holds. They are printed
as published now.

Five more of the set for Cite Them Right were left out: they print a DOI as the 11th edition does, as others of their source do.
65 more entries of a guide to Chicago, which were not entered, were tried. Two were equal: the guide keeps the 17th edition’s
places of publication, repeated years and “no.” in the author-date style, or contradicts both editions. They showed three of
the faults above.
"""


def main() -> int:
    """Write the page; return 1 where a difference has no reason."""
    found = [(example, example.printed()) for example in examples()]
    text = table(found)
    own = OWN.format(box=box(), forms=forms())
    PAGE.write_text(f"{HEAD}{text}\n{own}{FOOT}", encoding="utf-8")
    sys.stdout.write(f"{text}\n")
    return int(any(printed != example.prints and not example.differs for example, printed in found))


if __name__ == "__main__":
    sys.exit(main())
