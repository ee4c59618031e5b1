"""Forms about explorations: whose it is, from when to when, and a link for one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Function, WorkforceSize
from polyfolio.sensemaking.models import Exploration
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import CountryField, DateField, PageForm, optional

USUAL = timedelta(days=28)
MOST_CHOICES = 500


def places(user: Viewer) -> list[tuple[str, str]]:
    """Networks and portfolios beside which the person may begin an exploration, by key and name."""
    access = access_of(user)
    networks = Network.objects.visible_to(user).order_by("label", "pk")
    portfolios = Portfolio.objects.visible_to(user).order_by("label", "pk")
    if not access.is_admin:
        stewarded = access.ids("network", STEWARDING)
        networks = networks.filter(pk__in=stewarded)
        own = portfolios.filter(pk__in=access.ids("portfolio", STEWARDING))
        portfolios = own | portfolios.filter(network__in=stewarded)
    rows = [(f"portfolio:{each.pk}", str(each)) for each in portfolios[:MOST_CHOICES]]
    return rows + [(f"network:{each.pk}", str(each)) for each in networks[:MOST_CHOICES]]


def may_begin_somewhere(user: Viewer) -> bool:
    access = access_of(user)
    return access.is_admin or bool(access.ids("network", STEWARDING) or access.ids("portfolio", STEWARDING))


def place_of(user: User, key: str) -> tuple[Network, Portfolio | None]:
    """The network, and the portfolio, that a key of `places` names; raises DoesNotExist."""
    kind, _sign, pk = key.partition(":")
    if kind == "portfolio":
        portfolio: Portfolio = Portfolio.objects.visible_to(user).select_related("network").get(pk=int(pk))
        return portfolio.network, portfolio
    network: Network = Network.objects.visible_to(user).get(pk=int(pk))
    return network, None


class ExplorationForm(PageForm):
    about = forms.ChoiceField(
        label=_("Stands beside"),
        help_text=_("Beside a portfolio, support is compared with what its initiatives do."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("Those who are asked read it first: “How we support new work”.")
    )
    organisation = RecordField(
        "organisation", label=_("Organisation explored"), help_text=_("One of the network, where it is recorded.")
    )
    organisation_name = forms.CharField(
        label=_("or its name"),
        max_length=300,
        required=False,
        help_text=_("Where it is not recorded, or only one department is meant."),
    )
    size = forms.ChoiceField(label=_("How many people work there"), choices=optional(WorkforceSize), required=False)
    country = CountryField()
    sectors = forms.MultipleChoiceField(
        label=_("Fields of work"),
        choices=Function.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens_on = DateField(label=_("First day"), required=True)
    closes_on = DateField(label=_("Last day"), required=True)
    is_comparable = forms.BooleanField(
        label=_("The organisation agrees to be compared"),
        required=False,
        help_text=_(
            "Its results then count, without its name, in what others see of their peers, and you see yours. "
            "Peers are shown from five organisations on."
        ),
    )

    def __init__(self, *args: Any, viewer: User, exploration: Exploration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, RecordField)
        field.viewer = viewer
        if exploration is not None:
            del self.fields["about"]
        else:
            about = self.fields["about"]
            assert isinstance(about, forms.ChoiceField)
            about.choices = places(viewer)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "about"}

    @staticmethod
    def first_values(today: date) -> dict[str, Any]:
        return {"opens_on": today, "closes_on": today + USUAL}

    @staticmethod
    def values_of(exploration: Exploration) -> dict[str, Any]:
        """What stands there now. An organisation that is recorded needs no second name."""
        names = ("title", "organisation", "size", "country", "sectors", "opens_on", "closes_on", "is_comparable")
        found = {name: getattr(exploration, name) for name in names}
        return found | {"organisation_name": "" if exploration.organisation else exploration.organisation_name}


class InviteForm(PageForm):
    email = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("A link of their own goes there. You will not see who has answered."),
    )
