import pytest

from citecheck.extractor.readers.footers import start_of
from citecheck.extractor.readers.pages import lines_of

TEXT = "The dam held for a whole week, although the water stood at its crest, the council said on Monday.\n"


def footer(below: str) -> str:
    lines = list(lines_of(TEXT + below))
    return " ".join(line.text for line in lines[start_of(lines) :] if line.text)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("\nMore on this story\nThe dam in figures\n3 October\n", "More on this story The dam in figures 3 October"),
        ("\nRelated\n\nTop stories\nRain\n", "Related Top stories Rain"),
        (
            "Follow us\nCopyright 2024 The Dam. All rights reserved.\n",
            "Follow us Copyright 2024 The Dam. All rights reserved.",
        ),
        ("\nRelated\nhttps://a.example/the-dam-in-figures\n", "Related https://a.example/the-dam-in-figures"),
        # the text goes on, or its sources and credits stand below
        (f"\nRelated\nRain\n\n{TEXT}", ""),
        ("\nSee also\nRain\n\nReferences\n1. The Mill. https://a.example/1\n", ""),
        ("\nSee also\nRain\n\n[1] https://a.example/1\n", ""),
        ("\nRelated\nRain\n\nWith reporting by AFP\n", ""),
        ("\nRelated\nRain\n\nWith reporting by AFP\n\nShare\n", "Share"),
        ("\nRain\n", ""),
        (
            "\nUpgrade: https://a.example/1\n(c) 2024 The Dam\nUnsubscribe https://a.example/2\n",
            "Upgrade: https://a.example/1 (c) 2024 The Dam Unsubscribe https://a.example/2",
        ),
        ("\nUnsubscribe https://a.example/2\n\nThe dam in figures\n", ""),
        # what stands below every entry
        (f"\nShare\n\n3 May\n14.05 BST\nRain\n\n{TEXT}\nShare\n", ""),
        ("\nShare\n\n3 May\n14.05 BST\nRain\n\nShare\n", ""),
    ],
)
def test_what_stands_below_the_text(below: str, expected: str) -> None:
    assert footer(below) == expected


def test_a_footer_of_many_lines_is_looked_for_only_near_the_end() -> None:
    lines = list(lines_of(TEXT + "\nRelated" * 100_000))
    assert len(lines) - start_of(lines) == 120
