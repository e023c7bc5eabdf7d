"""What a library imports at once and few runs need: loaded when something in it is asked for.

beautifulsoup4 brings soupsieve (CSS selectors) and charset_normalizer (guesses at encodings), together 45 ms of CPU.
importlib's LazyLoader would load them with the first `import` that names them.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _Postponed(ModuleType):
    """Stands for a module in `sys.modules` until something of it is asked for; then it has all that the module has."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        loaded = import_module(self.__name__)
        self.__dict__.update(vars(loaded))
        return getattr(loaded, name)


def postpone(*names: str) -> None:
    """Let the modules of these names be imported without being run, those aside that are loaded or do not exist."""
    for name in names:
        spec = None if name in sys.modules else find_spec(name)
        if spec:
            module = sys.modules[name] = _Postponed(name)
            module.__spec__ = spec
