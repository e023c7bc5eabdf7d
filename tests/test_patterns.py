"""Patterns that wait for their first use do all that compiled ones do; none of the package's is broken."""

import gc
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import citecheck
from citecheck import patterns
from citecheck.patterns import regex


def test_it_does_what_a_compiled_one_does() -> None:
    later, compiled = (
        regex(r"(?P<scheme>https?)://(\S+)", re.IGNORECASE),
        re.compile(r"(?P<scheme>HTTPS?)://(\S+)", re.I),
    )
    text = "HTTP://a.example and https://b.example"
    assert [each.span() for each in later.finditer(text)] == [each.span() for each in compiled.finditer(text)]
    assert later.sub(r"\2", text) == "a.example and b.example"
    assert (later.flags, later.groups, dict(later.groupindex)) == (compiled.flags, 2, {"scheme": 1})
    assert later.pattern == r"(?P<scheme>https?)://(\S+)"
    assert regex(rb"\d+").findall(b"1 and 22") == [b"1", b"22"]


def test_it_is_compiled_with_the_first_use_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    really = re.compile

    def noted(expression: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(expression)
        return really(expression, flags)

    later = regex("quay")
    monkeypatch.setattr("re.compile", noted)
    assert compiled == []
    assert later.search("the quay") and later.match("quay") and later.search("a quay")
    assert compiled == ["quay"]


def test_what_is_wrong_with_an_expression_is_told_with_its_first_use() -> None:
    later = regex("(quay")
    with pytest.raises(re.error, match="missing \\)"):
        later.search("quay")


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    for module in walk_packages(citecheck.__path__, "citecheck."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting = [each for each in gc.get_objects() if isinstance(each, patterns._Later)]
    assert len(waiting) > 100
    assert all(each.pattern is not None for each in waiting)
