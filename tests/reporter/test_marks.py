"""The small pieces of HTML that pages repeat."""

import pytest

from citecheck.reporter.pages.marks import link_row


@pytest.mark.parametrize(("host", "name"), [(True, "***@quay.example:8080"), (False, "http://***@quay.example:8080/a")])
def test_a_password_in_a_url_is_in_none_of_the_words_of_its_link(host: bool, name: str) -> None:
    row = str(link_row("http://anna:secret@quay.example:8080/a", host))
    assert row.endswith(f'title="http://***@quay.example:8080/a">{name}</a>')
    assert "secret" not in row
