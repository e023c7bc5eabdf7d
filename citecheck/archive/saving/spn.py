"""Save Page Now 2 of the Internet Archive, as its document and its observers have it (spn.toml has the codes)."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from citecheck.archive import client as clients
from citecheck.archive.cdxj import parse_stamp
from citecheck.archive.client import Client, Unanswered
from citecheck.archive.memento import Candidate, fetch
from citecheck.archive.saving.keys import Keys
from citecheck.archive.saving.service import Answer, Closed, Said
from citecheck.archive.wayback import Excluded, Wayback
from citecheck.clock import Clock
from citecheck.patterns import regex
from citecheck.settings import ArchiveSettings

_LANE = "save"
_WATCHED = regex(r'spn\.watchJob\("([^"]+)"')
_SAME = "the same snapshot had been made"


class SavePageNow:
    """Asks the Wayback Machine to capture pages."""

    def __init__(self, client: Client, settings: ArchiveSettings, keys: Keys | None, clock: Clock) -> None:
        self._client = client
        self._settings = settings
        self._keys = keys
        self._clock = clock
        self._wayback = Wayback(client, settings.wayback)
        self._left: int | None = None
        """Captures that our allowance has left today."""

    def open(self) -> None:
        if self._keys is None:
            raise Closed("no keys of archive.org: set IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY, or run `ia configure`")
        account = self._json(self._ask("/save/status/user", lane="save-status", interval_s=0.0))
        if not isinstance(account, dict):
            return
        limit = min(int(account.get("daily_captures_limit") or self._settings.save.daily), self._settings.save.daily)
        self._left = limit - int(account.get("daily_captures") or 0)
        if self._left <= 0:
            raise Closed(f"the allowance of {limit} captures a day is used up", self._tomorrow())

    def submit(self, url: str) -> Answer:
        if self._left is not None and self._left <= 0:
            raise Closed("the allowance of today is used up", self._tomorrow())
        try:
            answer = self._ask(
                "/save",
                lane=_LANE,
                interval_s=self._settings.save.interval_s,
                form={"url": url, "capture_all": "0", "skip_first_archive": "1"},
            )
        except Unanswered as error:
            return Answer(Said.LOST, detail=str(error))
        if self._left is not None:
            self._left -= 1
        said = self._json(answer)
        if not isinstance(said, dict):
            watched = _WATCHED.search(answer.text)
            return Answer(Said.ACCEPTED, watched[1]) if watched else Answer(Said.LOST, detail="an answer without sense")
        message = str(said.get("message") or "")
        if said.get("status") == "error" or said.get("status_ext"):
            return self._failure(str(said.get("status_ext") or ""), message)
        is_same = message.lower().startswith(_SAME)
        if said.get("job_id"):
            return Answer(Said.ACCEPTED, str(said["job_id"]), is_reused=is_same, detail=message)
        if is_same:
            return Answer(Said.HELD, detail=message)
        return self._failure("", message)

    def poll(self, jobs: Sequence[str]) -> Mapping[str, Answer]:
        try:
            answer = self._ask(
                "/save/status", lane="save-status", interval_s=0.0, form={"job_ids": ",".join(jobs)}, is_repeatable=True
            )
        except Unanswered:
            return {}  # asked again with the next poll
        rows = self._json(answer)
        rows = rows if isinstance(rows, list) else [rows]
        states = {str(row.get("job_id")): row for row in rows if isinstance(row, dict)}
        return {job: self._state(states.get(job, {})) for job in jobs} if states else {}

    def held(self, url: str, since: datetime) -> str | None:
        try:
            captures = self._wayback.captures(url, None)
        except Excluded:
            return None
        newest = next(iter(captures), None)
        return newest.url if newest and newest.moment >= since else None

    def is_shown(self, copy_url: str) -> bool:
        digits, _, original = copy_url.partition("/web/")[2].partition("/")
        try:
            wanted = Candidate("Wayback Machine", copy_url, parse_stamp(digits))
            found = fetch(
                self._client,
                wanted,
                original,
                interval_s=self._settings.wayback.page_interval_s,
                raw_bases=(self._settings.wayback.url,),
            )
        except (Unanswered, ValueError):
            return False
        return found is not None and found.moment == wanted.moment

    def _state(self, row: Mapping[str, Any]) -> Answer:
        match row.get("status"):
            case "pending":
                return Answer(Said.ACCEPTED)
            case "success":
                original = str(row.get("original_url") or "")
                return Answer(Said.DONE, copy_url=self._wayback.link(str(row.get("timestamp")), original))
            case "error":
                return self._failure(str(row.get("status_ext") or ""), str(row.get("message") or ""))
            case _:
                return Answer(Said.LOST, detail="the job's status has expired")

    def _failure(self, code: str, message: str) -> Answer:
        detail = f"{message} ({code})" if code else message
        match _group(code.removeprefix("error:"), message):
            case "busy":
                return Answer(Said.BUSY, detail=detail)
            case "captured":
                return Answer(Said.HELD, detail=detail)
            case "quota":
                raise Closed(detail, self._tomorrow())
            case "later":
                return Answer(Said.LATER, detail=detail)
            case "refused":
                return Answer(Said.REFUSED, detail=detail)
            case _:
                return Answer(Said.FAILED, detail=detail)

    def _ask(
        self,
        path: str,
        *,
        lane: str,
        interval_s: float,
        form: Mapping[str, str] | None = None,
        is_repeatable: bool = False,
    ) -> clients.Answer:
        keys = self._keys or Keys("", "")
        answer = self._client.ask(
            f"{self._settings.wayback.url}{path}",
            method="POST" if form else "GET",
            data=form,
            headers={"Accept": "application/json", "Authorization": f"LOW {keys.access}:{keys.secret}"},
            lane=lane,
            interval_s=interval_s,
            is_repeatable=is_repeatable or form is None,
        )
        if answer.status == 401:
            raise Closed("archive.org does not take the keys, or is overloaded (401)")
        return answer

    def _json(self, answer: clients.Answer) -> object:
        try:
            return json.loads(answer.text)
        except ValueError:
            return None

    def _tomorrow(self) -> datetime:
        return datetime.combine(self._clock.now().astimezone(UTC).date() + timedelta(days=1), time(0, 5), UTC)


def _group(code: str, message: str) -> str:
    table = _codes()
    for group, known in table.items():
        if isinstance(known, list) and code in known:
            return group
    lower = message.lower()
    return next((group for group, words in table["messages"].items() if any(word in lower for word in words)), "failed")


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads(files("citecheck.archive.saving").joinpath("spn.toml").read_text(encoding="utf-8"))
