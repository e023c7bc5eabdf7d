"""Links that the settings leave out are skipped with the reason, not asked for, to the end of their last day."""

from datetime import UTC, date, datetime

import pytest

import citecheck
from citecheck.clock import Clock
from citecheck.errors import SettingsError
from citecheck.exclusions import Exclusions
from citecheck.model import Exclusion, Reason, Source, Status, Target, Verdict
from citecheck.settings import Settings

TODAY = date(2031, 5, 6)
LEFT_OUT = Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=("ours",))


@pytest.mark.parametrize(
    ("exclusion", "url", "is_left_out"),
    [
        (Exclusion(url=r"/draft/\d+", reason="ours"), "https://quay.example/draft/7", True),
        (Exclusion(url=r"/draft/\d+", reason="ours"), "https://quay.example/draft/x", False),
        (Exclusion(host="quay.example", reason="ours"), "https://QUAY.example:8443/a", True),
        (Exclusion(host="quay.example", reason="ours"), "https://u:p@quay.example/a", True),
        (Exclusion(host="quay.example", reason="ours"), "https://other.example/quay.example/", False),
        (Exclusion(host="*.quay.example", reason="ours"), "https://old.quay.example/a", True),
        (Exclusion(host="*.quay.example", reason="ours"), "https://quay.example/a", False),
        (Exclusion(host="quay.example", reason="ours", until=TODAY), "https://quay.example/", True),
        (Exclusion(host="quay.example", reason="ours", until=date(2031, 5, 5)), "https://quay.example/", False),
    ],
)
def test_what_an_exclusion_leaves_out(exclusion: Exclusion, url: str, is_left_out: bool) -> None:
    verdict = Exclusions([exclusion], TODAY).verdict(Target(url=url, request_url=url))
    assert verdict == (LEFT_OUT if is_left_out else None)


def test_invalid_is_decided_before_any_filter_even_offline() -> None:
    source = Source(name="a.txt", data=b"See http://quay.example:8O8O/a and http://quay.example/b, http://b.example/c.")
    settings = Settings(offline=True, exclude=(Exclusion(host="*quay.example*", reason="ours"),))
    audit = citecheck.audit([source], settings, clock=Clock(now=lambda: datetime(2031, 5, 6, tzinfo=UTC)))
    assert [(visit.target.url, visit.verdict.status, visit.verdict.reason) for visit in audit.visits] == [
        ("http://quay.example:8O8O/a", Status.INVALID, Reason.MALFORMED),
        ("http://quay.example/b", Status.SKIPPED, Reason.EXCLUDED),
        ("http://b.example/c", Status.UNCHECKED, Reason.OFFLINE),
    ]


def test_what_is_included_alone_is_visited_also_when_it_is_excluded() -> None:
    exclusions = Exclusions([Exclusion(host="harbour.example", reason="ours")], TODAY, ("^https://harbour", "pilot"))
    urls = ("https://harbour.example/a", "https://other.example/pilot", "https://other.example/")
    found = [exclusions.verdict(Target(url=url, request_url=url)) for url in urls]
    signal = "it is not among what is to be visited"
    assert found == [None, None, Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=(signal,))]


@pytest.mark.parametrize(
    ("exclusions", "include", "setting"),
    [((), ("(",), "include"), ((Exclusion(url="(", reason="--exclude"),), (), "exclude")],
)
def test_what_is_no_expression_is_told(
    exclusions: tuple[Exclusion, ...], include: tuple[str, ...], setting: str
) -> None:
    with pytest.raises(SettingsError, match=rf"^{setting} `\(`: not a regular expression: missing \)"):
        Exclusions(exclusions, TODAY, include)
