"""The order of targets: near their kin, and none lost."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher import order
from tests.fetcher.fakes import targets


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=400))
def test_nothing_is_lost(hosts: list[str]) -> None:
    given_targets = targets(*(f"http://{host}.example/{number}" for number, host in enumerate(hosts)))
    assert Counter(order.by_host(given_targets)) == Counter(given_targets)


def test_eight_of_a_host_stand_together_and_the_largest_host_comes_first() -> None:
    urls = [f"http://{host}.example/{number}" for number in range(40) for host in "ab" if host == "b" or number < 3]
    hosts = "".join(each.url[7] for each in order.by_host(targets(*urls)))
    assert hosts == "bbbbbbbb" + "bbbbbbbb" + "aaa" + "bbbbbbbb" * 3


def test_a_host_with_many_gets_its_share_of_each_round() -> None:
    urls = [f"http://big.example/{number}" for number in range(1600)]
    urls += [f"http://small-{number}.example/" for number in range(1600)]
    hosts = [order.name_of(each.url) for each in order.by_host(targets(*urls))]
    at = [place for place, host in enumerate(hosts) if host == "big.example"]
    assert at == [start + number for start in range(0, 3200, 200) for number in range(100)]
