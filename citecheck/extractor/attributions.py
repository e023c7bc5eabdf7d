"""Who a sentence gives as its source: outlets with the cue that says so, and the persons and officials who speak."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.anaphora import Memory, Named, echoes
from citecheck.extractor.candidates import unknown_names
from citecheck.extractor.cues import Cues, cues
from citecheck.extractor.folding import is_inside
from citecheck.extractor.grounds import ground_of
from citecheck.extractor.groups import Group, groups_of
from citecheck.extractor.guesses import guessed, occurrences
from citecheck.extractor.language import language_of
from citecheck.extractor.namesakes import initials, is_homonym, is_namesake, surnames
from citecheck.extractor.outlets import Registry
from citecheck.extractor.publisher import publisher_of
from citecheck.extractor.speakers import Speech, speeches
from citecheck.extractor.strengths import Ground
from citecheck.extractor.words import Name, Sentence, WordList, squeezed, words_of
from citecheck.model import Attribution, AttributionKind, Outlet, OutletKind, Place, Strength

__all__ = ["Sentence", "attribute", "publisher_of"]

_CHAIN = frozenset({"citing", "quoting", "referring to", "referencing"})
_HANDLE = re.compile(r"(?<!\w)@(\w{2,30})")
_RANK = {Strength.EXPLICIT: 0, Strength.ANAPHORA: 1, Strength.WEAK: 2}
# No sentence has more outlets; a bound, so that a line of nothing else stays fast.
_MOST_NAMES = 100
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
    table = cues(language or language_of(" ".join(each.text for each in sentences)))
    memory = Memory(table, guessed(sentences, registry, table) if guesses is None else guesses)
    texts = [each.text for each in sentences]
    memory.surnames = surnames(texts, registry, table)
    memory.initials = initials(texts, table)
    named = [each.outlet for text in texts for each in registry.find(text) if not each.is_ambiguous]
    memory.in_full = tuple({each.name: each for each in named}.values())
    memory.country = next((each for each, _count in Counter(each.country for each in named).most_common(1)), None)
    result: list[tuple[Attribution, ...]] = []
    for sentence in allowance.over(sentences):
        found = _of_sentence(sentence, registry, publisher, table, memory)
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
    sentence: Sentence, registry: Registry, publisher: str | None, table: Cues, memory: Memory
) -> tuple[Attribution, ...]:
    words = named_words(sentence.text, registry, table, memory.guessed)
    groups = list(groups_of(words, table)) if words.named else []
    found = [each for group in groups for each in _of_group(words, group, sentence, memory, table)]
    if "@" in sentence.text:
        found += _handles(sentence, registry)
    if sentence.is_embed:
        found = [replace(each, value=_quoted(each.value)) for each in found]
        return tuple(_self_marked(each.value, publisher) for each in _unique(found))
    sources = [Named(each.offset, each.outlet, each.value.text) for each in found if each.value.kind in _NEWS]
    found += [each for speech in speeches(words, groups, table) for each in _spoken(speech, sentence, memory)]
    is_alone = not any(each.value.strength is not Strength.WEAK for each in found)
    heard = echoes(words, sources, memory, is_alone, table)
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
    return tuple(_self_marked(value, publisher) for value in _chained(found))


def named_words(text: str, registry: Registry, table: Cues, guesses: frozenset[str] = frozenset()) -> WordList:
    """The words of a sentence, the names of outlets found: those of the registry, and those that cues tell.

    `guesses` are names that other sentences of the text tell to be outlets.
    """
    names = [
        Name(each.start, each.end, (each.outlet, *each.others), each.is_ambiguous)
        for each in registry.find(text)
        if not is_namesake(text, each, table)
    ][:_MOST_NAMES]
    names = _with_guesses(text, names, guesses) if guesses else names
    words = words_of(text, names, table.elisions)
    unknown = [each for each in unknown_names(words, table) if not is_homonym(text, each.start, each.end, table)]
    if not unknown:
        return words
    # Beside a word for its kind a name needs no article: "Britain's Sun newspaper".
    known = [(name, registry.named(text[name.start : name.end])) for name in unknown]
    names += [replace(name, outlets=(outlet,)) if outlet else name for name, outlet in known]
    return words_of(text, sorted(names, key=lambda name: name.start), table.elisions)


def _with_guesses(text: str, names: list[Name], guesses: frozenset[str]) -> list[Name]:
    taken = {place for name in names for place in range(name.start, name.end)}
    more = [Name(*match.span()) for match in occurrences(guesses).finditer(text) if match.start() not in taken]
    return sorted([*names, *more], key=lambda name: name.start) if more else names


def _of_group(words: WordList, group: Group, sentence: Sentence, memory: Memory, table: Cues) -> Iterator[_Found]:
    ground = ground_of(words, group, table)
    for name in group.names:
        if name.is_ambiguous and ground is None and not memory.is_known(name):
            continue
        text = squeezed(sentence.text[name.start : name.end])
        if name.is_ambiguous and text in memory.surnames and words[group.start].name is name:
            continue
        if text in memory.initials:
            continue
        outlet = memory.resolved(name, text)
        if outlet is None and not name.is_account and (ground is None or ground.strength is Strength.WEAK):
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


def _self_marked(value: Attribution, publisher: str | None) -> Attribution:
    is_self = publisher is not None and (value.outlet == publisher or _is_publisher(value, publisher))
    return replace(value, is_self=True, strength=Strength.WEAK) if is_self else value


def _is_publisher(value: Attribution, publisher: str) -> bool:
    """Whether a name that the registry does not know is the publisher's, or its initials: "TOI"."""
    if value.outlet or value.kind is not AttributionKind.OUTLET:
        return False
    name, whole = (each.casefold().removeprefix("the ") for each in (value.text, publisher))
    return name == whole or value.text == "".join(word[0] for word in publisher.split()).upper()


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
    sure = [each for each in found if each.value.strength is not Strength.WEAK]
    if not sure or sure[-1].value.kind not in _NEWS:
        return None
    return Named(sure[-1].offset, sure[-1].outlet, sure[-1].value.name)


def _chained(found: Sequence[_Found]) -> list[Attribution]:
    """As in "RBC reported, citing Novosti Armenia": RBC has it via Novosti Armenia."""
    values = [each.value for each in found]
    if len(values) < 2:
        return values
    for place, value in enumerate(values):
        if value.cue not in _CHAIN or value.kind not in _NEWS:
            continue
        for before in range(place - 1, -1, -1):
            if values[before].kind in _NEWS and values[before].cue not in _CHAIN:
                if values[before].via is None and values[before].strength is not Strength.WEAK:
                    values[before] = replace(values[before], via=value.name)
                break
    return values
