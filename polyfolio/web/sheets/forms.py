"""Bringing a table: shape only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.web.forms import PageForm


class SheetForm(PageForm):
    file = forms.FileField(
        label=_("Table"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
        max_length=300,
    )
