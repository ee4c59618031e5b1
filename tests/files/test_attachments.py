from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from polyfolio.audit.models import AuditRecord
from polyfolio.files import guards, queries
from polyfolio.files.actions import attachments
from polyfolio.files.contents import ALLOWED, WrongContentError, clean_name, media_type_of
from polyfolio.files.models import Attachment
from polyfolio.people.choices import Visibility
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_steward, make_user

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30
OFFICE = "application/vnd.openxmlformats-officedocument"


def package(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return held.getvalue()


TYPES = {"[Content_Types].xml": "<Types/>"}
WORD = package(**TYPES, word__document="<w/>")
SHEET = package(**TYPES, xl__workbook="<x/>")
ODT = package(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.docx", WORD, f"{OFFICE}.wordprocessingml.document"),
        ("a.xlsx", SHEET, f"{OFFICE}.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.txt", "Đà Nẵng".encode(), "text/plain"),
        ("a.csv", "Città;1".encode("cp1252"), "text/csv"),
        ("a.md", ("é" * 9000).encode(), "text/markdown"),
    ],
)
def test_content_that_is_kept(name, content, expected):
    file = io.BytesIO(content)

    assert media_type_of(name, file) == expected
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.exe", b"MZ" + b"\0" * 60),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<html>"),
        ("noextension", b"text"),
        ("a.pdf", PNG),
        ("a.png", b"just words"),
        ("a.txt", b"MZ\x90"),
        ("a.txt", b"#!/bin/sh"),
        ("a.csv", b"a,b\n<SCRIPT>alert(1)</SCRIPT>"),
        ("a.txt", b"a\0b"),
        ("a.txt", b"\x81\x8d\x8f\x90" * 20),
        ("a.docx", SHEET),
        ("a.docx", b"PK\x03\x04 torn"),
        ("a.docx", package(word__document="<w/>")),
        ("a.docx", package(**TYPES, word__document="<w/>", word__vbaProject="x")),
        ("a.odt", WORD),
        ("a.ods", ODT),
    ],
)
def test_content_that_is_not_kept(name, content):
    with pytest.raises(WrongContentError) as refusal:
        media_type_of(name, io.BytesIO(content))

    assert refusal.value.field == "file"


def test_refusal_lists_what_is_kept():
    with pytest.raises(WrongContentError, match=", ".join(ALLOWED)):
        media_type_of("a.exe", io.BytesIO(b"MZ"))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ada\\Plan: final?.docx", "Plan final.docx"),
        ("a\x00b\u202egpj.pdf", "abgpj.pdf"),
        ("  .hidden  ", "hidden"),
        ("", "file"),
        (".pdf", "pdf"),
        ("Đà Nẵng.pdf", "Đà Nẵng.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_clean_name(name, cleaned):
    assert clean_name(name) == cleaned


def add(record, by, content=PDF, name="Plan.pdf") -> Attachment:
    return attachments.add(record=record, file=ContentFile(content, name="x"), name=name, by=by, at=AT)


@pytest.mark.django_db
def test_add_keeps_the_file_under_a_name_nobody_guesses():
    network = make_network()
    steward = make_steward(network)

    made = add(network, steward)

    assert (made.name, made.content_type, made.size, made.uploaded_by, made.uploaded_at) == (
        "Plan.pdf",
        "application/pdf",
        len(PDF),
        steward,
        AT,
    )
    assert len(made.sha256) == 64
    assert "Plan" not in made.file.name
    assert made.file.read() == PDF
    assert list(queries.of(network)) == [made]
    row = AuditRecord.objects.get()
    assert (row.verb, row.subject_id, row.after) == ("network.attach", network.pk, {"file": "Plan.pdf"})
    assert queries.held_about(steward) == [{"name": "Plan.pdf", "uploaded_at": AT.isoformat(), "sha256": made.sha256}]


@pytest.mark.django_db
def test_add_refuses(settings):
    network, admin = make_network(), make_admin()

    with pytest.raises(NotAllowedError):
        add(network, make_user())
    with pytest.raises(WrongContentError):
        add(network, admin, content=b"words")
    settings.POLYFOLIO_ATTACHMENT_LIMIT_MB = 0
    with pytest.raises(WrongContentError, match="larger"):
        add(network, admin)
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_files_belong_only_to_records_with_a_guard():
    stranger = Attachment.objects.create(subject_type="x", subject_id=1, name="x", content_type="x", size=1, sha256="x")

    with pytest.raises(NotAllowedError):
        add(stranger, make_admin())


@pytest.mark.django_db
def test_add_refuses_more_than_a_hundred():
    network, admin = make_network(), make_admin()
    Attachment.objects.bulk_create(
        Attachment(subject_type="network", subject_id=network.pk, name="x", content_type="x", size=1, sha256="x")
        for _number in range(100)
    )

    with pytest.raises(WrongContentError, match="100"):
        add(network, admin)


@pytest.mark.django_db
def test_find_asks_for_the_record():
    network = make_network()
    steward = make_steward(network)
    organisation = make_organisation(network, visibility=Visibility.STEWARDS)
    made = add(organisation, steward)

    assert queries.find(steward, made.pk) == made
    for user in (None, make_user()):
        with pytest.raises(Attachment.DoesNotExist):
            queries.find(user, made.pk)


@pytest.mark.django_db
def test_remove_takes_the_file_away(django_capture_on_commit_callbacks):
    network, admin = make_network(), make_admin()
    made = add(network, admin)
    stored = made.file.name

    with pytest.raises(NotAllowedError):
        attachments.remove(attachment=made, by=make_user(), at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(attachment=made, by=admin, at=AT)

    assert not Attachment.objects.exists()
    assert not default_storage.exists(stored)
    assert AuditRecord.objects.latest("pk").before == {"file": "Plan.pdf"}


@pytest.mark.django_db
def test_room_may_guard_records_that_the_log_does_not_know():
    network = make_network()
    guards.register("dragon", guards.Guard(find=lambda user, pk: network, verb="network.edit_network"))

    assert guards.visible_record(None, "dragon", 7) == network
    assert guards.may_change(make_admin(), "dragon", network)
    assert not guards.may_change(None, "dragon", network)
    assert guards.visible_record(None, "unicorn", 7) is None
    guards._guards.pop("dragon")
