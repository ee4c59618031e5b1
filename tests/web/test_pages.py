"""The toolkit every page is made of."""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override
from django_htmx.middleware import HtmxDetails
from python_calamine import CalamineWorkbook

from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import MovedError, RefusedError
from polyfolio.lib.tables import Column, csv_lines, xlsx_file
from polyfolio.network.models import Organisation
from polyfolio.people.rules import NotAllowedError
from polyfolio.web.forms import (
    DateField,
    FilterForm,
    ListField,
    RowForm,
    TextsFormField,
    optional,
    rows_of,
)
from polyfolio.web.lists import chosen_columns, export, file_of, listing, order
from polyfolio.web.pages import go, is_fragment, page, paginate, public, refusals_in, signed_in
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_steward, make_user


def ask(path: str = "/", user: Any = None, method: str = "get", data: Any = None, **headers: str) -> Any:
    request: Any = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
    request.user = user or AnonymousUser()
    request.htmx = HtmxDetails(request)
    request.resolver_match = None
    request.session = {}
    return request


def answer(request, *found, **address):
    return HttpResponse(f"{found} {address}")


def test_public_page_is_for_everybody():
    assert public()(answer)(ask()).status_code == 200


def test_public_page_answers_only_its_methods():
    assert public()(answer)(ask(method="post")).status_code == 405
    assert public()(answer)(ask(method="head")).status_code == 200
    assert public(methods=["POST"])(answer)(ask(method="head")).status_code == 405


def test_signed_in_page_asks_to_sign_in_and_come_back():
    response = signed_in()(answer)(ask("/somewhere/?x=1"))

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/somewhere/%3Fx%3D1")


def test_signed_in_page_moves_the_whole_page_also_from_a_fragment():
    response = signed_in()(answer)(ask("/somewhere/", **{"HX-Request": "true"}))

    assert (response.status_code, response["HX-Redirect"]) == (200, "/account/login/?next=/somewhere/")


def test_post_without_sign_in_comes_back_to_the_start():
    assert signed_in()(answer)(ask("/do/", method="post"))["Location"] == "/account/login/?next=/"


def test_find_gets_the_user_and_the_address():
    asked = []

    def find(user, slug):
        asked.append((user, slug))
        return "record"

    request = ask()
    response = public(find=find)(answer)(request, slug="x")

    assert asked == [(request.user, "x")]
    assert b"record" in response.content


def test_what_is_not_found_is_404():
    def find(user, slug):
        raise Organisation.DoesNotExist

    with pytest.raises(Http404):
        public(find=find)(answer)(ask(), slug="x")


@pytest.mark.django_db
def test_verb_is_asked_of_what_was_found(rf):
    network = make_network()
    view = page("network.edit_network", find=lambda user, slug: network)(answer)

    assert view(ask(user=make_steward(network)), slug="x").status_code == 200
    assert view(ask(user=make_user()), slug="x").status_code == 403
    assert view(ask(), slug="x").status_code == 302


@pytest.mark.django_db
def test_page_that_says_no_says_whom_to_ask():
    network = make_network()
    make_steward(network, name="Ilse Brandt")

    response = page("network.edit_network", find=lambda user, slug: network)(answer)(ask(user=make_user()), slug="x")

    assert b"Ilse Brandt" in response.content


@pytest.mark.django_db
def test_action_that_says_no_is_the_same():
    def view(request):
        raise NotAllowedError("x.y")

    assert signed_in()(view)(ask(user=make_user())).status_code == 403


@pytest.mark.django_db
def test_what_moved_redirects_for_good():
    kept = make_organisation()

    def find(user, **address):
        raise MovedError(kept)

    view = public(find=find)(answer)
    plain = view(ask(), pk=1)
    request = ask()
    request.resolver_match = SimpleNamespace(view_name="organisation_work")
    same_page = view(request, slug="old")

    assert (plain.status_code, plain["Location"]) == (301, f"/organisations/{kept.slug}/")
    assert (same_page.status_code, same_page["Location"]) == (301, f"/organisations/{kept.slug}/work/")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_fragments(headers, expected):
    assert is_fragment(ask(**headers)) is expected


