"""One name in print: order, particles, initials and scripts."""

from __future__ import annotations

import re

from msgspec.structs import replace

from leaflet.citations.csl.manual_rules import GroupAbbreviation
from leaflet.citations.csl.tree import PLAIN, Form, Look, Name, NameOptions
from leaflet.citations.data.person import PersonName
from leaflet.citations.evaluate.formatting import apply_formatting
from leaflet.citations.evaluate.item_context import Context, GivenName, OutputArea
from leaflet.citations.output.nodes import Node, OutputSpan, Role

# Names in these scripts are written with a space between their parts and can be inverted; all others (Chinese,
# Japanese, Korean …) stand family name first, unspaced.
_SPACED = re.compile(
    "[A-Za-z\u00aa-\u02af\u0370-\u052f\u0531-\u058f\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff"
    "\u1e00-\u1fff\u0100-\u017f]"
)


def render_person(
    context: Context, person: PersonName, options: NameOptions, name: Name, *, inverted: bool, level: GivenName
) -> OutputSpan:
    """Return one name as a span of its own; a list adds the name under which somebody posts (APA 7, 9.8)."""
    printed = _render(context, person, options, name, inverted=inverted, level=level)
    if not person.username or context.area is not OutputArea.BIBLIOGRAPHY or context.sort_key is not None:
        return printed
    return OutputSpan((printed, f" {person.username}"), role=Role.NAME, data=person)


def _render(
    context: Context, person: PersonName, options: NameOptions, name: Name, *, inverted: bool, level: GivenName
) -> OutputSpan:
    if person.literal:
        return _span(context, person, _organisation(context, person, name), _unaffixed(name))
    if not _SPACED.search(person.family + person.given):
        return _span(context, person, _unspaced(context, person, options, name, level), name)
    if options.form is Form.SHORT and level is GivenName.AS_STYLED and person.family:
        parts = _surname(context, person, name)
        return _span(context, person, _affixed(parts, name.family), name)
    given = _given(context, person, options, level)
    if person.static and not inverted:
        nodes = [_part(context, person.family, name.family), " ", _part(context, given, name.given)]
        return _span(context, person, tuple(nodes), name)
    if inverted:
        return _span(context, person, _inverted(context, person, options, name, given), name)
    return _span(context, person, _natural(context, person, options, name, given), name)


def _organisation(context: Context, person: PersonName, name: Name) -> tuple[Node, ...]:
    """Return the name of an organisation, with or as its abbreviation where the style's manual has it so."""
    full = _part(context, person.literal, name.family)
    rule = context.facts.style.rules.group_abbreviation
    if not person.short or rule is GroupAbbreviation.NEVER or context.cite.spelled_out:
        return (full,)
    short = _part(context, person.short, name.family)
    if rule is GroupAbbreviation.LISTED:
        listed = context.area is OutputArea.BIBLIOGRAPHY and context.sort_key is None
        return (short, " (", full, ")") if listed else (short,)
    if context.area is OutputArea.BIBLIOGRAPHY or context.sort_key is not None:
        return (full,)
    if person.literal not in context.cite.introduced:
        return (short,)
    return (full, " (", short, ")") if context.cite.narrative else (full, " [", short, "]")


def _unaffixed(name: Name) -> Name:
    """Return ``name`` as it holds for an organisation: a mark such as the stop after initials is for people."""
    if not (name.look.prefix or name.look.suffix):
        return name
    return replace(name, look=replace(name.look, prefix="", suffix=""))


def _span(context: Context, person: PersonName, nodes: tuple[Node, ...], name: Name) -> OutputSpan:
    inner = apply_formatting(context, nodes, name.look, Role.NAME)
    if isinstance(inner, OutputSpan):
        return inner._replace(data=person)
    return OutputSpan((), role=Role.NAME, data=person)


def _part(context: Context, text: str, look: Look | None) -> Node:
    """Return a part of a name without the affixes of its ``cs:name-part``."""
    if not text:
        return ""
    nodes = context.rich(text)
    if look is None or look is PLAIN:
        return nodes[0] if len(nodes) == 1 else OutputSpan(nodes)
    bare = Look(formatting=look.formatting, text_case=look.text_case, strip_periods=look.strip_periods)
    return apply_formatting(context, nodes, bare) or ""


