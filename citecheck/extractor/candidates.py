"""Names of outlets that the registry does not know, told by the words beside them ("news agency X") or their form."""

from collections.abc import Sequence
from itertools import pairwise

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.forms import is_outlet_like, is_telling
from citecheck.extractor.readers.pages import words as layout
from citecheck.extractor.words import Name, Word, WordList, phrase
from citecheck.patterns import regex

_LONGEST_WORDS = 5
_MOST_BETWEEN = 3
_APPOSITION_REACH = 5
_CAPITALS = regex(r"[A-Z][A-Z]")
_HOST = regex(r"[\w-]{2,}(?:\.[\w-]+)*\.([a-z]{2,})")
_POSSESSIVE = regex(r"['’]s?$")
_HOST_ENDING = regex(r"\.[a-z]{2}")
_QUOTES = frozenset("“„\"«'‘‹*")
_CLOSING_QUOTES = frozenset("”“\"»'’›*")
# Inside a name: "Voice of the Bay", "L'Eco di Bergamo".
_LINKS = frozenset({"of", "de", "du", "des", "del", "della", "di", "da", "do", "dos", "la", "le", "el", "al"})
_LINKS |= {"van", "het", "und", "et", "y", "&", "."}


def unknown_names(words: WordList, cues: Cues) -> list[Name]:
    """Outlets and accounts beside a word for their kind, or of an outlet's form; ascending, not overlapping."""
    has_kind = not words.lows.isdisjoint(cues.kind_starts)
    has_form = not words.lows.isdisjoint(cues.outlet_forms) or (
        ("-" in words.text or _CAPITALS.search(words.text) is not None)
        and any(is_telling(each, cues) for each in words if each.is_capital)
    )
    has_known = bool(words.named) and not words.lows.isdisjoint(cues.conjunctions) and _has_joined_outlet(words, cues)
    has_apposition = has_kind and any(one.text == "," and two.low in cues.articles for one, two in pairwise(words))
    if not (has_kind or has_form or has_known or _HOST_ENDING.search(words.text)):
        return []
    found: list[Name] = []
    place = 0
    while place < len(words):
        word = words[place]
        name = _beside_kind(words, place, cues) if word.low in cues.kind_starts else None
        if (
            name is None
            and "." in word.text
            and not word.name
            and _is_host(word.text)
            and not _is_firm(words, place, cues)
        ):
            name = _named([word], is_account=False)
        if name is None and word.is_capital:
            name = (
                (_by_form(words, place, cues) if has_form else None)
                or (_beside_known(words, place, cues) if has_known else None)
                or (_explained(words, place, cues) if has_apposition else None)
            )
        if name and (not found or name.start >= found[-1].end):
            found.append(name)
            while place < len(words) and words[place].start < name.end:
                place += 1
        else:
            place += 1
    return found


def _beside_kind(words: Sequence[Word], place: int, cues: Cues) -> Name | None:
    """The name before or behind the kind word(s) that begin at `place`."""
    for kind, span in _kinds_at(words, place, cues):
        is_account = kind in cues.account_kinds
        if is_account or kind in cues.kinds:
            first = _name_start(words, place + span, cues)
            behind = _run(words, first, cues)
            if behind and (_is_apart(words, first) or all(word.low in cues.qualifiers for word in behind)):
                behind = []  # "El Periódico Oficial"
            behind = behind or _set_off(words, first, cues)
            if behind:
                return _named(behind, is_account)
            near = {word.low for word in words[max(0, place - _MOST_BETWEEN) : place]}
            is_unnamed = kind.endswith("s") and not is_account and near.isdisjoint(cues.conjunctions)
            if cues.is_kind_first or is_unnamed:
                return None  # "Multiple news outlets"
            before = _run_before(words, place, cues, is_account)
            if before:
                return _named(before, is_account)
        elif kind in cues.kinds_before and place and _is_introduced(words, place, cues):
            behind = _run(words, place + span, cues) or _set_off(words, place + span, cues)
            if behind and behind[0].low not in peoples().institutions:  # "the UN's agency UNICEF"
                return _named(behind, is_account)
    return None