def test_go_follows_routes_records_and_paths():
    assert go(ask(), "network", slug="x")["Location"] == "/networks/x/"
    assert go(ask(), "/there/")["Location"] == "/there/"
    assert go(ask(**{"HX-Request": "true"}), "/there/")["HX-Redirect"] == "/there/"


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("x", 1), ("-1", 3)])
def test_pages_that_do_not_exist_become_the_nearest(asked, number):
    found = paginate(ask(f"/?page={asked}"), list(range(25)), per_page=10)

    assert found.number == number


class Form(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RefusedError("no", field="name"), {"name": ["no"]}),
        (RefusedError("no", field="other"), {"__all__": ["no"]}),
        (RefusedError("no"), {"__all__": ["no"]}),
        (TransitionError("not now"), {"__all__": ["not now"]}),
        (ValidationError("bad"), {"__all__": ["bad"]}),
        (ValidationError({"name": ["bad"], "slug": ["worse"]}), {"name": ["bad"], "__all__": ["worse"]}),
    ],
)
def test_refusals_become_errors_of_the_form(error, expected):
    form = Form({"name": "x"})
    assert form.is_valid()

    with refusals_in(form):
        raise error

    assert form.errors == expected


def test_other_exceptions_pass():
    with pytest.raises(ZeroDivisionError), refusals_in(Form({})):
        raise ZeroDivisionError


COLUMNS = [
    Column("name", "Name", lambda row: row.label, sort=("label",)),
    Column("country", "Country", lambda row: row.country, sort=("country", "label"), is_default=False),
    Column("slug", "Address", lambda row: row.slug),
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["name", "slug"]),
        ("?columns=country,name", ["name", "country"]),
        ("?columns=country&columns=slug", ["country", "slug"]),
        ("?columns=dragon", ["name", "slug"]),
    ],
)
def test_chosen_columns(query, names):
    assert [column.name for column in chosen_columns(ask(f"/{query}"), COLUMNS)] == names


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("name", ["label", "pk"])),
        ("?sort=-country", ("-country", ["-country", "-label", "pk"])),
        ("?sort=slug", ("name", ["label", "pk"])),
        ("?sort=-password", ("name", ["label", "pk"])),
    ],
)
def test_order(query, expected):
    assert order(ask(f"/{query}"), COLUMNS, "name") == expected


@pytest.mark.django_db
def test_listing_and_its_export_hold_the_same_rows():
    for number in range(5):
        make_organisation(title={"en": f"O{number}"}, country="VN" if number % 2 else "LA")
    request = ask("/?sort=-name&columns=name,country&export=csv&q=x")
    rows = Organisation.objects.filter(country="LA")

    found = listing(request, rows, COLUMNS, sort="name", per_page=2)
    file = export(request, found, name="My list")

    assert ([row.label for row in found.rows], found.total, found.sort) == (["O4", "O2"], 3, "-name")
    assert [(choice.column.name, choice.is_shown, choice.query) for choice in found.choices] == [
        ("name", True, "sort=-name&columns=country&q=x"),
        ("country", True, "sort=-name&columns=name&q=x"),
        ("slug", False, "sort=-name&columns=name,country,slug&q=x"),
    ]
    assert file is not None
    assert file["Content-Disposition"] == 'attachment; filename="my-list.csv"'
    assert b"".join(file.streaming_content).decode() == "\ufeffName,Country\r\nO4,LA\r\nO2,LA\r\nO0,LA\r\n"
    assert export(ask("/?export=exe"), found, name="x") is None


VALUES = [
    Column("a", "A", lambda row: row[0]),
    Column("b", "B", lambda row: row[1]),
]


