"""A form field that asks for one record by name, with suggestions while typing; works without JavaScript too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.web.choosing.kinds import chosen, kind_of, words_of


class RecordWidget(forms.TextInput):
    """A text input with a list of suggestions that fills while somebody types."""

    template_name = "forms/_record.html"

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}))
        self.kind = kind

    def format_value(self, value: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return words_of(kind_of(self.kind), value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["kind"] = self.kind
        return context

    def render(  # Django's own signature
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        """By the project's own templates; Django's form renderer knows only those of installed apps."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class RecordField(forms.CharField):
    """One record of a kind (`organisation`, `person`…) that the person filling in the form may see.

    The form passes whom: `self.fields["parent"].viewer = user`.
    """

    def __init__(self, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", RecordWidget(kind))
        super().__init__(**kwargs)
        self.kind = kind
        self.viewer: Viewer = None

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        record, others = chosen(self.kind, self.viewer, words)
        if record is not None:
            return record
        if others:
            names = "; ".join(words_of(kind_of(self.kind), each) for each in others[:5])
            raise forms.ValidationError(_("Choose one of these: %(names)s."), params={"names": names})
        raise forms.ValidationError(_("Nothing by this name is recorded. Add it first, or write it differently."))
