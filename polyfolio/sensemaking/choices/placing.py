"""Facets, zones and what moves an initiative between them (domain: sensemaking)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FrameKind(models.TextChoices):
    FACETS = "facets", _("facets")
    ZONES = "zones", _("zones")
    AXES = "axes", _("two axes")


class Facet(models.TextChoices):
    """The four tips of the diamond (OECD OPSI, Innovation Facets Model)."""

    MISSION = "mis", _("mission-oriented")
    ENHANCEMENT = "enh", _("enhancement-oriented")
    ADAPTIVE = "ada", _("adaptive")
    ANTICIPATORY = "ant", _("anticipatory")


class FacetAnswer(models.TextChoices):
    """An answer to the purpose or driver question: one facet, or all of these."""

    MISSION = "mis", _("mission-oriented")
    ENHANCEMENT = "enh", _("enhancement-oriented")
    ADAPTIVE = "ada", _("adaptive")
    ANTICIPATORY = "ant", _("anticipatory")
    ALL = "all", _("all of these")


class Driver(models.TextChoices):
    """What drove a transition from zone to zone."""

    CRISIS = "crisis", _("scandal or crisis")
    SOCIETAL = "societal", _("societal")
    TECHNOLOGICAL = "technological", _("technological")
    POLITICAL = "political", _("political")
    LEARNING = "learning", _("learning")
    FUNDING = "funding", _("funding")


class Dimension(models.TextChoices):
    """What the rows and columns of a hole matrix may be."""

    THEME = "theme", _("theme")
    ZONE = "zone", _("zone")
    FACET = "facet", _("facet")
    SECTOR = "sector", _("sector")
    SDG_GOAL = "sdg_goal", _("SDG goal")
    COUNTRY = "country", _("country")
    PROGRAMME = "programme", _("programme")
    SDG_TARGET = "sdg_target", _("SDG target")
    ORGANISATION_KIND = "organisation_kind", _("kind of organisation")
    LEVER = "lever", _("lever")
    FIELD = "field", _("field")
    OWN_THEME = "own_theme", _("own theme")
    INDICATOR = "indicator", _("indicator")
