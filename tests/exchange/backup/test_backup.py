"""A backup holds everything, proves it, and comes back whole or not at all."""

from __future__ import annotations

import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.backup import reading, writing
from polyfolio.exchange.backup.tables import tables
from polyfolio.network.models import Network, Organisation, OrganisationIdentifier
from polyfolio.people.models import User

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def fill() -> None:
    user = User.objects.create_user("ada@example.org", "a long password")
    network = Network.objects.create(slug="n", title={"en": "Réseau “N”", "fr": "Réseau"}, created_by=user)
    organisation = Organisation.objects.create(slug="o", title={"en": "O"}, other_names=["Ö", None])
    OrganisationIdentifier.objects.create(organisation=organisation, scheme="XX-Å", value="1")
    changes.write(record=network, verb="network.create", by=user, at=NOW, after={"title": network.title})


def content() -> dict[str, list[dict[str, object]]]:
    return {model._meta.label_lower: list(model._base_manager.order_by("pk").values()) for model in tables()}


@pytest.fixture
def media(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "imports").mkdir(parents=True)
    (tmp_path / "media" / "imports" / "a.xml").write_bytes(b"<x/>")
    return tmp_path / "media"


@pytest.mark.django_db(transaction=True)
def test_restore_brings_back_every_row_and_file(tmp_path: Path, media: Path) -> None:
    fill()
    before = content()
    writing.write(tmp_path / "b.tar.gz", at=NOW)
    Organisation.objects.all().delete()
    User.objects.create_user("late@example.org")
    (media / "imports" / "a.xml").unlink()

    reading.restore(tmp_path / "b.tar.gz", is_replacing=True)

    assert content() == before
    assert (media / "imports" / "a.xml").read_bytes() == b"<x/>"


@pytest.mark.django_db(transaction=True)
def test_restored_log_still_refuses_changes(tmp_path: Path, media: Path) -> None:
    fill()
    writing.write(tmp_path / "b.tar.gz", at=NOW)

    reading.restore(tmp_path / "b.tar.gz", is_replacing=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRecord.objects.update(reason="rewritten")


@pytest.mark.django_db(transaction=True)
def test_new_rows_follow_restored_keys(tmp_path: Path, media: Path) -> None:
    fill()
    writing.write(tmp_path / "b.tar.gz", at=NOW)
    reading.restore(tmp_path / "b.tar.gz", is_replacing=True)

    user = User.objects.create_user("next@example.org")

    assert user.pk > User.objects.get(email="ada@example.org").pk


@pytest.mark.django_db(transaction=True)
def test_restore_refuses_an_installation_with_accounts(tmp_path: Path, media: Path) -> None:
    fill()
    writing.write(tmp_path / "b.tar.gz", at=NOW)

    with pytest.raises(reading.BackupError, match="--replace"):
        reading.restore(tmp_path / "b.tar.gz")


@pytest.mark.django_db(transaction=True)
def test_restore_of_another_version_changes_nothing(
    tmp_path: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    before = content()
    writing.write(tmp_path / "b.tar.gz", at=NOW)
    monkeypatch.setattr(reading, "applied_migrations", lambda: ["people.0001_initial", "people.0002_later"])

    with pytest.raises(reading.BackupError, match="another version"):
        reading.restore(tmp_path / "b.tar.gz", is_replacing=True)

    assert content() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("damage", ["cut", "text", "missing", "altered"])
def test_verify_names_a_damaged_file(damage: str, tmp_path: Path, media: Path) -> None:
    fill()
    path = tmp_path / "b.tar.gz"
    writing.write(path, at=NOW)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif damage == "text":
        path.write_text("not a backup")
    elif damage == "missing":
        path.unlink()
    else:
        _alter(path)

    with pytest.raises(reading.BackupError):
        reading.verify(path)


def _alter(path: Path) -> None:
    folder = path.parent / "inside"
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    (folder / "rows" / "people.user.jsonl").write_bytes(b"[]\n")
    with tarfile.open(path, "w:gz") as archive:
        for member in sorted(folder.rglob("*")):
            if member.is_file():
                archive.add(member, str(member.relative_to(folder)))


@pytest.mark.django_db(transaction=True)
def test_unwritable_target_leaves_nothing_behind(tmp_path: Path, media: Path) -> None:
    with pytest.raises(FileNotFoundError):
        writing.write(tmp_path / "nowhere" / "b.tar.gz", at=NOW)

    assert list(tmp_path.iterdir()) == [media]
