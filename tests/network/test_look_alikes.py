from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.names import fold, name_key, web_domain
from polyfolio.network.models import Organisation
from polyfolio.network.queries.look_alikes import look_alikes
from polyfolio.people.choices import Visibility
from tests.factories.network import make_organisation


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Foo Bar Ltd.", "foo bar"),
        ("FOO-BAR", "foo bar"),
        ("Foo & Bar GmbH", "foo and bar"),
        ("L’Œuvre S.A.R.L.", "l oeuvre"),
        ("Straße AG", "strasse"),
        ("Łódź sp. z o.o.", "lodz sp z oo"),
        ("Ørsted A/S", "orsted a s"),
        ("U.N.E.P.", "unep"),
        ("Đà Nẵng", "da nang"),
        ("Міністерство", "міністерство"),
        ("Ltd", "ltd"),
        ("The", "the"),
        ("", ""),
        ("…", ""),
    ],
)
def test_name_key(name, key):
    assert name_key(name) == key


@given(st.text())
def test_name_key_is_short_and_single_spaced(name):
    key = name_key(name)

    assert len(key) <= 300
    assert key == " ".join(key.split())


@given(st.text())
def test_fold_of_folded_is_the_same(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.hue.example/about", "hue.example"),
        ("hue.example", "hue.example"),
        ("http://HUE.example:8080", "hue.example"),
        ("https://[::1", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_web_domain(address, domain):
    assert web_domain(address) == domain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": "ministry of WATER"}, "has the same name"),
        ({"name": "Bộ Nước"}, "has the same name"),
        ({"name": "MoW"}, "has the same name"),
        ({"name": "Something else", "acronym": "M.O.W."}, "has the same acronym"),
        ({"name": "Something else", "website": "water.example/en"}, "has the same website"),
        ({"name": "Something else", "identifiers": [("ROR", "05abc")]}, "has the same identifier"),
        ({"name": "Ministry of Watter"}, "has a similar name"),
        ({"name": "Ministry of Wat"}, "has a similar name"),
    ],
)
def test_look_alikes(given, reason):
    ministry = make_organisation(
        title={"en": "Ministry of Water"},
        other_names=["Bộ Nước"],
        acronym="MoW",
        website="https://www.water.example",
    )
    ministry.identifiers.create(scheme="ROR", value="05abc")
    make_organisation(title={"en": "Bakery"})

    found = look_alikes(None, **given)

    assert [(each.organisation, each.reason) for each in found] == [(ministry, reason)]


@pytest.mark.django_db
def test_surest_reason_comes_first():
    same = make_organisation(title={"en": "Ministry of Water"})
    similar = make_organisation(title={"en": "Ministry of Waters"})

    found = look_alikes(None, "Ministry of Water")

    assert [each.organisation for each in found] == [same, similar]
    assert found[0].score > found[1].score


@pytest.mark.django_db
def test_look_alikes_hide_what_is_not_seen_and_oneself():
    make_organisation(title={"en": "Ministry of Water"}, visibility=Visibility.PRIVATE)
    own = make_organisation(title={"en": "Ministry of Water"})

    assert look_alikes(None, "Ministry of Water", besides=own.pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"name": ""}, {"name": "Xy"}, {"name": "x", "website": "https://facebook.com/x"}])
def test_look_alikes_of_little(given):
    make_organisation(title={"en": "Ministry"}, website="https://facebook.com/ministry")

    assert look_alikes(None, **given) == []


@pytest.mark.django_db
def test_look_alikes_cost_few_queries(django_assert_max_num_queries):
    for number in range(50):
        make_organisation(title={"en": f"Ministry of Water {number}"})

    with django_assert_max_num_queries(6):
        found = look_alikes(
            None,
            "Ministry of Water 7",
            acronym="MW",
            website="https://w.example",
            identifiers=[("ROR", "1")],
        )

    assert len(found) == 5


def bare(name: str) -> str:
    """The name without the project and postcode that this list writes around it."""
    return name.partition("_")[2].rpartition("_")[0]


@pytest.mark.django_db
def test_look_alikes_find_most_pairs_of_real_names(shared_data):
    """Pairs that others judged very alike (Jaro-Winkler of 0.95 and more) are found by one of their names."""
    path = shared_data / "networks/eu-cities/KEEP/JoinPartnersProjectsCleanFiles/MatchIDPartners.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [
        (bare(row["Name_to_be_Matched"]), bare(row["Closest_Match_Found"]))
        for row in rows
        if float(row["Max_Jaro_Winkler"]) >= 0.95
    ]
    chosen = random.Random(7).sample([pair for pair in pairs if pair[0] != pair[1] and all(pair)], 60)
    Organisation.objects.bulk_create(
        Organisation(slug=f"real-{number}", title={"en": two}) for number, (_one, two) in enumerate(chosen)
    )

    found = sum(any(each.organisation.label == two for each in look_alikes(None, one)) for one, two in chosen)

    assert found >= 50
