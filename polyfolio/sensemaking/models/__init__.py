"""Where initiatives stand in a portfolio's frames and who says so, what is wanted, decided and found together."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.stocktakes import Stocktake
from polyfolio.sensemaking.models.tracking import PortfolioIndicator, PortfolioIndicatorValue, ProgressFeedback
from polyfolio.sensemaking.models.workshops import Workshop, WorkshopAct, WorkshopSeat

__all__ = [
    "Decision",
    "Frame",
    "Placement",
    "PortfolioIndicator",
    "PortfolioIndicatorValue",
    "ProgressFeedback",
    "Region",
    "Standing",
    "Stocktake",
    "TargetMix",
    "WantedCell",
    "Workshop",
    "WorkshopAct",
    "WorkshopSeat",
    "ZoneStay",
]
