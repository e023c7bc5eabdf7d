"""What only looks like an outlet's name: a part of a longer one, somebody's, another thing called so."""

import re
from collections.abc import Iterable, Sequence

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.outlets import Mention, Registry
from citecheck.model import Outlet, OutletKind
from citecheck.patterns import regex

_NEXT_CAPITAL = regex(r" (?:(?:of|of the|do|du|des|della) |(?:d|dell)['’])?(?:[A-ZÀ-Þ]|\d)")
# A joint report of two, "a Guardian-ITV investigation", is of each.
_JOINED_NAME = regex(r"-[A-ZÀ-Þ][a-zß-ÿ]+(?!\w)")
_JOINED_ACRONYM = regex(r"-[A-ZÀ-Þ]{2,}(?!\w)")
_GLOSS = regex(r"\(([A-ZÀ-Þ]{2,6})\)")
_SPELT_OUT = regex(r"\b([A-ZÀ-Þ]{2,6}) \((\w[\w -]{2,60})\)")
_NEXT_WORDS = regex(r"(?:[ -]|(?=['’]))(['’]s|\w+)(?: (\w+))?")
_NEXT_NAME = regex(r"[ -](?:Media )?(\w+)")
_STATION = regex(r" \d{1,2}\b(?! (?:days|million|minutes|people|percent|years)\b)", re.IGNORECASE)
_OF_BEFORE = regex(r"[A-Z]\w+ (?:of|for) $")
_WORD = regex(r"([^\W\d_][\w.’'-]*) $")
_WORD_ENDS = tuple("_.’'-")
_REACH = 40
_OPENING_QUOTES = tuple('„“«"‹')
# A shorter name without its article is a word of another language as well: "der Post" is not "Il Post".
_SHORT = 8


def is_namesake(text: str, mention: Mention, cues: Cues) -> bool:
    """Whether something else than the outlet is named there."""
    start, end = mention.start, mention.end
    if (
        is_homonym(text, start, end, cues)
        or _is_pronoun(text, start, end, cues)
        or _is_called(text, mention, cues)
        or (_is_foreign(text[start:end], mention, cues) and not _is_quoted(text, start, end))
    ):
        return True
    if (behind := _NEXT_NAME.match(text, end)) and behind[1] in peoples().firms:
        return True  # "the Economist Group", "Guardian Media Group"
    if mention.outlet.kind is OutletKind.MAGAZINE and behind and behind[1].lower() in cues.editions:
        return False  # "Wired Italy"
    if text[start:end].lower() in cues.networks and _STATION.match(text, end):
        return True  # "NBC 4"
    return mention.is_ambiguous and (_is_part(text, start, end, cues) or _is_behind_name(text, start, end, cues))


def is_homonym(text: str, start: int, end: int, cues: Cues) -> bool:
    """Something else of that name: "CCTV footage", "the AP exam"."""
    low = text[start:end].lower().replace("’", "'").removeprefix("the ")
    others, leads = cues.namesakes.before.get(low), cues.namesakes.behind.get(low)
    is_told = _word_before(text, start) in cues.sure.told  # "told People in 2005"
    behind = _NEXT_WORDS.match(text, end) if others and not is_told else None
    if others and behind and {behind[1].replace("’", "'").lower(), f"{behind[1]} {behind[2]}".lower()} & others:
        return True
    return leads is not None and _word_before(text, start).lower() in leads and not _is_quoted(text, start, end)


def _is_pronoun(text: str, start: int, end: int, cues: Cues) -> bool:
    """As in "Elle affirme que …": a pronoun written large because it opens a sentence or what somebody says."""
    seen = text[start:end]
    if seen.lower() not in cues.speakers.pronouns or seen.isupper() or _is_quoted(text, start, end):
        return False
    return text[start - 1 : start] != " " or not _word_before(text, start).islower()


def surnames(texts: Iterable[str], registry: Registry, cues: Cues) -> frozenset[str]:
    """The names of outlets that others in the text have: of "Neil Forbes", "the insurer CNA" the last is said later."""
    return frozenset(
        text[each.start : each.end]
        for text in texts
        for each in registry.find(text)
        if each.is_ambiguous
        and (
            _is_called(text, each, cues)
            or _is_behind_name(text, each.start, each.end, cues)
            or _is_firms(text, each.start, each.end, cues)
        )
    )


def _is_firms(text: str, start: int, end: int, cues: Cues) -> bool:
    """As in "the insurance giant CNA", "CNA Financial", "Apache Software"."""
    behind = _NEXT_NAME.match(text, end)
    is_told = _word_before(text, start) in cues.sure.companies - cues.media
    return is_told or (behind is not None and behind[1] in peoples().firms)


def shortenings(outlets: Iterable[Outlet], cues: Cues) -> frozenset[str]:
    """What the papers that a text names in full are called for short: "the Herald"."""
    names = (each.name.removeprefix("The ") for each in outlets if each.kind is OutletKind.NEWSPAPER)
    lasts = {name.rpartition(" ")[2] for name in names if " " in name}
    article = "the" if "the" in cues.articles else ""
    return frozenset(
        f"{each} {last}"
        for last in lasts
        if article and last.lower() in cues.outlet_endings | cues.credits.outlets
        for each in (article, article.title())
    )


