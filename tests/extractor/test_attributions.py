"""Attributions: every form in sentences of our own, whole; then floors over annotated texts, when they are at hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from citecheck.extractor.attributions import attribute
from citecheck.extractor.outlets import registry
from citecheck.extractor.words import Sentence
from citecheck.model import Attribution, AttributionKind, Place, Position, Strength
from tests.steps import steps_of

DATA = Path(__file__).parent / "data" / "attributed.txt"
GOLD = Path(__file__).parents[2] / "../shared/gold"


def at(text: str, *, is_embed: bool = False) -> Sentence:
    return Sentence(text, lambda offset: Position(7, offset + 1), is_embed)


def attributed(*texts: str, publisher: str | None = None) -> list[tuple[Attribution, ...]]:
    return attribute([at(text) for text in texts], registry(), publisher)


def shown(value: Attribution) -> str:
    parts = [value.outlet or "?", f"“{value.text}”", f"{value.kind} {value.strength} {value.place}"]
    parts += [f"cue “{value.cue}”", f"column {value.column}"]
    parts += ["self"] if value.is_self else []
    parts += [f"via {value.via}"] if value.via else []
    parts += ["as " + " + ".join(value.qualifiers)] if value.qualifiers else []
    return "  " + " | ".join(parts)


def cases() -> list[str]:
    paragraphs = DATA.read_text(encoding="utf-8").strip().split("\n\n")
    return [paragraph for paragraph in paragraphs if paragraph.startswith("> ")]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.split("\n")[0][2:62])
def test_each_form_gives_these_attributions_and_no_other(case: str) -> None:
    texts = [line[2:] for line in case.split("\n") if line.startswith("> ")]
    found = attributed(*texts, publisher="The Moscow Times")
    lines = [line for text, values in zip(texts, found, strict=True) for line in (f"> {text}", *map(shown, values))]
    assert lines == case.split("\n")


def test_the_pinned_sentences_stay_many() -> None:
    assert len(cases()) >= 140


def test_an_attribution_says_all_it_knows() -> None:
    text = "A truce holds, Russia’s state-run RIA Novosti agency reported, citing Anadolu."
    assert attributed(text) == [
        (
            Attribution(
                outlet="RIA Novosti",
                text="RIA Novosti",
                kind=AttributionKind.OUTLET,
                cue="reported",
                line=7,
                column=35,
                via="Anadolu Agency",
                qualifiers=("Russia’s", "state-run", "agency"),
            ),
            Attribution(
                outlet="Anadolu Agency", text="Anadolu", kind=AttributionKind.OUTLET, cue="citing", line=7, column=71
            ),
        )
    ]


@pytest.mark.parametrize("publisher", ["Quay Times", "The Quay Times"])
def test_a_publisher_that_the_registry_lacks_is_told_by_its_name_and_initials(publisher: str) -> None:
    found = attributed(
        "The pier is shut, the Quay Times reported.",
        "TQT reported on Monday that, Quay Post reported.",
        publisher=publisher,
    )
    marked = {each.text: each.is_self for line in found for each in line}
    assert marked == {"Quay Times": True, "TQT": publisher == "The Quay Times", "Quay Post": False}


def test_a_name_of_several_outlets_is_that_of_the_country_where_the_language_is_spoken() -> None:
    (german,) = attribute([at("Der Kai ist gesperrt, sagte ein Lotse der APA.")], registry(), None, "de")
    (english,) = attribute([at("The pier is shut, APA reported.")], registry(), None, "en")
    assert [each.outlet for each in (*german, *english)] == ["APA", None]


def test_what_stands_in_anothers_post_is_weak_and_embedded() -> None:
    (found,) = attribute([at("Good @EurasiaNet map, TASS reported.", is_embed=True)], registry(), None)
    assert [(each.outlet, each.text, each.place, each.strength) for each in found] == [
        ("Eurasianet", "@EurasiaNet", Place.EMBED, Strength.WEAK),
        ("TASS", "TASS", Place.EMBED, Strength.WEAK),
    ]


def test_a_source_in_brackets_behind_the_stop_goes_to_the_sentence_before() -> None:
    first, second = attributed("The hall has collapsed.", "(Reuters) The mayor has resigned.")
    assert [(each.outlet, each.place, each.column) for each in first] == [("Reuters", Place.PARENTHETICAL, 2)]
    assert second == ()


@pytest.mark.parametrize(
    "unit",
    [
        "AFP reported ",
        "AFP, ",
        "AFP and ",
        "dubbed x x x x by ",
        "the agency said ",
        "AFP said the agency said ",
        "it added, ",
        "outlets such as ",
        "Xy newspaper ",
        "Voice of ",
        "Jo Doe, a ",
        "AFP's ",
        "“",
        "](",
        "a",
    ],
)
def test_steps_grow_with_the_length_alone(unit: str) -> None:
    def steps(size: int) -> int:
        text = (unit * (size // len(unit) + 1))[:size]
        return steps_of(lambda: attributed(text))

    steps(100)  # what is loaded once
    # Four times the length: linear work takes four times the steps, quadratic 16.
    assert steps(16_000) < 6 * steps(4_000) + 10_000


def _texts(inline: Sequence[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(each["sentence"] for each in inline))


def test_annotated_english_sentences_keep_their_floors() -> None:
    if not GOLD.is_dir():
        pytest.skip("the annotated texts are not beside this checkout")
    table = registry()
    right = false = missed = 0
    wrong: list[str] = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("language") != "en":
            continue
        for update in gold["updates"]:
            inline = update.get("inline", [])
            texts = _texts(inline)
            for text, found in zip(texts, attributed(*texts, publisher=gold.get("publisher")), strict=True):
                here = [each for each in inline if each["sentence"] == text]
                known = {outlet.name if (outlet := table.named(each["outlet"])) else each["outlet"] for each in here}
                required = {
                    outlet.name if (outlet := table.named(each["outlet"])) else each["outlet"]
                    for each in here
                    if each.get("kind", "outlet") == "outlet"
                    and each.get("strength", "explicit") in ("explicit", "parenthetical")
                    and not each.get("self")
                }
                told = {
                    each.name
                    for each in found
                    if each.kind is AttributionKind.OUTLET and each.strength is not Strength.WEAK and not each.is_self
                }
                right += len(required & told)
                missed += len(required - told)
                false += len(told - known)
                wrong += [f"{path.stem}: {sorted(required - told)} {sorted(told - known)} {text[:80]}"]
    assert right / (right + false) >= 0.97, wrong
    assert right / (right + missed) >= 0.97, wrong
