"""The words of sensemaking: facets and zones, what drives a change, what is talked over and decided."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.discussing import DiscussionState, SheetState
from polyfolio.sensemaking.choices.moving import MoveKind, ScenarioState
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind

__all__ = [
    "DecisionKind",
    "DecisionState",
    "Dimension",
    "DiscussionState",
    "Driver",
    "Facet",
    "FacetAnswer",
    "FrameKind",
    "MoveKind",
    "ScenarioState",
    "SheetState",
]
