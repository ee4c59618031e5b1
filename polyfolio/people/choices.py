"""What roles there are, and what they may be bound to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GrantRole(models.TextChoices):
    """What a person may act as. What each may do stands in the rooms' `rules`."""

    ADMIN = "admin", _("administrator")
    STEWARD = "steward", _("steward")
    DESK = "desk", _("coordination desk")
    EDITOR = "editor", _("editor")
    FOCAL_POINT = "focal_point", _("focal point")
    REVIEWER = "reviewer", _("reviewer")
    MEMBER = "member", _("member")


class ScopeType(models.TextChoices):
    """What a role is bound to. A scope is a type and an id, so that this room knows none above it."""

    INSTALLATION = "installation", _("installation")
    NETWORK = "network", _("network")
    BODY = "body", _("body")
    PORTFOLIO = "portfolio", _("portfolio")
    ORGANISATION = "organisation", _("organisation")
    RECORD = "record", _("record")


class Visibility(models.TextChoices):
    """Who sees a record, from everybody to its author alone."""

    PUBLIC = "public", _("public")
    NETWORK = "network", _("network")
    PORTFOLIO = "portfolio", _("portfolio")
    STEWARDS = "stewards", _("stewards only")
    PRIVATE = "private", _("private")
