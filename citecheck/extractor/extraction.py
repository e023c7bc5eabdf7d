"""The stages of the extractor, one after another: read, part into sections, tell claims, lay links, attribute."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import ExtractError
from citecheck.extractor import (
    claims,
    document,
    embeds,
    inventory,
    laying,
    links,
    listing,
    outlets,
    references,
    updates,
    urls,
)
from citecheck.extractor.allowance import Allowance, OutOfTime
from citecheck.extractor.attributions import Sentence, attribute, publisher_of
from citecheck.extractor.claims import Content
from citecheck.extractor.cues import cues
from citecheck.extractor.guesses import guessed
from citecheck.extractor.headings import headed
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.language import detected_language, language_of
from citecheck.extractor.links import Placed
from citecheck.extractor.neighbours import is_relative, neighbours
from citecheck.extractor.outlets import Registry
from citecheck.extractor.photos import photo_credits
from citecheck.extractor.readers import Reading, reader_of
from citecheck.extractor.sources import media
from citecheck.extractor.updates import Section
from citecheck.model import BlockKind, Document, Source, UpdateKind
from citecheck.settings import Settings

_TOO_LARGE = "{:.0f} MB is more than the {:.0f} MB of which sentences are read (limits.claims_bytes)"
_TOO_SLOW = "its sentences take longer than {:g} s (limits.claims_s)"
_LINKS_ALONE = "{}: its links were read, its claims were not"


def document_of(
    source: Source, settings: Settings, *, links_only: bool = False, clock: Clock = SYSTEM_CLOCK
) -> Document:
    """The document that a source holds; with `links_only` its links alone, laid to no claim.

    So it is, with a note, where the source is larger or takes longer than the limits allow its sentences. Raises
    SettingsError for a registry of the user's that cannot be used.
    """
    limits = settings.limits
    if len(source.data) > limits.claims_bytes and source.media not in media.PACKED:
        why = _TOO_LARGE.format(len(source.data) / 1e6, limits.claims_bytes / 1e6)
        return _listed(source, settings, None if links_only else why)
    allowance = Allowance(limits, clock)
    registry = outlets.registry(settings.outlets)
    why = _TOO_SLOW.format(limits.claims_s)
    try:
        reading = _read(source, settings.sources.root, allowance)
    except OutOfTime as error:
        if source.media in media.PACKED:
            raise ExtractError(f"{source.name}: {why}; it was not read", about=source.name) from error
        return _listed(source, settings, why)
    if not settings.sources.include_code:
        shown = (each for each in reading.anchors or () if each.origin != CODE)
        reading = reading._replace(anchors=None if reading.anchors is None else tuple(shown))
    if not links_only:
        try:
            return _with_claims(source, reading, registry, settings, allowance)
        except OutOfTime:
            reading = reading._replace(notes=(*reading.notes, _LINKS_ALONE.format(why)))
    placed = links.unplaced(reading, registry)
    return document.assembled(source.name, reading, (), (), (), placed, registry, limit_chars=limits.url_chars)


def _listed(source: Source, settings: Settings, why: str | None) -> Document:
    """The document with the links alone, as the quickest way finds them."""
    listed = listing.document_of(source, settings)
    return replace(listed, notes=(*listed.notes, _LINKS_ALONE.format(why))) if why else listed


def _with_claims(
    source: Source, reading: Reading, registry: Registry, settings: Settings, allowance: Allowance
) -> Document:
    """The document with its claims, and the links laid to them. Raises OutOfTime."""
    sections, evidence = updates.sections(reading, allowance)
    text = _sample(sections)
    told = detected_language(text, reading.language)
    language = told or language_of(text)
    linked = _linked_ends(reading)
    contents = [
        claims.content_of(section, index, registry, language, allowance, linked)
        for index, section in enumerate(sections)
    ]
    contents = _with_page_credit(sections, contents)
    statements = [statement for content in contents for statement in content.statements]
    placed = laying.placed(reading, sections, statements, registry)
    reading = reading._replace(notes=(*reading.notes, *laying.crowded(reading.page_links, statements)))
    said = [_sentences(content) for content in contents]
    publisher, why = _publisher(said, contents, placed, registry, settings, reading)
    every = [sentence for each in allowance.over(said) for sentence in each]
    guesses = guessed(every, registry, cues(language))
    attributions = [attribute(each, registry, publisher, language, guesses, allowance) for each in allowance.over(said)]
    hosts = (urls.host_of(each.link.url) for each in placed)  # asked for only where a credit is doubtful
    contents = [each.without(publisher) for each in claims.settled(contents, attributions, guesses, hosts)]
    attributions = embeds.with_signers(contents, attributions, reading, registry)
    result = document.assembled(
        source.name,
        reading,
        sections,
        contents,
        attributions,
        placed,
        registry,
        photos=[photo_credits(section, registry, cues(language)) for section in sections],
        limit_chars=settings.limits.url_chars,
    )
    return replace(result, publisher=publisher, language=told, evidence=(*evidence, *((why,) if why else ())))


def _linked_ends(reading: Reading) -> frozenset[int]:
    """The ids of the blocks that end with a link."""
    ends = ((reading.blocks[each.block], each.end) for each in reading.anchors or () if each.block is not None)
    return frozenset(id(block) for block, end in ends if end and not block.text[end:].strip(")]. "))


def _sample(sections: Iterable[Section]) -> str:
    """The words that tell the language: those of the text, without what only tells where it comes from."""
    blocks = (block for section in sections for block in section.blocks)
    return " ".join(block.text for block in blocks if block.kind not in (BlockKind.REFERENCE, BlockKind.HEADING))


def _read(source: Source, root: str | None, allowance: Allowance) -> Reading:
    """What the source's reader makes of it. Raises ExtractError that names the source."""
    try:
        reading = reader_of(source.media)(source.data, source.encoding, allowance)
    except ExtractError as error:
        raise ExtractError(f"{source.name}: {error}", about=source.name) from error
    own = source.address or (source.name if urls.normalise(source.name) else None)
    base = urls.resolve(reading.base, own) if reading.base else own
    notes = (*source.notes, *reading.notes)
    written = [each.stands_for or each.url for each in reading.anchors or ()]
    relative = [url for url in written if is_relative(url) and urls.resolve(url, base) is None]
    beside = neighbours(source.name, relative, root)
    base = base if beside else base or reading.canonical
    homeless = len([url for url in relative if url not in beside and urls.resolve(url, base) is None])
    if homeless:
        what = "1 relative URL was" if homeless == 1 else f"{homeless} relative URLs were"
        notes += (f"{what} left out: nothing says where the page stands (no <base href>, no canonical link)",)
    within = reading.within if source.media in inventory.MEDIA else ()  # not of a part of the file
    reading = reading._replace(
        address=reading.address or source.address, base=base, neighbours=beside, notes=notes, within=within
    )
    if "html" not in source.media:  # a page's furniture has days and hours of its own
        reading = headed(reading)
    return references.marked(reading)


