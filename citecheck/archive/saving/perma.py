"""perma.cc, which libraries and courts run: https://perma.cc/docs/developer."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from citecheck.archive import client as clients
from citecheck.archive.client import Client, Unanswered
from citecheck.archive.saving.service import Answer, Closed, Said
from citecheck.settings import SaveSettings

_SITE = "https://perma.cc/"


class Perma:
    """Asks perma.cc to capture pages; the job's id is the copy's."""

    def __init__(self, client: Client, settings: SaveSettings, key: str | None) -> None:
        self._client = client
        self._settings = settings
        self._key = key

    def open(self) -> None:
        if self._key is None:
            raise Closed("no key of perma.cc: set PERMA_API_KEY")

    def submit(self, url: str) -> Answer:
        try:
            answer = self._ask("archives/", {"url": url})
        except Unanswered as error:
            return Answer(Said.LOST, detail=str(error))
        said = _json(answer)
        if answer.status == 201 and said.get("guid"):
            return Answer(Said.ACCEPTED, str(said["guid"]))
        detail = answer.text[:200]
        return Answer(Said.REFUSED if 400 <= answer.status < 500 else Said.FAILED, detail=detail)

    def poll(self, jobs: Sequence[str]) -> Mapping[str, Answer]:
        found: dict[str, Answer] = {}
        for job in jobs:
            try:
                answer = self._ask(f"capture_jobs/{quote(job)}/")
            except Unanswered:
                continue
            row = _json(answer)
            match row.get("status"):
                case "completed":
                    found[job] = Answer(Said.DONE, copy_url=f"{_SITE}{job}")
                case "failed" | "deleted" | "invalid":
                    found[job] = Answer(Said.FAILED, detail=str(row.get("message") or row["status"]))
                case None:
                    found[job] = Answer(Said.LOST, detail=f"perma.cc answers {answer.status}")
                case _:
                    found[job] = Answer(Said.ACCEPTED)
        return found

    def held(self, url: str, since: datetime) -> str | None:
        answer = self._ask(f"public/archives/?url={quote(url, safe='')}")
        for row in _json(answer).get("objects", []):
            try:
                if datetime.fromisoformat(str(row["creation_timestamp"])) >= since:
                    return f"{_SITE}{row['guid']}"
            except (KeyError, ValueError, TypeError):
                continue
        return None

    def is_shown(self, copy_url: str) -> bool:
        return True  # a completed job is shown at once

    def _ask(self, path: str, form: Mapping[str, str] | None = None) -> clients.Answer:
        answer = self._client.ask(
            f"{self._settings.perma_url}{path}",
            method="POST" if form else "GET",
            data=json.dumps(form) if form else None,
            headers={"Authorization": f"ApiKey {self._key}", "Content-Type": "application/json"},
            lane="save" if form else "save-status",
            interval_s=self._settings.interval_s if form else 0.0,
            is_repeatable=form is None,
        )
        if answer.status in (401, 403):
            raise Closed("perma.cc does not take the key")
        return answer


def _json(answer: clients.Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
