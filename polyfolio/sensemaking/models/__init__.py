"""What sensemaking keeps: frames, where initiatives stand, what is intended, talked over and decided."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.discussions import Comment, Discussion
from polyfolio.sensemaking.models.explorations import Exploration, ExplorationInvitation, ExplorationResponse
from polyfolio.sensemaking.models.frames import Crosswalk, Frame, Region
from polyfolio.sensemaking.models.intentions import HoleFollowUp, TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.scenarios import Move, Scenario
from polyfolio.sensemaking.models.sheets import PlacementSheet
from polyfolio.sensemaking.models.supports import FlagRule, SupportStructure
from polyfolio.sensemaking.models.terms import PortfolioTerm, TermUse

__all__ = [
    "Comment",
    "Crosswalk",
    "Decision",
    "Discussion",
    "Exploration",
    "ExplorationInvitation",
    "ExplorationResponse",
    "FlagRule",
    "Frame",
    "HoleFollowUp",
    "Move",
    "Placement",
    "PlacementSheet",
    "PortfolioTerm",
    "Region",
    "Scenario",
    "Standing",
    "SupportStructure",
    "TargetMix",
    "TermUse",
    "WantedCell",
    "ZoneStay",
]
