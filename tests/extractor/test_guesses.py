"""Outlets that the registry does not know: every fifth of its rows is masked in turn, and half are still found."""

import json
import random
from collections.abc import Iterator

import pytest

from citecheck.extractor.attributions import attribute
from citecheck.extractor.cues import cues
from citecheck.extractor.guesses import guessed
from citecheck.extractor.outlets import Registry, registry
from citecheck.extractor.words import Sentence
from citecheck.model import Attribution, AttributionKind, Position, Strength
from tests.extractor import test_attributions, test_languages


def texts() -> Iterator[tuple[str, list[str]]]:
    """Texts of our own by language, and the annotated ones when they are at hand."""
    for path in sorted(test_languages.GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "updates" in gold:
            inline = (each["sentence"] for update in gold["updates"] for each in update.get("inline", []))
            yield gold["language"], list(dict.fromkeys(inline))
    for case in test_attributions.cases():
        yield "en", [line[2:] for line in case.split("\n") if line.startswith("> ")]
    for language, _names, text in test_languages.cases():
        yield language, [text]


def found(table: Registry, language: str, lines: list[str]) -> list[tuple[Attribution, ...]]:
    sentences = [Sentence(line, lambda offset: Position(1, offset + 1)) for line in lines]
    return attribute(sentences, table, None, language)


def test_half_of_a_masked_fifth_is_still_found_as_unknown() -> None:
    full = registry()
    right = false = missed = 0
    wrong = []
    for seed in (1, 2, 3, 4):
        masked = set(random.Random(seed).sample([each.name for each in full.outlets], len(full.outlets) // 5))
        rest = Registry(each for each in full.outlets if each.name not in masked)
        for language, lines in texts():
            for line, known, left in zip(
                lines, found(full, language, lines), found(rest, language, lines), strict=True
            ):
                wanted = [each for each in known if each.outlet in masked and each.strength is Strength.EXPLICIT]
                before = {each.text for each in known if each.outlet is None}
                unknown = [
                    each
                    for each in left
                    if each.outlet is None and each.kind is AttributionKind.OUTLET and each.text not in before
                ]
                hits = sum(any(each.text in want.text or want.text in each.text for each in unknown) for want in wanted)
                right, missed, false = right + hits, missed + len(wanted) - hits, false + max(0, len(unknown) - hits)
                wrong += [line] if hits < max(len(wanted), len(unknown)) else []
    assert right + missed > 80
    assert right / (right + missed) >= 0.6, wrong
    assert right / (right + false) >= 0.9, wrong


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The pier is shut, Quaywatch reported. A mate told Quaywatch so.", {"Quaywatch"}),
        ("en", "Police reported a fire, and Armenia reported two. NATO reported none.", set()),
        ("en", "Ann Mole told Roe that it was late. Then Bo Roe left.", set()),
        ("en", "A mate told Pierside on Monday that it was late.", {"Pierside"}),
        ("en", "QNX reporters saw it.", {"QNX"}),
        ("de", "Wie die „Hafenpost“ berichtet, ist der Kai gesperrt.", {"Hafenpost"}),
        ("de", "Laut Polizei ist der Kai gesperrt.", set()),
        ("fr", "Le quai est fermé, écrit Quai Libre.", {"Quai Libre"}),
        ("ru", "Причал закрыт, пишет «Причал».", {"Причал"}),
        ("ru", "Причал закрыт, сообщает МЧС.", set()),
    ],
)
def test_a_name_is_an_outlets_where_only_outlets_stand(language: str, text: str, names: set[str]) -> None:
    sentence = Sentence(text, lambda offset: Position(1, offset + 1))
    assert guessed([sentence], registry(), cues(language)) == names


def test_a_name_that_comes_again_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def is_familys(name: str, whole: str, cues: object) -> bool:
        judged.append(name)
        return True

    monkeypatch.setattr("citecheck.extractor.guesses._is_familys", is_familys)
    text = "The dam held, Quaywatch reported. " * 50
    guessed([Sentence(text, lambda offset: Position(1, offset + 1))], registry(), cues("en"))
    assert judged == ["Quaywatch"]
