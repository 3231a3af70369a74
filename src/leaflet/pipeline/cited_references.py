"""The references that sources cite, gathered from all their bibliographies into one list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from leaflet.errors import LeafletError, Location, Problem, Severity
from leaflet.model.citation import Reference
from leaflet.model.walk import clusters
from leaflet.model.workspace import Workspace
from leaflet.pipeline.cite_source import gather_references
from leaflet.pipeline.key_aliases import by_primary_keys
from leaflet.pipeline.session import Session


def cited_references(
    sources: Iterable[Path], workspace: Workspace, *, today: date, session: Session
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return the references that ``sources`` cite, by key, and the problems on the way.

    A key that means different references in two sources is an error: one list could hold only one of them.
    """
    found: dict[str, Reference] = {}
    problems: list[Problem] = []
    for source in sources:
        try:
            references, more = _cited_in(source, workspace, today, session)
        except LeafletError as error:
            problems += error.problems
            continue
        problems += more
        for reference in references:
            earlier = found.setdefault(reference.id, reference)
            if earlier.item != reference.item:
                problems.append(_two(reference, earlier, workspace.name_of(source)))
    return tuple(found[key] for key in sorted(found)), tuple(dict.fromkeys(problems))


def _cited_in(
    source: Path, workspace: Workspace, today: date, session: Session
) -> tuple[list[Reference], list[Problem]]:
    from leaflet.source import understand

    result = understand(source, workspace, fields={}, today=today, cache=session.sources)
    problems = [problem for problem in result.problems if problem.severity is Severity.ERROR]
    document = result.document
    references, more = gather_references(
        document, result.references, result.bibliography_paths, workspace, session.bibliographies
    )
    document = by_primary_keys(document, references)
    keys = {cite.key: cite.location or node.location for node in clusters(document) for cite in node.cluster.cites}
    everything = "*" in document.metadata.nocite
    named = {*keys, *document.metadata.nocite}
    known = {reference.id for reference in references}
    problems += [problem for problem in more if problem.severity is Severity.ERROR]
    problems += [_unknown(key, place) for key, place in keys.items() if key not in known]
    return [reference for reference in references if everything or reference.id in named], problems


def _unknown(key: str, place: Location) -> Problem:
    hint = "add it to the bibliography, or write the @ as \\@ where no source is meant"
    return Problem(
        message=f'no bibliography has the source "{key}"', location=place, hint=hint, severity=Severity.WARNING
    )


def _two(reference: Reference, earlier: Reference, source: str) -> Problem:
    return Problem(
        message=f'the key "{reference.id}" means one reference in {source} and another in {earlier.location}',
        location=reference.location or Location(file=source),
        hint="give one of the two another key",
    )
