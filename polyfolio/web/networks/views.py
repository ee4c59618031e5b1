"""Networks: the public face, partners, and looking after both."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.pictures.world import CountryCount, World, world
from polyfolio.network.actions import networks, organisations
from polyfolio.network.models import Membership, Network
from polyfolio.network.queries import networks as queries
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.vocabulary.countries import country_name
from polyfolio.web.lists import export, listing
from polyfolio.web.networks import filters
from polyfolio.web.networks.columns import PARTNER_COLUMNS
from polyfolio.web.networks.forms import NetworkForm, NewPartnerForm, PartnerForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, paginate, public, refusals_in, say, show

PORTFOLIOS_SHOWN = 12


@public()
def networks_list(request: PageRequest) -> HttpResponseBase:
    """Every network that the reader sees."""
    rows = paginate(request, queries.visible(request.user))
    may_create = may(request.user, "network.create_network")
    return show(request, "networks/networks.html", {"page": rows, "may_create": may_create})


@public(find=queries.find)
def network(request: PageRequest, network: Network) -> HttpResponseBase:
    """The public face: what it is for, figures that open their lists, where its partners are, how to take part."""
    user = request.user
    codes = queries.countries_of_partners(user, network)
    context: dict[str, Any] = {
        "network": network,
        "partner_count": queries.partner_count(user, network),
        "countries": _map(network, codes),
        "country_count": len(set(codes)),
        "located_count": len(codes),
        "programmes": queries.programmes(user, network),
        "initiative_count": Initiative.objects.visible_to(user).filter(network=network).count(),
        "portfolios": Portfolio.objects.visible_to(user).filter(network=network).order_by("label")[:PORTFOLIOS_SHOWN],
        "today": timezone.localdate(),
        "may_change": may(user, "network.edit_network", network),
    }
    return show(request, "networks/network.html", context)


def _map(network: Network, codes: list[str]) -> World:
    """Partners by country; each mark opens the list of exactly those."""
    address = reverse("network_partners", args=[network.slug])
    standing = "".join(f"&state={state}" for state in queries.PARTNER_STATES)
    return world(
        [
            CountryCount(code, country_name(code), count, f"{address}?country={code}{standing}")
            for code, count in Counter(codes).items()
        ]
    )


@page("network.create_network")
def new(request: OurRequest) -> HttpResponseBase:
    form = NetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = networks.create(
                **form.values(), themes=list(form.cleaned_data["themes"]), by=request.user, at=timezone.now()
            )
            say(request, _("“%s” is there.") % made)
            return go(request, made)
    return show(request, "networks/edit.html", {"form": form})


@page("network.edit_network", find=queries.find)
def edit(request: OurRequest, network: Network) -> HttpResponseBase:
    form = NetworkForm(request.POST or None, initial=NetworkForm.initial_of(network))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = networks.edit(
                network=network,
                values=form.values(),
                themes=list(form.cleaned_data["themes"]),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, "network", slug=network.slug)
    return show(request, "networks/edit.html", {"form": form, "network": network})


@page("network.delete_network", find=queries.find, methods=["POST"])
def delete(request: OurRequest, network: Network) -> HttpResponseBase:
    row = networks.delete(network=network, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % network, undo=row)
    return go(request, "networks")


@public(find=queries.find)
def partners(request: PageRequest, network: Network) -> HttpResponseBase:
    """The partners of a network: filtered, sorted, exported exactly as shown."""
    today = timezone.localdate()
    may_change = may(request.user, "network.set_membership", network)
    programmes = {body.slug: body for body in queries.programmes(request.user, network)}
    asked = filters.chosen(request.GET, programmes)
    everyone = queries.partners(request.user, network)
    listed = listing(request, queries.filtered(everyone, asked, on=today), PARTNER_COLUMNS, sort="name")
    file = export(request, listed, name=f"{network.slug}-partners")
    if file is not None:
        return file
    groups = filters.groups(everyone, asked, programmes, sees_gaps=may_change, on=today)
    context = {
        "network": network,
        "listing": listed,
        "groups": groups,
        "chips": filters.chips(request.GET, groups),
        "words": asked.get("words", ""),
        "no_gap": "gap" not in asked,
        "may_change": may_change,
    }
    return show(request, "networks/partners.html", context, fragment="networks/_partners.html")


@page("network.set_membership", find=queries.find)
def add_partner(request: OurRequest, network: Network) -> HttpResponseBase:
    """Make an organisation that is recorded a partner."""
    form = NewPartnerForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            organisations.set_membership(network=network, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("“%s” is a partner now.") % form.cleaned_data["organisation"])
            return go(request, "network_partners", slug=network.slug)
    return show(request, "networks/partner.html", {"form": form, "network": network})


def find_membership(user: Any, slug: str, organisation: str) -> Membership:
    """How an organisation stands in a network, where `user` sees both; raises DoesNotExist."""
    network = queries.find(user, slug)
    return queries.partners(user, network).select_related("network").get(organisation__slug=organisation)


@page("network.set_membership", find=find_membership)
def partner(request: OurRequest, membership: Membership) -> HttpResponseBase:
    """Say how a partner stands, or take out one that was entered by mistake."""
    names = ("state", "joined_on", "left_on")
    form = PartnerForm(request.POST or None, initial={name: getattr(membership, name) for name in names})
    network, organisation = membership.network, membership.organisation
    if request.method == "POST" and "remove" in request.POST:
        organisations.end_membership(membership=membership, by=request.user, at=timezone.now())
        say(request, _("“%s” is no partner any more.") % organisation)
        return go(request, "network_partners", slug=network.slug)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            organisations.set_membership(
                network=network,
                organisation=organisation,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved."))
            return go(request, "network_partners", slug=network.slug)
    context = {"form": form, "network": network, "membership": membership}
    return show(request, "networks/partner.html", context)
