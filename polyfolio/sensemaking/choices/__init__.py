"""The words of sensemaking: facets and zones, what drives a change, what people decide, watch and name."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind
from polyfolio.sensemaking.choices.steering import FlagCode, FollowUpKind, SupportKind, TermKind

__all__ = [
    "DecisionKind",
    "DecisionState",
    "Dimension",
    "Driver",
    "Facet",
    "FacetAnswer",
    "FlagCode",
    "FollowUpKind",
    "FrameKind",
    "SupportKind",
    "TermKind",
]
