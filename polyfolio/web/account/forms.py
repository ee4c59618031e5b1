"""Forms of a person's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from polyfolio.people.models import User
from polyfolio.web.forms import DateField, PageForm


class ProfileForm(PageForm):
    name = forms.CharField(label=_("Your name"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As your browser asks")), *settings.LANGUAGES],
    )


class TokenForm(PageForm):
    name = forms.CharField(
        label=_("What uses it"), max_length=100, help_text=_("For example: the monthly export to our spreadsheet.")
    )
    is_read_only = forms.BooleanField(label=_("It only reads"), required=False, initial=True)
    expires_on = DateField(label=_("Works until"), help_text=_("Leave it empty for a token without an end."))


class JoinForm(PageForm):
    """Name and password of somebody who takes up an invitation and has no account yet."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("Choose a password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more; a sentence is easy to remember."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        person = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, person)
        return password
