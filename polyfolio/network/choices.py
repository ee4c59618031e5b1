"""The kinds, levels and capacities of the field (domain: network)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    NATIONAL_PUBLIC = "national_public", _("national public body")
    REGIONAL_LOCAL_PUBLIC = "regional_local_public", _("regional or local public body")
    UN = "un", _("United Nations body")
    MULTILATERAL_BANK = "multilateral_bank", _("multilateral bank")
    OTHER_INTERGOVERNMENTAL = "other_intergovernmental", _("other intergovernmental body")
    COMPANY = "company", _("company")
    SMALL_COMPANY = "small_company", _("small company")
    NGO = "ngo", _("non-governmental organisation")
    FOUNDATION = "foundation", _("foundation")
    ACADEMIA = "academia", _("university or research institute")
    NETWORK = "network", _("network")
    MEDIA = "media", _("media")
    STANDARDS_BODY = "standards_body", _("label or standards body")
    INDIVIDUAL_EXPERT = "individual_expert", _("individual expert")
    INFORMAL_GROUP = "informal_group", _("informal group")


class OrganisationSector(models.TextChoices):
    PUBLIC = "public", _("public")
    BUSINESS = "business", _("business")
    ACADEMIA = "academia", _("academia")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    FINANCE = "finance", _("finance")
    INTERMEDIARY = "intermediary", _("intermediary")


class Level(models.TextChoices):
    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")
    INTERNATIONAL = "international", _("international")


class BodyKind(models.TextChoices):
    BOARD = "board", _("board")
    SECRETARIAT = "secretariat", _("secretariat")
    PROGRAMME = "programme", _("programme")
    ADVISORY_COMMITTEE = "advisory_committee", _("advisory committee")
    COORDINATION_DESK = "coordination_desk", _("coordination desk")
    WORK_AREA = "work_area", _("work area")
    INTEREST_GROUP = "interest_group", _("interest group")
    WORKING_GROUP = "working_group", _("working group")
    TASK_FORCE = "task_force", _("task force")
    ASSISTANCE_TEAM = "assistance_team", _("assistance team")
    STEERING_COMMITTEE = "steering_committee", _("steering committee")


class Capacity(models.TextChoices):
    """In which capacity an organisation or person takes part in a body or portfolio."""

    LEAD = "lead", _("lead")
    CO_LEAD = "co_lead", _("co-lead")
    DESK_MEMBER = "desk_member", _("desk member")
    COMMITTEE_MEMBER = "committee_member", _("committee member")
    PARTNER = "partner", _("partner")
    CONTRIBUTOR = "contributor", _("contributor")
    FOCAL_POINT = "focal_point", _("focal point")
    FOCAL_POINT_ALTERNATE = "focal_point_alternate", _("alternate focal point")
    FOCAL_POINT_IN_COPY = "focal_point_in_copy", _("focal point in copy")
    CHAMPION = "champion", _("champion or ambassador")
    STEWARD = "steward", _("steward")
    OWNER = "owner", _("owner")
    RESOURCE_OWNER = "resource_owner", _("resource owner")
    MISSION_DRIVER = "mission_driver", _("mission driver")
    NEUTRAL_FACILITATOR = "neutral_facilitator", _("neutral facilitator")
    IDEA_TRACKER = "idea_tracker", _("idea tracker")
    TRANSITION_MANAGER = "transition_manager", _("transition manager")
    REVIEWER = "reviewer", _("reviewer")
    SIGNATORY = "signatory", _("signatory")
    FOLLOW_ALONG_RESEARCHER = "follow_along_researcher", _("follow-along researcher")
    OBSERVER = "observer", _("observer")


class MembershipState(models.TextChoices):
    """Where a partner stands in a network. The workflow between the states comes with reporting."""

    ACTIVE = "active", _("active")
    OVERDUE = "overdue", _("overdue")
    AT_RISK = "at_risk", _("at risk")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")
