"""Where initiatives stand in a portfolio's frames, who says so, and which empty cells are wanted."""

from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay

__all__ = ["Frame", "Placement", "Region", "Standing", "TargetMix", "WantedCell", "ZoneStay"]
