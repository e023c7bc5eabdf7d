import pytest

from citecheck.extractor import footnotes, references
from citecheck.extractor.extraction import document_of
from citecheck.extractor.readers import Reading, text
from citecheck.model import BlockKind, Document, Source
from citecheck.settings import Settings


@pytest.mark.parametrize(
    "line",
    [
        "https://a.example/1",
        "<https://a.example/1>",
        "- https://a.example/1 https://b.example/2",
        "Delta Wire: https://a.example/1",
        "• The Ford Gazette — https://a.example/1",
        "Delta Wire (https://a.example/1)",
        "https://a.example/1 (Delta Wire)",
        "Source: https://a.example/1.",
        "Quellen: https://a.example/1, https://b.example/2 und https://c.example/3",
        "Read more here: https://a.example/1",
        '[2] Delta Wire, "The dam will hold. It must", 17 January 2025, https://a.example/1',
        "³ https://a.example/1",
        "(4) www.a.example/1",
        "Delta Wire https://a.example/1",
        "Source: Council of the river, https://a.example/1",
        "More at https://a.example/1",
        "[Delta Wire, https://a.example/1]",
    ],
)
def test_a_line_that_only_tells_where_something_stands(line: str) -> None:
    assert references.is_reference(line)


@pytest.mark.parametrize(
    "line",
    [
        "The dam held.",
        "The dam held, Delta Wire reported (https://a.example/1).",
        "The council of the upper river published what it knew: https://a.example/1",
        "https://a.example/1 is where the council put its report.",
        "Delta Wire reported on https://a.example/1 that the dam held.",
        "[The dam held](https://a.example/1)",
        "[2] The dam held.",
    ],
)
def test_a_line_that_says_more_is_none(line: str) -> None:
    assert not references.is_reference(line)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam held.[1]", ["1"]),
        ("The dam held.[1][3] It rained [12, 14].", ["1", "3", "12", "14"]),
        ("It rained [2-4].", ["2", "3", "4"]),
        ("The dam¹ held.¹²", ["1", "12"]),
        ("Five m² [sic] in [2024a].", ["2", "sic"]),
        ("The dam held.[^dam] It rained.[^2]", ["dam", "2"]),
    ],
)
def test_the_numbers_that_a_sentence_refers_to(sentence: str, expected: list[str]) -> None:
    assert list(footnotes.marks_in(sentence)) == expected


def kinds(source: str) -> list[tuple[str, str]]:
    reading = references.marked(text.read(source.encode()))
    return [(block.kind.value, block.text) for block in reading.blocks]


def test_references_are_told_from_what_the_text_says() -> None:
    assert kinds(
        "The dam held.\nhttps://a.example/1\n\nIt rained, as the council\nhttps://b.example/2\nsays.\n\n"
        "Sources:\n- Delta Wire, The dam of the upper river will surely hold, https://c.example/3\n- The mayor\n"
    ) == [
        ("paragraph", "The dam held."),
        ("reference", "https://a.example/1"),
        ("paragraph", "It rained, as the council https://b.example/2 says."),
        ("reference", "Sources:"),
        ("reference", "- Delta Wire, The dam of the upper river will surely hold, https://c.example/3"),
        ("item", "- The mayor"),
    ]


def test_notes_go_on_in_their_numbers() -> None:
    assert kinds("It held.[1]\n\nNotes\n[1] Delta Wire, Monday,\nhttps://a.example/1\n[2] Talk with the mayor\n") == [
        ("paragraph", "It held.[1]"),
        ("reference", "Notes"),
        ("reference", "[1] Delta Wire, Monday, https://a.example/1"),
        ("reference", "[2] Talk with the mayor"),
    ]


def test_a_head_above_prose_is_a_part_of_the_text() -> None:
    assert kinds("Links\n\nThe road links two towns.\n") == [
        ("heading", "Links"),
        ("paragraph", "The road links two towns."),
    ]


def test_a_url_broken_by_the_width_of_the_page_is_whole_again() -> None:
    long = "https://a.example/the-council-of-the-upper-river"
    assert kinds(f"The dam held.\n{long}-\nsays-so\nDelta Wire: {long}/\n2025\nIt rained.\n") == [
        ("paragraph", "The dam held."),
        ("reference", f"{long}-says-so"),
        ("reference", f"Delta Wire: {long}/2025"),
        ("paragraph", "It rained."),
    ]


