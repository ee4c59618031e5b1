"""Model fields that several rooms need."""

from __future__ import annotations

from typing import Any

from django.db import models

from polyfolio.lib.texts import best_text


class TextsField(models.JSONField[Any, Any]):
    """`{language: text}`; an empty mapping where nothing is written yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class LabelField(models.CharField[str, str]):
    """The best language of a sibling `TextsField`, kept as a column so that lists sort and audit rows name it."""

    def __init__(self, *args: Any, source: str = "title", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002  # Django's own signature
        label = shorten(best_text(getattr(model_instance, self.source)), self.max_length or 300)
        setattr(model_instance, self.attname, label)
        return label


def shorten(text: str, length: int) -> str:
    """`text` on one line, cut at a word with an ellipsis where it is longer than `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1].rsplit(" ", 1)[0] or line[: length - 1]
    return f"{cut}…"
