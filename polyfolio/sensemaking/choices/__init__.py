"""The words of sensemaking: facets and zones, what drives a change, what people decide and how they take stock."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind
from polyfolio.sensemaking.choices.taking_stock import (
    ActKind,
    Board,
    Direction,
    Layer,
    StocktakeState,
    WorkshopKind,
    WorkshopState,
)

__all__ = [
    "ActKind",
    "Board",
    "DecisionKind",
    "DecisionState",
    "Dimension",
    "Direction",
    "Driver",
    "Facet",
    "FacetAnswer",
    "FrameKind",
    "Layer",
    "StocktakeState",
    "WorkshopKind",
    "WorkshopState",
]
