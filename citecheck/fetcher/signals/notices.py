"""The lines by which sites say that a page is not there: the grammar that missing.toml fills with words."""

import re
from functools import cache

from citecheck.fetcher.markers import Language, markers, missing_phrases
from citecheck.fetcher.signals import telltales
from citecheck.fetcher.wording import any_of, uncontracted
from citecheck.patterns import regex

NOTICE_CHARS = 200
_CRIES = 4
_WORDS_OF_A_NAME = 3
_TAIL = (
    r"(?:[\s.,!:;…–—|(-]*(?:error )?(?:404|410|404 error|no such page|not found)[\s).]*"
    r"|[,.!…–—-]? ?(?:(?:on|at|in|from)"
    r"(?= (?:this|these|the|that|our|any|your|its|here|server|version|stock|english)\b)"
    r"|or|and|had|by|for|due to|following|which|meaning|here|any ?more|right now|for now|yet|with|under|because"
    r"|either|it"
    r"|to (?:view|read|see|watch|listen|download|order|buy|open)\b"
    r"|o|u|ou|oder|of|eller|tai|lub|albo|nebo|alebo|vagy|sau|или|либо|або|ili|ali|ya da|veya|ή|atau|hoặc|und|et|y|e|en"
    r"|och|og|ja|és|și|и|та|ve)\b[^.!?]{0,80})?"
)
"""What may follow a sentence that says it."""
_PLACE = (
    r"(?:[\s,.…–—(-]*(?:here|any ?more|404|(?:at|on|in|with|for|matching) (?:this|the|that|our|your) (?:web ?)?"
    r"(?:site|server|page|address|url|location|archives?|system|database|link|section|portal|request"
    r"|(?:\w+ )?(?:identifier|id|number|name|keyword|criteria|terms?)))[\s).]*"
    r"|, which means[^.]*)?"
)
"""What may follow a mere "not found"."""
_ELSEWHERE = (
    r"\s(?:on|in|at|from|after|among)\s(?:(?!(?:the|this|that|these|those|our|your|any|its|here)\b)\w"
    r"|the\s(?!(?:site|web|server|page|url|address|link|name|archive|database|system|catalog|given|specified|requested)))"
)
"""Behind what is not to be found: neither the site nor its address, and then it is no notice but a headline."""
_TOPIC = (
    r"(?:(?:that|which|who) (?:was|is|were|are|has|had|could|can|does|did)"
    r"|of|about(?! th(?:is|at|ese|ose)\b)"
    r"|from|by|between|among|against|\w+ing|über|von|vom|sur|sobre|over|van|om|о|об|про|na temat|w sprawie) "
)
"""With these begins what a page is about, and then it is no notice but a headline."""
_NUMBER = regex(r"[\s(#:]+[\d.,-]+$|(?<=\w) (?:nr|no|num|n)[.°º] ?[\d.,-]*\d\b")
_SLASHED = regex(r"[^\W\d]+/([^\W\d])")
_HOST = regex(r"(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,13}(?![\w.])")
_QUOTED = regex(
    r"( (?:for|matching|nach|für|zu|pour|para|per|por|voor|för|til|dla|pro|по запросу|за запитом))"
    r" [\"“”„«][^\"“”„«»]{1,80}[\"”“»]?"
)
_ROUTE = regex(r"cannot (?:get|find|head) /\S*")
"""As a common framework has it."""
_NOT_THOSE = regex(r"(?:this|that|it|these|those) (?:is|are) not the .{2,40} you (?:are|were) looking for")


def may_say_missing(line: str) -> bool:
    """Whether a line (made plain) has any word for it; cheaper than to know."""
    line = _sober(line.replace("(", "").replace(")", ""))
    return telltales.any_in(line) or line in markers().missing.server_titles


def says_missing(line: str) -> bool:
    """Whether a line (made plain), as a whole, says that a page is missing, in any language of missing.toml."""
    if not line or len(line) > NOTICE_CHARS:
        return False
    line = line.replace("(", "").replace(")", "")
    if line in markers().missing.server_titles or _ROUTE.fullmatch(line):
        return True
    sober = _sober(line)
    if _NOT_THOSE.match(sober):
        return True
    lines = dict.fromkeys((uncontracted(line), sober, _nameless(sober)))
    return any(
        _pattern(index).fullmatch(bare)
        for each in lines
        for index in telltales.languages(each)
        for bare in without_cries(each)
    )


def says_this_is_missing(line: str) -> bool:
    """Whether a line (made plain) says so of what is before its reader, whatever it is called."""
    sober = _nameless(_sober(line))
    return any(_this(index).fullmatch(bare) for index in telltales.languages(sober) for bare in without_cries(sober))


def says_anything_is_missing(line: str) -> bool:
    """Whether a line (made plain) may say so of something, whatever it is called: "campaign not found"."""
    words = _sober(line).split()
    ends = {" ".join(words[start:]) for start in range(1, min(len(words), _WORDS_OF_A_NAME + 1))}
    return not ends.isdisjoint(_verdicts()) or says_this_is_missing(line)


