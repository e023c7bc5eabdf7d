"""citecheck checks what a text cites: every link judged and archived, every claim mapped to its outlets.

The library in five verbs:

    read(names)             the sources: files, folders
    extract(source)         a Document: updates, claims, credits, attributions, links
    check(urls)             a Visit for each URL, as it ends
    audit(sources)          all of it, an Audit with the sourcing map and the findings
    render(audit, format)   the audit as text in any of the formats

Importing citecheck loads none of its rooms; the first use of a name does.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from citecheck.version import __version__

if TYPE_CHECKING:
    from citecheck.audit import audit as audit
    from citecheck.audit import check as check
    from citecheck.extractor import extract as extract
    from citecheck.extractor import read as read
    from citecheck.model import Audit as Audit
    from citecheck.model import Document as Document
    from citecheck.model import Finding as Finding
    from citecheck.model import Source as Source
    from citecheck.model import Status as Status
    from citecheck.model import Verdict as Verdict
    from citecheck.model import Visit as Visit
    from citecheck.reporter import render as render
    from citecheck.settings import Settings as Settings

_HOMES = {
    "audit": "citecheck.audit",
    "check": "citecheck.audit",
    "extract": "citecheck.extractor",
    "read": "citecheck.extractor",
    "render": "citecheck.reporter",
    "Audit": "citecheck.model",
    "Document": "citecheck.model",
    "Finding": "citecheck.model",
    "Source": "citecheck.model",
    "Status": "citecheck.model",
    "Verdict": "citecheck.model",
    "Visit": "citecheck.model",
    "Settings": "citecheck.settings",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604, RUF100 - names and one string literal


class _Library(ModuleType):
    """A package whose public names load on first use, and whose `audit` stays the verb.

    Importing the module citecheck.audit would put that module in the function's place.
    """

    def __getattr__(self, name: str) -> Any:
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Library