def test_a_page_list_holds_broken_urls_too() -> None:
    long = "https://a.example/the-council-of-the-upper-river"
    reading = text.read(f"The dam held.\n\n{long}-\nsays-so\nhttps://b.example/2\n".encode())
    assert [each.url for each in reading.page_links] == [f"{long}-says-so", "https://b.example/2"]


def test_what_announces_a_page_list_is_none_of_the_text() -> None:
    reading = text.read(b"The dam held.\n\nLinks:\nhttps://a.example/1\nhttps://b.example/2\n")
    assert [block.text for block in reading.blocks] == ["The dam held."]
    assert [each.url for each in reading.page_links] == ["https://a.example/1", "https://b.example/2"]


def document(source: str, media: str = "text/plain") -> Document:
    return document_of(Source("x", source.encode(), media), Settings())


def laid(source: str, media: str = "text/plain") -> list[tuple[str, str | None, str | None]]:
    """Of every link: the end of its URL, the beginning of its claim, how sure."""
    found = document(source, media)
    claims = {claim.id: claim.text for update in found.updates for claim in update.claims}
    return [
        (link.url[-1], claims[link.claim][:12] if link.claim else None, link.confidence and link.confidence.value)
        for link in found.links
    ]


def test_a_url_below_its_paragraph_is_laid_to_it_and_is_no_claim() -> None:
    source = "The mayor opened the mill.\nhttps://a.example/mayor-opens-mill/1\n\nIt rained.\nhttps://a.example/2\n"
    assert laid(source) == [("1", "The mayor op", "high"), ("2", "It rained.", "medium")]
    assert [claim.text for claim in document(source).updates[0].claims] == ["The mayor opened the mill.", "It rained."]


def test_of_several_sentences_the_likeliest_carries_the_url_below_or_the_last_unsurely() -> None:
    source = "The mayor opened the mill. It rained.\n\nhttps://a.example/mayor-opens-mill/1\n\nhttps://a.example/2\n"
    assert laid(source) == [("1", "The mayor op", "high"), ("2", "It rained.", "low")]


def test_a_url_above_the_first_paragraph_of_a_day_is_laid_to_that() -> None:
    source = "Nov. 9, 2025\n\nhttps://a.example/mayor-opens-mill/1\n\nThe mayor opened the mill.\n"
    assert laid(source) == [("1", "The mayor op", "high")]


def test_notes_are_laid_by_their_numbers() -> None:
    source = "The mayor sang.[2] The mill opened.[1]\n\n[1] https://a.example/1\n[2] https://a.example/2\n"
    assert laid(source) == [("1", "The mill ope", "high"), ("2", "The mayor sa", "high")]


def test_a_days_own_list_serves_the_day_and_a_single_one_at_the_end_the_whole_text() -> None:
    days = "Nov. 9, 2025\n\nThe mill burned down.\n\n{}Nov. 8, 2025\n\nThe mill opened. The mayor sang.\n\n{}"
    one = "Sources:\nDelta: https://a.example/mill-burned-down/1\n\n"
    two = "Sources:\nDelta: https://a.example/mill-burned-down/2\n"
    assert laid(days.format("", two)) == [("2", "The mill bur", "high")]
    assert laid(days.format(one, two)) == [("1", "The mill bur", "high"), ("2", "The mill ope", "low")]


def test_what_leads_away_is_laid_to_no_sentence() -> None:
    source = "The mayor opened the mill.\n\nSee also: https://a.example/mayor-opens-mill/1\n"
    assert laid(source) == [("1", None, None)]
    assert document(source).links[0].update is None


def test_a_way_to_another_text_from_within_this_one_stays_in_its_section() -> None:
    source = (
        "It rained.\n\nSources:\nhttps://a.example/1\nhttps://a.example/2\n\nLees ook: The dam https://a.example/3\n"
    )
    assert [(link.update, link.claim) for link in document(source).links][2] == ("u1", None)
    for one in ("Subscribe here: https://a.example/1", "Se non vedi questa mail, premi https://a.example/1"):
        assert document(f"It rained.\n\n{one}\n").links[0].update is None


def test_a_word_with_a_colon_above_a_list_announces_it_in_any_language() -> None:
    source = "It rained. The mayor opened the mill.\n\nOdkazování:\nhttps://a.example/mayor-opens-mill/1\nhttps://b.example/2\n"
    assert [claim.text for claim in document(source).updates[0].claims] == ["It rained.", "The mayor opened the mill."]
    assert laid(source)[0] == ("1", "The mayor op", "high")


