"""Works off the queue of pages to be saved elsewhere: submit, poll, and say only what is known.

"Submitted" is never "archived": a page counts as kept when the archive said that the capture succeeded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from msgspec.structs import replace

from citecheck.archive.client import Unanswered
from citecheck.archive.saving.service import Answer, Closed, Said, Service
from citecheck.clock import Clock
from citecheck.model.saves import Save, SaveState
from citecheck.settings import SaveSettings

Put = Callable[[Save], None]
"""Writes a save's new state where it survives a crash."""

_SKEW = timedelta(minutes=5)
"""By how much an archive's clock may go before ours."""


class Saver:
    """Carries on the saves of one archive as far as this run can."""

    def __init__(self, service: Service, settings: SaveSettings, *, put: Put, clock: Clock) -> None:
        self._service = service
        self._settings = settings
        self._put = put
        self._clock = clock
        self._waiting: list[Save] = []
        self._running: dict[str, Save] = {}
        """By job."""
        self._polls: Counter[str] = Counter()

    def run(self, saves: Iterable[Save]) -> str:
        """Carry on what is due; why the archive takes nothing more in this run, or an empty string.

        Copies of earlier runs that nobody has seen yet are looked at once more.
        """
        now = self._clock.now()
        self._waiting = [save for save in saves if not save.state.is_settled and (save.due_at or now) <= now]
        try:
            if self._waiting:
                self._service.open()
            self._waiting = list(filter(None, map(self._resumed, self._waiting)))
            while self._waiting or self._running:
                self._start()
                if not self._running:
                    continue
                self._clock.sleep(self._settings.poll_interval_s)
                self._poll()
        except Closed as closed:
            self._put_off(closed)
            return str(closed)
        except Unanswered as error:
            return str(error)
        return ""

    def verify(self, saves: Iterable[Save]) -> None:
        """Look whether copies that nobody has seen yet are shown by now."""
        for save in saves:
            is_kept = save.state in (SaveState.ARCHIVED, SaveState.REUSED)
            if is_kept and not save.is_verified and save.copy_url and self._service.is_shown(save.copy_url):
                self._put(replace(save, is_verified=True))

    def _resumed(self, save: Save) -> Save | None:
        """The save to be submitted, or None: it goes on as a job, or what became of it is known now."""
        if save.job:
            self._running[save.job] = save
            return None
        if save.submitted_at:
            return self._found_or(save, save.submitted_at - _SKEW, SaveState.ARCHIVED)
        return self._found_or(save, self._clock.now() - timedelta(seconds=self._settings.fresh_s), SaveState.REUSED)

    def _found_or(self, save: Save, since: datetime, state: SaveState) -> Save | None:
        """None when the archive has a copy that was taken since; else the save, to be submitted."""
        copy = self._service.held(save.url, since)
        if copy is None:
            return save
        self._settle(save, state, copy_url=copy, is_verified=True)
        return None

    def _start(self) -> None:
        """Submit as many as may run at once, one a host."""
        hosts = {urlsplit(save.url).hostname for save in self._running.values()}
        for save in list(self._waiting):
            if len(self._running) >= self._settings.outstanding:
                return
            host = urlsplit(save.url).hostname
            if host in hosts:
                continue
            self._waiting.remove(save)
            sent = replace(save, submitted_at=self._clock.now(), attempts=save.attempts + 1)
            self._put(sent)
            try:
                answer = self._service.submit(save.url)
            except Closed:
                self._put(save)  # it was not taken
                self._waiting.append(save)
                raise
            self._take(sent, answer)
            if sent.url in {each.url for each in self._running.values()}:
                hosts.add(host)

    def _poll(self) -> None:
        self._polls.update(self._running.keys())
        for job, answer in self._service.poll(tuple(self._running)).items():
            if answer.said is not Said.ACCEPTED:
                self._take(self._running.pop(job), answer)
        for job in [job for job in self._running if self._polls[job] >= self._settings.polls]:
            del self._running[job]  # it stays pending; the next run goes on

    def _take(self, save: Save, answer: Answer) -> None:
        """What an answer makes of a save."""
        match answer.said:
            case Said.ACCEPTED:
                job = answer.job or save.job or ""
                running = replace(save, job=job, is_reused=answer.is_reused, detail="")
                self._running[job] = running
                self._put(running)
            case Said.DONE:
                state = SaveState.REUSED if save.is_reused else SaveState.ARCHIVED
                is_verified = bool(answer.copy_url) and self._service.is_shown(answer.copy_url or "")
                self._settle(save, state, copy_url=answer.copy_url, is_verified=is_verified)
            case Said.HELD:
                self._look_up(save, datetime.min.replace(tzinfo=UTC), SaveState.REUSED, answer.detail)
            case Said.LOST:
                self._look_up(save, (save.submitted_at or self._clock.now()) - _SKEW, SaveState.ARCHIVED, answer.detail)
            case Said.BUSY if save.attempts < self._settings.attempts:
                self._put(replace(save, job=None, detail=answer.detail, submitted_at=None))
                self._waiting.append(replace(save, job=None, submitted_at=None))
            case Said.LATER if save.attempts < self._settings.attempts:
                due_at = datetime.combine(self._clock.now().date() + timedelta(days=1), time(0, 5), UTC)
                self._put(replace(save, job=None, detail=answer.detail, submitted_at=None, due_at=due_at))
            case Said.BUSY | Said.LATER | Said.FAILED:
                self._settle(save, SaveState.FAILED, detail=answer.detail)
            case Said.REFUSED:
                self._settle(save, SaveState.REFUSED, detail=answer.detail)

    def _look_up(self, save: Save, since: datetime, state: SaveState, detail: str) -> None:
        try:
            copy = self._service.held(save.url, since)
        except Unanswered:
            copy = None
        if copy:
            self._settle(save, state, copy_url=copy, is_verified=True)
        else:
            self._put(replace(save, state=SaveState.UNKNOWN, job=None, detail=detail))

    def _settle(
        self, save: Save, state: SaveState, *, copy_url: str | None = None, is_verified: bool = False, detail: str = ""
    ) -> None:
        self._put(
            replace(save, state=state, job=None, copy_url=copy_url, is_verified=is_verified, detail=detail, due_at=None)
        )

    def _put_off(self, closed: Closed) -> None:
        for save in self._unfinished():
            self._put(replace(save, detail=str(closed), due_at=closed.until))

    def _unfinished(self) -> Iterator[Save]:
        yield from self._waiting
        yield from self._running.values()
