"""reStructuredText: headings, paragraphs and every form of link; directives that show code are no text."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.encodings import decode
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.readers import Reading
from citecheck.extractor.readers.frontmatter import labels_of
from citecheck.extractor.readers.lightweight import Piece, Sheet, rows
from citecheck.model import BlockKind
from citecheck.patterns import regex

_RULE = regex(r"([=\-`:'\"~^_*+#<>.!$%&(),/;?@\[\\\]{|}])\1{2,}\s*\Z")
_ITEM = regex(r"\s*(?:[-*+•]|#\.|\d{1,3}[.)]|\(?[a-z]\))\s+")
_FIELD = regex(r":([\w -]{1,30}):\s*")
_TARGET = regex(r"\s*\.\.\s+_(?:`([^`]+)`|((?:\\.|[^:\\\n])+)):\s*(\S+)?", re.MULTILINE)
_ANONYMOUS = regex(r"\s*__\s+(\S+)|\s*\.\.\s+__:\s*(\S+)")
_NOTE = regex(r"\s*\.\.\s+(\[[\w#*-]+\]\s)")
_DIRECTIVE = regex(r"(\s*)\.\.(?:\s+(?:\|[^|\n]+\|\s+)?([\w:+-]+)::(?:\s+(.*)|$)|\s.*|\s*$)")
_OPTION = regex(r"\s*:[\w-]+:(?:\s|$)")
_SAID = frozenset({
    "note", "warning", "tip", "hint", "important", "attention", "caution", "danger", "error", "admonition", "epigraph",
    "pull-quote", "highlights", "rubric", "topic", "sidebar", "seealso", "todo", "replace", "centered",
})  # fmt: skip
"""Directives of which the argument is text; what is indented under others is, too, but for those below."""
_CODE = frozenset({
    "code", "code-block", "sourcecode", "literal", "parsed-literal", "highlight", "prompt", "doctest", "testcode",
    "testsetup", "testcleanup", "testoutput", "ipython", "jupyter-execute", "plot", "console", "productionlist",
})  # fmt: skip
_NAMED = frozenset({"toctree", "csv-table", "meta", "math", "graphviz", "digraph", "graph", "mermaid", "uml"})
"""What these hold is no text; a URL in it is one."""
_CODE_ROLES = frozenset({"code", "literal", "samp", "math"})
_PICTURES = frozenset({"image", "figure"})
_INLINE = regex(
    r"``(?P<literal>.+?)``|(?::[\w:.-]+:)?`(?P<words>[^`<]*?)\s*<(?P<url>[^>`]+)>`_{0,2}|(?::(?P<role>[\w:.-]+):)?`(?P<named>[^`]+)`(?P<refers>_{0,2})"
    r"|(?P<note>\[[\w#*-]+\])_(?!\w)|(?<!\w)(?P<simple>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)_(?!\w)|\*\*(?P<strong>[^*]+)\*\*|\*(?P<stressed>[^*\s][^*]*)\*",
    re.DOTALL,
)


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks and links of a reStructuredText."""
    source, notes = decode(data, declared)
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(source)
    reader.run()
    blocks = reader.sheet.prose.blocks
    known, labels = labels_of(blocks)
    for index in labels:
        blocks[index] = replace(blocks[index], kind=BlockKind.CAPTION)
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=tuple(blocks),
        title=known.title or heading,
        notes=notes,
        anchors=reader.sheet.anchors(),
        language=known.language,
        published=known.published,
        publisher=known.publisher,
    )


class _Hidden(NamedTuple):
    """What is indented under a directive."""

    indent: int
    take: Callable[[str, int], None] | None
    """What is done with its lines, which are no text; None where they are."""
    has_options: bool = True
    """Its options have not ended."""


def _nothing(text: str, start: int) -> None:
    """What becomes of comments."""


def _name(target: re.Match[str]) -> str:
    """What a target is called, as references look it up."""
    return re.sub(r"\\(.)", r"\1", (target[1] or target[2]).strip().lower())


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


