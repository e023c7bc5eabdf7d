"""What the tree of an HTML text says of its elements."""

import pytest

from citecheck.extractor.readers.html.tree import elements_in, parse, says_only, text_of

PAGE = "<article><time>14:15</time><h2>The <b>pier</b>\n shut</h2><script>no()</script><p></p></article>"


@pytest.mark.parametrize("name", ["article", "time", "h2", "b", "script", "p"])
def test_an_element_says_only_what_its_text_is(name: str) -> None:
    element = parse(PAGE).first(name)
    assert element is not None
    texts = ("14:15The pier shut", "14:15", "The pier shut", "pier", "no()", "")
    assert [text for text in texts if says_only(element, text)] == [text_of(element)]


def test_the_elements_within_one_are_those_that_are_found_one_by_one() -> None:
    article = parse(PAGE).first("article")
    assert article is not None
    assert list(elements_in(article)) == article.find_all(True)
