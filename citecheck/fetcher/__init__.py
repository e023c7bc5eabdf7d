"""Visits targets and judges what it sees. It knows neither where the links stand nor what is kept of them."""

from citecheck.fetcher.crew import Crew, user_agent
from citecheck.model import Target, Verdict
from citecheck.settings import FetchSettings

__all__ = ["Crew", "fragment_of", "missing_within", "proxies_told", "refusal", "user_agent"]

_SCRIPTS_OWN = ("/", "!")
"""How the addresses within a script's application begin: no server and no page knows of them."""


def refusal(target: Target, settings: FetchSettings) -> Verdict | None:
    """Why a target would not be asked for at all: invalid, or skipped. None: it would be tried."""
    from citecheck.fetcher import guard, urls

    return None if urls.is_file(target.request_url) else guard.refusal(target.request_url, settings)


def missing_within(url: str, fragments: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `fragments` that the local file of a `file:` URL does not have."""
    from citecheck.fetcher import files

    return files.look(Target(url, url, fragments))[1]


def proxies_told(settings: FetchSettings) -> str:
    """By which proxies `settings` have links asked for, in words, without passwords; empty: by none."""
    from citecheck.proxies import Proxies

    return Proxies(settings).told()


def fragment_of(url: str) -> str:
    """The fragment of `url` that its page can be searched for; empty when it has none, or one of a script's own."""
    fragment = url.partition("#")[2]
    return "" if fragment.startswith(_SCRIPTS_OWN) else fragment
