"""Syntax of a field reference: ``{{ clinic.phone }}``."""

from __future__ import annotations

import re

FIELD_NAME = r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"
FIELD_REFERENCE = re.compile(r"\{\{[ \t]*(" + FIELD_NAME + r")[ \t]*\}\}")
