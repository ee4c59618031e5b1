"""Where initiatives stand in a portfolio's frames and who says so, which empty cells are wanted, what was decided."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.discussions import Comment, Discussion
from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.sheets import PlacementSheet

__all__ = [
    "Comment",
    "Decision",
    "Discussion",
    "Frame",
    "Placement",
    "PlacementSheet",
    "Region",
    "Standing",
    "TargetMix",
    "WantedCell",
    "ZoneStay",
]
