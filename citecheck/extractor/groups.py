"""Names that share one cue: "state media such as TASS and RIA Novosti" is one group with one place in the sentence."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from citecheck.extractor.cues import NONE, Cues, last_words, peoples
from citecheck.extractor.words import Name, Word, WordList, low_at, phrase

_QUOTES = frozenset('“”„"«»‘‹›*_')
# From "such as" back to the outlets it gives examples of.
_EXAMPLE_REACH = 9

_KIND_REACH = 6
_LONGEST_TITLE = 7
# More names are no list; a bound, so that "AFP, AFP, AFP, …" stays linear.
_LONGEST_LIST = 16


class Group(Struct, frozen=True, gc=False):
    """Coordinated names, with the words that belong to them."""

    names: tuple[Name, ...]
    start: int
    """Index of the first word of the whole: article, qualifiers, or the outlets that the names are examples of."""
    end: int
    """Index behind the last word: kind words such as "news agency" included."""
    qualifiers: tuple[str, ...] = ()
    """What stands before the names, said of all of them."""
    closing: tuple[str, ...] = ()
    """What stands behind the last one, said of it."""
    is_example: bool = False
    is_possessive: bool = False
    """The name is "AFP's"; `end` is behind the "'s"."""


def groups_of(words: WordList, cues: Cues) -> Iterator[Group]:
    """The groups of a sentence, in order."""
    places = words.named
    taken = 0
    while taken < len(places):
        run, closed = _coordinated(words, places, taken, cues)
        taken += len(run)
        yield _group(words, run[:closed], cues)
        for place in run[closed:]:
            yield _group(words, [place], cues)


def _coordinated(words: Sequence[Word], places: Sequence[int], first: int, cues: Cues) -> tuple[list[int], int]:
    """The places of the names that follow the one at `first`, and how many of them are joined: a list ends with "and".

    Those behind the last "and" are names by themselves.
    """
    run, closed = [places[first]], 1
    for place in places[first + 1 : first + _LONGEST_LIST]:
        before = _right_edge(words, run[-1] + 1, cues)
        between = words[before:place]
        joint = [word for word in between if not _is_qualifier(word, cues) and word.low not in cues.articles]
        low = [word.low for word in joint if word.text not in _QUOTES]
        if not low or low[0] not in cues.conjunctions | {",", "&", "/"} or len(low) > 2:
            break
        if len(low) == 2 and not (
            _is_comma_and(low, cues) or _is_and_again(low, _preposition(words, run[0], cues), cues)
        ):
            break
        if len(low) == 2 and len(run) == 1 and _is_comma_and(low, cues) and _speaks(words, place, cues):
            break  # "citing Mash, and the BBC filmed it"
        run.append(place)
        if low[0] in cues.conjunctions or low[-1] in cues.conjunctions or low[-1] in ("&", "/"):
            closed = len(run)
    return run, len(run) if closed < len(run) and _goes_on(words, run[-1], cues) else closed


def _goes_on(words: Sequence[Word], last: int, cues: Cues) -> bool:
    """Whether unnamed ones end the list: "A, B, and other outlets"."""
    place = _right_edge(words, last + 1, cues)
    place += low_at(words, place) == ","
    return low_at(words, place) in cues.conjunctions and low_at(words, place + 1) in cues.others


def _speaks(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether a verb of telling follows the name."""
    behind = _right_edge(words, place + 1, cues)
    return behind < len(words) and words[behind].low in cues.says | cues.does


def _is_comma_and(low: Sequence[str], cues: Cues) -> bool:
    return low[0] == "," and low[1] in cues.conjunctions


def _is_and_again(low: Sequence[str], preposition: str, cues: Cues) -> bool:
    """As in "pelo A e pela B", "in A and on B": the preposition before the first again, or another of its kind."""
    if low[0] not in cues.conjunctions or low[1] not in cues.prepositions:
        return False
    again, first = cues.plain(low[1]), cues.plain(preposition)
    return again == first or (again in cues.heads and first in cues.heads)


def _preposition(words: Sequence[Word], place: int, cues: Cues) -> str:
    """The preposition before a name's phrase; empty when there is none."""
    before = words[start - 1].low if (start := _left_edge(words, place, cues)) else ""
    return before if before in cues.prepositions else ""


