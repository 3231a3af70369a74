"""Reads what leaflet writes with parsers that are not ours, and says field by field whether the item came back.

    LEAFLET_IMPORTERS=node_modules LEAFLET_PANDOC=pandoc python tests/importers/read_back.py FOLDER NAME

FOLDER holds NAME.html, .bib, .ris and .csl.json. The node_modules folder holds the npm packages html-metadata (with
which Wikipedia reads pages that its editors cite) and citation-js; the Python packages extruct and rispy are used where
they are installed. What is not there is left out. Development only: none of these is a dependency.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

HERE = Path(__file__).parent
FIELDS = ("title", "authors", "date", "publisher", "language", "doi", "url", "isbn", "keywords", "abstract")
Found = dict[str, Any]
Reader = Callable[[Path], Found]


def expected(folder: Path, name: str) -> Found:
    """The item as the CSL-JSON file beside the page has it."""
    return of_csl(json.loads((folder / f"{name}.csl.json").read_text(encoding="utf-8"))[0])


def readers() -> dict[tuple[str, str], tuple[str, Reader]]:
    """Every parser that is there, by its name and what it reads: the suffix of its file, and how to read that."""
    found: dict[tuple[str, str], tuple[str, Reader]] = {}
    modules = os.environ.get("LEAFLET_IMPORTERS")
    if modules and shutil.which("node"):
        for part in ("highwirePress", "dublinCore", "coins", "jsonLd"):
            found["html-metadata", part] = (".html", _html_metadata(modules, part))
        for suffix in (".bib", ".ris", ".csl.json"):
            found["citation-js", suffix] = (suffix, _citation_js(modules))
    pandoc = os.environ.get("LEAFLET_PANDOC") or shutil.which("pandoc")
    if pandoc:
        known = subprocess.run(
            [pandoc, "--list-input-formats"], capture_output=True, text=True, check=True
        ).stdout.split()
        for suffix, kind in ((".bib", "biblatex"), (".ris", "ris"), (".csl.json", "csljson")):
            if kind not in known:
                continue  # RIS came with pandoc 2.19
            found["pandoc", suffix] = (suffix, _pandoc(pandoc, kind))
    if find_spec("extruct"):
        found["extruct", "jsonLd"] = (".html", _extruct("json-ld"))
        found["extruct", "dublinCore"] = (".html", _extruct("dublincore"))
    if find_spec("rispy"):
        found["rispy", ".ris"] = (".ris", _rispy)
    found["bibtexparser", ".bib"] = (".bib", _bibtexparser)
    return found


def verdict(wanted: Found, found: Found, field: str) -> str:
    """``same``, ``part`` (what is told is right but shorter), ``none`` or ``differs``."""
    left, right = wanted.get(field), found.get(field)
    if not left:
        return "same" if not right else "more"
    if not right:
        return "none"
    if left == right:
        return "same"
    shorter = field == "date" and str(left).startswith(str(right))
    return "part" if shorter else "differs"


# ---------------------------------------------------------------- what each parser says, in one form


def of_csl(item: Mapping[str, Any]) -> Found:
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    return {
        "title": _plain(item.get("title", "")),
        "authors": [_name(name) for name in item.get("author", [])],
        "date": "-".join(f"{int(part):02d}" for part in issued),
        "publisher": item.get("publisher"),
        "language": item.get("language"),
        "doi": item.get("DOI"),
        "url": item.get("URL"),
        "isbn": item.get("ISBN"),
        "keywords": _words(item.get("keyword")),
        "abstract": item.get("abstract"),
    }


def _name(name: Mapping[str, str]) -> str:
    family = " ".join(name[part] for part in ("non-dropping-particle", "dropping-particle", "family") if name.get(part))
    given = " ".join(name[part] for part in ("given", "suffix") if name.get(part))
    return name.get("literal") or ", ".join(part for part in (family, given) if part)


def _plain(text: str) -> str:
    """A title without CSL's marks of protected words, and with quotation marks as they were typed."""
    return re.sub(r'<span class="nocase">|</span>', "", text).translate(str.maketrans("“”’", '""\''))


def _words(text: str | list[str] | None) -> list[str]:
    listed = text if isinstance(text, list) else re.split(r"\s*[;,]\s*", text or "")
    return [word for word in listed if word]