def test_the_one_credit_line_below_the_last_of_several_entries_is_the_whole_texts() -> None:
    entries = "We follow it.\n\n3 May\n\nIt rained.\n\n2 May\n\nIt snowed.\n\n"
    assert [len(each.credits) for each in document(f"{entries}With reporting by AFP\n").updates] == [1, 0, 0]
    daily = entries.replace("2 May", "With reporting by AP\n\n2 May")
    assert [len(each.credits) for each in document(f"{daily}With reporting by AFP\n").updates] == [0, 1, 1]


def test_a_list_of_sources_is_told_in_markup_too() -> None:
    source = (
        "# The mill\n\nThe mayor opened the mill. It rained.\n\n## Sources\n\n"
        "- [The mayor opens a mill](https://a.example/1)\n- The weather, https://a.example/2\n"
    )
    found = document(source, "text/markdown")
    assert [claim.text for claim in found.updates[0].claims] == ["The mayor opened the mill.", "It rained."]
    assert laid(source, "text/markdown")[0] == ("1", "The mayor op", "high")


def test_a_reading_without_references_stays_as_it_is() -> None:
    reading = text.read(b"The dam held.\n\nIt rained.\n")
    assert references.marked(reading) == reading
    assert BlockKind.REFERENCE not in {block.kind for block in references.marked(Reading(blocks=())).blocks}


def test_a_url_behind_the_stop_is_the_sentences_and_no_claim() -> None:
    source = "The mayor sang. https://a.example/1 The mill burned (down). (Delta Wire: https://a.example/2)"
    assert [claim.text for claim in document(source).updates[0].claims] == [
        "The mayor sang.",
        "The mill burned (down).",
    ]
    assert laid(source) == [("1", "The mayor sa", "high"), ("2", "The mill bur", "high")]
    assert [claim.text for claim in document("It rained. See www.b.example/3.").updates[0].claims] == [
        "It rained.",
        "See www.b.example/3.",
    ]


def test_a_notes_number_behind_the_stop_belongs_to_its_sentence() -> None:
    source = "The mayor sang.¹ The mill burned.[2] It rained.\n\n¹ https://a.example/1\n[2] https://a.example/2\n"
    assert [claim.text for claim in document(source).updates[0].claims] == [
        "The mayor sang.¹",
        "The mill burned.[2]",
        "It rained.",
    ]
    assert laid(source) == [("1", "The mayor sa", "high"), ("2", "The mill bur", "high")]


def test_below_a_credit_line_a_list_serves_the_text_above_it() -> None:
    source = "The mayor sang in March.\n\nWith reporting by AFP.\n\nMore: https://a.example/mayor-sang-march/1\n"
    assert laid(source) == [("1", "The mayor sa", "high")]


def test_footnotes_of_markdown_are_laid_by_their_names() -> None:
    source = (
        "The mayor sang.[^song] The mill burned.[^2]\n\n**Also read:** [Mills](https://a.example/9)\n\n"
        "[^2]: <https://a.example/2>\n[^song]: Notes: <https://a.example/1>\n"
    )
    assert laid(source, "text/markdown") == [
        ("9", None, None),
        ("2", "The mill bur", "high"),
        ("1", "The mayor sa", "high"),
    ]


def test_a_link_of_markdown_behind_the_stop_is_the_sentences_in_a_plain_text() -> None:
    source = (
        "-----\n* The mayor sang. [Delta](https://a.example/1)\n* It rained. Source: The weather, https://a.example/2\n"
    )
    assert laid(source) == [("1", "* The mayor ", "high"), ("2", "* It rained.", "high")]


def test_a_site_that_a_sentence_names_by_its_domain_is_meant() -> None:
    source = "It rained, Town.example said. The mill burned.\n\nhttps://news.town.example/1\n"
    assert laid(source) == [("1", "It rained, T", "high")]


def test_items_that_count_are_notes_where_the_text_refers_to_them() -> None:
    source = (
        'The mayor sang.[2] The mill burned.[1]\n\nReferences\n\n1. "Fire". Delta. 9 May 2025. https://a.example/1\n'
        '2. Vinter, Ada. "A song". https://a.example/2\n'
    )
    assert laid(source) == [("1", "The mill bur", "high"), ("2", "The mayor sa", "high")]


