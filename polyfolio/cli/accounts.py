"""`polyfolio createuser`."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from polyfolio.cli.console import fail, say
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.actions import accounts


def createuser(
    email: Annotated[str, typer.Argument(help="The e-mail address to sign in with.")],
    *,
    name: Annotated[str, typer.Option(help="How the person is shown.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May do everything in this installation.")] = False,
    password: Annotated[
        str, typer.Option(help="Asked for when left out; or set POLYFOLIO_PASSWORD.", show_default=False)
    ] = "",
) -> None:
    """Make an account that can sign in."""
    given = password or os.environ.get("POLYFOLIO_PASSWORD") or typer.prompt("Password", hide_input=True, err=True)
    try:
        validate_email(email)
        validate_password(given)
    except ValidationError as error:
        fail(" ".join(error.messages))
    try:
        accounts.create(email=email, name=name, password=given, by=None, at=timezone.now(), is_superuser=admin)
    except RefusedError as refusal:
        fail(str(refusal))
    say(f"{email} can sign in now.")