def _group(words: Sequence[Word], run: Sequence[int], cues: Cues) -> Group:
    names = tuple(name for place in run if (name := words[place].name))
    start = _left_edge(words, run[0], cues)
    end = _right_edge(words, run[-1] + 1, cues)
    before = _qualifiers(words[start : run[0]], cues) if start < run[0] else ()
    behind = _qualifiers(words[run[-1] + 1 : end], cues) if run[-1] + 1 < end else ()
    is_possessive = end < len(words) and words[end].low in ("'s", "'")
    if is_possessive:
        end += 1
    if not is_possessive and len(run) == 1:
        start, end = _set_off(words, start, end, cues)
    example = _example_start(words, start, cues)
    if example is None and len(run) > 1:
        generic = _generic_start(words, start, cues)
        if generic != start and end < len(words) and words[end].text == ",":
            end += 1  # "two outlets, A and B, reported"
        start = generic
    return Group(names, start if example is None else example, end, before, behind, example is not None, is_possessive)


def _set_off(words: Sequence[Word], start: int, end: int, cues: Cues) -> tuple[int, int]:
    """As in "a local news site, Quay Today, published": the kind and both commas belong to the name."""
    if start < 2 or words[start - 1].text != "," or words[start - 2].low not in cues.media_heads:
        return start, end
    if end < len(words) and words[end].text not in ",.":
        return start, end
    return _left_edge(words, start - 1, cues), end + 1 if end < len(words) and words[end].text == "," else end


def _is_qualifier(word: Word, cues: Cues) -> bool:
    return not word.name and (
        word.low in cues.qualifiers
        or word.low in cues.media
        or ("-" in word.low and word.low.rpartition("-")[2] in cues.media)
        or word.low in peoples().adjectives
        or (word.low.endswith(cues.qualifier_endings) and word.low not in cues.inverted)  # not "riportano"
        or (word.is_capital and word.is_possessive and len(word.low) > 2)
    )


def _left_edge(words: Sequence[Word], place: int, cues: Cues) -> int:
    """The first word of the name's phrase: "Russia's state-run news agency" and the article before it."""
    is_quoted = place > 0 and is_title(words, place - 1, cues)
    name = place
    while place and (
        words[place - 1].text in _QUOTES or _is_qualifier(words[place - 1], cues) or _dates(words, place - 1, cues)
    ):
        place -= 1
        if words[place].low in cues.media_heads and _is_field(words, place - 1, cues):
            place -= 1
        before = words[place - 1] if place and words[place].is_possessive else None
        if before and (_is_called(before, cues) or before.low in cues.again.determiners):
            place -= 1  # "South Africa's", "this week's"
    if place < name and words[place].low not in cues.articles and _is_field(words, place - 1, cues):
        place -= 1  # "by hit-or-miss Taiwanese publication O"
    if cues.is_kind_first:
        place = _kind_start(words, place, cues)
    if place and words[place - 1].low in cues.articles:
        place -= 1
    while not is_quoted and place < len(words) and words[place].text in _QUOTES:
        place += 1
    return place


def _is_called(word: Word, cues: Cues) -> bool:
    """Whether somebody or a country may be called so."""
    return word.is_capital and word.is_word and not word.name and word.low not in cues.not_names


