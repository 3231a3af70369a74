"""Reader of BibTeX and BibLaTeX files, which are split into entries with their places, macros expanded and parents' fields inherited."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator

from msgspec import Struct, field

from leaflet.bibliography.bibtex_entry import BibtexEntry
from leaflet.bibliography.bibtex_inherit import NEVER_INHERITED, renamed
from leaflet.bibliography.bibtex_item import to_item
from leaflet.bibliography.formats import Particles
from leaflet.bibliography.latex_text import balanced
from leaflet.errors import Location, Problem, Severity
from leaflet.files import MONTHS
from leaflet.model.citation import Reference

_PIECE = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"{}\\]|\\.|\{(?:[^{}]|\{[^{}]*\})*\})*")|(?P<number>-?\d[^\s"{}#,=]*)|(?P<macro>[^\s"{}#,=%\'()]+))\s*',
    re.DOTALL,
)
_FAILED_KEY = re.compile(r"@\s*\w*\s*[{(]\s*([^\s,{}=]+)\s*,")
LONGEST_VALUE = 1_000_000
"""In letters: a value that is longer comes from macros that contain each other."""
_COMMENTARY = re.compile(r"@commentary(?=\s*[{(])", re.IGNORECASE)
_STAND_IN = "leafletcommentary"


class _File(Struct, kw_only=True):
    """Content of one file, split into entries that are not yet converted."""

    name: str
    entries: dict[str, object] = field(default_factory=dict)
    macros: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, line: int | None) -> Location:
        # bibtexparser counts lines from 0.
        return Location(file=self.name, line=None if line is None else line + 1)

    def add(self, message: str, line: int | None, *, hint: str | None = None, error: bool = True) -> None:
        severity = Severity.ERROR if error else Severity.WARNING
        self.problems.append(Problem(message=message, location=self.at(line), hint=hint, severity=severity))


def read_bibtex(
    text: str, name: str, wanted: Collection[str] | None = None, *, particles: Particles = Particles.KEEP
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return the references of a .bib file and what is wrong with it.

    With ``wanted``, only the entries of those keys are converted; the rest cost no more than being split off.
    """
    wanted = None if wanted is None else frozenset(wanted)
    file = _split(text, name, wanted)
    references: list[Reference] = []
    resolver = _Resolver(file)
    for key in file.entries:
        if wanted is not None and key not in wanted and wanted.isdisjoint(_aliases_of(file.entries[key])):
            continue
        entry = resolver.entry(key)
        if entry.type in ("xdata", "set"):
            if entry.type == "set":
                _refuse_set(file, entry)
            continue
        item, problems = to_item(entry, particles)
        file.problems += problems
        aliases = _listed(entry.fields.get("ids", ""))
        references.append(Reference(id=key, item=item, location=entry.location, aliases=aliases))
    return tuple(references), tuple(file.problems)


def _aliases_of(block: object) -> tuple[str, ...]:
    """Return the keys in ``ids``, which the manual calls "citation key aliases for the main citation key"."""
    fields = block.fields  # type: ignore[attr-defined]
    return next((_listed(str(each.value).strip('{}"')) for each in fields if each.key.strip().lower() == "ids"), ())


def _listed(keys: str) -> tuple[str, ...]:
    return tuple(key for part in keys.split(",") if (key := part.strip()))


def _refuse_set(file: _File, entry: BibtexEntry) -> None:
    file.problems.append(
        Problem(
            message=f"{entry.key}: a set of entries is not one source, so it was left out",
            location=entry.location,
            hint="cite the members one by one: [@one; @two]",
            severity=Severity.WARNING,
        )
    )


