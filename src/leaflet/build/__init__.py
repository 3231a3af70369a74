"""One leaflet, from its source to its files: the only place where the stages meet."""

from leaflet.build.choices import Choices
from leaflet.build.finish import Finish
from leaflet.build.pipeline import BuildResult, Composition, build, compose

__all__ = ["BuildResult", "Choices", "Composition", "Finish", "build", "compose"]
