import csv
import io
import json
import re
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.reporter import sinks

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("\x00\x1b\x07\x9b\u202e\u2066\u200f\u2028\ufeff\ud800=+-@\t\r\n%:,|`<>&\"'/")
    ),
    max_size=60,
)


@given(HOSTILE)
def test_one_line_has_no_control_no_bidi_no_surrogate(text: str) -> None:
    assert not re.search(
        "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", sinks.one_line(text)
    )


@given(HOSTILE)
def test_a_source_line_keeps_its_length(text: str) -> None:
    assert len(sinks.source_line(text)) == len(text)


@given(HOSTILE)
def test_xml_text_parses(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = sinks.xml(text)
    ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))


@given(HOSTILE)
def test_a_cell_is_one_cell_and_no_formula(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([sinks.cell(text), "end"])
    ((made, end),) = csv.reader(io.StringIO(out.getvalue()))
    assert end == "end"
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(HOSTILE)
def test_every_sink_can_be_encoded(text: str) -> None:
    for sink in (sinks.encodable, sinks.plain, sinks.one_line, sinks.cell, sinks.markdown, sinks.command, sinks.xml):
        sink(text).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://user:pass@host.example/a", "https://***@host.example/a"),
        ("see https://u:p@ss@host.example.", "see https://***@host.example."),
        ("https://token@host.example", "https://***@host.example"),
        ("https://medium.example/@writer", "https://medium.example/@writer"),
        ("https://a.example/?q=x@y", "https://a.example/?q=x@y"),
        ("desk@gazette.example", "desk@gazette.example"),
        ("[b](//ann:p@b.example/x)", "[b](//***@b.example/x)"),
        ("https:/ann:p@b.example https:ann:p@b.example", "https:/***@b.example https:***@b.example"),
        ("http//ann:p@b.example", "http//***@b.example"),
        ("HTTPS:\\\\ann:p@b.example", "HTTPS:\\\\***@b.example"),
        ("https:\\ann:p@b.example\\x", "https:\\***@b.example\\x"),
        ("http://x.example/?u=https://ann:p@b.example/", "http://x.example/?u=https://***@b.example/"),
        ("write to:desk@b.example or mailto:desk@b.example", "write to:desk@b.example or mailto:desk@b.example"),
        ("https://x.example//@ann https://x.example//ann@b", "https://x.example//@ann https://x.example//ann@b"),
    ],
)
def test_credentials_go_and_nothing_else(text: str, expected: str) -> None:
    assert sinks.redacted(text) == expected


@given(
    st.text(st.sampled_from('\\\\/:@ahtps\n"é'), max_size=30), st.sampled_from(["", "https:", "http:\\", "\\\\", "//"])
)
def test_json_stays_json_when_credentials_go(text: str, lead: str) -> None:
    whole = f"{lead}ann:s3cr3t@b.example {text}"
    encoded = msgspec.json.encode(text + whole).decode()
    assert isinstance(json.loads(sinks.json_escaped(encoded)), str)


@pytest.mark.parametrize(
    "url",
    [
        "https://ann:s3cr3t@b.example/",
        "//ann:s3cr3t@b.example/",
        "https:\\ann:s3cr3t@b.example",
        "https:/ann:s3cr3t@b.example",
    ],
)
def test_no_password_stays_in_json(url: str) -> None:
    assert "s3cr3t" not in sinks.json_escaped(msgspec.json.encode(["see", url]).decode())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://a.example/x", "HTTP://a.example/x"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://a.example/\u202ex", None),
        ("https://a.example/ onmouseover=x", None),
    ],
)
def test_only_addresses_to_follow_become_links(url: str, expected: str | None) -> None:
    assert sinks.href(url) == expected


def test_a_megabyte_of_at_signs_and_schemes_is_cleaned_in_linear_time() -> None:
    text = "://" * 200_000 + "@" * 200_000
    assert len(sinks.one_line(text)) <= len(text)
