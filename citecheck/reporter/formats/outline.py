"""What was read, for people at a terminal: each section with its credits, claims, names and links."""

from collections.abc import Iterable

from citecheck.model import Document, Update
from citecheck.reporter.sinks import one_line
from citecheck.reporter.wording import count, day_words, listed, shortened


def render_extract(documents: Iterable[Document]) -> str:
    """The documents as an indented outline, a line a claim."""
    return "\n".join(_document(document) for document in documents)


def _document(document: Document) -> str:
    claims = sum(len(update.claims) for update in document.updates)
    about = [
        f"published by {document.publisher}" if document.publisher else "",
        document.published.isoformat() if document.published else "",
        count(len(document.updates), "section"),
        count(claims, "claim"),
        count(sum(link.repeats is None for link in document.links), "link"),
    ]
    lines = [document.source + (f": {document.title}" if document.title else ""), ", ".join(filter(None, about))]
    lines += [f"({each})" for each in (*document.evidence, *document.notes)]
    for update in document.updates:
        lines += ["", *_update(update, document)]
    loose = document.links_by_update.get(None, ())
    if loose:
        lines += ["", f"In no section: {count(len(loose), 'link')}", *(f"  {link.line}  {link.url}" for link in loose)]
    return "".join(f"{_safe(line)}\n" for line in lines)


def _update(update: Update, document: Document) -> list[str]:
    links = document.links_by_id
    named = update.heading or update.kind.value
    lines = [f"{update.line}  {shortened(named, 80)}  [{update.kind.value}, {day_words(update.date, with_year=True)}]"]
    for claim in update.claims:
        lines.append(f"  {claim.line}:{claim.column}  {shortened(claim.text, 100)}")
        if claim.attributions:
            said = (f"{each.name} ({each.kind.value}, {each.strength.value})" for each in claim.attributions)
            lines.append(f"      from {listed(dict.fromkeys(said))}")
        lines += [f"      link {links[each].url}" for each in claim.links if each in links]
    laid = {each for claim in update.claims for each in claim.links}
    lines += [
        f"  {link.line}  link {link.url}" for link in document.links_by_update.get(update.id, ()) if link.id not in laid
    ]
    if update.credits:
        lines.append(f"  {update.credit_line_at or update.credits[0].line}  credits {listed(_names(update))}")
    return lines


def _names(update: Update) -> list[str]:
    return [credit.name for credit in update.credits]


def _safe(line: str) -> str:
    """One line, its indentation kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + one_line(line)
