"""Names in hosts and accounts, told in sentences: "@RALee85" is Rob Lee, "echr" the European Court of Human Rights."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from citecheck.extractor.cues import peoples
from citecheck.patterns import regex

_PIECE = regex(r"[A-Z]+\d+(?=[A-Z_])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+")
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "du", "des", "la"})

_SURE = 4.0
_LEAST_SHARE = 0.5
_ACRONYM, _ACRONYM_WITHIN = 3.5, 2.5
_HOST = 2.0
_CLIPPED_CHARS = 5
_PAIR_CHARS = 7
_RUN_WORDS = 5
"""A name has no more words than this."""


def account_likeness(account: str, words: Sequence[str], offices: Mapping[str, Iterable[str]]) -> float:
    """How much of an account's name the words of a sentence spell, 0 to 4; under half is nothing.

    `offices` are words in accounts and how sentences call who holds them ("gov": "government", "prime").
    """
    letters = re.sub(r"[\W\d_]", "", account)
    if len(letters) < 3:
        return 0.0
    if _is_run(letters.lower(), words):
        return _SURE
    capitals = {word.lower() for word in words if word[0].isupper()}
    pieces = _PIECE.findall(account)
    # "A1Belarus" is A1's, whatever else the sentence says of Belarus.
    own = [piece for piece in pieces if piece.lower() not in peoples().places] or pieces
    share = max(
        _spelt(own, capitals) / sum(map(len, own)),
        _office_spelt(letters.lower(), {word.lower() for word in words}, capitals, offices) / len(letters),
    )
    return _SURE * share if share >= _LEAST_SHARE else 0.0


def host_likeness(host: str, words: Sequence[str]) -> float:
    """2 when a label of the host is a name of the sentence, its words run together."""
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    plain = [word.lower() for word in words]
    names = {low for low, word in zip(plain, words, strict=True) if word[0].isupper()}  # "the Senate", senat.example
    pairs = {one + two for one, two in pairwise(plain)}
    is_told = any(
        _is_run(letters, words)
        or any(word.startswith(letters) and len(word) <= len(letters) + 2 for word in names if len(letters) > 4)
        or (len(letters) >= _PAIR_CHARS and letters in pairs)  # "the air force", airforce.example
        for letters in (label.replace("-", "") for label in labels)
    )
    return _HOST if is_told else 0.0


def acronym_likeness(labels: Iterable[str], words: Sequence[str]) -> float:
    """Up to 3.5 when a label is an acronym of the sentence, written out there or not."""
    wanted = {re.sub(r"[\W\d_]", "", label).lower() for label in labels}
    wanted = {label for label in wanted if 2 <= len(label) <= 8}
    if not wanted:
        return 0.0
    if wanted & {word.lower() for word in words if len(word) > 1 and word.isupper()}:
        return _ACRONYM
    wanted = {label for label in wanted if len(label) > 2}
    best = 0.0
    for run in _capital_runs(words):
        for label in wanted:
            if label in run:
                best = _ACRONYM
            elif len(label) > 4 and (label[1:] in run or label[:-1] in run):
                # "ohchr" is the Office of the High Commissioner for Human Rights: sentences leave a word out.
                best = max(best, _ACRONYM_WITHIN)
    if best < _ACRONYM_WITHIN and any(len(label) >= _CLIPPED_CHARS and _is_clipped(label, words) for label in wanted):
        best = _ACRONYM_WITHIN
    return best


def _is_clipped(letters: str, words: Sequence[str]) -> bool:
    """Whether the beginnings of consecutive names spell the letters: "amcham" is the American Chamber."""
    names = [word.lower() if word[0].isupper() else "" for word in words if word not in _SMALL]
    for start, name in enumerate(names):
        if name[:2] == letters[:2]:
            rest, used = letters, 0
            for more in names[start : start + _RUN_WORDS]:
                common = next(
                    (n for n, (a, b) in enumerate(zip(rest, more, strict=False)) if a != b), min(len(rest), len(more))
                )
                if common < 2:
                    break
                rest, used = rest[common:], used + 1
            if not rest and used > 1:
                return True
    return False


def _is_run(letters: str, words: Sequence[str]) -> bool:
    """Whether consecutive words, the first a name, spell the letters."""
    for start, word in enumerate(words):
        if not word[0].isupper() or not letters.startswith(word.lower()):
            continue
        joined = ""
        for more in words[start : start + _RUN_WORDS]:
            joined += more.lower()
            if joined == letters and len(joined) > 3:
                return True
            if not letters.startswith(joined):
                break
    return False


def _spelt(pieces: Iterable[str], capitals: set[str]) -> int:
    """How many letters of the pieces are names of the sentence."""
    found = 0
    for piece in pieces:
        low = piece.lower()
        if low in capitals or (len(low) > 3 and any(name.startswith(low) for name in capitals)):
            found += len(low)
    return found


def _office_spelt(letters: str, words: set[str], capitals: set[str], offices: Mapping[str, Iterable[str]]) -> int:
    """How many letters are an office that the sentence calls by one of its words, and the beginning of a name."""
    for office, called in offices.items():
        if office not in letters or not words.intersection(called):
            continue
        rest = letters.replace(office, "", 1)
        if len(rest) >= 2 and any(name.startswith(rest) for name in capitals):
            return len(letters)
    return 0


def _capital_runs(words: Sequence[str]) -> list[str]:
    """The initials of every run of names, small words between them left out."""
    runs: list[str] = []
    run = ""
    for word in words:
        if word[0].isupper():
            run += word[0].lower()
        elif word not in _SMALL:
            runs.append(run)
            run = ""
    return [each for each in (*runs, run) if len(each) > 2]
