"""The words of sensemaking: facets and zones, what drives a change, and what people decide."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind

__all__ = ["DecisionKind", "DecisionState", "Dimension", "Driver", "Facet", "FacetAnswer", "FrameKind"]
