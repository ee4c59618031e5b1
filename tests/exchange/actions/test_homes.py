"""Where an import goes when nobody says so."""

import pytest

from polyfolio.exchange.actions.homes import NetworkNotChosenError, home
from polyfolio.network.models import Network
from tests.exchange.running import NOW
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db


def test_home_is_the_network_of_that_address() -> None:
    make_network()
    wanted = make_network(slug="wanted")

    assert home(slug="wanted", at=NOW) == wanted


def test_home_names_the_networks_that_there_are() -> None:
    make_network(slug="one")

    with pytest.raises(NetworkNotChosenError, match=r"no network “two”\. Those that there are: one"):
        home(slug="two", at=NOW)


def test_home_is_the_only_network() -> None:
    only = make_network()

    assert home(slug="", at=NOW) == only


def test_home_is_made_once_where_there_is_none_or_several() -> None:
    made = home(slug="", at=NOW)
    make_network()

    assert (made.slug, made.label) == ("imported", "Imported initiatives")
    assert home(slug="", at=NOW) == made
    assert Network.objects.count() == 2
