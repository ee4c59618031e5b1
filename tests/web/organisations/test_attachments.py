from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from polyfolio.files.models import Attachment
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_steward, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(client):
    network = make_network()
    client.force_login(make_steward(network))
    return make_organisation(network, slug="works")


def test_file_is_added_given_out_and_taken_away(client, organisation):
    address = f"/files/add/organisation/{organisation.pk}/"

    added = client.post(address, {"file": SimpleUploadedFile("Plan für März.txt", b"words")})
    attachment = Attachment.objects.get()
    assert added["Location"] == "/organisations/works/"
    assert "Plan für März.txt" in client.get("/organisations/works/").content.decode()

    given = client.get(f"/files/{attachment.pk}/{attachment.name}")
    assert b"".join(given.streaming_content) == b"words"
    assert given["Content-Disposition"].startswith("attachment;")
    assert given["Content-Type"] == "text/plain"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in given["Cache-Control"]

    client.post(f"/files/{attachment.pk}/remove/")
    assert client.get(f"/files/{attachment.pk}/x").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.exe", b"MZ", "not kept here"), ("a.pdf", b"words", "something else"), ("a.txt", b"", "empty")],
)
def test_file_that_is_not_kept_is_named(client, organisation, name, content, words):
    response = client.post(f"/files/add/organisation/{organisation.pk}/", {"file": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Attachment.objects.exists()


def test_file_is_added_only_by_who_may_change_the_record(client, organisation):
    client.force_login(make_user())

    response = client.post(
        f"/files/add/organisation/{organisation.pk}/", {"file": SimpleUploadedFile("a.txt", b"words")}
    )

    assert response.status_code == 403


def test_files_of_what_is_not_there(client, organisation):
    assert client.get("/files/add/dragon/1/").status_code == 404
    assert client.get("/files/add/organisation/0/").status_code == 404