def test_letters_furniture_belongs_to_no_day() -> None:
    source = (
        "View this email in your browser <https://a.example/8>\n\nIt rained.\n\nUnsubscribe <https://a.example/9>\n"
    )
    assert [(link.update, link.claim) for link in document(source).links] == [(None, None)] * 2


def test_a_list_within_a_page_whose_foot_is_known_serves_the_text_above_it() -> None:
    source = (
        "The mayor sang.\n\n- 3 -\n\nThe mill burned.\n\n- 4 -\n\nIt rained.\n\n"
        "https://a.example/mill-burned/1\nhttps://a.example/rained/2\n\nA stork came.\n\n- 5 -\n"
    )
    assert [(link.page, link.origin) for link in document(source).links] == [(3, "footnote")] * 2
    assert laid(source) == [("1", "It rained.", "medium"), ("2", "It rained.", "high")]


def test_what_announces_links_may_say_how() -> None:
    source = "The mayor sang in March.\n\nLinks, in order:\n1) https://a.example/mayor-sang-march/1\n"
    assert [claim.text for claim in document(source).updates[0].claims] == ["The mayor sang in March."]


def test_notes_may_have_names() -> None:
    source = (
        "The mayor sang [Delta]. The mill burned [The Ford Gazette].\n\nFurther reading and sources\n"
        "[The Ford Gazette] https://a.example/1\n[Delta] https://a.example/2\n"
    )
    assert laid(source) == [("1", "The mill bur", "high"), ("2", "The mayor sa", "high")]


def test_a_link_of_the_source_in_brackets_belongs_to_the_sentence_before_them() -> None:
    source = "The mayor sang. The mill burned. ([AFP](https://a.example/1))\n"
    assert laid(source, "text/markdown") == [("1", "The mill bur", "high")]


def test_the_menus_of_a_text_browsers_copy_are_no_claims_and_their_links_nobodys() -> None:
    source = (
        "#[1]feed\n\n[2]Skip to content\n\n* [3]Home\n\nThe mayor [4]opened the mill.\n\nReferences\n\n"
        "1. https://a.example/1\n2. https://a.example/2\n3. https://a.example/3\n4. https://a.example/4\n"
    )
    assert laid(source) == [("1", None, None), ("2", None, None), ("3", None, None), ("4", "The mayor [4", "high")]
    assert [link.update for link in document(source).links] == [None, None, None, "u1"]
    named = "[![Mill][1]][2]\n\nThe mill [opened][3].\n\n[1]: https://a.example/1\n[2]: https://a.example/2\n[3]: https://a.example/3\n"
    assert laid(named) == [("1", None, None), ("2", None, None), ("3", "The mill [op", "high")]


def test_links_by_number_that_lead_out_of_the_text_are_nobodys() -> None:
    source = (
        "It rained [1].\n\nShare this post: [2]Mail [3]Print\n\nThat is all. Forward this or subscribe here [4].\n\n"
        "Contact was lost at noon [5].\n\n" + "".join(f"[{each}] https://a.example/{each}\n" for each in range(1, 6))
    )
    assert laid(source) == [
        ("1", "It rained [1", "high"),
        *((each, None, None) for each in "234"),
        ("5", "Contact was ", "high"),
    ]


@pytest.mark.parametrize(
    ("source", "media"),
    [
        ("Home\nTravel\nBook reviews\n\nIt rained in Kuala Lumpur.\n", "text/plain"),
        ("Home | Travel | Book reviews\n\nIt rained in Kuala Lumpur.\n", "text/plain"),
        (
            "[Home](https://a.example/) · [Travel](https://a.example/t) · Us\n\nIt rained in Kuala Lumpur.\n",
            "text/markdown",
        ),
    ],
)
def test_a_row_of_labels_is_a_menu_and_says_nothing(source: str, media: str) -> None:
    found = document(source, media)
    assert [claim.text for update in found.updates for claim in update.claims] == ["It rained in Kuala Lumpur."]
    assert {link.update for link in found.links} <= {None}


def test_a_row_of_agencies_credits_them() -> None:
    credits = document("It rained.\n\nReuters | AFP | dpa\n").updates[0].credits
    assert [credit.outlet for credit in credits] == ["Reuters", "AFP", "dpa"]


def test_two_names_or_a_sentence_over_three_lines_are_no_menu() -> None:
    for source in ("Quay Post | Harbour Times", "Rain\nFell\nIn Kuala Lumpur."):
        assert len(document(source).updates[0].claims) == 1


