"""Plain text to blocks: wrapped lines mended, the lists of links at page ends cut out of the sentences round them."""

import re

from citecheck.extractor import breaks, dates, footnotes, references
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.daytitles import alike
from citecheck.extractor.encodings import decode
from citecheck.extractor.furniture import is_column, says_nothing
from citecheck.extractor.readers import PageLink, Reading, footers, pages, runningheads
from citecheck.extractor.readers.pages import Line
from citecheck.model import Block, BlockKind, Mark
from citecheck.patterns import regex

_ITEM = regex(r"\s*(?:[-*•·▪‣◦↑^]\s+|\[\d{1,3}\]\s|\d{1,2}[.)]\s+(?=\^|[\"“„«'(]?[^\W\d]))\S?")
_BULLET = regex(r"\s*[-*•·▪‣◦]\s+(\S)")
_POSTED_CHARS, _POSTED_WORDS = 60, 2
"""A line that tells when an entry was posted has no more: "Posted 5:21 p.m. ET, May 3"."""
_FEWEST_DOTTED = 3
"""So many numbers like "14.32", each alone in its line, are hours."""
_TITLE_CHARS = 160
_TOP_BLOCKS = 12


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks, page lists and signatures of a plain text, in linear time.

    A wrapped paragraph is joined with blanks; a hyphen at a line's end stays and the break goes; a soft hyphen goes.
    A sentence that a page's end cuts in two is whole again.
    """
    text, notes = decode(data, declared)
    reader = _Reader(list(allowance.over(pages.lines_of(text))))
    reader.run(allowance)
    title = reader.take_title()
    return Reading(
        blocks=tuple(reader.blocks),
        page_links=tuple(reader.page_links),
        guessed_pages=frozenset(reader.guessed_pages),
        signatures=tuple(reader.layout.signatures.values()),
        margins=tuple(dict.fromkeys(reader.lines[index].text.strip() for index in sorted(reader.furniture))),
        title=title,
        notes=notes,
    )


class _Reader:
    """One pass over the lines of a text; `run` fills `blocks` and `page_links`."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.layout = pages.layout_of(lines)
        self.furniture = runningheads.furniture(lines)
        short = ((index, line.text.strip()) for index, line in enumerate(lines) if _is_said(line.text))
        self.posted = alike(short, _POSTED_WORDS)
        dotted = [index for index, line in enumerate(lines) if dates.is_dotted(line.text)]
        self.dotted = frozenset(dotted if len(dotted) >= _FEWEST_DOTTED else ())
        self.footer = footers.start_of(lines)
        if self.furniture:
            lists = {start: end for start, end in self.layout.lists.items() if self._is_at_foot(start, end)}
            self.layout = self.layout._replace(lists=lists)
        self.blocks: list[Block] = []
        self.page_links: list[PageLink] = []
        self.guessed_pages: set[int] = set()
        self._paragraph: list[tuple[int, int]] = []
        """Index of line and page, of the lines read and not yet a block."""
        self._page = 1
        self._is_cut = False
        """The page ended within the open paragraph."""
        self._is_page_begun = False
        """The page has shown a line of the text."""
        self._prose_until = 0
        """URLs up to this line stand in a sentence."""

    def run(self, allowance: Allowance) -> None:
        index = 0
        while index < len(self.lines):
            allowance.check()
            if index in self.furniture:
                if self._is_page_begun:
                    self._turn_page()
                index += 1
            elif index >= self.footer:
                self._close()
                if not self.lines[index].is_blank:
                    self._take(index)
                    self._close(BlockKind.REFERENCE)
                index += 1
            elif index in self.layout.lists:
                index = self._list(index)
            elif self._heads_list(index):
                self._close()
                index += 1
            elif after := self._after_references(index):
                index = self._references(index, after)
            else:
                self._line(index)
                index += 1
        self._close()

    def take_title(self) -> str | None:
        """The first block below menus, when it is one short line without a stop: it becomes the document's heading."""
        at = next((at for at, block in enumerate(self.blocks[:_TOP_BLOCKS]) if not is_column(block)), 0)
        at += at > 0 and says_nothing(self.blocks[at])  # a button below a menu
        first = self.blocks[at] if len(self.blocks) > at + 1 else None
        if first is None or first.kind is not BlockKind.PARAGRAPH or len(first.marks) > 1:
            return None
        if len(first.text) > _TITLE_CHARS or not re.search(r"\w['\"”’»)]*$", first.text) or "://" in first.text:
            return None
        self.blocks[at] = Block(BlockKind.HEADING, first.text, first.marks)
        return first.text.lstrip("# ")

    def _list(self, index: int) -> int:
        """Take the page list that begins here, which ends its page; the index after it."""
        end = self.layout.lists[index]
        for line in self.lines[index:end]:
            match = pages.BARE_URL.fullmatch(line.text)
            if match:
                self.page_links.append(PageLink(match[1], line.number, line.column + match.start(1), self._page))
            else:
                begun = self.page_links.pop()
                self.page_links.append(begun._replace(url=begun.url + line.text.strip()))
        self._turn_page()
        return end

    def _is_at_foot(self, start: int, end: int) -> bool:
        """Whether a list ends its page, or cuts a sentence as only a page does; the pages being known by their feet."""
        below = next((index for index in range(end, len(self.lines)) if not self.lines[index].is_blank), None)
        above = next((index for index in range(start - 1, -1, -1) if not self.lines[index].is_blank), None)
        is_cutting = above is not None and self.layout.runs_on(self.lines[above])
        return below is None or below in self.furniture or self.lines[below].opens_page or is_cutting

    def _heads_list(self, index: int) -> bool:
        """Whether the line announces a page list, and is none of the text's."""
        lists = self.layout.lists
        is_above = index + 1 in lists or (index + 2 in lists and self.lines[index + 1].is_blank)
        return is_above and pages.is_list_head(self.lines[index].text, is_above_list=True)

    def _after_references(self, index: int) -> int:
        """The index after the references that begin here, or after what announces some; 0 for none."""
        end = self._end_of_run(index)
        if not end and pages.is_list_head(self.lines[index].text, is_above_list=True) and self._announces(index):
            return index + 1
        return end

    def _end_of_run(self, index: int) -> int:
        """The index after a run of references: lines of their own, no part of a sentence; 0 for none."""
        if (
            index < self._prose_until
            or index in self.layout.embeds
            or not references.is_reference(self.lines[index].text)
        ):
            return 0
        if self._paragraph and (self.layout.runs_on(self._last) or self._last.text.rstrip().endswith((",", ";"))):
            return 0
        end = index + 1
        while end < len(self.lines) and end not in self.layout.lists:
            goes_on = breaks.ends_with(self.lines[end - 1].text, self.lines[end].text)
            if not goes_on and not references.is_reference(self.lines[end].text):
                break
            end += 1
        following = self.lines[end].text.strip() if end < len(self.lines) else ""
        if not following[:1].islower():
            return end
        self._prose_until = end
        return 0

    def _announces(self, index: int) -> bool:
        """Whether below the line stand references."""
        for below in range(index + 1, min(index + 3, len(self.lines))):
            text = self.lines[below].text
            if not self.lines[below].is_blank:
                is_item = below > index + 1 or _ITEM.match(text) is not None
                return bool(footnotes.number_of(text)) or ("://" in text and (is_item or self._end_of_run(below) > 0))
        return False

    def _references(self, index: int, end: int) -> int:
        """Make a block of every reference; the index after the last."""
        self._close()
        while index < end:
            self._turn_before(index)
            self._take(index)
            index += 1
            while index < end and breaks.ends_with(self.lines[index - 1].text, self.lines[index].text):
                self._take(index)
                index += 1
            self._close(glue="")
        return end

    def _turn_before(self, index: int) -> None:
        """Turn the page if the line begins one."""
        is_marked = self.lines[index].opens_page
        if is_marked or index in self.layout.page_starts:
            self._turn_page()
            if not is_marked:
                self.guessed_pages.add(self._page)

    def _line(self, index: int) -> None:
        line = self.lines[index]
        self._turn_before(index)
        if index in self.layout.signatures or pages.is_embed_marker(line):
            self._close()
        elif line.is_blank:
            # Blank lines round a page's end are the page's, not the paragraph's.
            if not self._is_cut and not self._leads_to_page_end(index):
                self._close()
        elif (is_heading := self._is_heading(index)) or pages.is_call(line.text):
            self._close()
            self._take(index)
            self._close(BlockKind.HEADING if is_heading else BlockKind.REFERENCE)
        else:
            if self._begins_paragraph(index):
                self._close()
            self._take(index)
            self._is_cut = False

    def _take(self, index: int) -> None:
        self._paragraph.append((index, self._page))
        self._is_page_begun = True

    def _turn_page(self) -> None:
        self._page += 1
        self._is_page_begun = False
        self._is_cut = bool(self._paragraph) and self.layout.runs_on(self._last)
        if not self._is_cut:
            self._close()

    def _leads_to_page_end(self, index: int) -> bool:
        """Whether nothing but blank lines parts this one from a page's end that cuts the open sentence."""
        if not self._paragraph or not self.layout.runs_on(self._last):
            return False
        # A blank line more would be a gap of its own; the walk stays short, so the whole stays linear.
        for after in range(index + 1, min(index + 4, len(self.lines))):
            if after in self.layout.lists or after in self.furniture or self.lines[after].opens_page:
                return True
            if not self.lines[after].is_blank:
                return False
        return False

    def _begins_paragraph(self, index: int) -> bool:
        if not self._paragraph:
            return False
        line, first = self.lines[index], self._paragraph[0][0]
        if self.layout.embeds.get(index) != self.layout.embeds.get(self._paragraph[-1][0]):
            return True
        if _ITEM.match(line.text) and (
            self._last.ends_sentence or self._last.text.rstrip().endswith(":") or _ITEM.match(self.lines[first].text)
        ):
            return True
        bullet = _BULLET.match(line.text)
        if bullet and not bullet[1].islower() and not self.layout.runs_on(self._last):
            return True
        if self._last.ends_sentence and line.text.lstrip("*_[( ")[:1].isdecimal() and dates.run_in_hour(line.text):
            return True
        if self._counts_on(line, self.lines[first]):
            return True
        return line.is_indented and self._last.ends_sentence

    def _counts_on(self, line: Line, above: Line) -> bool:
        """Whether the line is the item of a list that follows the one that is open: "2. 18 minutes"."""
        one, two = footnotes.count_of(above.text), footnotes.count_of(line.text)
        return one.isdecimal() and two.isdecimal() and int(two) == int(one) + 1

    def _is_heading(self, index: int) -> bool:
        """Whether the line is a date, an hour or "Analysis" and stands alone: no part of a wrapped sentence."""
        line = self.lines[index]
        if index in self.layout.embeds:
            return False
        is_day = bool(dates.heading(line.text)) or index in self.posted
        is_hour = index in self.dotted or (dates.hour_alone(line.text) and not dates.is_dotted(line.text))
        if not (is_day or is_hour or dates.heads_analysis(line.text)):
            return False
        following = self.lines[index + 1].text.strip() if index + 1 < len(self.lines) else ""
        is_alone = index > 0 and self.lines[index - 1].is_blank and not following and is_day
        if self._paragraph and self.layout.runs_on(self._last) and not is_alone:
            return False
        return not following[:1].islower()

    @property
    def _last(self) -> Line:
        return self.lines[self._paragraph[-1][0]]

    def _close(self, kind: BlockKind | None = None, glue: str | None = None) -> None:
        """Make a block of the open paragraph; between its lines stands `glue`, or what fits them."""
        self._is_cut = False
        if not self._paragraph:
            return
        first = self._paragraph[0][0]
        if kind is None:
            is_item = _ITEM.match(self.lines[first].text) is not None
            kind = BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
            if first in self.layout.embeds:
                kind = BlockKind.EMBED
        parts: list[str] = []
        marks: list[Mark] = []
        offset = 0
        url = ""
        is_broken = False
        for index, page in self._paragraph:
            line = self.lines[index]
            text = line.text.strip()
            if parts:
                is_broken = bool(url) and breaks.continues(url, text, self.layout.width, len(parts[-1]))
                between = "" if is_broken else joint(parts[-1]) if glue is None else glue
                if between is None:
                    parts[-1] = parts[-1][:-1]
                    offset -= 1
                elif between:
                    parts.append(between)
                    offset += 1
            column = line.column + len(line.text) - len(line.text.lstrip())
            marks.append(Mark(offset, line.number, column, page))
            parts.append(text)
            offset += len(text)
            url = (url if is_broken else "") + text if is_broken or "://" in text else ""
        self.blocks.append(Block(kind, "".join(parts), tuple(marks)))
        self._paragraph = []


def _is_said(line: str) -> bool:
    """Whether the line is short and begins with a word: "1 6 February" is an item of a table of contents."""
    return len(line) <= _POSTED_CHARS and line.lstrip()[:1].isalpha()


def joint(before: str) -> str | None:
    """What joins two lines: a blank, or nothing after a hyphen or a dash that touches the word before it.

    None: nothing, and a soft hyphen goes too.
    """
    if before.endswith("\xad"):
        return None
    return "" if len(before) > 1 and before[-1] in "-—" and before[-2].isalnum() else " "
