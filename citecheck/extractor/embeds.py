"""Whose words a post set into the text has: its account, and the outlet that the account is of."""

from collections.abc import Iterable, Sequence

from citecheck.extractor.claims import Content
from citecheck.extractor.outlets import Registry
from citecheck.extractor.readers import Reading
from citecheck.model import Attribution, AttributionKind, OutletKind, Place

Said = list[tuple[Attribution, ...]]


def with_signers(contents: Iterable[Content], said: Sequence[Said], reading: Reading, registry: Registry) -> list[Said]:
    """The attributions of each statement, with that of a post's words to the outlet that posted them."""
    if not reading.signers:
        return list(said)
    signers = {reading.blocks[index].position(0): signer for index, signer in reading.signers.items()}
    result: list[Said] = []
    for content, each in zip(contents, said, strict=True):
        posted: Said = []
        for statement, attributions in zip(content.statements, each, strict=True):
            signer = signers.get(statement.block.position(0)) if statement.is_embed else None
            outlet = registry.of_handle(signer.handle) if signer else None
            if signer and outlet and not any(known.outlet == outlet.name for known in attributions):
                is_newsroom = outlet.kind is not OutletKind.ORGANISATION
                kind = AttributionKind.OUTLET if is_newsroom else AttributionKind.ORGANISATION
                name = f"@{signer.handle}"
                told = Attribution(outlet.name, name, kind, "@", signer.line, signer.column, place=Place.EMBED)
                attributions = (*attributions, told)
            posted.append(attributions)
        result.append(posted)
    return result
