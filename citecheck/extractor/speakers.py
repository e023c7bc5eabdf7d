"""Persons and officials who are told to have said something. They are sources of claims, never outlets."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence

from msgspec import Struct

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.groups import Group
from citecheck.extractor.words import Word, WordList, phrase
from citecheck.model import AttributionKind

_LONGEST_WORDS = 8
_APPOSITION_REACH = 22
_PARTICLES = frozenset({"de", "van", "von", "der", "bin", "al", "el", "da", "di", "ter", "la", "le"})


class Speech(Struct, frozen=True, gc=False):
    """Who speaks, where the name stands, and the verb."""

    start: int
    end: int
    kind: AttributionKind
    cue: str
    is_pronoun: bool = False
    is_body: bool = False
    """A ministry, a court, a capital: no "he" or "she" is meant by it."""


def speeches(words: WordList, groups: Iterable[Group], cues: Cues) -> list[Speech]:
    """The persons and officials who speak in a sentence, in order; the words of the groups belong to outlets."""
    found: list[Speech] = []
    telling = words.lows & cues.speakers.tells
    if not telling:
        return found
    taken = {place for group in groups for place in range(group.start, group.end)}
    for place in [place for place, word in enumerate(words) if word.low in telling]:
        if place in taken or place - 1 in taken:
            continue
        word, speech = words[place], None
        if word.low in cues.speakers.says and not word.name:
            speech = _before(words, place, cues) or _behind(words, place, cues)
        else:
            spans = (phrase(words[max(0, place - size) : place + 1]) for size in (1, 0))
            cue = next((said for said in spans if said in cues.speakers.before), None)
            speech = _right(words, place + 1, cue, cues) if cue else None
        if speech and speech.kind is AttributionKind.OFFICIAL and _is_after(words, speech.start, taken):
            continue  # "RFE/RL's Armenian service": the outlet's own
        if speech and (not found or speech.start >= found[-1].end):
            found.append(speech)
    return found


def _is_after(words: Sequence[Word], start: int, taken: Container[int]) -> bool:
    place = bisect_left(words, start, key=lambda word: word.start)
    return place - 1 in taken


def _before(words: Sequence[Word], verb: int, cues: Cues) -> Speech | None:
    """As in "the Defense Ministry said", "Jo Doe, a long-time expert on the region, argued"."""
    place = verb - 1
    while place >= 0 and (words[place].low in cues.speakers.adverbs or words[place].low.endswith("ly")):
        place -= 1
    if place >= 0 and words[place].text in (",", "—", "–"):
        place = _apposition(words, place)
    if place < 0 or words[place].name:
        return None
    if words[place].low in cues.speakers.pronouns:
        word = words[place]
        return Speech(word.start, word.end, AttributionKind.PERSON, words[verb].low, is_pronoun=True)
    first = _first(words, place, cues)
    return _speech(words, first, place, words[verb].low, cues)


def _apposition(words: Sequence[Word], close: int) -> int:
    """The last word before the sign that opens what `close` ends; -1 when there is none in reach."""
    for place in range(close - 2, max(0, close - _APPOSITION_REACH), -1):
        opens = words[place].text == words[close].text and words[place + 1].low not in ("and", "but", "or")
        if opens and words[place - 1].is_capital:
            return place - 1
    return -1


def _behind(words: Sequence[Word], verb: int, cues: Cues) -> Speech | None:
    """As in "…, said Jo Doe": a sign before the verb, the speaker behind."""
    if verb == 0 or words[verb - 1].is_word:
        return None
    return _right(words, verb + 1, words[verb].low, cues)


def _right(words: Sequence[Word], place: int, cue: str, cues: Cues) -> Speech | None:
    while place < len(words) and words[place].low in cues.articles:
        place += 1
    first = place
    while place < len(words) and place - first < _LONGEST_WORDS and _belongs(words, place, cues):
        place += 1
    return _speech(words, first, place - 1, cue, cues, is_after=False) if place > first else None


def _belongs(words: Sequence[Word], place: int, cues: Cues) -> bool:
    word = words[place]
    if word.name or not word.is_word or word.low in cues.articles:
        return False
    speakers = cues.speakers
    if word.low in speakers.officials or word.low in speakers.modifiers or word.low in speakers.roles:
        return True
    if word.low in peoples().adjectives:
        return True
    if word.is_capital:
        return word.low not in cues.not_names
    return word.low in _PARTICLES and place + 1 < len(words) and words[place + 1].is_capital


def _first(words: Sequence[Word], place: int, cues: Cues) -> int:
    """The first word of the name that ends at `place`; "ambassador to the OSCE" is one."""
    first = place
    while first >= 0 and place - first < _LONGEST_WORDS:
        if _belongs(words, first, cues):
            first -= 1
            continue
        joint = first - 1 if words[first].low in cues.articles else first
        if first == place or joint < 1 or words[joint].low not in cues.prepositions:
            break
        head = words[joint - 1].low
        if head not in cues.speakers.officials and head not in cues.speakers.roles:
            break
        first = joint - 1
    while first < place and ((low := words[first + 1].low) in cues.articles or low in cues.prepositions):
        first += 1
    return first + 1


def _speech(
    words: Sequence[Word], first: int, last: int, cue: str, cues: Cues, *, is_after: bool = True
) -> Speech | None:
    if first > last or words[last].low in cues.speakers.nobody or words[last].is_possessive:
        return None
    run = words[first : last + 1]
    seat = phrase(run).replace("'s", "")
    is_official = any(word.low in cues.speakers.officials for word in run) or seat in peoples().places
    if not is_official and not words[last].is_capital:
        return None
    before = first - 1
    while before >= 0 and words[before].low in cues.articles:
        before -= 1
    if is_after and before >= 0 and words[before].low in cues.prepositions:
        return None  # "a director at the Harbour Institute said": the speaker stands further left
    if not is_official and before < first - 1:
        return None
    if not is_official and first == 0 and len(run) == 1 and run[0].low.endswith("s"):
        return None  # "Protesters said": a capital for the start of the sentence, not a name
    if all(word.low in peoples().adjectives for word in run):
        return None
    if first and words[first - 1].low in cues.media and run[0].low in cues.media:
        return None  # "the news agency said"
    kind = AttributionKind.OFFICIAL if is_official else AttributionKind.PERSON
    is_body = is_official and (run[-1].low in cues.speakers.bodies or seat in peoples().places)
    return Speech(run[0].start, run[-1].end, kind, cue, is_body=is_body)
