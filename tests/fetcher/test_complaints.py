"""Lines of answers that are no pages, and what JSON says of how a request went."""

import pytest

from citecheck.fetcher import complaints


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Not here.\n\n Ask at the desk.", ("Not here.", "Ask at the desk.")),
        ("<Error><Code>NoSuchKey</Code></Error>", ("Error", "Code", "NoSuchKey", "/Code", "/Error")),
        ('{"statusCode": 404, "errorMessage": "No such pier"}', ("404", "No such pier")),
        ('{"errors": ["Pier not found", "And no boat"]}', ("Pier not found",)),
        ('{"data": {"pier": null}, "errors": [{"message": "Pier not found", "path": ["pier"]}]}', ("Pier not found",)),
        ('{"title": "Not Found", "status": 404}', ("Not Found", "404")),
        ('{"result": {"detail": "Pier is gone"}}', ("Pier is gone",)),
        ('{"title": "Not found: a novel", "pages": 304}', ()),
        ('{"status": "ok", "message": "Pier not found in the old town"}', ()),
        ('{"code": 200, "error": "none"}', ()),
        ('[{"title": "Lost page"}, {"title": "Gone"}]', ()),
        ("[]", ()),
        ('{"status": "published", "title": "Pier not found"}', ("published",)),
        ('{"error": {"status": 404, "title": "Missing"}}', ("404", "Missing")),
        ('{"ok": false, "description": "Pier removed"}', ("Pier removed",)),
        ('{"success": true, "message": "Pier removed"}', ()),
        ('{"status": "fail", "data": {"message": "No pier"}}', ("fail", "No pier")),
        ('{"error": true, "message": null}', ()),
        ("{pier not found}", ("{pier not found}",)),
    ],
)
def test_of_json_only_what_tells_of_the_request_is_read(text: str, lines: tuple[str, ...]) -> None:
    assert complaints.lines(text) == lines


@pytest.mark.parametrize(
    ("media", "body", "is_one"),
    [
        ("application/xml", b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", True),
        ("application/xml", b"<rss><channel><title>Errors</title></channel></rss>", False),
        ("application/xml", b"<error>" + b"x" * 5000, False),
        ("image/png", b"<error>", False),
    ],
)
def test_xml_in_the_place_of_a_file_is_a_complaint(media: str, body: bytes, is_one: bool) -> None:
    assert complaints.is_one(media, body) is is_one
