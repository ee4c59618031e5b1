"""The pages of imports: begun by dropping files, watched, read as a report, undone; and who may open them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from polyfolio.exchange.actions import imports
from polyfolio.exchange.choices import RunState
from polyfolio.exchange.models import ImportRun
from polyfolio.network.models import Network
from polyfolio.people.models import User
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, counts, import_file, queue
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_steward

pytestmark = pytest.mark.django_db

CONTENT = file_of(activity(identifier="A"), activity(COMPLETE.replace("2020-01-01", "2020-02-30"), "B"), activity())
TWICE = file_of(activity(identifier="A"), activity(identifier="A"))


@pytest.fixture
def network() -> Network:
    return make_network(title={"en": "Rivers"})


@pytest.fixture
def steward(network: Network) -> User:
    return make_steward(network)


@pytest.fixture
def signed_in(client: Client, steward: User) -> Client:
    client.force_login(steward)
    return client


def file(content: str | bytes = CONTENT, name: str = "a.xml") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, content_type="text/xml")


def send(client: Client, network: Network, *files: SimpleUploadedFile, **fields: Any) -> Any:
    return client.post("/imports/new/", {"uploads": list(files), "network": network.pk, **fields})


def text(response: Any) -> str:
    words: str = response.content.decode()
    return words


def test_steward_imports_a_file_and_reads_its_report(
    signed_in: Client, network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = send(signed_in, network, file())

    run = ImportRun.objects.get()
    page = text(signed_in.get(response["Location"]))
    assert (response.status_code, response["Location"]) == (302, f"/imports/{run.pk}/")
    assert (run.state, counts(run)) == (RunState.DONE, (3, 0, 0, 0))
    for words in ("The file holds 3 activities", "There is no such day: 2020-02-30", "Undo this import", "a.xml"):
        assert words in page


def test_several_files_are_imports_of_their_own(signed_in: Client, network: Network) -> None:
    response = send(signed_in, network, file(name="a.xml"), file(TWICE, "b.xml"))

    assert response["Location"] == "/imports/"
    assert list(ImportRun.objects.order_by("pk").values_list("name", flat=True)) == ["a.xml", "b.xml"]


def test_address_is_queued(signed_in: Client, network: Network) -> None:
    response = send(signed_in, network, address="https://example.org/a.xml")

    run = ImportRun.objects.get()
    assert (response.status_code, run.address, run.state) == (302, "https://example.org/a.xml", RunState.QUEUED)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose at least one file, or give an address."),
        ({"address": "nonsense"}, "Give a whole address"),
        ({"uploads": [file(b"PK\x03\x04", "a.xml")]}, "a.xml: This is a spreadsheet, whatever its name says."),
        ({"uploads": [file(b"<!doctype html><html/>", "a.xml")]}, "a.xml: This is a web page"),
    ],
)
def test_form_says_what_cannot_be_taken(
    signed_in: Client, network: Network, fields: dict[str, Any], words: str
) -> None:
    response = signed_in.post("/imports/new/", {"network": network.pk, **fields})

    assert (response.status_code, ImportRun.objects.count()) == (422, 0)
    assert words in text(response)


def test_good_files_begin_beside_bad_ones(signed_in: Client, network: Network) -> None:
    response = send(signed_in, network, file(b"%PDF", "bad.xml"), file(name="good.xml"))

    assert (response.status_code, ImportRun.objects.get().name) == (422, "good.xml")
    assert "bad.xml: This is a PDF document." in text(response)


def test_file_above_the_limit_is_told_and_not_stored(
    signed_in: Client, network: Network, settings: LazySettings
) -> None:
    settings.POLYFOLIO_UPLOAD_LIMIT_MB = 1

    response = send(signed_in, network, file(b"<" * 1_000_001, "large.xml"))

    assert (response.status_code, ImportRun.objects.count()) == (422, 0)
    assert "large.xml is larger than 1 MB. Import it with the command line, which has no limit." in text(response)


def test_files_within_the_limit_begin_beside_larger_ones(
    signed_in: Client, network: Network, settings: LazySettings
) -> None:
    settings.POLYFOLIO_UPLOAD_LIMIT_MB = 1

    response = send(signed_in, network, file(b"<" * 1_500_001, "large.xml"), file(name="small.xml"))

    assert (response.status_code, ImportRun.objects.get().name) == (422, "small.xml")
    assert "large.xml is larger than 1 MB" in text(response)


def test_network_of_others_cannot_be_chosen(signed_in: Client, network: Network) -> None:
    other = make_network()

    response = send(signed_in, other, file())

    assert (response.status_code, ImportRun.objects.count()) == (422, 0)


def test_form_needs_its_token(steward: User, network: Network) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(steward)

    assert send(strict, network, file()).status_code == 403
    assert ImportRun.objects.count() == 0


def test_form_chooses_the_only_network_and_the_asked_one(client: Client, network: Network) -> None:
    other = make_network(title={"en": "Zebras"})
    client.force_login(make_admin())

    page = text(client.get(f"/imports/new/?network={other.slug}"))

    assert f'<option value="{other.pk}" selected>' in page


# The report -------------------------------------------------------------------------------------


def test_report_of_a_waiting_run_shows_its_progress(signed_in: Client, network: Network) -> None:
    run = queue(CONTENT, network=network)

    page = text(signed_in.get(f"/imports/{run.pk}/"))

    assert f'hx-get="/imports/{run.pk}/progress/"' in page
    assert "is waiting for its turn" in page


def test_progress_is_a_fragment_until_the_run_ends(signed_in: Client, network: Network) -> None:
    run = queue(CONTENT, network=network)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, read_size=run.size // 2, position=2)

    running = signed_in.get(f"/imports/{run.pk}/progress/", headers={"HX-Request": "true"})
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.DONE)
    ended = signed_in.get(f"/imports/{run.pk}/progress/", headers={"HX-Request": "true"})

    assert "2 activities so far, 50% of the file." in text(running)
    assert "<html" not in text(running)
    assert ended["HX-Redirect"] == f"/imports/{run.pk}/"


def test_progress_of_undoing_counts_down(signed_in: Client, network: Network) -> None:
    run = import_file(CONTENT, network=network)
    imports.undo(run=run, by=None)
    ImportRun.objects.filter(pk=run.pk).update(undo_position=2)

    page = text(signed_in.get(f"/imports/{run.pk}/progress/"))

    assert "Undoing test.xml" in page
    assert "67" in page


def test_report_names_an_earlier_import_of_the_same_file(signed_in: Client, network: Network) -> None:
    import_file(CONTENT, network=network)
    run = import_file(CONTENT, network=network, at=NOW + timedelta(hours=1))

    assert "The very same file was imported on 30 June 2024." in text(signed_in.get(f"/imports/{run.pk}/"))


def test_report_without_problems_says_so(signed_in: Client, network: Network) -> None:
    run = import_file(file_of(activity()), network=network)

    assert "Nothing. Everything in the file was understood." in text(signed_in.get(f"/imports/{run.pk}/"))


def test_report_shows_script_as_text(signed_in: Client, network: Network) -> None:
    run = import_file(file_of(activity(COMPLETE.replace("Title", "&lt;script&gt;alert(1)"), "A")), network=network)

    page = text(signed_in.get(f"/imports/{run.pk}/"))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_problems_are_filtered_and_exported_as_filtered(signed_in: Client, network: Network) -> None:
    run = import_file(file_of(activity(COMPLETE.replace("2020-01-01", "x"), "A"), activity(identifier="")))
    ImportRun.objects.filter(pk=run.pk).update(network=network)
    address = f"/imports/{run.pk}/problems/"

    page = text(signed_in.get(address))
    of_kind = text(signed_in.get(f"{address}?code=identifier-missing"))
    csv = b"".join(signed_in.get(f"{address}?code=identifier-missing&export=csv").streaming_content).decode()
    xlsx = signed_in.get(f"{address}?export=xlsx")

    assert "is no date of the form" in page
    assert "is no date of the form" not in of_kind
    assert len(csv.splitlines()) == 2
    assert xlsx["Content-Disposition"].startswith("attachment")


def test_whole_report_is_one_json_document(signed_in: Client, network: Network) -> None:
    run = import_file(TWICE, network=network)

    response = signed_in.get(f"/imports/{run.pk}/problems/?export=json")
    found = json.loads(b"".join(response.streaming_content))

    assert found["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "failed": 1}
    assert [problem["code"] for problem in found["problems"]] == ["identifier-twice"]


def test_activities_lead_to_their_initiatives(signed_in: Client, network: Network) -> None:
    run = import_file(TWICE, network=network)

    added = text(signed_in.get(f"/imports/{run.pk}/activities/?outcome=added"))
    failed = text(signed_in.get(f"/imports/{run.pk}/activities/?outcome=failed"))

    assert '<a href="/initiatives/title/">A</a>' in added
    assert "/initiatives/title/" not in failed


def test_undo_takes_it_back(signed_in: Client, network: Network, django_capture_on_commit_callbacks: Any) -> None:
    run = import_file(CONTENT, network=network)

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(f"/imports/{run.pk}/undo/")

    assert response["Location"] == f"/imports/{run.pk}/"
    assert "This import is undone" in text(signed_in.get(response["Location"]))
    assert network.initiatives.kept().count() == 0


def test_undo_that_is_refused_says_why(signed_in: Client, network: Network) -> None:
    run = import_file(file_of(activity()), network=network)
    changed = file_of(activity(COMPLETE.replace("Title", "New")))
    import_file(changed, network=network, at=NOW + timedelta(hours=1))

    page = text(signed_in.post(f"/imports/{run.pk}/undo/", follow=True))

    assert "Undo that one first." in page


def test_run_is_stopped_and_taken_up_again(signed_in: Client, network: Network) -> None:
    run = queue(CONTENT, network=network)

    stopped = text(signed_in.post(f"/imports/{run.pk}/stop/", follow=True))
    again = text(signed_in.post(f"/imports/{run.pk}/stop/", follow=True))
    signed_in.post(f"/imports/{run.pk}/resume/")
    refused = signed_in.post(f"/imports/{run.pk}/resume/", follow=True)

    run.refresh_from_db()
    assert "Stopped after 0 activities." in stopped
    assert "Somebody stopped it." in stopped
    assert "is not possible from" in again
    assert (run.state, refused.status_code) == (RunState.QUEUED, 200)


def test_list_shows_ones_own_imports(signed_in: Client, network: Network) -> None:
    empty = text(signed_in.get("/imports/"))
    run = import_file(CONTENT, network=network)
    import_file(CONTENT)

    page = text(signed_in.get("/imports/"))

    assert "Nothing was imported yet" in empty
    assert page.count(f'href="/imports/{run.pk}/"') == 1
    assert "One row" in page


@pytest.mark.parametrize("name", ["import", "import_problems", "import_activities"])
def test_pages_cost_the_same_for_many(
    signed_in: Client, network: Network, name: str, queries_of: Callable[[str], int]
) -> None:
    few = import_file(file_of(activity(identifier="")), network=network)
    broken = COMPLETE.replace("2020-01-01", "x")
    many = import_file(
        file_of(*(activity(broken, f"A{number}") for number in range(50))),
        network=network,
        at=NOW + timedelta(hours=1),
    )

    assert queries_of(reverse(name, args=[few.pk])) == queries_of(reverse(name, args=[many.pk]))
