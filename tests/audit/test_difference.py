"""Differences that people can read."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.audit.difference import Difference, Span, differences, word_difference
from polyfolio.audit.models import AuditRecord


def of(before: dict, after: dict, subject_type: str = "organisation") -> list[Difference]:
    return differences(AuditRecord(subject_type=subject_type, before=before, after=after))


def test_texts_differ_by_language():
    found = of({"title": {"en": "Old", "fr": "Même"}}, {"title": {"en": "New", "fr": "Même", "es": "Nuevo"}})

    assert [(each.label, each.language, each.old, each.new) for each in found] == [
        ("Name", "en", "Old", "New"),
        ("Name", "es", "", "Nuevo"),
    ]


def test_long_texts_differ_by_word():
    old = "Collectors who work on their own become partners with a contract, a scale and a say."
    new = "Collectors who work on their own become partners with a contract, two scales and a say."

    [found] = of({"description": {"en": old}}, {"description": {"en": new}})

    assert [span for span in found.words if span.kind != "same"] == [
        Span("removed", "a"),
        Span("added", "two"),
        Span("removed", "scale"),
        Span("added", "scales"),
    ]


@pytest.mark.parametrize(
    ("field", "old", "new", "expected"),
    [
        ("kind", "un", "ngo", ("Kind", "United Nations body", "non-governmental organisation")),
        ("kind", "", "dragon", ("Kind", "", "dragon")),
        ("country", "VN", "LA", ("Country", "Vietnam", "Laos")),
        ("parent", None, {"id": 3, "label": "Ministry"}, ("Parent", "", "Ministry")),
        ("membership: Hub", "", "active", ("Membership: Hub", "", "active")),
        ("moved", None, {"roles": 2, "places": 1}, ("Links brought over", "", "roles: 2, places: 1")),
    ],
)
def test_values_are_shown_as_people_write_them(field, old, new, expected):
    [found] = of({field: old}, {field: new})

    assert (found.label, found.old, found.new) == expected


def test_dates_and_yes_and_no_are_shown_in_words():
    found = of({"until_on": "2026-02-01", "x": True}, {"until_on": "2026-03-01", "x": False}, "role")

    assert [(each.label, each.old, each.new) for each in found] == [
        ("Until", "1 Feb 2026", "1 Mar 2026"),
        ("X", "yes", "no"),
    ]


def test_instants_are_shown_in_words():
    [found] = of({}, {"last_substantive_update_at": "2026-02-01T10:30:00+00:00"}, "initiative")

    assert found.new == "1 Feb 2026, 10:30 a.m."


def test_lists_tell_what_came_and_went():
    same = {"id": 1, "label": "Water"}

    [found] = of({"themes": [same, {"id": 2, "label": "Waste"}]}, {"themes": [same, {"id": 3, "label": "Food"}]})

    assert (found.label, found.removed, found.added) == ("Themes", ["Waste"], ["Food"])


def test_parts_are_shown_by_their_values():
    place = {"name": "Huế", "country": "VN", "region": "", "latitude": 16.46, "longitude": None}

    [found] = of({"places": []}, {"places": [place]})

    assert found.added == ["Huế · VN · 16.46"]


def test_parts_of_a_person_name_the_organisation():
    row = {"organisation": {"id": 1, "label": "Works"}, "title": "", "since_on": "2026-01-01", "until_on": None}

    [found] = of({"affiliations": []}, {"affiliations": [row]}, "person")

    assert found.added == ["Works · 1 Jan 2026"]


def test_unknown_records_are_shown_by_field_name():
    [found] = of({"some_field": 1}, {"some_field": 2}, "dragon")

    assert (found.label, found.old, found.new) == ("Some field", "1", "2")


def test_labels_follow_the_reader():
    with translation.override("fr"):
        [found] = of({"country": "DE"}, {"country": "AT"})

    assert (found.old, found.new) == ("Allemagne", "Autriche")


def test_same_values_are_no_difference():
    assert of({"country": ""}, {"country": None}) == []


def test_very_long_texts_are_shown_as_replaced():
    old, new = "word " * 5000, "other " * 5000

    assert word_difference(old, new) == [Span("removed", old), Span("added", new)]


@given(st.text(), st.text())
def test_word_difference_keeps_both_texts(old, new):
    spans = word_difference(old, new)

    assert "".join(span.text for span in spans if span.kind != "added") == old
    assert "".join(span.text for span in spans if span.kind != "removed") == new
