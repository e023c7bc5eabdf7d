"""Who a sentence gives as its source: outlets with the cue that says so, and the persons and officials who speak."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.anaphora import Memory, Named, echoes
from citecheck.extractor.cues import cues
from citecheck.extractor.folding import is_inside
from citecheck.extractor.groups import Group
from citecheck.extractor.guesses import guessed
from citecheck.extractor.language import language_of
from citecheck.extractor.namesakes import initials, shortenings, surnames
from citecheck.extractor.outlets import Registry
from citecheck.extractor.parses import Parse, parses_of
from citecheck.extractor.publisher import publisher_of
from citecheck.extractor.speakers import Speech
from citecheck.extractor.strengths import Ground
from citecheck.extractor.words import Sentence, WordList, squeezed
from citecheck.model import Attribution, AttributionKind, Outlet, OutletKind, Place, Strength
from citecheck.patterns import regex

__all__ = ["Sentence", "attribute", "publisher_of"]

_CHAIN = frozenset({"citing", "quoting", "referring to", "referencing"})
_HANDLE = regex(r"(?<!\w)@(\w{2,30})")
_MOTTO = regex(r" [-–—|:] ")
_RANK = {Strength.EXPLICIT: 0, Strength.ANAPHORA: 1, Strength.WEAK: 2}
_NEWS = (AttributionKind.OUTLET, AttributionKind.ORGANISATION)


class _Found(Struct, frozen=True, gc=False):
    """An attribution and its offset in the sentence."""

    offset: int
    value: Attribution
    outlet: Outlet | None = None


def attribute(
    sentences: Sequence[Sentence],
    registry: Registry,
    publisher: str | None,
    language: str | None = None,
    guesses: frozenset[str] | None = None,
    allowance: Allowance = AMPLE,
) -> list[tuple[Attribution, ...]]:
    """The attributions of each sentence of one update, in the order of the text; one a sentence and source.

    `language` is the document's (ISO 639-1), `guesses` are outlets that its other updates tell (`guessed`); None:
    both told by the sentences. Raises OutOfTime.
    """
    language = language or language_of(" ".join(each.text for each in sentences))
    table = cues(language)
    memory = Memory(table, guessed(sentences, registry, table) if guesses is None else guesses)
    texts = [each.text for each in sentences]
    memory.surnames = surnames(texts, registry, table)
    memory.initials = initials(texts, registry, table)
    named = [each.outlet for text in texts for each in registry.find(text) if not each.is_ambiguous]
    memory.in_full = tuple({each.name: each for each in named}.values())
    memory.guessed |= shortenings(memory.in_full, table)
    memory.country = next((each for each, _count in Counter(each.country for each in named).most_common(1)), None)
    result: list[tuple[Attribution, ...]] = []
    parses = parses_of(allowance.over(texts), registry, language, memory.guessed)
    for sentence, parse in zip(sentences, parses, strict=True):
        found = _of_sentence(sentence, parse, registry, publisher, language, memory)
        may_close = result and found and sentence.text.startswith(("(", "["))
        behind = sum(_closes_previous(each, sentence) for each in found) if may_close else 0
        if behind:
            result[-1] += found[:behind]
        result.append(found[behind:])
    return result


def _closes_previous(value: Attribution, sentence: Sentence) -> bool:
    """As in "(Reuters)" behind a full stop belongs to the sentence before it, though it begins the next."""
    return value.place is Place.PARENTHETICAL and (value.line, value.column) == tuple(sentence.position(1))


def _of_sentence(
    sentence: Sentence, parse: Parse, registry: Registry, publisher: str | None, language: str, memory: Memory
) -> tuple[Attribution, ...]:
    words, groups, speeches = parse
    found = [each for group, ground in groups for each in _of_group(words, group, ground, sentence, memory)]
    if "@" in sentence.text:
        found += _handles(sentence, registry)
    if sentence.is_embed:
        found = [replace(each, value=_quoted(each.value)) for each in found]
        return tuple(_self_marked([each.value for each in _unique(found)], publisher))
    sources = [Named(each.offset, each.outlet, each.value.text) for each in found if each.value.kind in _NEWS]
    found += [each for speech in speeches for each in _spoken(speech, sentence, memory)]
    is_alone = not any(each.value.strength is not Strength.WEAK for each in found)
    heard = echoes(words, sources, memory, is_alone, cues(language))
    if heard:  # "the news agency added": nobody else's agency
        spans = sorted((each.offset + 1, each.offset + len(each.text)) for each in heard)
        found = [each for each in found if each.value.outlet is not None or not is_inside(spans, each.offset)]
    for echo in heard:
        kind = _kind_of(echo.named.outlet)
        name = echo.named.outlet.name if echo.named.outlet else None
        value = Attribution(
            name,
            echo.text if name else echo.named.text,
            kind,
            echo.cue,
            *sentence.position(echo.offset),
            strength=Strength.ANAPHORA,
        )
        found.append(_Found(echo.offset, value, echo.named.outlet))
    found = _unique(found)
    memory.close_sentence(words, sources, _last_named(found))
    return tuple(_self_marked(_chained([each.value for each in found]), publisher))


def _of_group(
    words: WordList, group: Group, ground: Ground | None, sentence: Sentence, memory: Memory
) -> Iterator[_Found]:
    for name in group.names:
        if name.is_ambiguous and ground is None and not memory.is_known(name):
            continue
        text = squeezed(sentence.text[name.start : name.end])
        if name.is_ambiguous and text in memory.surnames and words[group.start].name is name:
            continue
        if text in memory.initials:
            continue
        outlet = memory.resolved(name, text)
        is_far = ground is not None and ground.cue.endswith("… to") and "." in text  # "sent … to quay.example"
        if outlet is None and not name.is_account and (ground is None or ground.strength is Strength.WEAK or is_far):
            continue
        if outlet and not name.is_ambiguous:
            memory.hold(outlet)
        shown = ground or Ground(Strength.WEAK, "")
        value = Attribution(
            outlet.name if outlet else None,
            text,
            AttributionKind.ACCOUNT if name.is_account else _kind_of(outlet),
            shown.cue,
            *sentence.position(name.start),
            place=shown.place,
            strength=shown.strength,
            qualifiers=group.qualifiers + (group.closing if name is group.names[-1] else ()),
        )
        yield _Found(name.start, value, outlet)


def _kind_of(outlet: Outlet | None) -> AttributionKind:
    if outlet and outlet.kind is OutletKind.ORGANISATION:
        return AttributionKind.ORGANISATION
    return AttributionKind.OUTLET


def _handles(sentence: Sentence, registry: Registry) -> Iterator[_Found]:
    """Outlets named by their accounts."""
    for match in _HANDLE.finditer(sentence.text):
        outlet = registry.of_handle(match.group(1))
        if outlet:
            value = Attribution(
                outlet.name,
                match.group(),
                _kind_of(outlet),
                "@",
                *sentence.position(match.start()),
                strength=Strength.WEAK,
            )
            yield _Found(match.start(), value, outlet)


def _spoken(speech: Speech, sentence: Sentence, memory: Memory) -> Iterator[_Found]:
    text, kind = squeezed(sentence.text[speech.start : speech.end]), speech.kind
    strength = Strength.EXPLICIT
    if speech.is_pronoun:
        if memory.person is None:
            return
        (text, is_official), strength = memory.person, Strength.ANAPHORA
        kind = AttributionKind.OFFICIAL if is_official else AttributionKind.PERSON
    memory.person = None if speech.is_body else (text, kind is AttributionKind.OFFICIAL)
    yield _Found(
        speech.start,
        Attribution(None, text, kind, speech.cue, *sentence.position(speech.start), strength=strength),
    )


def _quoted(value: Attribution) -> Attribution:
    """In another's post: its words are not the document's own."""
    return replace(value, place=Place.EMBED, strength=Strength.WEAK)


def _self_marked(values: list[Attribution], publisher: str | None) -> list[Attribution]:
    if publisher is None:
        return values
    return [
        replace(each, is_self=True, strength=Strength.WEAK)
        if each.outlet == publisher or _is_publisher(each, publisher)
        else each
        for each in values
    ]


def _is_publisher(value: Attribution, publisher: str) -> bool:
    """Whether a name that the registry does not know is the publisher's, or its initials: "TOI"."""
    if value.outlet or value.kind is not AttributionKind.OUTLET:
        return False
    name, whole = (each.casefold().removeprefix("the ") for each in (value.text, publisher))
    motto = _MOTTO.split(whole)[0]  # "quay.example - News from the harbour"
    return (
        name in (whole, motto)
        or motto.startswith(f"{name} ")
        or (motto.endswith(f" {name}") and value.text[:4].lower() == "the ")  # "the Globe" of the "Bay Globe"
        or value.text == "".join(word[0] for word in publisher.split()).upper()
    )


