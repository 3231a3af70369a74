"""Finished leaflets to begin with, in several languages, and the files of the workspace that one of them starts."""

from leaflet.starter.answers import Answers
from leaflet.starter.read_starter import (
    LANGUAGES,
    SampleOrganisation,
    Starter,
    read_starter,
    starter_names,
    starter_summaries,
)
from leaflet.starter.workspace_files import plain_files, starter_files

__all__ = [
    "LANGUAGES",
    "Answers",
    "SampleOrganisation",
    "Starter",
    "plain_files",
    "read_starter",
    "starter_files",
    "starter_names",
    "starter_summaries",
]
