"""Sections, statements, credits and links put together as one Document, with ids."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from citecheck.extractor.claims import Content
from citecheck.extractor.links import Placed
from citecheck.extractor.neighbours import itself
from citecheck.extractor.outlets import Registry
from citecheck.extractor.readers import Reading
from citecheck.extractor.updates import Section
from citecheck.model import Attribution, AttributionKind, Claim, Credit, Document, Link, Outlet, Update


def assembled(
    source: str,
    reading: Reading,
    sections: Sequence[Section],
    contents: Sequence[Content],
    attributions: Sequence[Sequence[tuple[Attribution, ...]]],
    placed: Sequence[Placed],
    registry: Registry,
    *,
    photos: Sequence[tuple[Attribution, ...]] = (),
    limit_chars: int,
) -> Document:
    """The document; `attributions` has one tuple a statement, a section at a time.

    Ids are `u1`, `c1`, `l1` and on, in the order of the source. A URL longer than `limit_chars` is left out, with a
    note.
    """
    kept = [each for each in placed if len(each.link.url) <= limit_chars]
    links = _links(kept)
    of_statement: dict[int, list[str]] = {}
    for link, where in zip(links, kept, strict=True):
        if where.statement is not None:
            of_statement.setdefault(where.statement, []).append(link.id)
    drafts: list[Update] = []
    number = 0
    for index, (section, content) in enumerate(zip(sections, contents, strict=True)):
        claims: list[Claim] = []
        paragraph, before = -1, None
        for statement, said in zip(content.statements, attributions[index], strict=True):
            place = statement.position(0)
            if statement.block is not before:
                paragraph, before = paragraph + 1, statement.block
            claims.append(
                Claim(
                    id=f"c{number + 1}",
                    text=statement.text,
                    line=place.line,
                    column=place.column,
                    attributions=said,
                    links=tuple(of_statement.get(number, ())),
                    is_embed=statement.is_embed,
                    paragraph=paragraph,
                )
            )
            number += 1
        drafts.append(_update(section, content, f"u{index + 1}", claims, photos[index] if photos else ()))
    return Document(
        source=source,
        updates=tuple(drafts),
        links=links,
        title=reading.title,
        language=reading.language,
        published=reading.published,
        outlets=_rows(drafts, links, registry),
        # A plain text may be a copy, and have lost the links of any of its days: those that show some kept theirs.
        keeps_links=reading.anchors is not None and not reading.may_lose_links,
        notes=(*reading.notes, *_too_long(placed, limit_chars)),
        anchors=_anchors(source, reading),
    )


def _anchors(source: str, reading: Reading) -> tuple[Link, ...]:
    """The links to places in the text itself, where it is a local file."""
    target = itself(source) if reading.within else None
    if target is None:
        return ()
    return tuple(
        Link(f"a{number}", each.url, target, each.origin, each.line, each.column, each.text)
        for number, each in enumerate(reading.within, 1)
    )


def _links(placed: Iterable[Placed]) -> tuple[Link, ...]:
    """The links with their ids, and with those of their update and claim."""
    links: list[Link] = []
    for number, (link, section, statement) in enumerate(placed, 1):
        before = links[-1] if links else None
        is_again = (
            before is not None
            and before.origin == link.origin == "footnote"
            and (before.url, before.line + 1, before.page) == (link.url, link.line, link.page)
        )
        links.append(
            replace(
                link,
                id=f"l{number}",
                update=None if section is None else f"u{section + 1}",
                claim=None if statement is None else f"c{statement + 1}",
                repeats=(before.repeats or before.id) if before and is_again else None,
            )
        )
    return tuple(links)


def _update(
    section: Section, content: Content, id_: str, claims: Iterable[Claim], photos: tuple[Attribution, ...]
) -> Update:
    lines = content.credit_lines
    return Update(
        id=id_,
        kind=section.kind,
        line=section.line,
        heading=section.heading.text if section.heading else None,
        date=section.day,
        time=section.time,
        claims=tuple(claims),
        credits=tuple(credit for line in lines for credit in line.credits),
        credit_line=" ".join(line.text for line in lines) or None,
        credit_line_at=lines[0].line if lines else None,
        pages=section.pages,
        photo_credits=photos,
    )


def _rows(drafts: Iterable[Update], links: Iterable[Link], registry: Registry) -> tuple[Outlet, ...]:
    """The registry's rows for all that is named, credited or linked, by name, with those they belong to.

    For an outlet that it does not know, the row of the nearest name, so that a report can ask whether that was meant.
    """
    names = {credit.outlet for update in drafts for credit in update.credits}
    names |= {said.outlet for update in drafts for claim in update.claims for said in claim.attributions}
    names |= {said.outlet for update in drafts for said in update.photo_credits}
    names |= {said.via for update in drafts for claim in update.claims for said in claim.attributions}
    names |= {link.outlet for link in links}
    rows: dict[str, Outlet] = {}
    for name in names:
        outlet = registry.named(name) if name else None
        if outlet:
            rows.update((each.name, each) for each in registry.family(outlet))
    for unknown in sorted(_unknown(drafts)):
        near = registry.nearest(unknown)
        if near:
            rows.setdefault(near.name, near)
    return tuple(rows[name] for name in sorted(rows))


def _unknown(drafts: Iterable[Update]) -> set[str]:
    """The outlets that the text names and the registry does not know."""
    named: list[Attribution | Credit] = []
    for update in drafts:
        named += update.credits
        named += (said for claim in update.claims for said in claim.attributions)
    return {each.text for each in named if each.outlet is None and each.kind is AttributionKind.OUTLET}


def _too_long(placed: Iterable[Placed], limit_chars: int) -> tuple[str, ...]:
    return tuple(
        f"line {each.link.line}: a URL of {len(each.link.url)} characters was left out; "
        f"limits.url_chars is {limit_chars}"
        for each in placed
        if len(each.link.url) > limit_chars
    )