def _unique(found: list[_Found]) -> list[_Found]:
    """Of several for one source the surest, then the first; in the order of the sentence."""
    if len(found) < 2:
        return found
    best: dict[tuple[str, AttributionKind], _Found] = {}
    for each in sorted(found, key=lambda each: each.offset):
        key = (each.value.name, each.value.kind)
        if key not in best or _RANK[each.value.strength] < _RANK[best[key].value.strength]:
            best[key] = each
    return sorted(best.values(), key=lambda each: each.offset)


def _last_named(found: Sequence[_Found]) -> Named | None:
    """The sentence's last source, when it is an outlet or organisation."""
    for each in reversed(found):
        if each.value.strength is not Strength.WEAK:
            return Named(each.offset, each.outlet, each.value.name) if each.value.kind in _NEWS else None
    return None


def _chained(values: list[Attribution]) -> list[Attribution]:
    """As in "RBC reported, citing Novosti Armenia": RBC has it via Novosti Armenia."""
    for place, value in enumerate(values):
        if value.cue not in _CHAIN or value.kind not in _NEWS:
            continue
        for before in range(place - 1, -1, -1):
            if values[before].kind in _NEWS and values[before].cue not in _CHAIN:
                if values[before].via is None and values[before].strength is not Strength.WEAK:
                    values[before] = replace(values[before], via=value.name)
                break
    return values
