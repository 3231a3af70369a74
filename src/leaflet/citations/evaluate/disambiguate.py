"""Telling apart cites that would print alike: more names, more of given names, a condition, a year suffix."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.citations.csl.tree import Citation, Form, NameOptions
from leaflet.citations.data.item import Item
from leaflet.citations.data.person import PersonName
from leaflet.citations.evaluate.item_context import UNDISTURBED, Context, Disambiguation, GivenName
from leaflet.citations.evaluate.person_name import make_initials
from leaflet.citations.output.nodes import Node, Role, find_all, plain


class CiteTrial(Struct, frozen=True, kw_only=True):
    """One printing of a bare cite: its text, its name lists and what they were asked."""

    text: str
    node: Node
    name_lists: tuple[tuple[int, int], ...]
    conditions: int


Print = Callable[[Item, Disambiguation], CiteTrial]


def print_trial(context: Context, node: Node) -> CiteTrial:
    """Return the trial of a printed cite."""
    return CiteTrial(
        text=plain(node), node=node, name_lists=tuple(context.name_lists), conditions=context.conditions_asked
    )


def disambiguate(items: Sequence[Item], citation: Citation, show: Print) -> dict[str, Disambiguation]:
    """Return for each ambiguous item what sets it apart; ``items`` are in the order in which suffixes are given."""
    state = {item.id: UNDISTURBED for item in items}
    trials = {item.id: show(item, UNDISTURBED) for item in items}
    if citation.add_givenname and citation.givenname_rule != "by-cite":
        _expand_everywhere(items, citation, trials, state)
        for item in items:
            if state[item.id] is not UNDISTURBED:
                trials[item.id] = show(item, state[item.id])
    resolver = _Resolver(citation, show, state, trials)
    for group in _alike(items, trials):
        resolver.resolve(group)
    return {identifier: found for identifier, found in state.items() if found is not UNDISTURBED}


def _alike(items: Sequence[Item], trials: Mapping[str, CiteTrial]) -> list[list[Item]]:
    """Return items that print alike; empty ones only where a test for disambiguation may make them print."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[trials[item.id].text].append(item)
    return [
        group
        for text, group in groups.items()
        if len(group) > 1 and (text or any(trials[item.id].conditions for item in group))
    ]


class _Resolver:
    """Resolver of one set of items that print alike after another."""

    def __init__(
        self, citation: Citation, show: Print, state: dict[str, Disambiguation], trials: dict[str, CiteTrial]
    ) -> None:
        self.citation = citation
        self.show = show
        self.state = state
        self.trials = trials

    def resolve(self, group: list[Item]) -> None:
        if self.citation.add_names or self.citation.add_givenname:
            found = {item.id: self._by_names(item, group) for item in group}
            for item in group:
                self.state[item.id] = found[item.id]
                self.trials[item.id] = self.show(item, found[item.id])
        for clash in _alike(group, self.trials):
            self._by_condition(clash)
        if self.citation.add_year_suffix:
            for clash in _alike(group, self.trials):
                self._by_suffix(clash)

    def _by_names(self, item: Item, group: list[Item]) -> Disambiguation:
        """Return the smallest change of the names after which as few others as can be print like ``item``."""
        search = _NameSearch(item, group, self.state, self.show, self.citation)
        return search.run(self.trials[item.id])

    def _by_condition(self, clash: list[Item]) -> None:
        """Let one test after another hold, until no two of the cites print alike or no test is left."""
        most = max(self.trials[item.id].conditions for item in clash)
        for conditions in range(1, most + 1):
            changed = {item.id: replace(self.state[item.id], conditions=conditions) for item in clash}
            trials = {item.id: self.show(item, changed[item.id]) for item in clash}
            most = max(most, *(trial.conditions for trial in trials.values()))
            self.state.update(changed)
            self.trials.update(trials)
            if len({trial.text for trial in trials.values()}) == 1:
                return
            for rest in _alike(clash, self.trials):
                if conditions < most:
                    self._by_more(rest, conditions + 1, most)
            return

    def _by_more(self, clash: list[Item], conditions: int, most: int) -> None:
        for item in clash:
            self.state[item.id] = replace(self.state[item.id], conditions=conditions)
            self.trials[item.id] = self.show(item, self.state[item.id])
        for rest in _alike(clash, self.trials):
            if conditions < most:
                self._by_more(rest, conditions + 1, most)

    def _by_suffix(self, clash: list[Item]) -> None:
        for index, item in enumerate(clash):
            self.state[item.id] = replace(self.state[item.id], year_suffix=suffix_letters(index))