def _affixed(nodes: tuple[Node, ...], look: Look | None) -> tuple[Node, ...]:
    if look is None or not (look.prefix or look.suffix) or not any(nodes):
        return nodes
    return (OutputSpan(nodes, prefix=look.prefix, suffix=look.suffix),)


def _particle_space(context: Context) -> str:
    """Return the space behind a particle; Czech, French and Russian break no line there."""
    return "\u00a0" if context.locale.language in _UNBROKEN else " "


def _given_space(context: Context, options: NameOptions) -> str:
    """Return the space between given and family name, fixed where the style has a fixed one behind its initials."""
    return _particle_space(context) if (options.initialize_with or "").endswith("\u00a0") else " "


def _unless_fixed(space: str, look: Look | None) -> str:
    """Return ``space`` behind a part of the name, unless the part has a fixed one of its own."""
    return "" if space.isspace() and look is not None and look.suffix.endswith("\u00a0") else space


def _joins(particle: str) -> bool:
    """Return whether a particle goes with the next word, as “d’” and “al-” do, but not “de’”."""
    if particle.endswith(("-", "\u2010")):
        return True
    return particle.endswith(("’", "'", "`")) and len(particle.rpartition(" ")[2]) <= 2


def _joined(nodes: list[Node], texts: list[str], space: str = " ") -> tuple[Node, ...]:
    """Return parts with a space between them, unless an apostrophe or hyphen joins them."""
    found: list[Node] = []
    before = ""
    for node, text in zip(nodes, texts, strict=True):
        if not text:
            continue
        if found and not _joins(before):
            found.append(space)
        found.append(node)
        before = text
    return tuple(found)


def _unspaced(
    context: Context, person: PersonName, options: NameOptions, name: Name, level: GivenName
) -> tuple[Node, ...]:
    family = _part(context, person.family, name.family)
    if options.form is Form.SHORT and level is GivenName.AS_STYLED and person.family:
        return (family,)
    return (family, _part(context, person.given, name.given))


def _surname(context: Context, person: PersonName, name: Name) -> tuple[Node, ...]:
    """Return the family name with its particle, which a sort key has behind it where the style demotes particles."""
    texts = [person.non_dropping, _closed(person.family)]
    if context.sort_key is not None and context.facts.style.demote_particle != "never":
        return (" ".join(filter(None, reversed(texts))),)
    return _joined([_part(context, text, name.family) for text in texts], texts, _particle_space(context))


def _closed(family: str) -> str:
    """Return a family name with the bracket that closes behind the given name: “[Horsley, Samuel]”, a guessed author."""
    return f"{family}]" if family.startswith("[") and "]" not in family else family


def _natural(context: Context, person: PersonName, options: NameOptions, name: Name, given: str) -> tuple[Node, ...]:
    family_nodes = [
        _part(context, person.dropping, name.given),
        _part(context, person.non_dropping, name.family),
        _part(context, person.family, name.family),
    ]
    block = list(_joined(family_nodes, [person.dropping, person.non_dropping, person.family], _particle_space(context)))
    if person.suffix:
        if block:
            block.append(", " if person.comma_suffix else " ")
        block.append(_part(context, _suffix(person, options), None))
    family = _affixed(tuple(block), name.family)
    if not given:
        return family
    first = _affixed((_part(context, given, name.given),), name.given)
    return (*first, _unless_fixed(_given_space(context, options), name.given), *family) if family else first


def _suffix(person: PersonName, options: NameOptions) -> str:
    """Return “Jr.” without its stop where initials have none: “Lorca J, Jr”."""
    bare = options.initialize_with is not None and "." not in options.initialize_with
    return person.suffix.replace(".", "") if bare else person.suffix