class _Reader:
    """One pass over the lines; `run` fills `sheet`."""

    def __init__(self, source: str) -> None:
        self.sheet = Sheet(source, self._inline)
        self._targets: dict[str, tuple[str, int]] = {}
        self._rows = rows(source)
        for index, (text, start) in enumerate(self._rows):
            target = _TARGET.match(text)
            if target and target[3]:
                name = _name(target)
                below, _ = self._rows[index + 1] if index + 1 < len(self._rows) else ("", 0)
                is_split = _indent(below) > _indent(text) and len(below.split()) == 1
                self._targets[name] = (target[3] + below.strip() * is_split, start + target.start(3))
        for name, (url, _) in self._targets.items():
            other = self._targets.get(url[:-1].strip("`").lower()) if url.endswith("_") else None
            self._targets[name] = other or self._targets[name]

    def run(self) -> None:
        index = 0
        hidden: _Hidden | None = None
        is_literal = False
        while index < len(self._rows):
            text, start = self._rows[index]
            index += 1
            indent = _indent(text)
            if not text.strip():
                self.sheet.end()
                continue
            if hidden and indent <= hidden.indent:
                hidden = None
            if hidden:
                if hidden.take:
                    hidden.take(text, start)
                    continue
                if hidden.has_options and _OPTION.match(text):
                    self.sheet.name(text, start)
                    continue
                hidden = hidden._replace(has_options=False)
            if (is_literal and indent) or text.lstrip().startswith(">>> "):
                self.sheet.show(text, start)
                continue
            is_literal = False
            if _is_drawn(text):
                continue
            anonymous = _ANONYMOUS.match(text)
            if anonymous:
                group = 1 if anonymous[1] else 2
                self.sheet.carry(anonymous[group], "a", start + anonymous.start(group))
                continue
            note = _NOTE.match(text)
            directive = None if note else _DIRECTIVE.match(text)
            if note:
                self.sheet.begin(BlockKind.ITEM)
                self.sheet.line(text[note.start(1) :], start + note.start(1))
                continue
            if directive:
                self.sheet.end()
                hidden = self._directive(directive, start)
                if (directive[2] or "").lower() == "raw":
                    index = self._passed(index, indent)
                continue
            following = self._rows[index][0] if index < len(self._rows) else ""
            if not indent and _RULE.match(following) and len(following.rstrip()) >= len(text.rstrip()):
                self.sheet.begin(BlockKind.HEADING)
                self.sheet.line(text, start)
                self.sheet.end()
                index += 1
                continue
            lead = _ITEM.match(text) or _FIELD.match(text)
            if lead:
                self.sheet.begin(BlockKind.ITEM)
            cut = lead.end() if lead and _ITEM.match(text) else indent
            body = text[cut:]
            if lead and not _ITEM.match(text):
                body, cut = text[1:], 1  # ":Date: 2024" reads "Date: 2024"
            is_literal = body.rstrip().endswith("::")
            self.sheet.line(body.rstrip().removesuffix("::") if is_literal else body, start + cut)
        self.sheet.end()

    def _directive(self, match: re.Match[str], start: int) -> "_Hidden":
        """Take a directive, a comment or a target; what is to become of the lines indented under it."""
        target = _TARGET.match(match.string)
        if target:
            url, at = self._targets.get(_name(target), ("", 0))
            if at == start + target.start(3):  # else it is another's name
                self.sheet.carry(url, "a", at)
            return _Hidden(len(match[1]), _nothing)
        name, argument = (match[2] or "").lower(), (match[3] or "").rstrip()
        at = start + match.start(3)
        take = (
            _nothing if not name else self.sheet.show if name in _CODE else self.sheet.name if name in _NAMED else None
        )
        if name in _PICTURES:
            self.sheet.carry(argument, "img", at)
        elif argument and take is None and (name in _SAID or "://" in argument):
            self.sheet.line(argument, at)
        return _Hidden(len(match[1]), take)

    def _passed(self, index: int, indent: int) -> int:
        """Take the HTML that is passed through from this row on; the index after it."""
        begin = self._rows[index][1] if index < len(self._rows) else 0
        end = begin
        while index < len(self._rows) and (_indent(self._rows[index][0]) > indent or not self._rows[index][0].strip()):
            end = self._rows[index][1] + len(self._rows[index][0])
            index += 1
        self.sheet.markup(begin, end)
        return index

    def _inline(self, text: str, start: int) -> Iterator[Piece]:
        done = 0
        for match in _INLINE.finditer(text):
            group = match.lastgroup or ""
            words = "named" if group == "refers" else "words" if group == "url" else group
            if words == "simple" and match[words].lower() not in self._targets:
                continue
            if match.start() > done:
                yield Piece(text[done : match.start()], start + done)
            done = match.end()
            place = start + match.start(words)
            if group == "url":
                url, at = match["url"], start + match.start("url")
                named = self._targets.get(url.rstrip("_").lower()) if url.endswith("_") else None
                shown = match["words"] or url
                yield Piece(shown, place if match["words"] else at, *(named or (url, at)))
            elif (match["role"] or "") in _CODE_ROLES:
                yield Piece(match[words], place, origin=CODE)
            elif group in ("refers", "simple"):
                url, at = self._targets.get(" ".join(match[words].lower().split()), ("", 0))
                yield Piece(match[words], place, url, at)
            else:
                yield Piece(match[words], place, origin=CODE if group == "literal" else "")
        if done < len(text):
            yield Piece(text[done:], start + done)


def _is_drawn(text: str) -> bool:
    """Whether the line is only drawn: an overline, a transition, a table's border."""
    return bool(_RULE.match(text)) or (len(text.strip()) > 3 and set(text.strip()) <= set("=- +|"))
