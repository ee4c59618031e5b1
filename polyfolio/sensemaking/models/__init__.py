"""What sensemaking keeps: frames, where initiatives stand, what is intended, talked over and decided."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.discussions import Comment, Discussion
from polyfolio.sensemaking.models.explorations import Exploration, ExplorationInvitation, ExplorationResponse
from polyfolio.sensemaking.models.frames import Crosswalk, Frame, Region
from polyfolio.sensemaking.models.intentions import HoleFollowUp, TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.scenarios import Move, Scenario
from polyfolio.sensemaking.models.sheets import PlacementSheet
from polyfolio.sensemaking.models.stocktakes import Stocktake
from polyfolio.sensemaking.models.supports import FlagRule, SupportStructure
from polyfolio.sensemaking.models.terms import PortfolioTerm, TermUse
from polyfolio.sensemaking.models.tracking import PortfolioIndicator, PortfolioIndicatorValue, ProgressFeedback
from polyfolio.sensemaking.models.workshops import Workshop, WorkshopAct, WorkshopSeat

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
    "PortfolioIndicator",
    "PortfolioIndicatorValue",
    "PortfolioTerm",
    "ProgressFeedback",
    "Region",
    "Scenario",
    "Standing",
    "Stocktake",
    "SupportStructure",
    "TargetMix",
    "TermUse",
    "WantedCell",
    "Workshop",
    "WorkshopAct",
    "WorkshopSeat",
    "ZoneStay",
]
