"""Every kind of record that can have files shows them on its page, and the way to add one to whoever may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from polyfolio.files.actions import attachments
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin
from tests.factories.portfolios import make_initiative, make_resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_initiative, make_resource, make_organisation, make_body])
def test_page_shows_the_files(client: Client, make: Any) -> None:
    record, admin = make(make_network()), make_admin()
    file = ContentFile(b"words", name="x")
    attachments.add(record=record, file=file, name="minutes.txt", by=admin, at=timezone.now())
    address = record.get_absolute_url()

    visitor = client.get(address).content.decode()
    client.force_login(admin)
    allowed = client.get(address).content.decode()

    assert ("minutes.txt" in visitor, "/files/add/" in visitor) == (True, False)
    assert ("minutes.txt" in allowed, "/files/add/" in allowed) == (True, True)