def _with_page_credit(sections: Sequence[Section], contents: list[Content]) -> list[Content]:
    """The contents, the one credit line of several entries or days, below the last, handed to the lead: it is the
    whole page's."""
    credited = [index for index, content in enumerate(contents) if content.credit_lines]
    last = len(sections) - 1
    if credited != [last] or last < 2 or sections[0].kind is not UpdateKind.LEAD:
        return contents
    lines = contents[last].credit_lines
    return [
        contents[0]._replace(credit_lines=lines),
        *contents[1:last],
        contents[last]._replace(credit_lines=()),
    ]


def _sentences(content: Content) -> list[Sentence]:
    return [Sentence(each.text, each.position, each.is_embed) for each in content.statements]


def _publisher(
    said: Sequence[Sequence[Sentence]],
    contents: Iterable[Content],
    placed: Iterable[Placed],
    registry: Registry,
    settings: Settings,
    reading: Reading,
) -> tuple[str | None, str]:
    """Who publishes the text: as the settings say, as the source says, else as the text shows, with the evidence."""
    if settings.publisher:
        return settings.publisher, ""
    at_home = registry.of_url(reading.address) if reading.address else None
    if at_home:
        return at_home.name, f"publisher taken to be {at_home.name}: the source's own address is {reading.address}"
    if reading.publisher:
        known = next((each.outlet for each in registry.find(reading.publisher)), None)
        return known.name if known else reading.publisher, f"publisher {reading.publisher}: the source says so"
    credited = {credit.name for content in contents for line in content.credit_lines for credit in line.credits}
    hosts = {urls.host_of(each.link.url) for each in placed}
    return publisher_of(said, credited, registry, hosts - {""})
