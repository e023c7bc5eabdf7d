"""The stages of the extractor, one after another: read, part into sections, tell claims, lay links, attribute."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from citecheck.extractor import claims, document, links, outlets, updates, urls
from citecheck.extractor.attributions import Sentence, attribute, publisher_of
from citecheck.extractor.claims import Content
from citecheck.extractor.links import Placed
from citecheck.extractor.outlets import Registry
from citecheck.extractor.readers import text
from citecheck.model import Document, Source
from citecheck.settings import Settings


def document_of(source: Source, settings: Settings, *, links_only: bool = False) -> Document:
    """The document that a source holds; with `links_only` its links alone, laid to no claim.

    Raises SettingsError for a registry of the user's that cannot be used.
    """
    limit_chars = settings.limits.url_chars
    registry = outlets.registry(settings.outlets)
    reading = text.read(source.data)
    if links_only:
        placed = links.unplaced(reading, registry)
        return document.assembled(source.name, reading, (), (), (), placed, registry, limit_chars=limit_chars)
    sections, evidence = updates.sections(reading)
    contents = [claims.content_of(section, index, registry) for index, section in enumerate(sections)]
    statements = [statement for content in contents for statement in content.statements]
    placed = links.placed(reading, sections, statements, registry)
    said = [_sentences(content) for content in contents]
    publisher, why = _publisher(said, contents, placed, registry, settings)
    attributions = [attribute(each, registry, publisher) for each in said]
    result = document.assembled(
        source.name, reading, sections, contents, attributions, placed, registry, limit_chars=limit_chars
    )
    return replace(result, publisher=publisher, evidence=(*evidence, *((why,) if why else ())))


def _sentences(content: Content) -> list[Sentence]:
    return [Sentence(each.text, each.position, each.is_embed) for each in content.statements]


def _publisher(
    said: Sequence[Sequence[Sentence]],
    contents: Iterable[Content],
    placed: Iterable[Placed],
    registry: Registry,
    settings: Settings,
) -> tuple[str | None, str]:
    """Who publishes the text: as the settings say, else as the text shows, with the evidence in words."""
    if settings.publisher:
        return settings.publisher, ""
    credited = {credit.name for content in contents for line in content.credit_lines for credit in line.credits}
    hosts = {urls.host_of(each.link.url) for each in placed}
    return publisher_of(said, credited, registry, hosts - {""})
