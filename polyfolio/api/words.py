"""What fields may hold, by the names under which the document speaks of it."""

from __future__ import annotations

from django.db.models import TextChoices

from polyfolio.exchange import choices as exchange
from polyfolio.funding import choices as funding
from polyfolio.network import choices as network
from polyfolio.people import choices as people
from polyfolio.portfolios import choices as portfolios
from polyfolio.reporting import choices as reporting
from polyfolio.sensemaking import choices as sensemaking

CHOICES: dict[str, type[TextChoices]] = {
    "visibility": people.Visibility,
    "grant_role": people.GrantRole,
    "organisation_kind": network.OrganisationKind,
    "organisation_sector": network.OrganisationSector,
    "organisation_level": network.Level,
    "body_kind": network.BodyKind,
    "capacity": network.Capacity,
    "membership_state": network.MembershipState,
    "initiative_kind": portfolios.InitiativeKind,
    "initiative_status": portfolios.InitiativeStatus,
    "priority": portfolios.Priority,
    "participation_role": portfolios.ParticipationRole,
    "sdg_standing": portfolios.SdgStanding,
    "link_kind": portfolios.LinkKind,
    "link_confidence": portfolios.LinkConfidence,
    "resource_kind": portfolios.ResourceKind,
    "portfolio_status": portfolios.PortfolioStatus,
    "portfolio_class": portfolios.PortfolioClass,
    "admission_state": portfolios.AdmissionState,
    "facet": sensemaking.Facet,
    "facet_answer": sensemaking.FacetAnswer,
    "driver": sensemaking.Driver,
    "dimension": sensemaking.Dimension,
    "transaction_kind": funding.TransactionKind,
    "money_flow": funding.MoneyFlow,
    "budget_kind": funding.BudgetKind,
    "budget_status": funding.BudgetStatus,
    "result_level": reporting.ResultLevel,
    "value_kind": reporting.ValueKind,
    "import_state": exchange.RunState,
    "import_outcome": exchange.Outcome,
}
