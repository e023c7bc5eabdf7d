"""What stands below a copied page's text and is none of it: "More on this story", the headlines there, "Follow us"."""

from collections import Counter
from collections.abc import Sequence

from citecheck.extractor.credits import opens_credits
from citecheck.extractor.furniture import last_said, leads_away
from citecheck.extractor.readers.pages import Line, is_away_head, is_call, is_list_head, words
from citecheck.extractor.sentences import END
from citecheck.patterns import regex

_MOST_LINES = 120
"""No footer has more; the search stays short."""
_MOST_WORDS = 14
"""Below the text stand headlines and notices; a paragraph of more words that ends with a stop is the text's."""
_MOST_CALLS = 2
"""What calls on the reader so often stands below every entry: "Share"."""
_NOTE = regex(r"(?:\[\^?\w{1,3}\]|[⁰¹²³⁴-⁹]+|\d{1,3}[.)]\s.*://)")


def start_of(lines: Sequence[Line]) -> int:
    """The index of the line with which it begins; the number of lines where there is none."""
    start = len(lines)
    previous = start
    below: list[str] = []
    calls = Counter(line.text.strip() for line in lines if is_call(line.text))
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _MOST_LINES), -1):
        text = lines[index].text.strip()
        if lines[index].is_blank:
            below = []
            continue
        if _is_texts(text) or _is_prose([text, *below]):
            return start
        is_last = previous == start and _is_notice(text)
        if is_last or (is_away_head(text) and calls[text] < _MOST_CALLS):
            start = index
        previous = index
        below = [text, *below]
    return start


def _is_texts(line: str) -> bool:
    """Whether the line is the text's though it stands below it: a credit line, or of a list of sources."""
    return opens_credits(line) or bool(_NOTE.match(line)) or (is_list_head(line) and not is_away_head(line))


def _is_notice(line: str) -> bool:
    """Whether the line is a letter's or a page's last words: "Unsubscribe: https://…", "© 2024"."""
    if "://" in line:
        return leads_away(last_said(line.partition("://")[0]))
    return line.lower().startswith(words()["furniture"])


def _is_prose(paragraph: Sequence[str]) -> bool:
    notices = words()["furniture"] + words()["away_heads"]
    own = [text for text in paragraph if "://" not in text and not text.lower().startswith(notices)]
    return bool(own) and bool(END.search(own[-1])) and sum(len(text.split()) for text in own) > _MOST_WORDS
