"""The nouns of citecheck, as frozen values: what is read, who is named, what is fetched, what is found.

This package knows nothing of the others. Lines and columns are 1-based and count code points of the source text;
times are aware UTC.
"""

from citecheck.model.audits import Audit, ClaimCount, DaySourcing, Finding, Level, LinksKept, OutletUse
from citecheck.model.outlets import Attribution, AttributionKind, Credit, Outlet, OutletKind, Ownership, Place, Strength
from citecheck.model.texts import (
    Block,
    BlockKind,
    Certainty,
    Claim,
    Document,
    Link,
    Mark,
    Position,
    Source,
    Update,
    UpdateKind,
)
from citecheck.model.visits import (
    Exchange,
    Failure,
    Reason,
    Snapshot,
    Status,
    Target,
    Truncation,
    Verdict,
    Visit,
    http_reason,
)

__all__ = [
    "Attribution",
    "AttributionKind",
    "Audit",
    "Block",
    "BlockKind",
    "Certainty",
    "Claim",
    "ClaimCount",
    "Credit",
    "DaySourcing",
    "Document",
    "Exchange",
    "Failure",
    "Finding",
    "Level",
    "Link",
    "LinksKept",
    "Mark",
    "Outlet",
    "OutletKind",
    "OutletUse",
    "Ownership",
    "Place",
    "Position",
    "Reason",
    "Snapshot",
    "Source",
    "Status",
    "Strength",
    "Target",
    "Truncation",
    "Update",
    "UpdateKind",
    "Verdict",
    "Visit",
    "http_reason",
]
