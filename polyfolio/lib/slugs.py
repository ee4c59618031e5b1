"""Addresses made of names."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify

SLUG_LENGTH = 90


def slug_base(text: str, *, fallback: str) -> str:
    """A slug of at most 80 characters, or `fallback` where the name has no letter that a slug can carry."""
    return slugify(text)[:80].strip("-") or fallback


def unique_slug(text: str, *, taken: Collection[str], fallback: str) -> str:
    """The first of `name`, `name-2`, `name-3`… that is not in `taken`."""
    base = slug_base(text, fallback=fallback)
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