def is_title(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Whether the quotation mark at `place` opens a name or title that another soon ends: "“Fox News Sunday”"."""
    if words[place].text not in _QUOTES:
        return False
    for word in words[place + 1 : place + 1 + _LONGEST_TITLE]:
        if word.text in _QUOTES:
            return True
        small = cues.conjunctions | cues.prepositions | cues.articles
        if not (word.is_capital or word.name or word.text in ".,&" or word.low in small):
            break
    return False


def _dates(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """As in "a March Bloomberg article", "the 2015 Reuters report": when it came out, behind an article."""
    word = words[place]
    if not place or word.name or words[place - 1].low not in cues.articles:
        return False
    return word.low in (cues.auxiliaries if word.is_capital else cues.not_names) or word.low.isdigit()


def _is_field(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """What an outlet writes about, between its kind and the words before: "the London-based gaming site"."""
    if place < 1 or not words[place].is_word or words[place].is_capital or words[place].name:
        return False
    word, before = words[place].low, words[place - 1]
    known = (cues.says, cues.does, cues.prepositions, cues.articles, cues.auxiliaries, cues.breaks, cues.conjunctions)
    is_plain = not any(word in each for each in (*known, cues.not_names, cues.qualifiers))
    is_led = before.low in cues.articles or before.low in last_words(cues.before)  # "told gossip site O"
    return is_plain and (is_led or _is_qualifier(before, cues))


def _kind_start(words: Sequence[Word], place: int, cues: Cues) -> int:
    """Where the kind stands before a name and its adjectives: "la agencia estatal rusa TASS"."""
    for at in range(place - 1, max(-1, place - _KIND_REACH), -1):
        word = words[at]
        if word.low in cues.media_heads:
            return at
        if not word.is_word or word.name or (word.is_capital and not word.low.endswith(cues.qualifier_endings)):
            break
        if any(word.low in each for each in (cues.says, cues.inverted, cues.breaks, cues.auxiliaries, cues.does)):
            break
        if word.low in cues.conjunctions:
            break
    return place


def _right_edge(words: Sequence[Word], place: int, cues: Cues) -> int:
    """Behind the edition and the kind words that follow a name; kind words must end in one that can be an outlet."""
    edge = place
    if place + 1 < len(words) and words[place].text in _QUOTES and words[place + 1].text == "-":
        place += 1  # "„Focus“-Informationen"
    if place + 1 < len(words) and words[place].text == "-" and words[place + 1].is_capital:
        place = edge = place + 2  # "dpa-Bericht"
    elif place + 3 < len(words) and words[place].text == "-" and words[place + 1].text in _QUOTES:
        edge = _behind_quote(words, place + 2)  # "ZDF-„Morgenmagazin“"
        place = edge
    for at in range(place, min(place + 4, len(words))):
        word = words[at]
        if word.name:
            break
        if (word.text in _QUOTES and at == place) or _is_edition(word, cues):
            edge = at + 1
        elif word.is_capital or (word.low not in cues.media and word.low not in cues.qualifiers):
            break
        elif word.low in cues.media_heads:
            edge = at + 1
    return edge


def _behind_quote(words: Sequence[Word], place: int) -> int:
    """Behind the closing quotation mark, when it is near."""
    return next((at + 1 for at in range(place, min(place + 4, len(words))) if words[at].text in _QUOTES), place)


def _is_edition(word: Word, cues: Cues) -> bool:
    return not word.text[:1].islower() and (word.low in cues.editions or word.low in peoples().adjectives)


def _qualifiers(words: Sequence[Word], cues: Cues) -> tuple[str, ...]:
    """What the words tell of the outlet; kind words that follow one another are one."""
    kept: list[str] = []
    was_kind = False
    for word in words:
        if word.low in cues.articles or not word.is_word:
            was_kind = False
            continue
        is_kind = word.low in cues.media
        if is_kind and was_kind:
            kept[-1] += f" {word.text}"
        else:
            kept.append(word.text)
        was_kind = is_kind
    return tuple(kept)


def _example_start(words: Sequence[Word], start: int, cues: Cues) -> int | None:
    """Where the outlets stand that the names are examples of; None when the names are no examples."""
    if not start or words[start - 1].low not in last_words(cues.examples):
        return None
    reports = cues.heads.get("from", NONE)
    for span in (3, 2, 1):
        if start >= span and phrase(words[start - span : start]) in cues.examples:
            stop = start - span
            if stop and words[stop - 1].text == ",":
                stop -= 1
            for place in range(stop - 1, max(-1, stop - _EXAMPLE_REACH), -1):
                if words[place].low in cues.media_heads or words[place].low in reports:
                    is_report = words[place].low in reports
                    return start if is_report else _left_edge(words, place, cues)
            return None
    return None


def _generic_start(words: Sequence[Word], start: int, cues: Cues) -> int:
    """As in "international media outlets, A and B": the unnamed ones are a part of the list."""
    if start > 1 and words[start - 1].text == "," and words[start - 2].low in cues.media_heads:
        return _left_edge(words, start - 1, cues)
    return start


def person_start(words: Sequence[Word], start: int, cues: Cues) -> int:
    """As in "according to columnist Jo Doe, of the Guardian", "told the editorial board of O": the cue is before."""
    if start < 2 or words[start - 1].low not in cues.person_of:
        return start
    name_end = place = start - 2 if words[start - 2].text == "," else start - 1
    while place and start - place < 5 and _is_called(words[place - 1], cues):
        place -= 1
    run = {word.low for word in words[place:name_end]}
    if run & cues.speakers.officials:
        return start  # "the Ministry of Foreign Affairs"
    if cues.is_verb_first and name_end - place < 2:
        return start  # "Invité de RTL"
    first = place
    while first and any(words[first - 1].low in each for each in (cues.staff, cues.bodies, cues.articles)):
        first -= 1
    board = {word.low for word in words[first:place]}
    return first if run or (board & cues.staff and board & cues.bodies) else start


def is_plain_subject(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """No preposition before: "the offices of AFP said" is not AFP speaking."""
    start = person_start(words, group.start, cues)
    if start == 0 or words[start - 1].low not in cues.prepositions or group.is_example:
        return True
    return start > 1 and words[start - 2].low in cues.media_heads  # "the online edition of O reported"
