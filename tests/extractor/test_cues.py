from citecheck.extractor.cues import Cues, credit_cues, cues, peoples


def test_every_list_is_filled_and_in_lower_case() -> None:
    table = cues("en")
    lists = {
        name: getattr(table, name) for name in Cues.__struct_fields__ if name not in ("again", "speakers", "credits")
    }
    for part in (table.again, table.speakers, peoples(), *credit_cues()):
        lists |= {f"{type(part).__name__}.{name}": getattr(part, name) for name in type(part).__struct_fields__}
    empty = {name for name, words in lists.items() if not words}
    assert empty <= {"CreditCues.closings", "CreditCues.people"}
    assert {word for words in lists.values() for word in words if word != word.lower() or word != word.strip()} == set()


def test_a_language_without_cues_of_its_own_is_read_with_the_english_ones() -> None:
    assert cues("sq") == cues("en") == cues()
