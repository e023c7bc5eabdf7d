"""What the tree of an HTML text says of its elements."""

import pytest
from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import PageElement, Tag

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


JOINTS = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")


def _said(node: PageElement | None) -> str | None:
    return None if node is None else node.name if isinstance(node, Tag) else str(node)


def test_the_tree_is_joined_as_beautifulsoup_joins_its_own() -> None:
    page = f"{PAGE}<ul id=x><li><a href=/a>One</a> and<br>two</li><li>three</li></ul>"
    ours, theirs = (list(tree.descendants) for tree in (parse(page), BeautifulSoup(page, "html.parser")))
    assert [(_said(node), *(_said(getattr(node, joint)) for joint in JOINTS)) for node in ours[1:]] == [
        (_said(node), *(_said(getattr(node, joint)) for joint in JOINTS)) for node in theirs[1:]
    ]
    assert [node.attrs for node in ours if isinstance(node, Tag)] == [
        node.attrs for node in theirs if isinstance(node, Tag)
    ]


def test_an_element_has_all_that_beautifulsoup_gives_its_own() -> None:
    builder = HTMLTreeBuilder(multi_valued_attributes={})
    own = ("name", "sourcepos", "contents", "parser_class", *JOINTS)
    for name in ("p", "br"):
        element, bare = parse(f"<{name}>").first(name), vars(Tag(builder=builder, name=name))
        told = {each: getattr(element, each) for each in bare}
        assert {each: value for each, value in told.items() if each not in own} == {
            each: value for each, value in bare.items() if each not in own
        }
