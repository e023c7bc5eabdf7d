"""The loopback web, served once for all tests of the fetcher that only read it."""

from collections.abc import Iterator

import pytest
from msgspec import structs

from citecheck.settings import FetchSettings
from tests.web import Web


@pytest.fixture
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A web that nobody has asked yet."""
    with Web(tmp_path_factory.mktemp("web")) as served:
        yield served


@pytest.fixture
def settings(web: Web) -> FetchSettings:
    """How to reach it, with little patience."""
    return FetchSettings(
        allow_private=True,
        connect_to=web.connect_to,
        ca_file=web.ca_file,
        host_interval_s=0,
        connect_timeout_s=1.0,
        headers_timeout_s=0.8,
        visit_timeout_s=1.5,
        second_look_after_s=0.1,
        second_look_timeout_s=0.9,
        attempts=2,
        canaries=(),
    )


@pytest.fixture
def patient(settings: FetchSettings) -> FetchSettings:
    """With patience enough for the whole web at once on a machine that has other things to do."""
    return structs.replace(settings, headers_timeout_s=2.0, visit_timeout_s=3.0, second_look_timeout_s=2.0)
