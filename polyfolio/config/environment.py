"""What is wrong with the environment, in words, before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlparse


def problems(environment: Mapping[str, str], data: Path) -> list[str]:
    """One sentence with its remedy for each setting that cannot work."""
    return [
        *_address_problems(environment),
        *_number_problems(environment),
        *_oidc_problems(environment),
        *_folder_problems(data),
    ]


def _address_problems(environment: Mapping[str, str]) -> list[str]:
    found = []
    database = environment.get("DATABASE_URL", "")
    if database and urlparse(database).scheme not in {"postgres", "postgresql", "sqlite"}:
        found.append("DATABASE_URL must begin with postgresql:// or sqlite:// (or be unset for SQLite).")
    redis = environment.get("REDIS_URL", "")
    if redis and urlparse(redis).scheme not in {"redis", "rediss", "unix"}:
        found.append("REDIS_URL must begin with redis://, rediss:// or unix:// (or be unset).")
    public = environment.get("POLYFOLIO_PUBLIC_URL", "")
    if public and urlparse(public).scheme not in {"http", "https"}:
        found.append("POLYFOLIO_PUBLIC_URL must be a whole address, such as https://portfolio.example.org.")
    if public.startswith("https://") and not environment.get("POLYFOLIO_ALLOWED_HOSTS"):
        host = urlparse(public).hostname
        found.append(f"POLYFOLIO_ALLOWED_HOSTS is not set: set it to {host} (commas between several).")
    return found


def _number_problems(environment: Mapping[str, str]) -> list[str]:
    numbers = ("POLYFOLIO_UPLOAD_LIMIT_MB", "POLYFOLIO_DORMANT_MONTHS", "POLYFOLIO_UNDO_DAYS", "POLYFOLIO_API_RATE")
    return [
        f"{name} must be a whole number above zero, not “{environment[name]}”."
        for name in numbers
        if name in environment and not (environment[name].isdigit() and int(environment[name]) > 0)
    ]


def _oidc_problems(environment: Mapping[str, str]) -> list[str]:
    if not environment.get("POLYFOLIO_OIDC_SERVER_URL"):
        return []
    needed = ("POLYFOLIO_OIDC_CLIENT_ID", "POLYFOLIO_OIDC_SECRET")
    return [
        f"{name} is missing: POLYFOLIO_OIDC_SERVER_URL is set, and sign-in through it needs both."
        for name in needed
        if not environment.get(name)
    ]


def _folder_problems(data: Path) -> list[str]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [f"POLYFOLIO_DATA ({data}) cannot be written: {error.strerror}. Give another folder or its rights."]
    return []
