"""Initiatives and resources, and the portfolios that hold them."""

from polyfolio.portfolios.models.initiatives import (
    Initiative,
    InitiativeContact,
    InitiativeDocument,
    InitiativeIdentifier,
    InitiativeLink,
    InitiativePlace,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
)
from polyfolio.portfolios.models.portfolios import (
    Checklist,
    ChecklistAnswer,
    Entry,
    IntentVersion,
    Portfolio,
    PortfolioRole,
    Position,
    ScopeStatement,
)
from polyfolio.portfolios.models.resources import Resource

__all__ = [
    "Checklist",
    "ChecklistAnswer",
    "Entry",
    "Initiative",
    "InitiativeContact",
    "InitiativeDocument",
    "InitiativeIdentifier",
    "InitiativeLink",
    "InitiativePlace",
    "InitiativeSdg",
    "InitiativeSector",
    "InitiativeTerritory",
    "IntentVersion",
    "Participation",
    "Portfolio",
    "PortfolioRole",
    "Position",
    "Resource",
    "ScopeStatement",
]
