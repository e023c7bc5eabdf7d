"""A loopback web of well- and ill-behaved sites, each with the truth that a reader would tell of it."""

from tests.web.behaviours import BEHAVIOURS
from tests.web.rows import Behaviour
from tests.web.server import Web

__all__ = ["BEHAVIOURS", "Behaviour", "Web"]
