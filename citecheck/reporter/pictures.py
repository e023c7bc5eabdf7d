"""Four pictures of an audit: links by status, outlets by share, days with their sources, age against status."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from citecheck.model import AttributionKind, Audit, Status, Visit
from citecheck.patterns import regex
from citecheck.reporter.svg import WIDTH, Picture, bar, dot, drawing, fitting, line, words
from citecheck.reporter.totals import totals
from citecheck.reporter.wording import STATUS_MEANS, count, day_words, listed

_ROW = 22
_LABEL = 156
_MOST_BARS = 12
_MOST_DAYS = 40
_YEAR, _MONTH, _DAY = r"(19\d\d|20\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_URL_DATES = (
    regex(rf"(?<!\d){_YEAR}([/_-]){_MONTH}\2{_DAY}(?!\d)"),
    regex(r"(?<!\d)(19\d\d|20\d\d)()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    regex(rf"/{_YEAR}(/)(0[1-9]|1[0-2])()(?=/)"),
)
_URL_MONTH = regex(r"/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def pictures(audit: Audit, order: Sequence[Status]) -> tuple[Picture, ...]:
    """Those of the four that the audit has anything for; statuses in the given order."""
    made = (_statuses(audit, order), _outlets(audit), _timeline(audit), _ages(audit, order))
    return tuple(each for each in made if each)


def url_date(url: str) -> date | None:
    """The day that a URL's path names, as newsrooms write it: /2024/03/09/, 20240309, /2024/mar/09/, /2024/03/."""
    path = "/" + url.partition("://")[2].partition("/")[2].lower()
    named = _URL_MONTH.search(path)
    if named and named[2] in _MONTHS:
        return _date(int(named[1]), _MONTHS.index(named[2]) + 1, int(named[3]))
    found = next(filter(None, (form.search(path) for form in _URL_DATES)), None)
    return _date(int(found[1]), int(found[3]), int(found[4] or 1)) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _statuses(audit: Audit, order: Sequence[Status]) -> Picture | None:
    found = totals(audit).by_status
    by_status = {each: found[each] for each in order if found[each]}
    if not by_status:
        return None
    most, whole = max(by_status.values()), sum(by_status.values())
    marks = []
    for row, (status, number) in enumerate(by_status.items()):
        y = row * _ROW
        width = (WIDTH - 90 - 50) * number / most
        marks += [
            words(84, y + 15, status.value, anchor="end"),
            bar(90, y + 4, width, _ROW - 8, f"fill-{status.value}"),
            words(96 + width, y + 15, f"{number:,}", kind="value"),
        ]
    sentence = (
        f"Of {count(whole, 'link')} {listed(f'{number:,} {status.value}' for status, number in by_status.items())}."
    )
    return Picture(
        "Links by status",
        drawing(len(by_status) * _ROW, sentence, marks),
        sentence,
        ("Status", "Links", "Means"),
        tuple((status.value, f"{number:,}", STATUS_MEANS[status]) for status, number in by_status.items()),
    )


