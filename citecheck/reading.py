"""Extract: from what the user names to documents, over the network only where a source is a URL.

Beside audit.py under the same licence: it knows the extractor and hands it the function that fetches.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from citecheck import anchors, extractor, webpages
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import ExtractError, NothingToCheck
from citecheck.interruption import Interruption
from citecheck.model import Document, Source
from citecheck.settings import Settings

if TYPE_CHECKING:
    from citecheck.changes import Changes

_ADDRESS = b"://"
"""What nearly every link of a text has, and little else."""


def extract(
    sources: Iterable[str | Source],
    settings: Settings,
    *,
    liveness_only: bool = False,
    changes: "Changes | None" = None,
    clock: Clock = SYSTEM_CLOCK,
    expect: Callable[[int], None] = lambda links: None,
    interruption: Interruption | None = None,
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents of the sources, and a line for each source that exists and could not be read.

    With `changes` only what they touch is read, and only the links on added lines are kept. `expect` is told, before a
    source is read, about how many more links will be asked for. With `interruption`, Ctrl-C ends the reading there, and
    the last line says where.
    """
    documents: list[Document] = []
    unread: list[str] = []
    fetch = webpages.fetching(settings)
    name: str | Source = ""
    with interruption or nullcontext():
        for name in extractor.find(sources, settings.sources):
            if changes and not changes.touch(name):
                continue
            for source in extractor.opened(name, settings, fetch):
                try:
                    if isinstance(source, ExtractError):
                        raise source
                    if not (changes or settings.offline):
                        expect(source.data.count(_ADDRESS))
                    document = anchors.told(extractor.extract(source, settings, links_only=liveness_only, clock=clock))
                    documents.append(changes.narrowed(document) if changes else document)
                except ExtractError as error:
                    unread.append(str(error))
    if interruption and interruption.has_come:
        reached = name.name if isinstance(name, Source) else name
        return tuple(documents), (*unread, f"{reached or 'the sources'}: the run was interrupted before all was read")
    if not (liveness_only or unread or changes or any(each.updates or each.links or each.notes for each in documents)):
        raise NothingToCheck("nothing to check: there is no text in what was named")
    return tuple(documents), tuple(unread)
