"""Asking the Internet Archive's Wayback Machine what it has: availability in batches, and its CDX server."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from citecheck.archive.cdxj import parse_stamp, stamp
from citecheck.archive.client import Client, Unanswered
from citecheck.archive.memento import Candidate, nearest_first
from citecheck.settings import WaybackSettings

NAME = "Wayback Machine"

_LANE = "index"
_ROWS = 25
_EXCLUDED = ("AdministrativeAccessControlException", "RobotAccessControlException", "Blocked Site Error")


class Excluded(Exception):  # an answer, not an error
    """The archive does not show that site, whatever it has."""


class Wayback:
    """The Wayback Machine, or one that behaves like it."""

    def __init__(self, client: Client, settings: WaybackSettings) -> None:
        self._client = client
        self._settings = settings

    def available(self, wanted: Mapping[str, datetime | None]) -> dict[str, Candidate]:
        """Of the URLs that have a capture with status 200, the nearest to the moment: many in one question.

        A URL that is not in the answer may have captures all the same: false misses are common. Raises Unanswered.
        """
        found: dict[str, Candidate] = {}
        urls = list(wanted)
        for start in range(0, len(urls), self._settings.batch):
            batch = urls[start : start + self._settings.batch]
            for number, candidate in self._batch([(url, wanted[url]) for url in batch]):
                found[batch[number]] = candidate
        return found

    def captures(self, url: str, moment: datetime | None) -> list[Candidate]:
        """The captures of `url` with status 200, the nearest to `moment` first: what decides that there is none.

        Raises Excluded for a site that the archive does not show, Unanswered when it does not answer.
        """
        params: dict[str, str | list[str]] = {
            "url": url,
            "output": "json",
            "fl": "timestamp,original,statuscode",
            "filter": "statuscode:200",
            "limit": str(_ROWS if moment else -_ROWS),
        }
        if moment:
            params |= {"sort": "closest", "closest": stamp(moment)}
        answer = self._client.ask(
            f"{self._settings.url}/cdx/search/cdx",
            lane=_LANE,
            interval_s=self._settings.index_interval_s,
            params=params,
        )
        if answer.status == 403 and any(word in answer.text for word in _EXCLUDED):
            raise Excluded(f"{NAME} does not show {urlsplit(url).hostname}")
        if answer.status != 200:
            raise Unanswered(f"{NAME}: its index answers {answer.status}")
        return nearest_first(list(self._rows(answer.text)), moment)

    def link(self, digits: str, original: str) -> str:
        """Where a reader finds the capture."""
        return f"{self._settings.url}/web/{digits}/{original}"

    def _rows(self, text: str) -> Iterator[Candidate]:
        try:
            rows = json.loads(text) if text.strip() else []
        except ValueError as error:
            raise Unanswered(f"{NAME}: its index cannot be read") from error
        if not isinstance(rows, list):
            raise Unanswered(f"{NAME}: its index cannot be read")
        for row in rows[1:]:  # the first names the columns
            if not row:
                return  # an empty row, then a key to go on with
            if len(row) < 3 or row[2] != "200":
                continue
            try:
                yield Candidate(NAME, self.link(row[0], row[1]), parse_stamp(row[0]))
            except ValueError:
                continue

    def _batch(self, batch: Sequence[tuple[str, datetime | None]]) -> Iterator[tuple[int, Candidate]]:
        lines = [
            urlencode(
                {
                    "url": url,
                    **({"timestamp": stamp(moment)} if moment else {}),
                    "closest": "either",
                    "statuscodes": "200",
                    "tag": str(number),
                }
            )
            for number, (url, moment) in enumerate(batch)
        ]
        answer = self._client.ask(
            self._settings.availability,
            method="POST",
            data="\n".join(lines),
            headers={"Wayback-Api-Version": "2", "Content-Type": "application/x-www-form-urlencoded"},
            lane=_LANE,
            interval_s=self._settings.index_interval_s,
        )
        try:
            results = json.loads(answer.text)["results"]
            rows = [(each.get("tag"), each["archived_snapshots"].get("closest")) for each in results]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unanswered(f"{NAME}: availability cannot be read ({answer.status})") from error
        for tag, closest in rows:
            if not (str(tag).isdigit() and int(tag) < len(batch) and isinstance(closest, dict)):
                continue
            # The captured status: a kept error page is no evidence.
            if closest.get("available") and str(closest.get("status")) == "200":
                digits = str(closest.get("timestamp", ""))
                try:
                    yield int(tag), Candidate(NAME, self._mended(str(closest["url"])), parse_stamp(digits))
                except (ValueError, KeyError):
                    continue

    def _mended(self, url: str) -> str:
        """availability names its captures by plain http and some originals with `:80`."""
        _, slash, rest = url.partition("/web/")
        digits, _, original = rest.partition("/")
        parts = urlsplit(original)
        if parts.scheme == "http" and parts.port == 80:
            original = original.replace(":80", "", 1)
        return self.link(digits, original) if slash else url
