import pytest

from citecheck.extractor import updates
from citecheck.extractor.readers import text
from citecheck.extractor.readers.pages import lines_of
from citecheck.extractor.readers.runningheads import furniture


def found(source: str) -> list[str]:
    lines = list(lines_of(source))
    return [lines[index].text.strip() for index in sorted(furniture(lines))]


@pytest.mark.parametrize(
    ("heads", "count"),
    [
        (("The Monitor          Page 1", "The Monitor          Page 2"), 2),
        (("Seite 4 von 9", "Seite 5 von 9"), 2),
        (("https://a.example/dam          1/3", "https://a.example/dam          2/3"), 2),
        (("https://a.example/dam          1/1",), 1),
        (("1 of 2        20/11/2024, 18:40", "2 of 2        20/11/2024, 18:40"), 2),
        (("1 of 2 dams held", "2 of 2 dams held"), 0),
        (("- 7 -", "- 8 -", "- 9 -"), 3),
        (("- 7 -", "- 8 -"), 0),
        (("Page 1", "Page 3"), 0),
        (("Nov. 3", "Nov. 4"), 0),
        (("In 2 of 3 towns, 1 / 2", "In 2 of 3 towns, 1 / 2"), 0),
    ],
)
def test_lines_that_count_the_pages(heads: tuple[str, ...], count: int) -> None:
    assert found("\n\nThe dam held.\n\n".join(heads)) == list(heads)[:count]


def test_what_comes_again_beside_the_count_belongs_to_the_pages_too() -> None:
    source = "The Monitor\n\nRain\n\n1/2\n\nThe Monitor\n\nIt rained.\n\nOne.\n\nTwo.\n\nThree.\n\n2/2\n"
    assert found(source) == ["The Monitor", "1/2", "The Monitor", "2/2"]


def test_a_sentence_goes_on_over_the_head_of_a_page() -> None:
    wide = "The river council met for a third day on Monday and, after a long debate, agreed to open the"
    source = f"11/20/2025  The dam\n\n{wide}\n\nhttps://a.example/dam  1/2\n\n11/20/2025  The dam\n\ngates at noon.\n\n"
    reading = text.read((source + "https://a.example/dam  2/2\n").encode())
    assert [(block.text, [mark.page for mark in block.marks]) for block in reading.blocks] == [
        (f"{wide} gates at noon.", [1, 2])
    ]
    assert reading.margins == ("11/20/2025  The dam", "https://a.example/dam  1/2", "https://a.example/dam  2/2")


def test_the_head_of_a_page_tells_the_year() -> None:
    source = "11/20/2025  The dam\n\nNov. 19\n\nIt held.\n\na 1/2\n\n11/20/2025  The dam\n\nNov. 18\n\nRain.\n\na 2/2\n"
    sections, _ = updates.sections(text.read(source.encode()))
    assert [each.day.isoformat() for each in sections if each.day] == ["2025-11-19", "2025-11-18"]