def test_a_wikis_headings_open_their_sections_and_its_notes_are_no_claims() -> None:
    source = (
        "3 May[edit]\nIt rained.[1]\n\n4 May [Bearbeiten | Quelltext bearbeiten]\nIt snowed.[2]\n\nReferences[edit]\n"
        '1. ^ "Rain". Quay Post. https://a.example/1. Retrieved 6 May 2023.\n'
        '2. ^ Doe, Jo (4 May 2023). "Snow". Quay Post. https://a.example/2\n'
    )
    assert [update.heading for update in document(source).updates] == ["3 May", "4 May"]
    assert laid(source) == [("1", "It rained.[1", "high"), ("2", "It snowed.[2", "high")]
    marked = "## 3 May[[edit](https://a.example/8)]\n\nIt rained.\n"
    assert [update.heading for update in document(marked, "text/markdown").updates] == ["3 May"]


def test_notes_whose_numbers_a_copy_has_lost_count_by_their_order() -> None:
    source = "Snow fell.[2]\n\nRain fell.[1]\n\nSources\n\n↑ Rain. In: Quay. https://a.example/1\n↑ Snow. https://a.example/2\n"
    assert laid(source) == [("1", "Rain fell.[1", "high"), ("2", "Snow fell.[2", "high")]
    one_more = source + "↑ Sun. https://a.example/3\n"
    assert [sure for _, _, sure in laid(one_more)] != ["high", "high", "high"]


def test_the_notes_of_a_wiki_in_markdown_are_laid_and_its_edit_links_nobodys() -> None:
    edit = "[[edit](https://a.example/8)]"
    source = (
        f"## 3 May{edit}\n\nIt rained.[[1]](#cite_note-1)\n\n"
        f"## 4 May{edit}\n\nIt snowed.[[2]](#cite_note-2)\n\n## References{edit}\n\n"
        '1. [^](#cite_ref-1) ["Rain"](https://a.example/1). *Quay Post*. 3 May 2023.\n'
        '2. [^](#cite_ref-2) Doe, Jo. ["Snow"](https://a.example/2). *Quay Post*.\n'
    )
    assert laid(source, "text/markdown") == [
        *[("8", None, None)] * 3,
        ("1", "It rained.[1", "high"),
        ("2", "It snowed.[2", "high"),
    ]
    assert {link.update for link in document(source, "text/markdown").links[:1]} == {None}


def test_a_url_below_the_last_of_several_lists_serves_its_own_day() -> None:
    first = "3 May\n\nThe mill burned down.\n\nSources: AFP\n\nhttps://a.example/1\nhttps://a.example/2\n\n"
    source = f"{first}2 May\n\nIt rained.\n\nSources: AFP\n\nhttps://a.example/mill-burned-down/3\n"
    assert [link.update for link in document(source).links] == ["u1", "u1", "u2"]


def test_each_of_several_urls_of_a_line_has_the_words_before_it() -> None:
    line = "Links: quay.example/ada; https://a.example/1; the Gull: https://b.example/2"
    assert references.label_of(line, "https://a.example/1") == "Links:"
    assert references.label_of(line, "https://b.example/2") == "the Gull:"
    assert (
        references.label_of("Gull https://b.example/2 (seen in May)", "https://b.example/2") == "Gull   (seen in May)"
    )


def test_a_url_behind_the_stop_is_parted_from_a_quotation() -> None:
    source = 'It rained, Quay wrote. (https://a.example/1) "It is over," said the mayor. (https://a.example/2)\n'
    assert laid(source) == [("1", "It rained, Q", "high"), ("2", '"It is over,', "high")]


def test_sources_before_a_call_on_the_reader_are_credited() -> None:
    source = "It rained.\n\n_Sources: AP, BBC. Follow us on [Twitter](https://a.example/1)._\n"
    credits = document(source, "text/markdown").updates[0].credits
    assert [credit.outlet for credit in credits] == ["Associated Press", "BBC"]


def test_a_notice_below_references_is_none_of_them() -> None:
    sources = "Sources:\nhttps://a.example/1\nhttps://a.example/2\nUnsubscribe: https://a.example/3\n"
    source = f"It rained.\n\n{sources}\nThat is all.\n"
    assert [link.update for link in document(source).links] == ["u1", "u1", None]