class _NameSearch:
    """Step by step more names and more of each name, keeping only steps that tell more cites apart."""

    def __init__(
        self, item: Item, group: list[Item], state: Mapping[str, Disambiguation], show: Print, citation: Citation
    ) -> None:
        self.item = item
        self.rivals = [other for other in group if other is not item]
        self.base = state[item.id]
        self.state = state
        self.show = show
        self.citation = citation
        self.best = self.base
        self.clashes = len(self.rivals)

    def run(self, trial: CiteTrial) -> Disambiguation:
        current = self.base
        for index, (total, shown) in enumerate(trial.name_lists):
            last = total if self.citation.add_names else shown
            for position in range(last):
                if position >= shown:
                    current = replace(current, names={**current.names, index: position + 1})
                    self._try(current)
                if self.clashes and self.citation.add_givenname:
                    current = self._raise_given(current, index, position)
                if not self.clashes:
                    return self.best
        return self.best

    def _raise_given(self, current: Disambiguation, index: int, position: int) -> Disambiguation:
        rule = self.citation.givenname_rule
        if rule.startswith("primary-name") and (index or position):
            return current
        levels = (GivenName.INITIALS,) if rule.endswith("with-initials") else (GivenName.INITIALS, GivenName.FULL)
        for level in levels:
            if current.givens.get((index, position), GivenName.AS_STYLED) >= level:
                continue
            raised = replace(current, givens={**current.givens, (index, position): level})
            if self._try(raised):
                current = raised
            if not self.clashes:
                break
        return current

    def _try(self, candidate: Disambiguation) -> bool:
        """Return whether ``candidate`` tells more cites apart than the best so far."""
        text = self.show(self.item, candidate).text
        clashes = sum(self._print_like(other, candidate) == text for other in self.rivals)
        if clashes >= self.clashes:
            return False
        self.best, self.clashes = candidate, clashes
        self.rivals = [other for other in self.rivals if self._print_like(other, candidate) == text]
        return True

    def _print_like(self, other: Item, candidate: Disambiguation) -> str:
        return self.show(other, candidate).text


def suffix_letters(index: int) -> str:
    """Return the letters of a year suffix: a to z, then aa, ab and so on."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _expand_everywhere(
    items: Sequence[Item],
    citation: Citation,
    trials: Mapping[str, CiteTrial],
    state: dict[str, Disambiguation],
) -> None:
    """Expand names that look alike in all cites, ambiguous or not (all rules but by-cite)."""
    primary = citation.givenname_rule.startswith("primary-name")
    places: list[tuple[str, int, int, PersonName, NameOptions]] = []
    people: dict[tuple[str, str], dict[PersonName, None]] = defaultdict(dict)
    for item in items:
        for index, name_list in enumerate(find_all(trials[item.id].node, Role.NAME_LIST)):
            for position, name in enumerate(find_all(name_list, Role.NAME)):
                if primary and (index or position):
                    break
                person, options = name.data, name_list.data
                if isinstance(person, PersonName) and isinstance(options, NameOptions):
                    places.append((item.id, index, position, person, options))
                    people[_family(person)][person] = None
    changes: dict[str, dict[tuple[int, int], GivenName]] = defaultdict(dict)
    for identifier, index, position, person, options in places:
        level = _level(person, list(people[_family(person)]), citation, options)
        if level is not GivenName.AS_STYLED:
            changes[identifier][index, position] = level
    for identifier, givens in changes.items():
        state[identifier] = replace(state[identifier], givens=givens)


def _family(person: PersonName) -> tuple[str, str]:
    return person.non_dropping, person.family or person.literal


def _level(person: PersonName, alike: list[PersonName], citation: Citation, options: NameOptions) -> GivenName:
    """Return the part of ``person``'s given name that tells them apart from those of the same family name."""
    own_given = _spaced(person.given)
    others = [other for other in alike if other.given and _spaced(other.given) != own_given]
    if not others or not person.given:
        return GivenName.AS_STYLED
    only_initials = citation.givenname_rule.endswith("with-initials")
    if options.initialize_with is None:
        return GivenName.FULL if options.form is Form.SHORT and not only_initials else GivenName.AS_STYLED
    own = _initials(person, options)
    if all(_initials(other, options) != own for other in others):
        return GivenName.INITIALS if options.form is Form.SHORT else GivenName.AS_STYLED
    if only_initials:
        return GivenName.INITIALS if any(_initials(other, options) != own for other in others) else GivenName.AS_STYLED
    return GivenName.FULL


def _spaced(given: str) -> str:
    """Return ``given`` with one space behind each stop, so that “J.J.” and “J. J.” are one name."""
    return re.sub(r"\.\s*", ". ", given).strip()


def _initials(person: PersonName, options: NameOptions) -> str:
    return make_initials(person.given, options.initialize_with or "", initialize=True, hyphen=True)
