"""The words of sensemaking: facets and zones, what drives a change, what people discuss and what they decide."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.discussing import DiscussionState, SheetState
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
    "SheetState",
]
