"""What of a copied page is none of its text: menus, buttons, ways out ("Share", "Read also: …"), letters' notices."""

from collections.abc import Iterator, Sequence

from citecheck.extractor.footnotes import marks_in
from citecheck.extractor.readers.pages import AND, is_away_head, words
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

MOST_CHARS_AWAY = 160
_AWAY_WORDS = 8
_WORD = regex(r"\w+")
STOP = regex(r"[.!?…]\s")
_MENU = regex(
    r"(?:[*+#|•·\s-]*\[\d{1,3}\][^\s\[\]][^\[\]]*)+"  # "[2]Skip to content", as text browsers number their links
    r"|(?:[*+|•·\s-]*!?\[(?:!?\[[^\[\]]*\]\[\d{1,3}\]|[^\[\]])*\]\[\d{1,3}\])+\s*"  # "[![Logo][1]][2]"
)
_BETWEEN = regex(r"\s+[·•|]\s+")
_FEWEST_LABELS, _MENU_WORDS = 3, 4
_LABEL_CHARS, _LABEL_WORDS = 40, 2
# Short as they are: "By Reuters".
_NO_LABELS = (BlockKind.BYLINE, BlockKind.EMBED)


def says_nothing(block: Block) -> bool:
    """Whether a block asserts nothing: a menu's label, a way out."""
    text = block.text
    if is_menu(text) or is_column(block) or is_away_head(text) or text.lower().startswith(words()["furniture"]):
        return True
    is_label = len(text) <= _LABEL_CHARS and len(text.split()) <= _LABEL_WORDS and text[-1].isalnum()
    return is_label and text[0].isupper() and block.kind not in _NO_LABELS


def is_menu(text: str) -> bool:
    """Whether a block is the furniture of a copied page: links by their numbers, or a row of labels, and no sentence.

    "[2]Skip to content", "Home · About · Contact".
    """
    if "://" in text or text.rstrip().endswith((".", "!", "?", ":")):
        return False
    if "[" in text:
        return len(text) <= MOST_CHARS_AWAY * max(1, text.count("[") // 2) and _MENU.fullmatch(text) is not None
    return len(text) <= MOST_CHARS_AWAY and not text.rstrip().endswith(")") and _is_row(_BETWEEN.split(text))


def is_column(block: Block) -> bool:
    """Whether every line of a block is a label: a menu, or a table of contents."""
    if len(block.text) > MOST_CHARS_AWAY or len({mark.line for mark in block.marks}) < _FEWEST_LABELS:
        return False
    return _is_row(block.rows())


def _is_row(labels: Sequence[str]) -> bool:
    return len(labels) >= _FEWEST_LABELS and all(
        each[:1].isupper() and each[-1].isalnum() and len(each.split()) <= _MENU_WORDS for each in labels
    )


def marks_away(block: Block) -> Iterator[str]:
    """The numbers of the links by which a block leads out of the text: a menu's, "Share this: [4]Mail [5]Print"."""
    if "[" not in block.text or len(block.text) > MOST_CHARS_AWAY:
        return
    if is_menu(block.text):
        yield from marks_in(block.text)
        return
    *_, start = (0, *(match.end() for match in STOP.finditer(block.text)))
    said = block.text[start:]
    head = away_head(last_said(said))
    is_sentence = " " not in head and ":" not in said and said.rstrip().endswith(".")  # "Contact was lost at noon [3]."
    marks = list(marks_in(said))
    if head and not is_sentence and len(_WORD.findall(said)) - len(marks) <= most_words(head):
        yield from marks


def leads_away(said: str) -> bool:
    """Whether the words before or round the link are no source's: "See also", "Follow us on"."""
    # "Further reading and sources"
    return bool(away_head(said)) and not any(each in words()["list_heads"] for each in AND.split(said)[1:])


def away_head(said: str) -> str:
    """The words with which such a phrase begins, or that tell it anywhere; empty for none."""
    heads = words()["away_heads"]
    for each in heads if said.startswith(heads) else ():
        if said.startswith(each) and not said[len(each) : len(each) + 1].isalnum():
            return each
    for each in words()["away_stems"]:
        if each in said:
            return each
    return ""


def most_words(head: str) -> int:
    """How many words a way out has: "Share" may begin a sentence, "Read all the" hardly does."""
    return _AWAY_WORDS * (1 + (" " in head))


def last_said(text: str) -> str:
    """What the last sentence says: "Was this forwarded to you? Subscribe here:"."""
    return STOP.split(text)[-1].strip("#*_\t :–—-").lower()
