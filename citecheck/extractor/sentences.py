"""A block to its sentences, by sentencex, with what it gets wrong masked first."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # it ships no types

from citecheck.extractor import urls
from citecheck.extractor.datewords import days_in
from citecheck.patterns import regex

_WINDOW_CHARS = 8000
"""sentencex is quadratic in unclosed quotes (200,000 of them: 20 s), so it is fed no more at once."""

END = regex(r"[.!?…][\"'”’»)]*\s*\Z")
"""Of a text whose last words are a sentence's."""
_INNER_STOP = regex(r"(?<=[^\W\d_])\.(?=\s?[^\W\d_])")
_HOURS = regex(r"(?<=\d)\s?[ap]\.m\.(?=\s+[A-Z])")
_WHOLE = regex(r"(?<![\w.])(?:no|ill|re|[Oo]re)(?=\.\s+[A-ZÀ-Þ][a-zß-ÿ])")
"""Words that sentencex takes for abbreviations: "dijo que no. El ministro", "she was ill. Sky", "24 Ore. La"."""
_INITIAL = regex(r"\.(?<=[^\W\d_]\.)(?<![^\W_][^\W\d_]\.)(?=[^\W\d_]{2})")
"""A stop glued between an initial and a name ends no sentence: "Folha de S.Paulo"."""
_NUMBER = regex(r"\(?\d{1,3}[.)]|\d\d?[:.h]\d\d\.?")
_NOTE = regex(r"(?:[⁰¹²³⁴-⁹]{1,3}|(?:\[(?:\d{1,3}|[a-z]|\^[\w-]{1,30})\])+)(?=\s|\Z)")
"""The number of a note, behind the stop of its sentence."""
_ORDINAL = regex(r"\.(?<=\d\.)\s[^\W\d_]")
"""As in "6. Oktober": a stop within a date."""
_ODD_STOP = regex(r"\.(?:\s?[-–—\d]|[^\W\d_]{2}|(?<=\d\.)\s)")
"""What initials, ordinals, datelines and numbers have in common: few texts have one."""
_DATELINE = regex(r"\.(?<=\)\.)(?=\s?[-–—])")
"""As in "MADRID, 24 jul (EFE).- The party": the stop ends no sentence."""
_STOP_NUMBER = regex(r"\.\s\d")
_OPENING_NUMBER = regex(r"(?<=[a-zß-ÿ]{5}\.\s)\d")
"""As in "Der Verkehr steht still, sind gesperrt. 70 Züge fallen aus": for German, Danish, Finnish and Czech, sentencex
takes every stop before a number for that of an ordinal. Abbreviations ("inkl. 70") are shorter."""
_WORD = regex(r"\w")


class Span(NamedTuple):
    start: int
    end: int


def split(text: str, names: Iterable[Span] = (), language: str = "en") -> Iterator[Span]:
    """The sentences of one block, without the blanks round them, in order and without overlap; linear.

    A stop within a URL or one of the `names` ("News.Am") ends no sentence. What has no letter or digit is none.
    """
    masked = _masked(text, names)
    held: Span | None = None
    last: Span | None = None
    for start, end in _segments(masked, language):
        start, end = _stripped(text, start, end)
        if not _WORD.search(text, start, end):
            continue
        if held:
            start, held = held.start, None
        if last and (mark := _NOTE.match(text, last.end)) and mark.end() > start:
            last = Span(last.start, mark.end())  # "so wide.¹ The next"
            start, _ = _stripped(text, mark.end(), max(end, mark.end()))
            if not _WORD.search(text, start, end):
                continue
        if last:
            yield last
            last = None
        if _NUMBER.fullmatch(text, start, end):
            held = Span(start, end)  # "1." and "14:45." begin an item, they are no sentence
        else:
            last = Span(start, end)
    if last:
        yield last
    if held:
        yield held


def _segments(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The boundaries as sentencex sees them, a window at a time; the last one of a window is looked at again."""
    start = 0
    while start < len(text):
        window = text[start : start + _WINDOW_CHARS]
        is_last = start + len(window) == len(text)
        found = [
            (start + each["start_index"], start + each["end_index"])
            for each in get_sentence_boundaries(language, window)
        ]
        if is_last:
            yield from found
            return
        if len(found) > 1:
            yield from found[:-1]
            start = found[-1][0] if found[-1][0] > start else start + len(window)
        else:
            # A sentence longer than the window: cut at its last blank, if it has one.
            cut = window.rfind(" ") + 1 or len(window)
            yield start, start + cut
            start += cut


def _masked(text: str, names: Iterable[Span]) -> str:
    """The text with letters for the characters that only look like ends of sentences; of the same length."""
    spans: list[tuple[int, int]] = [(found.start, found.end) for found in urls.find(text)]
    spans += [(name.start, name.end) for name in names if _INNER_STOP.search(text, name.start, name.end)]
    if ".m." in text:
        spans += [match.span() for match in _HOURS.finditer(text)]
    if "no." in text or "ill." in text or "re." in text:
        spans += [match.span() for match in _WHOLE.finditer(text)]
    is_odd = _ODD_STOP.search(text) is not None
    if is_odd:
        spans += [match.span() for match in _DATELINE.finditer(text)]
        spans += [(match.start() - 1, match.end()) for match in _INITIAL.finditer(text)]
        spans += [match.span() for match in days_in(text)] if _ORDINAL.search(text) else []
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += (text[done:start], "x" * (end - start))
            done = end
    masked = "".join(parts) + text[done:] if parts else text
    return _OPENING_NUMBER.sub("N", masked) if is_odd and _STOP_NUMBER.search(masked) else masked


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
