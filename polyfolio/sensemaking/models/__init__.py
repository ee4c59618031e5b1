"""Where initiatives stand in a portfolio's frames, and what is wanted, decided, watched and named there."""

from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.models.frames import Frame, Region
from polyfolio.sensemaking.models.intentions import HoleFollowUp, TargetMix, WantedCell
from polyfolio.sensemaking.models.placing import Placement, Standing, ZoneStay
from polyfolio.sensemaking.models.supports import FlagRule, SupportStructure
from polyfolio.sensemaking.models.terms import PortfolioTerm, TermUse

__all__ = [
    "Decision",
    "FlagRule",
    "Frame",
    "HoleFollowUp",
    "Placement",
    "PortfolioTerm",
    "Region",
    "Standing",
    "SupportStructure",
    "TargetMix",
    "TermUse",
    "WantedCell",
    "ZoneStay",
]
