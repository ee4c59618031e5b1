"""Where initiatives stand in a portfolio's frames and who says so, which empty cells are wanted, what was decided."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.scenarios import Move, Scenario

__all__ = [
    "Decision",
    "Frame",
    "Move",
    "Placement",
    "Region",
    "Scenario",
    "Standing",
    "TargetMix",
    "WantedCell",
    "ZoneStay",
]