def _outlets(audit: Audit) -> Picture | None:
    claims: Counter[str] = Counter()
    credited = set()
    for day in audit.sourcing:
        for use in day.outlets:
            if use.kind is AttributionKind.OUTLET and not use.is_self and use.cited:
                claims[use.outlet] += len(use.claims)
            if use.is_credited:
                credited.add((day.document, day.date, use.outlet))
    whole = sum(day.claims.total for day in audit.sourcing)
    if not claims or not whole:
        return None
    ranked = sorted(claims.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    shown = ranked[:_MOST_BARS]
    most = shown[0][1]
    marks = []
    for row, (name, number) in enumerate(shown):
        y = row * _ROW
        width = (WIDTH - _LABEL - 100) * number / most
        marks += [
            words(_LABEL - 6, y + 15, fitting(name, _LABEL - 8), anchor="end"),
            bar(_LABEL, y + 4, width, _ROW - 8, "fill-ink"),
            words(_LABEL + 6 + width, y + 15, f"{number:,} · {_share(number, whole)}", kind="value"),
        ]
    first, number = shown[0]
    more = f" {count(len(ranked) - len(shown), 'further outlet')} carry fewer." if len(ranked) > len(shown) else ""
    sentence = (
        f"{first} carries {count(number, 'sentence')} of {whole:,}, {_share(number, whole)}; no outlet more.{more}"
    )
    return Picture(
        "Outlets by share of the sentences",
        drawing(len(shown) * _ROW, sentence, marks),
        sentence,
        ("Outlet", "Sentences", "Share"),
        tuple((name, f"{number:,}", _share(number, whole)) for name, number in ranked[:100]),
    )


def _share(number: int, whole: int) -> str:
    share = 100 * number / whole
    return f"{share:.0f} %" if share >= 1 else "under 1 %"


class _Column:
    """The days of one column of the timeline, counted together."""

    def __init__(self) -> None:
        self.named = self.linked = self.neither = 0
        self.outlets: set[str] = set()
        self.is_day = False


def _timeline(audit: Audit) -> Picture | None:
    days = [(day.date, day) for day in audit.sourcing if day.date and day.claims.total]
    dates = [each for each, _ in days]
    if len(set(dates)) < 2:
        return None
    first, last = min(dates), max(dates)
    step = -(-((last - first).days + 1) // _MOST_DAYS)
    columns = [_Column() for _ in range(((last - first).days // step) + 1)]
    for each, day in days:
        column = columns[(each - first).days // step]
        column.is_day = True
        column.named += day.claims.attributed
        column.neither += day.claims.neither
        column.linked += day.claims.total - day.claims.attributed - day.claims.neither
        column.outlets.update(use.outlet for use in day.outlets if (use.cited or use.is_credited) and not use.is_self)
    top = max(column.named + column.linked + column.neither for column in columns)
    height, base, pace = 150.0, 172.0, (WIDTH - 8) / len(columns)
    marks = [line(0, base, WIDTH, base)]
    for number, column in enumerate(columns):
        if not column.is_day:
            continue
        x, y = 4 + number * pace, base
        for value, kind in ((column.named, "fill-ink"), (column.linked, "fill-moved"), (column.neither, "fill-none")):
            part = height * value / top
            y -= part
            marks.append(bar(x + 1, y, pace - 2, part, kind))
        if pace >= 14:
            marks.append(words(x + pace / 2, y - 4, str(len(column.outlets)), anchor="middle", kind="value"))
    marks += [
        words(4, base + 16, day_words(first, with_year=True)),
        words(WIDTH - 4, base + 16, day_words(last, with_year=True), anchor="end"),
    ]
    neither = sum(column.neither for column in columns)
    whole = sum(column.named + column.linked + column.neither for column in columns)
    span = "" if step == 1 else f", {step} days to a column"
    sentence = (
        f"{count(len(set(dates)), 'day')} from {day_words(first)} to {day_words(last)}{span}: dark, sentences that "
        f"name a source; blue, only linked; pale, neither ({neither:,} of {whole:,}). "
        "Above each, its number of outlets."
    )
    return Picture(
        "Days with their sources",
        drawing(base + 22, sentence, marks),
        sentence,
        ("Day", "Name a source", "Only linked", "Neither", "Outlets"),
        tuple(
            (
                day_words(each, with_year=True),
                str(day.claims.attributed),
                str(day.claims.total - day.claims.attributed - day.claims.neither),
                str(day.claims.neither),
                listed(use.outlet for use in day.outlets if (use.cited or use.is_credited) and not use.is_self)
                or "none",
            )
            for each, day in sorted(days, key=lambda pair: pair[0])[:200]
        ),
    )


def _ages(audit: Audit, order: Sequence[Status]) -> Picture | None:
    dated = [(found, visit) for visit in audit.visits if (found := url_date(visit.target.url))]
    dated = [(found, visit) for found, visit in dated if found <= audit.started_at.date() + timedelta(days=1)]
    if len(dated) < 3:
        return None
    first, last = min(each for each, _ in dated), max(each for each, _ in dated)
    span = max(1, (last - first).days)
    present = [status for status in order if any(visit.verdict.status is status for _, visit in dated)]
    marks = []
    for row, status in enumerate(present):
        y = row * 28 + 16
        marks += [words(84, y + 5, status.value, anchor="end"), line(92, y, WIDTH - 8, y)]
        places = Counter(
            round(100 + (WIDTH - 116) * (found - first).days / span)
            for found, visit in dated
            if visit.verdict.status is status
        )
        marks += [
            dot(x, y, min(11.0, 3.5 + 1.2 * (number - 1) ** 0.5), f"fill-{status.value} spot")
            for x, number in sorted(places.items())
        ]
    base = len(present) * 28 + 18
    marks += [
        words(92, base, day_words(first, with_year=True)),
        words(WIDTH - 4, base, day_words(last, with_year=True), anchor="end"),
    ]
    sentence = " ".join(_age_words(dated, len(audit.visits), audit.started_at.date()))
    return Picture(
        "Age of the cited pages against their status",
        drawing(base + 6, sentence, marks),
        sentence,
        ("Status", "Pages", "Oldest", "Newest"),
        tuple(
            (
                status.value,
                f"{len(of):,}",
                day_words(min(of), with_year=True),
                day_words(max(of), with_year=True),
            )
            for status in present
            if (of := [found for found, visit in dated if visit.verdict.status is status])
        ),
    )


def _age_words(dated: Sequence[tuple[date, Visit]], whole: int, audited: date) -> Iterator[str]:
    oldest = day_words(min(each for each, _ in dated), with_year=True)
    yield f"{len(dated):,} of {count(whole, 'URL')} tell the day of the page, the oldest {oldest}."
    newest = (audited - max(each for each, _ in dated)).days
    yield f"The newest was {count(max(0, newest), 'day')} old when the links were checked."
    gone = [found for found, visit in dated if visit.verdict.status is Status.DEAD]
    if gone:
        first, last = (day_words(each, with_year=True) for each in (min(gone), max(gone)))
        yield f"Of the dead the oldest is of {first}, the newest of {last}."
