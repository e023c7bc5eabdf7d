"""What a sentence says wherever it stands."""

from citecheck.extractor.outlets import registry
from citecheck.extractor.parses import Parse, parses_of
from citecheck.extractor.strengths import explicit
from citecheck.model import AttributionKind

SAID = "Reuters reported that the lock was shut, said Jo Doe."


def parse_of(said: str, language: str, guesses: frozenset[str] = frozenset()) -> Parse:
    (parse,) = parses_of([said], registry(), language, guesses)
    return parse


def test_a_sentence_has_its_outlets_with_their_grounds_and_its_speakers() -> None:
    parse = parse_of(SAID, "en")
    assert [word.low for word in parse.words[:3]] == ["reuters", "reported", "that"]
    assert [([SAID[name.start : name.end] for name in group.names], ground) for group, ground in parse.groups] == [
        (["Reuters"], explicit("reported"))
    ]
    assert [(SAID[each.start : each.end], each.kind, each.cue) for each in parse.speeches] == [
        ("Jo Doe", AttributionKind.PERSON, "said")
    ]


def test_the_same_words_say_another_thing_in_another_language_and_text() -> None:
    said = "The pier is shut, the Lark reported."
    known = parse_of(said, "en", frozenset({"Lark"}))
    assert [said[name.start : name.end] for group, _ground in known.groups for name in group.names] == ["Lark"]
    assert parse_of(said, "en").groups == []
    assert [ground for _group, ground in parse_of(SAID, "de").groups] == [None]


def test_many_sentences_are_taken_apart_each_as_if_it_stood_alone() -> None:
    said = [f"{SAID} It was the {number}th day." if number % 3 else "The Lark’s pier is shut." for number in range(150)]
    assert list(parses_of(said, registry(), "en")) == [parse_of(each, "en") for each in said]
