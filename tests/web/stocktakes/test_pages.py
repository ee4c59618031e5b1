"""Stocktakes on the web: begun, written, closed, compared; and the portfolio's own tracking."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from polyfolio.sensemaking.models import PortfolioIndicator, ProgressFeedback, Stocktake
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_decision, make_placement, make_stocktake

pytestmark = pytest.mark.django_db


def test_steward_takes_stock_closes_and_compares(client: Client) -> None:
    initiative, other = make_initiative(), make_initiative()
    portfolio = make_portfolio(core=[initiative, other])
    make_placement(portfolio, initiative, "mis")
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/stocktakes/"
    sent = {"title": "Spring", "held_on": "2026-03-01", "note_levers": "Hardly used.", "gaps": "Schools."}
    assert client.post(f"{address}new/", sent | {"title": ""}).status_code == 422
    client.post(f"{address}new/", sent)
    spring = Stocktake.objects.get()
    client.post(f"{spring.get_absolute_url()}close/")
    make_decision(portfolio, "Open a shop", origin_type="stocktake", origin_id=spring.pk, state="done")
    make_placement(portfolio, other, "ant")
    autumn = make_stocktake(portfolio, "Autumn", held_on=date(2026, 9, 1))

    page = client.get(autumn.get_absolute_url()).content.decode()

    assert "Mission-oriented moved most: −50 points" in page
    assert "1 done, 0 open, 0 dropped." in page
    assert "Open a shop" in page
    assert "Hardly used." in client.get(spring.get_absolute_url()).content.decode()
    assert client.get(f"{spring.get_absolute_url()}edit/").status_code == 200
    assert client.post(f"{spring.get_absolute_url()}edit/", sent | {"gaps": "x"}).status_code == 422
    client.post(f"{spring.get_absolute_url()}reopen/")
    assert client.post(f"{spring.get_absolute_url()}edit/", sent | {"gaps": "x"}).status_code == 302
    client.post(f"{spring.get_absolute_url()}delete/")
    assert client.get(spring.get_absolute_url()).status_code == 404


def test_strangers_read_and_do_not_write(client: Client) -> None:
    stocktake = make_stocktake(make_portfolio())
    client.force_login(make_user())

    assert client.get(stocktake.get_absolute_url()).status_code == 200
    for step in ("close", "reopen", "delete", "edit"):
        assert client.post(f"{stocktake.get_absolute_url()}{step}/").status_code == 403


def test_what_is_measured_told_and_adjusted_reads_as_one_page(client: Client) -> None:
    portfolio = make_portfolio()
    decision = make_decision(portfolio, "Open on Saturdays")
    foreign = make_decision(make_portfolio())
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/tracking/"
    rows = {"values-TOTAL_FORMS": "2", "values-INITIAL_FORMS": "0"}
    for number, (day, value) in enumerate((("2026-01-01", "120"), ("2026-02-01", "90"))):
        rows |= {f"values-{number}-measured_on": day, f"values-{number}-value": value}
    sent = {"title": "Waste in tonnes", "direction": "down", "agreed_by": "the council", **rows}
    for bad in ({"title": ""}, {"values-1-measured_on": "2026-01-01"}, {"values-1-measured_on": "2999-01-01"}):
        assert client.post(f"{address}indicators/new/", sent | bad).status_code == 422
    client.post(f"{address}indicators/new/", sent)
    told = {"told_on": "2026-02-02", "audience": "Tenants", "what": "Less waste.", "adjustment": str(decision.pk)}
    for wrong in ({"audience": ""}, {"told_on": "2999-01-01"}, {"adjustment": str(foreign.pk)}):
        assert client.post(f"{address}feedback/new/", told | wrong).status_code == 422
    client.post(f"{address}feedback/new/", told)

    page = Client().get(address).content.decode()

    for words in ("Waste in tonnes", "it was 120 on 1 January 2026", "the way it should go", "Agreed by the council"):
        assert words in page
    assert "Open on Saturdays" in page
    indicator, feedback = PortfolioIndicator.objects.get(), ProgressFeedback.objects.get()
    client.post(f"{address}indicators/{indicator.pk}/", sent | {"title": "Waste"})
    client.post(f"{address}feedback/{feedback.pk}/delete/")
    assert (PortfolioIndicator.objects.get().title, ProgressFeedback.objects.kept().count()) == ("Waste", 0)
