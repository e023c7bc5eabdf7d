"""Comments in a text that silence rules: `citecheck-disable-next-line dead-link -- reason`, and its kin.

In Markdown, MDX and HTML they stand in comments; in a plain text on a line of their own, behind whatever marks a
comment.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from citecheck.extractor import encodings
from citecheck.model import Silence, Source
from citecheck.patterns import regex
from citecheck.settings import rule_ids

MARK = b"citecheck-"
_DIRECTIVE = regex(
    r"(?P<opening>\A[^\w\n`]{0,8}|<!--\s*|/\*\s*)citecheck-(?P<verb>disable(?:-next-line|-line|-file)?|enable)\b"
    r"(?P<words>(?:(?!-->|\*/).)*)(?:-->|\*/|\Z)"
)
_FENCE = regex(r" {0,3}(`{3,}|~{3,})")
_IN_COMMENTS = ("text/markdown", "text/html")
_IN_LINES = ("text/plain", "text/x-rst", "text/asciidoc")
_REASON = regex(r"(?:\A|\s)--\s")


class Silencing(Struct, frozen=True):
    """What the comments of a source ask for."""

    source: Source
    """A plain text's own lines that silence are blanked: they are no part of what it says."""
    silences: tuple[Silence, ...]
    notes: tuple[str, ...]


class _Directive(Struct, frozen=True):
    line: int
    verb: str
    rules: tuple[str, ...]
    reason: str


def of(source: Source) -> Silencing:
    """The silences of a source, in its order, and a note for each that names no rule that there is."""
    if MARK not in source.data or source.media not in (*_IN_COMMENTS, *_IN_LINES):
        return Silencing(source, (), ())
    lines = encodings.decode(source.data, source.encoding)[0].split("\n")
    found, blanked = _found(lines, is_plain=source.media in _IN_LINES)
    silences = tuple(_silences(found, lines))
    if blanked != lines:
        source = replace(source, data="\n".join(blanked).encode("utf-8", "replace"), encoding=None)
    return Silencing(source, silences, tuple(_notes(found)))


def _found(lines: list[str], *, is_plain: bool) -> tuple[list[_Directive], list[str]]:
    found: list[_Directive] = []
    blanked = list(lines)
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if mark and not is_plain and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or "citecheck-" not in line:
            continue
        for match in _DIRECTIVE.finditer(line):
            if not (is_plain or match["opening"].lstrip("{").startswith(("<!--", "/*"))):
                continue
            rules, reason = _parted(match["words"])
            found.append(_Directive(number, match["verb"], tuple(re.findall(r"[\w-]+", rules)), reason.strip()))
            if is_plain:
                here = blanked[number - 1]
                blanked[number - 1] = here[: match.start()] + " " * len(match[0]) + here[match.end() :]
    return found, blanked


def _parted(words: str) -> tuple[str, str]:
    """The names of rules, and the reason behind ` -- `."""
    split = _REASON.search(words)
    return (words[: split.start()], words[split.end() :]) if split else (words, "")


def _silences(found: Iterable[_Directive], lines: list[str]) -> Iterator[Silence]:
    open_: list[_Directive] = []
    for each in found:
        match each.verb:
            case "disable-file":
                yield Silence(each.rules, 1, None, each.reason)
            case "disable-line":
                yield Silence(each.rules, each.line, each.line, each.reason)
            case "disable-next-line":
                below = next((n for n in range(each.line + 1, len(lines) + 1) if lines[n - 1].strip()), None)
                if below:
                    yield Silence(each.rules, below, below, each.reason)
            case "disable":
                open_.append(each)
            case _:
                for before in [block for block in open_ if not each.rules or set(block.rules) <= set(each.rules)]:
                    open_.remove(before)
                    yield Silence(before.rules, before.line, each.line, before.reason)
    for each in open_:
        yield Silence(each.rules, each.line, None, each.reason)


def _notes(found: Iterable[_Directive]) -> Iterator[str]:
    for each in found:
        for rule in each.rules:
            if rule not in rule_ids():
                import difflib  # for the few that need it

                near = difflib.get_close_matches(rule, rule_ids(), n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield f"line {each.line}: citecheck-{each.verb} names no rule: {rule}{hint}"
