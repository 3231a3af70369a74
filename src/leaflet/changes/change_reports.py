"""Reports of changes: text for people, annotations of GitHub, code quality of GitLab, JSON, and a page in Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from leaflet.changes.changed_leaflets import ChangedLeaflet, Changes
from leaflet.checks import Finding, github_command, github_report

Names = Mapping[str, tuple[str, ...]]
"""The names of the pictures of each source, by its name."""
GITLAB_SEVERITY = {"error": "major", "warning": "minor"}


def summary_page(changes: Changes, pictures: Names) -> str:
    """Return the changes as a page in Markdown, for the summary of a run."""
    lines = [f"## Leaflets changed since {changes.revision}", ""]
    if not changes.leaflets:
        return "\n".join([*lines, "No leaflet changed.", ""])
    lines += ["| Leaflet | Panels that look different | Findings |", "|---|---|---|"]
    for one in changes.leaflets:
        lines.append(f"| {_cell(one.source)} | {_cell(_pages_in_words(one))} | {_cell(_findings_in_words(one))} |")
    listed = [name for names in pictures.values() for name in names]
    return "\n".join([*lines, "", *(["Pictures: " + ", ".join(listed), ""] if listed else [])])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _pages_in_words(one: ChangedLeaflet) -> str:
    if one.checked is None:
        return "removed"
    labels = ", ".join(page.label for page in one.pages)
    if one.is_new:
        return f"new: {labels}" if labels else "new, and cannot be built"
    return labels or "none"


def _findings_in_words(one: ChangedLeaflet) -> str:
    counts = {"error": 0, "warning": 0}
    for finding in one.checked.everything if one.checked else ():
        counts[finding.severity.value] += 1
    words = [f"{count} {name}{'s' if count != 1 else ''}" for name, count in counts.items() if count]
    return ", ".join(words) or "none"


def _text(changes: Changes, pictures: Names) -> str:
    lines = [f"{one.source}: {_pages_in_words(one)}; findings: {_findings_in_words(one)}" for one in changes.leaflets]
    for one in changes.leaflets:
        lines += [str(finding) for finding in _findings(one)]
        lines += list(pictures.get(one.source, ()))
    return "\n".join(lines) or f"no leaflet changed since {changes.revision}"


def _findings(one: ChangedLeaflet) -> tuple[Finding, ...]:
    return one.checked.everything if one.checked else ()


def _github(changes: Changes, pictures: Names) -> str:
    lines = [github_report([one.checked.within(changes.folder) for one in changes.leaflets if one.checked])]
    for one in changes.leaflets:
        if one.pages:
            names = ", ".join(pictures.get(one.source, ()))
            message = f"panels that look different: {_pages_in_words(one)}" + (f"\npictures: {names}" if names else "")
            lines.append(github_command("notice", message, title="Changed panels", file=changes.folder + one.source))
    return "\n".join(line for line in lines if line)


def _gitlab(changes: Changes, _: Names) -> str:
    """Return the findings as GitLab's code quality report."""
    checked = [one.checked.within(changes.folder) for one in changes.leaflets if one.checked]
    found = [finding for one in checked for finding in one.everything]
    return json.dumps([_issue(finding, changes.folder) for finding in found], ensure_ascii=False, indent=2)


def _issue(finding: Finding, folder: str) -> dict[str, object]:
    place = finding.location
    file, line = (place.file, place.line or 1) if place else (f"{folder}leaflet.toml", 1)
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": sha256(f"{finding.code}|{file}|{line}|{finding.message}".encode()).hexdigest(),
        "severity": GITLAB_SEVERITY[finding.severity.value],
        "location": {"path": file, "lines": {"begin": line}},
    }


def _json(changes: Changes, pictures: Names) -> str:
    from leaflet.checks import finding_data

    leaflets = [
        {
            "source": one.source,
            "removed": one.checked is None,
            "new": one.is_new,
            "pages": [{"number": page.number, "panel": page.label} for page in one.pages],
            "pictures": list(pictures.get(one.source, ())),
            "findings": [finding_data(finding) for finding in _findings(one)],
        }
        for one in changes.leaflets
    ]
    values = {"leaflet": 1, "since": changes.revision, "files": list(changes.files), "leaflets": leaflets}
    return json.dumps(values, ensure_ascii=False, indent=2)


def picture_names(one: ChangedLeaflet) -> Iterator[str]:
    """Yield the file names of the pictures of a leaflet, in the order of its pages."""
    stem = one.source.removeprefix("source/").removesuffix(".md").replace("/", "-")
    return (f"{stem}-page-{page.number}.png" for page in one.pages)


CHANGE_REPORTS: Mapping[str, Callable[[Changes, Names], str]] = {
    "text": _text,
    "github": _github,
    "gitlab": _gitlab,
    "json": _json,
}
"""Each makes a report of the changes and the names of their pictures."""
