"""What to import: files, or an address, and into which network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.queries import runs
from polyfolio.people.models import User
from polyfolio.web.forms import PageForm


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]


class NewImportForm(PageForm):
    uploads = FilesField(label=_("Files"), required=False)
    address = forms.CharField(
        label=_("Or an address"),
        max_length=2000,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Where the publisher keeps the file. It is fetched now, and only read again when you ask."),
    )
    network: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Into the network"), queryset=None)

    def __init__(self, *args: Any, viewer: User, large: Sequence[str] = (), **kwargs: Any) -> None:
        """`large` are files that were left out on the way, because they are too large."""
        super().__init__(*args, **kwargs)
        self.large = large
        field = self.fields["network"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = runs.networks(viewer)
        if field.queryset.count() == 1:
            field.initial = field.queryset.first()
            field.empty_label = None

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        has_any = found.get("uploads") or found.get("address") or self.large
        if not has_any and "uploads" not in self.errors:
            self.add_error("uploads", _("Choose at least one file, or give an address."))
        return found
