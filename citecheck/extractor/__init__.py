"""From what the user names to Documents: updates, claims, credits, attributions and links, each with its place."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.extractor import inventory, sources
from citecheck.extractor.faults import fault
from citecheck.extractor.sources import Fetch, find, listed, load, opened, typed
from citecheck.extractor.urls import identity_of, target_of
from citecheck.model import Document, Source
from citecheck.settings import Settings

__all__ = ["Fetch", "extract", "fault", "find", "identity_of", "listed", "load", "opened", "read", "target_of", "typed"]


def read(names: Iterable[str | Source], settings: Settings | None = None) -> Iterator[Source]:
    """The sources that the names stand for, each read when it is asked for.

    Raises UsageError for a name that does not exist and ExtractError for one that cannot be read.
    """
    return sources.read(names, settings or Settings())


def extract(
    source: Source, settings: Settings | None = None, *, links_only: bool = False, clock: Clock = SYSTEM_CLOCK
) -> Document:
    """The document that a source holds; with `links_only` its links alone, laid to no claim.

    A source that is larger or takes longer than `settings.limits` allow gives its links alone too, with a note.

    Raises SettingsError for a registry of the user's that cannot be used.
    """
    from citecheck.extractor import silences

    settings = settings or Settings()
    if silences.MARK not in source.data:
        return _document(source, settings, links_only, clock)
    silencing = silences.of(source)
    document = _document(silencing.source, settings, links_only, clock)
    return replace(document, silences=silencing.silences, notes=(*document.notes, *silencing.notes))


def _document(source: Source, settings: Settings, links_only: bool, clock: Clock) -> Document:
    # What reads, and the registry, load when there is a text that needs them.
    if source.media == inventory.CSS or (links_only and source.media in inventory.MEDIA):
        from citecheck.extractor import listing

        return listing.document_of(source, settings)
    from citecheck.extractor import extraction

    return extraction.document_of(source, settings, links_only=links_only, clock=clock)