def _set_off(words: Sequence[Word], comma: int, cues: Cues) -> list[Word]:
    """As in "a local news site, Quay Today, published": the name between commas behind its kind."""
    if comma >= len(words) or words[comma].text != ",":
        return []
    run = _run(words, comma + 1, cues)
    after = comma + 1 + len(run)
    is_closed = after >= len(words) or words[after].text in (",", ".")
    return run if is_closed and not any(_is_seat(word, cues) for word in run) else []


def _is_seat(word: Word, cues: Cues) -> bool:
    """No newsroom: "the newspaper, Moscow said", "a site, the Ministry said"."""
    return word.low in cues.speakers.officials or word.low in peoples().places or word.low in peoples().institutions


def _kinds_at(words: Sequence[Word], place: int, cues: Cues) -> list[tuple[str, int]]:
    if cues.is_kind_first:
        is_quoted = place + 1 < len(words) and words[place + 1].text in _QUOTES  # "Газета «Причал»"
        if words[place].is_capital and words[place].low in cues.outlet_beginnings | cues.bodies and not is_quoted:
            return []  # "Radio Quay", "la Agencia Nacional de Hidrocarburos"
        runs = ((words[place : place + span], span) for span in (3, 2, 1))
        return [(phrase(run), span) for run, span in runs if not any(word.name for word in run)]
    two = f"{words[place].low} {words[place + 1].low}" if place + 1 < len(words) else ""
    if words[place].name or (two and words[place + 1].name):
        two = ""
    one = "" if words[place].name or words[place].is_capital else words[place].low
    return [(kind, span) for kind, span in ((two, 2), (one, 1)) if kind]


def _name_start(words: Sequence[Word], place: int, cues: Cues) -> int:
    """Where the name may begin behind its kind: adjectives between, as in "l'agence russe X"."""
    if not cues.is_kind_first:
        return place
    at = place
    while at < len(words) and at - place < _MOST_BETWEEN and _is_between(words[at], cues):
        at += 1
    return at


def _is_between(word: Word, cues: Cues) -> bool:
    if word.is_capital or not word.is_word or word.name:
        return False
    verbs = (cues.says, cues.does, cues.auxiliaries, cues.inverted, cues.speakers.says)
    others = (*verbs, cues.prepositions, cues.conjunctions, cues.articles, cues.breaks)
    return word.low in cues.qualifiers or not any(word.low in each for each in others)


def _is_apart(words: Sequence[Word], place: int) -> bool:
    """As in "The newspaper Saturday", "the news agency Monday": a day behind is no name."""
    if place + 1 < len(words) and words[place].text in _QUOTES:
        return False
    return place >= len(words) or not (words[place].is_capital or _is_host(words[place].text))