def initials(texts: Iterable[str], registry: Registry, cues: Cues) -> frozenset[str]:
    """Acronyms that the text explains to be others': "the Australian Federal Police (AFP)", "AP (access point)"."""
    found = set()
    for text in texts:
        for match in _GLOSS.finditer(text) if ")" in text else ():
            before = text[max(0, match.start() - 2 * _REACH) : match.start()]
            if _is_others(match[1], before.replace("-", " ").split(), cues) and not _is_named(before, registry):
                found.add(match[1])
        for match in _SPELT_OUT.finditer(text) if ")" in text else ():
            words = match[2].lower().split()
            if "".join(word[0] for word in words).upper() == match[1] and cues.media.isdisjoint(words):
                found.add(match[1])
    return frozenset(found)


def _is_others(acronym: str, before: Sequence[str], cues: Cues) -> bool:
    """Whether the words before spell the acronym, or are an office's name: "the Information Authority (RIA)"."""
    capitals = [word for word in before if word[0].isupper()][-len(acronym) :]
    low = {word.lower() for word in capitals}
    if not before or low & cues.media_heads:
        return False
    words = [word for word in before if word not in cues.conjunctions][-len(acronym) :]
    is_office = before[-1] in capitals and before[-1].lower() in cues.bodies | cues.speakers.officials
    return is_office or any("".join(word[0] for word in run).upper() == acronym for run in (capitals, words))


def _is_named(before: str, registry: Registry) -> bool:
    return any(not each.is_ambiguous and not before[each.end :].strip() for each in registry.find(before))


def _word_before(text: str, start: int) -> str:
    """The word before, a blank and perhaps a quotation mark behind it; empty where none stands."""
    if text[start - 1 : start] in _OPENING_QUOTES:
        start -= 1
    if text[start - 1 : start] != " ":
        return ""
    first = max(0, start - _REACH)
    word = text[max(first, text.rfind(" ", first, start - 1) + 1) : start - 1]
    if word.isalpha():
        return word
    if not word[-1:].isalnum() and word[-1:] not in _WORD_ENDS:
        return ""  # "on Tuesday, Reuters"
    match = _WORD.search(text, max(first, text.rfind(" ", first, max(first, start - 1))), start)
    return match[1] if match else ""


def _is_called(text: str, mention: Mention, cues: Cues) -> bool:
    """With what is said before the names of people or things: "Mr. Forbes", "the ferry Express"."""
    low = _word_before(text, mention.start).lower().rstrip(".")
    return low in cues.namesakes.honorifics or (mention.is_ambiguous and low in cues.namesakes.things)


def _is_part(text: str, start: int, end: int, cues: Cues) -> bool:
    """Of a longer name: "the National Security Service", "Ministry of Foreign Affairs", "the Sun-Herald".

    Acronyms stand before the names of people too.
    """
    seen = text[start:end]
    if not cues.has_capital_nouns and _JOINED_ACRONYM.match(text, end):
        return True  # "AP-HP", "Fox-IT"
    if not cues.has_capital_nouns and _JOINED_NAME.match(text, end):
        return True
    is_behind = _OF_BEFORE.search(text[max(0, start - _REACH) : start]) and seen[:4].lower() != "the "
    return bool(is_behind) or (not seen.isupper() and _NEXT_CAPITAL.match(text, end) is not None)


def _is_behind_name(text: str, start: int, end: int, cues: Cues) -> bool:
    """Of somebody's name or a longer one: "Megan Fox", "Evidence Action Beta"."""
    if " " in text[start:end] or text[start:end].isupper():
        return False
    before = _word_before(text, start)
    if cues.has_capital_nouns:
        return before.lower() in peoples().given_names
    if not before[:1].isupper() or before.endswith(("'s", "’s", "s’", "s'")):
        return False
    low = before.lower().rstrip(".")
    known = (cues.not_names, cues.articles, cues.qualifiers, cues.says, peoples().adjectives)
    if any(low in each for each in known) or low.endswith(cues.qualifier_endings):
        return False
    if text[: text.rfind(before, 0, start)].strip():
        return True  # "la Agencia Nacional"; "Newspaper Nacional" opens a sentence
    return low not in cues.media and not any(low in said.split(" ") for said in cues.before)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """As newsrooms write names: „Times“, « Sun »."""
    return text[:start].rstrip()[-1:] in _OPENING_QUOTES and text[end:].lstrip()[:1] in tuple('“”»"›')


def _is_foreign(seen: str, mention: Mention, cues: Cues) -> bool:
    """A form of the name that is not its own, in another language than the outlet's."""
    is_office = seen.lower() in peoples().institutions  # "the TSA" is no Algerian site
    if not mention.is_ambiguous or len(seen) >= _SHORT or (seen.isupper() and not is_office):
        return False
    outlets = (mention.outlet, *mention.others)
    if any(not each.country or each.country.lower() in cues.countries for each in outlets):
        return False
    own = {spelling.casefold() for each in outlets for spelling in (each.name, *each.aliases, *each.ambiguous)}
    return is_office or seen.casefold() not in own
