"""The forms of outlets' names: by how they begin or end, or as one word that tells."""

from collections.abc import Sequence

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.words import Word, phrase
from citecheck.patterns import regex

# "WBEZ" is an American station's call sign.
_STATION = regex(r"[A-Z]{1,6}-?(?:TV|FM)|TV(?:[A-Z]{1,3}\d*|\d{1,2})|[KW][A-Z]{3}|(?:ABC|CBS|CW|FOX|Fox|NBC)\d{1,2}")


def is_outlet_like(words: Sequence[Word], cues: Cues) -> bool:
    """Whether a name has the form of an outlet's: "Harbour Times", "Radio Quay", "quay.example", "QNTV"."""
    if not words:
        return False
    first, last = words[0], words[-1]
    is_shouted = len(words) > 1 and all(word.text.isupper() for word in words)  # "JO WENG" is no "WENG"
    is_ended = bool({last.low, phrase(words[-2:])} & cues.outlet_endings) or (
        not is_shouted and is_telling(last, cues)
    )  # "Valley News-Register"
    is_station = len(words) > 1 and first.low in cues.networks and words[1].text.isdigit()  # "NBC 4 New York"
    is_paper = len(words) > 2 and any(word.low in cues.again.newspaper for word in words[1:-1])  # "Bay Daily Eagle"
    if len(words) > 1 and (is_ended or is_station or is_paper or first.low in cues.outlet_beginnings):
        return True
    if len(words) == 1:
        host = last.text.partition(".")[2]
        acronym = last.text.isupper() and 2 < len(last.text) < 7 and last.low not in peoples().institutions
        return acronym or is_telling(last, cues) or (len(host) > 1 and host.isalpha())
    return len(words) > 2 and phrase(words[-2:]) in cues.kinds  # "Quay News Agency"


def is_telling(word: Word, cues: Cues) -> bool:
    """Whether one word alone tells an outlet: "QNTV", "Star-Gazette", the merger of two papers."""
    if not word.is_capital or word.low in cues.kinds:
        return False
    first, _hyphen, last = word.text.rpartition("-")
    if len(first) > 2 and last.istitle() and last.lower() in cues.outlet_endings | cues.credits.outlets:
        return True
    return bool(_STATION.fullmatch(word.text)) and word.low not in peoples().institutions