def _is_introduced(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """Before a weak kind word stands what tells of a nation, a place or a control: "the Israeli tech daily X"."""
    for before in reversed(words[max(0, place - _MOST_BETWEEN) : place]):
        is_told = before.low in peoples().adjectives or before.is_possessive or before.low in cues.qualifiers
        if is_told or before.low.endswith(cues.qualifier_endings):
            return True
        if before.is_capital or not before.is_word or before.low in cues.articles | cues.prepositions:
            return False
    return False


def _run(words: Sequence[Word], place: int, cues: Cues) -> list[Word]:
    """The capitalised words from `place` on that can be a name; an opening quotation mark may precede."""
    if place < len(words) and words[place].text in _QUOTES:
        place += 1
        quoted = _quoted(words, place)
        if quoted:
            return quoted
    run: list[Word] = []
    while place < len(words) and len(run) < _LONGEST_WORDS:
        word = words[place]
        is_link = bool(run) and word.low in _LINKS and place + 1 < len(words) and words[place + 1].is_capital
        is_article = not run and place > 0 and _is_own_article(words, place, cues)
        # "Quay Today", "Vermont Public Radio"
        is_ending = bool(run) and word.is_capital and word.low in cues.outlet_endings | cues.qualifiers
        if word.name or not (is_link or is_article or is_ending or _may_name(word, cues)):
            break
        run.append(word)
        place += 1
        if word.is_possessive:
            break
    while run and run[-1].low in _LINKS:
        run.pop()
    return run if any(word.is_capital for word in run) else []  # "media outlets [1, 2]"


def _quoted(words: Sequence[Word], place: int) -> list[Word]:
    """What a closing quotation mark ends, when it can be a name: "портал «Уральский меридиан»", "телеканал «112»"."""
    for at in range(place, min(place + _LONGEST_WORDS + 1, len(words))):
        if words[at].text in _CLOSING_QUOTES:
            run = list(words[place:at])
            is_name = bool(run) and (run[0].is_capital or run[0].text.isdigit())
            return run if is_name and all(word.is_word and not word.name for word in run) else []
    return []


def _is_own_article(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """As in "Le Phare de Bizerte", "El Eco del Valle": an article written large within a sentence is part of a name."""
    word = words[place]
    if not word.is_capital or word.low not in cues.articles or place + 1 >= len(words):
        return False
    behind = words[place + 1]
    return behind.is_capital and behind.name is None and _may_name(behind, cues)


def _run_before(words: Sequence[Word], place: int, cues: Cues, is_account: bool) -> list[Word]:
    """The capitalised words that end at `place`; nationalities, "the" and the like at their head do not belong."""
    while is_account and place and words[place - 1].low in cues.account_words:
        place -= 1
    run: list[Word] = []
    at = place - 1
    while at >= 0 and len(run) < _LONGEST_WORDS:
        word = words[at]
        is_link = bool(run) and word.low in _LINKS and at and words[at - 1].is_capital
        is_joined = len(run) == 1 and word.low in cues.conjunctions and at and _goes_before(words[at - 1], cues)
        if word.name or not (is_link or is_joined or _may_name(word, cues)) or (run and word.is_possessive):
            break
        run.insert(0, word)  # "Air and Space magazine" has one name
        at -= 1
    adjectives = peoples().adjectives
    while run and (
        run[0].low in adjectives or run[0].low in cues.not_names or run[0].low in _LINKS or run[0].is_possessive
    ):
        run.pop(0)
    if not run or run[-1].is_possessive or (len(run) == 1 and run[0].low in peoples().places):
        return []  # "New Zealand's public broadcaster"
    return run


def _by_form(words: Sequence[Word], place: int, cues: Cues) -> Name | None:
    """A run of capitals that ends or begins as outlets' names do, seen from its first word."""
    if place and _goes_before(words[place - 1], cues):
        return None
    run = _run(words, place, cues)
    length = len(run)
    is_titled = place > 0 and words[place - 1].is_word and _is_own_article(words, place, cues)
    while len(run) > 1 and (run[0].low in peoples().adjectives or run[0].low in cues.not_names) and not is_titled:
        run.pop(0)
    if (
        not run
        or (len(run) < 2 and not is_telling(run[0], cues))
        or not is_outlet_like(run, cues)
        or _is_person(words, place + length, cues)
    ):
        return None
    return _named(run, is_account=_is_account(words, place + length, cues))


def _is_account(words: Sequence[Word], behind: int, cues: Cues) -> bool:
    """As in "the Quay Observer open source Twitter account": a watcher's, though the name has an outlet's form."""
    while behind < len(words) and words[behind].low in cues.account_words:
        behind += 1
    return any(phrase(words[behind : behind + span]) in cues.account_kinds for span in (2, 1))


def _goes_before(word: Word, cues: Cues) -> bool:
    """Whether a capital word belongs to the name behind it; "UN-backed" and "Berlin's" do not."""
    is_part = word.is_capital and not word.name and not word.is_possessive
    return is_part and word.low not in cues.not_names and not word.low.endswith(cues.qualifier_endings)


def _is_person(words: Sequence[Word], comma: int, cues: Cues) -> bool:
    """As in "Serhii Radio, a chemist and researcher": somebody's name that only looks like an outlet's."""
    if comma + 1 >= len(words) or words[comma].text != "," or words[comma + 1].low not in cues.articles:
        return False
    near = {word.low for word in words[comma + 2 : comma + 2 + _APPOSITION_REACH]}
    return bool(near & (cues.speakers.roles | cues.staff)) and not near & cues.media_heads


def _has_joined_outlet(words: WordList, cues: Cues) -> bool:
    """Whether an outlet has an "and" so near that another may be joined to it."""
    near = (words[max(0, at - 2) : at + 2] for at in words.named if _is_outlet(words[at]))
    return any(each.low in cues.conjunctions for run in near for each in run)


def _beside_known(words: Sequence[Word], place: int, cues: Cues) -> Name | None:
    """As in "Reuters and Quaywatch reported": joined to an outlet by "and"."""
    if words[place].name or (place and words[place - 1].is_capital):
        return None
    run = _run(words, place, cues)
    is_led = place > 1 and words[place - 1].low in cues.articles | cues.prepositions
    before = place - 2 if is_led else place - 1
    after = place + len(run)
    is_joined = (before > 0 and words[before].low in cues.conjunctions and _is_outlet(words[before - 1])) or (
        after + 1 < len(words)
        and words[after].low in cues.conjunctions
        and any(_is_outlet(word) for word in words[after + 1 : after + 3])
    )
    if not run or not is_joined:
        return None
    others = (cues.speakers.officials, peoples().places, peoples().institutions, peoples().adjectives)
    if after < len(words) and words[after].low in cues.media_heads:
        return None  # "O and the Midland paper"
    return None if any(word.low in each for each in others for word in run) else _named(run, is_account=False)


def _explained(words: Sequence[Word], place: int, cues: Cues) -> Name | None:
    """As in "Quay Today, a shipping newsletter": what it is follows between commas."""
    if place and (words[place - 1].name or _goes_before(words[place - 1], cues)):
        return None
    run = _run(words, place, cues)
    opened = place + len(run)
    if not run or opened + 2 >= len(words) or words[opened].text != "," or words[opened + 1].low not in cues.articles:
        return None
    if run[0].low in peoples().institutions:
        return None  # "by Microsoft, a blog post that"
    for at in range(opened + 2, min(opened + 2 + _APPOSITION_REACH, len(words))):
        word = words[at]
        if not word.is_word or word.name or word.low in cues.staff or word.low in cues.prepositions:
            return None
        if any(phrase(words[at : at + span]) in cues.all_kinds for span in (3, 2, 1)):
            if word.low in cues.speakers.bodies or _is_somebodys(words, at, cues):
                return None  # "a sports and talent agency"
            return _named(run, is_account=False)
    return None


def _is_firm(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """As in "quay.example, a Bay-based data firm": what it is, behind a comma, is no newsroom."""
    if place + 2 >= len(words) or words[place + 1].text != "," or words[place + 2].low not in cues.articles:
        return False
    near = {word.low for word in words[place + 3 : place + 3 + _APPOSITION_REACH]}
    return bool(near & cues.sure.companies) and near.isdisjoint(cues.media_heads)


def _is_somebodys(words: Sequence[Word], kind: int, cues: Cues) -> bool:
    """As in "Jo Doe, a newspaper owner": a noun behind the kind."""
    while kind + 1 < len(words) and words[kind + 1].low in cues.media_heads:
        kind += 1
    behind = words[kind + 1] if kind + 1 < len(words) else None
    people = cues.speakers.roles if behind and behind.is_capital else cues.speakers.roles | cues.staff
    return behind is not None and behind.is_word and behind.low in people


def _is_outlet(word: Word) -> bool:
    return word.name is not None and not word.name.is_organisation and not word.name.is_ambiguous


def _may_name(word: Word, cues: Cues) -> bool:
    is_qualifier = word.low.endswith(cues.qualifier_endings) and not (word.is_capital and "-" not in word.text)
    if not word.is_word or word.low in cues.not_names or is_qualifier:
        return False
    return word.is_capital or (word.text[:1].isdigit() and len(word.text) < 4) or "." in word.text[1:-1]


def _named(run: Sequence[Word], is_account: bool) -> Name:
    end = run[-1].start + len(_POSSESSIVE.sub("", run[-1].text))
    return Name(run[0].start, end, is_account=is_account)


def _is_host(text: str) -> bool:
    """Whether it is the name of a host, rather than a file's: "quay.example", but not "setup.py"."""
    match = _HOST.fullmatch(text)
    return match is not None and match[1] not in layout()["files"]
