"""Import of parts of fontTools when they are first used.

WeasyPrint imports them at its start. It subsets fonts with HarfBuzz, and needs them only where HarfBuzz cannot, or for a
font that is compressed as WOFF2. Not to import them saves 60 ms of each first build, which is as long as a layout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

SELDOM_USED = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib.woff2")


class LateModule(ModuleType):
    """Module that is imported when something of it is first used."""

    def __getattr__(self, name: str) -> object:
        """Return what is called ``name`` in the module; while others still import this one, a function that calls it."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            return lambda *arguments, **named: getattr(import_module(self.__name__), name)(*arguments, **named)
        found: object = getattr(import_module(self.__name__), name)
        return found


@contextmanager
def late_imports() -> Iterator[None]:
    """Let modules that are imported meanwhile hold a :class:`LateModule` for each that is seldom used.

    Whoever imports such a module afterwards gets the module itself.
    """
    late = {name: LateModule(name) for name in SELDOM_USED if name not in sys.modules}
    sys.modules.update(late)
    try:
        yield
    finally:
        for name, module in late.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
