"""Where initiatives stand in a portfolio's frames and who says so, which empty cells are wanted, what was decided."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.frames import Crosswalk, Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay

__all__ = [
    "Crosswalk",
    "Decision",
    "Frame",
    "Placement",
    "Region",
    "Standing",
    "TargetMix",
    "WantedCell",
    "ZoneStay",
]
