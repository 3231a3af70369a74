"""Files by which Visual Studio Code knows leaflet in a workspace: schemas of its TOML files, and tasks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

FOLDER = ".vscode"
TOML_FILES = {
    "settings": r".*/leaflet\.toml",
    "layout": r".*/layouts/[^/]+/layout\.toml",
    "style": r".*/styles/[^/]+/style\.toml",
    "plan": r".*\.batch\.toml",
}
"""The TOML files that each schema describes, as the extension "Even Better TOML" names files."""
EXTENSIONS = ("tamasfe.even-better-toml",)
MATCHER = {
    "owner": "leaflet",
    "fileLocation": ["relative", "${workspaceFolder}"],
    "pattern": [
        {
            "regexp": r"^([^:\s][^:]*):(\d+):(?:(\d+):)? (?:(warning): )?(.*)$",
            "file": 1,
            "line": 2,
            "column": 3,
            "severity": 4,
            "message": 5,
        }
    ],
}
"""Finds the places in the messages of leaflet."""
TASKS = {
    "leaflet: build this source": ("build", "${relativeFile}"),
    "leaflet: check this source": ("check", "${relativeFile}"),
    "leaflet: preview": ("preview", "${relativeFile}"),
}


def vscode_files(schema_of: Callable[[str], object]) -> Mapping[str, bytes]:
    """Return the files of the folder ``.vscode`` by their names; ``schema_of`` returns the schema of a kind of file."""
    schemas = {f"leaflet-{kind}.schema.json": schema_of(kind) for kind in TOML_FILES}
    associations = {
        pattern: f"file://${{workspaceFolder}}/{FOLDER}/leaflet-{kind}.schema.json"
        for kind, pattern in TOML_FILES.items()
    }
    tasks = [
        {
            "label": label,
            "type": "process",
            "command": "leaflet",
            "args": list(words),
            "problemMatcher": MATCHER,
            "presentation": {"reveal": "silent"},
            "isBackground": words[0] == "preview",
        }
        for label, words in TASKS.items()
    ]
    tasks[0]["group"] = {"kind": "build", "isDefault": True}
    return {
        name: _written(values)
        for name, values in {
            **schemas,
            "settings.json": {"evenBetterToml.schema.associations": associations},
            "extensions.json": {"recommendations": list(EXTENSIONS)},
            "tasks.json": {"version": "2.0.0", "tasks": tasks},
        }.items()
    }


def _written(values: object) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