@cache
def _verdicts() -> frozenset[str]:
    """What is said of it in a word or two, without a word for what it is said of."""
    return frozenset(
        phrase
        for language in missing_phrases().language
        for phrase in language.whole
        if language.is_spaced and not any(character.isdigit() or character == "{" for character in phrase)
        if set(phrase.split()).isdisjoint(language.noun)
    )


@cache
def _this(index: int) -> re.Pattern[str]:
    language = missing_phrases().language[index]
    return re.compile(_pointed(language, (*language.this, *language.requested), tail=rf"(?:\b[^:?]{{0,60}}|{_TAIL})"))


def _pointed(language: Language, pointers: tuple[str, ...], *, tail: str) -> str:
    """What is said of anything behind one of `pointers`, or before a word that it was asked for; then `tail`."""
    before, after = any_of(pointers), after_nouns(language)
    if not language.is_spaced:
        return f"(?:{before}).{{1,10}}?(?:{after}).{{0,8}}"
    asked, word = any_of(language.asked), r"[^\s.!?:]+\s+"
    return f"(?:(?:{before})\\s+(?:{word}){{1,2}}|(?:{word}){{1,3}}(?:{asked}),?\\s+)(?:{after}){tail}"


def _sober(line: str) -> str:
    """The line without contractions, and without words that change nothing about it."""
    return _adverbs().sub("", uncontracted(line))


def _nameless(line: str) -> str:
    """The line without the number behind it and what was searched for; one word for any host, and for this or that."""
    return _NUMBER.sub("", _SLASHED.sub(r"\1", _HOST.sub("site", _QUOTED.sub(r"\1", line))))


def without_cries(line: str) -> list[str]:
    """A line (made plain), and what is left of it without the cries that stand before and behind a notice."""
    found = [line]
    while len(found) <= _CRIES and (cry := _cry().match(found[-1])) and cry.end() < len(found[-1]):
        found.append(found[-1][cry.end() :])
    return found + [each[: cry.start()] for each in found if (cry := _last_cries().search(each))]


def opens_with_cry(line: str) -> bool:
    """Whether a line (made plain) cries out before it says anything: "hmm, that is odd"."""
    cry = _cry().match(line)
    head = line[: cry.end()].rstrip() if cry else ""
    return head[-1:] in ("!", "…") or (head[-1:] in (",", ":") and exclaims(head.rstrip(",:")))


@cache
def _cry() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{any_of(missing_phrases().lead)})[\\s.,!:;…–—|¡،؛，、！-]*|[^\\W\\d]{{1,9}}[!…,]+\\s)")


@cache
def _last_cries() -> re.Pattern[str]:
    return re.compile(f"[\\s.,:;!–—|،؛，、！-]+(?:(?:{any_of(missing_phrases().lead)})[\\s.,!:;…–—|-]*){{1,3}}$")


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(f"(?<= )(?:{any_of(missing_phrases().adverbs)}) ")


@cache
def pointing() -> tuple[str, ...]:
    """What points to what is before the reader, each with its blank: "this ", "diese "."""
    return tuple({f"{word} ": None for language in missing_phrases().language for word in language.determiner})


def exclaims(line: str) -> bool:
    """Whether a line (made plain) is nothing but cries, such as stand before a notice."""
    return bool(line) and _last_cries().fullmatch(f" {line}") is not None


@cache
def _pattern(index: int) -> re.Pattern[str]:
    """The notices of one language."""
    return re.compile(_notices(missing_phrases().language[index]))


def _notices(language: Language) -> str:
    noun, after, before = any_of(language.noun), after_nouns(language), any_of(language.before)
    whole = any_of(language.whole).replace(re.escape("{noun}"), f"(?:{noun})")
    requested = _pointed(language, language.requested, tail=_TAIL)
    if not language.is_spaced:
        gap = ".{0,14}?"
        end = f"(?:(?:\\W|{any_of(language.ends)}).{{0,12}})?" if language.ends else ".{0,12}"
        return (
            f"{gap}(?:{before})?{gap}(?:{noun}).{{0,12}}(?:{after}){end}"
            f"|(?:{before}){gap}(?:{noun}).{{0,4}}|{whole}|{requested}"
        )
    determiner = f"(?:(?:{any_of(language.determiner)})\\s+|[dl]'){{0,4}}"
    filler = rf"(?:(?:(?=(?:{noun})\s)|(?!{_TOPIC}))(?:[^\s.!?:]+\s+){{1,12}}?)?"
    return (
        f"{determiner}(?:\\w+\\s+)?(?:{noun}),?\\s+{filler}(?:{after}){_TAIL}"
        f"|(?:[^\\W\\d]+ )?(?:{before})\\s+{filler}(?:{noun})(?!{_ELSEWHERE})(?:\\s+[^\\s.!?]+){{0,9}}"
        f"|(?:{whole}){_PLACE}"
        f"|{requested}"
    )


def after_nouns(language: Language) -> str:
    """Any of what stands behind its nouns, filled in."""
    after = any_of(language.after)
    for key, words in (("gone", language.gone), ("here", language.here)):
        after = after.replace(re.escape(f"{{{key}}}"), f"(?:{any_of(words)})")
    return after.replace(re.escape("{gap} "), r"(?:[^\s.!?:]+ ){0,4}?")
