"""Foreign keys point downward, as imports do."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent


def floors() -> dict[str, int]:
    """Each room's floor, counted from the top, as the import contract has it."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {room.strip(): floor for floor, layer in enumerate(layers) for room in layer.split("|")}


FLOORS = floors()
OURS = [model for model in apps.get_models() if model.__module__.startswith("polyfolio.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_downward(model: type[models.Model]) -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for field in (*model._meta.get_fields(),)
        if field.is_relation
        and not field.auto_created
        and getattr(field.related_model, "__module__", "").startswith("polyfolio.")
        and FLOORS[field.related_model._meta.app_label] < FLOORS[model._meta.app_label]
    ]

    assert upward == []


def test_every_room_with_models_has_a_floor() -> None:
    assert {model._meta.app_label for model in OURS} <= set(FLOORS)
