"""The numbers that settings take."""

from typing import Annotated

from msgspec import Meta

# Out of these a run would hang, or end in an accident of a library.
Amount = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]
Patience = Annotated[float, Meta(gt=0, le=1e6)]
HttpStatus = Annotated[int, Meta(ge=100, le=999)]