def _list(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _output(*command: str) -> Any:
    shown = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return json.loads(shown.stdout)


def _three_parts(name: str, family: int, given: int, suffix: int) -> str:
    """A name whose format gives a suffix a comma of its own."""
    parts = name.split(", ")
    return f"{parts[family]}, {parts[given]} {parts[suffix]}" if len(parts) == 3 else name


def _html_metadata(modules: str, part: str) -> Reader:
    forms = {"highwirePress": _highwire, "dublinCore": _dublin_core, "coins": _coins, "jsonLd": _json_ld}

    def read(file: Path) -> Found:
        return forms[part](_output("node", str(HERE / "readers.js"), modules, "html", str(file))[part])

    return read


def _highwire(tags: Mapping[str, Any]) -> Found:
    return {
        **{field: tags.get(field) for field in ("title", "publisher", "language", "doi", "isbn", "abstract")},
        "title": _plain(tags["title"]),
        "authors": _list(tags.get("author")),
        "date": tags.get("publication_date", "").replace("/", "-"),
        "url": tags.get("public_url"),
        "keywords": _words(tags.get("keywords")),
    }


def _dublin_core(tags: Mapping[str, Any]) -> Found:
    identifiers = _list(tags.get("identifier"))
    return {
        "title": _plain(tags["title"]),
        "authors": _list(tags.get("creator")),
        "date": tags.get("date"),
        "publisher": tags.get("publisher"),
        "language": tags.get("language"),
        "abstract": tags.get("description"),
        "keywords": _list(tags.get("subject")),
        "doi": next((text.removeprefix("doi:") for text in identifiers if text.startswith("doi:")), None),
        "isbn": next((text.removeprefix("urn:isbn:") for text in identifiers if text.startswith("urn:")), None),
        "url": next((text for text in identifiers if text.startswith("http")), None),
    }


def _coins(objects: list[Mapping[str, Any]]) -> Found:
    rft = objects[0]["rft"]
    own = objects[0].get("rft_id", "")
    return {
        "title": _plain(rft["title"]),
        "authors": _list(rft.get("au")) + _list(rft.get("aucorp")),
        "date": rft.get("date"),
        "publisher": rft.get("publisher"),
        "language": rft.get("language"),
        "abstract": rft.get("description"),
        "url": rft.get("identifier"),
        "doi": unquote(own).removeprefix("info:doi/") if own.startswith("info:doi") else None,
    }


def _json_ld(data: Mapping[str, Any]) -> Found:
    glue = " " if data["headline"].endswith(("?", "!")) else ": "
    title = glue.join(part for part in (data["headline"], data.get("alternativeHeadline")) if part)
    identifiers = {one["propertyID"]: one["value"] for one in data.get("identifier", [])}
    return {
        "title": _plain(title),
        "authors": [_linked_name(person) for person in data.get("author", [])],
        "date": data.get("dateModified") or data.get("datePublished"),
        "publisher": data.get("publisher", {}).get("name"),
        "language": data.get("inLanguage"),
        "abstract": data.get("description"),
        "keywords": data.get("keywords"),
        "url": data.get("url"),
        "doi": identifiers.get("doi"),
        "isbn": identifiers.get("isbn"),
    }


def _linked_name(person: Mapping[str, str]) -> str:
    given = " ".join(person[part] for part in ("givenName", "honorificSuffix") if person.get(part))
    return ", ".join(part for part in (person.get("familyName"), given) if part) or person["name"]


def _extruct(syntax: str) -> Reader:
    def read(file: Path) -> Found:
        import extruct

        found = extruct.extract(file.read_text(encoding="utf-8"), syntaxes=[syntax])[syntax]
        if syntax == "json-ld":
            return _json_ld(found[0])
        tags: dict[str, list[str]] = {}
        for element in found[0]["elements"]:
            tags.setdefault(element["name"].rpartition(".")[2], []).append(element["content"])
        single = ("title", "date", "publisher", "language", "description")
        return _dublin_core({name: texts[0] if name in single else texts for name, texts in tags.items()})

    return read


def _citation_js(modules: str) -> Reader:
    return lambda file: of_csl(_output("node", str(HERE / "readers.js"), modules, "cite", str(file))[0])


def _pandoc(program: str, kind: str) -> Reader:
    return lambda file: of_csl(_output(program, "-f", kind, "-t", "csljson", str(file))[0])


def _rispy(file: Path) -> Found:
    import rispy

    (item,) = rispy.loads(file.read_text(encoding="utf-8"))
    return {
        "title": _plain(item.get("title") or item.get("primary_title", "")),
        "authors": [_three_parts(name, 0, 1, 2) for name in item.get("authors", [])],
        "date": item.get("date", item.get("year", "")).strip("/").replace("/", "-"),
        "publisher": item.get("publisher"),
        "language": item.get("language"),
        "doi": item.get("doi"),
        "url": _list(item.get("urls"))[0] if item.get("urls") else None,
        "isbn": item.get("issn"),
        "keywords": item.get("keywords"),
        "abstract": item.get("abstract") or item.get("notes_abstract"),
    }


def _bibtexparser(file: Path) -> Found:
    from bibtexparser import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware, NormalizeFieldKeys, SeparateCoAuthors

    middlewares = [NormalizeFieldKeys(), LatexDecodingMiddleware(), SeparateCoAuthors()]
    (entry,) = parse_string(file.read_text(encoding="utf-8"), append_middleware=middlewares).entries
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    return {
        "title": _plain(re.sub(r"[{}]", "", fields["title"])),
        "authors": [_three_parts(re.sub(r"[{}]", "", name), 0, 2, 1) for name in fields.get("author", [])],
        "date": fields.get("date"),
        "publisher": next((fields[key] for key in ("publisher", "institution", "howpublished") if key in fields), None),
        "language": {"british": "en-GB", "american": "en-US"}.get(fields.get("langid", ""), fields.get("langid")),
        **{field: fields.get(field) for field in ("doi", "url", "isbn", "abstract")},
        "keywords": _words(fields.get("keywords")),
    }


def main() -> None:
    """Print one line for each parser and each kind of data."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    wanted = expected(folder, name)
    for (parser, what), (suffix, read) in readers().items():
        found = read(folder / f"{name}{suffix}")
        verdicts = {field: verdict(wanted, found, field) for field in FIELDS}
        same = [field for field, word in verdicts.items() if word == "same"]
        rest = [f"{field}: {word}" for field, word in verdicts.items() if word != "same"]
        print(f"{parser:14} {what:14} {len(same)} of {len(FIELDS)} the same  {'; '.join(rest)}")  # noqa: T201
        for field, word in verdicts.items():
            if word in ("differs", "more", "part"):
                print(f"{'':30}{field}: {wanted.get(field)!r} | {found.get(field)!r}")  # noqa: T201


if __name__ == "__main__":
    main()
