"""Names without a site: parked, for sale, expired or suspended."""

from citecheck.fetcher.evidence import Evidence, belongs_to
from citecheck.fetcher.markers import markers
from citecheck.fetcher.wording import first_of

_FEW_WORDS = 200
_VERY_FEW_WORDS = 80
_LONGEST_MARKUP = 200_000


def parked(evidence: Evidence) -> str | None:
    """What shows that the name is parked, in words, or None."""
    table, page, reached = markers().parking, evidence.page, evidence.reached
    if belongs_to(evidence.asked.host, table.hosts):
        return None
    if reached.host != evidence.asked.host:
        if belongs_to(reached.host, table.hosts):
            return f"leads to {reached.host}, where names are parked and sold"
        if reached.host.partition(".")[0] in table.labels and evidence.asked.host.partition(".")[0] not in table.labels:
            return f"leads to {reached.host}, as parked names do"
    path = reached.path.lower().lstrip("/")
    if evidence.is_redirected and any(path == each or path.startswith(f"{each}/") for each in table.paths):
        return f"leads to {reached.url}, as parked names do"
    if page is None or not page.is_html or not page.is_shorter(_FEW_WORDS):
        return None
    if len(page.markup) < _LONGEST_MARKUP:
        mark = first_of(table.markup, page.markup.lower())
        if mark:
            return f"the page is that of a parked name: it has `{mark}`"
    for source in page.sources:
        host = source.partition("//")[2].partition("/")[0].partition(":")[0].lower()
        if host and belongs_to(host, table.hosts):
            return f"the page is served by {host}, where names are parked"
    name = evidence.reached.host.removeprefix("www.")
    for line in evidence.titles:
        told = first_of(table.words, line)
        if told is None and name in line and line.partition(name)[2].strip(" |-–—:").startswith(table.after_name):
            told = line
        if told:
            return f"the page says so: “{told}”"
    # Without its own name in between: "the domain harbour.example is for sale".
    told = first_of(table.words, " ".join(evidence.words.replace(name, "").split()))
    if told and (page.is_shorter(_VERY_FEW_WORDS) or name in " ".join(evidence.titles)):
        return f"the page says so: “{told}”"
    return None