def _split(text: str, name: str, wanted: Collection[str] | None) -> _File:
    # The first import also sets up the parser's log, which would otherwise print what we report ourselves.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    file = _File(name=name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # The parser takes every @comment… for a comment, biblatex's @commentary included.
    text = _COMMENTARY.sub("@" + _STAND_IN, text)
    for block in Splitter(text).split().blocks:
        if isinstance(block, model.DuplicateFieldKeyBlock):
            repeated = ", ".join(sorted(block.duplicate_keys))
            entry = block.ignore_error_block
            if isinstance(entry, model.Entry):
                file.add(f"{entry.key}: {repeated} is given twice; the first is used", block.start_line, error=False)
                _keep(file, entry)
        elif isinstance(block, model.DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, model.Entry):
            _keep(file, block.ignore_error_block)
        elif isinstance(block, model.DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, model.String):
            _define(file, block.key, block.ignore_error_block.value, block.start_line)
        elif isinstance(block, model.ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", "")
            _report_failed(file, block.raw or "", block.start_line, reason, wanted)
        elif isinstance(block, model.String):
            _define(file, block.key, block.value, block.start_line)
        elif isinstance(block, model.Entry):
            _keep(file, block)
    return file


def _keep(file: _File, block: object) -> None:
    key, line = block.key.strip(), block.start_line  # type: ignore[attr-defined]
    if not key:
        file.add("an entry has no key", line, hint="write @book{key, ...}")
        return
    if key in file.entries:
        first = file.at(file.entries[key].start_line)  # type: ignore[attr-defined]
        file.add(
            f"{key}: this key was already used at line {first.line}; the later entry is used", line, error=False,
            hint="give one of the two another key",
        )  # fmt: skip
    file.entries[key] = block


def _report_failed(file: _File, raw: str, line: int | None, reason: str, wanted: Collection[str] | None) -> None:
    """Report an entry that cannot be split. It stops a build only when it may be one that is cited."""
    match = _FAILED_KEY.match(raw.lstrip())
    key = match[1] if match else None
    reason = reason.replace("`", '"').strip().rstrip(".") or "it does not end"
    cause = "braces or quotes do not close" if "end of file" in reason or "block start" in reason else reason
    file.add(
        f"{key or 'an entry'}: cannot be read: {cause[0].lower()}{cause[1:]}",
        line,
        hint="each entry is @type{key, field = {value}, ...}; every { needs its }",
        error=wanted is None or key is None or key in wanted,
    )


def _define(file: _File, name: str, value: str, line: int | None) -> None:
    file.macros[name.strip().lower()] = _value(file, value, name, line)


def _value(file: _File, raw: str, key: str, line: int | None) -> str:
    """Return a field's value without its delimiters, its pieces joined and its macros expanded."""
    if raw[:1] == "{" and raw[-1:] == "}" and raw.count("{") == 1:
        return raw[1:-1]
    pieces: list[str] = []
    length = 0
    for piece in _pieces(file, raw, key, line):
        length += len(piece)
        if length > LONGEST_VALUE:
            file.add(
                f"{key}: the value grows beyond {LONGEST_VALUE:,} letters by its macros", line,
                hint="look for an @string that is made of itself several times",
            )  # fmt: skip
            break
        pieces.append(piece)
    return "".join(pieces)


def _pieces(file: _File, raw: str, key: str, line: int | None) -> Iterator[str]:
    at = 0
    while at < len(raw):
        if raw[at] in "# \t\n":
            at += 1
        elif raw[at] == "{":
            end = _closing(raw, at)
            yield raw[at + 1 : end]
            at = end + 1
        elif match := _PIECE.match(raw, at):
            yield _piece(file, match, key, line)
            at = match.end()
        else:
            file.add(f"{key}: cannot read the value {_short(raw)}", line, hint="put the value in braces: {...}")
            return


def _closing(raw: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(raw, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    return len(raw)


def _piece(file: _File, match: re.Match[str], key: str, line: int | None) -> str:
    if match["quoted"] is not None:
        return match["quoted"][1:-1]
    if match["number"] is not None:
        return match["number"]
    macro = match["macro"].lower()
    if macro in file.macros:
        return file.macros[macro]
    if macro in MONTHS:
        return macro
    file.add(
        f'{key}: the macro "{match["macro"]}" is not defined, so its name is printed', line,
        hint="put words in braces, or define it: @string{" + match["macro"] + " = {...}}", error=False,
    )  # fmt: skip
    return match["macro"]


def _short(raw: str) -> str:
    return raw if len(raw) <= 40 else raw[:39] + "…"


class _Resolver:
    """Converter of entries on demand, each once, that hands parents' fields down."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.done: dict[str, BibtexEntry] = {}
        self.under_way: list[str] = []

    def entry(self, key: str) -> BibtexEntry:
        if key not in self.done:
            self.under_way.append(key)
            self.done[key] = self._inheriting(self._own(key))
            self.under_way.pop()
        return self.done[key]

    def _own(self, key: str) -> BibtexEntry:
        block = self.file.entries[key]
        fields: dict[str, str] = {}
        for each in block.fields:  # type: ignore[attr-defined]
            name = each.key.strip().lower()
            value = _value(self.file, str(each.value), f"{key}: {name}", each.start_line)
            if not balanced(value):
                self.file.add(f"{key}: braces do not match in {name}", each.start_line, hint="every { needs its }")
            if name and value.strip():
                fields.setdefault(name, value.strip())
        kind = block.entry_type.strip().lower()  # type: ignore[attr-defined]
        location = self.file.at(block.start_line)  # type: ignore[attr-defined]
        return BibtexEntry(key=key, type=kind.replace(_STAND_IN, "commentary"), fields=fields, location=location)

    def _inheriting(self, entry: BibtexEntry) -> BibtexEntry:
        fields = dict(entry.fields)
        for parent in self._parents(entry, "xdata"):
            for name, value in parent.fields.items():
                if name != "ids":
                    fields.setdefault(name, value)
        child = BibtexEntry(key=entry.key, type=entry.type, fields=fields, location=entry.location)
        for parent in self._parents(child, "crossref"):
            _inherit(fields, child.type, parent)
        if fields.get("relatedtype", "").strip().lower() == "reviewof":
            for work in self._parents(child, "related"):
                _review(fields, work)
        return BibtexEntry(key=entry.key, type=entry.type, fields=fields, location=entry.location)

    def _parents(self, entry: BibtexEntry, name: str) -> Iterator[BibtexEntry]:
        for key in _listed(entry.fields.get(name, "")):
            found = self._key(key)
            if found is None:
                self._warn(entry, f'{name} names "{key}", which is not in this file', error=False)
            elif found in self.under_way:
                self._warn(entry, f'{name} goes round in a circle through "{key}"', error=True)
            elif len(self.under_way) > 50:
                self._warn(entry, f"{name} goes through more than 50 entries", error=True)
            else:
                yield self.entry(found)

    def _key(self, key: str) -> str | None:
        """Return the key as the file spells it: BibTeX compares the keys of parents without regard to capitals."""
        if key in self.file.entries:
            return key
        return next((other for other in self.file.entries if other.lower() == key.lower()), None)

    def _warn(self, entry: BibtexEntry, message: str, *, error: bool) -> None:
        severity = Severity.ERROR if error else Severity.WARNING
        self.file.problems.append(
            Problem(message=f"{entry.key}: {message}", location=entry.location, severity=severity)
        )


def _review(fields: dict[str, str], work: BibtexEntry) -> None:
    """Name the work that the entry reviews, which biblatex-apa has as a related entry of type ``reviewof``."""
    for name, source in (("reviewedtitle", "title"), ("reviewedauthor", "author")):
        if source in work.fields:
            fields.setdefault(name, work.fields[source])


def _inherit(fields: dict[str, str], child: str, parent: BibtexEntry) -> None:
    """Hand down what the child lacks, first under the names that biblatex's inheritance table gives."""
    own = set(fields)
    inherited: dict[str, str] = {}
    for name, value in parent.fields.items():
        for target in renamed(name, parent.type, child):
            inherited.setdefault(target, value)
    for name, value in parent.fields.items():
        if name not in NEVER_INHERITED and renamed(name, parent.type, child) == (name,):
            inherited.setdefault(name, value)
    if own & {"date", "year"}:
        for name in ("date", "year", "month", "day"):
            inherited.pop(name, None)
    for name, value in inherited.items():
        if name not in NEVER_INHERITED:
            fields.setdefault(name, value)
