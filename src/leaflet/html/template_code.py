"""Byte code of templates beside leaflet's own, so that a process compiles none that an earlier one has compiled.

It is code, so it lies where Python's own byte code of leaflet lies, under the same rules: never in the folder that
``LEAFLET_CACHE`` names, and nowhere where Python is to write no byte code. Only files are read that this user alone can
write. Compiling takes 60 ms of a first build.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from leaflet.files import UserCache, cache_folder, read_file

SUFFIX = ".template"
MOST_FILES = 300
LARGEST = 4_000_000
"""In bytes; the code of the largest template has 30,000."""


class TemplateCode(BytecodeCache):
    """Byte code of templates by everything that it is made from: name, path, text, the compiler's versions.

    ``compiler`` is the module whose classes compile.
    """

    def __init__(self, folder: Path | None, compiler: Path) -> None:
        self._files = UserCache(folder, suffix=SUFFIX, most_files=MOST_FILES, largest=LARGEST)
        self._compiler = (sys.version, jinja2.__version__, read_file(compiler, inside=(compiler.parent,)))

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, empty where there is none yet."""
        key = repr((self._compiler, name, filename, source))
        bucket = Bucket(environment, key, "")
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into ``bucket``, if it is there and unharmed."""
        code = self._files.get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code in ``bucket``, if it can be."""
        self._files.put(bucket.key, bucket.bytecode_to_string())


def byte_code_folder(module: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the folder where Python has put byte code of ``module``; None where nothing is to be stored."""
    if sys.dont_write_bytecode or cache_folder(environment) is None:
        return None
    folder = Path(cache_from_source(str(module))).parent
    return folder if folder.is_dir() else None
