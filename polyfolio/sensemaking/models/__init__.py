"""Where initiatives stand in a portfolio's frames and who says so, which empty cells are wanted, what was decided.

Beside these: how organisations assess themselves.
"""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.explorations import Exploration, ExplorationInvitation, ExplorationResponse
from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay

__all__ = [
    "Decision",
    "Exploration",
    "ExplorationInvitation",
    "ExplorationResponse",
    "Frame",
    "Placement",
    "Region",
    "Standing",
    "TargetMix",
    "WantedCell",
    "ZoneStay",
]
