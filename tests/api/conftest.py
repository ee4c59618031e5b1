"""A caller of the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_django
from django.db import transaction
from django.test import Client
from django.utils import timezone

from polyfolio.people.actions import tokens
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from tests.api.world import World, make_world
from tests.factories.people import make_user


@dataclass
class Answered:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Caller:
    """Calls `/api/v1/…` with a token of `user`, or with none."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answered:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            sent.setdefault("Authorization", f"Bearer {self.secret}")
        where = path if path.startswith("/api/") else f"/api/v1{path}"
        content = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        response = self.client.generic(method, where, content, content_type="application/json", headers=sent)
        is_json = response.headers.get("Content-Type", "").startswith("application/json") and response.content
        return Answered(response.status_code, json.loads(response.content) if is_json else None, dict(response.headers))

    def get(self, path: str, **headers: str) -> Answered:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answered:
        return self("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Answered:
        return self("PATCH", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answered:
        return self("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Answered:
        return self("DELETE", path, **headers)


@pytest.fixture
def anybody(db: None) -> Caller:
    return Caller()


@pytest.fixture
def caller(db: None) -> Callable[..., Caller]:
    """A caller with a new token of somebody."""

    def make(user: User, **fields: Any) -> Caller:
        _token, secret = tokens.create(user=user, name="Tests", by=user, at=timezone.now(), **fields)
        return Caller(secret)

    return make


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[dict[str, World]]:
    """A public and a private world that all tests here share; each test's own changes go with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {grade: make_world(make_user(), grade) for grade in (Visibility.PUBLIC, Visibility.PRIVATE)}
        transaction.set_rollback(True)


@pytest.fixture
def public(worlds: dict[str, World], db: None) -> World:
    return worlds[Visibility.PUBLIC]


@pytest.fixture
def private(worlds: dict[str, World], db: None) -> World:
    return worlds[Visibility.PRIVATE]
