from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polyfolio.exchange.choices import RunState
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun, OrganisationMatch
from polyfolio.network.models import Network
from tests.api.conftest import Caller
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.portfolios import make_initiative

ACTIVITIES = b'<?xml version="1.0"?><iati-activities version="2.03"></iati-activities>'


def send(call: Caller, network: Network, content: bytes, name: str = "activities.xml") -> tuple[int, dict]:
    response = Client().post(
        f"/api/v1/networks/{network.slug}/imports",
        {"file": SimpleUploadedFile(name, content, content_type="text/xml")},
        headers={"Authorization": f"Bearer {call.secret}"},
    )
    return response.status_code, response.json()


def test_file_is_taken_and_can_be_watched(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_steward(network))

    status, begun = send(call, network, ACTIVITIES)

    assert (status, begun["name"], begun["network"]["slug"]) == (202, "activities.xml", network.slug)
    assert call.get(begun["href"]).body["counts"] == {"added": 0, "changed": 0, "unchanged": 0, "failed": 0}
    assert [each["id"] for each in call.get(f"/imports?network={network.slug}").body["items"]] == [begun["id"]]


def test_file_that_is_no_xml_is_refused(caller: Callable[..., Caller]) -> None:
    network = make_network()

    status, refused = send(caller(make_steward(network)), network, b"PK\x03\x04not a document", "sheet.xml")

    assert (status, refused["detail"][0]["loc"], ImportRun.objects.count()) == (422, ["body", "file"], 0)


def test_stranger_imports_nothing(caller: Callable[..., Caller]) -> None:
    network = make_network()

    assert send(caller(make_user()), network, ACTIVITIES)[0] == 403


def test_address_is_taken_or_refused(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_steward(network))
    where = f"/networks/{network.slug}/imports/from-address"

    refused = call.post(where, {"address": "file:///etc/passwd"})
    taken = call.post(where, {"address": "https://example.org/iati/activities.xml"})

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "address"])
    assert (taken.status, taken.body["name"], taken.body["address"]) == (
        202,
        "activities.xml",
        "https://example.org/iati/activities.xml",
    )


def test_report_names_each_problem_and_what_became_of_each_activity(caller: Callable[..., Caller]) -> None:
    network, initiative = make_network(), make_initiative()
    run = ImportRun.objects.create(network=network, name="a.xml", state=RunState.DONE, total=2, added=1, failed=1)
    ImportItem.objects.create(run=run, ordinal=1, outcome="added", identifier="XI-1-1", initiative=initiative)
    ImportItem.objects.create(run=run, ordinal=2, outcome="failed", line=9)
    ImportProblem.objects.create(run=run, ordinal=2, line=9, severity="error", code="identifier-missing")
    call = caller(make_steward(network))

    shown = call.get(f"/imports/{run.pk}").body
    (kind,) = shown["problems"]

    assert (shown["counts"]["added"], shown["undo"]["href"]) == (1, f"/api/v1/imports/{run.pk}/undo")
    (problem,) = call.get(kind["list"]).body["items"]
    assert (kind["count"], problem["line"], problem["message"], bool(problem["remedy"])) == (
        1,
        9,
        kind["message"],
        True,
    )
    assert call.get(f"/imports/{run.pk}/problems?severity=warning").body["total"] == 0
    (added,) = call.get(f"/imports/{run.pk}/items?outcome=added").body["items"]
    assert (added["activity"], added["initiative"]["slug"]) == (1, initiative.slug)


def test_import_is_stopped_taken_up_again_and_taken_back(caller: Callable[..., Caller]) -> None:
    network = make_network()
    run = ImportRun.objects.create(network=network, name="a.xml")
    call = caller(make_steward(network))
    where = f"/imports/{run.pk}"

    too_early = call.post(f"{where}/undo")
    stopped = call.post(f"{where}/stop")
    undoing = call.post(f"{where}/undo")
    again = call.post(f"{where}/resume")

    assert (too_early.status, stopped.body["state"], undoing.status, again.status) == (409, "stopped", 202, 409)


def test_stopped_import_goes_on(caller: Callable[..., Caller]) -> None:
    run = ImportRun.objects.create(network=make_network(), name="a.xml", state=RunState.STOPPED)

    assert caller(make_admin()).post(f"/imports/{run.pk}/resume").status == 202


def test_match_is_decided(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_admin())
    known = make_organisation(network)
    matches = [
        OrganisationMatch.objects.create(network=network, provisional=make_organisation(network), candidate=known)
        for _each in range(2)
    ]
    first, second = (f"/import-matches/{each.pk}" for each in matches)

    shown = call.get(first).body

    assert (shown["candidate"]["slug"], call.get("/import-matches").body["total"]) == (known.slug, 2)
    assert (call.post(f"{first}/accept").status, call.post(f"{second}/reject").status) == (200, 200)
    assert call.get("/import-matches").body["total"] == 0
