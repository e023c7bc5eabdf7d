"""How surely a sentence gives an outlet as its source, by what cue and in what place."""

from msgspec import Struct

from citecheck.model import Place, Strength


class Ground(Struct, frozen=True, gc=False):
    strength: Strength
    cue: str
    place: Place = Place.INLINE


def explicit(cue: str) -> Ground:
    return Ground(Strength.EXPLICIT, cue)


def weak(cue: str) -> Ground:
    return Ground(Strength.WEAK, cue)
