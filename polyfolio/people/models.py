"""Who signs in, as what, and with which tokens."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polyfolio.people.access import Access, access_from
from polyfolio.people.choices import GrantRole, ScopeType


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in with an e-mail address. An administrator of the installation is a superuser."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # may be signed in with one click where the installation is a demo
    joined_at = models.DateTimeField(default=timezone.now)
    visited_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @cached_property
    def access(self) -> Access:
        """What this person's grants open, read once per instance (one query)."""
        grants = self.grants.values_list("role", "scope_type", "scope_id")
        return access_from(user_id=self.pk, is_admin=self.is_superuser and self.is_active, grants=grants)


class Grant(models.Model):
    """A role bound to a scope: this person acts as `role` for that network, portfolio, organisation…"""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=GrantRole)
    scope_type = models.CharField(max_length=20, choices=ScopeType)
    scope_id = models.BigIntegerField(default=0)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    is_derived = models.BooleanField(default=False)  # came with a role in a body, and goes with it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope_type", "scope_id"], name="people_grant_once")
        ]
        indexes = [models.Index(fields=["scope_type", "scope_id"])]

    def __str__(self) -> str:
        return f"{self.role} of {self.scope_type} {self.scope_id}"


class Invitation(models.Model):
    """An offer of a role by mail; whoever holds the link accepts it once, until it expires."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=GrantRole)
    scope_type = models.CharField(max_length=20, choices=ScopeType)
    scope_id = models.BigIntegerField(default=0)
    scope_label = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["scope_type", "scope_id"])]

    def __str__(self) -> str:
        return f"{self.role} of {self.scope_label}"


class ApiToken(models.Model):
    """A person's key to the API: shown once, kept as a digest, as strong as the person's own rights."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    is_read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
