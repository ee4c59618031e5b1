"""The words of sensemaking: facets and zones, what drives a change, what is talked over and decided."""

from polyfolio.sensemaking.choices.deciding import DecisionKind, DecisionState
from polyfolio.sensemaking.choices.discussing import DiscussionState, SheetState
from polyfolio.sensemaking.choices.exploring import ExplorationState, Function, WorkforceSize
from polyfolio.sensemaking.choices.moving import MoveKind, ScenarioState
from polyfolio.sensemaking.choices.placing import Dimension, Driver, Facet, FacetAnswer, FrameKind
from polyfolio.sensemaking.choices.steering import FlagCode, FollowUpKind, SupportKind, TermKind
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
    "DiscussionState",
    "Driver",
    "ExplorationState",
    "Facet",
    "FacetAnswer",
    "FlagCode",
    "FollowUpKind",
    "FrameKind",
    "Function",
    "Layer",
    "MoveKind",
    "ScenarioState",
    "SheetState",
    "StocktakeState",
    "SupportKind",
    "TermKind",
    "WorkforceSize",
    "WorkshopKind",
    "WorkshopState",
]
