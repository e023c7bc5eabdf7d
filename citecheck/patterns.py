"""Regular expressions that are compiled with their first use: a run needs few of those that its modules name."""

import re
from typing import Any, AnyStr, cast


class _Later:
    """Stands for a pattern; from its first use on it has the methods of the compiled one as its own."""

    def __init__(self, *written: Any) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._written)
        self.__dict__.update((each, getattr(compiled, each)) for each in dir(compiled) if not each.startswith("__"))
        return getattr(compiled, name)


def regex(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern of an expression, compiled when it is asked for something: those of a check would take 25 ms.

    It has a pattern's methods and attributes, but is none to the functions of `re`. What is wrong with the expression
    is told with the first use.
    """
    return cast(re.Pattern[AnyStr], _Later(expression, flags))
