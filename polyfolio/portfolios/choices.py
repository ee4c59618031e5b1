"""Kinds and states of initiatives, resources, links and portfolios (domain: initiatives, resources, portfolios)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InitiativeKind(models.TextChoices):
    IDEA = "idea", _("idea")
    PRE_STUDY = "pre_study", _("pre-study")
    EXPERIMENT = "experiment", _("experiment")
    PILOT = "pilot", _("pilot")
    PROJECT = "project", _("project")
    PROGRAMME = "programme", _("programme")
    POLICY_MEASURE = "policy_measure", _("policy measure")
    EVENT = "event", _("event")
    TRAINING = "training", _("training")
    CAMPAIGN = "campaign", _("campaign")
    TOOL = "tool", _("tool")
    COMMITMENT = "commitment", _("commitment")


class InitiativeStatus(models.TextChoices):
    PIPELINE = "pipeline", _("pipeline")
    IMPLEMENTATION = "implementation", _("implementation")
    FINALISATION = "finalisation", _("finalisation")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    SUSPENDED = "suspended", _("suspended")


UNDER_WAY = (InitiativeStatus.IMPLEMENTATION, InitiativeStatus.FINALISATION)


class Priority(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class ParticipationRole(models.TextChoices):
    """What an organisation does in an initiative; the last two are ours (IATI: accountable, extending)."""

    FUNDING = "funding", _("funding")
    ACCOUNTABLE = "accountable", _("accountable")
    EXTENDING = "extending", _("extending")
    IMPLEMENTING = "implementing", _("implementing")
    CO_OWNER = "co_owner", _("co-owner")
    SUPPORTER = "supporter", _("supporter")
    REPORTING = "reporting", _("reporting")


OWNING_ROLES = frozenset(
    {
        ParticipationRole.ACCOUNTABLE,
        ParticipationRole.IMPLEMENTING,
        ParticipationRole.CO_OWNER,
        ParticipationRole.REPORTING,
    }
)


class SdgStanding(models.TextChoices):
    """How an initiative stands to a goal or target: its main one, one of at most five others, or as imported."""

    MAIN = "main", _("main")
    OTHER = "other", _("other")
    IMPORTED = "imported", _("imported, to be chosen from")


MAX_OTHER_GOALS = 5


class LinkKind(models.TextChoices):
    FOLLOWS_FROM = "follows_from", _("follows from")
    BUILDS_ON = "builds_on", _("builds on")
    REPLICATES = "replicates", _("replicates")
    DEPENDS_ON = "depends_on", _("depends on")
    FEEDS_LEARNING_TO = "feeds_learning_to", _("feeds learning to")
    SHARES_ASSET = "shares_asset", _("shares an asset with")
    COMPLEMENTS = "complements", _("complements")
    DUPLICATES = "duplicates", _("duplicates")
    CONFLICTS_WITH = "conflicts_with", _("conflicts with")
    PARENT = "parent", _("is part of")
    CO_FUNDED = "co_funded", _("is co-funded with")


class LinkConfidence(models.TextChoices):
    CLAIMED = "claimed", _("claimed")
    CONFIRMED = "confirmed", _("confirmed by the other")
    DOCUMENTED = "documented", _("documented")


class ResourceKind(models.TextChoices):
    PUBLICATION = "publication", _("publication")
    TOOL = "tool", _("tool")
    GUIDELINE = "guideline", _("guideline")
    DATASET = "dataset", _("dataset")
    TRAINING = "training", _("training")
    POLICY = "policy", _("policy")
    MEDIA = "media", _("media")
    CASE_STUDY = "case_study", _("case study")


class PortfolioStatus(models.TextChoices):
    FORMING = "forming", _("forming")
    ACTIVE = "active", _("active")
    HANDED_OVER = "handed_over", _("handed over")
    CLOSED = "closed", _("closed")


class PortfolioClass(models.TextChoices):
    """How an initiative belongs; one that is in no portfolio is *listed* (derived, never stored)."""

    CORE = "core", _("core")
    AFFILIATED = "affiliated", _("affiliated")


class AdmissionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    UNDER_REVIEW = "under_review", _("under review")
    ADMITTED = "admitted", _("admitted")
    RETURNED = "returned", _("returned")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
