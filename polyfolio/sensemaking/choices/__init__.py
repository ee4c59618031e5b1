"""The words of sensemaking: facets and zones, what drives a change, what people decide, who assesses themselves."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.exploring import ExplorationState, Function, WorkforceSize
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind

__all__ = [
    "DecisionKind",
    "DecisionState",
    "Dimension",
    "Driver",
    "ExplorationState",
    "Facet",
    "FacetAnswer",
    "FrameKind",
    "Function",
    "WorkforceSize",
]