def test_labels_say_nothing_and_share_stands_between_the_entries() -> None:
    entries = "3 May\n\nIt shone.\n\nShare\n\nUpdated at 18.50 BST\n\nIt froze.\n\nShare\n"
    found = document(f"* [World](/w)\n* [Sign in](/s)\n\nIt rained.\n\n{entries}", "text/markdown")
    said = [claim.text for update in found.updates for claim in update.claims]
    assert said == ["It rained.", "It shone.", "It froze."]
    assert [claim.text for claim in document(entries).updates[0].claims] == ["It shone.", "It froze."]


def test_a_long_way_out_that_begins_with_more_than_a_word_is_one() -> None:
    source = "It rained.\n\nRead all the latest news, weather reports and live updates here (https://a.example/1)\n"
    assert [(link.update, link.claim) for link in document(source).links] == [(None, None)]


def test_words_that_begin_a_sentence_announce_no_list() -> None:
    source = "Here is the day so far:\n- The mill burned (https://a.example/1).\n- It rained.\n"
    assert laid(source) == [("1", "- The mill b", "high")]


def test_a_way_out_may_stand_behind_a_question() -> None:
    source = "The mill burned.\n\nWas this forwarded to you? Subscribe here: https://a.example/1\n"
    assert [link.update for link in document(source).links] == [None]


def test_a_note_may_say_when_it_was_seen() -> None:
    source = (
        "The mill burned.[1] It rained.[a]\n\nReferences\n\n"
        "[1] The Mill, <https://a.example/1>, seen 2 June\n[a] Rain. https://a.example/a . Retrieved 7 June 2021.\n"
    )
    assert laid(source) == [("1", "The mill bur", "high"), ("a", "It rained.[a", "high")]


def test_words_above_a_list_announce_it_without_a_colon() -> None:
    source = "The mill burned.\n\nLinks in this article\n1. https://a.example/mill-burned/1\n"
    assert [claim.text for update in document(source).updates for claim in update.claims] == ["The mill burned."]


def test_a_post_is_laid_to_the_sentence_that_points_at_its_platform() -> None:
    source = "The mill burned, he said.\n\nThe mayor was sad on X.\n\nIt rained, she said.\n\nSources:\n"
    source += "- https://x.com/qxz/status/1\n- https://b.example/it-rained/2\n"
    assert laid(source)[0] == ("1", "The mayor wa", "low")


def test_a_link_that_calls_on_the_reader_is_nobodys_source() -> None:
    source = "The mill burned.\n\n[Subscribe to us](https://a.example/1) · [Follow us](https://a.example/2)\n"
    assert [link.update for link in document(source, "text/markdown").links] == [None, None]
    read_also = document("The mill burned.\n\n[Read also how it was built](https://a.example/1)\n", "text/markdown")
    assert [link.update for link in read_also.links] == ["u1"]


def test_a_name_in_brackets_before_a_url_tells_the_source_of_the_sentence_before() -> None:
    source = "* The mill burned. (MillWinds) https://a.example/1\n* It rained.\n"
    assert laid(source) == [("1", "* The mill b", "high")]


def test_a_numbered_note_of_markdown_may_hold_its_link_among_words() -> None:
    source = "The mill burned [1].\n\n[1] The Mill, [log](https://a.example/1), 12 May\n"
    assert laid(source, "text/markdown") == [("1", "The mill bur", "high")]


def test_notes_may_be_numbered_without_a_stop_or_by_letters() -> None:
    for one, two in (("1", "2"), ("a)", "b)")):
        source = f"The mill burned.\n\nIt rained.\n\nFootnotes\n{one} https://a.example/mill-burned/1\n"
        source += f"{two} https://a.example/it-rained/2\n"
        assert [each[:2] for each in laid(source)] == [("1", "The mill bur"), ("2", "It rained.")]


def test_external_links_lead_away() -> None:
    source = "The mill burned.\n\nExternal links\n- The mill: https://a.example/1\n"
    assert [link.update for link in document(source).links] == [None]


def test_what_stands_below_the_text_is_no_claim_and_opens_no_day() -> None:
    source = "The mill\n\nThe mill burned.\n\nMore on this story\nThe mill in figures - https://a.example/1\n"
    source += "\n3 October\nRain\n"
    found = document(source)
    assert [(update.kind.value, [claim.text for claim in update.claims]) for update in found.updates] == [
        ("article", ["The mill burned."])
    ]
    assert [link.update for link in found.links] == [None]