def test_xlsx_holds_values_and_no_formulas():
    rows = [("=1+1", 2.5), ("https://x.example", date(2026, 3, 4)), (["x", "y"], None), (True, "+49 1")]

    file = file_of(VALUES, rows, name="x", form="xlsx")
    [sheet] = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file.streaming_content))).sheet_names
    assert sheet == "Sheet1"

    book = CalamineWorkbook.from_filelike(xlsx_file(VALUES, rows))
    assert book.get_sheet_by_index(0).to_python() == [
        ["A", "B"],
        ["=1+1", 2.5],
        ["https://x.example", date(2026, 3, 4)],
        ["x; y", ""],
        [True, "+49 1"],
    ]


def test_csv_runs_no_formulas():
    rows = [("=1+1", -2.5), ("-x", date(2026, 3, 4)), ("@sum", None), ("fine", ["a", "b"])]

    lines = "".join(csv_lines(VALUES, rows)).splitlines()

    assert lines == ["\ufeffA,B", "'=1+1,-2.5", "'-x,2026-03-04", "'@sum,", "fine,a; b"]


class TextsForm(forms.Form):
    title = TextsFormField(label="Title", max_length=10)
    text = TextsFormField(label="Text", rows=3, required=False)


def test_texts_are_read_language_by_language():
    form = TextsForm({"title__en": " Water ", "title__vi": "Nước", "title__": "x", "title__<b>": "x", "text__fr": ""})

    assert form.is_valid()
    assert form.cleaned_data == {"title": {"en": "Water", "vi": "Nước"}, "text": {}}


@pytest.mark.parametrize("data", [{}, {"title__en": " "}, {"title__en": "x" * 11}])
def test_texts_are_checked(data):
    assert "title" in TextsForm(data).errors


def test_texts_are_drawn_with_the_readers_language_first():
    form = TextsForm(initial={"title": {"en": "Water", "vi": "Nước"}})

    with override("fr"):
        html = str(form["title"])

    assert html.index('name="title__fr"') < html.index('name="title__en"') < html.index('name="title__vi"')
    assert 'lang="vi"' in html
    assert "<details" in html
    assert " open" in html
    assert form["title"].id_for_label.startswith("id_title__")
    assert "<textarea" in str(form["text"])


def test_texts_know_whether_they_changed():
    form = TextsForm({"title__en": "Water"}, initial={"title": {"en": "Water"}})

    assert form.has_changed() is False


class ListForm(forms.Form):
    names = ListField(label="Names")
    day = DateField(label="Day")


def test_lists_and_days():
    form = ListForm({"names": "a\n b ;a\n\n", "day": "2026-03-04"})

    assert form.is_valid()
    assert form.cleaned_data == {"names": ["a", "b"], "day": date(2026, 3, 4)}
    assert "a\nb" in str(ListForm(initial={"names": ["a", "b"]})["names"])
    assert 'type="date"' in str(form["day"])


class Row(RowForm):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("", "–"), ("x", "X")], required=False)


def post_rows(*rows: dict[str, str]) -> dict[str, str]:
    data = {"r-TOTAL_FORMS": str(len(rows)), "r-INITIAL_FORMS": "1"}
    return data | {f"r-{number}-{key}": value for number, row in enumerate(rows) for key, value in row.items()}


def test_rows_leave_out_what_is_empty():
    rows = rows_of(Row)(
        post_rows({"name": "", "kind": ""}, {"name": "b", "kind": "x"}, {"name": " "}),
        prefix="r",
        initial=[{"name": "a"}],
    )

    assert rows.is_valid()
    assert rows.rows() == [{"name": "b", "kind": "x"}]


def test_rows_are_checked():
    rows = rows_of(Row)(post_rows({"kind": "x"}), prefix="r")

    assert not rows.is_valid()


class Filters(FilterForm):
    day = forms.DateField()
    words = forms.CharField()


def test_filters_leave_out_what_they_do_not_understand():
    assert Filters({"day": "yesterday", "words": "x"}).chosen() == {"words": "x"}
    assert Filters({}).chosen() == {}


def test_optional_choices_begin_with_not_known():
    class Choices:
        choices = [("a", "A")]

    assert [value for value, _label in optional(Choices)] == ["", "a"]