def _inverted(context: Context, person: PersonName, options: NameOptions, name: Name, given: str) -> tuple[Node, ...]:
    """Return “Family, Given, Suffix”; the non-dropping particle goes before the family name or behind the given one."""
    setting = context.facts.style.demote_particle
    demote = setting == "display-and-sort" or (setting == "sort-only" and context.sort_key is not None)
    separator = ", " if options.sort_separator is None else options.sort_separator
    separator = _unless_fixed(separator, name.family)
    lead = "" if demote else person.non_dropping
    family = _affixed(
        _joined(
            [_part(context, lead, name.family), _part(context, person.family, name.family)],
            [lead, person.family],
            _particle_space(context),
        ),
        name.family,
    )
    behind = _behind_surname(context, person, name, given, demoted=demote)
    after = _affixed(_joined([node for _, node in behind], [text for text, _ in behind]), name.given)
    nodes: list[Node] = list(family)
    for block in (after, (_part(context, _suffix(person, options), None),) if person.suffix else ()):
        if block:
            if nodes:
                nodes.append(separator)
            nodes.extend(block)
    return tuple(nodes)


def _behind_surname(
    context: Context, person: PersonName, name: Name, given: str, *, demoted: bool
) -> list[tuple[str, Node]]:
    """Return the given name and the particles that follow it.

    Where particles are never demoted, a sort key has the dropping one before the given name (CSL 1.0.2,
    "Name-as-sort-order").
    """
    parts = [(given, _part(context, given, name.given)), (person.dropping, _part(context, person.dropping, name.given))]
    if demoted:
        return [*parts, (person.non_dropping, _part(context, person.non_dropping, name.family))]
    return parts if context.sort_key is None else parts[::-1]


def _given(context: Context, person: PersonName, options: NameOptions, level: GivenName) -> str:
    """Return the given name as the style wants it: whole, or as initials."""
    if not (person.given and person.family) or options.initialize_with is None or level is GivenName.FULL:
        return person.given
    return make_initials(
        person.given,
        options.initialize_with,
        initialize=options.initialize is not False,
        hyphen=context.facts.style.initialize_with_hyphen,
    )


# Languages that keep the parts of a name on one line.
_UNBROKEN = frozenset(("cs", "fr", "ru"))

# “TSerendorjiin” starts with one letter that Roman script writes with two.
_DIGRAPH = re.compile(r"[^\W\d_]{2}(?=[a-z])")
_TOKEN = re.compile(r"(<[^>]*>)|([^\s.\-‐<>\u00a0]+)(\.?)|([-‐])|([\s\u00a0]+)|(\.)")


def make_initials(given: str, mark: str, *, initialize: bool, hyphen: bool) -> str:
    """Return “Jean-Paul M.” as “J.-P. M.”. Without ``initialize`` only what is an initial already gets the mark."""
    result = ""
    joined = False  # a hyphen precedes the next word
    for match in _TOKEN.finditer(given):
        tag, word, period, dash, *_ = match.groups()
        if tag:
            result += tag
        elif dash:
            joined = bool(result)
        elif word:
            result = _add_word(result, word, bool(period), joined, mark, initialize=initialize, hyphen=hyphen)
            joined = False
    return re.sub(r" ((?:</[^>]*>)+)(-?)", lambda found: found[1] + (found[2] or " "), result.strip()).strip()


def _add_word(result: str, word: str, period: bool, joined: bool, mark: str, *, initialize: bool, hyphen: bool) -> str:
    abbreviated = period or len(word) == 1
    if word[0].islower() and not abbreviated and not joined:
        return f"{result.rstrip()} {word} " if result else f"{word} "
    if abbreviated and (word[0].isupper() or not word[0].isalpha() or period):
        initial, marked = word, True
    elif initialize:
        if joined and word[0].islower():
            return result
        digraph = _DIGRAPH.match(word)
        doubled = digraph is not None and digraph[0].isupper()
        initial, marked = word[:2].capitalize() if doubled else word[0], True
    else:
        initial, marked = word, False
    if joined and (hyphen or not marked):
        result = result.rstrip() + "-"
    elif (result and not marked and not result.endswith(" ")) or (
        result and marked and not (result[-1].isspace() or result.endswith(">")) and not _ends_with_mark(result, mark)
    ):
        result += " "
    return result + initial + (mark if marked else "")


def _ends_with_mark(result: str, mark: str) -> bool:
    return result.endswith(mark.rstrip()) if mark.rstrip() else mark == "" and not result[-2:].islower()
