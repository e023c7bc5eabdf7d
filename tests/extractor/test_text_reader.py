import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.readers import PageLink, Reading, text
from citecheck.model import Block, BlockKind, Mark
from tests.effort import ends_within

WIDE = "The river council met for a third day on Monday and, after a long debate, agreed to open the"
"""As long as the lines of a text that is wrapped."""


def blocks(source: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in text.read(source.encode()).blocks]


def test_wrapped_lines_become_a_paragraph_with_a_mark_a_line() -> None:
    assert text.read(b"One two\nthree four.  \n\n  Five.\n") == Reading(
        blocks=(
            Block(BlockKind.PARAGRAPH, "One two three four.", (Mark(0, 1, 1), Mark(8, 2, 1))),
            Block(BlockKind.PARAGRAPH, "Five.", (Mark(0, 4, 3),)),
        )
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the Upper-\nTalin road.", "the Upper-Talin road."),
        ("the road -\nclosed.", "the road - closed."),
        ("the cease\xad\nfire.", "the ceasefire."),
        ("one —\ntwo.", "one — two."),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_and_the_break_goes(source: str, expected: str) -> None:
    assert blocks(source) == [("paragraph", expected)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_once(end: str) -> None:
    reading = text.read(f"A first.{end}{end}B second.{end}".encode())
    assert [block.marks for block in reading.blocks] == [(Mark(0, 1, 1),), (Mark(0, 3, 1),)]


def test_a_page_list_is_cut_out_of_the_sentence_round_it() -> None:
    source = f"{WIDE} Upper-\n\nhttps://a.example/1\nhttps://b.example/2\n\n\nTalin road. It rained.\n"
    assert text.read(source.encode()) == Reading(
        blocks=(
            Block(
                BlockKind.PARAGRAPH,
                f"{WIDE} Upper-Talin road. It rained.",
                (Mark(0, 1, 1, 1), Mark(len(WIDE) + 7, 7, 1, 2)),
            ),
        ),
        page_links=(PageLink("https://a.example/1", 3, 1, 1), PageLink("https://b.example/2", 4, 1, 1)),
    )


def test_a_page_list_after_a_whole_sentence_ends_the_paragraph() -> None:
    source = f"{WIDE} road.\n\nhttps://a.example/1\nhttps://b.example/2\n\nIt rained.\n"
    assert blocks(source) == [("paragraph", f"{WIDE} road."), ("paragraph", "It rained.")]


def test_a_single_url_is_a_list_only_where_it_cuts_a_sentence() -> None:
    apart = text.read(b"Watch it here:\n\nhttps://a.example/1\n\nIt rained.\n")
    assert [block.text for block in apart.blocks] == ["Watch it here:", "https://a.example/1", "It rained."]
    cutting = text.read(f"{WIDE}\n\nhttps://a.example/1\n\nroad. It rained.\n".encode())
    assert [block.text for block in cutting.blocks] == [f"{WIDE} road. It rained."]
    assert cutting.page_links == (PageLink("https://a.example/1", 3, 1, 1),)


def test_a_short_line_that_ends_in_a_hyphen_goes_on_after_the_page_list() -> None:
    assert blocks(f"{WIDE} gates.\nUpper-\n\nhttps://a.example/1\nhttps://b.example/2\n\nTalin.\n") == [
        ("paragraph", f"{WIDE} gates. Upper-Talin.")
    ]


def test_urls_within_a_paragraph_are_no_list() -> None:
    reading = text.read(b"See\nhttps://a.example/1\nhttps://b.example/2\nfor more.\n")
    assert [block.text for block in reading.blocks] == ["See https://a.example/1 https://b.example/2 for more."]
    assert reading.page_links == ()


def test_a_text_of_indented_lines_has_no_pages_for_that() -> None:
    source = f"{WIDE}\n gates at noon.\n\n" * 12 + "https://a.example/1\nhttps://b.example/2\n"
    assert {mark.page for block in text.read(source.encode()).blocks for mark in block.marks} == {1}


def test_a_form_feed_turns_the_page_and_not_the_sentence() -> None:
    reading = text.read(f"{WIDE}\n\n\froad. It rained.\n\n\fNew page.".encode())
    assert reading.blocks == (
        Block(BlockKind.PARAGRAPH, f"{WIDE} road. It rained.", (Mark(0, 1, 1, 1), Mark(len(WIDE) + 1, 3, 2, 2))),
        Block(BlockKind.PARAGRAPH, "New page.", (Mark(0, 5, 2, 3),)),
    )


def test_a_line_with_a_blank_before_it_goes_on_from_the_page_before_where_pages_have_lists() -> None:
    filler = f"{WIDE} gates.\n" * 12
    source = f"{filler}{WIDE}\n gates at noon.\n\nhttps://a.example/1\nhttps://b.example/2\n\nIt rained."
    reading = text.read(source.encode())
    assert [(mark.line, mark.column, mark.page) for mark in reading.blocks[0].marks[-2:]] == [(13, 1, 1), (14, 2, 2)]
    assert reading.blocks[1].marks == (Mark(0, 19, 1, 3),)
    without = text.read(source.replace("https://", "").encode())
    assert {mark.page for block in without.blocks for mark in block.marks} == {1}


def test_headings_stand_alone_and_dates_in_prose_do_not() -> None:
    source = (
        f"{WIDE} gates.\n Nov. 9\n\nThey left on\nNov. 8\n\n{WIDE}\nNov. 7\n\nNov. 6, they came.\n\nNov. 5\nand left.\n"
    )
    assert blocks(source) == [
        ("paragraph", f"{WIDE} gates."),
        ("heading", "Nov. 9"),
        ("paragraph", "They left on"),
        ("heading", "Nov. 8"),
        ("paragraph", f"{WIDE} Nov. 7"),
        ("paragraph", "Nov. 6, they came."),
        ("paragraph", "Nov. 5 and left."),
    ]


def test_posts_are_told_by_their_signature_and_keep_their_date_to_themselves() -> None:
    source = (
        "Ada Vinter was there.\n Water at the gates.\nMuch water.\n\n(photo) pic.example/x\n\n"
        "— Ada (@ada_v) November 8, 2020\n\nIt went on.\n\nEmbed:\n\nA second\npost.\n\n— Bo (@bo)\n\n"
        "Only this.\n\n— Cy (@cy) Nov. 9, 2020\n"
    )
    reading = text.read(source.encode())
    assert [(block.kind.value, block.text) for block in reading.blocks] == [
        ("paragraph", "Ada Vinter was there."),
        ("embed", "Water at the gates. Much water."),
        ("embed", "(photo) pic.example/x"),
        ("paragraph", "It went on."),
        ("embed", "A second post."),
        ("embed", "Only this."),
    ]
    assert [(each.handle, each.day and each.day.isoformat()) for each in reading.signatures] == [
        ("ada_v", "2020-11-08"),
        ("bo", None),
        ("cy", "2020-11-09"),
    ]


def test_an_indented_line_after_a_whole_sentence_is_a_paragraph() -> None:
    assert blocks("It rained.\n  With reporting by A.\n") == [
        ("paragraph", "It rained."),
        ("paragraph", "With reporting by A."),
    ]


def test_items_are_blocks_of_their_own() -> None:
    assert blocks("They want:\n\n- one thing\n  that is long\n- another\n\nA war\n- and peace.") == [
        ("paragraph", "They want:"),
        ("item", "- one thing that is long"),
        ("item", "- another"),
        ("paragraph", "A war - and peace."),
    ]


def test_the_title_may_stand_below_menus() -> None:
    source = "Skip to content\nMenu\nSearch\n\nWorld\nMoney\nSport\n\nLog in\n\nThe dam broke at noon\n\nIt rained.\n"
    reading = text.read(source.encode())
    assert reading.title == "The dam broke at noon"
    assert [block.kind for block in reading.blocks[-2:]] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_short_first_line_without_a_stop_is_the_title() -> None:
    reading = text.read(b"Water at the gates\n\nIt rained.\n")
    assert (reading.title, reading.blocks[0].kind) == ("Water at the gates", BlockKind.HEADING)
    assert text.read(b"Water at the gates.\n\nIt rained.\n").title is None
    assert text.read(b"Water at the gates").title is None


@pytest.mark.parametrize(
    ("data", "expected", "notes"),
    [
        ("caf\u00e9".encode(), "café", ()),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café", ()),
        ("café".encode("utf-16"), "café", ()),
        (
            "d\u00e9j\u00e0 caf\u00e9 ".encode() + b"\xff!",
            "déjà café �!",
            ("1 place that is not UTF-8 replaced by U+FFFD",),
        ),
        (b"\xed\xa0\x80 \xc3\xa9 \xc3\xa9 \xc3\xa9", "��� é é é", ("3 places that are not UTF-8 replaced by U+FFFD",)),
        ("kept: \ufffd".encode(), "kept: �", ()),
    ],
)
def test_bytes_are_read_whatever_they_are(data: bytes, expected: str, notes: tuple[str, ...]) -> None:
    reading = text.read(data)
    assert (reading.blocks[0].text, reading.notes) == (expected, notes)


def test_another_encoding_is_guessed_and_said() -> None:
    source = "Вода поднялась у ворот, и город ждал. Совет собрался в понедельник вечером. " * 5
    reading = text.read(source.encode("windows-1251"))
    assert reading.blocks[0].text == source.strip()
    assert reading.notes == ("the text is not UTF-8: it was read as windows-1251, a guess",)


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    for block in text.read(data).blocks:
        block.text.encode("utf-8")
        assert block.marks[0].offset == 0


@given(
    st.lists(st.sampled_from(["abc", " de", "", "f.", "- g", "h-", "\f", "https://a.example/x", "Nov. 9"]), max_size=25)
)
def test_marks_lead_back_to_the_source(lines: list[str]) -> None:
    source = "\n".join(lines)
    rows = source.split("\n")
    for block in text.read(source.encode()).blocks:
        for index, character in enumerate(block.text):
            line, column = block.position(index)
            if character != " ":
                assert rows[line - 1][column - 1] == character


@pytest.mark.parametrize(
    "source",
    [
        "\n" * 500_000,
        " " * 1_000_000,
        "— A (@a) Nov. 3, 2020\n" * 20_000,
        "abc.\n def\n\n" * 50_000,
        "Nov. 3\n" * 20_000,
        "https://a.example/x\n\n" * 50_000,
        "a\f" * 200_000,
        "word " * 1_000_000,
    ],
)
def test_hostile_texts_are_read_in_linear_time(source: str) -> None:
    with ends_within(cpu_s=20):
        text.read(source.encode())


def test_items_that_count_on_are_items_whatever_they_begin_with() -> None:
    source = "1. The mill, https://a.example/1\n2. 18 minutes, https://a.example/2\n4. It rained on\n"
    assert [text for _, text in blocks(source)] == [
        "1. The mill, https://a.example/1",
        "2. 18 minutes, https://a.example/2 4. It rained on",
    ]


def test_the_two_dashes_above_a_mails_signature_part_it_from_the_text() -> None:
    assert [text for _, text in blocks("The mill burned\n--\nAda\n")] == ["The mill burned", "Ada"]


def test_a_bullet_below_a_short_line_begins_an_item() -> None:
    source = "Politics\n- The mill burned. (AP) https://a.example/1\n- It rained.\n"
    assert blocks(source) == [
        ("heading", "Politics"),
        ("item", "- The mill burned. (AP) https://a.example/1"),
        ("item", "- It rained."),
    ]
    assert len(blocks(f"{WIDE}\n- or so they say -\nthe gates.\n")) == 1


def test_a_line_that_begins_with_its_hour_begins_a_paragraph() -> None:
    source = "The log\n\n[22:14] It rained.\n[18:30] It rained\nall day.\n"
    assert [text for _, text in blocks(source)] == ["The log", "[22:14] It rained.", "[18:30] It rained all day."]


def test_a_day_alone_between_blank_lines_is_a_heading_even_below_a_line_without_a_stop() -> None:
    credit = "With reporting by the Harbour Post, the Quay Times, Radio Pier and AFP"
    source = f"The river\n\n{credit}\n\nNov. 6, 2020\n\nIt rained.\n"
    blocks = text.read(source.encode()).blocks
    assert [block.text for block in blocks if block.kind is BlockKind.HEADING] == ["The river", "Nov. 6, 2020"]
